"""JSON as a tree of values that know their places: lenient, linear, never failing.

Read is what JSON5 allows (comments, quotes of all kinds, bare keys, commas behind the last value), control characters in
strings, and broken documents: the first break is told, and reading goes on so that what is whole further on is in the tree.
"""

import re

from linter.gtm.builder import KEY, MAX_DEPTH, MAX_NODES, VALUE, Builder
from linter.gtm.nodes import Broken, Document, Kind, Node, TextNode, UnclosedNode, WordNode, walk
from linter.text import Slice

__all__ = ["MAX_DEPTH", "MAX_NODES", "Broken", "Document", "Kind", "Node", "parse_json", "walk"]

_BLANK = r"[ \t\r\n\f\v\xa0\ufeff\u2028\u2029]*+"
_TOKEN = re.compile(
    rf"""{_BLANK}(?:"([^"\\\r\n]*+)"{_BLANK}([,:]|(?=[\]}}]))"""  # a string where nothing is odd, and what follows it
    r"""|([\[{])|([\]}])|([,:])|(["'`])|(//|/\*)|([^ \t\r\n\f\v\xa0\ufeff\u2028\u2029{}\[\]:,"'`/]++)|(/))"""
)
_TEXT, _OPEN, _CLOSE, _SEPARATOR, _QUOTE, _COMMENT, _WORD = 2, 3, 4, 5, 6, 7, 8
_END = {'"': re.compile(r'(?:\\.)++|"', re.S), "'": re.compile(r"(?:\\.)++|['\r\n]", re.S), "`": re.compile(r"(?:\\.)++|`", re.S)}
_GOES_ON = re.compile(rf"{_BLANK}(?:[,:\]}}/]|\Z)")
_STRING = re.compile(rf'"[^"\\\r\n]{{0,400}}+"{_BLANK}[,:\]}}]')
_LINE_END = re.compile(r"[\r\n]|\Z")
_LINE_BEGIN = re.compile(r"[\r\n][ \t]*+\Z")
_LOOSE = " \t\r\n,:{}[]"


def parse_json(text: Slice, begin: int = 0) -> Document:
    """The JSON object or array that begins at `begin` (blank space and comments before it are passed over)."""
    return _Parser(text, begin).document()


class _Parser(Builder):
    __slots__ = ("comments", "last_line", "patience")

    def __init__(self, text: Slice, begin: int) -> None:
        super().__init__(text, begin)
        self.last_line = max(self.code.rfind("\n"), self.code.rfind("\r"))
        self.comments = True
        """Whether a comment may still end."""
        self.patience = len(self.code)
        """Characters that may be read again, where a string turned out to be none: it keeps the time linear."""

    def document(self) -> Document:
        root = self._root()
        scan, code = _TOKEN.match, self.code
        while self.stack and self.left > 0 and (match := scan(code, self.at)) is not None:
            if match.lastindex != _TEXT:
                self._token(match)
                continue
            self.at = match.end()
            begin, end = match.span(1)
            separator = match[2]
            if separator == ":" and self.expected == KEY:
                self.key, self.key_span, self.expected = match[1], (begin - 1, end + 1), VALUE
                continue
            self.scalar(TextNode, begin - 1, end + 1)
            if separator:
                self.separator(separator, self.at - 1)
        return Document(root, self.finish(), self.broken)

    def _root(self) -> Node:
        """The root, opened; an empty object where none begins."""
        while (match := _TOKEN.match(self.code, self.at)) is not None and match.lastindex == _COMMENT:
            self._comment(match)
        if match is None or match.lastindex != _OPEN:
            self.note_break(self.at, "no { or [ stands here")
            return self.top
        self.at = match.end()
        self.opened(match[_OPEN], match.start(_OPEN))
        return self.top

    def _token(self, match: re.Match[str]) -> None:
        """Reads a token of any kind but a plain string."""
        kind = match.lastindex or 0
        begin, self.at = match.start(kind), match.end()
        if kind == _OPEN:
            self.opened(match[kind], begin)
        elif kind == _CLOSE:
            self.closed(match[kind], begin)
        elif kind == _SEPARATOR:
            self.separator(match[kind], begin)
        elif kind == _WORD:
            self.scalar(WordNode, begin, self.at)
        elif kind == _QUOTE:
            self._string(begin)
        elif kind == _COMMENT:
            self._comment(match)
        else:
            self.note_break(begin, "a / stands where none may")

    def _comment(self, match: re.Match[str]) -> None:
        """Passes over a comment; over its marks alone where in broken text it holds quotes, as an address in lost code does."""
        begin, code = match.start(_COMMENT), self.code
        self.at = match.end()
        if match[_COMMENT] == "//":
            line_end = _LINE_END.search(code, self.at) if begin < self.last_line else None
            end = line_end.end() if line_end else 0
        else:
            end = code.find("*/", self.at) + 2 if self.comments else 0
            self.comments = end >= self.at
        if end < self.at:
            self.note_break(begin, "a comment begins here and never ends")
            return
        if (
            self.broken
            and self.patience > 0
            and code.find('"', begin, end) >= 0
            and not _LINE_BEGIN.search(code[max(begin - 99, 0) : begin])
        ):
            self.patience -= end - begin
        else:
            self.at = end

    def _string(self, begin: int) -> None:
        """A string with escapes, in other quotes, or one that is not closed as it should be."""
        quote = self.code[begin]
        if quote == '"':
            self._double(begin)
            return
        if self.expected in {KEY, VALUE}:
            end, closed = _string_end(self.code, begin)
            self.patience -= end - begin
            if (closed and _GOES_ON.match(self.code, end)) or self.patience < 0:
                self._text(begin, end, closed)
                return
        self.note_break(begin, f"a {quote} stands where none may")

    def _double(self, begin: int) -> None:
        """A string in double quotes; where it ends at what is the first quote of another one, its own was lost before that."""
        end, closed = _string_end(self.code, begin)
        if not closed:
            self.note_break(end, f"the document ends inside a string begun at line {self.line(begin)}")
        elif not _GOES_ON.match(self.code, end) and _STRING.match(self.code, end - 1) and self.patience > end - begin:
            self.note_break(begin, "a string begins here and is not closed")
            self.patience -= end - begin
            end, closed = self._lost_end(begin, end - 1), False
        self._text(begin, end, closed)

    def _lost_end(self, begin: int, quote: int) -> int:
        """Where a string that lost its closing quote ends: at its line's end, before brackets and commas of the document."""
        line_end = _LINE_END.search(self.code, begin, quote)
        stop = line_end.start() if line_end else quote
        return begin + 1 + len(self.code[begin + 1 : stop].rstrip(_LOOSE))

    def _text(self, begin: int, end: int, closed: bool) -> None:
        self.at = end
        self.scalar(TextNode if closed else UnclosedNode, begin, end)


def _string_end(code: str, begin: int) -> tuple[int, bool]:
    """Where the string that begins here ends, behind its closing quote; and whether it has one."""
    quote = code[begin]
    for match in _END[quote].finditer(code, begin + 1):
        if match[0][0] != "\\":
            return (match.end(), True) if match[0] == quote else (match.start(), False)
    return len(code), False
