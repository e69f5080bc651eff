"""Hexo: posts and pages in `source/`, and a theme whose layouts are filled in for them."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.front_matter import Matter, matter_of, page_title
from linter.reach.model import Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import script_links
from linter.reach.settings_text import mapping_of, text_at
from linter.reach.site import Site
from linter.reach.templating import Served
from linter.reach.views import VIEW_ENDINGS, view_links

_WRITTEN = (".md", ".markdown", ".html", ".htm", ".org")
_LISTS = {"index": "the front page and lists of posts", "archive": "archives", "category": "every category", "tag": "every tag"}


class Hexo:
    """One site below the folder of its `_config.yml`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        path = site.first(under(root, "_config.yml"), under(root, "_config.yaml")) or ""
        config = mapping_of(path, site.text(path)) if path else {}
        self._source = under(root, text_at(config, "source_dir") or "source")
        theme = text_at(config, "theme")
        themes = [under(root, "themes", theme)] if theme else []
        there = sorted(
            folder.removesuffix("/layout")
            for folder in site.folders
            if inside(folder, under(root, "themes")) and folder.endswith("/layout")
        )
        self._theme = next(
            (folder for folder in (*themes, *(there if len(there) == 1 else [])) if under(folder, "layout") in site.folders), ""
        )
        self._layouts = under(self._theme, "layout") if self._theme else ""
        self._served = Served(site, (self._source, under(self._theme, "source") if self._theme else self._source))

    def pages(self) -> Iterator[Page]:
        """Posts and pages, and the lists that the theme has a layout for."""
        for path in self._site.below(self._source, *_WRITTEN):
            rel = inside(path, self._source) or ""
            if any(part.startswith("_") and part != "_posts" for part in rel.split("/")):
                continue
            text = self._site.text(path)
            matter = matter_of(text)
            if matter is not None and matter.values.get("published") is not False:
                yield Page(path, path, page_title(matter, text))
        for name, stands_for in _LISTS.items():
            layout = self._layout(name)
            if layout:
                yield Page("/" if name == "index" else layout, layout, stands_for=stands_for)

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout of a page, what layouts include, and scripts."""
        if inside(path, self._source) is not None and path.endswith(_WRITTEN):
            return (*self._content_links(path, text), *view_links(path, text, self._served, self._near))
        if self._layouts and inside(path, self._layouts) is not None:
            return (*self._outer(path), *view_links(path, text, self._served, self._near))
        return script_links(text, path, self._served) if path.endswith((".js", ".mjs")) else ()

    def complete(self) -> bool:
        """Whether the theme lies in the repository."""
        return bool(self._theme)

    def covers(self, path: str) -> bool:
        """Parts of layouts of the theme; layouts themselves may be those of pages that plugins make."""
        return "/_" in f"/{inside(path, self._layouts) or ''}" if self._layouts else False

    def _content_links(self, path: str, text: str) -> Iterator[Link]:
        matter = matter_of(text) or Matter({})
        if matter.values.get("layout") is False or matter.text("layout") == "false":
            return
        rel = inside(path, self._source) or ""
        kind = matter.text("layout") or ("post" if "_posts/" in rel else "page")
        layout = self._layout(kind) or self._layout("post" if "_posts/" in rel else "page") or self._layout("index")
        if layout:
            yield Link(layout, "layout", matter.line("layout"), note="theme")

    def _outer(self, path: str) -> Iterator[Link]:
        """`layout` is around every layout at the top of the theme."""
        if posixpath.dirname(path) == self._layouts and not posixpath.basename(path).startswith(("layout.", "_")):
            outer = self._layout("layout")
            if outer and outer != path:
                yield Link(outer, "layout", 1, note="around every layout")

    def _layout(self, name: str) -> str | None:
        return self._site.first(*(under(self._layouts, name + ending) for ending in VIEW_ENDINGS)) if self._layouts else None

    def _near(self, name: str, asking: str) -> Sequence[str]:
        bases = [posixpath.normpath(posixpath.join(posixpath.dirname(asking), name)), under(self._layouts, name)]
        found = self._site.first(*(base + ending for base in bases for ending in ("", *VIEW_ENDINGS)))
        return (found,) if found and found != asking else ()


def open_hexo(site: Site) -> Stack | None:
    """Folders with a `_config.yml` beside `source/` and `themes/`, or whose package.json asks for Hexo."""
    roots = []
    for root in roots_of(site, "_config.yml", "_config.yaml"):
        package = under(root, "package.json")
        asked = package in site.files and '"hexo"' in site.text(package)
        if asked or (under(root, "source/_posts") in site.folders and under(root, "themes") in site.folders):
            roots.append(root)
    return nested(site, roots, Hexo)
