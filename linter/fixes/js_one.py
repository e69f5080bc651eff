"""One script of a file: its matches to edits."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import Import, Setting, Span
from linter.fixes.balance import holds_whole_blocks
from linter.fixes.js_bindings import TooTangled
from linter.fixes.js_cuts import spliced
from linter.fixes.js_elsewhere import COMPONENTS, Elsewhere
from linter.fixes.js_groups import Key
from linter.fixes.js_guards import give_back, settle_guards
from linter.fixes.js_imports import drop_unused
from linter.fixes.js_places import Places
from linter.fixes.js_program import Mark, Program, open_program, statements
from linter.fixes.js_remarks import Remarks
from linter.fixes.js_removal import TOO_TANGLED, Removal
from linter.fixes.js_settle import clean_up, drop_broken, rows_with, subjects, take_other_uses, take_uses_of_imports
from linter.fixes.js_slots import stands_in_markup
from linter.fixes.js_splices import as_edit
from linter.fixes.model import Edit, Part, Task
from linter.fixes.names import names_of, names_of_all

_FOREIGN_LAYERS = frozenset("data json json5 yaml toml eno sql serialised wxr gtm srcdoc data-url".split())
"""Labels of layers in whose files nothing is cut here."""
_ENCODED = "it is written with escapes or character references"
_SHOWN = "it shows something on the page, which would be gone"
_TORN = "a block of the template begins or ends in it"


class Found(NamedTuple):
    """What a script gave: edits by the number of the match, reasons, the matches whose edits want looking over, and whether nothing
    of the script is left. A match in none of them may be a matter of other fixers."""

    edits: Mapping[int, tuple[Edit, ...]] = {}
    refused: Mapping[int, str] = {}
    unsafe: frozenset[int] = frozenset()
    emptied: bool = False


class ScriptFix:
    """The fix of the script `part`, in which the matches `numbers` of the task stand. First it is found out what may go; it is
    finished when it is known which shared helpers nothing else in the file uses.

    `kept` are the source spans of calls and assignments that are matches and are not to be fixed.
    """

    def __init__(self, task: Task, part: Part, numbers: Sequence[int], kept: Iterable[Span] = ()) -> None:
        self.part, self.numbers, self._kept = part, numbers, kept
        self._task = task
        self._names = names_of_all({task.matches[number].vendor for number in numbers}, task.catalog)
        self._removal: Removal | None = None
        self._conditions: Mapping[Key, tuple[str, int]] = {}
        self._wrong = _untouchable(part)
        if not self._wrong:
            self._start()

    def _start(self) -> None:
        marks = list(_marks(self._task, self.part, self.numbers))
        program = open_program(self.part, self._names, marks)
        if program is None:
            self._wrong = "the script is too long to be taken apart"
            return
        vendors = {mark.match.vendor for mark in marks}
        program.own_names = {vendor: names_of(vendor, self._task.catalog).functions for vendor in vendors}
        program.kept = frozenset(_in_text(program.places, self._kept))
        program.elsewhere = Elsewhere(self.part, self._task.parts, lambda other: open_program(other, self._names, ()))
        self._removal = Removal(program, self._task.unsafe)
        try:
            self._conditions = _decide(self._removal)
        except TooTangled:
            self._wrong = TOO_TANGLED

    @property
    def helpers(self) -> frozenset[str]:
        """The shared helpers that the script's vendors use."""
        return self._names.support

    def still_uses(self, helper: str) -> bool:
        """Whether something that stays in the script uses a shared helper."""
        if self._wrong or self._removal is None:
            return helper in self.part.text.text
        try:
            return rows_with(self._removal, helper) is None
        except TooTangled:
            return True

    def bound_to(self, helper: str) -> set[str]:
        """The helpers that go with one, because the same statements define or call them."""
        if self._wrong or self._removal is None:
            return set()
        try:
            rows = rows_with(self._removal, helper) or []
            return set().union(*(subjects(self._removal.program, row) for row in rows))
        except TooTangled:
            return {TOO_TANGLED}

    def finished(self, unused: Collection[str]) -> Found:
        """The edits; the helpers `unused` go too."""
        if self._wrong or self._removal is None:
            return Found(refused=dict.fromkeys(self.numbers, self._wrong))
        shown = frozenset(number for number in self.numbers if self._task.matches[number].kind == "widget")
        vendors = {self._task.matches[number].vendor for number in self.numbers}
        try:
            if shown and not self._task.unsafe:
                marked = self._removal.marked
                give_back(self._removal, {marked[number] for number in shown if number in marked}, _SHOWN)
            clean_up(self._removal, unused)
            drop_unused(self._removal)
            found = _found(self._removal, self._conditions, Remarks(vendors, self._names.all, self._task.catalog))
        except TooTangled:
            return Found(refused=dict.fromkeys(self.numbers, TOO_TANGLED))
        known = {mark.number for mark in self._removal.program.marks}
        refused = {**found.refused, **{number: _ENCODED for number in self.numbers if number not in known}}
        others = {number for number in refused if _is_others(self._removal.program, self._task, number)}
        refused = {number: why for number, why in refused.items() if number not in others}
        unsafe = found.unsafe | (shown & found.edits.keys())
        return found._replace(refused={**refused, **dict.fromkeys(shown - found.edits.keys(), _SHOWN)}, unsafe=unsafe)


def _untouchable(part: Part) -> str:
    if _FOREIGN_LAYERS & set(part.frame.via):
        return "it is data that something else wrote"
    return "" if Places(part.text).in_order else _ENCODED


def _in_text(places: Places, spans: Iterable[Span]) -> Iterator[Span]:
    for begin, end in spans:
        first, last = places.in_text(begin), places.in_text(end - 1)
        if first is not None and last is not None:
            yield first, last + 1


def _marks(task: Task, part: Part, numbers: Iterable[int]) -> Iterable[Mark]:
    places = Places(part.text)
    for number in numbers:
        begin, end = task.matches[number].evidence.span
        first, last = places.in_text(begin), places.in_text(end - 1)
        if first is not None and last is not None:
            yield Mark(number, first, last + 1, task.matches[number])


def _is_others(program: Program, task: Task, number: int) -> bool:
    """Whether a match that stays is a matter of other fixers: a setting, a plugin's entry, markup."""
    evidence = task.matches[number].evidence
    if isinstance(evidence, Setting):
        return True
    at = program.places.in_text(evidence.span[0])
    node = program.code.at(at, at + 1) if at is not None else None
    if isinstance(evidence, Import):
        return not _is_import(node)
    return node is not None and stands_in_markup(node)


def _is_import(node: Node | None) -> bool:
    for _ in range(8):
        if node is None:
            return False
        if node.type in ("import_statement", "call_expression"):
            return True
        node = node.parent
    return False


# -- the run


def _decide(removal: Removal) -> Mapping[Key, tuple[str, int]]:
    """Decides what goes; gives the conditions that are replaced."""
    removal.run()
    take_uses_of_imports(removal)
    for number in [mark.number for mark in removal.program.marks if mark.number in removal.refused]:
        _again(removal, number)
    take_other_uses(removal)
    drop_broken(removal)
    return settle_guards(removal)


def _again(removal: Removal, number: int) -> None:
    """Tries an import once more, now that its uses are cut."""
    mark = next(mark for mark in removal.program.marks if mark.number == number)
    if isinstance(mark.match.evidence, Import) and not removal.take(mark.begin, mark.end, number):
        del removal.refused[number]


def _found(removal: Removal, conditions: Mapping[Key, tuple[str, int]], remarks: Remarks) -> Found:
    edits: dict[int, list[Edit]] = {}
    wrong: dict[int, str] = {}
    for splice in spliced(removal.program, list(removal.cuts), remarks, lambda edit: _is_whole(removal.program, edit)):
        edit = as_edit(removal.program, splice)
        for key in splice.cuts:
            group = removal.cuts.group_at(key)
            reason = _ENCODED if edit is None else "" if _is_whole(removal.program, edit) else _TORN
            if edit is None or reason:
                wrong[group] = reason
            else:
                edits.setdefault(group, []).append(edit)
    for key, (text, group) in conditions.items():
        span = removal.program.places.in_source(*key)
        if span is not None:
            edits.setdefault(group, []).append(Edit(*span, text))
    return _by_mark(removal, edits, wrong, remarks)


def _by_mark(removal: Removal, edits: Mapping[int, list[Edit]], wrong: Mapping[int, str], remarks: Remarks) -> Found:
    marked = {removal.cuts.of(group) for group in removal.marked.values()}
    extra = [edit for group, rows in edits.items() if group not in marked and not wrong for edit in rows]
    given: dict[int, tuple[Edit, ...]] = {}
    refused = dict(removal.refused)
    unsafe = set()
    doubtful = {removal.cuts.of(group) for group in removal.doubtful}
    for number, first in removal.marked.items():
        group = removal.cuts.of(first)
        if group in wrong:
            refused[number] = wrong[group]
        else:
            given[number] = tuple(dict.fromkeys([*edits.get(group, ()), *extra]))
            unsafe |= {number} & ({number} if group in doubtful else set())
    return Found(given, refused, frozenset(unsafe), bool(given) and not wrong and _is_empty(removal, remarks))


def _is_whole_cut(removal: Removal, row: Node) -> bool:
    key = removal.cuts.covering(row.start_byte)
    return row.type == "empty_statement" or (key is not None and row.end_byte <= key[1])


def _is_whole(program: Program, edit: Edit) -> bool:
    if program.part.frame.dialect in COMPONENTS:
        return True  # their scripts and expressions hold no tags
    return holds_whole_blocks(program.part.text.source.text, edit.begin, edit.end, program.part.frame.dialect)


def _is_empty(removal: Removal, remarks: Remarks) -> bool:
    """Whether nothing of the script is left that is of any use."""
    root = removal.program.root
    if root.has_error or not all(_is_whole_cut(removal, row) for row in statements(root)):
        return False
    comments = [child for child in root.named_children if child.type == "comment"]
    return all(removal.is_gone(node.start_byte) or remarks.is_left_over(removal.program.of(node)) for node in comments)
