"""Hugo: content, the layouts that are looked up for it, partials and shortcodes."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.blocks import BASE
from linter.reach.front_matter import Matter, matter_of, page_title
from linter.reach.hugo_config import ENDINGS, hugo_config
from linter.reach.model import How, Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import Lines, script_links
from linter.reach.settings_text import mapping_of
from linter.reach.site import Site
from linter.reach.switches import GO_BLOCKS, Switches
from linter.reach.templating import GO, Served, chosen_at_run_time, template_links, without_template_comments

_WRITTEN = (".md", ".markdown", ".mdown", ".html", ".htm", ".adoc", ".org", ".rst", ".pandoc")
_PARTIAL = re.compile(r"\b(partial|partialCached|template|\.Render)\s+\"([\w ./-]{1,200})\"")
_BUILT_NAME = re.compile(r"\bpartial(?:Cached)?\s+\(\s*printf?\s+\"([\w ./-]{1,200})")
_SHORTCODE = re.compile(r"\{\{[<%]\s*([\w./-]{1,100})(?=[\s/>%])")
_DEFINES = re.compile(r"\{\{-?\s*define\s+[\"`]")
_MATCH = re.compile(r"resources\.(?:Match|GetMatch)\s+\"([\w./-]{1,200})\*")
_CHOSEN = re.compile(r"\bpartial(?:Cached)?\s+(?:[.$]|\((?!\s*printf?\s+\"[\w-]+/))")
_THEME_CALLS = frozenset(
    "head header foot footer script scripts analytics tracking custom extend extended gtag pixel meta hooks seo".split()
)
_LANGUAGE = re.compile(r"\.[a-z]{2}(?:-[a-zA-Z]{2})?\Z")
MAX_CANDIDATES = 100
_LOOKUP: dict[str, tuple[str, tuple[str, ...]]] = {
    "page": ("single page all", ("_default", "")),
    "home": ("index home list all", ("", "_default")),
    "taxonomy": ("terms taxonomy term list all", ("taxonomy", "_default", "")),
    "section": ("section list all", ("section", "_default", "")),
}
"""Kind of page -> names of layouts and the folders in which they are looked for, in that order."""


class Hugo:
    """One site, or one theme, below a folder."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        self._root = root
        self._config = hugo_config(site, root)
        self._served = Served(site, (*self._config.served, root))
        self._contents = {path: folder for folder in self._config.content for path in site.below(folder, *_WRITTEN)}
        markups = (under(folder, place) for folder in self._config.layouts for place in ("_default/_markup", "_markup"))
        self._hooks = tuple(path for folder in markups for path in site.below(folder, ".html"))[:MAX_CANDIDATES]
        names = ("index" + ending for ending in _WRITTEN)
        self._bundles = {posixpath.dirname(path) for name in names for path in site.named(name) if path in self._contents}

    def pages(self) -> Iterator[Page]:
        """Content that is put out, and the home page, sections and lists that have a layout but no file of content."""
        taxonomies: set[str] = set()
        for path in self._contents:
            if self._is_resource(path):
                continue
            text = self._site.text(path)
            matter = matter_of(text)
            if matter is None and path.endswith((".html", ".htm")) and "<html" in text[:2_000].lower():
                continue
            values = matter.values if matter else {}
            if values.get("draft") is not True and values.get("headless") is not True:
                taxonomies |= {"tags", "categories"} & values.keys()
                yield Page(path, path, page_title(matter, text))
        yield from self._pages_without_content(taxonomies)

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout of content, the base of a layout, partials, shortcodes and scripts."""
        if path.endswith((".js", ".mjs", ".ts", ".jsx", ".tsx")):
            return script_links(text, path, self._served, self._config.served)
        if path in self._contents:
            return self._content_links(path, text)
        if path.endswith((".html", ".htm", ".svg", ".xml")) and any(inside(path, folder) is not None for folder in self._config.layouts):
            return self._layout_links(path, text)
        return ()

    def complete(self) -> bool:
        """Whether all themes are there, and content, and no partial is named by data alone."""
        parts = [path for folder in self._config.layouts for path in self._site.below(folder, ".html")]
        return self._config.whole and bool(self._contents) and not chosen_at_run_time(self._site, parts, _CHOSEN)

    def covers(self, path: str) -> bool:
        """Partials and shortcodes; layouts may be those of other formats."""
        rels = (inside(path, folder) for folder in self._config.layouts)
        return any(rel.startswith(("partials/", "_partials/", "shortcodes/", "_shortcodes/")) for rel in rels if rel)

    def _is_resource(self, path: str) -> bool:
        """Whether a file of content is no page but belongs to a bundle (a folder with an index)."""
        folder = posixpath.dirname(path)
        if folder in self._bundles:
            return not posixpath.basename(path).startswith("index.")
        while folder := posixpath.dirname(folder):
            if folder in self._bundles:
                return True
        return False

    def _pages_without_content(self, taxonomies: set[str]) -> Iterator[Page]:
        tops = self._config.content
        heads = {posixpath.dirname(path) for path in self._contents if posixpath.basename(path).startswith("_index.")}
        if not any(top in heads for top in tops):
            yield from self._made("/", self._found("home", "", "", ""), "the home page")
        rels = ((inside(path, top) or "", top) for path, top in self._contents.items())
        for name, top in sorted({(rel.split("/")[0], top) for rel, top in rels if rel.count("/") > 0}):
            if f"{top}/{name}" not in heads and f"{top}/{name}" not in self._bundles:
                yield from self._made(f"/{name}/", self._found("section", name, name, ""), f"the list of {name}")
        for name in sorted(taxonomies):
            yield from self._made(f"/{name}/", self._found("taxonomy", name, name, ""), f"lists of {name}")
        yield from self._made("/404.html", self._layout_file("404.html"), "not found")
        if not self._contents:
            yield from self._made("", self._found("page", "", "", ""), "every page")

    def _made(self, route: str, layout: str | None, stands_for: str) -> Iterator[Page]:
        if layout:
            yield Page(route or layout, layout, stands_for=stands_for)

    def _content_links(self, path: str, text: str) -> Iterator[Link]:
        matter = matter_of(text) or Matter({})
        layout = self._layout_of(path, matter)
        if layout:
            yield Link(
                layout, "layout", matter.line("layout") if matter.text("layout") else matter.line("type"), note=self._looked_up(layout)
            )
        if not self._config.whole:
            yield from self._theme_links()
        for hook in self._hooks:
            yield Link(hook, "include", 1, note="render hook")
        lines = Lines(text)
        for match in _SHORTCODE.finditer(text):
            target = self._layout_file(*(f"{folder}/{match[1]}.html" for folder in ("shortcodes", "_shortcodes")))
            if target:
                yield Link(target, "include", lines.at(match.start()), note="shortcode")
        yield from template_links(without_template_comments(text, GO), path, self._served, GO)

    def _looked_up(self, layout: str) -> str:
        return "" if inside(layout, self._config.layouts[0]) is not None else "theme"

    def _layout_of(self, path: str, matter: Matter) -> str | None:
        rel = inside(path, self._contents[path]) or ""
        section = rel.split("/")[0] if "/" in rel else ""
        name = _LANGUAGE.sub("", posixpath.splitext(posixpath.basename(rel))[0])
        kind = "home" if name == "_index" and not section else "section" if name == "_index" else "page"
        if kind == "section" and section in ("tags", "categories"):
            kind = "taxonomy"
        return self._found(kind, section, matter.text("type") or section, matter.text("layout"))

    def _found(self, kind: str, section: str, of_type: str, layout: str) -> str | None:
        """The layout of a page, in the order in which Hugo looks for it (old and new folders)."""
        names, folders = _LOOKUP[kind]
        chosen = dict.fromkeys((*((layout,) if layout else ()), *names.split()))
        places = dict.fromkeys((*((of_type,) if of_type else ()), *((section,) if section else ()), *folders))
        return self._layout_file(*(posixpath.join(place, f"{name}.html") for place in places for name in chosen))

    def _layout_file(self, *names: str) -> str | None:
        return self._site.first(*(under(folder, name) for name in names for folder in self._config.layouts))

    def _layout_links(self, path: str, text: str) -> Iterator[Link]:
        bare = without_template_comments(text, GO)
        lines = Lines(bare)
        rel = next(rel for folder in self._config.layouts if (rel := inside(path, folder)) is not None)
        defines = _DEFINES.search(bare)
        if defines and not rel.startswith(("partials/", "_partials/", "shortcodes/")):
            folder, stem = posixpath.dirname(rel), posixpath.splitext(posixpath.basename(rel))[0]
            names = (f"{place}{name}baseof.html" for place in (f"{folder}/", "_default/", "") for name in (f"{stem}-", ""))
            base = self._layout_file(*(name.lstrip("/") for name in names))
            if base:
                yield Link(base, "layout", lines.at(defines.start()), note=BASE)
        switches = Switches(bare, GO_BLOCKS, self._config.holds)
        for match in _PARTIAL.finditer(bare):
            target = self._called(match[1], match[2], posixpath.dirname(rel))
            if target and not switches.off(match.start()):
                yield Link(target, "include", lines.at(match.start()))
        for match in _BUILT_NAME.finditer(bare):
            if not switches.off(match.start()):
                yield from self._candidates(("partials", "_partials"), match[1], self._config.layouts, "include", lines.at(match.start()))
        for match in _MATCH.finditer(bare):
            folders = [under(part, "assets") for part in self._config.parts]
            yield from self._candidates(("",), match[1], folders, "script", lines.at(match.start()))
        yield from template_links(bare, path, self._served, GO)

    def _called(self, call: str, name: str, folder: str) -> str | None:
        if call == ".Render":
            return self._layout_file(f"{folder}/{name}.html", f"_default/{name}.html", f"{name}.html")
        if call == "template":
            return self._layout_file(name, f"{name}.html")
        name = name.lstrip("/")
        return self._layout_file(*(f"{place}/{name}{ending}" for ending in ("", ".html") for place in ("partials", "_partials")))

    def _candidates(self, folders: Sequence[str], start: str, tops: Iterable[str], how: How, line: int) -> Iterator[Link]:
        """All files whose path begins as the literal part of a built name does, where that names a folder."""
        if "/" not in start:
            return
        for top in tops:
            for folder in folders:
                place = under(top, folder, posixpath.dirname(start))
                for path in self._site.below(place)[:MAX_CANDIDATES]:
                    if path.startswith(under(top, folder) + "/" + start.lstrip("/")):
                        yield Link(path, how, line, note="one of several")

    def _theme_links(self) -> Iterator[Link]:
        """Partials of the site that stand in for those of a theme that is not there: by their names."""
        folder = self._config.layouts[0]
        for path in self._site.below(under(folder, "partials"), ".html") + self._site.below(under(folder, "_partials"), ".html"):
            words = re.split(r"[/_.-]", (inside(path, folder) or "").lower())
            if _THEME_CALLS & set(words):
                yield Link(path, "layout", 1, note="theme outside of the repository")


def open_hugo(site: Site) -> Stack | None:
    """Folders with Hugo's settings beside content, layouts or themes, and themes of their own."""
    names = [stem + ending for stem in ("hugo", "config") for ending in ENDINGS]
    found = set(roots_of(site, *(name for name in names if name.startswith("hugo"))))
    for root in roots_of(site, *(name for name in names if name.startswith("config"))):
        there = [under(root, name) in site.folders for name in ("layouts", "themes", "content", "archetypes", "static", "data")]
        path = site.first(*(under(root, name) for name in names)) or ""
        if sum(there) >= 2 and "base_url" not in mapping_of(path, site.text(path)):
            found.add(root)
    found |= set(roots_of(site, *(f"config/_default/{name}" for name in names)))
    found |= {root for root in roots_of(site, "theme.toml") if under(root, "layouts") in site.folders}
    parts = {root for root in found if posixpath.dirname(posixpath.dirname(root)) in found and "/themes/" in f"/{root}"}
    vendored = {root for root in found if "_vendor/" in root}
    return nested(site, found - parts - vendored, Hugo)
