"""Remix and React Router 7: file routes, a literal `routes.ts`, and `root.tsx` around every page."""

import re
from collections.abc import Iterator

from linter.reach.configs import config_of, folder_of
from linter.reach.file_routes import EVERY, VIEWS, address, any_of, below, inside, is_source, linked, stands_for, stem_of
from linter.reach.model import Link, Page
from linter.reach.site import Site
from linter.reach.sources import without_comments
from linter.reach.titles import title_in

_TOKEN = re.compile(
    r"(?:(?<![\w$.])|(?<=\.\.\.))(route|index|layout|prefix)\(|(['\"`])([^'\"`\n]{0,300})\2|[()\[\]]",
)
_DEFAULT = re.compile(r"(?<![\w$])export\s{1,20}(?:default|\{[^{}]{0,400}(?<![\w$])default(?![\w$]))")
_ENDINGS = (*VIEWS, ".mdx", ".md")
_ESCAPED = re.compile(r"\[([^\[\]]{0,80})\]")
_ELSEWHERE = re.compile(r"(?:\A|/)entry\.|\.server\.|(?:\A|/)routes\.ts\Z")


class Remix:
    """A Remix or React Router site whose folder is `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        config = config_of(site, root, "react-router.config", "remix.config", "vite.config")
        self._top = folder_of(site.text(config) if config else "", "appDirectory", root, "app")
        self._root_file = any_of(site, inside(self._top, "root"))
        self._routes: dict[str, tuple[str, tuple[str, ...]]] = {}
        if self._root_file:
            table = any_of(site, inside(self._top, "routes"), (".ts", ".js", ".mts"))
            rows = list(self._of_table(table)) if table else []
            for file, route, around in rows or self._of_files():
                self._routes.setdefault(file, (route, around))

    def pages(self) -> Iterator[Page]:
        """The pages: routes that show something, which those that only hand out data do not."""
        indexes = {(file, route) for route, files in self._routes.values() for file in files}
        for file, (route, _) in self._routes.items():
            text = self._site.text(file)
            shows = file.endswith((".mdx", ".md")) or _DEFAULT.search(text) is not None
            if shows and route and (file, route) not in indexes:
                dynamic = ":" in route or "*" in route or "$" in route
                yield Page(route, file, title_in(text, file), stands_for=stands_for(route) if dynamic else "")

    def shells(self) -> frozenset[str]:
        """HTML files that are no pages: none."""
        return frozenset()

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: entries, server modules, routes that only hand out data."""
        return bool(_ELSEWHERE.search(below(path, self.root))) or (path in self._routes and not _DEFAULT.search(self._site.text(path)))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """The root, the entries and the outer routes of a page."""
        if path in self._routes:
            yield from linked(self._routes[path][1], "layout", "route around it")
            yield from linked([self._root_file], "layout", EVERY)
            for name in ("entry.client", "entry.server"):
                yield from linked([any_of(self._site, inside(self._top, name))], "hook", EVERY)

    def _of_files(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """File routes of both conventions: dots (`blog.$slug.tsx`, `blog/route.tsx`) and nested folders (`blog/$slug.tsx`)."""
        folder = inside(self._top, "routes")
        files = {stem_of(below(path, folder)): path for path in self._site.below(folder, *_ENDINGS) if is_source(path)}
        nested = any("/" in name and not name.endswith(("/route", "/index", "/_index", "/_route")) for name in files) and not any(
            "." in name.partition("/")[0] or "/route" in name for name in files
        )
        ids: dict[str, str] = {}
        for name, path in files.items():
            if nested or "/" not in name:
                ids[name.replace("/", ".") if nested else name] = path
            elif name.count("/") == 1 and name.endswith(("/route", "/index")):
                ids[name.partition("/")[0]] = path
        for name, path in ids.items():
            parts = _ESCAPED.sub(lambda match: match[1].replace(".", "\0"), name).split(".")
            around = tuple(ids[outer] for count in range(len(parts) - 1, 0, -1) if (outer := ".".join(name.split(".")[:count])) in ids)
            yield path, _route(parts), around

    def _of_table(self, table: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """`route("contact", "routes/contact.tsx", [index("...")])`, `layout("...", [...])`, `...prefix("x", [...])`."""
        open_calls: list[tuple[str, list[str], int]] = []
        order: list[tuple[str, list[str], tuple[int, ...]]] = []
        for match in _TOKEN.finditer(without_comments(self._site.text(table))):
            if match[1]:
                texts: list[str] = []
                order.append((match[1], texts, tuple(number for _, _, number in open_calls if number >= 0)))
                open_calls.append((match[1], texts, len(order) - 1))
            elif match[2]:
                if open_calls and open_calls[-1][0] != "[" and len(open_calls[-1][1]) < 2:
                    open_calls[-1][1].append(match[3])
            elif match[0] in "([":
                open_calls.append(("[", [], -1))
            elif open_calls:
                open_calls.pop()
        for kind, texts, outer in order:
            parts = [texts[0]] if kind == "route" and texts else []
            before = [order[number][1][0] for number in outer if order[number][0] in ("route", "prefix") and order[number][1]]
            files = [found for number in outer if order[number][0] in ("route", "layout") and (found := self._file(order[number][1]))]
            file = self._file(texts)
            if file and kind != "prefix":
                yield file, "" if kind == "layout" else address("/".join([*before, *parts]).split("/")), tuple(reversed(files))

    def _file(self, texts: list[str]) -> str | None:
        return self._site.first(inside(self._top, texts[-1])) if texts else None


def _route(parts: list[str]) -> str:
    """The address of a route's name: `$id` are parameters, `$` is the rest; without pathless parts (`_auth`), indexes and parameters
    that may be missing (`($locale)`); "" for layouts."""
    found: list[str] = []
    for part in parts:
        part = part.replace("\0", ".")
        part = part.removesuffix("_") if part != "_" else part
        if part.startswith("($") and part.endswith(")"):
            continue
        part = part[1:-1] if part.startswith("(") and part.endswith(")") else part
        if part.startswith("$"):
            found.append(f":{part[1:]}" if part != "$" else "*")
        elif not part.startswith("_") and part not in ("index", "route"):
            found.append(part)
    return "" if parts[-1].startswith("_") and not parts[-1].startswith("_index") else address(found)
