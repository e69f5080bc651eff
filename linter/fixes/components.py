"""Elements in JSX: scripts, images and components of vendors, with what is of no use without them.

Left: cutting the text of an element and leaving the element (`<Script>` without a script is a riddle to the next reader). Left: a
rewrite of the component from its tree. Taken: the element as a whole where it holds nothing else, then whatever held only that,
then the imports and constants that nothing uses any more.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import Call, Element, Span, Url
from linter.fixes.component_comments import Speaks
from linter.fixes.component_constants import shown_by
from linter.fixes.component_elements import OTHER_CODE, Elements
from linter.fixes.component_heads import Item, edits_of, item_of
from linter.fixes.component_heads import objection as head_objection
from linter.fixes.component_ids import blanked
from linter.fixes.component_items import rewidened
from linter.fixes.component_names import unused
from linter.fixes.component_scripts import inner_scripts, string_around
from linter.fixes.component_spans import Going, Gone, key_of
from linter.fixes.component_tree import Jsx, Standing, Trees, attribute_name
from linter.fixes.model import Edit, Outcome, Task
from linter.reading import covering

_LOADED = frozenset({"script", "image", "frame", "hint", "style", "request"})


class _Found(NamedTuple):
    """What is to go of one script: elements, by what tells them from others, and items of lists of scripts."""

    jsx: Jsx
    elements: dict[tuple[int, int, str], Node]
    items: list[Item]


class _Places:
    """The matches of a task by where they stand."""

    def __init__(self, task: Task) -> None:
        self._rows = sorted((*match.evidence.span, number) for number, match in enumerate(task.matches))

    def within(self, span: Span) -> list[int]:
        """The numbers of the matches that stand in a source span."""
        first = bisect_left(self._rows, (span[0], 0, 0))
        last = bisect_left(self._rows, (span[1], 0, 0))
        return [number for _, end, number in self._rows[first : last + 1] if end <= span[1]]


def fix(task: Task) -> Outcome:
    """Takes out JSX elements, and items of lists of scripts, that hold nothing but what the matches are about. See `Outcome`."""
    trees = Trees(task)
    standings = [row for number in range(len(task.matches)) for row in _standings(task, trees, number)]
    known = {number for number, _ in standings}
    items = [row for number in range(len(task.matches)) if number not in known and (row := _item(task, trees, number)) is not None]
    if not standings and not items:
        return Outcome({number: (edit,) for number, edit in blanked(task, trees, ()).items()})
    places = [*((n, found.jsx, found.node) for n, found in standings), *((n, item.jsx, node) for n, item, node in items)]
    inner = inner_scripts(task, [place for place in places if _may_be_code(task, place[0])])
    marked = [task.matches[number].evidence.span for number, _, _ in places if isinstance(task.matches[number].evidence, Url | Element)]
    elements = Elements(marked, [*task.emptied, *inner.emptied])
    refused: dict[int, str] = {}
    scripts: dict[int, _Found] = {}
    for number, found in standings:
        why = elements.objection(found, isinstance(task.matches[number].evidence, Element))
        if not _refuse(refused, inner, number, why):
            scripts.setdefault(id(found.jsx), _Found(found.jsx, {}, [])).elements[key_of(found.element)] = found.element
    for number, item, _ in items:
        if not _refuse(refused, inner, number, head_objection(item, elements)):
            scripts.setdefault(id(item.jsx), _Found(item.jsx, {}, [])).items.append(item)
    outcome = _outcome(task, inner, refused, list(scripts.values()))
    gone = sorted({(edit.begin, edit.end) for edits in outcome.edits.values() for edit in edits})
    more = {number: (edit,) for number, edit in blanked(task, trees, gone).items() if number not in outcome.edits}
    return outcome._replace(edits={**outcome.edits, **more})


def _refuse(refused: dict[int, str], inner: Outcome, number: int, why: str) -> bool:
    """Notes why a match stays; who looked at the code of a script knows better."""
    if why == OTHER_CODE:
        refused |= {number: inner.refused[number]} if number in inner.refused else {}
    elif why:
        refused[number] = why
    return bool(why)


def _item(task: Task, trees: Trees, number: int) -> tuple[int, Item, Node] | None:
    """The item of a list of scripts that a match is about, with its number and node."""
    evidence = task.matches[number].evidence
    if not isinstance(evidence, Url | Call) or (isinstance(evidence, Url) and evidence.role in ("policy", "proxy")):
        return None
    jsx = trees.holding(evidence.span)
    node = jsx.at(evidence.span) if jsx is not None else None
    item = item_of(jsx, node, task.source.path) if jsx is not None and node is not None else None
    return (number, item, node) if item is not None and node is not None else None


def _may_be_code(task: Task, number: int) -> bool:
    """Whether a match stands in a script within a string, of which it is not known yet that nothing else is in it."""
    evidence = task.matches[number].evidence
    return "string" in evidence.via and evidence.via[-1] == "javascript" and not covering(evidence.span, task.emptied)


def _standings(task: Task, trees: Trees, number: int) -> list[tuple[int, Standing]]:
    """The elements that a match is about, each with its number."""
    evidence = task.matches[number].evidence
    if task.matches[number].kind == "trace":
        return []
    found = trees.around(evidence.span)
    if found is not None:
        return [(number, found)] if _is_ours(task, number, found) else []
    is_code = isinstance(evidence, Url | Call) and "string" in evidence.via
    return [(number, shown) for shown in shown_by(trees, evidence.span)] if is_code else []


def _is_ours(task: Task, number: int, found: Standing) -> bool:
    """Whether a match is what an element is there for: its address, its text, or the element itself."""
    evidence = task.matches[number].evidence
    if isinstance(evidence, Element):
        return True
    if isinstance(evidence, Url) and evidence.role in _LOADED and found.attribute is not None:
        return True
    if string_around(found.node) is None:
        return False
    name = attribute_name(found.jsx, found.attribute) if found.attribute is not None else ""
    return isinstance(evidence, Url | Call) or name in ("dangerouslySetInnerHTML", "innerHTML", "") or covering(evidence.span, task.emptied)


def _outcome(task: Task, inner: Outcome, refused: dict[int, str], scripts: Sequence[_Found]) -> Outcome:
    edits: dict[int, tuple[Edit, ...]] = dict(inner.edits)
    speaks, places = Speaks({match.vendor for match in task.matches}, task.catalog), _Places(task)
    for found in scripts:
        gone = Going(found.jsx, speaks).settle(found.elements.values())
        gone += [Gone(node, edit) for node, edit in edits_of(found.jsx, found.items)]
        for row in gone:
            if row.edit is None:
                refused |= dict.fromkeys(places.within(found.jsx.span(row.node)), row.why)
        for numbers, given in _edits(task, places, found.jsx, gone, speaks):
            for number in numbers:
                edits[number] = (*edits.get(number, ()), *given)
    return Outcome(
        edits,
        {number: why for number, why in refused.items() if number not in edits},
        frozenset(number for number in inner.unsafe if number in edits),
        inner.emptied,
        inner.after,
    )


def _edits(task: Task, places: _Places, jsx: Jsx, gone: Sequence[Gone], speaks: Speaks) -> list[tuple[list[int], list[Edit]]]:
    """The edits of one script, with the numbers of the matches that need them."""
    rows = [(jsx.span(row.node), row.edit) for row in gone if row.edit is not None]
    spare = unused(jsx, [span for span, _ in rows], speaks) if rows else []
    by_edit = _united(task.source.text, [*((edit, [span]) for span, edit in rows), *((row.edit, [row.span]) for row in spare)])
    numbers = [(edit, sorted({n for span in spans for n in places.within(span)})) for edit, spans in by_edit]
    everything = sorted({number for _, own in numbers for number in own})
    extra = [edit for edit, own in numbers if not own]
    return [*((own, [edit]) for edit, own in numbers if own), (everything, extra)]


def _united(text: str, rows: Sequence[tuple[Edit, list[Span]]]) -> list[tuple[Edit, list[Span]]]:
    """Deletions that overlap or touch made one."""
    out: list[tuple[Edit, list[Span]]] = []
    for edit, spans in sorted(rows, key=lambda row: (row[0].begin, -row[0].end)):
        if out and edit.begin <= out[-1][0].end and not edit.text and not out[-1][0].text:
            last, known = out[-1]
            out[-1] = (Edit(*rewidened(text, last.begin, max(last.end, edit.end))), [*known, *spans])
        else:
            out.append((edit, spans))
    return out
