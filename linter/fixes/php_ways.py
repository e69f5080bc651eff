"""The ways out of PHP code: which statements go together so that a tracker is gone and nothing else."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import Url
from linter.fixes.model import Task
from linter.fixes.php_code import Code, arguments, called, statement_of
from linter.fixes.php_names import function_around, handle_of, hooks_of, statements_of
from linter.fixes.php_print import ENQUEUES, PRINTERS, Printed
from linter.fixes.php_pure import left_of

SEEN = frozenset({"widget"})
"""Kinds of matches that people see on the page."""
MAX_FUNCTIONS = 60
"""Functions, and statements, of a file that are looked at."""
MAX_RUN = 60
"""Statements before and behind one that print together with it."""
MAX_JUDGED, LEAST = 200_000, 2_000
"""Characters that are read as a page of their own, of a file; each page counts as so many at least."""


class Way(NamedTuple):
    """A way out: the statements that go, and the names that nothing else may use (handles in quotes)."""

    nodes: tuple[Node, ...]
    names: tuple[str, ...]


class Ways:
    """Finds the way out of each match of one file."""

    def __init__(self, code: Code, task: Task) -> None:
        self._code = code
        self._task = task
        self._echoes: dict[int, Way | None] = {}
        self._handles: dict[str, Way | str] = {}
        self._enqueuing: dict[int, bool] = {}
        self._judged = 0
        rows = sorted((match.evidence.span, number) for number, match in enumerate(task.matches))
        self._begins, self._rows = [span[0] for span, _ in rows], rows

    def ways(self) -> Mapping[int, "Way | str"]:
        """By the number of the match: the way out, or why there is none."""
        found: dict[int, Way | str] = {}
        inside: dict[int, list[int]] = defaultdict(list)
        functions: dict[int, Node] = {}
        for number, match in enumerate(self._task.matches):
            function = function_around(self._code, match.evidence.span) if match.evidence.via[:1] == ("php",) else None
            if function is not None:
                inside[function.id].append(number)
                functions[function.id] = function
            elif self.enqueues(number):
                found[number] = self._enqueued(number)
            elif match.evidence.via[:1] == ("php",) and (echoed := self._echoed(number)) is not None:
                found[number] = echoed
        for count, (key, numbers) in enumerate(inside.items()):
            way = self._function(functions[key], numbers) if count < MAX_FUNCTIONS else "the file holds too many functions"
            for number in numbers:
                found[number] = way if isinstance(way, Way) else self._statement_of(number) or way
        return self._with_inline(found)

    def _statement_of(self, number: int) -> "Way | str | None":
        return self._enqueued(number) if self.enqueues(number) else self._echoed(number)

    def _function(self, function: Node, numbers: Sequence[int]) -> "Way | str":
        """The way out of a function that does nothing but print, and enqueue, what the matches in it are."""
        hooks = hooks_of(self._code, function)
        if isinstance(hooks, str):
            return hooks
        vendors = {self._task.matches[number].vendor for number in numbers}
        printed = Printed(self._code, [function])
        why = printed.trouble or self._prints_more(printed, vendors)
        if why:
            return why
        name = function.child_by_field_name("name")
        nodes = [*hooks] if name is None else [function, *hooks]
        taken = [self._code.of(name)] if name is not None else []
        for handle in sorted({handle_of(self._code, statement) for statement in printed.enqueues}):
            way = self._handle(handle)
            if isinstance(way, str):
                return way
            nodes += [node for node in way.nodes if not function.start_byte <= node.start_byte < function.end_byte]
            taken += way.names
        return Way(tuple(nodes), tuple(taken))

    def _prints_more(self, printed: Printed, vendors: set[str]) -> str:
        if not printed.html.strip():
            return "" if printed.enqueues else "it is not clear what the function does"
        return self._judge(printed.html, vendors)

    def _judge(self, html: str, vendors: set[str]) -> str:
        self._judged += len(html) + LEAST
        return left_of(html, vendors, self._task.catalog) if self._judged <= MAX_JUDGED else "the file prints too much to look at all of it"

    # -- statements that print

    def _echoed(self, number: int) -> "Way | None":
        """The way out of statements that print nothing but what the match is of: all that stand together, or the one alone."""
        around = self._code.at(self._task.matches[number].evidence.span)
        statement = next((node for node in around if _is_printing(node, self._code)), None)
        if statement is None:
            return None
        if statement.id not in self._echoes:
            runs = [_run(statement, self._code), [statement]]
            ways = [Way(tuple(run), ()) for run in runs if self._prints_only(run)] if len(self._echoes) < MAX_FUNCTIONS else []
            self._echoes |= {node.id: way for way in ways[:1] for node in way.nodes}
            self._echoes.setdefault(statement.id, None)
        return self._echoes[statement.id]

    def _prints_only(self, run: Sequence[Node]) -> bool:
        vendors = {self._task.matches[number].vendor for statement in run for number in self._inside(statement)}
        printed = Printed(self._code, run)
        return not printed.trouble and bool(vendors) and not self._prints_more(printed, vendors)

    # -- enqueued scripts

    def enqueues(self, number: int) -> bool:
        """Whether a match is the address of a script that a statement enqueues."""
        if number not in self._enqueuing:
            piece = self._task.matches[number].evidence
            own = isinstance(piece, Url) and piece.via == ("php",)
            around = self._code.at(piece.span) if own else []
            self._enqueuing[number] = any(
                node.type == "function_call_expression" and called(node, self._code) in ENQUEUES for node in around
            )
        return self._enqueuing[number]

    def _enqueued(self, number: int) -> "Way | str":
        if self._task.matches[number].kind in SEEN:
            return "people see it on the page: what takes its place is to be chosen"
        statement = self._statement(number)
        handle = handle_of(self._code, statement) if statement is not None else ""
        return self._handle(handle) if handle else "its handle is not written out"

    def _statement(self, number: int) -> Node | None:
        around = self._code.at(self._task.matches[number].evidence.span)
        return statement_of(around[0]) if around else None

    def _handle(self, handle: str) -> "Way | str":
        """The way out of a script that is enqueued by the handle: all statements about it."""
        if handle not in self._handles:
            self._handles[handle] = self._of_handle(handle)
        return self._handles[handle]

    def _of_handle(self, handle: str) -> "Way | str":
        statements = statements_of(self._code, handle) if handle else "its handle is not written out"
        if isinstance(statements, str):
            return statements
        if isinstance(statements, int):
            return f"its handle `{handle}` is used in line {statements} too"
        vendors = {self._task.matches[n].vendor for s in statements for n in self._inside(s)}
        if not any(self.enqueues(n) for s in statements for n in self._inside(s)):
            return f"the script `{handle}` is not the tracker's"
        for statement in statements:
            if called(statement, self._code) == "wp_add_inline_script" and self._left(statement, vendors):
                return f"line {self._code.source.line_number(statement.start_byte)} adds other code to the script `{handle}`"
        return Way(tuple(statements), (f"'{handle}'",))

    def _inside(self, statement: Node) -> list[int]:
        begin, end = statement.start_byte, statement.end_byte
        first, last = bisect_left(self._begins, begin), bisect_left(self._begins, end)
        return sorted(number for span, number in self._rows[first:last] if span[1] <= end)

    def _left(self, statement: Node, vendors: set[str]) -> str:
        given = arguments(statement)
        text = self._code.values.value(given[1]).text if len(given) > 1 else ""
        return self._judge(f"<script>{text}</script>", vendors)

    def _with_inline(self, found: dict[int, "Way | str"]) -> Mapping[int, "Way | str"]:
        """The ways, also of matches in the inline scripts of handles that go."""
        for way in [way for way in found.values() if isinstance(way, Way)]:
            for node in way.nodes:
                for number in self._inside(node):
                    found.setdefault(number, way)
        return found


def _is_printing(node: Node, code: Code) -> bool:
    if node.type == "echo_statement":
        return True
    inner = node.named_children[0] if node.type == "expression_statement" and node.named_child_count else None
    return inner is not None and (inner.type == "print_intrinsic" or called(node, code) in PRINTERS)


def _run(statement: Node, code: Code) -> list[Node]:
    """The statements around one that print one after the other."""
    run = [statement]
    for forward in (False, True):
        node = statement
        for _ in range(MAX_RUN):
            beside = node.next_named_sibling if forward else node.prev_named_sibling
            if beside is None or not _is_printing(beside, code):
                break
            node = beside
            run.insert(len(run) if forward else 0, node)
    return run
