"""Scripts in constants that an element shows: `const code = "..."; <script dangerouslySetInnerHTML={{__html: code}} />`."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.component_tree import Jsx, Standing, Trees, standing_of
from linter.readers.trees import ancestors

_TRIMMED = re.compile(r"\.trim\(\)\s*\Z")
MAX_USES = 20
"""Places where one constant is shown."""


def shown_by(trees: Trees, span: Span) -> list[Standing]:
    """The elements that show the constant in whose text a source span stands; none where it is used otherwise."""
    jsx = trees.holding(span)
    node = jsx.at(span) if jsx is not None else None
    if jsx is None or node is None:
        return []
    declarator = _declarator(jsx, node)
    name = declarator.child_by_field_name("name") if declarator is not None else None
    if name is None or name.type != "identifier":
        return []
    found: list[Standing] = []
    for use in _uses(jsx, name):
        standing = standing_of(jsx, use) if use is not None else None
        if standing is None or len(found) >= MAX_USES:
            return []
        found.append(standing._replace(node=node))
    return found


def text_of_name(jsx: Jsx, name: Node) -> Node | None:
    """The string that a constant holds; None where the name is declared otherwise, or more than once."""
    value: Node | None = None
    if not jsx.code.scan():
        return None
    for match in re.finditer(rf"(?<![\w$.])(?:const)\s+({re.escape(jsx.of(name))})\s*(?::[^=;\n]{{1,60}})?=", jsx.text):
        node = jsx.at((jsx.base + match.start(1), jsx.base + match.end(1)))
        declarator = node.parent if node is not None else None
        if declarator is None or declarator.type != "variable_declarator" or value is not None:
            return None
        value = declarator.child_by_field_name("value")
    return _string(jsx, value) if value is not None else None


def _string(jsx: Jsx, value: Node) -> Node | None:
    if value.type == "call_expression" and _TRIMMED.search(jsx.of(value)[-40:]):
        function = value.child_by_field_name("function")
        value = (function.child_by_field_name("object") if function is not None else None) or value
    return value if value.type in ("string", "template_string") else None


def _declarator(jsx: Jsx, node: Node) -> Node | None:
    """The declaration of the constant whose whole value is the string around `node`."""
    for outer in ancestors(node):
        if outer.type == "variable_declarator":
            value, statement = outer.child_by_field_name("value"), outer.parent
            string = _string(jsx, value) if value is not None else None
            inside = string is not None and string.start_byte <= node.start_byte and node.end_byte <= string.end_byte
            is_const = statement is not None and jsx.of(statement).startswith("const")
            return outer if inside and is_const else None
    return None


def _uses(jsx: Jsx, name: Node) -> Iterator[Node | None]:
    """The other places of a name; None for what is no plain use."""
    if not jsx.code.scan():
        yield None
        return
    for match in re.finditer(rf"(?<![\w$]){re.escape(jsx.of(name))}(?![\w$])", jsx.text):
        node = jsx.at((jsx.base + match.start(), jsx.base + match.end()))
        if node is None or node.type in ("comment", "string_fragment", "jsx_text", "property_identifier") or node == name:
            continue
        yield node if node.type == "identifier" else None
