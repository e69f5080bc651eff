"""Astro: pages by files, layouts of Markdown pages, content collections, Starlight, and integrations that reach every page."""

import re
from collections.abc import Iterator

from linter.reach.configs import config_of, folder_of, literal, named_files
from linter.reach.content_collections import Collection, collections_of
from linter.reach.file_routes import CODE, EVERY, WRITTEN, address, any_of, below, inside, is_source, linked, stands_for, stem_of
from linter.reach.model import Link, Page
from linter.reach.modules import modules_of
from linter.reach.packages import packages_of
from linter.reach.params import known_routes
from linter.reach.site import Site
from linter.reach.titles import matter_of, title_in

_GET = re.compile(r"(?<![\w$])get(?:Live)?(?:Collection|Entry|Entries)\(\s{0,20}['\"`]([\w/.-]{1,80})['\"`]")
_PARAMETER = re.compile(r"\[(?:\.\.\.)?(\w{1,40})\]")
_OF_ENTRY = r"(?<![\w$])%s\s{0,20}:\s{0,20}\w{1,40}\.(?:slug|id)(?![\w$.(])"
_ELSEWHERE = re.compile(r"(?:\A|/)(?:content\.config|content/config|env\.d|actions/|live\.config)|src/pages/.*\.[jt]s\Z")


class Astro:
    """An Astro site whose folder is `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._config = config_of(site, root, "astro.config")
        text = site.text(self._config) if self._config else ""
        self._source = folder_of(text, "srcDir", root, "src")
        self._top = inside(self._source, "pages")
        self._base = (literal(text, "base") or "").strip("/")
        needs = next((package.needs for package in packages_of(site) if package.root == root), {})
        self._starlight = "@astrojs/starlight" in needs or "starlight(" in text
        self._files = {path: self._route(path) for path in site.below(self._top, ".astro", ".html", *WRITTEN) if self._is_page(path)}
        self._entries: dict[str, str] = {}
        self._known = collections_of(site, self._source) if any("[" in path for path in self._files) else []
        self._rows = tuple(self._all_pages())

    def pages(self) -> Iterator[Page]:
        """The pages of files; those of a content collection one by one where the file says that their address is their name."""
        yield from self._rows

    def shells(self) -> frozenset[str]:
        """HTML files in the folder of pages, which are pages by their routes."""
        return frozenset(path for path in self._files if path.endswith(".html"))

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: endpoints, actions, the schema of the content."""
        return bool(_ELSEWHERE.search(below(path, self.root)))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """What is around a page: its layout, the template of its collection, integrations, middleware."""
        if path == self._config:
            yield from named_files(text, path, self.root, self._site)
        layout = matter_of(text).get("layout") if path.endswith(WRITTEN) else None
        if layout and layout.value:
            yield from linked([modules_of(self._site).resolve(layout.value, path)], "layout", "", layout.line)
        if path in self._entries:
            yield from linked([self._entries[path]], "layout", "content collection")
        if path in self._files or path in self._entries:
            yield from linked([self._config], "plugin", EVERY)
            yield from linked(
                (any_of(self._site, inside(self._source, name), CODE) for name in ("middleware", "middleware/index")), "hook", EVERY
            )
        if path in self._files and "[" in path:
            yield from self._content_links(path, text)

    def _is_page(self, path: str) -> bool:
        return is_source(path) and not any(part.startswith("_") for part in below(path, self._top).split("/"))

    def _route(self, path: str) -> str:
        parts = stem_of(below(path, self._top)).split("/")
        return address([self._base, *(parts[:-1] if parts[-1] == "index" else parts)])

    def _all_pages(self) -> Iterator[Page]:
        for path, route in self._files.items():
            text = self._site.text(path)
            if "[" not in route:
                yield Page(route, path, title_in(text, path))
                continue
            known = [Page(one, path) for one in known_routes(route, path, text, self._site)]
            known = known or list(self._collection_pages(path, route, text))
            yield from known or [Page(route.replace("/[...page]", "") or "/", path, title_in(text, path), stands_for=stands_for(route))]
        if self._starlight:
            yield from self._starlight_pages()

    def _collections(self, text: str) -> list[Collection]:
        names = frozenset(_GET.findall(text))
        return [collection for collection in self._known if collection.name in names]

    def _collection_pages(self, path: str, route: str, text: str) -> Iterator[Page]:
        """A page for each entry, where the only parameter is an entry's name."""
        names = _PARAMETER.findall(route)
        rows = self._collections(text)
        if len(names) != 1 or len(rows) != 1 or not re.search(_OF_ENTRY % re.escape(names[0]), text):
            return
        before, after = _PARAMETER.split(route)[::2]
        for entry, name in rows[0].entries(self._site, drafts="draft" not in text):
            self._entries[entry] = path
            yield Page(before + name + after, entry, title_in(self._site.text(entry), entry))

    def _content_links(self, path: str, text: str) -> Iterator[Link]:
        """A page that stands for the entries of a collection pulls in all of them."""
        names = _PARAMETER.findall(path)
        if names and "paginate(" not in text and path not in self._entries.values():
            for collection in self._collections(text):
                yield from linked(
                    (entry for entry, _ in collection.entries(self._site, drafts=True)), "content", f"collection {collection.name}"
                )

    def _starlight_pages(self) -> Iterator[Page]:
        top = inside(self._source, "content/docs")
        for path in self._site.below(top, *WRITTEN):
            if is_source(path) and self._config and not any(part.startswith("_") for part in below(path, top).split("/")):
                text = self._site.text(path)
                said = matter_of(text).get("slug")
                parts = (said.value if said else stem_of(below(path, top))).split("/")
                self._entries[path] = self._config
                yield Page(address([self._base, *(parts[:-1] if parts[-1] == "index" else parts)]), path, title_in(text, path))
