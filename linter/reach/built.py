"""Committed build output beside its sources: a page that was built from a route is listed once, as the file that browsers get."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from linter.reach.makers import Maker
from linter.reach.model import Page
from linter.reach.nested import inside, under
from linter.reach.site import Site, folders_above

_OUTPUTS = ("dist", "build", "out", "public", "_site", ".output/public", "www", "docs")
_FRAMEWORKS = ("vite", "astro", "next", "nuxt", "svelte", "eleventy", "docusaurus")
_CONFIGS = (
    *(f"{name}.config.{ending}" for name in _FRAMEWORKS for ending in ("js", "ts", "mjs")),
    *(f"{name}.{ending}" for name in ("hugo", "config", "_config") for ending in ("toml", "yaml", "yml", "json")),
    ".eleventy.js", "vue.config.js", "angular.json", "package.json",
)  # fmt: skip
_NAMES_DOCS = re.compile(r"['\"=:/\s]docs/?(?:['\"\s,;/]|\Z)")
_TOP = re.compile(r"(?:content|src|source|pages|site|input|views|posts|_posts|_pages|docs)/")
_LAST = re.compile(r"(?:\A|/)(?:_?index|README)\Z")
_DATE = re.compile(r"(?:\A|(?<=/))\d{4}-\d{1,2}-\d{1,2}-(?=[^/]+\Z)")
_HOLE = re.compile(r"\[{1,2}\.{0,3}[\w-]+\]{1,2}|:[\w-]+[*?]?|\{[\w.-]+\}|\*{1,2}")
_NO_SOURCE = frozenset({"StaticStack", "PhpStack"})


class _Output:
    """The built pages of a site by their addresses, and by the last part of these."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        self._by_slug: dict[str, list[str]] = defaultdict(list)
        for address, target in pages.items():
            self._by_slug[address.rpartition("/")[2]].append(target)

    def of(self, address: str) -> str | None:
        """The built page of an address, else the one that ends as it does: posts lie below dates or categories."""
        slug = address.rpartition("/")[2]
        rows = self._by_slug.get(slug, [])
        return self.pages.get(address) or (rows[0] if slug and len(rows) == 1 else None)


def built_pages(made: Mapping[str, tuple[Page, Maker]], site: Site) -> dict[str, tuple[str, ...]]:
    """For the path of each page that was built, the paths of the built ones: one, or those of a route with parameters."""
    pages = _outputs(made, site)
    if not pages:
        return {}
    whole = {root: _Output(rows) for root, rows in pages.items()}
    no_copies = {root: _Output(_without_copies(root, rows)) for root, rows in pages.items()}
    found: dict[str, tuple[str, ...]] = {}
    open_routes: list[tuple[str, str, _Output]] = []
    for path, (page, maker) in made.items():
        root = _root(page, maker, site)
        if root not in pages or maker.platform in _NO_SOURCE:
            continue
        address = _address(path, page, root)
        output = (no_copies if maker.platform == "JavascriptStack" else whole)[root]
        if _HOLE.search(address):
            open_routes.append((path, address, output))
        elif target := output.of(address):
            found[path] = (target,)
    taken = {target for targets in found.values() for target in targets}
    for path, address, output in open_routes:
        pattern = re.compile("[^/]+".join(map(re.escape, _HOLE.split(address))))
        rest = tuple(target for at, target in output.pages.items() if target not in taken and pattern.fullmatch(at))
        if rest:
            found[path] = rest
    return found


def _without_copies(root: str, pages: Mapping[str, str]) -> dict[str, str]:
    """The pages without those in the folder `public`, which frameworks copy and do not build."""
    copies = under(root, "public")
    return {address: target for address, target in pages.items() if inside(target, copies) is None}


def _outputs(made: Mapping[str, tuple[Page, Maker]], site: Site) -> dict[str, dict[str, str]]:
    """By the folder of a site the pages in its folders for build output, by their addresses."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    statics = [path for path, (_, maker) in made.items() if maker.platform == "StaticStack"]
    for path in statics:
        for root, name in _tops(path):
            if under(root, name, "index.html") in made and (name != "docs" or _names_docs(root, site)):
                found[root].setdefault(_plain(inside(path, under(root, name)) or ""), path)
    return dict(found)


def _tops(path: str) -> Iterator[tuple[str, str]]:
    """The sites that a file may be built by, and in which folder for output it lies."""
    for root in folders_above(path):
        for name in _OUTPUTS:
            if inside(path, under(root, name)) is not None:
                yield root, name


def _names_docs(root: str, site: Site) -> bool:
    return any(_NAMES_DOCS.search(site.text(path)) for name in _CONFIGS if (path := under(root, name)) in site.files)


def _root(page: Page, maker: Maker, site: Site) -> str:
    if maker.root is not None:
        return maker.root
    packages = (folder for folder in reversed(folders_above(page.file)) if under(folder, "package.json") in site.files)
    return next(packages, "")


def _address(path: str, page: Page, root: str) -> str:
    """The address of a page below its site: of its route, else by its file."""
    if path != page.file:
        return "/" + (inside(path, root) or path).strip("/")
    rel = inside(path, root) or path
    while match := _TOP.match(rel):
        rel = rel[match.end() :]
    return _plain(_DATE.sub("", rel))


def _plain(path: str) -> str:
    """`about/index.html`, `about.html`, `about.md` -> `/about`."""
    head, slash, name = path.rpartition("/")
    stem = f"{head}{slash}{name.partition('.')[0]}"
    return "/" + _LAST.sub("", stem).strip("/")
