"""GitLab's Code Quality report, a subset of Code Climate's: an array, empty where nothing is found."""

from collections import Counter
from typing import Any

from linter.findings import Finding, Result
from linter.reports.document import dump
from linter.reports.paths import from_base

SEVERITY = {"error": "critical", "warning": "major", "note": "info"}


def render(result: Result, base: str = "") -> str:
    """The report; `base` is the current folder from that of the repository (see `paths.from_base`)."""
    seen: Counter[str] = Counter()
    return dump([_entry(finding, base, seen) for finding in result.findings])


def _entry(finding: Finding, base: str, seen: Counter[str]) -> dict[str, Any]:
    """GitLab shows no `check_name`, so the description begins with it. It keeps one entry of a fingerprint only."""
    seen[finding.fingerprint] += 1
    count = seen[finding.fingerprint]
    return {
        "description": f"{finding.rule}: {finding.message}",
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint if count == 1 else f"{finding.fingerprint}:again:{count}",
        "severity": SEVERITY[finding.severity],
        "location": {
            "path": from_base(finding.path, base),
            "lines": {"begin": finding.start.line, "end": finding.end.line},
        },
    }
