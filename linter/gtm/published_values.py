"""The values of a published container: lists whose first text says what they are, with variables (macros) by their number.

They are turned into what exports have: texts with `{{name}}` in them, and tables as `linter.gtm.export.rows_of` reads them.
"""

import re
from collections.abc import Iterator
from json import dumps
from typing import Literal, NamedTuple

from linter.gtm.nodes import ArrayNode, Node, ObjectNode
from linter.gtm.published_names import macro_names
from linter.text import HOLE, Piece, Slice, join

MAX_DEPTH = 30
"""Lists within lists that are followed; what is deeper stays as it is."""
MAX_VALUE = 2000
"""Characters of a constant that is put where it is referred to."""

_MIXED = frozenset({"macro", "template", "escape"})
_JS_STRING, _JS_VALUE = "7", "8"
"""Numbers of escapes: the inside of a string of JavaScript, and any value of it, which puts texts in quotes (read in gtm.js)."""
_PARKED = re.compile(r"\bdata-gtmsrc(?=\s*=)|\btext/gtmscript\b")
_LIVE = {"data-gtmsrc": "src", "text/gtmscript": "text/javascript"}


class Macros:
    """The variables of a published container by their number, and the names they get here."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.names = macro_names(nodes)

    def name(self, reference: Node) -> str:
        """The name of what `["macro", 3]` refers to, in braces: `{{Page Path}}`, `{{macro 3}}`."""
        number = _number(reference)
        return f"{{{{{self.names[number] if 0 <= number < len(self.names) else f'macro {number}'}}}}}"

    def constant(self, reference: Node) -> Node | None:
        """The text or word that a reference stands for, where that is a constant."""
        for _ in range(MAX_DEPTH):
            number = _number(reference)
            macro = self.nodes[number] if 0 <= number < len(self.nodes) else None
            kind = macro.get("function") if macro is not None else None
            value = macro.get("vtp_value") if macro is not None and kind is not None and kind.text == "__c" else None
            if value is None or value.kind in {"text", "word"}:
                return value
            reference = value
        return None


class MixedNode(Node):
    """A text put together from texts and variables: `["template", "id=", ["escape", ["macro", 3], 7]]`, or `["macro", 3]`.

    Its text and slice have `{{name}}` for a variable.
    """

    __slots__ = ("macros", "node")
    kind: Literal["text"] = "text"

    def __init__(self, node: Node, macros: Macros) -> None:
        super().__init__(node.document, node.begin, node.end)
        self.node = node
        self.macros = macros

    @property
    def text(self) -> str:
        return "".join(self.macros.name(part.node) if part.macro else part.node.text for part in _parts(self.node))

    def slice(self) -> Slice:
        parts = _parts(self.node)
        return self._joined([_made(part.node, self.macros.name(part.node)) if part.macro else part.node.slice() for part in parts])

    def code(self) -> Slice:
        """As the browser gets it: with the values of constants, escaped as asked for, and a `HOLE` for each other variable."""
        return self._joined([self._code(part) for part in _parts(self.node)])

    def _code(self, part: "_Part") -> Slice:
        if not part.macro:
            return part.node.slice()
        value = self.macros.constant(part.node)
        if value is not None and value.end - value.begin > MAX_VALUE:
            value = None
        return _made(part.node, _escaped(value.text, value.kind == "text", part.escapes) if value is not None else HOLE)

    def _joined(self, slices: list[Slice]) -> Slice:
        return join(slices) if slices else self.document.cut(self.begin, self.begin)


class _Part(NamedTuple):
    """A text, or a reference to a variable with the numbers of its escapes."""

    node: Node
    macro: bool
    escapes: tuple[str, ...]


def _parts(node: Node) -> Iterator[_Part]:
    waiting: list[tuple[Node, tuple[str, ...]]] = [(node, ())]
    while waiting:
        node, escapes = waiting.pop()
        head = head_of(node)
        if node.kind in {"text", "word"}:
            yield _Part(node, False, ())
        elif head == "template":
            waiting += [(part, escapes) for part in reversed(node.items[1:])]
        elif head == "escape" and len(node.items) > 1:
            waiting.append((node.items[1], (*escapes[:8], *(code.text for code in node.items[2:10]))))
        else:
            yield _Part(node, True, escapes)


def _made(node: Node, text: str) -> Slice:
    """A text that stands for what is written at the node."""
    return node.document.derive([Piece(text, node.begin, node.end)])


def _escaped(value: str, is_text: bool, escapes: tuple[str, ...]) -> str:
    if _JS_VALUE in escapes:
        return dumps(value) if is_text else f" {value} "
    return dumps(value)[1:-1].replace("'", "\\x27") if _JS_STRING in escapes else value


def _number(reference: Node) -> int:
    """The number of a variable; -1 where none is given."""
    given = reference.items[1].text if head_of(reference) == "macro" and len(reference.items) > 1 else ""
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 8 else -1


def head_of(node: Node) -> str:
    """The first text of a list, which says what it is: `list`, `map`, `template`, `macro`; "" of anything else."""
    return node.items[0].text if node.items and node.items[0].kind == "text" else ""


def value_node(node: Node, macros: Macros, depth: int = 0) -> Node:
    """A parameter's value in the form that exports have."""
    head = head_of(node) if depth < MAX_DEPTH else ""
    if head in _MIXED:
        return MixedNode(node, macros)
    if head == "map":
        return _cells(node, macros, depth)
    if head != "list":
        return node
    made = ArrayNode(node.document, node.begin, node.end)
    for entry in node.items[1:]:
        value = value_node(entry, macros, depth + 1)
        made.items.append(_object(entry.begin, entry.end, entry, {"map": value}) if head_of(entry) == "map" else value)
    return made


def _cells(node: Node, macros: Macros, depth: int) -> Node:
    made = ArrayNode(node.document, node.begin, node.end)
    for key, value in zip(node.items[1::2], node.items[2::2], strict=False):
        made.items.append(_object(key.begin, value.end, node, {"key": key, "value": value_node(value, macros, depth + 1)}))
    return made


def _object(begin: int, end: int, node: Node, entries: dict[str, Node]) -> Node:
    made = ObjectNode(node.document, begin, end)
    made.entries = entries
    return made


def html_parts(node: Node) -> Slice:
    """The text of a value as the browser gets it, with its places: see `MixedNode.code`.

    Scripts that Tag Manager starts itself are written as live ones (`data-gtmsrc` as `src`, the type `text/gtmscript` as
    `text/javascript`).
    """
    if node.kind == "array":
        node = MixedNode(node, Macros([]))
    text = node.code() if isinstance(node, MixedNode) else node.slice()
    if "gtmsrc" not in text.text and "gtmscript" not in text.text:
        return text
    return text.derive(_live(text.text))


def _live(text: str) -> Iterator[Piece]:
    last = 0
    for match in _PARKED.finditer(text):
        begin, end = match.span()
        yield Piece(text[last:begin], last, begin)
        yield Piece(_LIVE[match[0]], begin, end)
        last = end
    yield Piece(text[last:], last, len(text))
