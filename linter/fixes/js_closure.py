"""Which statements go together: those that share names which nothing else uses.

A loader of plain statements (`var s = document.createElement("script"); s.src = ...; document.head.appendChild(s);`) is three statements
and one thing. From the statement with the match on, each statement that touches a name which this one sets or declares comes along,
as long as all of them do nothing else.
"""

from collections.abc import Callable
from typing import NamedTuple

from tree_sitter import Node

from linter.fixes.js_bindings import Binding
from linter.fixes.js_effects import Analysis
from linter.fixes.js_program import walk

MAX_TOGETHER = 80
"""Statements that go together."""


class Closure(NamedTuple):
    """The statements that go, or why they cannot. `needs` are offsets of uses of their names that go already: with these only."""

    statements: tuple[Node, ...] = ()
    refused: str = ""
    needs: tuple[int, ...] = ()


class Closures:
    """Finds closures in one script. `is_gone` says whether the code at an offset is taken out already."""

    def __init__(self, analysis: Analysis, is_gone: Callable[[int], bool]) -> None:
        self._analysis, self._program, self._is_gone = analysis, analysis.program, is_gone

    def of(self, statement: Node, holder: Node) -> Closure:
        """What goes with `statement`, one of those of `holder`."""
        self._needs: list[int] = []
        taken: dict[int, Node] = {}
        bindings: dict[tuple[str, int, int], Binding] = {}
        waiting = [(statement, "")]
        while waiting:
            current, name = waiting.pop()
            if current.start_byte in taken:
                continue
            effects = self._analysis.of(current)
            if effects.foreign or len(taken) >= MAX_TOGETHER:
                used = f"`{name}`, which it sets, is used by other code" if name and f"`{name}`" not in effects.foreign else effects.foreign
                return Closure(refused=used or "it hangs together with too much else")
            taken[current.start_byte] = current
            for binding in effects.touched:
                if binding.key in bindings:
                    continue
                bindings[binding.key] = binding
                if self._is_shared(binding) and self._may_stay(binding, current):
                    continue
                found = self._users(binding, holder)
                if isinstance(found, str):
                    return Closure(refused=found)
                waiting += [(row, binding.name) for row in found]
        self._add_unused(taken, holder)
        return Closure(tuple(taken[at] for at in sorted(taken)), "", tuple(self._needs))

    def _users(self, binding: Binding, holder: Node) -> list[Node] | str:
        """The statements of the list in which the name stands, or why it cannot go."""
        shared = self._is_shared(binding)
        if shared:
            return shared
        if binding.kind == "import":
            return self._still_used(binding) or []
        found = []
        declared = () if self._is_parameter_of(binding, holder) else binding.declared
        for node in (*declared, *self._program.bindings.references(binding)):
            if self._is_gone(node.start_byte):
                self._needs.append(node.start_byte)
                continue
            owner = self._owner(node, holder)
            if owner is None:
                return f"`{binding.name}` is used elsewhere too"
            found.append(owner)
        return found

    def _is_parameter_of(self, binding: Binding, holder: Node) -> bool:
        """Whether a name is a parameter of the function whose body the list is: it may stay, unused."""
        return binding.kind == "param" and holder.parent is not None and holder.parent.start_byte == binding.begin

    def _may_stay(self, binding: Binding, statement: Node) -> bool:
        """Whether a function that others may call is only called here, and does nothing but the vendor's work itself."""
        if any(statement.start_byte <= name.start_byte < statement.end_byte for name in binding.declared):
            return False
        return self._analysis.is_harmless(binding)

    def _still_used(self, binding: Binding) -> str:
        """Where an imported name is used besides, or ""."""
        left = [node for node in self._program.bindings.references(binding) if not self._is_gone(node.start_byte)]
        if not left:
            self._needs += [node.start_byte for node in self._program.bindings.references(binding)]
            return ""
        line = self._program.part.text.source.line_number(self._program.source_span(left[0].start_byte, left[0].end_byte)[0])
        return f"line {line} still uses `{binding.name}`"

    def _is_shared(self, binding: Binding) -> str:
        """Why other scripts may use the name, or ""."""
        if binding.begin != 0 or binding.name in self._program.names.all:
            return ""
        if self._program.is_module and not self._program.part.frame.dialect:
            return ""
        if not self._program.is_module and (binding.kind in ("function", "class") or self._analysis.is_function(binding)):
            return f"other scripts may call `{binding.name}`"
        return f"another script uses `{binding.name}`" if self._program.is_known_elsewhere(binding.name) else ""

    def _owner(self, node: Node, holder: Node) -> Node | None:
        """The statement of the list that a node stands in."""
        if not holder.start_byte <= node.start_byte < holder.end_byte:
            return None
        rows = self._program.rows(holder)
        number = self._program.row_at(holder, node.start_byte)
        return rows[number] if number < len(rows) and rows[number].start_byte <= node.start_byte else None

    # -- what nothing uses any more

    def _add_unused(self, taken: dict[int, Node], holder: Node) -> None:
        """Takes along the declarations of the same list whose names only the taken statements use, where no other script can."""
        seen: set[tuple[str, int, int]] = set()
        waiting = list(taken.values())
        while waiting and len(taken) <= MAX_TOGETHER:
            for binding in self.read_in(waiting.pop()):
                if binding.key in seen:
                    continue
                seen.add(binding.key)
                statement = self._owner(binding.declared[0], holder) if len(binding.declared) == 1 else None
                if statement is not None and statement.start_byte not in taken and self._is_unused(statement, binding, taken):
                    taken[statement.start_byte] = statement
                    waiting.append(statement)

    def read_in(self, statement: Node) -> list[Binding]:
        """The local names that a statement speaks of."""
        names = (node for node in walk(statement, self._program) if node.type in ("identifier", "shorthand_property_identifier"))
        found = (self._program.bindings.of(node) for node in names)
        return [row for row in found if row is not None and row.declared and (row.begin != 0 or self._program.is_module)]

    def _is_unused(self, statement: Node, binding: Binding, taken: dict[int, Node]) -> bool:
        """Whether a statement only declares names, and these are used by nothing but what goes."""
        names = _declared_names(statement)
        if binding.declared[0].start_byte not in [name.start_byte for name in names]:
            return False
        effects = self._analysis.of(statement)
        bindings = [self._program.bindings.of(name) for name in names]
        keys = {row.key for row in bindings if row is not None}
        if effects.foreign or any(touched.key not in keys for touched in effects.touched) or self._is_shared(binding):
            return False
        places = [place for row in bindings if row is not None for place in self._program.bindings.references(row)]
        if not all(self._goes(place, taken) for place in places):
            return False
        self._needs += [place.start_byte for place in places if self._is_gone(place.start_byte)]
        return True

    def _goes(self, place: Node, taken: dict[int, Node]) -> bool:
        at = place.start_byte
        return self._is_gone(at) or any(node.start_byte <= at < node.end_byte for node in taken.values())


def _declared_names(statement: Node) -> list[Node]:
    """The names that a statement declares, if it declares one, or those of one pattern."""
    if statement.type == "function_declaration":
        return [name for name in (statement.child_by_field_name("name"),) if name is not None]
    if statement.type not in ("lexical_declaration", "variable_declaration"):
        return []
    declarators = [child for child in statement.named_children if child.type == "variable_declarator"]
    waiting = [declarators[0].child_by_field_name("name")] if len(declarators) == 1 else []
    found: list[Node] = []
    while waiting and len(found) < 20:
        node = waiting.pop()
        if node is None:
            continue
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            found.append(node)
        elif node.type in ("array_pattern", "object_pattern", "rest_pattern"):
            waiting += node.named_children
        else:
            return []
    return found
