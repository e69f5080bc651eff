"""Ids that stay as names: `export const PIXEL_ID = "123"` keeps its name, which other code may ask for, and loses its value.

A pixel without an id is one that is switched off, as it is where the variable of the environment is not set. Only where what is
left of the file does no more with the id than ask whether there is one, and where code of the vendor goes with it.
"""

import re
from collections.abc import Sequence

from tree_sitter import Node

from linter.evidence import Call, Setting, Span, Url
from linter.fixes.component_tree import Jsx, Trees
from linter.fixes.model import Edit, Task
from linter.readers.js_values import WRAPPERS
from linter.readers.trees import ancestors
from linter.reading import covering

_NO_USE = frozenset("comment html_comment string_fragment jsx_text property_identifier regex_pattern escape_sequence".split())
_ENVIRONMENT = re.compile(r"(?:process\.env|import\.meta\.env)(?:\.\w+|\[[^\]]{1,80}\])!?")
_COMPARISONS = frozenset({"==", "===", "!=", "!=="})
_DEEP = 8
MAX_PLACES = 60
"""Places of one name that are looked at."""


def blanked(task: Task, trees: Trees, gone: Sequence[Span]) -> dict[int, Edit]:
    """The edits that take the values of ids, by the numbers of the matches. `gone` are source spans that go, sorted."""
    vendors = {match.vendor for match in task.matches if not isinstance(match.evidence, Setting)}
    going = sorted([*gone, *(match.evidence.span for match in task.matches if isinstance(match.evidence, Call | Url))])
    found: dict[int, Edit] = {}
    for number, match in enumerate(task.matches):
        if not isinstance(match.evidence, Setting) or match.vendor not in vendors or covering(match.evidence.span, gone):
            continue
        jsx = trees.holding(match.evidence.span)
        edit = _blank(jsx, match.evidence.span, going) if jsx is not None else None
        found |= {number: edit} if edit is not None else {}
    return found


def _blank(jsx: Jsx, span: Span, going: Sequence[Span]) -> Edit | None:
    declarator = next((outer for outer in ancestors(jsx.at(span)) if outer.type == "variable_declarator"), None)
    statement = declarator.parent if declarator is not None else None
    name = declarator.child_by_field_name("name") if declarator is not None else None
    value = declarator.child_by_field_name("value") if declarator is not None else None
    if statement is None or name is None or value is None or name.type != "identifier" or not jsx.of(statement).startswith("const"):
        return None
    if not _is_id(jsx, value, 0) or not all(_is_asked(jsx, place) for place in _places(jsx, name, going)):
        return None
    begin, end = jsx.span(value)
    if value.type == "string":
        return Edit(begin + 1, end - 1)
    quote = '"' if jsx.text.count('"') > jsx.text.count("'") else "'"
    return Edit(begin, end, "0" if value.type == "number" else quote * 2)


def _is_id(jsx: Jsx, value: Node, depth: int) -> bool:
    """Whether a value is written out, or read from the environment."""
    if value.type in WRAPPERS and value.named_children and depth < _DEEP:
        return _is_id(jsx, value.named_children[0], depth + 1)
    if value.type == "binary_expression" and depth < _DEEP:
        sides = value.child_by_field_name("left"), value.child_by_field_name("right")
        operator = value.child_by_field_name("operator")
        return operator is not None and operator.type in ("||", "??") and all(s is not None and _is_id(jsx, s, depth + 1) for s in sides)
    return value.type in ("string", "number") or _ENVIRONMENT.fullmatch(jsx.of(value)) is not None


def _places(jsx: Jsx, name: Node, going: Sequence[Span]) -> list[Node | None]:
    """Where a name stands besides its declaration and what goes."""
    found: list[Node | None] = []
    if not jsx.code.scan():
        return [None]
    for match in re.finditer(rf"(?<![\w$.]){re.escape(jsx.of(name))}(?![\w$])", jsx.text):
        span = jsx.base + match.start(), jsx.base + match.end()
        if len(found) > MAX_PLACES:
            return [None]
        if covering(span, going):
            continue
        node = jsx.at(span)
        if node is None or (node.type not in _NO_USE and node != name):
            found.append(node)
    return found


def _is_asked(jsx: Jsx, place: Node | None) -> bool:
    """Whether a place only asks whether there is a value, or hands the name on to other files."""
    node = place
    for outer in ancestors(place.parent) if place is not None else ():
        kind = outer.type
        if kind in ("export_specifier", "export_clause"):
            return True
        if node is not None and node == outer.child_by_field_name("condition"):
            return True
        operator = outer.child_by_field_name("operator")
        if kind == "binary_expression" and operator is not None and operator.type in ("&&", "||"):
            if node == outer.child_by_field_name("left") and operator.type == "&&":
                return True
        elif kind == "binary_expression" and (operator is None or operator.type not in _COMPARISONS):
            return False
        elif kind not in ("binary_expression", "unary_expression", "parenthesized_expression", "non_null_expression"):
            return kind == "array" and outer.parent is not None and outer.parent.type == "arguments"
        node = outer
    return False
