"""TYPO3: TypoScript sets what every page has; Fluid templates are pages, with layouts and partials."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from linter.reach.model import How, Link, Page
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.static import markup_links

_TYPOSCRIPT = re.compile(
    r"(?:\.typoscript|\.tsconfig|/TypoScript/[^\n]*\.(?:ts|txt|t3s)|(?:\A|/)(?:setup|constants)\.(?:ts|txt)|/typoscript/[^\n]*\.(?:ts|txt))\Z",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"^[ \t]*+(?:#|//)[^\n]*|^[ \t]*+/\*.*?(?:\*/|\Z)", re.DOTALL | re.MULTILINE)
_FLUID_COMMENT = re.compile(r"<f:comment>.*?(?:</f:comment>|\Z)|<!--(?!\[if).*?(?:-->|\Z)", re.DOTALL)
_IMPORT = re.compile(
    r"@import\s++['\"]([^'\"\n]{1,300})['\"]|<INCLUDE_TYPOSCRIPT:\s*+source\s*+=\s*+[\"']?(FILE|DIR):\s*+([^\"'>\n]{1,300})"
    r"(?:[\"']\s*+extensions\s*+=\s*+[\"']([\w, ]{1,60}))?",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"^[^\n=<]{0,200}?=\s*+((?:EXT:|fileadmin/|typo3conf/|/)[\w./-]{1,200}\.js)\s*+$", re.MULTILINE)
_PAGE = re.compile(r"^[ \t]*+page\w*\s*+(?:[.={<]|=<)|\bPAGE\b", re.MULTILINE)
_TEMPLATES = re.compile(r"(?:\A|/)Resources/Private/(?:[\w-]+/)*?(?:Templates/|(?=Pages/))(.+)\.(?:fluid\.)?html\Z")
_PRIVATE = re.compile(r"(?:\A|/)(?:Resources/(?:[\w-]+/)*?Private|fileadmin/templates?)/")
_FLUID = re.compile(r"typo3-fluid|<f:[a-z]|\{namespace \w")
_PAGES = re.compile(r"(?:\A|/)Pages?/")
_PART = re.compile(r"<f:(layout|render)\b([^>]{0,400})>|\{f:(?:render|layout)\(([^)]{0,300})\)")
_NAMED = re.compile(r"\b(?:name|partial)\s*+[=:]\s*+['\"]([\w./{}-]{1,150})['\"]")
_PARTIAL = re.compile(r"\bpartial\s*+[=:]\s*+['\"]([\w./-]{1,150})['\"]")
_ASSET = re.compile(
    r"<(?:f:asset\.script|v:asset\.script|f:be\.\w+)\b[^>]{0,300}?\b(?:src|path)\s*+=\s*+[\"']([^\"'\n]{1,200}\.js)[\"']|f:uri\.resource\(\s*+path:\s*+'([^'\n]{1,200}\.js)'"
)
_SKIP = re.compile(r"(?:\A|/)(?:vendor|typo3/sysext|node_modules|Tests?|Documentation)/|/Backend/|(?:\A|/)(?:Email|Mail|Emails)/")
_COMPONENT = re.compile(r"(?:\A|/)(?:Content|ContentElements|Elements)/|/Templates/(?!Pages?/)")


class Typo3Stack:
    """The TypoScript and Fluid templates of the extensions of a site."""

    def __init__(self, site: Site, typoscript: Iterable[str]) -> None:
        self._site = site
        self._typoscript = sorted(typoscript)
        self._fluid = sorted(path for path in site.files if _TEMPLATES.search(path) and not _SKIP.search(path))
        imported = {link.target for path in self._typoscript for link in self._imports(path)}
        roots = [path for path in self._typoscript if path not in imported]
        self._roots = [path for path in roots if self._sets_pages(path)] or roots

    def _sets_pages(self, path: str) -> bool:
        """Whether a file, or one that it imports, sets something of pages."""
        seen = {path}
        waiting = [path]
        while waiting and len(seen) < 200:
            path = waiting.pop()
            if _PAGE.search(self._bare(path)):
                return True
            for link in self._imports(path):
                if link.target not in seen:
                    seen.add(link.target)
                    waiting.append(link.target)
        return False

    def _bare(self, path: str) -> str:
        return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self._site.text(path))

    def _imports(self, path: str) -> Iterator[Link]:
        bare = self._bare(path)
        lines = Lines(bare)
        for match in _IMPORT.finditer(bare):
            for target in self._files(match[1] or match[3], path, folder=(match[2] or "").upper() == "DIR"):
                if target != path and (not match[4] or target.endswith(tuple(f".{each.strip()}" for each in match[4].split(",")))):
                    yield Link(target, "import", lines.at(match.start()))

    def _files(self, written: str, asking: str, folder: bool = False) -> list[str]:
        """The files of `EXT:name/a/b`, of a path from the top of the site or beside `asking`; a folder or `*` stands for all in it."""
        written = written.strip()
        plain = written[4:].partition("/")[2] if written.startswith("EXT:") else written.lstrip("/")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(asking), plain)) if written.startswith(".") else ""
        if near and near in self._site.files:
            return [near]
        if near and folder:
            return [path for path in self._typoscript if path.startswith(near + "/")]
        base = plain.rstrip("*").rstrip("/")
        if folder or plain.endswith(("*", "/")) or "*" in posixpath.basename(plain):
            base = plain.partition("*")[0].rstrip("/") if "*" in plain else base
            return [path for path in self._typoscript if f"/{base}/" in f"/{path}" and not plain.endswith("constants.typoscript")]
        names = (plain, f"{plain}.typoscript", f"{plain}/setup.typoscript")
        found = [path for name in names for path in self._site.named(posixpath.basename(name)) if f"/{path}".endswith(f"/{name}")]
        return sorted(found, key=lambda path: -len(posixpath.commonprefix((path, asking))))[:1]

    def pages(self) -> Iterator[Page]:
        """The Fluid templates of pages, those of plugins' views, and the TypoScript that sets every page."""
        found = False
        for path in self._fluid:
            name = (_TEMPLATES.search(path) or [""] * 2)[1]
            if _PAGES.search(f"/{name}") or ("/" not in name and not _COMPONENT.search(f"/{name}/")):
                found = True
                yield Page(path, path, stands_for=f'every page with the template "{posixpath.basename(name)}"')
        if not found:
            for path in self._roots[:1]:
                yield Page(path, path, stands_for="every page")

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a template's layout, partials and scripts are, and the TypoScript of every page; what TypoScript imports and loads."""
        if path in self._typoscript:
            yield from self._imports(path)
            yield from self._scripts(self._bare(path), path)
        elif "Resources/Private/" in path and path.endswith(".html"):
            yield from self._fluid_links(path, text)

    def _scripts(self, bare: str, path: str) -> Iterator[Link]:
        lines = Lines(bare)
        for match in _SCRIPT.finditer(bare):
            for target in self._files(match[1], path):
                yield Link(target, "script", lines.at(match.start(1)))
        yield from markup_links(bare, path, self._site)

    def _fluid_links(self, path: str, text: str) -> Iterator[Link]:
        bare = _FLUID_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        lines = Lines(bare)
        for match in _PART.finditer(bare):
            yield from self._part(match, path, lines.at(match.start()))
        for match in _ASSET.finditer(bare):
            for target in self._files(match[1] or match[2], path):
                yield Link(target, "script", lines.at(match.start()))
        yield from markup_links(bare, path, self._site)
        if path in self._fluid:
            for root in self._roots:
                yield Link(root, "hook", 1, note="TypoScript of every page")
            for other in self._fluid:
                if _COMPONENT.search(other) and not _PAGES.search(other):
                    yield Link(other, "component", 1, note="where the CMS puts it")

    def _part(self, match: re.Match[str], path: str, line: int) -> Iterator[Link]:
        given = match[2] or match[3] or ""
        layout = match[1] == "layout"
        named = _NAMED.search(given) if layout else _PARTIAL.search(given)
        if named is None:
            return
        how: How = "layout" if layout else "include"
        ends = [f"/{'Layouts' if layout else 'Partials'}/{named[1]}{ending}" for ending in (".html", ".fluid.html")]
        found = [other for end in ends for other in self._site.named(posixpath.basename(end)) if other.endswith(end)]
        for target in sorted(found, key=lambda other: -len(posixpath.commonprefix((other, path))))[:1]:
            yield Link(target, how, line)

    def shells(self) -> frozenset[str]:
        """Fluid's HTML files that are no pages."""
        pages = {page.path for page in self.pages()}
        files = (path for path in self._site.files if path.endswith(".html") and path not in pages)
        return frozenset(path for path in files if _PRIVATE.search(path) or _FLUID.search(self._site.text(path)))

    def complete(self) -> bool:
        """Templates of pages stand for all pages."""
        return bool(self._fluid)

    def covers(self, path: str) -> bool:
        """Layouts and partials."""
        return "Resources/Private/" in path and ("/Partials/" in path or "/Layouts/" in path) and not _SKIP.search(path)


def open_typo3(site: Site) -> Typo3Stack | None:
    """The stack of a site with TYPO3's extensions."""
    typoscript = [path for path in site.files if _TYPOSCRIPT.search(path) and not _SKIP.search(path)]
    marked = any(path.endswith(("ext_emconf.php", ".typoscript")) for path in site.files)
    return Typo3Stack(site, typoscript) if typoscript and marked else None
