"""What names a setting in JavaScript and what gives its value: pairs, constants, assignments, defaults."""

from tree_sitter import Node

from linter.readers.js_script import Script
from linter.readers.js_values import WRAPPERS

_CLIMB = WRAPPERS | {"member_expression", "subscript_expression", "jsx_expression"}


def whole(node: Node) -> Node:
    """The expression that a name or string is a part of: its path, the alternatives around it."""
    for _ in range(20):
        parent = node.parent
        if parent is None:
            return node
        if (
            parent.type in _CLIMB
            or (parent.type == "binary_expression" and is_choice(parent))
            or (parent.type == "ternary_expression" and parent.child_by_field_name("condition") != node)
        ):
            node = parent
        else:
            return node
    return node


def is_choice(binary: Node) -> bool:
    operator = binary.child_by_field_name("operator")
    return operator is not None and operator.type in ("||", "??")


_FIELDS = {
    "pair": ("key", "value"),
    "variable_declarator": ("name", "value"),
    "assignment_expression": ("left", "right"),
    "object_assignment_pattern": ("left", "right"),
    "assignment_pattern": ("left", "right"),
    "public_field_definition": ("name", "value"),
    "required_parameter": ("pattern", "value"),
    "optional_parameter": ("pattern", "value"),
    "enum_assignment": ("name", "value"),
    "jsx_attribute": ("", ""),
}


def parts(holder: Node) -> tuple[Node | None, Node | None]:
    """The name and the value of an entry, constant, assignment or default."""
    if holder.type not in _FIELDS:
        return None, None
    if holder.type == "jsx_attribute":
        children = holder.named_children
        return (children[0], children[1]) if len(children) == 2 else (None, None)
    if holder.type == "object_assignment_pattern":
        children = holder.named_children
        return (children[0], children[-1]) if len(children) > 1 else (None, None)
    name, value = _FIELDS[holder.type]
    return holder.child_by_field_name(name), holder.child_by_field_name(value)


def key_of(script: Script, name: Node) -> tuple[str, ...]:
    """The name of an entry, or the path that is assigned, as keys."""
    if name.type in ("member_expression", "subscript_expression"):
        path = script.names.path(name)
        return tuple(path.split(".")[-6:]) if path else ()
    return (script.code.of(name).strip("'\"`[]"),)
