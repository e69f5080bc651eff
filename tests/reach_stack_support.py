"""Made-up sites that some kinds of stack open: paths and texts in, pages and the ways to a file out."""

from collections.abc import Callable
from typing import Generic, TypeVar

from linter.reach.model import Page, Stack
from linter.reach.site import Site
from linter.reach.spread import Spread

Opening = Callable[[Site], Stack | None]
Kind = TypeVar("Kind", bound=Stack)


def stacks_of(files: dict[str, str], *openings: Opening) -> tuple[Site, list[Stack]]:
    """The site, and those of the stacks that it has."""
    site = Site(files, lambda path: files.get(path, ""))
    found = [opening(site) for opening in openings]
    return site, [stack for stack in found if stack is not None]


def pages_of(files: dict[str, str], *openings: Opening) -> dict[str, Page]:
    """The pages by path."""
    return {page.path: page for stack in stacks_of(files, *openings)[1] for page in stack.pages()}


def reach(files: dict[str, str], wanted: str, *openings: Opening) -> dict[str, tuple[str, ...]]:
    """The chains to a file, by page."""
    site, stacks = stacks_of(files, *openings)
    spread = Spread(site, stacks)
    pages = [page for stack in stacks for page in stack.pages()]
    return {page.path: arrival.chain for page in pages for _, arrival in spread.arrivals(page, [wanted])}


class Opener(Generic[Kind]):
    """The same for one kind of stack, of which each site must be."""

    def __init__(self, opening: Callable[[Site], Kind | None]) -> None:
        self._opening = opening

    def stack_of(self, files: dict[str, str]) -> tuple[Site, Kind]:
        """The site, and its stack."""
        site = Site(files, lambda path: files.get(path, ""))
        stack = self._opening(site)
        assert stack is not None
        return site, stack

    def pages_of(self, files: dict[str, str]) -> dict[str, Page]:
        """The pages by path."""
        assert self.stack_of(files)
        return pages_of(files, self._opening)

    def reach(self, files: dict[str, str], wanted: str) -> dict[str, tuple[str, ...]]:
        """The chains to a file, by page."""
        assert self.stack_of(files)
        return reach(files, wanted, self._opening)
