"""Checks for a vendor's function around what is cut, whose other code would not run any more once the vendor is gone.

`if (window.fbq) { fbq("track", "Lead"); book(); }`: without the vendor nobody could book.
"""

from typing import NamedTuple

from tree_sitter import Node

from linter.fixes.js_groups import Cut
from linter.fixes.js_program import LISTS, bare, statements
from linter.fixes.js_removal import Removal
from linter.fixes.js_slots import asks, mentions
from linter.readers.trees import ancestors

HELD_UP = "its guard also holds other code, which would not run any more"
MAX_ROUNDS = 20


class Guard(NamedTuple):
    """A condition on a vendor's function, and the code around it."""

    condition: Node
    whole: Node


def held_up(removal: Removal, cut: Cut) -> Guard | None:
    """The guard around a cut that holds code which stays."""
    program, below = removal.program, cut.slot.node
    program.asked = removal.names_of(removal.cuts.group_at(cut.key))
    for outer in ancestors(cut.slot.node.parent):
        program.spend()
        condition = _guarding(outer, below)
        asked = condition is not None and mentions(program, condition) and not asks(program, condition, negated=True)
        if condition is not None and asked and not is_emptied(removal, below):
            return Guard(condition, outer)
        below = outer
    return None


def _guarding(outer: Node, below: Node) -> Node | None:
    """The condition under which `below`, a branch of `outer`, runs."""
    if outer.type in ("if_statement", "ternary_expression", "while_statement"):
        condition = outer.child_by_field_name("condition")
        return condition if condition != below and outer.child_by_field_name("alternative") != below else None
    if outer.type == "binary_expression" and below == outer.child_by_field_name("right"):
        return outer.child_by_field_name("left")
    return None


def is_emptied(removal: Removal, branch: Node) -> bool:
    """Whether nothing of a branch stays."""
    rows = statements(branch) if branch.type in LISTS else [branch]
    return all(_is_cut(removal, row) for row in rows)


def _is_cut(removal: Removal, row: Node) -> bool:
    key = removal.cuts.covering(row.start_byte)
    return key is not None and row.end_byte <= key[1]


def settle_guards(removal: Removal) -> dict[tuple[int, int], tuple[str, int]]:
    """Gives back cuts under guards that hold other code. Where that is allowed, the guards are made true instead.

    Gives the conditions to be replaced, by their offsets, with what takes their place and the group that they belong to.
    """
    replaced: dict[tuple[int, int], tuple[str, int]] = {}
    for _ in range(MAX_ROUNDS):
        removal.count_vendors()
        held = [(cut, guard) for cut in removal.cuts if (guard := held_up(removal, cut)) is not None]
        given_back = set()
        for cut, guard in held:
            group = removal.cuts.group_at(cut.key)
            removal.program.asked = removal.names_of(group)
            rows = _made_true(removal, guard) if removal.unsafe else []
            if rows:
                replaced |= dict.fromkeys(rows, ("true", group))
                removal.doubtful.add(group)
            else:
                given_back.add(group)
        if not given_back:
            break
        give_back(removal, given_back, HELD_UP)
    live = {removal.cuts.group_at(cut.key) for cut in removal.cuts}
    return {key: (text, removal.cuts.of(group)) for key, (text, group) in replaced.items() if removal.cuts.of(group) in live}


def give_back(removal: Removal, groups: set[int], reason: str) -> None:
    """Refuses the marks of some groups, and drops their cuts."""
    groups = {removal.cuts.of(group) for group in groups}
    for number, group in list(removal.marked.items()):
        if removal.cuts.of(group) in groups:
            removal.refused[number] = reason
            del removal.marked[number]
    removal.cuts.remove(groups)


def _made_true(removal: Removal, guard: Guard) -> list[tuple[int, int]]:
    """The parts of a condition that ask for the vendor's function, where all others stay; none if it asks for its absence."""
    condition = bare(guard.condition)
    if condition.type == "binary_expression":
        operator = condition.child_by_field_name("operator")
        if operator is not None and operator.type == "&&":
            found = []
            for side in (condition.child_by_field_name("left"), condition.child_by_field_name("right")):
                if side is not None and mentions(removal.program, side):
                    rows = _made_true(removal, Guard(side, guard.whole))
                    if not rows:
                        return []
                    found += rows
            return found
    return [(condition.start_byte, condition.end_byte)] if asks(removal.program, condition, negated=False) else []
