"""What a name in JavaScript stands for: the value it is declared with, or the argument that a function called at once gets."""

import re
from typing import TYPE_CHECKING

from tree_sitter import Node

from linter.readers.trees import first_named

if TYPE_CHECKING:
    from linter.readers.js_values import Code

MAX_DECLARATIONS = 20
MAX_SCOPES = 60
MAX_PARAMETERS = 60
_FUNCTIONS = frozenset("function_expression function_declaration arrow_function generator_function method_definition function".split())
_WRAPPERS = frozenset("parenthesized_expression as_expression satisfies_expression non_null_expression type_assertion".split())


def find_declared(code: "Code", name: str) -> Node | None:
    """The value that `name` is declared with (first `const`, `let` or `var` of the file), or None."""
    if not code.scan():
        return None
    pattern = re.compile(rf"(?<![\w$.]){re.escape(name)}\s*+(?::[^=;,()\n]{{1,80}})?=(?![=>])")
    for count, match in enumerate(pattern.finditer(code.text)):
        if count >= MAX_DECLARATIONS:
            break
        node = code.at(match.start(), match.start() + len(name))
        parent = node.parent if node else None
        if parent is not None and parent.type == "variable_declarator" and parent.child_by_field_name("name") == node:
            return parent.child_by_field_name("value")
        if parent is not None and parent.type == "object_assignment_pattern" and _is_declared(parent) and parent.named_children[0] == node:
            return parent.child_by_field_name("right")
    return None


def bound_argument(code: "Code", name: Node) -> tuple[Node | None, bool]:
    """(argument that an immediately called function binds to the name, whether the name is some function's parameter)."""
    wanted, node = code.of(name), name.parent
    for _ in range(MAX_SCOPES):
        if node is None:
            break
        if node.type in _FUNCTIONS:
            number = _parameter_number(code, node, wanted)
            if number is not None:
                return _argument(node, number), True
        node = node.parent
    return None, False


def _parameter_number(code: "Code", function: Node, wanted: str) -> int | None:
    parameters = function.child_by_field_name("parameters") or function.child_by_field_name("parameter")
    if parameters is None:
        return None
    if parameters.type == "identifier":
        return 0 if code.of(parameters) == wanted else None
    for number, parameter in enumerate(first_named(parameters, MAX_PARAMETERS)):
        pattern = parameter.child_by_field_name("pattern") or parameter
        if code.of(pattern).lstrip(".").strip("{} ") == wanted:
            return number
    return None


def _argument(function: Node, number: int) -> Node | None:
    """The argument of an immediately invoked function, for its parameter `number`."""
    node: Node = function
    while node.parent is not None and node.parent.type in _WRAPPERS:
        node = node.parent
    call = node.parent
    if call is None or call.type != "call_expression" or call.child_by_field_name("function") != node:
        return None
    arguments = call.child_by_field_name("arguments")
    values = first_named(arguments, MAX_PARAMETERS) if arguments is not None else []
    return values[number] if number < len(values) else None


def _is_declared(pattern: Node) -> bool:
    """Whether a property with a default (`const { id = "x" } = props`) belongs to a declaration, not to a function's parameters."""
    outer = pattern.parent
    return outer is not None and outer.parent is not None and outer.parent.type == "variable_declarator"


def returned(code: "Code", name: str) -> Node | None:
    """The expression that the function `name` of the file returns, where that is its one statement."""
    function = code.declared(name) or _declared_function(code, name)
    body = function.child_by_field_name("body") if function is not None and function.type in _FUNCTIONS else None
    if body is None or body.type != "statement_block":
        return body
    only = body.named_child(0) if body.named_child_count == 1 else None
    return only.named_child(0) if only is not None and only.type == "return_statement" else None


def _declared_function(code: "Code", name: str) -> Node | None:
    if not code.scan():
        return None
    match = re.search(rf"(?<![\w$.])function\s+({re.escape(name)})\s*\(", code.text)
    node = code.at(*match.span(1)) if match is not None else None
    return node.parent if node is not None else None
