"""String values and their keys in YAML: a scan by lines and indentation that keeps positions and never fails."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter import decoders
from linter.readers.data_values import Entry, Wanted
from linter.text import Piece, Slice

_LINE = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_DASH = re.compile(r"-(?:[ \t]+|\Z)")
_KEY = re.compile(
    r"(?:\"([^\"\r\n]{0,400})\"|'([^'\r\n]{0,400})'"
    r"|([^\s#\[\]{},&*|>'\"%@`-][^#\r\n]{0,200}?|-[^\s#:][^#\r\n]{0,200}?))[ \t]{0,20}:(?=[ \t]|\Z)[ \t]*"
)
_BLOCK = re.compile(r"(?:[&!]\S+[ \t]+)?([|>])[-+\d]{0,2}[ \t]*(?:#.*)?\Z")
_TAG = re.compile(r"[&!][^\s,\[\]{}]*[ \t]+")
_COMMENT = re.compile(r"[ \t]#")
_DOUBLE_END = re.compile(r"(?:\\.)++|\"", re.DOTALL)
_SINGLE_END = re.compile(r"''|'")
_FLOW_WORD = re.compile(r"[^\s\[\]{},\"'][^\[\]{},\"'\r\n]*")


class _Line(NamedTuple):
    begin: int
    end: int
    indent: int


def entries(text: Slice, wanted: Wanted) -> Iterator[Entry]:
    """The wanted scalar values of a YAML document, and keys themselves under the keys above them, in order. Linear time."""
    return _Scanner(text, wanted).entries()


class _Scanner:
    def __init__(self, text: Slice, wanted: Wanted) -> None:
        self.text = text
        self.wanted = wanted
        self.lines = [_Line(match.start(2), match.end(2), len(match[1])) for match in _LINE.finditer(text.text)]
        self.number = 0
        self.stack: list[tuple[int, str]] = []

    def entries(self) -> Iterator[Entry]:
        code = self.text.text
        while self.number < len(self.lines):
            line = self.lines[self.number]
            self.number += 1
            if line.begin == line.end or code.startswith(("#", "---", "...", "%"), line.begin):
                continue
            yield from self._line(line)

    def _line(self, line: _Line) -> Iterator[Entry]:
        code, begin, indent = self.text.text, line.begin, line.indent
        while (dash := _DASH.match(code, begin, line.end)) is not None:
            indent += dash.end() - begin
            begin = dash.end()
        listed = begin != line.begin
        while self.stack and (self.stack[-1][0] > line.indent or (self.stack[-1][0] == line.indent and not listed)):
            self.stack.pop()
        key = _KEY.match(code, begin, line.end)
        if key is not None:
            place = next(number for number in (1, 2, 3) if key[number] is not None)
            if self.wanted(*key.span(place)):
                yield Entry(self._path(), self.text.cut(*key.span(place)), self.text.span(begin, line.end))
            self.stack.append((indent, key[place][:200]))
            begin = key.end()
        yield from self._value(line, begin, indent if key is not None else line.indent)

    def _path(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.stack[-9:])

    def _value(self, line: _Line, begin: int, indent: int) -> Iterator[Entry]:
        code = self.text.text
        block = _BLOCK.match(code, begin, line.end)
        if block is not None:
            first, last = self.number, self._skip_block(indent)
            if self.wanted(line.end, self.lines[last - 1].end):
                self.number = first
                value, end = self._block(indent, folded=block[1] == ">")
                yield Entry(self._path(), value, self.text.span(line.begin, end))
            self.number = last
            return
        while (tag := _TAG.match(code, begin, line.end)) is not None:
            begin = tag.end()
        mark = code[begin : min(begin + 1, line.end)]
        if mark in {"[", "{"}:
            yield from self._flow(line, begin)
        elif mark in {'"', "'"}:
            stop = self._quote_end(begin + 1, mark)
            self._skip_to(stop)
            if self.wanted(begin + 1, stop):
                yield self._quoted(line, begin + 1, stop, mark)
        elif mark and self.wanted(begin, line.end):
            comment = _COMMENT.search(code, begin, line.end)
            yield Entry(self._path(), self.text.cut(begin, comment.start() if comment else line.end), self.text.span(line.begin, line.end))

    def _skip_block(self, indent: int) -> int:
        """The number of the first line behind the block scalar that begins in the next line."""
        number = self.number
        while number < len(self.lines) and (self.lines[number].begin == self.lines[number].end or self.lines[number].indent > indent):
            number += 1
        return number

    def _block(self, indent: int, folded: bool) -> tuple[Slice, int]:
        """The text of the block scalar in the following lines that stand deeper than `indent`, and where it ends."""
        pieces: list[Piece] = []
        margin, end = -1, self.lines[self.number - 1].end
        while self.number < len(self.lines):
            line = self.lines[self.number]
            blank = line.begin == line.end
            if not blank and line.indent <= indent:
                break
            margin = line.indent if margin < 0 and not blank else margin
            start = line.begin if blank else line.begin - max(line.indent - margin, 0)
            following = self.lines[self.number + 1] if self.number + 1 < len(self.lines) else None
            after = following.begin - following.indent if following else line.end
            line_end = " " if folded and not blank else "\n"
            pieces += [Piece(self.text.text[start : line.end], start, line.end), Piece(line_end, line.end, after)]
            end = end if blank else line.end
            self.number += 1
        return self.text.derive(pieces), end

    def _flow(self, line: _Line, begin: int) -> Iterator[Entry]:
        """The strings of a flow collection on one line; its further lines are read as lines."""
        code, at, last = self.text.text, begin if self.wanted(begin, line.end) else line.end, ""
        while at < line.end:
            char = code[at]
            if char in "\"'":
                stop = min(self._quote_end(at + 1, char), line.end)
                entry = self._quoted(line, at + 1, stop, char)
                at = stop + 1
            elif (word := _FLOW_WORD.match(code, at, line.end)) is not None:
                key, colon, rest = word[0].partition(": ")
                first = word.start() + len(key) + len(colon) if colon else word.start()
                last = key.strip() if colon else last
                entry = Entry(self._path(), self.text.cut(first, word.end()), self.text.span(line.begin, line.end))
                last = word[0].rstrip(": ") if not rest and word[0].rstrip().endswith(":") else last
                at = word.end()
            else:
                last = "" if char in ",{}" else last
                at += 1
                continue
            yield Entry((*entry.keys, last), entry.value, entry.block) if last else entry

    def _quote_end(self, at: int, quote: str) -> int:
        pattern = _DOUBLE_END if quote == '"' else _SINGLE_END
        for match in pattern.finditer(self.text.text, at):
            if match[0] == quote:
                return match.start()
        return len(self.text.text)

    def _skip_to(self, end: int) -> None:
        while self.number < len(self.lines) and self.lines[self.number].begin < end:
            self.number += 1

    def _quoted(self, line: _Line, begin: int, stop: int, quote: str) -> Entry:
        decode = decoders.yaml_double if quote == '"' else decoders.yaml_single
        end = min(max(stop + 1, line.end), len(self.text.text))
        return Entry(self._path(), decode(self.text.cut(begin, stop)), self.text.span(line.begin, end))
