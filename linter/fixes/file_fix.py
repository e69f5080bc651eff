"""One file: which edits take which of its findings out. Asks the fixers, one after the other, and lets no half of a finding go.

Left: a fix made by each signature (the same place would be judged once for each vendor). Left: one editor that rewrites the file
from its tree (it could not promise that the rest stays as it is). Taken: fixers that each know one kind of place and give spans.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from linter.catalog import Catalog
from linter.deployed import is_note
from linter.evidence import Span
from linter.findings import Finding
from linter.fixes.model import Edit, Outcome, Task, merged
from linter.fixes.recorded import Recorded
from linter.matching import Match

FIXERS = ("php_hooks", "components", "plugin_entries", "scripts", "markup", "policies", "manifests", "settings")
"""The modules that are asked, in this order; each has a function `fix`."""
NO_PLACE = "it is in a place where nothing can be cut out safely"
_NO_PLACE_OF = {
    "plugin": "a plugin is taken out on the site as well as here: pixellint plan says how",
    "setting": "other code reads the setting: pixellint plan says where to change it",
    "library-copy": "it is a copy of the vendor's script: delete the file, and what loads it",
    "proxy": "it is a rule of the server: take it out by hand, and reload the server",
    "server-call": "it is code of the server, and may be part of a form's work: take it out by hand",
}
"""What is said instead of `NO_PLACE` of findings of these kinds."""
_FOREIGN = re.compile(r"(?:^|/)(?:(?:wp-content|app)/plugins|modules/contrib|vendor|node_modules|bower_components)/[^/]+/", re.IGNORECASE)
"""Folders of plugins and packages."""
_FORMS_PER_FILE = 2000
"""Matches of one file that fixers are asked about."""


class FindingFix(NamedTuple):
    """What takes a finding out of its file. `unsafe`: a person should look over it. `after`: what is to be done by hand then. `takes`:
    see `Outcome`."""

    edits: tuple[Edit, ...]
    unsafe: bool = False
    after: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


class FileFix(NamedTuple):
    """The fixes of a file by the number of the finding in `Recorded.told`, and why others have none."""

    fixes: Mapping[int, FindingFix]
    refused: Mapping[int, str]


def propose(
    recorded: Recorded, wanted: Iterable[int], catalog: Catalog, unsafe: bool = False, siblings: frozenset[str] = frozenset()
) -> FileFix:
    """Fixes of the findings numbered `wanted`, which can all be made together. `siblings` are the names of the files beside it."""
    refused = {number: reason for number in wanted if (reason := _hands_off(recorded, recorded.told[number].finding))}
    left = [number for number in wanted if number not in refused]
    while left:
        fixes, stuck = _propose_all(recorded, left, catalog, unsafe, siblings)
        if not stuck:
            return FileFix(fixes, refused)
        refused |= stuck
        left = [number for number in left if number not in refused]
    return FileFix({}, refused)


def _hands_off(recorded: Recorded, finding: Finding) -> str:
    """Why nothing in the file is edited, or ""."""
    if recorded.is_container:
        return "a container is edited in Tag Manager: pixellint gtm pause writes a copy to import"
    if finding.state == "dormant":
        return "it does not run"
    if "!" in recorded.source.path:
        return "it is in an archive"
    if recorded.source.path.lower().endswith(".sql"):
        return "a database dump is never edited: change the setting on the site"
    if _FOREIGN.search(recorded.source.path):
        return "it is in a folder of somebody else's code, which an update would bring back: take that out, or change it there by hand"
    if is_note(recorded.source.path, recorded.source.text):
        return "it is in a note among the code, which is no page"
    if len(recorded.told) > _FORMS_PER_FILE:
        return "the file holds too many findings"
    return ""


def _propose_all(
    recorded: Recorded, wanted: Sequence[int], catalog: Catalog, unsafe: bool, siblings: frozenset[str]
) -> tuple[dict[int, FindingFix], dict[int, str]]:
    """The fixes of all of `wanted`, or why some of them have none."""
    rows = [(number, match) for number in wanted for match in recorded.told[number].matches]
    everything = Task(recorded.source, recorded.parts, tuple(match for _, match in rows), catalog, unsafe, siblings=siblings)
    answers = _ask(everything)
    try:
        cut = merged(edit for edits in answers.edits.values() for edit in edits)
    except ValueError:
        return {}, dict.fromkeys(wanted, "its edits would overlap")
    stuck: dict[int, str] = {}
    for at, (number, match) in enumerate(rows):
        if at not in answers.edits and not _is_cut(match.evidence.span, cut):
            stuck.setdefault(number, answers.refused.get(at) or _no_place(recorded.told[number].finding, match, catalog))
    fixes: dict[int, FindingFix] = {}
    for number in wanted:
        own = [at for at, row in enumerate(rows) if row[0] == number]
        takes = tuple(dict.fromkeys(name for at in own for name in answers.takes.get(at, ())))
        edits = {edit for at in own for edit in answers.edits.get(at, ())}
        edits |= {edit for edit in cut for at in own if at not in answers.edits and _is_cut(rows[at][1].evidence.span, [edit])}
        fixes[number] = FindingFix(tuple(merged(edits)), any(at in answers.unsafe for at in own), answers.after, takes)
    return fixes, stuck


def _no_place(finding: Finding, match: Match, catalog: Catalog) -> str:
    server = catalog.vendors[finding.vendor].category == "server-side" and finding.kind not in _NO_PLACE_OF
    kind = "server-call" if server else finding.kind
    return _NO_PLACE_OF.get(kind) or _NO_PLACE_OF.get(match.kind, NO_PLACE)


def _is_cut(span: Span, edits: Iterable[Edit]) -> bool:
    return any(edit.begin <= span[0] and span[1] <= edit.end and not edit.text for edit in edits)


def _ask(task: Task) -> Outcome:
    """What all fixers say together. A fixer is asked about what none before it settled, and about what stands in scripts that were
    emptied."""
    edits: dict[int, tuple[Edit, ...]] = {}
    refused: dict[int, str] = {}
    takes: dict[int, tuple[str, ...]] = {}
    unsure: set[int] = set()
    emptied: tuple[Span, ...] = ()
    after: list[str] = []
    for name in FIXERS:
        numbers = [at for at, match in enumerate(task.matches) if at not in refused and (at not in edits or _inside(match, emptied))]
        if not numbers:
            continue
        asked = task._replace(matches=tuple(task.matches[at] for at in numbers), emptied=emptied)
        outcome: Outcome = import_module(f"linter.fixes.{name}").fix(asked)
        for at, given in outcome.edits.items():
            edits[numbers[at]] = (*edits.get(numbers[at], ()), *given)
        refused |= {numbers[at]: why for at, why in outcome.refused.items() if numbers[at] not in edits}
        takes |= {numbers[at]: names for at, names in outcome.takes.items()}
        unsure |= {numbers[at] for at in outcome.unsafe}
        emptied = (*emptied, *outcome.emptied)
        after += [line for line in outcome.after if line not in after]
    return Outcome(edits, refused | _of_functions(task, edits, refused), frozenset(unsure), emptied, tuple(after), takes)


def _of_functions(task: Task, edits: Mapping[int, object], refused: Mapping[int, str]) -> dict[int, str]:
    """Why the PHP functions that hold what nobody takes are not taken out."""
    numbers = [at for at, match in enumerate(task.matches) if at not in edits and at not in refused and match.evidence.via[:1] == ("php",)]
    if not numbers or task.unsafe:
        return {}
    from linter.fixes.php_hooks import why_not

    return {numbers[at]: why for at, why in why_not(task._replace(matches=tuple(task.matches[at] for at in numbers))).items()}


def _inside(match: Match, spans: Iterable[Span]) -> bool:
    begin, end = match.evidence.span
    return any(first <= begin and end <= last for first, last in spans)
