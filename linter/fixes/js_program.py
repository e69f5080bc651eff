"""One script that is to be fixed: its tree, its bindings, the vendors' names, and where the matches in it stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import Assignment, Call, Span
from linter.fixes.js_bindings import FUNCTIONS, Bindings, Effort
from linter.fixes.js_elsewhere import Elsewhere
from linter.fixes.js_places import Places
from linter.fixes.model import Part
from linter.fixes.names import Names
from linter.matching import Match
from linter.probe import LiteralProbe
from linter.readers.js_values import WRAPPERS, Code, wrapped
from linter.readers.trees import ancestors, first_named, parse
from linter.reading import Reading

MAX_TEXT = 1_500_000
"""Characters of a script; a longer one is not edited."""
EFFORT = 400_000
"""Nodes of one script that are looked at, some of them several times."""
GRAMMARS = {"javascript": "tsx", "typescript": "typescript"}
LISTS = frozenset("program statement_block switch_case switch_default class_static_block".split())
"""Nodes that hold statements one after the other."""
DEEP = 60
"""Levels of expressions and of variables that are followed."""
_MODULE = re.compile(r"^[ \t]*(?:import\b[^(.]|export\b)", re.MULTILINE)


class Mark(NamedTuple):
    """A match in this script: its number in the task, and its offsets in the script's text."""

    number: int
    begin: int
    end: int
    match: Match


class Program:
    """A parsed script, and what fixes need to know of it."""

    def __init__(self, part: Part, code: Code, names: Names, marks: Sequence[Mark]) -> None:
        self.part, self.code, self.text = part, code, code.text
        self.root = code.tree.root_node
        self.places = Places(part.text)
        self.effort = Effort(EFFORT)
        self.bindings = Bindings(code, self.effort)
        self.names = names
        self.marks = sorted(marks, key=lambda mark: (mark.begin, mark.end))
        self._begins = [mark.begin for mark in self.marks]
        self._calls = {(mark.begin, mark.end) for mark in self.marks if isinstance(mark.match.evidence, Call)}
        self._assignments = {(mark.begin, mark.end) for mark in self.marks if isinstance(mark.match.evidence, Assignment)}
        self.is_module = part.frame.element != "handler" and (part.language == "typescript" or _MODULE.search(self.text) is not None)
        """Whether its names are its own. Those of other scripts are seen by all scripts of a page."""
        self._rows: dict[tuple[int, int, str], list[Node]] = {}
        self.guards: dict[tuple[int, int, frozenset[str]], Node | None] = {}
        """The first check for a vendor's function in the body of a function, by its offsets and the names that count."""
        self.kept: frozenset[Span] = frozenset()
        """Where matches stand that are not to be fixed: what holds one of them stays."""
        self.own_names: Mapping[str, frozenset[str]] = {}
        """The functions of each vendor."""
        self.asked = names.functions
        """The functions of the vendors whose matches are looked at just now: checks for them count."""
        self.elsewhere: Elsewhere | None = None
        """The rest of the file."""

    def of(self, node: Node) -> str:
        """The text of a node."""
        return self.code.of(node)

    def is_marked(self, node: Node) -> bool:
        """Whether a match stands in the node."""
        return self.holds_mark(node.start_byte, node.end_byte)

    def holds_mark(self, begin: int, end: int) -> bool:
        """Whether a match begins in text[begin:end]."""
        at = bisect_left(self._begins, begin)
        return at < len(self._begins) and self._begins[at] < end

    def is_marked_call(self, node: Node) -> bool:
        """Whether the call itself is a match."""
        return (node.start_byte, node.end_byte) in self._calls

    def is_marked_assignment(self, node: Node) -> bool:
        """Whether the assignment itself is a match."""
        return (node.start_byte, node.end_byte) in self._assignments

    def words(self, name: str) -> list[int]:
        """Where `name` stands as a word in the code: also as a type, a component, a member; not in strings and comments."""
        found = []
        for match in re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", self.text):
            self.spend(4)
            node = self.code.at(*match.span())
            if node is not None and node.type not in ("comment", "html_comment", "string_fragment", "string"):
                found.append(match.start())
        return found

    def rows(self, holder: Node) -> list[Node]:
        """The statements of a list, made once."""
        key = (holder.start_byte, holder.end_byte, holder.type)
        if key not in self._rows:
            self._rows[key] = statements(holder)
            self.spend(len(self._rows[key]))
        return self._rows[key]

    def row_at(self, holder: Node, at: int) -> int:
        """The number of the first statement of a list that ends behind an offset."""
        return bisect_right(self.rows(holder), at, key=lambda row: row.end_byte)

    def is_known_elsewhere(self, name: str) -> bool:
        """Whether another script or a template of the file speaks of a name that this one declares for all."""
        self.spend(len(self.part.text.source.text) // 200)
        return self.elsewhere is not None and self.elsewhere.speaks_of(name)

    def spend(self, units: int = 1) -> None:
        """Counts nodes that are looked at."""
        self.effort.spend(units)

    def source_span(self, begin: int, end: int) -> Span:
        """The source span of text[begin:end], for showing it."""
        return self.part.text.span(begin, end)


def open_program(part: Part, names: Names, marks: Sequence[Mark]) -> Program | None:
    """The parsed script; None where it is too long or too tangled."""
    if len(part.text) > MAX_TEXT or part.language not in GRAMMARS:
        return None
    reading = Reading(part.text.source, LiteralProbe(()))
    tree = parse(part.text.text, GRAMMARS[part.language], reading)
    return Program(part, Code(part.text, tree, reading.effort), names, marks) if tree is not None else None


def bare(node: Node) -> Node:
    """The expression without parentheses and casts around it."""
    for _ in range(DEEP):
        if node.type not in WRAPPERS or not node.named_children:
            break
        node = wrapped(node)
    return node


def statements(holder: Node) -> list[Node]:
    """The statements of a list, without comments."""
    inside = [child for child in holder.named_children if child.type not in ("comment", "html_comment")]
    value = holder.child_by_field_name("value") if holder.type == "switch_case" else None
    return [child for child in inside if child != value]


def bare_callee(call: Node) -> Node | None:
    """What a call calls, without parentheses and casts."""
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return bare(callee) if callee is not None else None


def arguments_of(call: Node, count: int = 60) -> list[Node]:
    """The first `count` arguments of a call, without comments."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "arguments":
        return []
    return [child for child in first_named(arguments, count) if child.type != "comment"]


def function_around(node: Node) -> Node | None:
    """The function right around a node."""
    return next((outer for outer in ancestors(node.parent) if outer.type in FUNCTIONS), None)


def walk(node: Node, program: Program) -> Iterator[Node]:
    """All named nodes in a node, itself first."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        program.spend()
        yield current
        waiting.extend(reversed(current.named_children))
