"""Made-up sites for tests of reach: paths and texts in, pages and ways to a file out."""

from linter.reach.javascript_sites import open_javascript
from linter.reach.model import Page
from linter.reach.site import Site
from linter.reach.spread import Spread
from linter.reach.static import StaticStack

PIXEL = "fbq('init', '5039284756102938');\n"


class Followed:
    """A made-up site, its pages, and how files get onto them."""

    def __init__(self, files: dict[str, str]) -> None:
        self.site = Site(files, lambda path: files[path])
        self.stack = open_javascript(self.site)
        static = StaticStack(self.site)
        shells = self.stack.shells() if self.stack else frozenset()
        own = list(self.stack.pages()) if self.stack else []
        rest = [page for page in static.pages() if page.path not in shells]
        self.pages: dict[str, Page] = {page.path: page for page in [*rest, *own]}
        self.spread = Spread(self.site, [*([self.stack] if self.stack else []), static])

    def chains(self, wanted: str) -> dict[str, tuple[str, ...]]:
        """The way to a file from each page that it gets onto."""
        return {
            page.path: way.chain for page in self.pages.values() for path, way in self.spread.arrivals(page, [wanted]) if path == wanted
        }

    def states(self, wanted: str) -> dict[str, str]:
        """Whether a file runs at once or after consent, by page."""
        return {
            page.path: way.state for page in self.pages.values() for path, way in self.spread.arrivals(page, [wanted]) if path == wanted
        }

    def reached(self, wanted: str) -> set[str]:
        """The pages that a file gets onto."""
        return set(self.chains(wanted))

    def dead(self, path: str) -> bool:
        """Whether a file is said to be dead code."""
        return self.stack is not None and self.stack.complete() and not self.reached(path) and self.stack.covers(path)


def package(*names: str, **versions: str) -> str:
    """A `package.json` that needs these packages."""
    import json

    return json.dumps({"name": "practice", "dependencies": {**dict.fromkeys(names, "*"), **versions}})
