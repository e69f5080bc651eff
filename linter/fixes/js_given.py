"""What a name in a script is given: by its declaration, by assignments, or as a parameter by the places that call its function."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from linter.fixes.js_bindings import Binding
from linter.fixes.js_program import Program, arguments_of, bare, bare_callee, function_around
from linter.readers.trees import ancestors

MAX_VALUES = 40
"""Assignments to one name that are looked at."""


class Given:
    """The values of names: expressions, or origins (see `js_origins`) where a name gets its value otherwise."""

    def __init__(self, program: Program, origin: Callable[[Node | None], str]) -> None:
        self._program, self._origin = program, origin

    def values(self, binding: Binding) -> Iterator[Node | str]:
        """What a name is given: the expressions, or origins where it gets them otherwise."""
        for node in binding.declared:
            yield from self._declared(node, binding)
        for count, node in enumerate(self._program.bindings.references(binding)):
            self._program.spend()
            parent = node.parent
            if parent is not None and parent.type == "assignment_expression" and parent.child_by_field_name("left") == node:
                value = parent.child_by_field_name("right")
                yield value if value is not None and count < MAX_VALUES else "unknown"

    def _declared(self, node: Node, binding: Binding) -> Iterator[Node | str]:
        parent = node.parent
        if parent is None:
            return
        if binding.kind in ("function", "class"):
            yield "fresh"
        elif binding.kind == "import":
            statement = next((outer for outer in ancestors(parent) if outer.type == "import_statement"), None)
            yield "vendor" if statement is not None and self._program.is_marked(statement) else "unknown"
        elif binding.kind == "param":
            yield from self._given(node)
        elif parent.type == "variable_declarator":
            value = parent.child_by_field_name("value")
            if value is not None:
                yield value
        elif parent.type == "assignment_expression":
            value = parent.child_by_field_name("right")
            if value is not None:
                yield value
        elif parent.type == "for_in_statement":
            over = self._origin(parent.child_by_field_name("right"))
            yield over if over in ("dom", "vendor") else "plain"
        else:
            yield "unknown"

    def _given(self, node: Node) -> Iterator[Node | str]:
        """What a parameter gets: from the place where its function is called at once, from the vendor, or from all calls of the file."""
        function = function_around(node)
        if function is None:
            yield "unknown"
            return
        call = _called_at_once(function)
        if call is not None:
            values = arguments_of(call)
            yield from values[_number(function, node) :][:1]
            return
        if self._is_vendors_own(function):
            yield "vendor"
            return
        call = function.parent.parent if function.parent is not None and function.parent.type == "arguments" else None
        callee = bare_callee(call) if call is not None else None
        if callee is not None and callee.type == "member_expression" and self._origin(callee.child_by_field_name("object")) == "vendor":
            yield "vendor"
            return
        yield from self._from_calls(function, node)

    def _is_vendors_own(self, function: Node) -> bool:
        """Whether a function is put under the vendor's name (`ttq.load = function (id) {...}`): nothing else calls it."""
        for outer in ancestors(function.parent):
            self._program.spend()
            if outer.type == "assignment_expression":
                left = outer.child_by_field_name("left")
                if left is not None and bare(left).type != "identifier" and self._origin(left) == "vendor":
                    return True
            elif outer.type not in ("pair", "object", "binary_expression", "parenthesized_expression"):
                return False
        return False

    def _from_calls(self, function: Node, parameter: Node) -> Iterator[Node | str]:
        owner = function.parent if function.parent is not None and function.parent.type == "variable_declarator" else function
        name = owner.child_by_field_name("name")
        binding = self._program.bindings.of(name) if name is not None else None
        parameters = function.child_by_field_name("parameters")
        if binding is None or parameters is None or not self._program.bindings.references(binding):
            yield "unknown"
            return
        number = _number(function, parameter)
        for place in self._program.bindings.references(binding):
            call = place.parent
            if call is None or call.type != "call_expression" or call.child_by_field_name("function") != place:
                yield "unknown"
                return
            values = arguments_of(call)
            yield values[number] if number < len(values) else "plain"


def _called_at_once(function: Node) -> Node | None:
    """The call of a function that is called where it is written out."""
    below, outer = function, function.parent
    while outer is not None and outer.type == "parenthesized_expression":
        below, outer = outer, outer.parent
    called = outer is not None and outer.type == "call_expression" and outer.child_by_field_name("function") == below
    return outer if called else None


def _number(function: Node, name: Node) -> int:
    """Which parameter of a function a name is or stands in."""
    parameters = function.child_by_field_name("parameters")
    rows = [row for row in parameters.named_children if row.type != "comment"] if parameters is not None else []
    return next((number for number, row in enumerate(rows) if row.start_byte <= name.start_byte < row.end_byte), 0)
