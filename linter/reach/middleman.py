"""Middleman: pages in `source/`, layouts by front matter or `config.rb`, partials."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from linter.reach.front_matter import Matter, matter_of, page_title
from linter.reach.indented import INDENTED_ENDINGS, indented_links
from linter.reach.model import Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site
from linter.reach.templating import ERB, INDENTED, Served, template_links, without_template_comments

MAX_STARS = 3
_ENDINGS = tuple(".html.erb .html.haml .html.slim .html.md .html.liquid .erb .haml .slim .html .md .markdown".split())
_PARTIAL = re.compile(r"\bpartial\b[ (]*(?::?\w+\s*(?:=>|:)\s*)?['\"]([\w./-]{1,200})['\"]")
_WRAP = re.compile(r"\bwrap_layout\b[ (]*:?['\"]?([\w./-]{1,100})")
_SCRIPT_TAG = re.compile(r"\bjavascript_include_tag\b[ (]*([^%\n]{1,300})")
_NAME = re.compile(r"['\"]([\w./-]{1,150})['\"]|:(\w{1,80})")
_PAGE_LAYOUT = re.compile(
    r"^[ \t]*page\s*\(?\s*['\"]/?([\w./*-]{1,200})['\"][^\n]{0,200}?\blayout\s*(?::|=>)\s*(?:['\":]([\w./-]{1,100})|(false))", re.MULTILINE
)
_BLOG = re.compile(r"^[ \t]*blog\.(layout|prefix)\s*=\s*['\":]([\w./-]{1,100})", re.MULTILINE)
_ALL_LAYOUT = re.compile(r"^[ \t]*set\s*\(?\s*:layout\s*,\s*['\":]([\w./-]{1,100})", re.MULTILINE)


class Middleman:
    """One site below the folder of its `config.rb`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        self._source = under(root, "source")
        code = site.text(under(root, "config.rb"))
        wrapped = _ALL_LAYOUT.search(code)
        self._default = wrapped[1] if wrapped else "layout"
        self._rows = [(match[1], match[2] or "") for match in _PAGE_LAYOUT.finditer(code)][:200]
        blog = {match[1]: match[2] for match in _BLOG.finditer(code)}
        if "layout" in blog:
            self._rows.append((f"{blog.get('prefix', '')}/*".lstrip("/"), blog["layout"]))
        self._served = Served(site, (under(self._source, "javascripts"), under(self._source, "assets/javascripts"), self._source))

    def pages(self) -> Iterator[Page]:
        """The templates of the source folder but layouts, partials and other formats."""
        for path in self._site.below(self._source, *_ENDINGS):
            rel = inside(path, self._source) or ""
            if rel.startswith("layouts/") or posixpath.basename(rel)[0] in ("_", ".") or posixpath.basename(rel).startswith("layout."):
                continue
            if re.search(r"\.(?:xml|json|txt|js|css|rss)\.\w+\Z", rel) is None:
                text = self._site.text(path)
                yield Page(path, path, page_title(matter_of(text), text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """Layout, partials and scripts."""
        if path.endswith((".js", ".mjs")):
            return script_links(text, path, self._served)
        return self._view_links(path, text) if path.endswith(_ENDINGS) else ()

    def complete(self) -> bool:
        """All pages lie in the source folder; some may stand for several."""
        return True

    def covers(self, path: str) -> bool:
        """Layouts and partials."""
        rel = inside(path, self._source) or ""
        return rel.startswith("layouts/") or posixpath.basename(rel).startswith("_")

    def _view_links(self, path: str, text: str) -> Iterator[Link]:
        indented = path.endswith(INDENTED_ENDINGS)
        bare = without_template_comments(text, INDENTED if indented else ERB)
        lines = Lines(bare)
        layout = self._layout(path, matter_of(text) or Matter({}))
        if layout and layout != path:
            yield Link(layout, "layout", 1)
        for pattern in (_PARTIAL, _WRAP):
            for match in pattern.finditer(bare):
                target = self._part(match[1], path) if pattern is _PARTIAL else self._layout_file(match[1])
                if target:
                    yield Link(target, "include" if pattern is _PARTIAL else "layout", lines.at(match.start()))
        for match in _SCRIPT_TAG.finditer(bare):
            for name in (one or other for one, other in _NAME.findall(match[1])):
                target = self._served.resolve(name if name.endswith(".js") else f"{name}.js", path)
                if target:
                    yield Link(target, "script", lines.at(match.start()))
        if indented:
            yield from indented_links(path, text, self._served, lambda name, asking: ())
        else:
            yield from template_links(bare, path, self._served, ERB)

    def _layout(self, path: str, matter: Matter) -> str | None:
        rel = inside(path, self._source) or ""
        if rel.startswith("layouts/") or posixpath.basename(rel).startswith("_") or matter.values.get("layout") is False:
            return None
        name = matter.text("layout")
        served = re.sub(r"(?:\.(?:erb|haml|slim|md|markdown|liquid))+\Z", "", rel)
        for pattern, layout in self._rows if not name else ():
            if pattern.count("*") <= MAX_STARS and fnmatchcase(served, pattern):
                if not layout:
                    return None
                name = layout
        return self._layout_file(name or self._default)

    def _layout_file(self, name: str) -> str | None:
        places = (under(self._source, "layouts", name), under(self._source, name))
        return self._site.first(*(place + ending for place in places for ending in ("", *_ENDINGS)))

    def _part(self, name: str, asking: str) -> str | None:
        folder, base = posixpath.split(name)
        places = (posixpath.join(posixpath.dirname(asking), folder), under(self._source, folder), under(self._source, "partials", folder))
        stem = base.lstrip("_")
        paths = (
            posixpath.normpath(posixpath.join(place, f"{mark}{stem}{ending}"))
            for place in places
            for mark in ("_", "")
            for ending in ("", *_ENDINGS)
        )
        return self._site.first(*paths)


def open_middleman(site: Site) -> Stack | None:
    """Folders with a `config.rb` beside `source/` and a Gemfile that asks for Middleman."""
    roots = [root for root in roots_of(site, "config.rb") if under(root, "source") in site.folders]
    return nested(site, (root for root in roots if "middleman" in site.text(under(root, "Gemfile"))), Middleman)
