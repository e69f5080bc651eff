"""What JavaScript does with a string: loads it, writes it into the page, runs it, or only mentions it."""

from tree_sitter import Node

from linter.readers.js_callees import use_in_call
from linter.readers.js_markup import use_in_attribute, use_in_element
from linter.readers.js_names import Names
from linter.readers.js_objects import use_in_array, use_in_pair
from linter.readers.js_roles import MENTION, Use, role_of_object
from linter.readers.js_values import Code

_CLIMB = frozenset(
    "parenthesized_expression as_expression satisfies_expression non_null_expression ternary_expression template_substitution "
    "spread_element await_expression jsx_expression expression_statement sequence_expression type_assertion".split()
)
_GIVEN_ON = frozenset(
    "return_statement arrow_function export_statement public_field_definition property_assignment assignment_pattern "
    "variable_declarator".split()
)


def use_of(node: Node, code: Code, names: Names) -> Use:
    """What is done with the text expression `node`."""
    for _ in range(30):
        parent = node.parent
        if parent is None:
            return MENTION
        if parent.type == "jsx_expression" and parent.parent is not None and parent.parent.type == "jsx_element":
            return use_in_element(parent.parent, code)
        if parent.type == "ternary_expression" and parent.child_by_field_name("condition") == node:
            return MENTION
        if parent.type == "binary_expression" and not _chooses(parent, code):
            return MENTION
        if parent.type in _CLIMB or parent.type == "binary_expression":
            if parent.type == "expression_statement":
                return MENTION
            node = parent
            continue
        return _direct(node, parent, code, names)
    return MENTION


def _chooses(binary: Node, code: Code) -> bool:
    operator = binary.child_by_field_name("operator")
    return operator is not None and operator.type in ("||", "??", "&&", "+")


def _direct(node: Node, parent: Node, code: Code, names: Names) -> Use:
    match parent.type:
        case "arguments":
            return use_in_call(node, parent, code, names)
        case "template_string":
            return MENTION
        case "import_statement":
            return Use("script")
        case "assignment_expression" | "augmented_assignment_expression":
            return _assigned(parent, code)
        case "pair":
            return use_in_pair(parent, code)
        case "array":
            return use_in_array(parent, code)
        case "jsx_attribute":
            return use_in_attribute(parent, code)
        case kind if kind in _GIVEN_ON:
            return Use("code", runs=True, writes=True)
        case "call_expression":
            tag = parent.child_by_field_name("function")
            written = tag is not None and code.of(tag).rsplit(".", 1)[-1] in ("html", "svg", "raw", "htm", "String.raw")
            return Use("code", runs=True, writes=True) if written else MENTION
        case _:
            return MENTION


def _assigned(assignment: Node, code: Code) -> Use:
    left = assignment.child_by_field_name("left")
    if left is None or left.type not in ("member_expression", "subscript_expression"):
        return Use("code", runs=True, writes=True)
    name = left.child_by_field_name("property") or left.child_by_field_name("index")
    key = code.of(name).strip("'\"`") if name is not None else ""
    this = left.child_by_field_name("object")
    role = role_of_object(this, code)
    if key in ("outerHTML", "srcdoc") or (key == "innerHTML" and role != "script"):
        return Use(None, writes=True)
    if key in ("text", "textContent", "innerText", "innerHTML"):
        return Use(None, runs=role == "script", writes=role == "script")
    if key in ("src", "href", "data"):
        return Use(role, runs=True)
    return Use("code", runs=True, writes=True, key=key)
