"""Fixes of JavaScript: loaders, start calls and events are cut out of scripts, with the guards and comments around them.

Left: cutting stock snippets by their text (minified, reformatted and commented ones are no less common). Left: writing the script
anew from its tree without the vendor (every other line would change too). Taken: spans of statements and parts of expressions of
which an analysis of effects shows that they do nothing but the vendor's work; see `js_effects`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.catalog import Catalog
from linter.evidence import Assignment, Call, Import, Setting, Span, Url
from linter.fixes.js_elsewhere import Regions
from linter.fixes.js_one import Found, ScriptFix
from linter.fixes.js_places import Places
from linter.fixes.js_program import GRAMMARS, open_program
from linter.fixes.js_slots import stands_in_markup
from linter.fixes.model import Edit, Outcome, Part, Task
from linter.fixes.names import Names
from linter.fixes.recorded import record
from linter.matching import Match

_ROLES = frozenset("script code image frame request".split())
"""What the URLs are used for that scripts load."""


class _Held(NamedTuple):
    begin: int
    end: int
    part: Part


def fix(task: Task) -> Outcome:
    """Takes matches out of scripts. What stands in markup, also in that of JSX, is left to other fixers, as is a whole script
    in a string of JSX."""
    return _Fix(task).outcome()


class _Fix:
    """The fixes of one task: first of scripts in strings of other scripts, whose matches then count in these."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._held = [
            _Held(*part.text.span(0, len(part.text)), part) for part in task.parts if part.frame.state != "dormant" and len(part.text)
        ]
        self._edits: dict[int, tuple[Edit, ...]] = {}
        self._refused: dict[int, str] = {}
        self._unsafe: set[int] = set()
        self._emptied: list[Span] = []
        self._kept = _others(task)
        self._regions = Regions(task.source.text)

    def outcome(self) -> Outcome:
        """What comes of all scripts."""
        scripts = self._by_part()
        outer = {id(part): (part, numbers) for part, numbers in scripts if "string" not in part.frame.via}
        for part, found in self._all([row for row in scripts if "string" in row[0].frame.via]):
            self._in_string(part, found, outer)
        for part, found in self._all(list(outer.values())):
            self._take(part, found)
        refused = {number: why for number, why in self._refused.items() if number not in self._edits}
        return Outcome(self._edits, refused, frozenset(self._unsafe), tuple(self._emptied))

    def _all(self, scripts: Sequence[tuple[Part, list[int]]]) -> Iterator[tuple[Part, Found]]:
        """The fixes of some scripts: a helper that several share goes only from all of them."""
        fixes = [ScriptFix(self._task, part, numbers, self._kept) for part, numbers in scripts]
        helpers = frozenset().union(*(fix.helpers for fix in fixes))
        unused = {helper for helper in helpers if not self._is_used(helper, fixes)}
        for _ in helpers:
            unused = {helper for helper in unused if all(fix.bound_to(helper) <= unused for fix in fixes)}
        for fix in fixes:
            yield fix.part, fix.finished(unused & fix.helpers)

    def _is_used(self, helper: str, fixes: Sequence[ScriptFix]) -> bool:
        """Whether something in the file that stays uses a shared helper."""
        word = re.compile(rf"(?<![\w$]){re.escape(helper)}(?![\w$])")
        text, spans = self._task.source.text, sorted(fix.part.text.span(0, len(fix.part.text)) for fix in fixes)
        if any(fix.still_uses(helper) for fix in fixes if word.search(fix.part.text.text)):
            return True
        at = 0
        for begin, end in (*spans, (len(text), len(text))):
            if any(self._is_code(found.start()) for found in word.finditer(text, at, max(begin, at))):
                return True
            at = max(at, end)
        return False

    def _is_code(self, at: int) -> bool:
        """Whether what stands at an offset of the file is code, as far as it can be told."""
        whole = self._task.parts[0].language in GRAMMARS if self._task.parts else True
        return whole or self._regions.is_code(at)

    def _take(self, part: Part, found: Found) -> None:
        self._edits |= found.edits
        self._refused |= found.refused
        self._unsafe |= found.unsafe
        self._emptied += [part.text.span(0, len(part.text))] if found.emptied else []

    def _in_string(self, part: Part, found: Found, outer: dict[int, tuple[Part, list[int]]]) -> None:
        """A script in a string: what is nothing but the vendor's goes with the statement around it, or is left to others in JSX."""
        around = self._around(part)
        markup = around is None or _is_in_markup(around, part)
        if not found.emptied:
            self._take(part, found._replace(refused={}) if markup else found)
        elif part.frame.via[-1:] != ("string",):
            self._take(part, found)
        elif around is not None and not markup:
            self._take(part, found._replace(emptied=False))
            outer.setdefault(id(around), (around, []))[1].extend(found.edits)

    def _around(self, part: Part) -> Part | None:
        """The script in whose string a script stands."""
        begin, end = part.text.span(0, len(part.text))
        around = [row for row in self._held if row.begin <= begin and end <= row.end and row.part is not part]
        scripts = [row for row in around if row.part.language in GRAMMARS and "string" not in row.part.frame.via]
        return min(scripts, key=lambda row: row.end - row.begin).part if scripts else None

    # -- which script a match stands in

    def _by_part(self) -> list[tuple[Part, list[int]]]:
        """The matches that stand in scripts, by the innermost one, which is no markup in a script."""
        found: dict[int, tuple[Part, list[int]]] = {}
        for number, match in enumerate(self._task.matches):
            part = _innermost(match, self._held) if _is_ours(match) else None
            if part is not None and part.language in GRAMMARS:
                found.setdefault(id(part), (part, []))[1].append(number)
        return list(found.values())


def _others(task: Task) -> frozenset[Span]:
    """The spans of the calls and assignments of the file that are matches, and not of the task."""
    wanted = {match.evidence.span for match in task.matches}
    return _all_matches(task.source.path, task.source.data, task.catalog) - wanted


def _all_matches(path: str, data: bytes, catalog: Catalog) -> frozenset[Span]:
    recorded = record(path, data, catalog)
    rows = recorded.told if recorded is not None else ()
    live = [match.evidence for row in rows if row.finding.state != "dormant" for match in row.matches]
    return frozenset(evidence.span for evidence in live if isinstance(evidence, (Call, Assignment)))


def _is_ours(match: Match) -> bool:
    if isinstance(match.evidence, Url):
        return match.evidence.role in _ROLES
    return isinstance(match.evidence, (Call, Import, Setting, Assignment))


def _innermost(match: Match, held: Iterable[_Held]) -> Part | None:
    """The smallest part around a match; of several readings of one text, one in which the match is not masked."""
    begin, end = match.evidence.span
    around = [row for row in held if row.begin <= begin and end <= row.end]
    if not around:
        return None
    size = min(row.end - row.begin for row in around)
    smallest = [row.part for row in around if row.end - row.begin == size]
    scripts = [part for part in smallest if part.language in GRAMMARS] or smallest
    return next((part for part in scripts if _shows(part, begin, end)), scripts[0])


def _shows(part: Part, begin: int, end: int) -> bool:
    first = Places(part.text).in_text(begin)
    return first is not None and part.text.text[first : first + min(end - begin, 80)] == part.text.source.text[begin:end][:80]


def _is_in_markup(around: Part, part: Part) -> bool:
    program = open_program(around, Names(), ())
    at = Places(around.text).in_text(part.text.span(0, 1)[0])
    node = program.code.at(at, at + 1) if program is not None and at is not None else None
    return node is None or stands_in_markup(node)
