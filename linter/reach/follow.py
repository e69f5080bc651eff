"""The whole of reach: from the findings of a run and its files to pages, and to what each finding reaches."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from linter.findings import Finding
from linter.reach.built import built_pages
from linter.reach.describe import Describer
from linter.reach.makers import Maker, pages_by_maker
from linter.reach.model import Arrival, Page
from linter.reach.site import Site
from linter.reach.spread import Spread
from linter.reach.stacks import stacks_of
from linter.reach.words import Words


class Reached(NamedTuple):
    """The pages of a site, and how each file with a finding gets onto them: by the file's path, in the order of the pages.

    `dead` are files with findings that the stacks would know of if a page pulled them in. `makers` says of each page's path who
    makes it. `readers` are the files on pages in which a word stands that was asked for: file to word and line.
    """

    pages: tuple[Page, ...]
    arrivals: dict[str, tuple[Arrival, ...]]
    dead: frozenset[str]
    makers: Mapping[str, Maker] = {}
    readers: Mapping[str, Mapping[str, int]] = {}


def follow(findings: Sequence[Finding], files: Iterable[str], read: Callable[[str], str], words: Sequence[str] = ()) -> Reached:
    """Follows every page of the site to the files that have findings, and to those that speak of `words`. Paths may be absolute."""
    given = {path.lstrip("/"): path for path in files}
    wanted = {finding.path.lstrip("/") for finding in findings}
    reached = _follow(wanted, given, lambda path: read(given[path]), Words(words))
    return reached if all(name == path for name, path in given.items()) else _as_given(reached, given)


def _as_given(reached: Reached, given: Mapping[str, str]) -> Reached:
    """The same with the paths as they were given: inside, no path begins with a slash."""

    def named(path: str) -> str:
        return given.get(path, path)

    def place(told: str) -> str:
        path, colon, line = told.partition(":")
        return f"{named(path)}{colon}{line}"

    pages = tuple(
        page._replace(
            path=named(page.path), file=named(page.file), forms=tuple(form._replace(path=named(form.path)) for form in page.forms)
        )
        for page in reached.pages
    )
    arrivals = {
        named(path): tuple(way._replace(page=named(way.page), chain=tuple(map(place, way.chain))) for way in ways)
        for path, ways in reached.arrivals.items()
    }
    top = "/" if any(path.startswith("/") for path in given.values()) else ""
    makers = {
        named(path): maker._replace(root=None if maker.root is None else f"{top}{maker.root}".rstrip("/"))
        for path, maker in reached.makers.items()
    }
    readers = {named(path): words for path, words in reached.readers.items()}
    return Reached(pages, arrivals, frozenset(map(named, reached.dead)), makers, readers)


def _follow(findings: Set[str], files: Iterable[str], read: Callable[[str], str], words: Words) -> Reached:
    """`follow` for paths that are all relative.

    A stack may have `shells()`: HTML files that pages are put into, which are no pages of their own.
    """
    site = Site(files, read)
    stacks = stacks_of(site)
    shells = {path for stack in stacks for path in getattr(stack, "shells", frozenset)()}
    made = {page.path: (page, maker) for page, maker in pages_by_maker(reversed(stacks)) if page.path not in shells}
    spread = Spread(site, stacks)
    describer = Describer(site)
    readers: dict[str, Mapping[str, int]] = {}

    def wanted(path: str) -> bool:
        if words and path not in readers:
            readers[path] = words.lines_in(site.text(path))
        return path in findings or bool(words and readers[path])

    pages: dict[str, Page] = {}
    ways: dict[str, list[tuple[str, Arrival]]] = {}
    for page, _ in made.values():
        walk = spread.walk(page)
        pages[page.path] = describer.described(walk)
        ways[page.path] = list(walk.arrivals(wanted))
    _tie(built_pages(made, site), pages, ways)
    found: dict[str, dict[str, Arrival]] = {path: {} for path in findings}
    for page in sorted(pages.values()):
        for path, arrival in ways[page.path]:
            found.setdefault(path, {}).setdefault(arrival.page, arrival)
    complete = [stack for stack in stacks if made and stack.complete()]
    dead = {path for path in findings & site.files if not found[path] and any(stack.covers(path) for stack in complete)}
    return Reached(
        tuple(sorted(pages.values())),
        {path: tuple(by_page.values()) for path, by_page in found.items()},
        frozenset(dead),
        {path: maker for path, (_, maker) in made.items() if path in pages},
        {path: lines for path, lines in readers.items() if lines},
    )


def _tie(built: Mapping[str, Sequence[str]], pages: dict[str, Page], ways: dict[str, list[tuple[str, Arrival]]]) -> None:
    """Takes out the pages of which the built ones are here too; what gets onto a source gets onto what is built of it.

    What the markup of a built page does not tell, because a script makes it, the source does: kind, title and forms.
    """
    for path, targets in built.items():
        source = pages.pop(path)
        for target in targets:
            page = pages[target]
            kind = source.kind if page.kind == "other" else page.kind
            pages[target] = page._replace(kind=kind, title=page.title or source.title, forms=page.forms or source.forms)
            ways[target] += [(file, arrival._replace(page=target)) for file, arrival in ways[path]]
