"""Cuts of a script as edits of its text: statements, items of lists, and parts of expressions."""

from collections.abc import Callable, Iterable, Iterator

from tree_sitter import Node

from linter.fixes.js_groups import Cut
from linter.fixes.js_program import LISTS, Program
from linter.fixes.js_remarks import Remarks
from linter.fixes.js_runs import COMMENTS, edits_of, runs_of
from linter.fixes.js_splices import Spliced, before_blanks
from linter.fixes.model import Edit


def spliced(program: Program, cuts: Iterable[Cut], remarks: Remarks, is_whole: Callable[[Edit], bool]) -> Iterator[Spliced]:
    """The edits of all cuts: statements that follow one another go in one, if that leaves the template around them whole."""
    lists: dict[tuple[int, int, str], list[Cut]] = {}
    for cut in sorted(cuts, key=lambda cut: (cut.begin, cut.end)):
        holder = cut.slot.holder
        if cut.slot.shape in ("statement", "item"):
            lists.setdefault((holder.start_byte, holder.end_byte, cut.slot.shape), []).append(cut)
        else:
            yield Spliced(*_piece(program, cut), (cut.key,))
    for rows in lists.values():
        if rows[0].slot.shape == "item":
            yield from _items(rows)
            continue
        for run in runs_of(program, rows, remarks):
            yield from edits_of(program, run, remarks, is_whole)


def _piece(program: Program, cut: Cut) -> tuple[int, int, str]:
    node, holder = cut.slot.node, cut.slot.holder
    match cut.slot.shape:
        case "body" if holder.type == "else_clause" and _may_lose_else(holder):
            before = holder.prev_named_sibling
            return (before.end_byte if before is not None else holder.start_byte), holder.end_byte, ""
        case "body" | "arrow":
            return node.start_byte, node.end_byte, "{}"
        case "value":
            return node.start_byte, node.end_byte, "undefined"
        case "return":
            return holder.start_byte + len("return"), node.end_byte, ""
        case "right":
            left = holder.child_by_field_name("left")
            return (left.end_byte if left is not None else node.start_byte), node.end_byte, ""
        case "attribute":
            return before_blanks(program.text, node.start_byte), node.end_byte, ""
        case _:
            return node.start_byte, node.end_byte, ""


def _may_lose_else(clause: Node) -> bool:
    """Whether no `else` behind this one would then belong to another `if`."""
    outer = clause.parent.parent if clause.parent is not None else None
    before = clause.prev_named_sibling
    return outer is not None and outer.type in LISTS and before is not None and before.type == "statement_block"


def _items(rows: list[Cut]) -> Iterator[Spliced]:
    """Items of one list with the commas before them, or behind those before which nothing stays."""
    gone = {cut.begin for cut in rows}
    items = [child for child in rows[0].slot.holder.named_children if child.type not in COMMENTS]
    leading = True
    for number, item in enumerate(items):
        if item.start_byte not in gone:
            leading = False
        elif leading and number + 1 < len(items):
            yield Spliced(item.start_byte, items[number + 1].start_byte, "", ((item.start_byte, item.end_byte),))
        else:
            begin = items[number - 1].end_byte if number else item.start_byte
            yield Spliced(begin, item.end_byte, "", ((item.start_byte, item.end_byte),))
