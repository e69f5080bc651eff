"""What is taken out of one script: for each match the outermost piece around it that does nothing but the vendor's work.

Pieces are tried from the outside in. A check (`if (!window.fbq) return;`) behind which other code waits that would not run any more
once the vendor is gone is no place to cut in: there the match is refused, or the check goes with it where a person looks over it.
"""

from tree_sitter import Node

from linter.evidence import Call, Import, Setting
from linter.fixes.js_bindings import FUNCTIONS, TooTangled
from linter.fixes.js_closure import Closures
from linter.fixes.js_effects import Analysis
from linter.fixes.js_groups import Cut, Groups, cut_of
from linter.fixes.js_program import Mark, Program, bare, bare_callee, statements
from linter.fixes.js_slots import Slot, handler_of, mentions, slots_around

TOO_TANGLED = "the script is too tangled to be sure of it"
BEHIND_CHECK = "the code behind the check for the vendor's function would not run any more"


class Removal:
    """The cuts of one script. `marked` are the groups of the marks that go, `refused` says why others stay.

    `unsafe`: checks may be dropped so that other code runs; `doubtful` are the groups in which that was done.
    """

    def __init__(self, program: Program, unsafe: bool = False) -> None:
        self.program, self.unsafe = program, unsafe
        self.analysis = Analysis(program)
        self.closures = Closures(self.analysis, self.is_gone)
        self.cuts = Groups()
        self.marked: dict[int, int] = {}
        self.refused: dict[int, str] = {}
        self.doubtful: set[int] = set()
        self._needs: tuple[int, ...] = ()
        self._vendors: dict[int, set[str]] = {}

    def run(self) -> None:
        """Decides about every mark: what only others use, such as a constant or an import, last."""
        self._decide()
        for mark in self.program.marks:
            wrapper = wrapper_of(self.program, mark) if mark.number in self.refused else None
            cuts = [cut for cut in self.cuts if wrapper is not None and wrapper.start_byte < cut.begin < wrapper.end_byte]
            if cuts:
                self.marked[mark.number] = self.cuts.group_at(cuts[0].key)
                del self.refused[mark.number]

    def _decide(self) -> None:
        for mark in sorted(self.program.marks, key=_turn):
            self.program.asked = self.program.own_names.get(mark.match.vendor, self.program.names.functions)
            try:
                why = self.take(mark.begin, mark.end, mark.number)
            except TooTangled:
                why = TOO_TANGLED
            if why:
                self.refused[mark.number] = why

    def names_of(self, group: int) -> frozenset[str]:
        """The functions of the vendors whose matches go with a group of cuts."""
        vendors = self._vendors.get(self.cuts.of(group), set()) if len(self.program.own_names) > 1 else set()
        return frozenset().union(*(self.program.own_names[vendor] for vendor in vendors)) if vendors else self.program.names.functions

    def count_vendors(self) -> None:
        """Finds out the vendors of the groups, as they are now."""
        self._vendors = {}
        for mark in self.program.marks:
            if mark.number in self.marked:
                self._vendors.setdefault(self.cuts.of(self.marked[mark.number]), set()).add(mark.match.vendor)

    def is_gone(self, at: int) -> bool:
        """Whether the code at an offset is taken out already."""
        self.program.spend()
        return self.cuts.covering(at) is not None

    def take(self, begin: int, end: int, number: int | None = None) -> str:
        """Takes out what stands at text[begin:end], for a mark or without one; why it cannot be, or ""."""
        known = self.cuts.covering(begin)
        if known is not None and end <= known[1]:
            self._took(number, self.cuts.group_at(known))
            return ""
        why, checks = "", list[Slot]()
        self._needs = tuple[int, ...]()
        for slot in slots_around(self.program, begin, end):
            cuts, reason = self._try(slot)
            if not cuts and slot.shape == "tail":
                if not self.unsafe:
                    return reason
                checks.append(slot._replace(shape="statement"))
                slot = Slot("statement", _statement_at(slot.holder, begin), slot.holder)
                cuts, reason = self._try(slot)
            if cuts:
                group = self.cuts.add([*cuts, *map(cut_of, checks)])
                for at in self._needs:
                    key = self.cuts.covering(at)
                    if key is not None:
                        self.cuts.join(group, self.cuts.group_at(key))
                self._took(number, group)
                self.doubtful |= {group} if checks else set()
                return ""
            why = reason
        return why or "it is no statement of its own"

    def _took(self, number: int | None, group: int) -> None:
        if number is not None:
            self.marked[number] = group

    # -- one slot

    def _try(self, slot: Slot) -> tuple[list[Cut], str]:
        """The cuts that take the slot out, or why it cannot be."""
        match slot.shape:
            case "statement":
                closure = self.closures.of(slot.node, slot.holder)
                self._needs = closure.needs
                return [cut_of(slot._replace(node=node)) for node in closure.statements], closure.refused
            case "tail" | "whole":
                return self._tail(slot)
            case "attribute":
                return self._attribute(slot)
            case "return" | "arrow" | "value" if not self.analysis.calls.is_vendors(slot.node):
                return [], "its value is used"
            case _:
                effects = self.analysis.of(slot.node)
                others = [binding for binding in effects.touched if binding.kind != "param"]
                if effects.foreign or others:
                    return [], effects.foreign or f"it changes `{others[0].name}`"
                return [cut_of(slot)], ""

    def _tail(self, slot: Slot) -> tuple[list[Cut], str]:
        rest = [child for child in statements(slot.holder) if child.start_byte >= slot.node.start_byte]
        effects = self.analysis.of(*rest, to_end=True)
        if effects.foreign or any(not self._is_of(binding.begin, slot.holder) for binding in effects.touched):
            return [], BEHIND_CHECK
        own = [row for row in rest if self._is_related(row, rest) or row == slot.node]
        if slot.shape == "whole" and len(own) < len(rest):
            return [], "its function does more"
        return [cut_of(slot._replace(shape="statement", node=node)) for node in own], ""

    def _is_related(self, row: Node, rows: list[Node]) -> bool:
        """Whether a statement has to do with the vendor: it names it, ends the function, or shares a local name with one that does."""
        if self.program.is_marked(row) or mentions(self.program, row) or _leaves(row):
            return True
        vendors = [other for other in rows if other != row and (self.program.is_marked(other) or mentions(self.program, other))]
        names = {binding.key for other in vendors for binding in self.closures.read_in(other)}
        return any(binding.key in names for binding in self.closures.read_in(row) if binding.kind != "param")

    def _is_of(self, at: int, holder: Node) -> bool:
        """Whether a scope that begins at `at` is that of the function around the list, or within it."""
        function = holder.parent
        if holder.type == "program":
            return True
        return function is not None and function.start_byte <= at < function.end_byte

    def _attribute(self, slot: Slot) -> tuple[list[Cut], str]:
        function = handler_of(slot.node)
        if function is None:
            return [], "it is part of the markup"
        effects = self.analysis.of(function)
        if effects.foreign or effects.touched:
            return [], effects.foreign or "its handler does more"
        return [cut_of(slot)], ""


def _leaves(row: Node) -> bool:
    """Whether a statement only ends its function, always or if something holds."""
    taken = row.child_by_field_name("consequence") if row.type == "if_statement" else row
    last = statements(taken)[-1:] if taken is not None and taken.type == "statement_block" else [taken]
    return bool(last) and last[0] is not None and last[0].type == "return_statement"


def wrapper_of(program: Program, mark: Mark) -> Node | None:
    """The function of the script that a call goes through (`const track = (...a) => fbq(...a)`), if it is no vendor's function itself."""
    node = program.code.at(mark.begin, mark.end)
    callee = bare_callee(node) if isinstance(mark.match.evidence, Call) and node is not None else None
    binding = program.bindings.of(callee) if callee is not None and callee.type == "identifier" else None
    if binding is None or binding.name in program.names.all:
        return None
    for name in binding.declared:
        owner = name.parent
        function = owner.child_by_field_name("value") if owner is not None and owner.type == "variable_declarator" else owner
        if function is not None and bare(function).type in FUNCTIONS:
            return bare(function)
    return None


def _turn(mark: Mark) -> int:
    return isinstance(mark.match.evidence, Setting) + 2 * isinstance(mark.match.evidence, Import)


def _statement_at(holder: Node, at: int) -> Node:
    """The statement of a list around an offset."""
    return next((row for row in statements(holder) if row.start_byte <= at < row.end_byte), holder)
