"""ASP.NET Web Forms and classic ASP: pages with master pages, user controls and server-side includes."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from linter.reach.model import Link, Page, Stack
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import ERB, Served, template_links, without_template_comments

_PARTS = (".master", ".ascx")
_MASTER = re.compile(r"<%@\s*(?:Page|Master)\b(?:[^%<]|%(?!>)){0,1500}?\bMasterPageFile\s*=\s*\"([^\"\n]{1,200})\"", re.IGNORECASE)
_CONTROL = re.compile(
    r"<%@\s*Register\b(?:[^%<]|%(?!>)){0,1500}?\bSrc\s*=\s*\"([^\"\n]{1,200})\"|\bLoadControl\(\s*\"([^\"\n]{1,200})\"", re.IGNORECASE
)
_INCLUDE = re.compile(
    r"<!--\s*#include\s+(?:virtual|file)\s*=\s*[\"']([^\"'\n]{1,200})[\"']|\bServer\.(?:Execute|Transfer)\(?\s*\"([^\"\n]{1,200})\"",
    re.IGNORECASE,
)
_ALL_MASTER = re.compile(r"<pages\b[^<>]{0,1000}?\bmasterPageFile\s*=\s*\"([^\"\n]{1,200})\"", re.IGNORECASE)
_WHOLE = re.compile(r"<html\b|<body\b|<!doctype html|<%@\s*Page\b", re.IGNORECASE)


class WebForms:
    """All pages of the applications in a repository."""

    def __init__(self, site: Site, pages: list[str]) -> None:
        self._site = site
        self._pages = pages
        self._by_small = {path.lower(): path for path in sorted(site.files)}
        self._served = Served(site, sorted({posixpath.dirname(path) for path in site.named("web.config") + site.named("Web.config")})[:20])

    def pages(self) -> Iterator[Page]:
        """The `.aspx` files, and the `.asp` files that no other includes or that are whole pages."""
        included = {
            link.target for path in self._pages if path.lower().endswith(".asp") for link in self._part_links(path, self._site.text(path))
        }
        for path in self._pages:
            text = self._site.text(path)
            if path.lower().endswith(".aspx") or path not in included or _WHOLE.search(text):
                yield Page(path, path, title_of(text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """Master page, user controls, includes and scripts."""
        small = path.lower()
        if small.endswith((".aspx", ".asp", ".inc", *_PARTS)):
            bare = without_template_comments(text, ERB)
            return (*self._part_links(path, text), *template_links(bare, path, self._served, ERB))
        return script_links(text, path, self._served) if small.endswith(".js") else ()

    def complete(self) -> bool:
        """All pages lie in the repository; some may be loaded by code."""
        return False

    def covers(self, path: str) -> bool:
        """Master pages and user controls."""
        return path.lower().endswith(_PARTS)

    def _part_links(self, path: str, text: str) -> Iterator[Link]:
        lines = Lines(text)
        master = _MASTER.search(text)
        if master:
            yield from self._link(master[1], path, lines.at(master.start()), "layout")
        elif path.lower().endswith(".aspx"):
            for name in self._site.named("web.config") + self._site.named("Web.config"):
                found = _ALL_MASTER.search(self._site.text(name))
                if found:
                    yield from self._link(found[1], path, 1, "layout")
        for pattern in (_CONTROL, _INCLUDE):
            for match in pattern.finditer(text):
                yield from self._link(match[1] or match[2], path, lines.at(match.start()), "include")

    def _link(self, written: str, asking: str, line: int, how: str) -> Iterator[Link]:
        """Paths are told apart without regard to case, as on the servers that run such pages."""
        folders = ["", *self._served.roots] if written.startswith(("~", "/")) else [posixpath.dirname(asking)]
        if written.startswith(("~", "/")):
            parts = asking.split("/")[:-1]
            folders += ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
        for folder in folders:
            target = self._by_small.get(posixpath.normpath(posixpath.join(folder, written.lstrip("~/").replace("\\", "/"))).lower())
            if target:
                yield Link(target, "layout" if how == "layout" else "include", line)
                return


def open_webforms(site: Site) -> Stack | None:
    """Repositories with `.aspx` or `.asp` files."""
    pages = sorted(path for path in site.files if path.lower().endswith((".aspx", ".asp")))
    return WebForms(site, pages) if pages else None
