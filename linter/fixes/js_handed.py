"""What code hands over to be called: to timers and listeners, and to the vendor."""

from collections.abc import Iterator

from tree_sitter import Node

from linter.fixes.js_bindings import FUNCTIONS, Binding
from linter.fixes.js_origins import Origins
from linter.fixes.js_program import Program, bare, function_around, walk
from linter.fixes.js_targets import Targets, shown

_CALLBACK = "callback"


class Handed:
    """Looks at arguments: gives bindings of functions that are called, and reasons why handing them over is more than the vendor's."""

    def __init__(self, program: Program, origins: Origins, targets: Targets) -> None:
        self._program, self._origins, self._targets = program, origins, targets

    def is_function(self, value: Node) -> bool:
        """Whether a value is a function of the script."""
        value = bare(value)
        return value.type in FUNCTIONS or (value.type == "identifier" and self._origins.of(value) == "fresh")

    def deferred(self, values: list[Node]) -> Iterator[str | Binding]:
        """Functions that are called later: written out, or declared and then used nowhere else; none may stop what calls it."""
        for value in map(bare, values):
            if value.type in FUNCTIONS:
                yield from self._gives_nothing(value)
            elif value.type == "identifier" and self._origins.of(value) == "fresh":
                yield from self._targets.owners(value)
            elif value.type == "identifier" and self._program.bindings.of(value) is not None and value == bare(values[0]):
                yield f"it hands over {shown(self._program, value)}"

    def _gives_nothing(self, function: Node) -> Iterator[str]:
        """`return false` in a handler holds up what the visitor did."""
        body = function.child_by_field_name("body")
        if body is None or body.type != "statement_block":
            return
        for node in walk(body, self._program):
            if node.type == "return_statement" and node.named_children and function_around(node) == function:
                value = bare(node.named_children[0])
                if value.type in ("false", "identifier", "string"):
                    yield f"it returns {shown(self._program, value)}"

    def to_vendor(self, values: list[Node]) -> Iterator[str | Binding]:
        """What the vendor is given must not be what it calls back: code that waits for it would never run."""
        for value in values:
            for node in walk(value, self._program):
                if node.type in ("identifier", "shorthand_property_identifier"):
                    binding = self._program.bindings.of(node)
                    called = node.parent is not None and node.parent.child_by_field_name("function") == node
                    if binding is not None and not called and (binding.kind == "function" or self._is_declared_function(node)):
                        yield binding
                elif node.type == "pair" and _CALLBACK in self._program.code.key_of(node).lower():
                    given = node.child_by_field_name("value")
                    if given is not None and bare(given).type not in (*FUNCTIONS, "number", "string", "null", "undefined"):
                        yield f"it hands over {shown(self._program, given)} to be called"

    def _is_declared_function(self, name: Node) -> bool:
        value = self._program.code.resolve(name)
        return value is not None and bare(value).type in FUNCTIONS
