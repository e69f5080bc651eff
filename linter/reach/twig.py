"""Twig: Symfony, Craft, Grav, Slim, Timber and OpenCart. Templates that code or a route shows, and those that nothing pulls in."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.curly import curly_links
from linter.reach.drupal_theme import drupal_folders
from linter.reach.model import Link, Page
from linter.reach.php_routes import Routes
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import CURLY, Served, template_links, without_template_comments
from linter.reach.wholes import prints_page
from linter.reach.wordpress_folders import wordpress_folders

ENDINGS = (".twig",)
_ROOT = frozenset(["templates", "template", "views", "view", "twig", "Views", "Templates", "tpl"])
_SUFFIXES = ("", ".twig", ".html.twig", ".html", "/index.twig", "/index.html.twig", "/index.html")
_COMPONENT = re.compile(
    r"<twig:([\w:]{1,100})(?=[\s/>])|\{\{-?\s*+component\s*+\(\s*+['\"]([\w:]{1,100})['\"]|\{%-?\s*+component\s++['\"]?([\w:]{1,100})"
)
_MORE = re.compile(r"\{%-?\s*+(?:use|form_theme)\b([^%]{0,300}+)%\}|\b(?:include|source)\s*+\(\s*+(\[?['\"][^)]{1,300})\)")
_LITERAL = re.compile(r"['\"]([\w./:@-]{1,200})['\"]")
_ASSET = re.compile(
    r"\b(?:encore_entry_script_tags|importmap|vite_entry_script_tags|craft\.vite\.script)\s*+\(\s*+['\"]([\w./-]{1,200})['\"]"
)
_EXTENDS = re.compile(r"\{%-?\s*+extends\b")
_TITLE = re.compile(
    r"\{%-?\s*+(?:block\s++(?:page_?|meta_?)?title\s*+(?:-?%\}([^{<]{1,150})|['\"]([^'\"\n]{1,150})['\"])"
    r"|set\s++(?:page_?|meta_?)?title\s*+=\s*+['\"]([^'\"\n]{1,150})['\"])",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(
    r"(?:\A|/)(?:_?layouts?|_?components?|_?partials?|_?includes?|_?macros?|e?mails?|form|bundles|_?blocks?|pdf|email_[^/]*|search/_[^/]*)/",
    re.IGNORECASE,
)
_LAYOUT = re.compile(r"(?:\A|/)(?:[^/]*layout[^/]*|base|_base|master|_?main|skeleton|wrapper)(?:\.[a-z]+)?\.twig\Z", re.IGNORECASE)
_MAIL = re.compile(r"(?:\A|/)(?:e?mails?|pdf)/|(?:\A|/)[^/]*e?mail[^/]*\.(?:txt|html)\.twig\Z", re.IGNORECASE)
_SKIP = re.compile(r"(?:\A|/)(?:vendor|node_modules|var|cache|tests?|core/modules|core/themes|views/templates/admin)/")
_CODE = re.compile(r"(?:\A|/)(?:src|app|routes|config|public|modules)/|(?:\A|/)(?:index|routes|web)\.php\Z")
_SHOP_PART = re.compile(r"\{\{\s*+(header|footer|column_left|column_right|content_top|content_bottom)\s*+\}\}")


class TwigNames:
    """The Twig templates of a site by the names that code and other templates call them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._listed: dict[str, list[str]] = defaultdict(list)
        self.paths = frozenset(path for path in site.files if path.endswith(ENDINGS) and not _SKIP.search(path))
        for path in sorted(self.paths):
            parts = path.split("/")
            for number in [0, *(number + 1 for number, part in enumerate(parts[:-1]) if part in _ROOT)]:
                name = "/".join(parts[number:])
                self._by_name[name].append(path)
                self._listed[posixpath.dirname(name)].append(path)

    def find(self, name: str, asking: str) -> Sequence[str]:
        """The template of a name (`a/b.html.twig`, `@App/b.html.twig`, `AppBundle:A:b.html.twig`, Craft's `a/b`), the nearest to `asking`.

        A name that ends in a slash goes on with what is not known: all templates of the folder.
        """
        plain = name.lstrip("/")
        if plain.startswith("@"):
            plain = plain.partition("/")[2]
        elif ":" in plain:
            plain = plain.partition(":")[2].replace(":", "/").lstrip("/")
            own = [path for path in self._site.named(f"{plain}.twig") if path.endswith(f"/{plain}/{plain}.twig") and path in self.paths]
            if own:
                return own[:1]
        elif plain.partition("/")[0] in _ROOT:
            plain = plain.partition("/")[2]
        if plain.endswith("/") and len(plain) > 1:
            return [path for path in self._listed.get(plain.rstrip("/"), ()) if path != asking][:100]
        if name.startswith(("./", "../")):
            near = posixpath.normpath(posixpath.join(posixpath.dirname(asking), name))
            return [near] if near in self.paths else []
        found = next((rows for suffix in _SUFFIXES if (rows := self._by_name.get(plain + suffix)) and rows != [asking]), [])
        found = found or (self._anywhere(plain) if name.startswith("@") or "~" in name else [])
        return sorted((path for path in found if path != asking), key=lambda path: -len(posixpath.commonprefix((path, asking))))[:1]

    def component(self, name: str) -> Sequence[str]:
        """The template of a component: `Alert`, `Form:Input`."""
        plain = f"components/{name.replace(':', '/')}"
        return next((rows[:1] for suffix in _SUFFIXES if (rows := self._by_name.get(plain + suffix))), [])

    def _anywhere(self, plain: str) -> list[str]:
        """The only template whose path ends so, where a namespace stands for a folder that is not known."""
        found = [path for path in self._site.named(posixpath.basename(plain)) if path.endswith("/" + plain) and path in self.paths]
        return found if len(found) == 1 else []


class TwigStack:
    """The Twig templates of a site. Those of WordPress and Drupal themes are pages as these say; here they only pull in others."""

    def __init__(self, site: Site, names: TwigNames) -> None:
        self._site = site
        self._names = names
        self._kept: dict[str, tuple[Link, ...]] = {}
        self._known = tuple(f"{folder}/" if folder else "" for folder in wordpress_folders(site) | drupal_folders(site))
        code = [path for path in site.files if path.endswith(".php") and _CODE.search(path) and not _SKIP.search(path)]
        self._routes = Routes(site, code)
        roots = [folder for folder in site.folders if posixpath.basename(folder) in ("public", "web", "public_html", "assets", "htdocs")]
        self._served = Served(site, sorted((root for root in roots if not _SKIP.search(root + "/")), key=len)[:20])

    def pages(self) -> Iterator[Page]:
        """Routes that show a template; where there are none, templates that print whole pages and that no other one pulls in."""
        taken: set[str] = set()
        for route in self._routes.rows():
            for path in self._names.find(route.template, route.asking):
                if route.address not in taken and not _MAIL.search(path) and self._is_whole(path):
                    taken.add(route.address)
                    yield Page(
                        route.address, path, self._title(path), stands_for="every address of this form" if "{" in route.address else ""
                    )
        shown = {path for route in self._routes.rows() for path in self._names.find(route.template, route.asking)}
        named = {path for name, asking in self._routes.views.named(self._routes.classes()) for path in self._names.find(name, asking)}
        for path in sorted(named - shown if taken else self._unused()):
            if (
                not _NO_PAGE.search(path)
                and not _LAYOUT.search(path)
                and not path.startswith(self._known or ("\0",))
                and self._is_whole(path)
            ):
                yield Page(path, path, self._title(path), stands_for=_meaning(path))

    def _unused(self) -> set[str]:
        used = {link.target for path in self._names.paths for link in self._references(self._bare(path), path)}
        return set(self._names.paths - used)

    def _bare(self, path: str) -> str:
        return without_template_comments(self._site.text(path), CURLY)

    def _is_whole(self, path: str) -> bool:
        return prints_page(path, self._bare, self._references, _EXTENDS)

    def _title(self, path: str) -> str:
        text = self._site.text(path)
        match = _TITLE.search(text)
        title = " ".join(next(filter(None, match.groups()), "").split()) if match else title_of(text)
        return "" if "{" in title else title

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a template extends, includes and imports, its components, and the scripts of its markup."""
        if path not in self._names.paths:
            return ()
        return self._links(path, without_template_comments(text, CURLY))

    def _links(self, path: str, bare: str) -> Iterator[Link]:
        yield from self._references(bare, path)
        yield from template_links(bare, path, self._served, CURLY)
        lines = Lines(bare)
        for match in _ASSET.finditer(bare):
            names = (f"assets/{match[1]}.js", f"assets/js/{match[1]}.js", match[1], f"src/{match[1]}")
            target = next((found for name in names if (found := self._site.resolve("/" + name, path))), None)
            if target:
                yield Link(target, "script", lines.at(match.start()))

    def _references(self, bare: str, path: str) -> tuple[Link, ...]:
        """What a template without comments pulls in by its tags; looked for once."""
        if path not in self._kept:
            self._kept[path] = tuple(self._read(bare, path))
        return self._kept[path]

    def _read(self, bare: str, path: str) -> Iterator[Link]:
        yield from curly_links(bare, path, self._names.find)
        lines = Lines(bare)
        for match in _MORE.finditer(bare):
            for name in _LITERAL.findall(match[1] or match[2])[:6]:
                for target in self._names.find(name, path):
                    yield Link(target, "include", lines.at(match.start()))
        for match in _COMPONENT.finditer(bare):
            for target in self._names.component(match[1] or match[2] or match[3]):
                yield Link(target, "component", lines.at(match.start()))
        if "/template/" in path and "/view" in path:
            for match in _SHOP_PART.finditer(bare):
                for target in self._names.find(f"common/{match[1]}.twig", path):
                    yield Link(target, "include", lines.at(match.start()))

    def complete(self) -> bool:
        """Whether code names all templates it shows."""
        return not self._routes.views.dynamic

    def covers(self, path: str) -> bool:
        """Templates that no CMS places by names of its own."""
        return path in self._names.paths and not _MAIL.search(path) and not path.startswith(self._known or ("\0",))


def _meaning(path: str) -> str:
    """What Craft shows by a template whose name begins with a line: entries of the section that its folder is for."""
    stem = posixpath.basename(path).partition(".")[0]
    return f"every {stem[1:]} of {posixpath.basename(posixpath.dirname(path))}" if stem[:1] == "_" else ""


def open_twig(site: Site) -> TwigStack | None:
    """The stack of a site with Twig templates."""
    names = TwigNames(site)
    return TwigStack(site, names) if names.paths else None
