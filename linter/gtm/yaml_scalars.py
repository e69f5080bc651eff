"""The scalars of YAML as nodes: plain, quoted and block, each decoded when asked for."""

import re
from collections.abc import Iterator

from linter import decoders
from linter.gtm.nodes import Node, WordNode
from linter.text import Piece, Slice

_WORD = re.compile(
    r"(?:[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+|null|true|false|~|)\Z", re.I
)
HEADER = re.compile(r"([|>])([-+]?)([1-9]?)([-+]?)[ \t]*+(?:(?<=[ \t])#[^\r\n]*+)?(?:\r\n?|\n|\Z)")
"""Regular expression of the header of a block scalar, with its line's end, see `read_block`."""

_MARKER = re.compile(r"(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")
_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\r\n?|\n")
_ROW = re.compile(r"([ \t]*)([^\r\n]*)(\r\n?|\n|\Z)")
_END = {'"': re.compile(r'(?:\\.)++|"', re.S), "'": re.compile(r"''|'")}
_GOES_ON = re.compile(r"[ \t]*+(?:[\r\n,:\]}#]|\Z)")


class YamlText(Node):
    """A scalar of YAML."""

    __slots__ = ()
    kind = "text"

    @property
    def text(self) -> str:
        return self.slice().text


class PlainNode(YamlText):
    """A scalar without quotes that is no number, truth value or null."""

    __slots__ = ()

    def slice(self) -> Slice:
        raw = super().slice()
        return raw.derive(_folded(raw.text)) if "\n" in raw.text or "\r" in raw.text else raw


class QuotedNode(YamlText):
    """A scalar in double or single quotes."""

    __slots__ = ()
    unclosed = False

    def slice(self) -> Slice:
        raw = self.document.cut(self.begin + 1, self.end if self.unclosed else self.end - 1)
        return decoders.yaml_double(raw) if self.document.text[self.begin] == '"' else decoders.yaml_single(raw)


class UnclosedQuotedNode(QuotedNode):
    """A scalar without its closing quote."""

    __slots__ = ()
    unclosed = True


class BlockNode(YamlText):
    """A block scalar: `first` is where its rows begin, `last` where they end, with all blank ones; `margin` what each is indented."""

    __slots__ = ("chomping", "first", "folded", "last", "margin")

    def __init__(self, document: Slice, begin: int, end: int) -> None:
        super().__init__(document, begin, end)
        self.first = self.last = end
        self.margin = 0
        self.folded = False
        self.chomping = ""

    def slice(self) -> Slice:
        return self.document.derive(self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        """The rows, and between them what the line breaks stand for: `before` of them since the row that ended at `end`."""
        code, end, before, was_spaced, blank = self.document.text, self.first, 0, True, True
        for start, stop, after in self._rows():
            if start == stop:
                before += after > stop
                continue
            spaced = not self.folded or code[start] in " \t"
            if before:
                kept = before if spaced or was_spaced else before - 1
                yield Piece("\n" * kept or " ", end, start)
            yield Piece(code[start:stop], start, stop)
            end, before, was_spaced, blank = stop, int(after > stop), spaced, False
        if self.chomping != "-" and before:
            kept = before if self.chomping == "+" else 0 if blank else 1
            yield Piece("\n" * kept, end, self.last)

    def _rows(self) -> Iterator[tuple[int, int, int]]:
        """Where the text of each row begins, where it ends, and where the next row begins."""
        at = self.first
        while at < self.last and (row := _ROW.match(self.document.text, at)) is not None:
            start = at + min(self.margin, len(row[1]))
            yield start, max(start, row.end(2)), row.end()
            at = row.end()


def read_block(text: Slice, header: re.Match[str], parent: int) -> BlockNode:
    """The block scalar of a `HEADER`; its rows stand deeper than `parent`."""
    code, at = text.text, header.end()
    node = BlockNode(text, header.start(), header.start() + 1)
    node.first, node.folded, node.chomping = at, header[1] == ">", header[2] or header[4]
    margin = max(parent, 0) + int(header[3]) if header[3] else -1
    while at < len(code) and (row := _ROW.match(code, at)) is not None:
        if row[2]:
            indent = len(row[1])
            margin = indent if margin < 0 and indent > parent else margin
            if margin < 0 or indent < margin or (not indent and _MARKER.match(code, at)):
                break
            node.end = row.end(2)
        at = row.end()
    node.margin, node.last = margin if margin >= 0 else len(code), at
    return node


def plain_node(document: Slice, begin: int, end: int) -> Node:
    """The node of a scalar without quotes."""
    is_word = end - begin < 40 and _WORD.match(document.text[begin:end])
    return WordNode(document, begin, end) if is_word else PlainNode(document, begin, end)


def _folded(text: str) -> Iterator[Piece]:
    """The lines of a plain scalar: one line break is a space, each further one a line feed."""
    end = -1
    for line in _LINE.finditer(text):
        words = line[0].strip(" \t")
        if not words:
            continue
        begin = line.start() + len(line[0]) - len(line[0].lstrip(" \t"))
        if end >= 0:
            breaks = len(_BREAK.findall(text, end, begin))
            yield Piece("\n" * (breaks - 1) or " ", end, begin)
        end = begin + len(words)
        yield Piece(words, begin, end)


class Quotes:
    """Finds the ends of quoted scalars, in linear time over a whole text also where quotes are not closed."""

    __slots__ = ("code", "patience")

    def __init__(self, code: str) -> None:
        self.code = code
        self.patience = 3 * len(code) + 1000
        """Characters that may still be looked at."""

    def end(self, begin: int) -> tuple[int, bool]:
        """Where the scalar whose quote stands at `begin` ends, and whether it is closed: else at the end of its line."""
        quote = self.code[begin]
        if self.patience > 0:
            end = next((mark.end() for mark in _END[quote].finditer(self.code, begin + 1) if mark[0] == quote), 0)
            self.patience -= (end or len(self.code)) - begin
            if end and (_GOES_ON.match(self.code, end) or not _BREAK.search(self.code, begin, end)):
                return end, True
        line_end = _BREAK.search(self.code, begin)
        return line_end.start() if line_end else len(self.code), False
