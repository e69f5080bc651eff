"""Scripts in strings of JSX and of objects: read as they are written, holes (`fbq('init', '${ID}')`) in place, and fixed as scripts.

Readers fill what a hole stands for into the text, which then stands in the file no more as it is.
"""

from collections.abc import Sequence

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.component_tree import Jsx
from linter.fixes.model import Outcome, Part, Task
from linter.readers.trees import ancestors
from linter.reading import Frame
from linter.text import HOLE, Slice

MAX_SCRIPTS = 200
"""Strings of one file that are looked at."""


def inner_scripts(task: Task, places: Sequence[tuple[int, Jsx, Node]]) -> Outcome:
    """What can be done about matches (their numbers and nodes) that stand in strings which are scripts. See `scripts.fix`."""
    by_string: dict[Span, tuple[Jsx, Node, list[int]]] = {}
    for number, jsx, node in places:
        string = string_around(node)
        if string is not None:
            by_string.setdefault(jsx.span(string), (jsx, string, []))[2].append(number)
    outcomes = [_fix(task, *row) for row in list(by_string.values())[:MAX_SCRIPTS]]
    return Outcome(
        {number: edits for outcome in outcomes for number, edits in outcome.edits.items()},
        {number: why for outcome in outcomes for number, why in outcome.refused.items()},
        frozenset(number for outcome in outcomes for number in outcome.unsafe),
        tuple(span for outcome in outcomes for span in outcome.emptied),
        tuple(dict.fromkeys(line for outcome in outcomes for line in outcome.after)),
    )


def string_around(node: Node) -> Node | None:
    """The string in which a node stands."""
    for outer in ancestors(node):
        if outer.type in ("string", "template_string"):
            return outer
        if outer.type not in ("string_fragment", "escape_sequence", "template_substitution"):
            break
    return None


def _fix(task: Task, jsx: Jsx, string: Node, numbers: list[int]) -> Outcome:
    from linter.fixes import scripts

    if any(child.type == "escape_sequence" for child in string.named_children):
        return Outcome(refused=dict.fromkeys(numbers, "its script is written with escapes"))
    text = _as_written(jsx, string)
    part = Part(text, "javascript", Frame(via=("javascript",), unit=text.span(0, len(text)), element="script"))
    matches = tuple(task.matches[number] for number in numbers)
    given = scripts.fix(Task(task.source, (part,), matches, task.catalog, task.unsafe))
    return Outcome(
        {numbers[at]: edits for at, edits in given.edits.items()},
        {numbers[at]: why for at, why in given.refused.items()},
        frozenset(numbers[at] for at in given.unsafe),
        given.emptied,
        given.after,
    )


def _as_written(jsx: Jsx, string: Node) -> Slice:
    """The text between the quotes, each hole a run of `HOLE`."""
    begin, end = string.start_byte + 1, string.end_byte - 1
    holes = [(c.start_byte - begin, c.end_byte - begin, HOLE) for c in string.named_children if c.type == "template_substitution"]
    return jsx.part.text.cut(begin, end).mask(holes)
