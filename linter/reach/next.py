"""Next.js: pages of the `pages` folder with `_app` and `_document`, and of the `app` folder with the layouts above them."""

import re
from collections.abc import Iterator

from linter.reach.file_routes import CODE, EVERY, VIEWS, above, address, any_of, below, inside, is_source, linked, stands_for, stem_of
from linter.reach.model import Link, Page
from linter.reach.params import known_routes
from linter.reach.site import Site
from linter.reach.titles import title_in

_PAGE = re.compile(r"(?:\A|/)page\.(?:tsx|ts|jsx|js|mdx|md)\Z")
_ENDINGS = (*VIEWS, ".mdx", ".md")
_INTERCEPTS = re.compile(r"\((\.{1,3}|\(\.\.\)\(\.\.\))\)")
_PARTS = ("layout", "template", "loading")
_ELSEWHERE = re.compile(
    r"(?:\A|/)(?:pages/api/|route\.[jt]sx?\Z|middleware\.|proxy\.|instrumentation|sitemap\.|robots\.|manifest\.|opengraph-image|icon\.|error\.|global-error)"
)


class Next:
    """A Next.js site whose folder is `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._tops = [top for top in (inside(root, "src"), root) if top in site.folders]
        self._pages = next((path for path in (inside(top, "pages") for top in self._tops) if path in site.folders), None)
        self._app = next((path for path in (inside(top, "app") for top in self._tops) if path in site.folders), None)
        self._slot_folders: dict[str, list[str]] | None = None
        self._by_route: dict[str, list[str]] | None = None
        self._of_app = self._app_pages()
        self._of_pages = self._pages_pages()

    def pages(self) -> Iterator[Page]:
        """The pages of both routers; those of a set of literal parameters one by one."""
        for path, route in [*self._of_pages.items(), *((path, route) for path, route in self._of_app.items() if route)]:
            text = self._site.text(path)
            title = title_in(text, path)
            known = known_routes(route, path, text, self._site) if "[" in route else ()
            for address_of_one in known:
                yield Page(address_of_one, path)
            if not known:
                yield Page(route, path, title, stands_for=stands_for(route) if "[" in route else "")

    def shells(self) -> frozenset[str]:
        """HTML files that are no pages: none."""
        return frozenset()

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: API routes, middleware, configuration."""
        return bool(_ELSEWHERE.search(below(path, self.root)))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """Layouts and what else is around a page."""
        if path in self._of_pages:
            yield from linked((any_of(self._site, f"{self._pages}/{name}") for name in ("_app", "_document")), "layout", EVERY)
        elif path in self._of_app:
            yield from self._around(path)
        else:
            return
        yield from self._everywhere()
        if path.endswith((".mdx", ".md")):
            yield from linked((any_of(self._site, inside(top, "mdx-components")) for top in self._tops), "component", "every MDX page")

    def _everywhere(self) -> Iterator[Link]:
        for name in ("middleware", "proxy", "instrumentation-client"):
            yield from linked((any_of(self._site, inside(top, name), CODE) for top in self._tops), "hook", EVERY)
        yield from linked([any_of(self._site, inside(self.root, "next.config"), (".js", ".mjs", ".ts", ".cjs"))], "plugin", EVERY)

    def _pages_pages(self) -> dict[str, str]:
        """The routes of the files in `pages`."""
        found: dict[str, str] = {}
        for path in self._site.below(self._pages, *_ENDINGS) if self._pages is not None else ():
            rest = stem_of(below(path, self._pages or ""))
            if is_source(path) and not rest.startswith(("api/", "_")) and rest != "api" and not rest.endswith("/_middleware"):
                parts = rest.split("/")
                found[path] = address(parts[:-1] if parts[-1] == "index" else parts)
        return found

    def _app_pages(self) -> dict[str, str]:
        """The routes of the files in `app`; "" for those that show in another's place (intercepting, parallel)."""
        found: dict[str, str] = {}
        for path in self._site.below(self._app, *_ENDINGS) if self._app is not None else ():
            rest = below(path, self._app or "")
            parts = rest.split("/")[:-1]
            if _PAGE.search(path) and not any(part.startswith("_") for part in parts):
                found[path] = _route(parts)
            elif stem_of(rest) == "not-found":  # of the root: the page that a visitor with a wrong address gets
                found[path] = "/404"
        shown = {route for path, route in found.items() if not _is_slot(path)}
        return {path: "" if _is_slot(path) and (route in shown or _INTERCEPTS.search(path)) else route for path, route in found.items()}

    def _around(self, path: str) -> Iterator[Link]:
        folder = path.rpartition("/")[0]
        for at in above(folder, self._app or ""):
            for name in _PARTS:
                yield from linked([any_of(self._site, f"{at}/{name}")], "layout", f"every page below {below(at, self.root) or '/'}")
            for slot in self._slots(at):
                yield from linked([any_of(self._site, f"{slot}/{name}") for name in ("default", "layout")], "component", "slot")
        if self._of_app[path]:
            yield from linked(self._shown_in(self._of_app[path]), "component", "slot")

    def _shown_in(self, route: str) -> list[str]:
        """The pages of slots and intercepting routes that show at an address."""
        if self._by_route is None:
            self._by_route = {}
            for path, said in self._of_app.items():
                if not said:
                    self._by_route.setdefault(_route(below(path, self._app or "").split("/")[:-1]), []).append(path)
        return self._by_route.get(route, [])

    def _slots(self, folder: str) -> list[str]:
        if self._slot_folders is None:
            self._slot_folders = {}
            for name in sorted(self._site.folders):
                head, _, last = name.rpartition("/")
                if last.startswith("@") and (head == self._app or head.startswith(f"{self._app}/")):
                    self._slot_folders.setdefault(head, []).append(name)
        return self._slot_folders.get(folder, [])


def _is_slot(path: str) -> bool:
    return "/@" in path or _INTERCEPTS.search(path) is not None


def _route(parts: list[str]) -> str:
    """The address of folders: groups and slots apart, interception markers followed."""
    found: list[str] = []
    for part in parts:
        match = _INTERCEPTS.match(part)
        if match:
            up = {".": 0, "..": 1, "...": len(found)}.get(match[1], 2)
            found = [*found[: max(0, len(found) - up)], part[match.end() :]]
        elif not part.startswith("@") and not (part.startswith("(") and part.endswith(")")):
            found.append(part)
    return address(found)
