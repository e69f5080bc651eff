"""Flow collections of YAML: what looks like JSON, with plain scalars, aliases and pairs in brackets."""

import re
from collections.abc import Callable

from linter.gtm.builder import AFTER, COLON, MAX_DEPTH, MAX_NODES, VALUE, Builder
from linter.gtm.nodes import Node, WordNode
from linter.gtm.yaml_scalars import QuotedNode, Quotes, UnclosedQuotedNode, plain_node
from linter.text import Slice

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:([\[{])|([\]}])|(,|:(?=[ \t\r\n,\[\]{}]|\Z))|(["'])|\*([^\s,\[\]{}]+)"""
    r"""|((?:[&!][^\s,\[\]{}]*|\?)(?=[\s,\[\]{}]))|(\#)|(.))"""
)
_OPEN, _CLOSE, _SEPARATOR, _QUOTE, _ALIAS, _PROPERTY, _COMMENT = range(1, 8)
_PLAIN_END = re.compile(r":(?=[ \t\r\n,\[\]{}]|\Z)|(?<=[ \t])#|[,\[\]{}\r\n]|\Z")
_NEXT = re.compile(r"[ \t\r\n]*+([^ \t\r\n,\[\]{}:#])")
_LINE_END = re.compile(r"[\r\n]|\Z")

Alias = Callable[[str, int], Node]
"""Gives what the alias of a name stands for; the alias stands at an offset."""
Keep = Callable[[str, Node, int], None]
"""Takes what an anchor of a name stands for, and how many values that is."""


class FlowReader(Builder):
    """One collection that begins at `begin`; `alias` gives what a name stands for."""

    __slots__ = ("adjacent", "alias", "anchor", "anchors", "keep", "pairs", "quotes")

    def __init__(self, text: Slice, begin: int, quotes: Quotes, alias: Alias, keep: Keep, depth: int) -> None:
        super().__init__(text, begin, MAX_DEPTH - depth)
        self.quotes = quotes
        self.alias = alias
        self.keep = keep
        self.anchor = ""
        self.anchors: dict[int, tuple[str, int]] = {}
        """The names of open brackets by their depth, with the number of values that were left when they began."""
        self.pairs: list[int] = []
        """How deep the objects of one pair stand that have no brackets of their own."""
        self.adjacent = -1
        """The offset behind a quoted scalar or bracket, where a colon needs no blank."""

    def spent(self) -> int:
        """How many values were read."""
        return MAX_NODES - self.left

    def read(self) -> Node:
        """The collection that begins here; up to the text's end where it does not end."""
        root: Node | None = None
        while self.left > 0 and (root is None or self.stack) and (match := _TOKEN.match(self.code, self.at)) is not None:
            self._token(match)
            root = root or self.top
        self.finish()
        return root or self.top

    def _token(self, match: re.Match[str]) -> None:
        kind = match.lastindex or 0
        begin, self.at = match.start(kind), match.end()
        if kind == _OPEN:
            self.opened(match[kind], begin)
        elif kind == _CLOSE:
            self._end_pair()
            self._end_entry(begin)
            self.closed(match[kind], begin)
            self.adjacent = self.at
        elif kind == _SEPARATOR or (begin == self.adjacent and self.code[begin] == ":"):
            self._separated(self.code[begin], begin)
        elif kind == _QUOTE:
            self.at, closed = self.quotes.end(begin)
            self.adjacent = self.at
            if not closed:
                self.note_break(begin, "a string begins here and is not closed")
            self.scalar(QuotedNode if closed else UnclosedQuotedNode, begin, self.at)
        elif kind == _ALIAS:
            self.scalar(lambda *_: self.alias(match[_ALIAS], begin - 1), begin - 1, self.at)
        elif kind == _COMMENT and self.code[begin - 1] in " \t\r\n":
            line_end = _LINE_END.search(self.code, begin)
            self.at = line_end.start() if line_end else len(self.code)
        elif kind != _PROPERTY:
            self._plain(begin)
        elif match[kind][0] == "&":
            self.anchor = match[kind][1:]

    def _plain(self, begin: int) -> None:
        """A plain scalar, over lines where the next one goes on with it."""
        end = begin + 1
        while (match := _PLAIN_END.search(self.code, end)) is not None:
            end = match.start()
            following = _NEXT.match(self.code, end) if match[0] in {"\r", "\n"} else None
            if following is None:
                break
            end = following.end()
        while self.code[end - 1] in " \t" and end > begin + 1:
            end -= 1
        self.at = end
        self.scalar(plain_node, begin, end)

    def _separated(self, char: str, at: int) -> None:
        """A comma, or a colon, which in an array makes the value before it an object of one pair."""
        items = self.top.items
        if char == ",":
            self._end_pair()
            self._end_entry(at)
        elif items and self.expected == AFTER and items[-1].kind in {"text", "word"}:
            key = items.pop()
            self._push("{", key.begin)
            self._name(key, VALUE)
            self.pairs.append(len(self.stack))
            return
        if char == "," or self.expected != COLON:
            self.separator(char, at)
        else:
            self.expected = VALUE

    def _attach(self, node: Node) -> None:
        super()._attach(node)
        if self.anchor and node.kind in {"text", "word"}:
            self.keep(self.anchor, node, 1)
        elif self.anchor:
            self.anchors[len(self.stack)] = (self.anchor, self.left)
        self.anchor = ""

    def _pop(self, at: int) -> None:
        node = self.top
        super()._pop(at)
        name, left = self.anchors.pop(len(self.stack), ("", 0))
        if name:
            self.keep(name, node, left - self.left + 1)

    def _ends(self) -> bool:
        return True

    def _end_pair(self) -> None:
        if self.pairs and self.pairs[-1] == len(self.stack):
            self._end_entry(self.at)
            self._pop(self.at - 1)
            self.expected = AFTER
        while self.pairs and self.pairs[-1] > len(self.stack):
            self.pairs.pop()

    def _end_entry(self, at: int) -> None:
        """A key without a value, which YAML allows, has an empty one."""
        if self.top.kind == "object" and (self.expected == COLON or (self.expected == VALUE and self.top is not None)):
            self._attach(WordNode(self.text, at, at))
            self.expected = AFTER
