"""The baseline: findings that are known and not reported again, in a file that is committed.

A finding is known by rule, path, state and text (of which a hash is kept), each with a count: code that moves stays known, a
second pixel on the same line is new, and so is everything in a file that is renamed. No lines, dates or versions stand in it.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from linter.findings import Finding
from linter.options import STDIN, OptionError

NAME = ".pixellint-baseline.json"
VERSION = 1
MAX_BYTES = 50_000_000
_KEYS = ("path", "rule", "state", "text")


class Known(NamedTuple):
    """What is known of a finding. `path` is relative to the baseline's folder, POSIX; `text` a hash of account and text."""

    path: str
    rule: str
    state: str
    text: str


class Compared(NamedTuple):
    """The findings that are new, how many are known, and the entries that no finding is left of, with how many too many."""

    new: tuple[Finding, ...]
    known: int
    stale: "Counter[Known]"


def known_of(finding: Finding, cwd: str, folder: str) -> Known:
    """The entry of a finding, for a baseline in `folder`; both folders absolute."""
    path = relative(finding.path, cwd, folder)
    account_and_text = "\0".join(finding.identity.split("\0")[2:])
    digest = sha256(account_and_text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return Known(path.encode("utf-8", "backslashreplace").decode(), finding.rule, finding.state, digest)


def relative(path: str, cwd: str, folder: str) -> str:
    """A path as reported, from another folder than the current one."""
    if path.startswith("<"):
        return path
    inner = os.path.relpath(os.path.join(os.path.realpath(cwd), path), os.path.realpath(folder))
    return inner.replace(os.sep, "/")


def counted(findings: Iterable[Finding], cwd: str, folder: str) -> "Counter[Known]":
    """The baseline of findings."""
    return Counter(known_of(finding, cwd, folder) for finding in findings)


def compare(findings: Sequence[Finding], baseline: "Counter[Known]", cwd: str, folder: str) -> Compared:
    """Findings against a baseline: of equal ones, as many as it counts are known, the first in the file."""
    left = Counter(baseline)
    new = []
    for finding in findings:
        entry = known_of(finding, cwd, folder)
        if left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(finding)
    return Compared(tuple(new), len(findings) - len(new), +left)


def text_of(baseline: "Counter[Known]") -> str:
    """The file: an entry a line, sorted."""
    rows = [json.dumps({**entry._asdict(), "count": count}, ensure_ascii=False) for entry, count in sorted(baseline.items()) if count > 0]
    inner = ",\n".join(f"    {row}" for row in rows)
    return f'{{\n  "version": {VERSION},\n  "findings": [{f"{chr(10)}{inner}{chr(10)}  " if rows else ""}]\n}}\n'


def read(path: str, name: str) -> "Counter[Known]":
    """The baseline in a file; `name` is how messages call it. Raises `OptionError` where it is missing or not of this form."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "unknown error"
        raise OptionError(f"{name}: the baseline cannot be read: {why}; pixellint baseline create writes one") from None
    try:
        document = json.loads(data)
        rows = document["findings"] if document["version"] == VERSION else None
        entries = Counter({Known(*(_text(row[key]) for key in _KEYS)): _count(row["count"]) for row in rows or ()})
    except (ValueError, KeyError, TypeError, RecursionError):
        raise OptionError(f"{name}: is no baseline; pixellint baseline create writes one") from None
    if rows is None:
        raise OptionError(f"{name}: is a baseline of version {document['version']!r}, which this version does not know")
    return entries


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError
    return value


def in_scope(entry: Known, paths: Iterable[str], skipped: Iterable[str], cwd: str, folder: str) -> bool:
    """Whether a run that was asked to check `paths` would have found an entry's finding if it were still there."""
    if entry.path in {relative(path, cwd, folder) for path in skipped}:
        return False
    for path in paths:
        if path == STDIN:
            continue
        asked = relative(os.path.realpath(os.path.join(cwd, path)), cwd, folder)
        if asked == "." and not entry.path.startswith("../"):
            return True
        if entry.path == asked or entry.path.startswith(f"{asked}/") or (asked.startswith("../") and _above(asked)):
            return True
    return False


def _above(path: str) -> bool:
    """Whether a relative path only goes upwards, so that everything here is below it."""
    return not path.replace("../", "").replace("..", "")
