"""From pages along links: which files get onto which page."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from linter.evidence import State
from linter.reach.model import Arrival, Link, Page, Stack
from linter.reach.site import Site

MAX_FILES = 3000
"""Files that one page may pull in."""
_ORDER: tuple[State, ...] = ("active", "consent-gated", "dormant")


class Spread:
    """Follows links; those of each file are looked for once."""

    def __init__(self, site: Site, stacks: Sequence[Stack]) -> None:
        self._site = site
        self._stacks = stacks
        self._links: dict[str, tuple[Link, ...]] = {}

    def links(self, path: str) -> tuple[Link, ...]:
        """What a file pulls in, by all stacks."""
        if path not in self._links:
            text = self._site.text(path)
            found = dict.fromkeys(link for stack in self._stacks for link in stack.links(path, text) if link.target != path)
            self._links[path] = tuple(found)
        return self._links[path]

    def arrivals(self, page: Page, wanted: Iterable[str]) -> Iterator[tuple[str, Arrival]]:
        """Each of the `wanted` files that gets onto a page, on the shortest way, a way without consent gates first."""
        wanted = frozenset(wanted)
        seen: set[str] = set()
        for state in _ORDER[:2]:
            came = self._walk(page.file, gated=state != "active")
            for path in came:
                if path in wanted and path not in seen:
                    seen.add(path)
                    yield path, Arrival(page.path, _chain(page.file, _steps(path, came)), state)

    def files(self, page: Page) -> Iterable[str]:
        """All files that a page pulls in, itself first; gated ones too."""
        return self._walk(page.file, gated=True)

    def _walk(self, start: str, gated: bool) -> dict[str, tuple[str, Link] | None]:
        """All files that `start` pulls in and itself, nearest first, with the file and link that lead there."""
        came: dict[str, tuple[str, Link] | None] = {start: None}
        waiting = deque([start])
        while waiting and len(came) < MAX_FILES:
            path = waiting.popleft()
            for link in self.links(path):
                if link.target not in came and (gated or link.state == "active") and link.state != "dormant":
                    came[link.target] = path, link
                    waiting.append(link.target)
        return came


def _steps(path: str, came: dict[str, tuple[str, Link] | None]) -> tuple[Link, ...]:
    steps: list[Link] = []
    while (row := came[path]) is not None:
        path, link = row
        steps.append(link)
    return tuple(reversed(steps))


def _chain(start: str, steps: Sequence[Link]) -> tuple[str, ...]:
    """`index.html:7`, `js/main.js:2`, `js/pixel.js`: each file with the line that pulls in the next."""
    at = [start, *(link.target for link in steps)]
    told = [f"{path}:{link.line}{f' ({link.note})' if link.note else ''}" for path, link in zip(at, steps, strict=False)]
    return (*told, at[-1])
