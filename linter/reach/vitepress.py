"""VitePress and VuePress: Markdown pages, and what reaches all of them: the configuration and the theme."""

import re
from collections.abc import Iterator

from linter.reach.configs import config_of, literal, named_files
from linter.reach.file_routes import CODE, EVERY, address, any_of, below, inside, linked, stands_for, stem_of
from linter.reach.model import Link, Page
from linter.reach.nuxt_components import Named
from linter.reach.site import Site
from linter.reach.titles import matter_of, title_in

_ENTRIES = (
    "theme/index",
    "theme/Layout",
    "enhanceApp",
    "client",
    "clientAppEnhance",
    "clientAppSetup",
    "theme/enhanceApp",
    "theme/layouts/Layout",
)
_SHELLS = (
    "index.dev.html",
    "index.build.html",
    "templates/dev.html",
    "templates/ssr.html",
    "templates/build.html",
    "theme/templates/dev.html",
    "theme/templates/ssr.html",
)
_LEFT_OUT = re.compile(r"(?:\A|/)(?:node_modules|\.\w[^/]*|public|dist)/")
_ELSEWHERE = re.compile(r"\.data\.[jt]s\Z|\.paths\.[jt]s\Z")


class VitePress:
    """The site in the folder `root`, which holds a folder `.vitepress` or `.vuepress`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._config, self._home = None, ""
        for name in (".vitepress", ".vuepress"):
            found = config_of(site, inside(root, name), "config", "config/index")
            if found and self._config is None:
                self._config, self._home = found, inside(root, name)
        source = literal(site.text(self._config), "srcDir") if self._config else None
        self._top = inside(root, source) if source and ".." not in source else root
        self._pages = {
            path: self._route(path)
            for path in site.below(self._top, ".md")
            if self._config and not _LEFT_OUT.search(below(path, self._top))
        }
        self._named = Named(site, [self._home], "") if self._home.endswith(".vuepress") else None

    def pages(self) -> Iterator[Page]:
        """All Markdown files but those of `public` and hidden folders."""
        for path, route in self._pages.items():
            text = self._site.text(path)
            said = matter_of(text).get("permalink")
            yield Page(
                said.value if said and said.value.startswith("/") else route,
                path,
                title_in(text, path),
                stands_for=stands_for(route) if "[" in route else "",
            )

    def shells(self) -> frozenset[str]:
        """The templates of the build are no pages."""
        return frozenset(path for name in _SHELLS if (path := inside(self._home, name)) in self._site.files) if self._home else frozenset()

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: data loaders."""
        return bool(_ELSEWHERE.search(path))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """What reaches every page, components by name, and what the configuration names."""
        if self._named is not None and path.endswith((".md", ".vue")):
            yield from self._named.links(text, path)
        if path in self._pages:
            yield from linked([self._config, *sorted(self.shells())], "plugin", EVERY)
            yield from linked((any_of(self._site, inside(self._home, name), (*CODE, ".vue")) for name in _ENTRIES), "layout", EVERY)
            layout = matter_of(text).get("layout")
            if layout and layout.value:
                places = (
                    any_of(self._site, inside(self._home, folder, layout.value), (".vue",))
                    for folder in ("theme/layouts", "components", "theme")
                )
                yield from linked(places, "layout", f"layout {layout.value}", layout.line)
        elif path == self._config:
            yield from named_files(text, path, self.root, self._site)

    def _route(self, path: str) -> str:
        parts = stem_of(below(path, self._top)).split("/")
        return address(parts[:-1] if parts[-1].lower() in ("index", "readme") else parts)
