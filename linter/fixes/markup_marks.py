"""The tags of a template as marks: which block each belongs to, and whether its effect reaches beyond the place where it stands."""

import re
from collections import Counter
from typing import NamedTuple

from linter.readers import flow
from linter.readers.dialects import DIALECTS, Dialect
from linter.readers.flow import word
from linter.readers.tags import Scanner, Tag


class Inner(NamedTuple):
    """text[begin:end] inside a mark is text of its own, of which parts may go. `pieces`: what must stay whole or go whole (None: all
    goes). `quoted`: it is a string of code that begins there."""

    begin: int
    end: int
    pieces: re.Pattern[str] | None = None
    quoted: int | None = None


class Mark(NamedTuple):
    """A tag at text[begin:end]. `blocks` are the numbers of the blocks it opens, divides or ends, `names` what it assigns to.

    `reaches`: what it does is of effect elsewhere, or is not known. `dangling`: the text right behind it belongs to it. `raw`: 1 where
    raw text begins behind it, -1 where it ends.
    """

    begin: int
    end: int
    blocks: tuple[int, ...] = ()
    reaches: bool = False
    names: tuple[str, ...] = ()
    inner: tuple[Inner, ...] = ()
    dangling: bool = False
    raw: int = 0


class Marks(NamedTuple):
    """The marks of a text in order, where they begin, and how many marks each block has.

    `unsure`: the blocks could not be told apart everywhere. What stands behind `until` was not looked at.
    """

    marks: list[Mark]
    begins: list[int]
    totals: Counter[int]
    unsure: bool
    until: int


def marks_of(found: list[Mark], unsure: bool, until: int) -> Marks:
    """The marks, sorted, with what is counted of them."""
    found.sort(key=lambda mark: mark.begin)
    totals = Counter(block for mark in found for block in mark.blocks)
    return Marks(found, [mark.begin for mark in found], totals, unsure, until)


_CONDITIONS = frozenset(
    "if ifset unless case for foreach forelse while until switch each with range isset empty auth guest production env can cannot once "
    "ifchanged ifequal ifnotequal tablerow loop spaceless strip raw verbatim literal noparse is isnt compare cfif cfloop list "
    "hassection sectionmissing cfoutput cfsilent nocache autoescape".split()
)
"""Blocks that only decide whether or how often their inside is printed."""
_BLADE_IF = frozenset({"hassection", "sectionmissing"})
_MIDDLE = frozenset(
    "else elseif elsif elif when foreachelse sectionelse empty plural pluralize cfelse cfelseif cfcase cfdefaultcase".split()
)
_ASSIGNED = re.compile(
    r"\s*[-~+]?\s*(?:(?:assign|set|var|let|const)\s+(?:\$|var\s*=\s*['\"])?|\$|#set\s*\(\s*\$)?(?P<name>[A-Za-z_]\w*)\s*(?:\|\|)?:?=(?![=>~])"
)
_RUBY_BLOCK = re.compile(r"\b(?:each|each_\w+|times|loop|map)\b")
_RUBY_END = re.compile(r"[;\n}]\s*end\b|\bthen\b.*\bend\b|\bend\b.*\bend\b|\bend\s*;?\s*\b(?:if|unless|while)\b", re.DOTALL)
_MORE = re.compile(r"[;\n]\s*\S")
_CHANGES = re.compile(r"\+\+|--|<<|(?<![=!<>:])=(?![=>~])")


def template_marks(text: str, dialect: str) -> Marks:
    """The marks of a text in a template language (a key of `DIALECTS`) or a component's ("svelte", "astro")."""
    if dialect in ("svelte", "astro"):
        from linter.fixes.markup_components import component_marks

        return component_marks(text, dialect)
    row = DIALECTS[dialect]
    scanner = Scanner(text, dialect)
    tags = scanner.tags()
    flows = [_flow_of(text, tag, row) for tag in tags]
    raw = _raw_blocks(tags, flows)
    blocks, unsure = _paired(flows)
    marks = [
        Mark(tag.begin, tag.end, raw=raw[number]) if number in raw else _mark(text, tag, flows[number], tuple(blocks.get(number, ())), row)
        for number, tag in enumerate(tags)
        if tag.kind != "keep" or number - 1 not in raw
    ]
    if dialect == "razor":
        from linter.fixes.markup_razor import joined, razor_blocks

        extra, lost = razor_blocks(text, tags, len(tags))
        marks, unsure = joined(marks, extra), unsure or lost
    return marks_of(marks, unsure or scanner.tangled, scanner.until)


class _Flow(NamedTuple):
    """What a tag does to the blocks: `name` tells which ends belong to it ("" to any). `known`: it surely opens a block."""

    kind: flow.Flow
    name: str = ""
    known: bool = True


def _flow_of(text: str, tag: Tag, row: Dialect) -> _Flow:
    if tag.kind not in ("control", "output"):
        return _Flow("")
    inside = text[tag.inside[0] : tag.inside[1]]
    kind = row.flow(inside)
    if row.flow in (flow.code, flow.go, flow.handlebars):
        return _Flow(kind, "")
    name, stripped = word(inside), inside.lstrip(" \t\r\n~-+")
    if stripped.startswith("/"):
        return _Flow("end", name)
    if name == "end":
        return _Flow("end", "")
    if name.startswith("end") and len(name) > 3:
        return _Flow("end", name[3:].lstrip("_"))
    if kind == "open":
        return _Flow("open", name)
    if kind == "else" or name.startswith("else") or (name in _MIDDLE and "(" not in stripped):
        return _Flow("else")
    if name in _BLADE_IF:
        return _Flow("open", "if")
    may_open = tag.kind == "control" or row is DIALECTS["smarty"]
    return _Flow("open", name, known=False) if name and may_open else _Flow("")


def _raw_blocks(tags: list[Tag], flows: list[_Flow]) -> dict[int, int]:
    """The tags around raw texts by their numbers, 1 and -1; they belong to no block, so that raw text may be left and entered again."""
    found: dict[int, int] = {}
    for number in range(1, len(tags) - 1):
        before, tag, behind = tags[number - 1 : number + 2]
        touches = before.end == tag.begin and tag.end == behind.begin and before.kind == behind.kind == "control"
        if tag.kind == "keep" and touches and behind.inside == (behind.end, behind.end):
            found[number - 1], found[number + 1] = 1, -1
            flows[number - 1] = flows[number + 1] = _Flow("")
    return found


class _Open:
    """A block that is open: its name, and the numbers of its tags so far."""

    def __init__(self, name: str, known: bool, number: int) -> None:
        self.name, self.known, self.tags = name, known, [number]


def _paired(flows: list[_Flow]) -> tuple[dict[int, list[int]], bool]:
    """The blocks that each tag belongs to, by its number; and whether some could not be told."""
    ends = {one.name for one in flows if one.kind == "end"}
    blocks: dict[int, list[int]] = {}
    stack: list[_Open] = []
    unsure = False
    depth: Counter[str] = Counter()
    for number, one in enumerate(flows):
        if one.kind == "open" and (one.known or one.name in ends):
            stack.append(_Open(one.name, one.known, number))
            depth[one.name] += 1
        elif one.kind == "else":
            if stack:
                stack[-1].tags.append(number)
        elif one.kind == "end":
            if not stack or (one.name and not depth[one.name]):
                unsure = True
                continue
            middle: list[int] = []
            while True:
                top = stack.pop()
                depth[top.name] -= 1
                if not one.name or top.name == one.name:
                    break
                unsure = unsure or top.known
                middle += top.tags[1:]
            for tag in (*top.tags, *middle, number):
                blocks.setdefault(tag, []).append(number)
    return blocks, unsure or any(one.known for one in stack)


def _mark(text: str, tag: Tag, flow_of: _Flow, blocks: tuple[int, ...], row: Dialect) -> Mark:
    if tag.kind == "comment" or tag.kind == "keep":
        return Mark(tag.begin, tag.end, blocks, inner=(Inner(*tag.inside),) if tag.kind == "keep" else ())
    if tag.kind == "block":
        return Mark(tag.begin, tag.end, reaches=True, inner=(Inner(*tag.inside),) if tag.role in ("javascript", "css", "data") else ())
    inside = text[tag.inside[0] : tag.inside[1]]
    assigned = _ASSIGNED.match(inside)
    names = (assigned["name"],) if assigned and flow_of.kind in ("", "open") else ()
    return Mark(tag.begin, tag.end, blocks, _reaches(inside, tag, flow_of, bool(names), bool(blocks), row), names)


def _reaches(inside: str, tag: Tag, flow_of: _Flow, assigns: bool, paired: bool, row: Dialect) -> bool:
    """Whether what a tag does may be of effect elsewhere."""
    if row.flow is flow.code and flow_of.kind and _RUBY_END.search(inside):
        return True
    if flow_of.kind == "open" and paired:
        if row.flow is flow.code:
            code = inside.strip(" \t\r\n-_=")
            return not (word(code) in _CONDITIONS or _RUBY_BLOCK.search(code) or code.endswith("{")) or tag.kind == "output"
        return word(inside) not in _CONDITIONS and not (row is DIALECTS["smarty"] and word(inside) == "section")
    if flow_of.kind in ("else", "end"):
        return False
    if assigns:
        return tag.kind != "control" or _MORE.search(_without_strings(inside)) is not None
    if tag.kind == "output":
        return row.flow is flow.code and _CHANGES.search(_without_strings(inside)) is not None
    return bool(inside.strip("-~ \t\r\n@:"))


_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")


def _without_strings(code: str) -> str:
    return _STRING.sub("''", code)
