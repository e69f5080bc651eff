"""What code sets: names and members that are the vendor's, or its own, and what else."""

from collections.abc import Iterator

from tree_sitter import Node

from linter.fixes.js_bindings import Binding
from linter.fixes.js_origins import Origins
from linter.fixes.js_program import DEEP, Program, bare
from linter.fixes.js_pure import SOURCES
from linter.readers.trees import ancestors

_MAX_SHOWN = 40


class Targets:
    """Looks at the targets of assignments: gives bindings that are changed, and reasons why a target is not the vendor's."""

    def __init__(self, program: Program, origins: Origins) -> None:
        self._program, self._origins = program, origins
        self.assumed: set[tuple[str, int, int]] = set()
        """Parameters that are given the vendor's address, while a function is looked at for a call that does so."""

    def set(self, assignment: Node) -> Iterator[str | Binding]:
        """What an assignment sets."""
        left, value = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        if left is None or value is None:
            yield "the code around it does not parse"
            return
        if bare(left).type != "identifier" and (self._program.is_marked_assignment(assignment) or self._is_called(assignment)):
            return
        yield from self.changed(left)
        left = bare(left)
        if left.type in ("member_expression", "subscript_expression") and self._origins.of(left.child_by_field_name("object")) == "element":
            yield from self.loaded(self._origins.key(left), value)

    def _is_called(self, assignment: Node) -> bool:
        """Whether a match calls what the assignment gives: `(manager.job = manager.job || []).push("pixel")`."""
        below = assignment
        for outer in ancestors(assignment.parent):
            if outer.type == "call_expression":
                return outer.child_by_field_name("function") == below and self._program.is_marked_call(outer)
            if outer.type not in ("parenthesized_expression", "member_expression"):
                return False
            below = outer
        return False

    def loaded(self, key: str, value: Node) -> Iterator[str]:
        """Whether what an element is given to load or to show is the vendor's."""
        if key in SOURCES and not self.is_vendors(value):
            yield f"it sets `{key}` to something else than the vendor's"

    def changed(self, target: Node) -> Iterator[str | Binding]:
        """What is changed where something is assigned to `target`, added to it, or deleted from it."""
        target = bare(target)
        self._program.spend()
        if target.type == "identifier":
            yield from self._name(target)
        elif target.type in ("member_expression", "subscript_expression"):
            yield from self._member(target)
        elif target.type in ("array_pattern", "object_pattern", "pair_pattern", "rest_pattern"):
            for child in target.named_children:
                if child.type not in ("property_identifier", "computed_property_name"):
                    yield from self.changed(child)
        elif target.type == "shorthand_property_identifier_pattern":
            yield from self._name(target)
        else:
            yield f"it sets {shown(self._program, target)}"

    def _name(self, target: Node) -> Iterator[str | Binding]:
        binding = self._program.bindings.of(target)
        if binding is not None:
            yield binding
        elif self._program.of(target) not in self._program.names.all:
            yield f"it sets {shown(self._program, target)}"

    def _member(self, target: Node) -> Iterator[str | Binding]:
        owner = target.child_by_field_name("object")
        origin = self._origins.of(owner)
        if origin == "window":
            if self._origins.key(target) not in self._program.names.all:
                yield f"it sets {shown(self._program, target)}"
        elif origin in ("fresh", "element"):
            yield from self.owners(owner)
        elif origin != "vendor":
            yield f"it sets {shown(self._program, target)}"

    def owners(self, node: Node | None) -> Iterator[Binding]:
        """The binding of the name that a path begins with: what changes a part of it changes it."""
        for _ in range(DEEP):
            if node is None:
                return
            node = bare(node)
            if node.type == "identifier":
                binding = self._program.bindings.of(node)
                if binding is not None:
                    yield binding
                return
            node = node.child_by_field_name("object") or node.child_by_field_name("function") or node.child_by_field_name("left")

    def is_vendors(self, value: Node, depth: int = 0) -> bool:
        """Whether an address or text is the vendor's: a match stands in it, or in all that a name in it may stand for."""
        value = bare(value)
        self._program.spend()
        if self._program.is_marked(value):
            return True
        if depth > 12:
            return False
        match value.type:
            case "identifier":
                return self._is_vendors_name(value, depth)
            case "binary_expression":
                operator = value.child_by_field_name("operator")
                sides = [side for side in (value.child_by_field_name("left"), value.child_by_field_name("right")) if side is not None]
                some = operator is not None and operator.type == "+"
                return (any if some else all)(self.is_vendors(side, depth + 1) for side in sides)
            case "ternary_expression":
                sides = [side for side in (value.child_by_field_name("consequence"), value.child_by_field_name("alternative")) if side]
                return all(self.is_vendors(side, depth + 1) for side in sides)
            case "template_string" | "template_substitution" | "call_expression" | "arguments" | "array" | "member_expression":
                return any(self.is_vendors(child, depth + 1) for child in value.named_children[:20])
            case _:
                return False

    def _is_vendors_name(self, name: Node, depth: int) -> bool:
        binding = self._program.bindings.of(name)
        if binding is None:
            return False
        if binding.key in self.assumed:
            return True
        values = [
            value for value in self._origins.values_of(binding) if self._origins.of(value) not in ("dom", "element", "document", "window")
        ]
        known = bool(values) and self._origins.is_complete(binding)
        return known and all(self.is_vendors(value, depth + 1) for value in values)


def shown(program: Program, node: Node) -> str:
    """An expression as it is shown in a reason."""
    text = " ".join(program.of(node).split())
    return f"`{text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + '…'}`"
