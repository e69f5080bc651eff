"""Small made-up sites for the tests of reach: files as a mapping, and what gets onto which page."""

from collections.abc import Mapping

from linter.reach.generators import generator_stacks
from linter.reach.model import Page
from linter.reach.site import Site
from linter.reach.spread import Spread


class Made:
    """A site of a mapping from paths to texts, seen by the stacks of generators alone."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.site = Site(files, lambda path: files[path])
        self.stacks = list(generator_stacks(self.site))
        self.pages: dict[str, Page] = {page.path: page for stack in self.stacks for page in stack.pages()}
        self._spread = Spread(self.site, self.stacks)

    def chains(self, wanted: str) -> dict[str, str]:
        """The way to a file on each page that it gets onto, as one text."""
        found = {}
        for page in self.pages.values():
            for _, arrival in self._spread.arrivals(page, {wanted}):
                found[page.path] = " > ".join(arrival.chain)
        return found

    def state(self, page: str, wanted: str) -> str:
        """In which state a file gets onto a page, "" where it does not."""
        return next((arrival.state for _, arrival in self._spread.arrivals(self.pages[page], {wanted})), "")
