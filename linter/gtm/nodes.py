"""The values of a document, JSON or YAML: each knows its place and decodes itself when asked."""

from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple

from linter import decoders
from linter.text import Slice

Kind = Literal["object", "array", "text", "word"]


class Node:
    """One value of a document; `begin` and `end` are offsets in the document's slice, quotes and brackets included."""

    __slots__ = ("begin", "document", "end")

    kind: Kind = "word"
    entries: ClassVar[dict[str, "Node"]] = {}
    """Of an object, in order; the last of equal keys wins. Empty for all else."""
    keys: ClassVar[dict[str, tuple[int, int]]] = {}
    """Of an object: where each key stands in the document's text, its quotes included. Empty for all else."""
    items: ClassVar[list["Node"]] = []
    """Of an array. Empty for all else."""

    def __init__(self, document: Slice, begin: int, end: int) -> None:
        self.document = document
        self.begin = begin
        self.end = end

    @property
    def text(self) -> str:
        """The value of a text, decoded anew each time; the raw word of a number, true, false or null; else ""."""
        return ""

    def slice(self) -> Slice:
        """The decoded text with its places (of a text: what stands between the quotes); all else as it is written."""
        return self.document.cut(self.begin, self.end)

    def span(self) -> tuple[int, int]:
        """The source span, quotes and brackets included."""
        return self.document.span(self.begin, self.end)

    def get(self, key: str) -> "Node | None":
        """The value under a key of an object; None where there is none, and of anything else."""
        return self.entries.get(key)


class ObjectNode(Node):
    """An object. Of its entries those that a broken document gave no key are under `?1`, `?2` and so on."""

    __slots__ = ("entries", "keys")
    kind = "object"
    entries: dict[str, Node]  # type: ignore[misc]
    keys: dict[str, tuple[int, int]]  # type: ignore[misc]

    def __init__(self, document: Slice, begin: int, end: int) -> None:
        self.document = document
        self.begin = begin
        self.end = end
        self.entries = {}
        self.keys = {}


class ArrayNode(Node):
    """An array."""

    __slots__ = ("items",)
    kind = "array"
    items: list[Node]  # type: ignore[misc]

    def __init__(self, document: Slice, begin: int, end: int) -> None:
        self.document = document
        self.begin = begin
        self.end = end
        self.items = []


class WordNode(Node):
    """A number, true, false, null, or whatever else stands without quotes."""

    __slots__ = ()

    @property
    def text(self) -> str:
        return self.document.text[self.begin : self.end]


class TextNode(Node):
    """A string of JSON in double quotes, or of JavaScript in single quotes or backticks."""

    __slots__ = ()
    kind = "text"
    unclosed = False

    def inside(self) -> tuple[int, int]:
        """Where the text between the quotes stands in the document's text."""
        return self.begin + 1, self.end if self.unclosed else self.end - 1

    @property
    def text(self) -> str:
        begin, end = self.inside()
        raw = self.document.text[begin:end]
        return raw if "\\" not in raw and "\r" not in raw else self._decoded() or self.slice().text

    def _decoded(self) -> str:
        """The text of a string of JSON, decoded quickly; "" where it has to be decoded piece by piece."""
        from json import loads

        written = self.document.text[self.begin : self.end]
        if written[0] != '"' or self.unclosed:
            return ""
        try:
            text = str(loads(written, strict=False))
            text.encode("utf-16")
        except ValueError:  # an escape that JSON does not know, half of a surrogate pair
            return ""
        return text

    def slice(self) -> Slice:
        raw = self.document.cut(*self.inside())
        return decoders.json_string(raw) if self.document.text[self.begin] == '"' else decoders.js_string(raw)


class UnclosedNode(TextNode):
    """A string without its closing quote."""

    __slots__ = ()
    unclosed = True


class Broken(NamedTuple):
    """Where a document is not well formed: offset in its text, and what is wrong there in plain words."""

    at: int
    why: str


class Document(NamedTuple):
    """`root` is an object or array (an empty object where nothing could be read); `end` is where it ends in the text.

    `broken` is the first place where the document is not well formed.
    """

    root: Node
    end: int
    broken: Broken | None


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it in the document's order; what several aliases of YAML stand for comes once."""
    waiting = [node]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if node.kind in {"object", "array"}:
            if id(node) in seen:
                continue
            seen.add(id(node))
            waiting += reversed(node.items or list(node.entries.values()))
        yield node
