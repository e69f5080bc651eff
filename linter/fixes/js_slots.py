"""Where a match can be cut out of its script: the statements and parts of expressions around it, the outermost first."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from tree_sitter import Node

from linter.fixes.js_bindings import FUNCTIONS
from linter.fixes.js_program import LISTS, Program, bare, statements
from linter.readers.trees import ancestors, named

Shape = Literal["statement", "tail", "whole", "body", "else", "item", "right", "value", "arrow", "attribute", "return"]


class Slot(NamedTuple):
    """A piece of code that can be taken out if it does nothing but the vendor's work.

    `node` is what goes; `holder` what it stands in: of a `statement`, a `tail` and a `whole` (all statements from `node` on) their list,
    of the others the statement or expression that stays. A `body` is replaced by `{}`, an `arrow`'s expression too, a `value` by
    `undefined`; of a `return` the value goes.
    """

    shape: Shape
    node: Node
    holder: Node


_CONTROLS = frozenset("if_statement for_statement for_in_statement while_statement do_statement labeled_statement with_statement".split())


def slots_around(program: Program, begin: int, end: int) -> list[Slot]:
    """The slots around text[begin:end], the outermost first."""
    node = program.code.at(begin, max(end, begin + 1))
    found: list[Slot] = []
    child: Node | None = None
    for outer in ancestors(node):
        program.spend()
        if child is not None:
            found += _slot(program, child, outer)
        child = outer
    return found[::-1]


def _slot(program: Program, child: Node, outer: Node) -> Iterator[Slot]:
    kind = outer.type
    if kind in LISTS:
        if child.type not in ("comment", "html_comment") and child != outer.child_by_field_name("value"):
            guard = _early_guard(program, child, outer)
            yield Slot("tail", guard, outer) if guard is not None else Slot("statement", child, outer)
            in_handler = kind == "program" and program.part.frame.element == "handler"
            if guard is None and (in_handler or (outer.parent is not None and outer.parent.type in FUNCTIONS)):
                yield Slot("whole", program.rows(outer)[0], outer)
    elif (kind in _CONTROLS and child.type != "statement_block" and child.type.endswith(("statement", "declaration"))) or (
        kind == "else_clause" and child.type != "statement_block"
    ):
        yield Slot("body", child, outer)
    elif kind == "sequence_expression":
        if child != named(outer, -1) or _is_discarded(outer):
            yield Slot("item", child, outer)
    elif kind == "binary_expression" and child == outer.child_by_field_name("right"):
        if _is_discarded(outer):
            yield Slot("right", child, outer)
    elif kind == "ternary_expression" and child != outer.child_by_field_name("condition"):
        yield Slot("value", child, outer)
    elif kind == "arrow_function" and child == outer.child_by_field_name("body") and child.type != "statement_block":
        if _gives_nothing(program, outer):
            yield Slot("arrow", child, outer)
    elif kind == "return_statement":
        yield Slot("return", child, outer)
    elif kind == "jsx_attribute" and jsx_name_of(program, outer).startswith("on"):
        yield Slot("attribute", outer, outer)


def jsx_name_of(program: Program, attribute: Node) -> str:
    """The name of a JSX attribute."""
    return program.of(attribute.named_children[0]) if attribute.named_children else ""


def _is_discarded(node: Node) -> bool:
    """Whether nothing gets the value of an expression."""
    for outer in ancestors(node.parent):
        if outer.type == "expression_statement":
            return True
        if outer.type not in ("parenthesized_expression", "sequence_expression", "void_expression"):
            return False
        if outer.type == "sequence_expression" and named(outer, -1) != node:
            return True
        node = outer
    return False


def _gives_nothing(program: Program, arrow: Node) -> bool:
    """Whether an arrow function with an expression for its body may give `undefined`: it promises no other type."""
    kind = arrow.child_by_field_name("return_type")
    return kind is None or program.of(kind).lstrip(": ") in ("void", "any", "unknown", "Promise<void>", "Promise<any>", "undefined")


def _early_guard(program: Program, child: Node, holder: Node) -> Node | None:
    """The first `if (!window.fbq) return;` before `child` in the body of a function."""
    if holder.parent is None or holder.parent.type not in FUNCTIONS:
        return None
    key = (holder.start_byte, holder.end_byte, program.asked)
    if key not in program.guards:
        program.guards[key] = next((row for row in program.rows(holder) if is_early_guard(program, row)), None)
    guard = program.guards[key]
    return guard if guard is not None and guard.start_byte < child.start_byte else None


def is_early_guard(program: Program, statement: Node) -> bool:
    """Whether a statement ends its function where a vendor's name is missing."""
    if statement.type != "if_statement" or statement.child_by_field_name("alternative") is not None:
        return False
    condition, taken = statement.child_by_field_name("condition"), statement.child_by_field_name("consequence")
    if condition is None or taken is None or not asks(program, condition, negated=True):
        return False
    last = statements(taken)[-1:] if taken.type == "statement_block" else [taken]
    return bool(last) and last[0].type == "return_statement"


def mentions(program: Program, node: Node) -> bool:
    """Whether a name that counts stands in an expression; see `Program.asked`."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        program.spend()
        if current.type in ("identifier", "property_identifier") and program.of(current) in program.asked:
            return True
        if current.type == "string" and program.of(current)[1:-1] in program.asked:
            return True
        waiting.extend(current.named_children)
    return False


def handler_of(attribute: Node) -> Node | None:
    """The function that a JSX attribute holds."""
    value = attribute.named_children[1] if len(attribute.named_children) > 1 else None
    inner = bare(value.named_children[0]) if value is not None and value.type == "jsx_expression" and value.named_children else None
    return inner if inner is not None and inner.type in FUNCTIONS else None


def asks(program: Program, condition: Node, negated: bool) -> bool:
    """Whether a condition holds only where the function is there (`negated`: only where it is missing)."""
    condition = bare(condition)
    if not mentions(program, condition):
        return False
    if condition.type == "binary_expression":
        operator = condition.child_by_field_name("operator")
        kind = operator.type if operator is not None else ""
        if kind in ("&&", "||"):
            sides = [condition.child_by_field_name("left"), condition.child_by_field_name("right")]
            all_needed = (kind == "||") != negated
            answers = [side is not None and asks(program, side, negated) for side in sides]
            return all(answers) if all_needed else any(answers)
        if kind in ("==", "==="):
            return ("undefined" in program.of(condition) or "null" in program.of(condition)) == negated
        if kind in ("!=", "!=="):
            return ("undefined" in program.of(condition) or "null" in program.of(condition)) != negated
        return not negated
    if condition.type == "unary_expression" and program.of(condition).startswith("!"):
        inner = condition.named_children[-1] if condition.named_children else None
        return inner is not None and asks(program, inner, not negated)
    return not negated


def stands_in_markup(node: Node) -> bool:
    """Whether JSX is around a node, with no function between them."""
    current: Node | None = node
    while current is not None:
        if current.type.startswith("jsx_"):
            return True
        if "function" in current.type or current.type in ("method_definition", "program"):
            return False
        current = current.parent
    return False
