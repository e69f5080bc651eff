"""The whole of reach: from the findings of a run and its files to pages, and to what each finding reaches."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from linter.findings import Finding
from linter.reach.describe import Describer
from linter.reach.model import Arrival, Page
from linter.reach.site import Site
from linter.reach.spread import Spread
from linter.reach.stacks import stacks_of


class Reached(NamedTuple):
    """The pages of a site, and how each file with a finding gets onto them: by the file's path, in the order of the pages.

    `dead` are files with findings that the stacks would know of if a page pulled them in.
    """

    pages: tuple[Page, ...]
    arrivals: dict[str, tuple[Arrival, ...]]
    dead: frozenset[str]


def follow(findings: Sequence[Finding], files: Iterable[str], read: Callable[[str], str]) -> Reached:
    """Follows every page of the site to the files that have findings. Paths may be absolute."""
    given = {path.lstrip("/"): path for path in files}
    wanted = {finding.path.lstrip("/") for finding in findings}
    reached = _follow(wanted, given, lambda path: read(given[path]))
    return reached if all(name == path for name, path in given.items()) else _as_given(reached, given)


def _as_given(reached: Reached, given: Mapping[str, str]) -> Reached:
    """The same with the paths as they were given: inside, no path begins with a slash."""

    def place(told: str) -> str:
        path, colon, line = told.partition(":")
        return f"{given.get(path, path)}{colon}{line}"

    pages = tuple(
        page._replace(
            path=given.get(page.path, page.path),
            file=given.get(page.file, page.file),
            forms=tuple(form._replace(path=given.get(form.path, form.path)) for form in page.forms),
        )
        for page in reached.pages
    )
    arrivals = {
        given.get(path, path): tuple(Arrival(given.get(way.page, way.page), tuple(map(place, way.chain)), way.state) for way in ways)
        for path, ways in reached.arrivals.items()
    }
    return Reached(pages, arrivals, frozenset(given.get(path, path) for path in reached.dead))


def _follow(wanted: Set[str], files: Iterable[str], read: Callable[[str], str]) -> Reached:
    """`follow` for paths that are all relative.

    A stack may have `shells()`: HTML files that pages are put into, which are no pages of their own.
    """
    site = Site(files, read)
    stacks = stacks_of(site)
    shells = {path for stack in stacks for path in getattr(stack, "shells", frozenset)()}
    pages = {page.path: page for stack in reversed(stacks) for page in stack.pages() if page.path not in shells}
    spread = Spread(site, stacks)
    describer = Describer(site, spread)
    pages = {path: describer.described(page) for path, page in pages.items()}
    found: dict[str, list[Arrival]] = {path: [] for path in wanted}
    for page in sorted(pages.values()):
        for path, arrival in spread.arrivals(page, wanted):
            found[path].append(arrival)
    complete = [stack for stack in stacks if pages and stack.complete()]
    dead = {path for path, rows in found.items() if not rows and any(stack.covers(path) for stack in complete)}
    return Reached(tuple(sorted(pages.values())), {path: tuple(rows) for path, rows in found.items()}, frozenset(dead))
