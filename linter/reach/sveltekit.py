"""SvelteKit: `+page` files with the `+layout` files above them, `app.html` and hooks."""

import re
from collections.abc import Iterator

from linter.reach.configs import config_of, folder_of
from linter.reach.file_routes import CODE, EVERY, above, address, any_of, below, inside, linked, stands_for
from linter.reach.model import Link, Page
from linter.reach.params import known_routes
from linter.reach.site import Site
from linter.reach.titles import title_in

_PAGE = re.compile(r"\+page(@[^./]*)?\.(?:svelte|md|svx|mdx)")
_LAYOUT = re.compile(r"\+layout(@[^./]*)?\.svelte")
_ELSEWHERE = re.compile(r"(?:\A|/)\+server\.|(?:\A|/)hooks\.|(?:\A|/)\+error\.|service-worker|(?:\A|/)app\.d\.ts")


class SvelteKit:
    """A SvelteKit site whose folder is `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._config = config_of(site, root, "svelte.config")
        text = site.text(self._config) if self._config else ""
        self._top = folder_of(text, "routes", root, "src/routes")
        self._html = site.first(folder_of(text, "appTemplate", root, "src/app.html"), inside(root, "src/app.html"))
        self._pages: dict[str, str] = {}
        self._layouts: dict[str, tuple[str, str | None]] = {}
        for path in site.below(self._top):
            folder, _, name = path.rpartition("/")
            page, layout = _PAGE.fullmatch(name), _LAYOUT.fullmatch(name)
            if page:
                self._pages[path] = page[1] or ""
            elif layout:
                self._layouts[folder] = path, layout[1]

    def pages(self) -> Iterator[Page]:
        """The pages, by the folders of their files."""
        for path in self._pages:
            route = self._route(path)
            text = self._site.text(path)
            logic = any_of(self._site, path.rpartition("/")[0] + "/+page", (".ts", ".js")) or any_of(
                self._site, path.rpartition("/")[0] + "/+page.server", (".ts", ".js")
            )
            known = known_routes(route, logic, self._site.text(logic), self._site) if logic and "[" in route else ()
            if known:
                yield from (Page(one, path) for one in known)
            else:
                yield Page(route, path, title_in(text, path), stands_for=stands_for(route) if "[" in route else "")

    def shells(self) -> frozenset[str]:
        """`app.html` is no page."""
        return frozenset([self._html] if self._html else [])

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: endpoints, hooks, error pages."""
        return bool(_ELSEWHERE.search(below(path, self.root)))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """Layouts, the data modules beside them, `app.html` and hooks of a page."""
        if path not in self._pages:
            return
        folder = path.rpartition("/")[0]
        yield from linked(
            (any_of(self._site, f"{folder}/{name}", (".ts", ".js")) for name in ("+page", "+page.server")), "import", "data of the page"
        )
        for at in self._around(folder, self._pages[path]):
            note = f"every page below {below(at, self.root)}"
            yield from linked([self._layouts[at][0] if at in self._layouts else None], "layout", note)
            yield from linked(
                (any_of(self._site, f"{at}/{name}", (".ts", ".js")) for name in ("+layout", "+layout.server")), "layout", note
            )
        yield from linked([self._html, self._config], "layout", EVERY)
        hooks = (
            any_of(self._site, inside(self.root, "src", name), CODE)
            for name in ("hooks.client", "hooks.server", "hooks", "hooks.server/index")
        )
        yield from linked(hooks, "hook", EVERY)

    def _around(self, folder: str, reset: str) -> Iterator[str]:
        """The folders whose layouts are around a page: `+page@name` and `+layout@name` go on at the folder of that name."""
        target = reset[1:] if reset else None
        for at in above(folder, self._top):
            if target is not None and at != self._top and at.rpartition("/")[2] != target:
                continue
            yield at
            inner = self._layouts.get(at, ("", None))[1]
            target = inner[1:] if inner else None

    def _route(self, path: str) -> str:
        parts = below(path, self._top).split("/")[:-1]
        return address(part for part in parts if not (part.startswith(("(", "[[")) and part.endswith((")", "]]"))))
