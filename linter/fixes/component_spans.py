"""What goes with JSX elements: conditions, wrappers and fragments that hold nothing else; and what is left in their place."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tree_sitter import Node

from linter.fixes.component_comments import Speaks
from linter.fixes.component_items import item_spans
from linter.fixes.component_pure import is_pure
from linter.fixes.component_tree import ELEMENTS, MAX_CHILDREN, Jsx, attributes, children, inner_expression, is_blank
from linter.fixes.js_bindings import FUNCTIONS
from linter.fixes.lines import widened
from linter.fixes.model import Edit

_WRAPPERS = frozenset("Helmet noscript Suspense React.Suspense Fragment React.Fragment ClientOnly NoSsr".split())
"""Elements that are of no use without what they hold."""
_NOTHING = frozenset({"null", "undefined", "false"})
_GIVEN = frozenset("setHeadComponents setPreBodyComponents setPostBodyComponents replaceHeadComponents".split())
"""Functions that take a list of elements, one of which less does no harm."""
_WORD = re.compile(r"\S")


class Gone(NamedTuple):
    """What goes: its node, and the edit of the source; or why it cannot go."""

    node: Node
    edit: Edit | None
    why: str = ""


class Going:
    """The nodes of one script that go."""

    def __init__(self, jsx: Jsx, speaks: Speaks) -> None:
        self._jsx, self._speaks = jsx, speaks
        self._taken: set[tuple[int, int, str]] = set()

    def settle(self, elements: Iterable[Node]) -> list[Gone]:
        """The largest nodes that go with the elements, and what takes their place."""
        return [self._gone(node) for node in self._absorbed({key_of(node): node for node in elements})]

    # -- what is around

    def _absorbed(self, taken: dict[tuple[int, int, str], Node]) -> list[Node]:
        """The elements, each as large as what may go with it."""
        all_taken = self._taken = set(taken)
        waiting = list(taken.values())
        while waiting:
            node = waiting.pop()
            parent = node.parent
            if parent is None or key_of(parent) in all_taken or not self._takes(parent, node, all_taken):
                continue
            all_taken.add(key_of(parent))
            taken[key_of(parent)] = parent
            waiting.append(parent)
        return [node for node in taken.values() if node.parent is None or key_of(node.parent) not in all_taken]

    def _takes(self, parent: Node, node: Node, taken: set[tuple[int, int, str]]) -> bool:
        """Whether `parent` is of no use without what is taken of it."""
        match parent.type:
            case "parenthesized_expression" | "as_expression":
                return not _is_condition(parent)
            case "jsx_expression":
                return parent.parent is not None and parent.parent.type in ELEMENTS and not _is_spread(parent)
            case "binary_expression":
                left, operator = parent.child_by_field_name("left"), parent.child_by_field_name("operator")
                return operator is not None and operator.type == "&&" and left is not None and left != node and is_pure(self._jsx, left)
            case "ternary_expression":
                return self._takes_both(parent, node, taken)
            case "jsx_element":
                return self._is_wrapper(parent) and all(key_of(c) in taken or is_blank(self._jsx, c) for c in children(parent))
            case _:
                return False

    def _takes_both(self, ternary: Node, node: Node, taken: set[tuple[int, int, str]]) -> bool:
        condition, one, other = (ternary.child_by_field_name(field) for field in ("condition", "consequence", "alternative"))
        if condition is None or one is None or other is None or condition == node or not is_pure(self._jsx, condition):
            return False
        return all(key_of(side) in taken or self._jsx.of(side).strip("() \n") in _NOTHING for side in (one, other))

    def _is_wrapper(self, element: Node) -> bool:
        if element.named_child_count > MAX_CHILDREN:
            return False
        name = self._jsx.name(element)
        if name == "Head":
            return bool(re.search(r"from\s+['\"](?:next/head|react-helmet|@docusaurus/Head)", self._jsx.text)) and not attributes(element)
        pure = all(attribute.type == "jsx_attribute" for attribute in attributes(element))
        return pure and (name == "" or name in _WRAPPERS) and (name != "Helmet" or not attributes(element))

    # -- what is left

    def _gone(self, node: Node) -> Gone:
        parent = node.parent
        begin, end = self._jsx.span(node)
        match parent.type if parent is not None else "":
            case "jsx_element" if parent is not None:
                return self._child(node, parent)
            case "arrow_function" if parent is not None and parent.child_by_field_name("body") == node:
                return Gone(node, Edit(begin, end, "null"))
            case "return_statement":
                spaced = self._jsx.text[node.start_byte - 1 : node.start_byte].isspace()
                return Gone(node, Edit(begin, end, "null" if spaced else " null"))
            case "ternary_expression" if parent is not None and parent.child_by_field_name("condition") != node:
                return Gone(node, Edit(begin, end, "null"))
            case "binary_expression" if parent is not None and parent.child_by_field_name("right") == node:
                return Gone(node, Edit(begin, end, "null"))
            case "jsx_expression" if parent is not None and parent.parent is not None and parent.parent.type == "jsx_attribute":
                return Gone(node, Edit(begin, end, "null"))
            case "array" if parent is not None:
                return self._item(node, parent)
            case "arguments" if parent is not None and self._is_given(parent):
                return Gone(node, Edit(begin, end, "null"))
            case "variable_declarator":
                return Gone(node, None, "the element is kept in a variable")
            case "arguments":
                return Gone(node, None, "the element is handed to a function")
            case _:
                return Gone(node, None, "the element is part of something else")

    def _child(self, node: Node, parent: Node) -> Gone:
        siblings = children(parent)
        at = next((n for n, child in enumerate(siblings) if key_of(child) == key_of(node)), -1)
        around = [self._jsx.of(s) for s in siblings[max(at - 1, 0) : at] + siblings[at + 1 : at + 2] if s.type == "jsx_text"]
        if at < 0 or (len(around) == 2 and all(_WORD.search(text) for text in around)):
            return Gone(node, None, "it stands in the middle of a text")
        begin, end = self._jsx.span(node)
        before, behind = self._comment(siblings[:at][::-1], False), self._comment(siblings[at + 1 :], True)
        begin = self._jsx.span(before)[0] if before is not None else begin
        end = self._jsx.span(behind)[1] if behind is not None else end
        return Gone(node, Edit(*widened(self._jsx.part.text.source.text, begin, end)))

    def _comment(self, siblings: list[Node], behind: bool) -> Node | None:
        """The comment right beside an element that names the vendor; behind it, one that says that it ends."""
        for child in siblings[:2]:
            if child.type == "jsx_text" and not self._jsx.of(child).strip():
                continue
            if child.type == "jsx_expression" and inner_expression(child) is None and child.named_child_count:
                text = self._jsx.of(child).strip("{}/* \n")
                return child if self._speaks.of(text, behind) else None
            return None
        return None

    def _item(self, node: Node, array: Node) -> Gone:
        if array.parent is None or not (array.parent.type == "arguments" and self._is_given(array.parent)):
            return Gone(node, None, "it is one of a list of elements")
        items = [child for child in array.named_children if child.type != "comment"]
        spans = item_spans(self._jsx.part.text.source.text, self._jsx.base, items, [key_of(child) in self._taken for child in items])
        begin, end = self._jsx.span(node)
        return Gone(node, Edit(*next(span for span in spans if span[0] <= begin and end <= span[1])))

    def _is_given(self, arguments: Node) -> bool:
        call = arguments.parent
        function = call.child_by_field_name("function") if call is not None else None
        return function is not None and self._jsx.of(function).rsplit(".", 1)[-1] in _GIVEN


def key_of(node: Node) -> tuple[int, int, str]:
    """What tells a node from others of its tree."""
    return node.start_byte, node.end_byte, node.type


def _is_spread(expression: Node) -> bool:
    return any(child.type == "spread_element" for child in expression.named_children)


def _is_condition(node: Node) -> bool:
    """Whether an expression in parentheses is what a statement asks for, or the parameters of a function."""
    parent = node.parent
    if parent is None:
        return False
    return parent.type in ("if_statement", "while_statement") or (parent.type in FUNCTIONS and parent.child_by_field_name("body") != node)
