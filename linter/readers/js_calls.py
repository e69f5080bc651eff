"""Names and strings in JavaScript that make a call, an assignment or an element."""

from tree_sitter import Node

from linter.readers.js_arguments import value_of
from linter.readers.js_names import callee_of, outermost_link
from linter.readers.js_script import Script
from linter.readers.js_wrappers import wrapped_calls
from linter.readers.trees import first_named

MAX_ARGUMENTS = 100
_TAGS = ("jsx_opening_element", "jsx_self_closing_element")
MAX_CHAIN = 8
"""Calls of what calls return (`amplitude.getInstance().init()`)."""


def look_at_key(script: Script, node: Node) -> None:
    """A string that is a name: `window["_fs_org"]`."""
    literal = node.parent if node.type in ("string_fragment", "escape_sequence") else node
    if literal is not None and literal.parent is not None and literal.parent.type == "subscript_expression":
        look_at_name(script, literal)


def look_at_argument(script: Script, node: Node) -> None:
    """A string told by its text alone (`'setIdentity'`): the call that it is an argument of, alone or in a command array."""
    while node.type in ("string_fragment", "escape_sequence", "string", "array") and node.parent is not None:
        node = node.parent
    call = node.parent if node.type == "arguments" else None
    callee = (call.child_by_field_name("function") or call.child_by_field_name("constructor")) if call is not None else None
    path = script.names.path(callee) if callee is not None else None
    if call is not None and path is not None and script.first("call", call):
        _call(script, path, call)


def look_at_name(script: Script, node: Node) -> None:
    """A name: the call that it is the callee of, the element it names, or the assignment it is the target of."""
    called = callee_of(node)
    if called is not None:
        for _ in range(MAX_CHAIN):
            if called is None:
                return
            callee, call = called
            path = script.names.path(callee)
            if path is not None and script.first("call", call):
                _call(script, path, call)
            called = callee_of(call)
        return
    parent = node.parent
    if (
        parent is not None
        and parent.type in ("jsx_opening_element", "jsx_self_closing_element")
        and parent.child_by_field_name("name") == node
    ):
        script.tell_element(parent)
        return
    _assigned(script, outermost_link(node))


def _call(script: Script, path: str, call: Node) -> None:
    arguments = call.child_by_field_name("arguments")
    values = [child for child in first_named(arguments, MAX_ARGUMENTS) if child.type != "comment"] if arguments is not None else []
    script.tell_call(path, call, tuple(value_of(script.code, value) for value in values))
    for site, args in wrapped_calls(call, values, script.code):
        if script.first("call", site):
            script.tell_call(path, site, args)


def _assigned(script: Script, target: Node) -> None:
    parent = target.parent
    if parent is None:
        return
    if parent.type == "assignment_expression" and parent.child_by_field_name("left") == target:
        value, name = parent.child_by_field_name("right"), script.names.path(target)
    elif parent.type == "variable_declarator" and parent.child_by_field_name("name") == target:
        value, name = parent.child_by_field_name("value"), script.code.of(target)
    else:
        return
    if value is None or name is None or not script.first("assignment", parent):
        return
    script.tell_assignment(name, value, parent)
