"""Taking items out of a list or object in a text: of JSON, TOML and the like, with the comma that goes with each."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from linter.evidence import Span
from linter.fixes.lines import widened
from linter.fixes.model import Edit

_COMMA = re.compile(r"\s*,")
_BETWEEN = re.compile(r"\s*,\s*")
_BLANK = re.compile(r"\s*")
_END = re.compile(r"\s*,?\s*")
_LINE_REST = re.compile(r"[ \t]*(?=[\r\n]|\Z)")


class Listing(NamedTuple):
    """Items between two brackets: `inside` is the span between these, `items` the span of each item, in order, without its comma.

    `may_trail`: the language lets a comma stand behind the last item.
    """

    inside: Span
    items: Sequence[Span]
    may_trail: bool = False


def without(text: str, listing: Listing, gone: Collection[int]) -> Mapping[int, Edit] | None:
    """The edits that take the items numbered `gone` out, by number; they are right together. None where a comment stands in the way.

    Items at the end of the list go as one, since the comma before them goes with them; what is left of a list without items is
    its brackets.
    """
    last = len(listing.items) - 1
    while last >= 0 and last in gone:
        last -= 1
    run = range(last + 1, len(listing.items))
    edits = {number: _inner(text, listing.items[number]) for number in gone if number < last}
    if not run:
        return edits
    if last < 0:
        begin, end = listing.inside
        spans = [(begin, begin), *listing.items, (end, end)]
        return dict.fromkeys(run, Edit(begin, end)) if _only_commas(text, spans, (_BLANK, _END)) else None
    spans = [listing.items[number] for number in (last, *run)]
    if _only_commas(text, spans, (_BETWEEN, _BETWEEN)):
        return {**edits, **dict.fromkeys(run, Edit(spans[0][1], spans[-1][1]))}
    return {**edits, **{number: _inner(text, listing.items[number]) for number in run}} if listing.may_trail else None


def _only_commas(text: str, spans: Sequence[Span], edges: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
    """Whether nothing but commas and blanks stands between spans; `edges` is what may stand behind the first and before the last."""
    for number in range(len(spans) - 1):
        between = edges[0] if number == 0 else edges[1] if number == len(spans) - 2 else _BETWEEN
        if between.fullmatch(text, spans[number][1], spans[number + 1][0]) is None:
            return False
    return True


def _inner(text: str, item: Span) -> Edit:
    """An item that goes with the comma behind it, with its lines where it fills them, else with the blanks that it leaves."""
    comma = _COMMA.match(text, item[1])
    begin, end = item[0], comma.end() if comma is not None else item[1]
    wide = widened(text, begin, end)
    if wide != (begin, end):
        return Edit(*wide)
    if _LINE_REST.match(text, end) is not None:
        return Edit(_past(text, begin, -1), end)
    return Edit(begin, _past(text, end, 1) if comma is not None else end)


def _past(text: str, at: int, step: int) -> int:
    """The end of the blanks before (step -1) or behind (1) a place."""
    while 0 <= min(at, at + step) < len(text) and text[min(at, at + step)] in " \t":
        at += step
    return at
