"""Routes by file names, and what is common to frameworks that have them."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from linter.reach.model import How, Link
from linter.reach.site import Site

CODE = (".tsx", ".ts", ".jsx", ".js", ".mts", ".mjs")
VIEWS = (".tsx", ".jsx", ".js", ".ts")
WRITTEN = (".md", ".mdx", ".markdown")
_NO_PAGE = re.compile(r"\.(?:test|spec|stories|story|d|cy|e2e)\.\w+\Z|(?:\A|/)(?:__tests__|__mocks__|__generated__|node_modules)/")
EVERY = "every page"


def is_source(path: str) -> bool:
    """Whether a file is part of a site: no test, story or type."""
    return not _NO_PAGE.search(path)


def inside(root: str, *parts: str) -> str:
    """A path below a root ("" is the top)."""
    path = posixpath.normpath(posixpath.join(root, *parts))
    return "" if path == "." else path


def below(path: str, folder: str) -> str:
    """The path from a folder on."""
    return path[len(folder) + 1 :] if folder else path


def address(parts: Iterable[str]) -> str:
    """The route of its parts: `/a/b`, `/` for none."""
    return "/" + "/".join(part for part in parts if part)


def stem_of(path: str) -> str:
    """A path without its ending."""
    head, slash, name = path.rpartition("/")
    return head + slash + (name.rpartition(".")[0] if "." in name[1:] else name)


def above(folder: str, top: str) -> Iterator[str]:
    """A folder and those above it, up to `top`, the innermost first."""
    while folder != top and folder.startswith(top):
        yield folder
        folder = posixpath.dirname(folder)
    yield top


def any_of(site: Site, stem: str, endings: Iterable[str] = VIEWS) -> str | None:
    """The file with a path but for its ending."""
    return site.first(*(stem + ending for ending in endings))


def linked(targets: Iterable[str | None], how: How, note: str, line: int = 1) -> Iterator[Link]:
    """Links to those of the targets that are there."""
    for target in targets:
        if target is not None:
            yield Link(target, how, line, note=note)


def stands_for(route: str) -> str:
    """What the page of a route with parameters stands for."""
    return f"every page of {route}"
