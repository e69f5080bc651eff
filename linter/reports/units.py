"""Columns in the units that other formats count in: UTF-16 code units (SARIF), bytes of UTF-8 (rdjson).

Findings count characters. To count otherwise the text before a place is needed, so the formats that do are handed `Texts`, which
read the files with findings again. Where a file cannot be read as a whole (a member of an archive, a dump larger than the limit), the
lines that the finding brings along stand for it, and characters before the part that these show count as one unit each.
"""

from collections.abc import Callable
from typing import Literal

from linter.findings import Finding, Related
from linter.text import NotText, Place, Source

Unit = Literal["utf-16", "utf-8"]
KEPT = 4
"""Files that are kept open at a time: that of a finding, and those of its related places."""
_MARK_EVERY = 4096


class Line:
    """A line, and how many units stand before each of its characters. Long lines are counted once."""

    def __init__(self, text: str, unit: Unit) -> None:
        self._text = text
        self._unit = unit
        self._same = text.isascii()
        self._marks: list[int] = [0]

    def column(self, column: int) -> int:
        """The column (from 1) in units of the character column `column`."""
        if self._same:
            return column
        inside = min(column - 1, len(self._text))
        mark = inside // _MARK_EVERY
        while len(self._marks) <= mark:
            at = (len(self._marks) - 1) * _MARK_EVERY
            self._marks.append(self._marks[-1] + self._count(self._text[at : at + _MARK_EVERY]))
        return self._marks[mark] + self._count(self._text[mark * _MARK_EVERY : inside]) + column - inside

    def _count(self, text: str) -> int:
        if self._unit == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Opened:
    """A file with findings: its bytes, and how many units stand in its lines. Empty where it cannot be read, or holds no text."""

    def __init__(self, path: str, data: bytes | None, unit: Unit) -> None:
        self.data = data
        self._unit: Unit = unit
        self._source = _source(path, data)
        self._lines: dict[int, Line] = {}

    def column(self, place: Place) -> int | None:
        """The column of a place, if its line is known."""
        if self._source is None or place.line > len(self._source.line_starts):
            return None
        if place.line not in self._lines:
            self._lines[place.line] = Line(self._source.line(place.line), self._unit)
        return self._lines[place.line].column(place.column)


def _source(path: str, data: bytes | None) -> Source | None:
    try:
        return None if data is None else Source(path, data)
    except NotText:
        return None


class Texts:
    """The files with findings. `read` gives the bytes of a path as findings name it, or None."""

    def __init__(self, read: Callable[[str], bytes | None], unit: Unit) -> None:
        self._read = read
        self._unit: Unit = unit
        self._opened: dict[str, Opened] = {}

    def open(self, path: str) -> Opened:
        """The file; the last few are kept, since findings come sorted by path."""
        if path not in self._opened:
            if len(self._opened) == KEPT:
                del self._opened[next(iter(self._opened))]
            self._opened[path] = Opened(path, self._read(path), self._unit)
        return self._opened[path]

    def columns(self, finding: Finding) -> tuple[int, int]:
        """The columns of a finding's start and end."""
        file = self.open(finding.path)
        start, end = file.column(finding.start), file.column(finding.end)
        return start or self._shown_column(finding.start, finding), end or self._shown_column(finding.end, finding)

    def related_columns(self, related: Related) -> tuple[int, int]:
        """The columns of another place of a finding."""
        file = self.open(related.path)
        return file.column(related.start) or related.start.column, file.column(related.end) or related.end.column

    def column(self, path: str, place: Place) -> int:
        """The column of any place in a file."""
        return self.open(path).column(place) or place.column

    def _shown_column(self, place: Place, finding: Finding) -> int:
        number = place.line - finding.start.line
        if not 0 <= number < len(finding.lines):
            return place.column
        shift = finding.lines_from - 1 if number == 0 else 0
        if place.column <= shift:
            return place.column
        return shift + Line(finding.lines[number], self._unit).column(place.column - shift)
