"""What a piece of code does besides the vendor's work: nothing, or the first thing that stands in the way of taking it out.

Left: comparing with the stock snippets (each site has its own minified, reformatted or translated one). Left: a list of what
must not be in the code (what it does not name would be taken out as well). Taken: everything that code can do is foreign
unless it is known to reach no further than the code itself, the vendor's names, and elements that load from the vendor.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from linter.fixes.js_bindings import FUNCTIONS, Binding
from linter.fixes.js_calls import Calls
from linter.fixes.js_origins import Origins
from linter.fixes.js_program import Program, bare
from linter.fixes.js_slots import mentions
from linter.fixes.js_targets import Targets
from linter.readers.trees import ancestors

_SKIPPED = frozenset("type_annotation type_arguments type_parameters comment html_comment".split())
_BROKEN = "ERROR"
TYPES = frozenset("ambient_declaration interface_declaration type_alias_declaration enum_declaration module internal_module".split())
"""Statements that declare types, perhaps for other files."""
_LOOPS = frozenset("for_statement for_in_statement while_statement do_statement".split())
_REFUSED = {
    "export_statement": "it is exported",
    "class_declaration": "it defines a class",
    **dict.fromkeys(TYPES, "it declares a type"),
    "with_statement": "it uses `with`",
    "throw_statement": "it throws",
    "yield_expression": "it stands in a generator",
    "jsx_element": "it holds markup",
    "jsx_self_closing_element": "it holds markup",
    _BROKEN: "the code around it does not parse",
}


class Effects(NamedTuple):
    """`foreign` is what else the code does, or ""; `touched` are the names that it sets, changes or declares outside of itself."""

    foreign: str
    touched: tuple[Binding, ...] = ()


class Analysis:
    """The effects of parts of one script. `support` is how calls of shared helpers count: as the vendor's only while cleaning up."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.origins = Origins(program)
        self.targets = Targets(program, self.origins)
        self.calls = Calls(program, self.origins, self.targets)
        self.calls.is_pure = self._is_pure
        self.calls.is_loader = self._is_loader
        self._known: dict[tuple[int, int, str, bool, bool], Effects] = {}

    def of(self, *region: Node, to_end: bool = False) -> Effects:
        """The effects of the nodes, which follow one another, together; `to_end`: up to the end of their function."""
        key = (region[0].start_byte, region[-1].end_byte, region[0].type, self.calls.cleaning, to_end)
        if key not in self._known:
            self._known[key] = _Walk(self, region, to_end).effects()
        return self._known[key]

    def is_function(self, binding: Binding) -> bool:
        """Whether a name stands for a function."""
        return any(bare(value).type in FUNCTIONS for value in self.origins.values_of(binding))

    def is_harmless(self, binding: Binding) -> bool:
        """Whether a name stands for functions that do nothing but the vendor's work, and touch nothing outside of them."""
        functions = self.calls.functions(binding)
        return bool(functions) and all(
            function.type in FUNCTIONS and not self.of(function).foreign and not self._outside(self.of(function), function)
            for function in functions
        )

    def _is_pure(self, function: Node) -> bool:
        """Whether the code of a function changes nothing, and asks the vendor for nothing."""
        body = function.child_by_field_name("body")
        if body is None or mentions(self.program, body) or self.program.is_marked(body):
            return False
        effects = self.of(function)
        return not effects.foreign and all(
            function.start_byte <= row.begin < row.end <= function.end_byte for row in self._outside(effects, function)
        )

    def _is_loader(self, function: Node, given: tuple[int, ...]) -> bool:
        """Whether a function does no more than load what its arguments numbered `given` say, these being the vendor's.

        Functions that it is handed to be called are the caller's own: what they do is looked at where they stand.
        """
        parameters = function.child_by_field_name("parameters")
        rows = [row for row in parameters.named_children if row.type != "comment"] if parameters is not None else []
        names = [rows[number].child_by_field_name("pattern") for number in given if number < len(rows)]
        keys = {binding.key for name in names if name is not None and (binding := self.program.bindings.of(name)) is not None}
        if not keys or keys & self.targets.assumed:
            return False
        self.targets.assumed |= keys
        try:
            effects = _Walk(self, (function,), False).effects()
        finally:
            self.targets.assumed -= keys
        return not effects.foreign and not self._outside(effects, function)

    def _outside(self, effects: Effects, function: Node) -> list[Binding]:
        """What a function touches besides its own name."""
        name = function.child_by_field_name("name")
        return [row for row in effects.touched if name is None or row.name != self.program.of(name)]


class _Walk:
    def __init__(self, analysis: Analysis, region: tuple[Node, ...], to_end: bool) -> None:
        self._analysis, self._program = analysis, analysis.program
        self._region, self._to_end = region, to_end
        self._begin, self._end = region[0].start_byte, region[-1].end_byte
        self._touched: dict[tuple[str, int, int], Binding] = {}

    def effects(self) -> Effects:
        waiting = list(reversed(self._region))
        while waiting:
            node = waiting.pop()
            self._program.spend()
            if node.type in _SKIPPED:
                continue
            why = self._foreign(node)
            if why:
                return Effects(why)
            waiting.extend(reversed(node.named_children))
        return Effects("", tuple(self._touched.values()))

    def _foreign(self, node: Node) -> str:
        """What the node does that is not the vendor's, its children apart."""
        kind = node.type
        if self._program.kept and (node.start_byte, node.end_byte) in self._program.kept:
            return "it also holds something that is to stay"
        if node.is_missing:
            return _REFUSED[_BROKEN]
        if kind in _REFUSED:
            return _REFUSED[kind]
        match kind:
            case "assignment_expression" | "augmented_assignment_expression":
                return self._all(self._analysis.targets.set(node))
            case "update_expression":
                return self._all(self._analysis.targets.changed(node.named_children[0])) if node.named_children else ""
            case "unary_expression" if self._program.of(node).startswith("delete"):
                return self._all(self._analysis.targets.changed(node.named_children[0])) if node.named_children else ""
            case "call_expression" | "new_expression":
                return self._all(self._analysis.calls.look(node))
            case "return_statement":
                return self._returns(node)
            case "break_statement" | "continue_statement":
                return self._jump(node)
            case "variable_declarator" | "function_declaration" | "generator_function_declaration":
                return self._declares(node.child_by_field_name("name"))
            case "import_statement":
                return self._declares(node) if self._program.is_marked(node) else "it imports something else"
            case _:
                return ""

    def _all(self, found: Iterator[str | Binding]) -> str:
        """The first reason of those that are found; bindings are noted if they are not of the region."""
        for item in found:
            if isinstance(item, str):
                return item
            if not (self._begin <= item.begin and item.end <= self._end):
                self._touched[item.key] = item
        return ""

    def _declares(self, name: Node | None) -> str:
        waiting = [name] if name is not None else []
        while waiting:
            current = waiting.pop()
            self._program.spend()
            if current.type in ("identifier", "shorthand_property_identifier_pattern"):
                binding = self._program.bindings.of(current)
                if binding is not None:
                    self._all(iter((binding,)))
            else:
                waiting.extend(current.named_children)
        return ""

    def _is_inside(self, node: Node, kinds: frozenset[str]) -> bool:
        """Whether one of the kinds is around the node within the region."""
        for outer in ancestors(node.parent):
            if outer.start_byte < self._begin or outer.end_byte > self._end:
                return False
            if outer.type in kinds:
                return True
        return False

    def _returns(self, node: Node) -> str:
        value = node.named_children[0] if node.named_children else None
        empty = value is None or _says_nothing(value) or self._analysis.calls.is_vendors(value)
        if self._is_inside(node, FUNCTIONS) or (self._to_end and empty):
            return ""
        return "it ends the function around it"

    def _jump(self, node: Node) -> str:
        kinds = _LOOPS | {"switch_statement"} if node.type == "break_statement" else _LOOPS
        return "" if not node.named_children and self._is_inside(node, kinds) else "it leaves a loop"


def _says_nothing(node: Node) -> bool:
    """Whether a value is what a function gives that returns none: `undefined`, `void 0`."""
    node = bare(node)
    return node.type == "undefined" or (node.type == "unary_expression" and node.children[0].type == "void")
