"""A file read once more, with all that fixes need: the findings, the matches behind each, and the slices that readers were handed."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from linter.catalog import Catalog
from linter.check import finding_of, numbered, read_source
from linter.findings import Finding
from linter.fixes.model import Part
from linter.matching import Match, match
from linter.scan import Scanner
from linter.snippets import group
from linter.text import NotText, Source

MAX_KEPT = 4_000_000
"""Bytes of the files that are kept as they were read."""
_kept: "OrderedDict[tuple[str, bytes, Catalog, tuple[str, ...]], Recorded | None]" = OrderedDict()


class Told(NamedTuple):
    """A finding and the matches that it was made of."""

    finding: Finding
    matches: tuple[Match, ...]


class Recorded(NamedTuple):
    """A file as it was read. `is_container`: it is a Tag Manager container, which has its own way out."""

    source: Source
    told: tuple[Told, ...]
    parts: tuple[Part, ...]
    is_container: bool = False


def record(path: str, data: bytes, catalog: Catalog, names: Sequence[str] = ()) -> Recorded | None:
    """The file's findings with their matches, in the order of `check_source`; None where the bytes are no text.

    `names` are words whose places readers are to look at, too: then there are slices even where no vendor is told. The last files are
    kept, since several questions are asked about each.
    """
    key = (path, data, catalog, tuple(names))
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    recorded = _kept[key] = _record(path, data, catalog, names)
    while len(_kept) > 1 and sum(len(kept[1]) for kept in _kept) > MAX_KEPT:
        _kept.popitem(last=False)
    return recorded


def _record(path: str, data: bytes, catalog: Catalog, names: Sequence[str]) -> Recorded | None:
    try:
        source = Source(path, data)
    except NotText:
        return None
    reading = read_source(source, catalog, [*_scanner(catalog).present(data), *map(str.lower, names)], recording=True)
    parts = tuple(Part(*row) for row in reading.recorded or ())
    if reading.places is not None:
        return Recorded(source, (), parts, True)
    snippets = group(match(reading.evidence, catalog, path), source)
    return Recorded(source, _numbered([Told(finding_of(snippet, source, catalog), tuple(snippet.matches)) for snippet in snippets]), parts)


@lru_cache(maxsize=2)
def _scanner(catalog: Catalog) -> Scanner:
    """The fast one: a file is read several times, and so are the files around it."""
    return Scanner.for_many(catalog.literals)


def _numbered(rows: Sequence[Told]) -> tuple[Told, ...]:
    rows = sorted(rows, key=lambda row: row.finding.order)
    counted = numbered([row.finding for row in rows])
    return tuple(Told(finding, row.matches) for finding, row in zip(counted, rows, strict=True))
