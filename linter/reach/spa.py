"""Single-page applications: one HTML file, a main script, and pages by the routes of a table (React, Vue, Angular, Solid, Preact)."""

import posixpath
import re
from collections import deque
from collections.abc import Iterable, Iterator

from linter.reach.angular import Elements, workspace_entries
from linter.reach.apps import App
from linter.reach.configs import config_of
from linter.reach.file_routes import EVERY, above, address, any_of, below, inside, is_source, linked, stands_for, stem_of
from linter.reach.model import Link, Page
from linter.reach.modules import SCRIPTS
from linter.reach.packages import packages_of
from linter.reach.route_table import RouteTables, Shown
from linter.reach.scripts import script_links
from linter.reach.site import Site
from linter.reach.sources import code_of
from linter.reach.titles import title_in
from linter.reach.webpack import webpack_entries

_PACKAGES = frozenset(
    "vite react-scripts @vue/cli-service @angular/core react-router react-router-dom vue-router wouter @tanstack/react-router preact-router"
    " @solidjs/router html-webpack-plugin parcel parcel-bundler @quasar/app @quasar/app-vite react-dom vue preact".split()
)
_BY_FILES = frozenset({"vite-plugin-pages", "unplugin-vue-router", "vite-ssg", "vite-plugin-vue-layouts"})
_FILE = re.compile(
    r"(?P<root>(?:.*/)?)(?:src|resources/(?:js|ts|assets/js))/(?:main|index|App|app|router(?:/index)?|routes?(?:/index)?|app/app[.-]rout\w+(?:\.module)?|app/app\.module)"
    r"\.(?:ts|tsx|js|jsx|vue)"
)
_LEFT_OUT = re.compile(r"(?:\A|/)(?:node_modules|dist|build|public|static|out|vendor|coverage|\.\w[^/]*)/|\.min\.js\Z|(?:\A|/)tests?/")
_MAINS = ("src/main", "src/index", "src/app", "src/App", "resources/js/app", "resources/js/main", "resources/ts/app", "main", "index")
_FILE_ROUTE = re.compile(r"(?<![\w$])create(?:Lazy)?FileRoute\(\s{0,20}['\"`]([^'\"`\n]{0,200})['\"`]")
_SOURCES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".vue", ".svelte")
_SERVER = (".php", ".erb", ".haml", ".cshtml", ".twig", ".liquid", ".j2", ".jinja", ".ejs", ".hbs", ".pug", ".jsp", ".njk")
"""Endings of templates by which a server makes pages."""
MAX_FILES = 3000


def single_page_apps(site: Site, taken: Iterable[str]) -> list[App]:
    """The applications in folders that no framework has taken."""
    by_file = (match["root"].rstrip("/") for path in sorted(site.files) if not _LEFT_OUT.search(path) and (match := _FILE.fullmatch(path)))
    roots = [package.root for package in packages_of(site) if _PACKAGES & package.needs.keys()]
    free = [root for root in dict.fromkeys([*roots, *by_file]) if root not in set(taken) and not _LEFT_OUT.search(root + "/")]
    return [Spa(site, root) for root in free[:50]]


class Spa:
    """The application in the folder `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._mixed = bool(site.below(root, *_SERVER))
        self._sources = [path for path in site.below(root, *_SOURCES) if is_source(path) and not _LEFT_OUT.search(below(path, root))][
            :20_000
        ]
        self._elements = Elements(site, [path for path in self._sources if path.endswith(".ts")])
        self._starts = self._entries()
        tables = RouteTables(site, [path for path in self._sources if path.endswith((*SCRIPTS, ".vue"))])
        others = [*self._file_routes(), *self._page_files()]
        self._wanted = tables.routers | {shown.router for shown in others}
        self._shells = self._reached() if self._wanted else {}
        self._shown = [*tables.shown(frozenset().union(*self._shells.values())), *others]
        self._links: dict[str, dict[Link, None]] = {}
        for shown in self._shown:
            self._add_links(shown)

    def pages(self) -> Iterator[Page]:
        """A page for each route; without routes the HTML file is the page."""
        seen: set[str] = set()
        for shown in self._shown:
            if shown.path not in seen:
                seen.add(shown.path)
                dynamic = stands_for(shown.path) if ":" in shown.path or "[" in shown.path or "$" in shown.path else ""
                dynamic = "every address that has no page of its own" if shown.path.endswith("*") else dynamic
                title = shown.title or (title_in(self._site.text(shown.file), shown.file) if shown.file != shown.router else "")
                yield Page(shown.path, shown.file, title, stands_for=dynamic)
        if not self._shown:
            for html in self._starts:
                yield Page(html, html, title_in(self._site.text(html), html))

    def shells(self) -> frozenset[str]:
        """The HTML files that pages by routes are put into."""
        return frozenset(html for html, found in self._shells.items() if found and self._shown and html.endswith(".html"))

    def elsewhere(self, path: str) -> bool:
        """Whether a file may run without a route: all may where a server makes pages as well."""
        return self._mixed

    def links(self, path: str, text: str) -> Iterator[Link]:
        """The main script of the HTML file, what is around a route's component, templates and elements of Angular."""
        yield from self._links.get(path, ())
        if path in self._starts:
            yield from linked(self._starts[path], "script", "entry of the build")
            yield from linked([config_of(self._site, self.root, "vite.config", "vue.config", "quasar.config")], "plugin", EVERY)
        if path in self._wanted:
            starts = [start for start, found in self._shells.items() if path in found] or [
                start for start, found in self._shells.items() if found
            ]
            yield from linked((start for start in starts if start != path), "layout", "entry")
        yield from self._elements.links(path, text, self._site)

    def _add_links(self, shown: Shown) -> None:
        note = f"route {shown.path} in {shown.router}:{shown.line}"
        rows = self._links.setdefault(shown.file, {})
        for target in (*shown.around, shown.router):
            if target != shown.file:
                rows.setdefault(Link(target, "layout", 1, note=note))

    def _entries(self) -> dict[str, tuple[str, ...]]:
        """The HTML files of the application, with the scripts that only the build puts into them."""
        found = {**webpack_entries(self._site, self.root), **dict(workspace_entries(self._site, self.root))}
        for name in ("index.html", "src/index.html", "public/index.html"):
            html = inside(self.root, name)
            if html in self._site.files and html not in found:
                main = next(
                    filter(None, (any_of(self._site, inside(self.root, stem), (".tsx", ".ts", ".jsx", ".js")) for stem in _MAINS[:3])), None
                )
                if self._names_its_main(html):
                    found[html] = ()
                elif main and not found:
                    found[html] = (main,)
        return found

    def _names_its_main(self, html: str) -> bool:
        """Whether an HTML file pulls in a script of the sources itself, as it does for Vite and Parcel."""
        from linter.reach.static import markup_links

        sources = frozenset(self._sources)
        return any(
            link.target in sources for link in markup_links(self._site.text(html), html, self._site) if "/assets/" not in link.target
        )

    def _reached(self) -> dict[str, frozenset[str]]:
        """The files with routes that each entry leads to: HTML files, else main scripts."""
        found = {html: self._routers_from(html) for html in self._starts}
        if not any(found.values()):
            mains = [any_of(self._site, inside(self.root, stem), (".tsx", ".ts", ".jsx", ".js")) for stem in _MAINS]
            found = {main: self._routers_from(main) for main in mains if main}
        return found

    def _routers_from(self, start: str) -> frozenset[str]:
        from linter.reach.static import markup_links

        waiting, seen = deque([start]), {start}
        while waiting and len(seen) < MAX_FILES:
            path = waiting.popleft()
            text = self._site.text(path)
            rows = list(
                script_links(text, path, self._site) if path.endswith(SCRIPTS) else markup_links(code_of(text, path), path, self._site)
            )
            targets = [link.target for link in rows] + list(self._starts.get(path, ()) if path == start else ())
            targets += [link.target for link in self._elements.links(path, text, self._site)]
            for target in targets:
                if target not in seen and target.endswith((*_SOURCES, ".html")):
                    seen.add(target)
                    waiting.append(target)
        return frozenset(seen & self._wanted)

    def _file_routes(self) -> Iterator[Shown]:
        """TanStack Router: each file says its address; those whose address begins another's are around it."""
        ids: dict[str, str] = {}
        roots = [path for path in self._sources if posixpath.basename(stem_of(path)) == "__root"]
        for path in self._sources if roots else ():
            text = self._site.text(path)
            match = _FILE_ROUTE.search(text)
            if match and "component" in text:
                ids[match[1]] = path
        for name, path in ids.items():
            parts = name.strip("/").split("/")
            around = [ids[outer] for count in range(1, len(parts)) if (outer := "/" + "/".join(parts[:count])) in ids]
            last = parts[-1]
            if not last.startswith("_"):
                route = address(part.rstrip("_") for part in parts if not part.startswith(("_", "(")))
                yield Shown(route, path, (*around, *roots), roots[0], 1, "")

    def _page_files(self) -> Iterator[Shown]:
        """Plugins that make routes of the files in `src/pages`."""
        needs = next((package.needs for package in packages_of(self._site) if package.root == self.root), {})
        top = inside(self.root, "src/pages")
        main = next(filter(None, (any_of(self._site, inside(self.root, stem), (".tsx", ".ts", ".jsx", ".js")) for stem in _MAINS)), None)
        if not _BY_FILES & needs.keys() or main is None:
            return
        layout = any_of(self._site, inside(self.root, "src/layouts/default"), (".vue",))
        for path in self._site.below(top, ".vue", ".tsx", ".jsx", ".md"):
            parts = stem_of(below(path, top)).split("/")
            around = tuple(
                filter(None, [layout, *(any_of(self._site, at, (".vue",)) for at in above(posixpath.dirname(path), top) if at != top)])
            )
            yield Shown(address(parts[:-1] if parts[-1] == "index" else parts), path, around, main, 1, "")
