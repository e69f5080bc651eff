"""Fixes of required packages: the entry of the manifest, with its comma and its lines, and the command for the lock file.

Safe only where nothing in the repository uses the package, which the caller finds out: see `packages` and `manifest_imports`.
Left: running the package manager (nothing is run). Left: editing the lock file (its checksums are the package manager's).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from linter.catalog import Catalog
from linter.evidence import Plugin, Requirement
from linter.fixes.manifest_json import BROKEN, COMMENT, IN_SCRIPT, TWICE, Entry, Manifest
from linter.fixes.manifest_kinds import is_generated, is_taken_in, kind_of, why_not
from linter.fixes.manifest_lines import FINDERS
from linter.fixes.manifest_locks import before, repair
from linter.fixes.model import WITH_CARE, Edit, Outcome, Task, merged

_NEEDS_LOOK = frozenset({"composer", "nuget"})
"""Ecosystems in which packages are used without being named."""


Wanted = Requirement | Plugin
Found = tuple[dict[int, tuple[Edit, ...]], dict[int, str]]


def other_names(vendor: str, ecosystem: str, catalog: Catalog) -> tuple[str, ...]:
    """The names of a vendor's packages in an ecosystem that code may use in place of the one that is required."""
    rows = (
        name
        for (kind, name), found in catalog.names.items()
        if kind == "package"
        for s in found
        if _is_row(s.vendor, s.test, vendor, ecosystem)
    )
    return tuple(sorted(set(rows))) if ecosystem in ("pypi", "gem", "composer") else ()


def _is_row(owner: str, test: Mapping[str, object], vendor: str, ecosystem: str) -> bool:
    return owner == vendor and test.get("ecosystem", "npm") == ecosystem


def fix(task: Task) -> Outcome:
    """Takes required packages out of a manifest. `after` has the command to run.

    Plugins that composer.json requires, and packages that a framework takes in by itself, are unsafe.
    """
    name = task.source.path.rpartition("/")[2].lower()
    kind = kind_of(name, task.source.path)
    wanted = dict(_wanted(task, name))
    if not wanted:
        return Outcome()
    if kind == "" or is_generated(kind, task.source.text):
        return Outcome(refused=dict.fromkeys(wanted, why_not(kind, task.source.path)))
    edits, refused = _json(task, name, wanted) if kind == "json" else _lines(task, kind, wanted)
    unsafe = frozenset(n for n in edits if not _is_certain(wanted[n], task))
    if unsafe and not task.unsafe:
        refused |= dict.fromkeys(unsafe, WITH_CARE)
        edits = {n: row for n, row in edits.items() if n not in unsafe}
        unsafe = frozenset()
    return Outcome(edits, refused, unsafe, after=_after(task, [wanted[n] for n in edits], task.siblings))


def _after(task: Task, pieces: Iterable[Wanted], siblings: frozenset[str]) -> tuple[str, ...]:
    folder = task.source.path.rpartition("/")[0]
    lines: dict[str, None] = {}
    for piece in pieces:
        first = before(piece.platform, piece.slug) if isinstance(piece, Plugin) else ""
        lines |= dict.fromkeys([first, repair(_ecosystem(piece), _written(task, piece), folder, siblings)])
    return tuple(line for line in lines if line)


def _wanted(task: Task, name: str) -> Iterator[tuple[int, Wanted]]:
    for number, match in enumerate(task.matches):
        piece = match.evidence
        if isinstance(piece, Requirement) or (isinstance(piece, Plugin) and name == "composer.json" and not piece.main):
            yield number, piece


def _ecosystem(piece: Wanted) -> str:
    return piece.ecosystem if isinstance(piece, Requirement) else "composer"


def _written(task: Task, piece: Wanted) -> str:
    """The name as the manifest writes it."""
    begin, end = piece.span if isinstance(piece, Requirement) else piece.block
    return task.source.text[begin:end].strip("\"'").partition('"')[0]


def _is_certain(piece: Wanted, task: Task) -> bool:
    """Whether the name alone tells whether the package is used: no plugin, no package under another name."""
    if not isinstance(piece, Requirement) or piece.ecosystem in _NEEDS_LOOK:
        return False
    if piece.ecosystem == "npm" and task.source.text[slice(*piece.block)].strip("\"'") != piece.package:
        return False
    return not is_taken_in(piece.package)


def _json(task: Task, name: str, wanted: Mapping[int, Wanted]) -> Found:
    manifest = Manifest(task.source, name)
    if manifest.is_broken:
        return {}, dict.fromkeys(wanted, BROKEN)
    known = {number: manifest.entry_of(piece) for number, piece in wanted.items()}
    keys = {entry.key for entry in manifest.entries}
    refused = {n: TWICE if _written(task, wanted[n]) in keys else IN_SCRIPT for n, entry in known.items() if entry is None}
    groups = {number: manifest.alike(entry) for number, entry in known.items() if entry is not None}
    found = manifest.edits(_distinct([entry for group in groups.values() for entry in group]))
    if found is None:
        return {}, {**refused, **dict.fromkeys(groups, COMMENT)}
    edits = {n: tuple(dict.fromkeys(found[entry.section.begin, entry.number] for entry in group)) for n, group in groups.items()}
    return _not_named_else(task, edits, wanted, refused)


def _distinct(entries: list[Entry]) -> list[Entry]:
    return list({(entry.section.begin, entry.number): entry for entry in entries}.values())


def _lines(task: Task, kind: str, wanted: Mapping[int, Wanted]) -> Found:
    edits: dict[int, tuple[Edit, ...]] = {}
    refused: dict[int, str] = {}
    for number, piece in wanted.items():
        found = FINDERS[kind](task.source.text, piece.span, _written(task, piece))
        if isinstance(found, str):
            refused[number] = found
        else:
            edits[number] = tuple(found)
    return _not_named_else(task, edits, wanted, refused)


def _not_named_else(task: Task, edits: dict[int, tuple[Edit, ...]], wanted: Mapping[int, Wanted], refused: dict[int, str]) -> Found:
    """The edits without those of packages that the rest of the file names too."""
    text = task.source.text
    cut = merged(edit for row in edits.values() for edit in row)
    for number in list(edits):
        piece = wanted[number]
        if not isinstance(piece, Requirement):
            continue
        word = re.compile(rf"(?:(?<![\w@/.-])|(?<=node_modules/)){re.escape(_written(task, piece))}(?![\w-])", re.IGNORECASE)
        left = _found_outside(word, text, cut)
        if left >= 0:
            refused[number] = f"line {task.source.line_number(left)} of the file names it too"
            del edits[number]
    return edits, refused


def _found_outside(word: re.Pattern[str], text: str, cut: list[Edit]) -> int:
    """Where a word stands in the text that is left, or -1."""
    at = 0
    for edit in [*cut, Edit(len(text), len(text))]:
        found = word.search(text, at, edit.begin)
        if found is not None:
            return found.start()
        at = edit.end
    return -1
