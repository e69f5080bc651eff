"""Values of arguments and assignments in JavaScript, as far as the code alone says them."""

from tree_sitter import Node

from linter.evidence import Value, ValueKind
from linter.readers.js_values import MAX_FOLLOWED, WRAPPERS, Code, wrapped
from linter.readers.trees import first_named
from linter.reading import filled
from linter.text import HOLE

MAX_CODE = 200
"""Characters of an unknown value's code that are told."""
_MAX_ENTRIES = 60


def value_of(code: Code, node: Node, depth: int = 0) -> Value:
    """What an argument or an assigned expression is."""
    inner: Node | None = node
    while inner is not None and inner.type in WRAPPERS and inner.named_children:
        inner = wrapped(inner)
    if inner is not None and inner.type in ("identifier", "member_expression"):
        followed = code.resolve(inner) if inner.type == "identifier" else code.member(inner)
        if followed is not None and followed.type in ("object", "array") and depth < MAX_FOLLOWED:
            inner = followed
    if inner is None:
        return _unknown(code, node)
    if inner.type == "object" and depth < MAX_FOLLOWED:
        return Value("object", "", code.span(node), entries=tuple(_entries(code, inner, depth)))
    if inner.type == "array" and depth < MAX_FOLLOWED:
        items = tuple(value_of(code, item, depth + 1) for item in first_named(inner, _MAX_ENTRIES))
        return Value("array", "", code.span(node), items=items)
    text = code.text_of(inner)
    if text is None:
        return _unknown(code, node)
    if text.text and not text.text.replace(HOLE, ""):
        return _unknown(code, node)._replace(expression=filled(text))
    kind: ValueKind = "number" if inner.type == "number" else "text"
    return Value(kind, text.text, code.span(node), expression=filled(text) if HOLE in text.text else "")


def _unknown(code: Code, node: Node) -> Value:
    begin, end = code.span(node)
    text = code.slice.source.text[begin : min(end, begin + MAX_CODE)].strip("'\"`")
    return Value("unknown", text, (begin, end), expression=text)


def _entries(code: Code, node: Node, depth: int) -> list[tuple[str, Value]]:
    entries = []
    for child in first_named(node, _MAX_ENTRIES):
        value = child.child_by_field_name("value") if child.type == "pair" else None
        if value is not None:
            entries.append((code.key_of(child), value_of(code, value, depth + 1)))
        elif child.type == "shorthand_property_identifier":
            entries.append((code.of(child), _unknown(code, child)))
    return entries
