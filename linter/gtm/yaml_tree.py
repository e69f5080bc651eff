"""YAML as the same tree as JSON: lenient, linear, never failing.

Read are block and flow collections, scalars of all styles, comments, anchors and aliases (an alias is the anchored node
itself), and of several documents the first that is a collection. Tags are passed over, `<<` is a key like any other.
"""

import re

from linter.gtm.nodes import ArrayNode, Broken, Document, Node, ObjectNode, WordNode
from linter.gtm.yaml_flow import FlowReader
from linter.gtm.yaml_lines import Lines
from linter.gtm.yaml_scalars import HEADER, QuotedNode, Quotes, UnclosedQuotedNode, plain_node, read_block
from linter.text import Slice

MAX_DEPTH = 80
"""Block collections within one another that are read; what is deeper is passed over."""
MAX_NODES = 500_000
"""Values that are read, those that aliases stand for included."""

_LINE_END = re.compile(r"[\r\n]|\Z")
_DASH = re.compile(r"-(?=[ \t\r\n]|\Z)[ \t]*+")
_MARK = re.compile(r":(?=[ \t\r\n]|\Z)|(?<=[ \t])#|[\r\n]|\Z")
_COLON = re.compile(r"[ \t]*+:(?=[ \t\r\n]|\Z)")
_PROPERTY = re.compile(r"(?:&([^\s,\[\]{}]+)|![^\s]*+)(?=[ \t\r\n]|\Z)[ \t]*+")
_ALIAS = re.compile(r"\*([^\s,\[\]{}]+)")
_PLAIN_END = re.compile(r"(?<=[ \t])#|[\r\n]|\Z")
_NO_PLAIN = frozenset("[]{},#&*!|>'\"%@`")


def parse_yaml(text: Slice) -> Document:
    """The first mapping or sequence of a YAML stream; an empty object where there is none."""
    return _Reader(text).document()


class _Reader(Lines):
    __slots__ = ("anchors", "count", "patient", "quotes", "text")

    def __init__(self, text: Slice) -> None:
        super().__init__(text.text)
        self.text = text
        self.count = 0
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.quotes = Quotes(self.code)
        self.patient = True
        """Whether a collection in brackets that never ends may be read again, up to the end of its line."""

    def document(self) -> Document:
        while self.at < len(self.code):
            self.begin_document()
            self.anchors, self.count = {}, 0
            root = self._node(-1, 0, keyed=False)
            self.pass_over(-1)
            if root.kind in {"object", "array"}:
                return Document(root, self.last, self.broken)
        broken = self.broken or Broken(0, "no mapping or sequence stands here")
        return Document(ObjectNode(self.text, 0, 0), len(self.code), broken)

    def _full(self) -> bool:
        if self.count <= MAX_NODES:
            return False
        self.note_break(self.at, f"the document holds more than {MAX_NODES} values; the rest is not read")
        self.at, self.indent = len(self.code), -1
        return True

    def _node(self, parent: int, depth: int, *, keyed: bool) -> Node:
        """The value that begins here, or on a line below and deeper than `parent`; `keyed`: it stands behind a key."""
        begin, before, anchor, inline = self.at, self.count, "", keyed
        self.count += 1
        while True:
            anchor = self._anchor() or anchor
            if not self.at_line_end():
                break
            self.skip_line()
            inline = False
            if self.indent <= parent and not (keyed and self.indent == parent and _DASH.match(self.code, self.at)):
                return WordNode(self.text, begin, begin)
        node = self._inline(parent, depth) if inline else self._content(parent, depth)
        if anchor:
            self._keep(anchor, node, self.count - before)
        return node

    def _anchor(self) -> str:
        """Passes over tags and anchors; gives the anchor's name."""
        name = ""
        while (match := _PROPERTY.match(self.code, self.at)) is not None:
            self.at = self.last = match.end()
            name = match[1] or name
        return name

    def _content(self, parent: int, depth: int) -> Node:
        """What begins in column `indent`: a collection, or a scalar."""
        listed = _DASH.match(self.code, self.at) is not None
        key = None if listed else self._key()
        if not listed and key is None:
            return self._inline(parent, depth)
        if depth >= MAX_DEPTH:
            self.note_break(self.at, f"lines stand more than {MAX_DEPTH} deep in one another; those further in are not read")
            begin = self.at
            self.skip_line()
            self.pass_over(parent)
            return WordNode(self.text, begin, begin)
        return self._mapping(self.indent, depth, key) if key is not None else self._sequence(self.indent, depth)

    def _mapping(self, column: int, depth: int, key: tuple[str, int, int] | None) -> Node:
        node = ObjectNode(self.text, key[1] if key else self.at, self.at)
        while key is not None and not self._full():
            name, begin, end = key
            node.entries[name] = self._node(column, depth + 1, keyed=True)
            node.keys[name] = (begin, end)
            self.pass_over(column)
            while self.indent == column and (key := self._key()) is None:
                self.note_break(self.at, "a key with a colon is missing")
                self.skip_line()
                self.pass_over(column)
            key = key if self.indent == column else None
        node.end = self.last
        return node

    def _sequence(self, column: int, depth: int) -> Node:
        node = ArrayNode(self.text, self.at, self.at)
        while self.indent == column and (dash := _DASH.match(self.code, self.at)) is not None and not self._full():
            self.last = self.at + 1
            self.at = dash.end()
            self.indent = self.at - self.line
            node.items.append(self._node(column, depth + 1, keyed=False))
            self.pass_over(column)
        node.end = self.last
        return node

    def _key(self) -> tuple[str, int, int] | None:
        """The key that stands here, and where; goes on behind its colon. None where there is no key."""
        begin = self.at
        char = self.code[begin]
        if char in "\"'":
            end, closed = self.quotes.end(begin)
            colon = _COLON.match(self.code, end) if closed else None
            name = QuotedNode(self.text, begin, end).text if colon else ""
        else:
            colon = _MARK.search(self.code, begin) if char not in _NO_PLAIN else None
            colon = colon if colon and colon[0] == ":" else None
            name = self.code[begin : colon.start()].rstrip(" \t") if colon else ""
            end = begin + len(name)
        if colon is None:
            return None
        self.last = colon.end()
        self.at = self.behind_blanks(colon.end())
        return name, begin, end

    def _inline(self, parent: int, depth: int) -> Node:
        """A scalar, a flow collection or an alias."""
        begin = self.at
        char = self.code[begin]
        if char in "[{":
            return self._flow(begin, depth)
        if char in "\"'":
            end, closed = self.quotes.end(begin)
            if not closed:
                self.note_break(begin, "a string begins here and is not closed")
            self.finish_line(end)
            return (QuotedNode if closed else UnclosedQuotedNode)(self.text, begin, end)
        header = HEADER.match(self.code, begin) if char in "|>" else None
        if header is not None:
            return self._block(header, parent)
        alias = _ALIAS.match(self.code, begin) if char == "*" else None
        if alias is not None:
            self.finish_line(alias.end())
            return self._alias(alias[1], begin)
        return self._plain(parent)

    def _alias(self, name: str, begin: int) -> Node:
        node, size = self.anchors.get(name, (None, 0))
        if node is None:
            self.note_break(begin, f"no anchor &{name[:60]} stands above")
        elif self.count + size <= MAX_NODES:
            self.count += size
            return node
        return WordNode(self.text, begin, begin + 1 + len(name))

    def _flow(self, begin: int, depth: int) -> Node:
        reader = FlowReader(self.text, begin, self.quotes, self._alias, self._keep, depth)
        node = reader.read()
        if reader.stack and self.patient:
            self.patient = False
            line_end = _LINE_END.search(self.code, begin)
            whole = self.text.cut(0, line_end.start() if line_end else len(self.code))
            reader = FlowReader(whole, begin, self.quotes, self._alias, self._keep, depth)
            node = reader.read()
        self.count += reader.spent()
        self.broken = self.broken or reader.broken
        self.finish_line(node.end)
        return node

    def _keep(self, name: str, node: Node, size: int) -> None:
        self.anchors[name] = (node, size)

    def _plain(self, parent: int) -> Node:
        """A plain scalar; lines deeper than `parent` go on with it, up to a comment."""
        begin = stop = self.at
        while True:
            match = _PLAIN_END.search(self.code, self.at)
            end = match.start() if match else len(self.code)
            stop = self.at + len(self.code[self.at : end].rstrip(" \t"))
            self.at = end
            self.skip_line()
            if self.indent <= parent or "#" in self.code[end : self.at]:
                break
            mark = _MARK.search(self.code, self.at)
            if mark and mark[0] == ":":
                self.note_break(self.at, "a key stands inside a text")
        self.last = stop
        return plain_node(self.text, begin, stop)

    def _block(self, header: re.Match[str], parent: int) -> Node:
        node = read_block(self.text, header, parent)
        self.at, self.last = node.last, node.end
        self.next_line()
        return node
