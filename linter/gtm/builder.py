"""What JSON and YAML's flow collections share: brackets, commas and colons to a tree, also where they are not well formed."""

import re
from collections.abc import Callable

from linter.gtm.nodes import ArrayNode, Broken, Kind, Node, ObjectNode
from linter.text import Slice

MAX_DEPTH = 200
"""Brackets within brackets whose values are in the tree; what is deeper is passed over."""
MAX_NODES = 500_000
"""Values of a document that are read: those of an export of 25 MB."""

KEY, COLON, VALUE, AFTER = range(4)
"""What is expected next: a key, the colon behind it, a value, the comma behind that."""

Make = Callable[[Slice, int, int], Node]
"""Makes the node of a text or a word, of the document's text and its offsets there."""

_BRACKET = re.compile(r"[\[\]{}]|\"")
_DOUBLE_END = re.compile(r'(?:\\.)++|"', re.S)
_NO_MORE = re.compile(r"[\s);]*+\Z")
_MORE = re.compile(r"\s*+[,\]})]")


class Builder:
    """Takes what a tokenizer sees, in order, and keeps the tree. The first break is told, this and all others are mended."""

    __slots__ = ("at", "broken", "code", "expected", "key", "key_span", "left", "limit", "open", "stack", "text", "top")

    def __init__(self, text: Slice, begin: int, limit: int = MAX_DEPTH) -> None:
        self.text = text
        self.code = text.text
        self.at = begin
        """Where reading goes on."""
        self.broken: Broken | None = None
        self.stack: list[Node] = []
        self.top: Node = ObjectNode(text, begin, begin)
        self.open = {"object": 0, "array": 0}
        self.expected = VALUE
        self.key = ""
        self.key_span = (0, 0)
        self.left = MAX_NODES
        self.limit = limit

    def finish(self) -> int:
        """Where the root ends. What is still open ends there, too."""
        if self.left <= 0:
            self.note_break(self.at, f"the document holds more than {MAX_NODES} values; the rest is not read")
        elif self.stack:
            self.at = len(self.code)
            self.note_break(self.at, f"the document ends inside an {self.top.kind} begun at line {self.line(self.top.begin)}")
        for node in self.stack:
            node.end = self.at
        return self.at

    def line(self, at: int) -> int:
        """The line in the source of an offset in the document's text."""
        return self.text.source.line_number(self.text.span(at, at)[0])

    def note_break(self, at: int, why: str) -> None:
        """Keeps the first break."""
        self.broken = self.broken or Broken(at, why)

    def scalar(self, make: Make, begin: int, end: int) -> None:
        """A text or a word: a value, or a key where one is expected. What stands where a colon should was the key itself."""
        if self.expected == VALUE:
            self._attach(make(self.text, begin, end))
            self.expected = AFTER
        elif self.top.kind == "array":
            self.note_break(begin, "a comma or ] is missing")
            self._attach(make(self.text, begin, end))
        else:
            if self.expected != KEY:
                self.note_break(begin, "a colon is missing" if self.expected == COLON else "a comma or } is missing")
            self._name(make(self.text, begin, end), COLON)

    def separator(self, char: str, at: int) -> None:
        """A comma or a colon."""
        if char == ":":
            self._colon(at)
            return
        if self.expected == COLON:
            self.note_break(at, "a colon is missing")
        elif self.expected != AFTER:
            self.note_break(at, "a value is missing")
        self.expected = VALUE if self.top.kind == "array" else KEY

    def opened(self, bracket: str, begin: int) -> None:
        """An opening bracket. One that no key or comma announces goes into the innermost array, else under a made-up key."""
        if self.expected == COLON:
            self.note_break(begin, "a colon is missing")
        elif self.expected != VALUE:
            self.note_break(begin, "a comma or ] is missing" if self.top.kind == "array" else "a key, a comma or a } is missing")
            if self.open["array"]:
                self._pop_to("array", begin)
            else:
                self._unnamed(begin)
        if len(self.stack) < self.limit:
            self._push(bracket, begin)
            return
        self.note_break(begin, f"brackets stand more than {MAX_DEPTH} deep in one another; those further in are not read")
        self.at = _skipped(self.code, begin)
        self.expected = AFTER

    def closed(self, bracket: str, begin: int) -> None:
        """A closing bracket: what it closes, and what is still open in that, ends."""
        kind: Kind = "array" if bracket == "]" else "object"
        if self.top.kind == kind:
            if self.expected == COLON or (self.expected == VALUE and kind == "object"):
                self.note_break(begin, "a value is missing")
        elif self.open[kind]:
            self.note_break(begin, f"the {self.top.kind} begun at line {self.line(self.top.begin)} is not closed before this {bracket}")
            self._pop_to(kind, begin)
        else:
            self.note_break(begin, f"this {bracket} closes nothing")
            return
        if len(self.stack) > 1 or self._ends():
            self._pop(self.at)
        self.expected = AFTER

    def _ends(self) -> bool:
        """Whether the root may end here: broken text goes on to its end, and so does a document with nothing before it."""
        more = _MORE.match(self.code, self.at)
        if more is not None and not self.broken and not self.code[: self.top.begin].strip():
            self.note_break(more.end() - 1, "the document goes on behind its last bracket")
        return not self.broken or _NO_MORE.match(self.code, self.at) is not None

    def _name(self, node: Node, expected: int) -> None:
        self.key, self.key_span, self.expected = node.text, (node.begin, node.end), expected

    def _unnamed(self, at: int) -> None:
        """A made-up key for the value that comes."""
        self.key, self.key_span, self.expected = f"?{len(self.top.entries) + 1}", (at, at), VALUE

    def _attach(self, node: Node) -> None:
        self.left -= 1
        if self.top.kind == "array":
            self.top.items.append(node)
        else:
            self.top.entries[self.key] = node
            self.top.keys[self.key] = self.key_span

    def _colon(self, at: int) -> None:
        """Behind a value of an array: it was the first key of an object whose bracket is missing."""
        if self.expected == COLON:
            self.expected = VALUE
            return
        self.note_break(at, "a colon stands where none may")
        top = self.top
        if self.expected == AFTER and top.items and top.items[-1].kind in {"text", "word"}:
            key = top.items.pop()
            self._push("{", key.begin)
            self._name(key, VALUE)
        elif self.expected != VALUE and top.kind == "object":
            self._unnamed(at)

    def _push(self, bracket: str, begin: int) -> None:
        node = ObjectNode(self.text, begin, begin) if bracket == "{" else ArrayNode(self.text, begin, begin)
        if self.stack:
            self._attach(node)
        self.stack.append(node)
        self.top = node
        self.open[node.kind] += 1
        self.expected = KEY if bracket == "{" else VALUE

    def _pop_to(self, kind: Kind, at: int) -> None:
        """Ends all that is open in the innermost bracket of this kind."""
        while self.top.kind != kind:
            self._pop(at)

    def _pop(self, at: int) -> None:
        node = self.stack.pop()
        node.end = at
        self.open[node.kind] -= 1
        self.top = self.stack[-1] if self.stack else node


def _skipped(code: str, begin: int) -> int:
    """The offset behind the brackets that begin here."""
    depth, at = 0, begin
    while (match := _BRACKET.search(code, at)) is not None:
        at = match.end()
        if match[0] == '"':
            at = next((mark.end() for mark in _DOUBLE_END.finditer(code, at) if mark[0] == '"'), len(code))
            continue
        depth += 1 if match[0] in "[{" else -1
        if not depth:
            return at
    return len(code)
