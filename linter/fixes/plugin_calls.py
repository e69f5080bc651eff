"""Plugins that an application is given by a call (`app.use(Plugin, {...})`): the call goes, and the import with it."""

import re
from collections.abc import Sequence

from tree_sitter import Node

from linter.evidence import Import
from linter.fixes.component_comments import Speaks
from linter.fixes.component_names import unused
from linter.fixes.component_tree import Jsx, Trees
from linter.fixes.lines import widened
from linter.fixes.model import Edit, Task
from linter.readers.trees import ancestors

_USES = frozenset({"use"})
MAX_PLACES = 20
"""Places of one imported name that are looked at."""


def use_statements(task: Task, trees: Trees, numbers: Sequence[int]) -> dict[int, tuple[Edit, ...]]:
    """The edits that take imported plugins out of an application, by the numbers of the matches that import them."""
    found: dict[int, tuple[Edit, ...]] = {}
    for number in numbers:
        match = task.matches[number]
        jsx = trees.holding(match.evidence.span) if isinstance(match.evidence, Import) else None
        if jsx is None:
            continue
        statement = _import_around(jsx.at(match.evidence.span))
        edits = _edits(jsx, statement, Speaks({match.vendor}, task.catalog)) if statement is not None else []
        if edits:
            found[number] = tuple(edits)
    return found


def _import_around(node: Node | None) -> Node | None:
    return next((outer for outer in ancestors(node) if outer.type == "import_statement"), None)


def _edits(jsx: Jsx, statement: Node, speaks: Speaks) -> list[Edit]:
    names = bound_names(jsx, statement)
    places = [place for name in names for place in places_of(jsx, name, statement)]
    calls = [_use_of(jsx, place) for place in places[: MAX_PLACES + 1]]
    if not calls or len(places) > MAX_PLACES or any(call is None for call in calls):
        return []
    text = jsx.part.text.source.text
    edits = [Edit(*_span(jsx, text, call)) for call in calls if call is not None]
    gone = [(edit.begin, edit.end) for edit in edits]
    spare = [row.edit for row in unused(jsx, gone, speaks)]
    begin, end = jsx.span(statement)
    own = [] if any(edit.begin <= begin and end <= edit.end for edit in spare) else [Edit(*widened(text, begin, end))]
    return [*dict.fromkeys(edits), *spare, *own]


def bound_names(jsx: Jsx, statement: Node) -> list[str]:
    """The local names that an import binds."""
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    found: list[str] = []
    for child in clause.named_children if clause is not None else ():
        if child.type == "named_imports":
            found += [jsx.of(s.child_by_field_name("alias") or s.named_children[0]) for s in child.named_children if s.named_children]
        else:
            found.append(jsx.of(child.named_children[-1]) if child.type == "namespace_import" else jsx.of(child))
    return found


def places_of(jsx: Jsx, name: str, statement: Node) -> list[Node]:
    """Where a name is used outside of the statement that binds it; strings and comments are no uses."""
    found: list[Node] = []
    for match in re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", jsx.text):
        if statement.start_byte <= match.start() < statement.end_byte:
            continue
        node = jsx.at((jsx.base + match.start(), jsx.base + match.end()))
        if node is not None and node.type not in ("comment", "string_fragment", "jsx_text", "property_identifier", "regex_pattern"):
            found.append(node)
    return found


def _use_of(jsx: Jsx, place: Node) -> Node | None:
    """The call `x.use(...)` whose argument is a name, or what a call of it gives."""
    node = place
    for outer in ancestors(place.parent):
        if outer.type == "arguments" and outer.parent is not None:
            function = outer.parent.child_by_field_name("function")
            name = function.child_by_field_name("property") if function is not None and function.type == "member_expression" else None
            if name is not None and jsx.of(name) in _USES and outer.named_children[0] == node:
                return outer.parent
            return None
        if outer.type != "call_expression" or outer.child_by_field_name("function") != node:
            return None
        node = outer
    return None


def _span(jsx: Jsx, text: str, call: Node) -> tuple[int, int]:
    """The source span of the statement that is only this call, else of the link `.use(...)` of a chain."""
    function = call.child_by_field_name("function")
    owner = function.child_by_field_name("object") if function is not None else None
    parent = call.parent
    if (
        owner is not None
        and parent is not None
        and parent.type == "expression_statement"
        and owner.type in ("identifier", "member_expression")
    ):
        return widened(text, *jsx.span(parent))
    begin = owner.end_byte if owner is not None else call.start_byte
    return jsx.base + begin, jsx.base + call.end_byte
