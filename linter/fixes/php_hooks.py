"""Fixes of PHP hooks: functions that only print a tracker or enqueue its script, with the statements that hook them up. Unsafe.

The markup that such a function prints is taken out by the fixers of markup and scripts, and the function is left; this fixer takes
the function too, so that its edits hold theirs. It is asked first, and where it does not know a way it says nothing, so that
they are asked.

Left: methods of classes (they are called from anywhere). Left: filters (what goes in has to come out). Left: plugins (their
folders are the plugin's; it is to be deactivated).
"""

import re
from collections.abc import Mapping

from linter.evidence import Url
from linter.fixes.model import WITH_CARE, Edit, Outcome, Task
from linter.fixes.php_code import Code, read_code
from linter.fixes.php_removal import removed
from linter.fixes.php_ways import Way, Ways
from linter.matching import Match

ON_SERVER = "it is code of the server, and may be part of a form's work: take it out by hand"
_PLUGIN = re.compile(r"(?:.*/)?(?:plugins|vendor|node_modules)/.*", re.IGNORECASE)


def fix(task: Task) -> Outcome:
    """Takes hook functions out, and the calls that enqueue a tracker's script. Nothing where unsafe edits are not asked for, but for
    what no other fixer could take."""
    code = _code(task)
    if code is None:
        return Outcome()
    asked = Ways(code, task)
    sent = {number: ON_SERVER for number, match in enumerate(task.matches) if _is_request(match)}
    if not task.unsafe and not any(asked.enqueues(number) for number in range(len(task.matches))):
        return Outcome(refused=sent)
    ways = asked.ways()
    edits = _edits(code, ways)
    mine = {number for number in ways if asked.enqueues(number)}
    refused = {number: why for number, why in sent.items() if number not in edits}
    refused |= {number: way for number, way in ways.items() if isinstance(way, str) and number in mine}
    if not task.unsafe:
        return Outcome(refused={**refused, **dict.fromkeys(edits.keys() & mine, WITH_CARE)})
    takes = {number: way.names for number, way in ways.items() if isinstance(way, Way) and number in edits}
    return Outcome(edits, refused, frozenset(edits), takes=takes)


def _is_request(match: Match) -> bool:
    return isinstance(match.evidence, Url) and match.evidence.role == "request" and match.evidence.via == ("php",)


def why_not(task: Task) -> Mapping[int, str]:
    """Why the function that a match stands in is not taken out, by the number of the match, for those that no other fixer takes."""
    code = _code(task)
    ways = Ways(code, task).ways() if code is not None else {}
    return {number: way if isinstance(way, str) else WITH_CARE for number, way in ways.items()}


def _code(task: Task) -> Code | None:
    if _PLUGIN.fullmatch(task.source.path) or not any(match.evidence.via[:1] == ("php",) for match in task.matches):
        return None
    return read_code(task.source)


def _edits(code: Code, ways: Mapping[int, Way | str]) -> dict[int, tuple[Edit, ...]]:
    gone = {(node.start_byte, node.end_byte) for way in _distinct(ways) for node in way.nodes}
    known = {id(way): removed(code, way.nodes, gone) for way in _distinct(ways)}
    found = {number: known[id(way)] for number, way in ways.items() if isinstance(way, Way)}
    return {number: edits for number, edits in found.items() if edits is not None}


def _distinct(ways: Mapping[int, Way | str]) -> list[Way]:
    return list({id(way): way for way in ways.values() if isinstance(way, Way)}.values())
