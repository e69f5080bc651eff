"""Source frames: the lines of a finding with their numbers, and carets under the exact text.

Widths are those of a terminal with fixed cells: wide characters count two, combining ones none. A tab is shown as four
spaces. Lines longer than `WIDTH` are cut around the text.
"""

import unicodedata
from typing import NamedTuple

from linter.findings import Finding
from linter.reports import visible

WIDTH = 120
BEFORE = 30
"""Cells of a long line that are shown before the text, if the text leaves room for them."""
CUT = "\u2026"
TAB = "    "


class Row(NamedTuple):
    """A line of a frame: its number, its shown text, and where the carets stand (cells before, cells under)."""

    number: int
    text: str
    before: int
    under: int


def rows(finding: Finding) -> list[Row]:
    """The rows of a finding's frame, one for each of its `lines`."""
    out = []
    for number, line in enumerate(finding.lines, finding.start.line):
        shift = finding.lines_from if number == finding.start.line else 1
        begin = finding.start.column - shift if number == finding.start.line else _indentation(line)
        end = finding.end.column - shift if number == finding.end.line else len(line)
        begin = min(begin, len(line))
        out.append(_row(number, line, begin, max(begin, min(end, len(line)))))
    return out


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _row(number: int, line: str, begin: int, end: int) -> Row:
    first, last = _window(len(line), begin, end)
    head = "".join(map(_shown, line[first:begin]))
    body = "".join(map(_shown, line[begin : min(end, last)]))
    tail = "".join(map(_shown, line[end:last]))
    before, after = CUT if first else "", CUT if last < len(line) else ""
    text = f"{before}{head}{body}{tail}{after}".rstrip()
    return Row(number, text, width(before + head), max(width(body), 1))


def _window(length: int, begin: int, end: int) -> tuple[int, int]:
    """Which characters of a line are shown so that the text at [begin, end) is seen."""
    if length <= WIDTH:
        return 0, length
    first = max(0, min(begin - min(BEFORE, max(0, WIDTH - (end - begin))), length - WIDTH))
    return first, min(length, first + WIDTH)


def _shown(character: str) -> str:
    return TAB if character == "\t" else visible(character)


def width(text: str) -> int:
    """Terminal cells of printable text."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
