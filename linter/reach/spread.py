"""From pages along links: which files get onto which page."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.evidence import State
from linter.reach.blocks import BASE, lines_of, replaced_by
from linter.reach.model import Arrival, Link, Page, Stack
from linter.reach.site import Site
from linter.reach.static import without_comments_of_templates
from linter.reach.templating import CURLY, without_template_comments

MAX_FILES = 3000
"""Files that one page may pull in."""
_NONE: frozenset[int] = frozenset()


class Walk(NamedTuple):
    """All files that a page pulls in and its own, nearest first, those without consent gates before the others.

    `came` says by which file and link each came, `gated` which came only behind a consent gate, `hidden` which lines of a layout
    (from 1) the page puts its own in the place of.
    """

    page: Page
    came: Mapping[str, tuple[str, Link] | None]
    gated: frozenset[str]
    hidden: Mapping[str, frozenset[int]]

    def arrivals(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Arrival]]:
        """Each of the wanted files that gets onto the page, and how."""
        for path in self.came:
            if wanted(path):
                state: State = "consent-gated" if path in self.gated else "active"
                yield path, Arrival(self.page.path, self._chain(path), state, self.hidden.get(path, _NONE))

    def _chain(self, path: str) -> tuple[str, ...]:
        """`index.html:7`, `js/main.js:2`, `js/pixel.js`: each file with the line that pulls in the next."""
        told = [path]
        while (row := self.came[path]) is not None:
            path, link = row
            told.append(f"{path}:{link.line}{f' ({link.note})' if link.note else ''}")
        return tuple(reversed(told))


class Spread:
    """Follows links; those of each file are looked for once."""

    def __init__(self, site: Site, stacks: Sequence[Stack]) -> None:
        self._site = site
        self._stacks = stacks
        self._links: dict[str, tuple[Link, ...]] = {}
        self._replaced: dict[str, frozenset[str]] = {}
        self._lines: dict[tuple[str, frozenset[str]], frozenset[int]] = {}

    def links(self, path: str) -> tuple[Link, ...]:
        """What a file pulls in, by all stacks."""
        if path not in self._links:
            text = self._site.text(path)
            found = dict.fromkeys(link for stack in self._stacks for link in stack.links(path, text) if link.target != path)
            self._links[path] = tuple(found)
        return self._links[path]

    def walk(self, page: Page) -> Walk:
        """Follows a page, first along what runs at once, then along what waits for consent."""
        came: dict[str, tuple[str, Link] | None] = {page.file: None}
        names: dict[str, frozenset[str]] = {}
        hidden: dict[str, frozenset[int]] = {}
        later: list[tuple[str, Link]] = []
        waiting = deque([page.file])
        at_once = 0
        while (waiting or later) and len(came) < MAX_FILES:
            if not waiting:
                at_once = at_once or len(came)
                waiting.extend(self._taken(*later.pop(0), came, names, hidden))
                continue
            path = waiting.popleft()
            away = hidden.get(path, _NONE)
            for link in self.links(path):
                if link.target in came or link.state == "dormant" or link.line in away:
                    continue
                if link.state == "active":
                    waiting.extend(self._taken(path, link, came, names, hidden))
                else:
                    later.append((path, link))
        gated = frozenset(list(came)[at_once:]) if at_once else frozenset()
        return Walk(page, came, gated, hidden)

    def _taken(
        self,
        path: str,
        link: Link,
        came: dict[str, tuple[str, Link] | None],
        names: dict[str, frozenset[str]],
        hidden: dict[str, frozenset[int]],
    ) -> Iterable[str]:
        """The target of a link, if it is new; what is replaced in it is noted."""
        if link.target in came:
            return ()
        came[link.target] = path, link
        if link.how == "layout" and (replaced := names.get(path, frozenset()) | self._replaced_in(path, link)):
            names[link.target] = replaced
            if lines := self._lines_of(link.target, replaced):
                hidden[link.target] = lines
        return (link.target,)

    def _replaced_in(self, path: str, link: Link) -> frozenset[str]:
        """The blocks of a layout that a file replaces, if the link is the one to the layout that it extends."""
        if path not in self._replaced:
            text = self._site.text(path)
            self._replaced[path] = replaced_by(self._bare(path)) if "extends" in text or "define" in text else frozenset()
        names = self._replaced[path]
        return names if names and (link.note == BASE or "extends" in self._line(path, link.line)) else frozenset()

    def _lines_of(self, path: str, names: frozenset[str]) -> frozenset[int]:
        if (path, names) not in self._lines:
            self._lines[path, names] = lines_of(self._bare(path), names)
        return self._lines[path, names]

    def _bare(self, path: str) -> str:
        return without_comments_of_templates(without_template_comments(self._site.text(path), CURLY))

    def _line(self, path: str, number: int) -> str:
        return next(iter(self._site.text(path).split("\n", number)[number - 1 : number]), "")

    def arrivals(self, page: Page, wanted: Iterable[str]) -> Iterator[tuple[str, Arrival]]:
        """Each of the `wanted` files that gets onto a page, on the shortest way, a way without consent gates first."""
        return self.walk(page).arrivals(frozenset(wanted).__contains__)
