"""Wrappers: `const track = (...a) => fbq(...a)` makes every `track("track", "Lead")` of the file a call of fbq."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from linter.evidence import Value
from linter.readers.js_arguments import value_of
from linter.readers.js_values import Code
from linter.readers.trees import first_named

MAX_SITES = 100
_FUNCTIONS = frozenset("function_expression function_declaration arrow_function method_definition".split())


def wrapped_calls(call: Node, arguments: list[Node], code: Code) -> Iterator[tuple[Node, tuple[Value, ...]]]:
    """(call site, arguments as the wrapped function gets them) for each call of the wrapper that `call` stands in.

    A function is a wrapper where the first argument of `call` is its own parameter.
    """
    if not arguments or not _passes_on(arguments[0], code):
        return
    wrapper = _enclosing_function(call)
    name = _name_of(wrapper, code) if wrapper is not None else None
    if wrapper is None or name is None:
        return
    parameters = _parameters(wrapper, code)
    first = code.of(arguments[0])
    if first.lstrip(".") not in [p.lstrip(".") for p in parameters] and first != "...arguments":
        return
    for site in _sites(name, wrapper, code):
        given = site.child_by_field_name("arguments")
        if given is not None:
            yield site, tuple(_substituted(arguments, parameters, first_named(given, MAX_SITES), code))


def _passes_on(argument: Node, code: Code) -> bool:
    return argument.type == "identifier" or (argument.type == "spread_element" and len(code.of(argument)) < 40)


def _enclosing_function(node: Node) -> Node | None:
    current = node.parent
    for _ in range(30):
        if current is None or current.type in _FUNCTIONS:
            return current
        current = current.parent
    return None


def _name_of(function: Node, code: Code) -> str | None:
    name = function.child_by_field_name("name")
    if name is not None:
        return code.of(name)
    parent = function.parent
    if parent is None:
        return None
    target = parent.child_by_field_name("name") or parent.child_by_field_name("left") or parent.child_by_field_name("key")
    return code.of(target).rsplit(".", 1)[-1] if target is not None and parent.type != "arguments" else None


def _parameters(function: Node, code: Code) -> list[str]:
    parameters = function.child_by_field_name("parameters") or function.child_by_field_name("parameter")
    if parameters is None:
        return []
    if parameters.type == "identifier":
        return [code.of(parameters)]
    return [
        code.of(child.child_by_field_name("pattern") or child.child_by_field_name("left") or child) for child in parameters.named_children
    ]


def _sites(name: str, wrapper: Node, code: Code) -> Iterator[Node]:
    if not code.scan():
        return
    pattern = re.compile(rf"(?<![\w$]){re.escape(name)}(?=\s*(?:\?\.)?\()")
    for count, match in enumerate(pattern.finditer(code.text)):
        if count >= MAX_SITES:
            return
        node = code.at(*match.span())
        for _ in range(4):
            if node is None or node.type == "call_expression":
                break
            node = node.parent
        inside = node is not None and wrapper.start_byte <= node.start_byte < wrapper.end_byte
        if node is not None and node.type == "call_expression" and not inside and node.child_by_field_name("function") is not None:
            yield node


def _substituted(arguments: list[Node], parameters: list[str], given: list[Node], code: Code) -> Iterator[Value]:
    for argument in arguments:
        text = code.of(argument)
        if text == "...arguments":
            yield from (value_of(code, value) for value in given)
        elif text in parameters:
            number = parameters.index(text)
            if argument.type == "spread_element":
                yield from (value_of(code, value) for value in given[number:])
            elif number < len(given):
                yield value_of(code, given[number])
        else:
            yield value_of(code, argument)
