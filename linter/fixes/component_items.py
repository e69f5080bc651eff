"""Items of lists and entries of objects in JavaScript that go, each with its comma and its lines."""

from collections.abc import Sequence

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.lines import widened

MAX_BLANKS = 2000
"""Characters between the last item and its comma."""


def item_spans(text: str, base: int, items: Sequence[Node], gone: Sequence[bool]) -> list[Span]:
    """The source spans that take out the items for which `gone` says so.

    `text` is the source's, in which the tree's text begins at `base`; `items` are all items of one list, in order. The comma in front
    of the first item that stays behind goes with those before it, and that behind the last that stays with those behind it.
    """
    spans: list[Span] = []
    number = 0
    while number < len(items):
        if not gone[number]:
            number += 1
            continue
        last = number
        while last + 1 < len(items) and gone[last + 1]:
            last += 1
        spans.append(_run(text, base, items, number, last))
        number = last + 1
    return spans


def _run(text: str, base: int, items: Sequence[Node], first: int, last: int) -> Span:
    begin, end = base + items[first].start_byte, base + items[last].end_byte
    stop = base + items[last + 1].start_byte if last + 1 < len(items) else min(end + MAX_BLANKS, len(text))
    comma = _comma_behind(text, end, stop)
    if comma >= 0:
        span = widened(text, begin, comma + 1)
        behind = len(text[comma + 1 : stop]) - len(text[comma + 1 : stop].lstrip(" \t"))
        return span if span != (begin, comma + 1) else (begin, comma + 1 + behind)
    return (base + items[first - 1].end_byte, end) if first else widened(text, begin, end)


def _comma_behind(text: str, at: int, stop: int) -> int:
    """Where the comma behind an item stands, or -1."""
    while at < stop and text[at].isspace():
        at += 1
    return at if text[at : at + 1] == "," else -1


def rewidened(text: str, begin: int, end: int) -> Span:
    """The span of deletions that touch one another, with the blank lines that none of them alone took along."""
    inside = text[begin:end]
    first, stop = widened(text, end - len(inside.lstrip()), begin + len(inside.rstrip())) if inside.strip() else (begin, end)
    return min(begin, first), max(end, stop)
