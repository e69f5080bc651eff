"""Several sites of one generator in one repository, each below the folder of its settings file."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from linter.reach.model import Link, Page, Stack
from linter.reach.site import Site

MAX_ROOTS = 40
_OTHERS = re.compile(
    r"(?:\A|/)(?:node_modules|vendor|bower_components|\.git|_site|site-packages|\.venv|venv|test|tests|fixtures|exampleSite)/"
)


class Nested:
    """A stack made of equal stacks, each for what stands below its root."""

    def __init__(self, stacks: dict[str, Stack]) -> None:
        self.sites = stacks

    def pages(self) -> Iterator[Page]:
        """The pages of all."""
        for stack in self.sites.values():
            yield from stack.pages()

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What the stack with the nearest root above the file knows of it."""
        stack = self._of(path)
        return stack.links(path, text) if stack else ()

    def complete(self) -> bool:
        """Whether all of them know all their pages."""
        return all(stack.complete() for stack in self.sites.values())

    def covers(self, path: str) -> bool:
        """Whether the stack with the nearest root covers the file."""
        stack = self._of(path)
        return stack is not None and stack.covers(path)

    def shells(self) -> frozenset[str]:
        """The files of all that are no pages of their own."""
        return frozenset(path for stack in self.sites.values() for path in getattr(stack, "shells", frozenset)())

    def _of(self, path: str) -> Stack | None:
        while path:
            path = posixpath.dirname(path)
            if path in self.sites:
                return self.sites[path]
        return None


def nested(site: Site, roots: Iterable[str], make: Callable[[Site, str], Stack]) -> Nested | None:
    """The sites at the roots, those in packages and tests apart and at most `MAX_ROOTS`; None where there is none."""
    wanted = sorted({root for root in roots if not _OTHERS.search(f"{root}/")}, key=lambda root: (root.count("/") + bool(root), root))
    stacks = {root: make(site, root) for root in wanted[:MAX_ROOTS]}
    return Nested(stacks) if stacks else None


def roots_of(site: Site, *names: str) -> list[str]:
    """The folders that hold a file with one of the names; a name may be a path (`layout/theme.liquid`)."""
    found = []
    for name in names:
        for path in site.named(posixpath.basename(name)):
            if path == name or path.endswith(f"/{name}"):
                found.append(path[: -len(name)].rstrip("/"))
    return found


def under(root: str, *parts: str) -> str:
    """A path below a root; both may be ""."""
    path = posixpath.normpath(posixpath.join(root, *(part.strip("/") for part in parts)))
    return "" if path == "." else path


def inside(path: str, root: str) -> str | None:
    """The path seen from a root, None where it is not below it."""
    if not root:
        return path
    return path[len(root) + 1 :] if path.startswith(f"{root}/") else None
