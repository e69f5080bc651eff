"""Whether code gets by without a global that it names: it asks for it first, calls it optionally, or catches the error."""

from tree_sitter import Node

from linter.fixes.js_bindings import FUNCTIONS
from linter.fixes.js_program import Program, statements
from linter.fixes.js_slots import asks, is_early_guard, mentions
from linter.readers.trees import ancestors

_MEMBERS = frozenset("member_expression subscript_expression".split())


def is_harmless(program: Program, name: Node) -> bool:
    """Whether the code at `name`, which names a global of the vendor, does no harm where that is missing."""
    path, outer = name, name.parent
    for _ in range(10):
        if outer is None or outer.type not in ("parenthesized_expression", "as_expression", "non_null_expression"):
            break
        path, outer = outer, outer.parent
    if outer is None:
        return False
    if _is_type(name):
        return True
    if _is_asked_for(program, name, path, outer):
        return not _holds_up(program, path)
    optional = _is_optional(outer) and name.type != "identifier"
    return optional or _is_caught(program, path) or _is_guarded(program, path)


def _is_type(path: Node) -> bool:
    return any(outer.type in ("type_query", "type_annotation", "interface_declaration", "ambient_declaration") for outer in ancestors(path))


def _is_asked_for(program: Program, name: Node, path: Node, outer: Node) -> bool:
    """Whether it is only looked whether the function is there, and not waited for it."""
    if _is_awaited(path):
        return False
    if outer.type == "unary_expression" and program.of(outer).startswith("typeof"):
        return True
    if name.type == "identifier":
        return False
    if outer.type == "unary_expression" and program.of(outer).startswith("!"):
        return True
    if outer.type in ("if_statement", "ternary_expression") and outer.child_by_field_name("condition") == path:
        return True
    operator = outer.child_by_field_name("operator") if outer.type == "binary_expression" else None
    kind = operator.type if operator is not None else ""
    left = outer.child_by_field_name("left") == path
    return kind in ("==", "!=", "===", "!==") or (kind in ("&&", "||", "??") and (left or kind == "&&"))


def _is_awaited(path: Node) -> bool:
    """Whether a loop goes on until the function is there."""
    for outer in ancestors(path.parent):
        if outer.type in ("while_statement", "do_statement", "for_statement"):
            condition = outer.child_by_field_name("condition")
            return condition is not None and condition.start_byte <= path.start_byte < condition.end_byte
        if outer.type not in ("unary_expression", "binary_expression", "parenthesized_expression"):
            return False
    return False


def _is_optional(outer: Node) -> bool:
    """`window.fbq?.(...)`, `fbq?.push(...)`."""
    return outer.type in ("call_expression", *_MEMBERS) and any(child.type in ("?.", "optional_chain") for child in outer.children)


def _is_caught(program: Program, path: Node) -> bool:
    """Whether an error ends in a `catch` of the same function that at most logs it, with nothing behind it in the block."""
    below = path
    for outer in ancestors(path.parent):
        if outer.type in FUNCTIONS:
            return False
        if outer.type == "try_statement" and outer.child_by_field_name("body") == below:
            rows = statements(below)
            handler = outer.child_by_field_name("handler")
            body = handler.child_by_field_name("body") if handler is not None else None
            quiet = body is not None and all(program.of(row).startswith("console.") for row in statements(body))
            return quiet and rows[-1].start_byte <= path.start_byte
        below = outer
    return False


def _is_guarded(program: Program, path: Node) -> bool:
    """Whether the code runs only where the function is there."""
    below = path
    for outer in ancestors(path.parent):
        program.spend()
        if outer.type in ("if_statement", "ternary_expression") and outer.child_by_field_name("condition") not in (None, below):
            condition = outer.child_by_field_name("condition")
            other = outer.child_by_field_name("alternative") == below
            if condition is not None and asks(program, condition, negated=other):
                return True
        if outer.type == "binary_expression" and outer.child_by_field_name("right") == below:
            left, operator = outer.child_by_field_name("left"), outer.child_by_field_name("operator")
            kind = operator.type if operator is not None else ""
            if left is not None and kind in ("&&", "||") and asks(program, left, negated=kind == "||"):
                return True
        if outer.type == "statement_block" and any(
            row.start_byte < below.start_byte and is_early_guard(program, row) for row in statements(outer)
        ):
            return True
        below = outer
    return False


def _holds_up(program: Program, path: Node) -> bool:
    """Whether other code would run no more, since it waits for the function behind a check."""
    below = path
    for outer in ancestors(path.parent):
        program.spend()
        if outer.type in FUNCTIONS or outer.type == "program":
            return False
        if outer.type == "if_statement":
            return outer.child_by_field_name("condition") == below and _has_other_code(program, outer)
        below = outer
    return False


def _only_leaves(statement: Node) -> bool:
    """`if (window.fbq) return;`: what is behind it would run."""
    taken = statement.child_by_field_name("consequence")
    rows = statements(taken) if taken is not None and taken.type == "statement_block" else [taken]
    return statement.child_by_field_name("alternative") is None and all(row is not None and row.type == "return_statement" for row in rows)


def _has_other_code(program: Program, statement: Node) -> bool:
    """Whether the code under a check, or behind one that ends its function, is more than uses of the function."""
    if is_early_guard(program, statement) or _only_leaves(statement):
        holder = statement.parent
        rows = [row for row in statements(holder) if row.start_byte > statement.start_byte] if holder is not None else []
    else:
        condition, taken = statement.child_by_field_name("condition"), statement.child_by_field_name("consequence")
        if condition is None or taken is None or not asks(program, condition, negated=False):
            return False
        rows = statements(taken) if taken.type == "statement_block" else [taken]
    return any(not mentions(program, row) for row in rows)
