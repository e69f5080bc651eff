"""What a function of PHP prints, and whether that is all it does."""

import re
from collections.abc import Iterable

from tree_sitter import Node

from linter.fixes.php_code import FUNCTIONS, LITERALS, Code, arguments, below, called
from linter.readers.php_values import callee
from linter.text import HOLE

MAX_DEPTH = 40
MAX_PRINTED = 200_000
"""Characters of what one function prints."""
PRINTERS = frozenset({"printf", "vprintf", "print_r", "_e", "esc_html_e", "esc_attr_e"})
_BUFFERS = frozenset({"ob_start", "ob_end_clean", "ob_end_flush", "ob_flush", "flush", "ob_clean"})
_BUFFERED = frozenset({"ob_get_clean", "ob_get_contents", "ob_get_flush"})
ENQUEUES = frozenset(
    "wp_enqueue_script wp_register_script wp_add_inline_script wp_localize_script wp_script_add_data wp_set_script_translations".split()
)
"""Functions of WordPress that take the handle of a script first."""
_ACTS = re.compile(
    r"(?:update|delete|add|set|save|insert|create|send|remove|register|enqueue|dequeue|deregister|unset|do|put|write|wp_mail|mail|wp_remote|wp_die|die"
    r"|setcookie|header|session|file|fopen|fwrite|curl|call_user|eval|exec|system|wp_redirect|wp_safe_redirect|load|require|include|define"
    r"|ini|trigger|error_log|wp_insert|wp_update|wp_delete|wp_set|wp_schedule|wp_cache_set|switch_to|restore)(?:_|\Z)",
    re.IGNORECASE,
)
"""Names of functions that do more than give a value."""
_GIVES = re.compile(
    r"(?:get|is|has|can|should|current|to|format|id|the|in|exists|count|find|first|value|key|instance)(?![a-z])", re.IGNORECASE
)
"""Names of methods that only give a value."""
_NEVER = frozenset(
    "object_creation_expression include_expression include_once_expression require_expression require_once_expression exit_statement "
    "yield_expression anonymous_function arrow_function shell_command_expression throw_expression update_expression "
    "anonymous_function_creation_expression assignment_expression augmented_assignment_expression".split()
)
_WORDS = {
    "object_creation_expression": "makes an object",
    "assignment_expression": "sets a variable in a condition",
    "anonymous_function": "makes a function",
    "include_expression": "takes in another file",
    "include_once_expression": "takes in another file",
    "require_expression": "takes in another file",
    "require_once_expression": "takes in another file",
    "exit_statement": "ends the page",
}


class Printed:
    """The HTML that a function or some statements print, all branches one after the other, with holes for what is known only later.

    `trouble` says what else it does ("it also calls `x`"), or "". `enqueues` are the statements that enqueue scripts.
    """

    def __init__(self, code: Code, nodes: Iterable[Node]) -> None:
        self._code = code
        self._parts: list[str] = []
        self._length = 0
        self._known: dict[str, str] = {}
        self._outer: set[str] = set()
        self.trouble = ""
        self.enqueues: list[Node] = []
        for node in nodes:
            body = node.child_by_field_name("body") if node.type in FUNCTIONS else None
            if body is not None:
                self._block(body, 0)
            else:
                self._statement(node, 0)

    @property
    def html(self) -> str:
        """What is printed."""
        return "".join(self._parts)

    def _fail(self, why: str) -> None:
        self.trouble = self.trouble or why

    def _print(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_PRINTED:
            self._fail("it prints too much")
        elif text:
            self._parts.append(text)

    def _block(self, node: Node, depth: int) -> None:
        """The statements in a node, one after the other."""
        if depth > MAX_DEPTH:
            self._fail("it is nested too deeply")
            return
        echoes = False
        for child in node.children:
            if self.trouble:
                return
            if child.type == "text_interpolation":
                echoes = self._inline(child)
                continue
            if echoes and child.type == "expression_statement":
                self._print_value(child.named_children[0])
            elif child.is_named:
                self._statement(child, depth)
            echoes = echoes and not child.is_named

    def _inline(self, node: Node) -> bool:
        """Markup between `?>` and `<?php`; whether a value to be printed follows it."""
        for child in node.children:
            if child.type == "text":
                self._print(self._code.of(child))
        return bool(node.children) and self._code.of(node.children[-1]) == "<?="

    def _statement(self, node: Node, depth: int) -> None:
        kind = node.type
        if kind in ("comment", "empty_statement", "php_tag", "php_end_tag", "global_declaration", "break_statement", "continue_statement"):
            if kind == "global_declaration":
                self._outer |= {self._code.of(child) for child in node.named_children}
        elif kind == "echo_statement":
            for value in _listed(node):
                self._print_value(value)
        elif kind == "expression_statement" and node.named_child_count:
            self._expression(node, node.named_children[0])
        elif kind in ("if_statement", "else_if_clause", "while_statement", "foreach_statement", "for_statement", "switch_statement"):
            self._decides(node, depth)
        elif kind in ("compound_statement", "colon_block", "else_clause", "switch_block", "case_statement", "default_statement"):
            self._block(node, depth + 1)
        elif kind == "return_statement":
            if any(child.type in LITERALS and child.end_byte - child.start_byte > 2 for child in below(node)):
                self._fail("it gives a text back")
            self._only_asks(node)
        elif kind != "function_static_declaration":
            self._fail(f"it does more than print (line {node.start_point[0] + 1})")

    def _decides(self, node: Node, depth: int) -> None:
        """A statement with conditions and the blocks that depend on them; markup in `if: ... endif` stands beside its block."""
        echoes = False
        for child in node.children:
            if child.type == "text_interpolation":
                echoes = self._inline(child)
            elif echoes and child.type == "expression_statement":
                self._print_value(child.named_children[0])
                echoes = False
            elif child.type.endswith(("_statement", "_clause", "_block")):
                self._statement(child, depth + 1)
            elif child.is_named and child.type != "comment":
                self._only_asks(child)

    def _expression(self, statement: Node, node: Node) -> None:
        name = called(statement, self._code)
        if node.type == "print_intrinsic":
            self._print_value(node.named_children[0])
        elif node.type in ("assignment_expression", "augmented_assignment_expression"):
            self._assigned(node)
        elif name in PRINTERS:
            self._print_value(node if name == "printf" else next(iter(arguments(statement)), node))
        elif name in ENQUEUES:
            self.enqueues.append(statement)
        elif name.startswith("the_"):
            self._print(HOLE)
        elif node.type in _NEVER:
            self._only_asks(node)
        elif name not in _BUFFERS and name not in _BUFFERED:
            self._fail(f"it also calls {name or self._code.of(node)[:40]}")

    def _assigned(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        name = self._code.of(left)
        if left.type != "variable_name" or name in self._outer or name == "$this":
            self._fail(f"it also sets {name[:40]}")
            return
        self._only_asks(right)
        buffered = right.type == "function_call_expression" and callee(right, self._code.values) in _BUFFERED
        text = "" if buffered else self._value(right)
        self._known[name] = self._known.get(name, "") + text if node.type == "augmented_assignment_expression" else text

    def _only_asks(self, node: Node) -> None:
        """Whether an expression does nothing but give a value; else that is trouble."""
        for child in below(node):
            if child.type in _NEVER:
                self._fail(f"it also {_WORDS.get(child.type, 'does more than print')} (line {child.start_point[0] + 1})")
            elif child.type == "function_call_expression":
                name = callee(child, self._code.values)
                if _ACTS.match(name) and name not in _BUFFERED:
                    self._fail(f"it also calls {name}")
            elif child.type in ("member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression"):
                own = child.child_by_field_name("name")
                name = self._code.of(own) if own is not None else ""
                if not _GIVES.match(name):
                    self._fail(f"it also calls {name[:40]}")

    def _print_value(self, node: Node) -> None:
        self._only_asks(node)
        self._print(self._value(node))

    def _value(self, node: Node) -> str:
        name = self._code.of(node)
        if node.type == "variable_name" and name in self._known:
            return self._known[name]
        if node.type == "binary_expression" and any(one in name for one in self._known):
            sides = [node.child_by_field_name("left"), node.child_by_field_name("right")]
            return "".join(self._value(side) for side in sides if side is not None)
        return self._code.values.value(node).text


def _listed(node: Node) -> list[Node]:
    inner = node.named_children
    return (
        list(inner[0].named_children)
        if inner and inner[0].type == "sequence_expression"
        else [child for child in inner if child.type != "comment"]
    )
