"""Handlebars: what a template pulls in; and Ghost themes, whose templates stand for the pages that its admin holds."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from linter.reach.model import Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site
from linter.reach.templating import HANDLEBARS, Served, chosen_at_run_time, template_links, without_template_comments

_PARTIAL = re.compile(r"\{\{~?#?>\s*(?:['\"]([\w ./@-]{1,200})['\"]|([\w./@-]{1,200}))")
_LAYOUT = re.compile(r"\{\{!<\s*([\w./-]{1,200})\s*\}\}|\{\{~?#(?:extend|layout)\s+['\"]([\w./-]{1,200})['\"]")
_CHOSEN = re.compile(r"\{\{~?#?>\s*\(")
_ROUTE = re.compile(r"^[ \t]{2,8}['\"]?(/[\w/{}.-]*)['\"]?\s*:\s*(?:([\w-]{1,100})\s*)?$", re.MULTILINE)
_TEMPLATE = re.compile(r"^[ \t]+template:\s*['\"]?([\w-]{1,100})", re.MULTILINE)
_STANDS_FOR = {
    "index": "the front page and lists of posts", "home": "the front page", "post": "every post", "page": "every page",
    "tag": "every tag", "author": "every author", "private": "the password page", "error": "errors", "error-404": "not found",
    "amp": "every post as AMP",
}  # fmt: skip
Resolve = Callable[[str, str], str | None]


def handlebars_links(bare: str, path: str, partial: Resolve, layout: Resolve) -> Iterator[Link]:
    """The layouts and partials that a template without comments names; partials chosen by an expression are left out."""
    lines = Lines(bare)
    for pattern, resolve in ((_LAYOUT, layout), (_PARTIAL, partial)):
        for match in pattern.finditer(bare):
            target = resolve(match[1] or match[2], path)
            if target and target != path:
                yield Link(target, "layout" if pattern is _LAYOUT else "include", lines.at(match.start()))


class Ghost:
    """One theme below its folder."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        self._root = root
        self._served = Served(site, (under(root, "assets"), root))
        self._injected = self._injections()

    def pages(self) -> Iterator[Page]:
        """The templates at the top of the theme (layouts apart), those in `members/`, and the routes that name a template."""
        routes = dict(self._routes())
        for path in self._site.below(self._root, ".hbs"):
            rel = inside(path, self._root) or ""
            stem = rel.removesuffix(".hbs")
            if ("/" in stem and not stem.startswith("members/")) or stem in self._layouts():
                continue
            kind, _, slug = stem.partition("-")
            stands_for = _STANDS_FOR.get(stem) or (
                f"what uses the template {slug}" if kind == "custom" else f"the {kind} {slug}" if slug else stem
            )
            if stem in routes:
                yield Page(routes[stem], path)
            else:
                yield Page(path, path, stands_for[:1].upper() + stands_for[1:], stands_for=stands_for)

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout, partials and scripts of a template, and what the admin's code injection puts into it."""
        if path.endswith(".hbs"):
            return self._template_links(path, text)
        return script_links(text, path, self._served) if path.endswith((".js", ".mjs")) else ()

    def complete(self) -> bool:
        """All templates of a theme lie in it; partials may be named by data."""
        return not chosen_at_run_time(self._site, self._site.below(self._root, ".hbs"), _CHOSEN)

    def covers(self, path: str) -> bool:
        """Partials."""
        return inside(path, under(self._root, "partials")) is not None

    def _template_links(self, path: str, text: str) -> Iterator[Link]:
        bare = without_template_comments(text, HANDLEBARS)
        yield from handlebars_links(bare, path, self._partial, self._layout)
        for word in ("ghost_head", "ghost_foot"):
            at = bare.find("{{" + word)
            for export in self._injected if at >= 0 else ():
                yield Link(export, "hook", bare.count("\n", 0, at) + 1, note=word)
        yield from template_links(bare, path, self._served, HANDLEBARS)

    def _layouts(self) -> frozenset[str]:
        """The templates that another one is put into."""
        named = {
            match[1]
            for path in self._site.below(self._root, ".hbs")
            for match in _LAYOUT.finditer(self._site.text(path)[:5_000])
            if match[1]
        }
        return frozenset({"default"} | named)

    def _partial(self, name: str, asking: str) -> str | None:
        return self._site.first(under(self._root, "partials", f"{name}.hbs"))

    def _layout(self, name: str, asking: str) -> str | None:
        return self._site.first(under(self._root, f"{name}.hbs"), posixpath.join(posixpath.dirname(asking), f"{name}.hbs"))

    def _routes(self) -> Iterator[tuple[str, str]]:
        for path in self._site.named("routes.yaml") + self._site.named("routes.yml"):
            text = self._site.text(path)
            for match in _ROUTE.finditer(text):
                named = match[2] or (found[1] if (found := _TEMPLATE.match(text, match.end() + 1)) else "")
                if named:
                    yield named, match[1]

    def _injections(self) -> list[str]:
        """Exports of the site's settings that hold code for all pages."""
        exports = [path for path in self._site.below("", ".json") if "ghost" in posixpath.basename(path).lower()]
        return [path for path in exports[:20] if "codeinjection_head" in self._site.text(path)]


def open_ghost(site: Site) -> Stack | None:
    """Folders with `default.hbs` or `index.hbs` beside `post.hbs`."""
    return nested(
        site, (root for root in roots_of(site, "post.hbs") if site.first(under(root, "default.hbs"), under(root, "index.hbs"))), Ghost
    )
