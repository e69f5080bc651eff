"""What names in a script are bound to: each identifier's declaration and scope, and all places that refer to it.

Left: a scope tree of the whole script (fixes ask for few names). Left: names by text alone (minified code calls everything `t`).
Taken: the places of a name when it is asked for; the smallest scope around a place that declares the name is the one it refers to.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from linter.readers.js_values import Code
from linter.readers.trees import ancestors

FUNCTIONS = frozenset(
    "function_expression function_declaration arrow_function generator_function generator_function_declaration method_definition".split()
)
_BLOCKS = frozenset("statement_block program for_statement for_in_statement switch_body class_static_block".split())
_PATTERNS = frozenset("object_pattern array_pattern pair_pattern rest_pattern assignment_pattern object_assignment_pattern".split())
_IDENTIFIERS = frozenset("identifier shorthand_property_identifier shorthand_property_identifier_pattern".split())
MAX_PLACES = 5000
"""Places of one name; of a name with more nothing is certain."""


class TooTangled(Exception):
    """More work than a script may cost, or deeper than is looked."""


class Effort:
    """Counts the nodes that are looked at. Raises `TooTangled` when there were too many."""

    def __init__(self, units: int) -> None:
        self.left = units

    def spend(self, units: int = 1) -> None:
        """Counts `units`."""
        self.left -= units
        if self.left < 0:
            raise TooTangled


class Binding(NamedTuple):
    """A declared name: its scope [begin, end), and the identifiers that declare it. `kind`: var, let, function, param, import, class."""

    name: str
    begin: int
    end: int
    kind: str
    declared: tuple[Node, ...]

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from others."""
        return self.name, self.begin, self.end


class _Place(NamedTuple):
    node: Node
    declares: tuple[str, int, int] | None  # kind and scope


class Bindings:
    """The bindings of one script."""

    def __init__(self, code: Code, effort: Effort) -> None:
        self._code, self._effort = code, effort
        self._places: dict[str, list[_Place]] = {}
        self._bindings: dict[str, list[Binding]] = {}

    def places(self, name: str) -> list[Node]:
        """All identifiers of this name, in order; not keys, members, strings or comments."""
        return [place.node for place in self._of(name)]

    def of(self, identifier: Node) -> Binding | None:
        """What an identifier is bound to; None if it is a global that the script does not declare."""
        return self.named(self._code.of(identifier), identifier.start_byte)

    def named(self, name: str, at: int) -> Binding | None:
        """What `name` is bound to in the code at offset `at`."""
        around = [binding for binding in self._declared(name) if binding.begin <= at < binding.end]
        return min(around, key=lambda binding: binding.end - binding.begin, default=None)

    def references(self, binding: Binding) -> list[Node]:
        """All identifiers that refer to the binding; declaring ones are left out."""
        own = {node.start_byte for node in binding.declared}
        found = []
        for node in self.places(binding.name):
            if node.start_byte not in own and binding.begin <= node.start_byte < binding.end:
                bound = self.named(binding.name, node.start_byte)
                if bound is not None and bound.key == binding.key:
                    found.append(node)
        return found

    def _declared(self, name: str) -> list[Binding]:
        if name not in self._bindings:
            groups: dict[tuple[int, int], list[tuple[str, Node]]] = {}
            for place in self._of(name):
                if place.declares is not None:
                    groups.setdefault(place.declares[1:], []).append((place.declares[0], place.node))
            if not groups and len(name) <= 2:
                groups = self._implied(name)
            self._bindings[name] = [
                Binding(name, begin, end, rows[0][0], tuple(node for _, node in rows)) for (begin, end), rows in groups.items()
            ]
        return self._bindings[name]

    def _implied(self, name: str) -> dict[tuple[int, int], list[tuple[str, Node]]]:
        """A short name that is declared nowhere but set: a slip of minified code, which makes it a global."""
        for place in self._of(name):
            outer = place.node.parent
            is_set = outer is not None and outer.type == "assignment_expression" and outer.child_by_field_name("left") == place.node
            if is_set and _function_scope(place.node)[0] > 0:
                return {(0, 1 << 60): [("var", place.node)]}
        return {}

    def _of(self, name: str) -> list[_Place]:
        if name not in self._places:
            self._places[name] = list(self._find(name))
        return self._places[name]

    def _find(self, name: str) -> Iterator[_Place]:
        self._effort.spend(len(self._code.text) // 400)
        for count, match in enumerate(re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", self._code.text)):
            if count >= MAX_PLACES:
                raise TooTangled
            self._effort.spend(6)
            node = self._code.at(*match.span())
            if node is None or (node.start_byte, node.end_byte) != match.span():
                continue
            class_name = node.type == "type_identifier" and node.parent is not None and node.parent.type == "class_declaration"
            if node.type in _IDENTIFIERS or class_name:
                yield _Place(node, _declares(node))


def _declares(node: Node) -> tuple[str, int, int] | None:
    """(kind, scope begin, scope end) where an identifier declares its name."""
    child, parent = node, node.parent
    for _ in range(20):
        if parent is None or parent.type not in _PATTERNS:
            break
        if parent.type in ("assignment_pattern", "object_assignment_pattern") and parent.named_children[0] != child:
            return None
        if parent.type == "pair_pattern" and parent.child_by_field_name("value") != child:
            return None
        child, parent = parent, parent.parent
    return _declared_by(parent, child) if parent is not None else None


def _declared_by(parent: Node, child: Node) -> tuple[str, int, int] | None:
    match parent.type:
        case "variable_declarator" if parent.child_by_field_name("name") == child:
            is_var = parent.parent is not None and parent.parent.type == "variable_declaration"
            return ("var", *_function_scope(parent)) if is_var else ("let", *_block_scope(parent))
        case "function_declaration" | "generator_function_declaration" if parent.child_by_field_name("name") == child:
            return ("function", *_function_scope(parent.parent))
        case "class_declaration":
            return ("class", *_block_scope(parent))
        case "function_expression" | "generator_function" if parent.child_by_field_name("name") == child:
            return "function", parent.start_byte, parent.end_byte
        case "required_parameter" | "optional_parameter" if parent.child_by_field_name("pattern") == child:
            return ("param", *_function_scope(parent))
        case "arrow_function" if parent.child_by_field_name("parameter") == child:
            return "param", parent.start_byte, parent.end_byte
        case "catch_clause" if parent.child_by_field_name("parameter") == child:
            return "param", parent.start_byte, parent.end_byte
        case "for_in_statement" if parent.child_by_field_name("left") == child:
            kind = parent.child_by_field_name("kind")
            if kind is None:
                return None
            return ("var", *_function_scope(parent)) if kind.type == "var" else ("let", parent.start_byte, parent.end_byte)
        case "import_clause" | "namespace_import" | "import_specifier":
            alias = parent.child_by_field_name("alias")
            return ("import", 0, 1 << 60) if alias is None or alias == child else None
        case _:
            return None


def _function_scope(node: Node | None) -> tuple[int, int]:
    for outer in ancestors(node):
        if outer.type in FUNCTIONS:
            return outer.start_byte, outer.end_byte
    return 0, 1 << 60


def _block_scope(node: Node) -> tuple[int, int]:
    for outer in ancestors(node):
        if outer.type in FUNCTIONS or (outer.type in _BLOCKS and outer.type != "program"):
            return outer.start_byte, outer.end_byte
    return 0, 1 << 60
