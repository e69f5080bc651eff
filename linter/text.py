"""Sources and slices: decoded text that knows which bytes on disk produced every character.

A `Source` is a file as bytes with its encoding and line table. A `Slice` is text with, for every character, the
span of source characters that produced it. A slice that decodes nothing is a begin offset and a string; one that
decodes carries a sorted list of steps. Slices of slices are flattened at once, so any nesting costs one lookup.

All offsets here are character offsets into `Source.text` unless a name says bytes. Lines and columns are 1-based,
columns count characters (a BOM is not one), byte offsets are 0-based and count the BOM.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import accumulate, chain
from typing import NamedTuple

from linter.encoding import NotText, decode_bytes
from linter.steps import Piece, Step, merged

__all__ = ["HOLE", "NotText", "Piece", "Place", "Slice", "Source", "Step", "decode_bytes", "join"]

HOLE = "\ue000"
"""Filler for text only known when the site runs (a template expression, an interpolated variable): a private-use
character, which is harmless in attribute values and strings and reads as a letter of a name in code."""

_BYTE_MARK_EVERY = 4096
_ONE_BYTE = frozenset({"cp1252", "latin-1"})
MAX_STEPS = 500_000
"""Steps of all decoded texts of a file together: what is decoded past that is cut off there."""


class Place(NamedTuple):
    """A position in a file: 1-based line, 1-based column in characters, 0-based offset in bytes."""

    line: int
    column: int
    offset: int


class Source:
    """One file: its display path, bytes, encoding and text. Raises `NotText` for binary data."""

    __slots__ = ("_byte_marks", "_line_starts", "_lines", "bom_length", "cut_short", "data", "encoding", "path", "steps_left", "text")

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.encoding, self.bom_length, self.text = decode_bytes(data)
        self._line_starts: array[int] | None = None
        self._byte_marks: list[int] | None = None
        self.steps_left = MAX_STEPS
        self.cut_short = False
        """Whether a decoded text was cut off, because it or all of them together were too long."""
        self._lines: dict[int, str] = {}

    def slice(self) -> "Slice":
        """The whole text as a slice."""
        return Slice(self, self.text, 0)

    @property
    def line_starts(self) -> "array[int]":
        """Character offset of the start of each line; lines end at LF, CRLF or a lone CR."""
        if self._line_starts is None:
            self._line_starts = _line_starts(self.text)
        return self._line_starts

    def place(self, index: int) -> Place:
        """The place of character `index` (0 <= index <= len(text))."""
        line = self.line_number(index)
        return Place(line, index - self.line_starts[line - 1] + 1, self.byte_offset(index))

    def line_number(self, index: int) -> int:
        """The line of character `index`, from 1 on."""
        return bisect_right(self.line_starts, index)

    def line(self, number: int) -> str:
        """Text of 1-based line `number`, without its line end; the same object each time, since lines can be long."""
        if number not in self._lines:
            self._lines[number] = self._cut_line(number)
        return self._lines[number]

    def _cut_line(self, number: int) -> str:
        start = self.line_starts[number - 1]
        stop = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:stop].rstrip("\r\n")

    def byte_offset(self, index: int) -> int:
        """Offset in bytes, in the file as it lies on disk, of character `index`."""
        if self.encoding in _ONE_BYTE or (self.encoding == "utf-8" and self.text.isascii()):
            return self.bom_length + index
        if self._byte_marks is None:
            self._byte_marks = self._measure_bytes()
        mark = index // _BYTE_MARK_EVERY
        rest = self.text[mark * _BYTE_MARK_EVERY : index].encode(self.encoding, "surrogatepass")
        return self._byte_marks[mark] + len(rest)

    def _measure_bytes(self) -> list[int]:
        marks = [self.bom_length]
        for start in range(0, len(self.text), _BYTE_MARK_EVERY):
            chunk = self.text[start : start + _BYTE_MARK_EVERY]
            marks.append(marks[-1] + len(chunk.encode(self.encoding, "surrogatepass")))
        return marks


def _line_starts(text: str) -> "array[int]":
    """Written for texts of millions of lines: no object is kept for a line."""
    ends = accumulate(map(len, StringIO(text, newline="")))
    starts = array("I", chain((0,), ends))
    if text and not text.endswith(("\n", "\r")):
        starts.pop()
    return starts


class Slice:
    """Decoded text over a source. `steps` is empty where the text stands in the source as it is, at `base`."""

    __slots__ = ("_ats", "base", "source", "steps", "text")

    def __init__(self, source: Source, text: str, base: int, steps: Sequence[Step] = ()) -> None:
        self.source = source
        self.text = text
        self.base = base
        self.steps = steps
        self._ats = [step.at for step in steps]

    def __len__(self) -> int:
        return len(self.text)

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The source characters that produced text[begin:end]; an empty range gives an empty span.

        Where the text was joined from places that stand in another order in the source, it is the span from its first
        character to its last, or the part with its first character alone where the last stands before it.
        """
        begin = min(max(begin, 0), len(self.text))
        end = min(max(end, begin), len(self.text))
        if not self.steps:
            return self.base + begin, self.base + end
        first = self._bounds(begin)
        if end == begin:
            return first[0], first[0]
        last = self._bounds(end - 1)
        if last[1] < first[1]:
            last = self._bounds(min(end, self._stop(self._number(begin))) - 1)
        return first[0], last[1]

    def _number(self, index: int) -> int:
        return max(bisect_right(self._ats, index) - 1, 0)

    def _stop(self, number: int) -> int:
        return self._ats[number + 1] if number + 1 < len(self._ats) else len(self.text)

    def _bounds(self, index: int) -> tuple[int, int]:
        number = self._number(index)
        at, begin, end = self.steps[number]
        stop = self._stop(number)
        if index >= stop:
            return end, end
        if stop - at == end - begin:
            return begin + index - at, begin + index - at + 1
        return begin, end

    def cut(self, begin: int, end: int) -> "Slice":
        """The slice of text[begin:end]; an empty one keeps its place."""
        begin = min(max(begin, 0), len(self.text))
        end = min(max(end, begin), len(self.text))
        if not self.steps:
            return Slice(self.source, self.text[begin:end], self.base + begin)
        return self._made(self.text[begin:end], self._steps_of(begin, end, 0), begin)

    def mask(self, spans: Iterable[tuple[int, int, str]]) -> "Slice":
        """The same slice with each text[begin:end] replaced by a one-character filler, repeated; nothing shifts.

        Spans are (begin, end, filler), sorted, not overlapping, within the text.
        """
        parts, last = [], 0
        for begin, end, filler in spans:
            parts += [self.text[last:begin], filler * (end - begin)]
            last = end
        return Slice(self.source, "".join([*parts, self.text[last:]]), self.base, self.steps)

    def derive(self, pieces: Iterable[Piece]) -> "Slice":
        """A slice of the pieces' texts joined; each maps through this slice to the source. See `MAX_STEPS`."""
        texts: list[str] = []
        steps: list[Step] = []
        at, source = 0, self.source
        for text, begin, end in pieces:
            if source.steps_left <= 0:
                source.cut_short = True
                break
            before = len(steps)
            if len(text) == end - begin:
                steps += self._steps_of(begin, end, at)
            else:
                span = self.span(begin, end)
                steps += [Step(at + number, *span) for number in range(len(text))]
            source.steps_left -= len(steps) - before
            texts.append(text)
            at += len(text)
        return self._made("".join(texts), steps, 0)

    def _made(self, text: str, steps: list[Step], begin: int) -> "Slice":
        """The slice of `text` with `steps`; where there are none, it stands at text offset `begin` of this one."""
        if not steps:
            return Slice(self.source, text, self.span(begin, begin)[0])
        return Slice(self.source, text, 0, merged(steps, len(text)))

    def _steps_of(self, begin: int, end: int, at: int) -> list[Step]:
        """The steps of text[begin:end], moved so that `begin` comes to stand at text offset `at`."""
        if begin >= end:
            return []
        if not self.steps:
            return [Step(at, self.base + begin, self.base + end)]
        first, last = self._number(begin), self._number(end - 1)
        steps = [Step(at + step.at - begin, step.begin, step.end) for step in self.steps[first : last + 1]]
        tail = self.steps[last]
        if self._stop(last) - tail.at == tail.end - tail.begin:
            steps[-1] = Step(steps[-1].at, tail.begin, tail.begin + end - tail.at)
        steps[0] = Step(at, self._bounds(begin)[0], steps[0].end)
        return steps


def join(slices: Sequence[Slice]) -> Slice:
    """One slice of several over the same source (a folded concatenation); at least one is needed."""
    if len(slices) == 1:
        return slices[0]
    steps: list[Step] = []
    at = 0
    for part in slices:
        steps += part._steps_of(0, len(part.text), at)
        at += len(part.text)
    return slices[0]._made("".join(part.text for part in slices), steps, 0)
