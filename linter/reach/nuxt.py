"""Nuxt 2, 3 and 4: pages by files, layouts, `app.vue`, plugins and modules on every page, components and functions by name."""

import re
from collections.abc import Iterator

from linter.reach.configs import config_of, literal, named_files
from linter.reach.file_routes import CODE, EVERY, address, any_of, below, inside, is_source, linked, stands_for, stem_of
from linter.reach.model import Link, Page
from linter.reach.nuxt_components import Named
from linter.reach.packages import packages_of
from linter.reach.params import known_routes
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.sources import code_of
from linter.reach.titles import title_in

_ENDINGS = (".vue", ".tsx", ".jsx", ".js", ".ts")
_LAYOUT = re.compile(
    r"(?<![\w$])layout\s{0,20}:\s{0,20}(?:['\"`]([\w/.-]{1,80})['\"`]|(false))|(?<![\w$])layout\s{0,10}\(\s{0,10}[\w{},\s]{0,60}\)\s{0,10}\{\s{0,20}return\s{1,20}['\"]([\w/-]{1,80})"
)
_NAMED_LAYOUT = re.compile(r"<(?:NuxtLayout|nuxt-layout)\b[^<>]{0,200}?\s(?<!:)name=\"([\w/-]{1,80})\"")
_MIDDLEWARE = re.compile(r"(?<![\w$])middleware\s{0,20}:\s{0,20}(\[[^\]]{0,400}\]|['\"`][\w/.-]{1,80}['\"`])")
_TEXT = re.compile(r"['\"`]([\w/.-]{1,80})['\"`]")
_ORDER = re.compile(r"\A\d+\.")
_ELSEWHERE = re.compile(r"(?:\A|/)(?:server|serverMiddleware|api)/|(?:\A|/)error\.vue\Z|layouts/error\.vue\Z|(?:\A|/)modules/")


class Nuxt:
    """A Nuxt site whose folder is `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._config = config_of(site, root, "nuxt.config")
        self._text = site.text(self._config) if self._config else ""
        needs = next((package.needs for package in packages_of(site) if package.root == root), {})
        version = next((needs[name] for name in ("nuxt3", "nuxt", "nuxt-edge") if name in needs), "")
        self._old = re.match(r"\D{0,3}[12]\b", version) is not None or ("nuxt3" not in needs and "nuxt-edge" in needs)
        self._tops = [self._top(folder) for folder in (root, *self._layers())]
        self._files = {
            path: top for top in reversed(self._tops) for path in site.below(inside(top, "pages"), *_ENDINGS) if self._is_page(path, top)
        }
        self._app = next(filter(None, (any_of(site, inside(top, name), _ENDINGS) for top in self._tops for name in ("app", "App"))), None)
        self._named = Named(site, self._tops, self._text) if self._is_site() else None
        self._every: tuple[Link, ...] | None = None
        self._rest = self._catch_all()
        self._content = dict(self._content_files(needs))

    def pages(self) -> Iterator[Page]:
        """The pages of files; `app.vue` alone is the page of a site without a folder of pages; Markdown of the content module."""
        for path, top in self._files.items():
            route, text = self._route(path, top), self._site.text(path)
            known = known_routes(route, path, text, self._site) if "[" in route else ()
            yield from (Page(one, path) for one in known)
            if not known:
                yield Page(route, path, title_in(text, path), stands_for=stands_for(route) if "[" in route else "")
        if not self._files and self._app and self._app.endswith(".vue"):
            yield Page("/", self._app, title_in(self._site.text(self._app), self._app))
        for path, route in self._content.items():
            yield Page(route, path, title_in(self._site.text(path), path))

    def shells(self) -> frozenset[str]:
        """The template `app.html` of Nuxt 2 is no page."""
        return frozenset(filter(None, [self._site.first(*(inside(top, "app.html") for top in self._tops))]))

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: server code, modules, the error page."""
        return bool(_ELSEWHERE.search(below(path, self.root)))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """What is around a page and on every page; what a file uses by name; what the configuration names."""
        if self._named is not None and path.endswith((*_ENDINGS, ".md")):
            yield from self._named.links(text, path)
        if path == self._config:
            yield from named_files(text, path, self.root, self._site)
        if path in self._files:
            yield from self._layouts(path, text)
            yield from self._parents(path)
            yield from self._middleware(text)
        elif path in self._content:
            yield from linked([self._rest], "layout", "content")
        if path in self._files or (path == self._app and not self._files):
            yield from self._on_every_page()

    def _is_site(self) -> bool:
        return bool(self._files or self._app)

    def _top(self, root: str) -> str:
        """The folder of the sources: what the configuration says, `app` in Nuxt 4, else the folder of the site."""
        said = literal(self._text, "srcDir") if root == self.root else None
        if said is not None and ".." not in said:
            return inside(root, said)
        folder = inside(root, "app")
        is_four = (
            any_of(self._site, f"{folder}/app", (".vue",))
            or f"{folder}/pages" in self._site.folders
            or f"{folder}/layouts" in self._site.folders
        )
        return folder if is_four and not self._old else root

    def _layers(self) -> list[str]:
        """The folders of layers: those in `layers`, and local ones that the configuration extends."""
        top = inside(self.root, "layers")
        block = re.search(r"(?<![\w$])extends\s{0,20}:\s{0,20}(\[[^\]]{0,1000}\]|['\"][^'\"]{1,200}['\"])", self._text)
        said = (
            [inside(self.root, text) for text in _TEXT.findall(block[1]) if text.startswith(".") and not text.startswith("../..")]
            if block
            else []
        )
        found = sorted(folder for folder in self._site.folders if folder.rpartition("/")[0] == top and folder != top)
        return list(dict.fromkeys([*found, *(folder for folder in said if folder in self._site.folders)]))

    def _is_page(self, path: str, top: str) -> bool:
        return is_source(path) and not any(part.startswith("-") for part in below(path, inside(top, "pages")).split("/"))

    def _route(self, path: str, top: str) -> str:
        parts = []
        for part in stem_of(below(path, inside(top, "pages"))).split("/"):
            if part == "_":
                part = "[...path]"
            elif part.startswith("_"):
                part = f"[{part[1:]}]"
            if not ((part.startswith("(") and part.endswith(")")) or (part.startswith("[[") and not part.startswith("[[..."))):
                parts.append(part)
        return address(parts[:-1] if parts and parts[-1] == "index" else parts)

    def _layouts(self, path: str, text: str) -> Iterator[Link]:
        code = code_of(text, path)
        yield from linked([self._app], "layout", EVERY)
        app = self._site.text(self._app) if self._app else ""
        by_app = self._old or self._app is None or re.search(r"<(?:NuxtLayout|nuxt-layout)\b", app) is not None
        said = _LAYOUT.search(code)
        line = Lines(code).at(said.start()) if said else 1
        names = _NAMED_LAYOUT.findall(code) + _NAMED_LAYOUT.findall(app)
        if by_app and not (said and said[2]):
            names.append((said[1] or said[3]) if said else "default")
        for name in dict.fromkeys(names):
            found = next(filter(None, (any_of(self._site, inside(top, "layouts", name), _ENDINGS) for top in self._tops)), None)
            yield from linked([found], "layout", f"layout {name}", line)

    def _parents(self, path: str) -> Iterator[Link]:
        """`parent.vue` is around the pages in the folder `parent`."""
        folder = path.rpartition("/")[0]
        while folder and not folder.endswith("/pages"):
            yield from linked([any_of(self._site, folder, (".vue",))], "layout", "page around it")
            folder = folder.rpartition("/")[0]

    def _middleware(self, text: str) -> Iterator[Link]:
        for match in _MIDDLEWARE.finditer(text):
            for name in _TEXT.findall(match[1]):
                yield from linked(
                    (any_of(self._site, inside(top, "middleware", name), CODE) for top in self._tops), "hook", f"middleware {name}"
                )

    def _on_every_page(self) -> tuple[Link, ...]:
        if self._every is None:
            self._every = tuple(self._everywhere())
        return self._every

    def _everywhere(self) -> Iterator[Link]:
        yield from linked([self._config, *self.shells()], "plugin", EVERY)
        for top in [] if self._old else self._tops:
            for path in self._site.below(inside(top, "plugins"), *CODE):
                rest = below(path, inside(top, "plugins"))
                if is_source(path) and (rest.count("/") == 0 or (stem_of(rest).count("/") == 1 and stem_of(rest).endswith("/index"))):
                    yield Link(path, "plugin", 1, note=EVERY)
            for path in self._site.below(inside(top, "middleware"), ".global.ts", ".global.js"):
                yield Link(path, "hook", 1, note=EVERY)
            yield from linked([any_of(self._site, inside(top, "app.config"), CODE)], "plugin", EVERY)
        for path in [] if self._old else self._site.below(inside(self.root, "modules"), *CODE):
            if (
                is_source(path)
                and below(path, inside(self.root, "modules")).count("/") <= 1
                and (path.count("/") == self.root.count("/") + (2 if self.root else 1) or stem_of(path).endswith("/index"))
            ):
                yield Link(path, "plugin", 1, note=EVERY)
        for path in self._site.below(inside(self.root, "server/plugins"), *CODE):
            if "render:html" in self._site.text(path):
                yield Link(path, "hook", 1, note="render:html")

    def _catch_all(self) -> str | None:
        return next(
            (
                path
                for path in sorted(self._files, key=len)
                if stem_of(path).endswith(("[...slug]", "[...path]", "[...all]", "/_", "[[...slug]]"))
            ),
            None,
        )

    def _content_files(self, needs: dict[str, str]) -> Iterator[tuple[str, str]]:
        """The Markdown files of the content module with their addresses, where a page for all addresses shows them."""
        if "@nuxt/content" in needs and self._rest:
            top = inside(self.root, "content")
            for path in self._site.below(top, ".md"):
                parts = [_ORDER.sub("", part) for part in stem_of(below(path, top)).split("/")]
                if not any(part.startswith(("_", ".")) for part in parts):
                    yield path, address(parts[:-1] if parts[-1] == "index" else parts)
