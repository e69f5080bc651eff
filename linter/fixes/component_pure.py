"""Expressions that do nothing but read and compute, so that they may go with what they are for."""

from tree_sitter import Node

from linter.fixes.component_tree import Jsx
from linter.readers.trees import first_named

_PLAIN = frozenset(
    "string string_fragment escape_sequence number true false null undefined identifier this super regex "
    "property_identifier shorthand_property_identifier meta_property import comment private_property_identifier".split()
)
_COMPOSED = frozenset(
    "member_expression subscript_expression binary_expression unary_expression ternary_expression parenthesized_expression object array "
    "pair template_substitution as_expression satisfies_expression non_null_expression optional_chain computed_property_name "
    "spread_element jsx_expression".split()
)
_TYPES = frozenset("type_identifier predefined_type generic_type union_type literal_type type_annotation object_type array_type".split())
_CALLS = frozenset("Boolean String Number encodeURIComponent JSON.stringify Boolean parseInt".split())
_LAZY = frozenset("dynamic lazy React.lazy loadable defineAsyncComponent".split())
_MAX_NODES = 300


def is_pure(jsx: Jsx, node: Node) -> bool:
    """Whether an expression only reads names and members, and computes with them."""
    waiting, seen = [node], 0
    while waiting:
        current = waiting.pop()
        seen += 1
        if seen > _MAX_NODES:
            return False
        if current.type in _PLAIN or current.type in _TYPES:
            continue
        if current.type == "unary_expression" and jsx.of(current).startswith("delete"):
            return False
        if current.type == "call_expression":
            if not _is_pure_call(jsx, current):
                return False
            arguments = current.child_by_field_name("arguments")
            waiting += first_named(arguments, _MAX_NODES) if arguments is not None else []
        elif current.type in _COMPOSED or current.type == "template_string":
            waiting += first_named(current, _MAX_NODES)
        else:
            return False
    return True


def is_fresh(jsx: Jsx, node: Node) -> bool:
    """Whether an initial value may go with its name: pure, or a component that is loaded when it is shown."""
    if node.type in ("arrow_function", "function_expression"):
        return False
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    if function is not None and jsx.of(function) in _LAZY:
        arguments = node.child_by_field_name("arguments")
        first = arguments.named_child(0) if arguments is not None else None
        return first is not None and first.type in ("arrow_function", "function_expression") and "import(" in jsx.of(first)
    return is_pure(jsx, node)


def _is_pure_call(jsx: Jsx, call: Node) -> bool:
    function = call.child_by_field_name("function")
    if function is None or call.type == "new_expression":
        return False
    if jsx.of(function) in _CALLS:
        return True
    name = function.child_by_field_name("property") if function.type == "member_expression" else None
    owner = function.child_by_field_name("object") if name is not None else None
    methods = ("trim", "toString", "toLowerCase", "join", "replace", "startsWith", "includes", "split", "slice")
    return name is not None and owner is not None and jsx.of(name) in methods and is_pure(jsx, owner)
