"""What follows from the cuts of a script: other uses of the vendor's names go too, and helpers that nothing uses any more."""

import re
from collections.abc import Collection, Iterator

from tree_sitter import Node

from linter.evidence import Import
from linter.fixes.js_bindings import Binding, TooTangled
from linter.fixes.js_effects import TYPES
from linter.fixes.js_groups import Cut, cut_of
from linter.fixes.js_guards import give_back
from linter.fixes.js_program import Program, statements
from linter.fixes.js_removal import Removal
from linter.fixes.js_slots import Slot
from linter.readers.trees import ancestors
from linter.snippets import LOADERS

_STARTING = frozenset((*LOADERS, "init"))
MAX_NAMES = 60


def drop_broken(removal: Removal) -> None:
    """Gives back cuts in code that does not parse."""
    broken = {removal.cuts.group_at(cut.key) for cut in removal.cuts if _is_in_broken_code(cut)}
    if broken:
        give_back(removal, broken, "the code around it does not parse")


def _is_in_broken_code(cut: Cut) -> bool:
    neighbours = (cut.slot.node.prev_sibling, cut.slot.node.next_sibling)
    if any(node is not None and node.type == "ERROR" for node in neighbours):
        return True
    return any(outer.type == "ERROR" for outer in ancestors(cut.slot.node.parent))


# -- other uses


def take_other_uses(removal: Removal) -> None:
    """Takes out what uses the vendor's names without being a match, where nothing else is in it. What gives them a value
    goes only with a loader or a start call."""
    if not removal.marked:
        return
    program = removal.program
    starts = any(mark.match.kind in _STARTING for mark in program.marks if mark.number in removal.marked)
    for name in sorted(name for name in program.names.functions if name in program.text)[:MAX_NAMES]:
        program.asked = next((names for names in program.own_names.values() if name in names), program.names.functions)
        places = list(_places(program, name))
        for node in places if starts or not any(map(_is_assigned, places)) else ():
            if not removal.is_gone(node.start_byte):
                _try(removal, node)


def take_uses_of_imports(removal: Removal) -> None:
    """Takes out the uses of names that matches import."""
    program = removal.program
    for mark in program.marks:
        if isinstance(mark.match.evidence, Import):
            for binding in imported(program, mark.begin):
                for node in program.bindings.references(binding):
                    if not removal.is_gone(node.start_byte):
                        _try(removal, node)


def imported(program: Program, at: int) -> Iterator[Binding]:
    """The names that the import statement or `const x = require(...)` around an offset binds."""
    for outer in ancestors(program.code.at(at, at + 1)):
        if outer.type in ("import_statement", "variable_declarator"):
            names = outer.child_by_field_name("name") if outer.type == "variable_declarator" else outer
            waiting = [names] if names is not None else []
            while waiting:
                node = waiting.pop()
                program.spend()
                waiting.extend(node.named_children)
                binding = program.bindings.of(node) if node.type in ("identifier", "shorthand_property_identifier_pattern") else None
                if binding is not None and any(declared.start_byte == node.start_byte for declared in binding.declared):
                    yield binding
            return


def _try(removal: Removal, node: Node) -> None:
    try:
        removal.take(node.start_byte, node.end_byte)
    except TooTangled:
        return


def _places(program: Program, name: str) -> Iterator[Node]:
    """The places of a global, as a name and as a member of the window."""
    for found in re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", program.text):
        program.spend(4)
        node = program.code.at(*found.span())
        if node is None:
            continue
        if node.type == "identifier" and program.bindings.of(node) is None:
            yield node
        elif node.type == "property_identifier" and node.parent is not None:
            owner = node.parent.child_by_field_name("object")
            if owner is not None and program.of(owner) in ("window", "(window as any)", "self", "globalThis"):
                yield node


def _is_assigned(node: Node) -> bool:
    for outer in ancestors(node.parent):
        if outer.type == "assignment_expression":
            left = outer.child_by_field_name("left")
            return left is not None and left.end_byte == node.end_byte
        if outer.type not in ("member_expression", "subscript_expression", "parenthesized_expression"):
            return False
    return False


# -- helpers


def rows_with(removal: Removal, helper: str) -> list[Node] | None:
    """The statements that define or use a helper and do nothing else; None if other code that stays uses it."""
    program = removal.program
    removal.analysis.calls.cleaning = True
    found: dict[int, Node] = {}
    for place in _mentions(program, helper):
        if removal.is_gone(place.start_byte):
            continue
        statement = _statement_of(program, place)
        if statement is not None and statement.type in TYPES:
            continue
        effects = removal.analysis.of(statement) if statement is not None else None
        if statement is None or effects is None or effects.foreign:
            return None
        if any(touched.name not in program.names.support for touched in effects.touched):
            return None
        found[statement.start_byte] = statement
    return list(found.values())


def subjects(program: Program, row: Node) -> set[str]:
    """The helpers that a statement defines or calls; what the functions in it do is not asked."""
    waiting, found = [row], set()
    while waiting:
        node = waiting.pop()
        program.spend()
        if node.type not in ("statement_block", "comment"):
            waiting += node.named_children
        text = program.of(node) if not node.named_child_count else ""
        found |= {text} & program.names.support
    return found


def clean_up(removal: Removal, unused: Collection[str]) -> None:
    """Takes out the statements that define or use only the helpers `unused`."""
    if not removal.marked:
        return
    for helper in sorted(unused):
        if helper in removal.program.text:
            rows = rows_with(removal, helper) or []
            removal.cuts.add(cut_of(Slot("statement", node, removal.program.root)) for node in rows)


def _mentions(program: Program, name: str) -> Iterator[Node]:
    """All places of a word in code, strings included."""
    for match in re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", program.text):
        program.spend(4)
        node = program.code.at(*match.span())
        if node is not None and node.type not in ("comment", "html_comment"):
            yield node


def _statement_of(program: Program, node: Node) -> Node | None:
    """The statement of the script's own list that a node stands in."""
    below = node
    for outer in ancestors(node):
        if outer == program.root:
            return below if below in statements(outer) else None
        below = outer
    return None
