"""Fixes as suggestions for reports: what one would accept to take a finding out, whole and on its own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.findings import Finding
from linter.fixes.model import Edit, merged
from linter.fixes.needs import is_script, is_whole_page
from linter.fixes.together import FileChange, Fixes, Key, key_of
from linter.snippets import LOADERS
from linter.text import Place

MAX_FILES = 50
"""Files that one suggestion may change; a loader that hangs together with more gives none."""
_DEFINING = frozenset({*LOADERS, "base-code"})


class Replacement(NamedTuple):
    """`text` takes the place of what stands from `start` to `end` (exclusive) in the file."""

    path: str
    start: Place
    end: Place
    text: str


class Suggestion(NamedTuple):
    """All replacements that belong together, by path and place, and whether a person should look them over."""

    replacements: tuple[Replacement, ...]
    unsafe: bool


def suggestions(fixes: Fixes) -> Mapping[Key, Suggestion]:
    """A suggestion for each finding that has a fix; that of a loader holds also the fixes of what would miss it."""
    return {key: given for change in fixes.changes for key, given in _of_file(change, fixes.changes)}


def _of_file(change: FileChange, changes: Sequence[FileChange]) -> Iterator[tuple[Key, Suggestion]]:
    for finding, fix in zip(change.findings, change.fixes, strict=True):
        together = [(change, fix.edits), *_with_it(finding, change, changes)]
        paths = {row.path for row, _ in together}
        if len(paths) > MAX_FILES:
            continue
        replacements: list[Replacement] = []
        for row in changes:
            edits = merged(edit for other, given in together if other is row for edit in given) if row.path in paths else []
            replacements += [_replacement(row, edit) for edit in edits]
        yield key_of(finding), Suggestion(tuple(replacements), fix.unsafe)


def _with_it(finding: Finding, change: FileChange, changes: Sequence[FileChange]) -> Iterator[tuple[FileChange, Sequence[Edit]]]:
    """The fixes of the other findings of the vendor that a loader takes along."""
    if finding.kind not in _DEFINING:
        return
    alone = is_whole_page(change.path, change.source.text)
    for other in changes:
        if other is not change and alone and not is_script(other.path):
            continue
        for row, fix in zip(other.findings, other.fixes, strict=True):
            if row.vendor == finding.vendor and row is not finding and row.kind not in _DEFINING:
                yield other, fix.edits


def _replacement(change: FileChange, edit: Edit) -> Replacement:
    source = change.source
    return Replacement(change.path, source.place(edit.begin), source.place(edit.end), edit.text)
