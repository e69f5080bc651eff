"""JUnit XML: one suite, one case for each file with findings, and one that passes where there is none.

A file with an error or a warning fails; one with notes alone passes and tells them in its output. What could not be read is an
error. Characters that XML 1.0 cannot hold are shown as reports for people show them.
"""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from linter.findings import SEVERITIES, Finding, Result, Skipped
from linter.reports import counted, listed, printable

NAME = "pixellint"


def render(result: Result) -> str:
    """The document."""
    groups = [(path, list(rows)) for path, rows in groupby(result.findings, lambda finding: finding.path)]
    failed = [skip for skip in result.skipped if skip.failed]
    cases = [_case(path, rows) for path, rows in groups] + [_unread(skip) for skip in failed]
    failures = sum(any(_fails(finding) for finding in rows) for _, rows in groups)
    counts = f'tests="{len(cases) or 1}" failures="{failures}" errors="{len(failed)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="{NAME}" {counts}>',
        f'  <testsuite name="{NAME}" {counts} skipped="0" time="0">',
        *(cases or [f'    <testcase name="no tracking pixels found" classname="{NAME}" time="0"/>']),
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _fails(finding: Finding) -> bool:
    return finding.severity != "note"


def _case(path: str, findings: Sequence[Finding]) -> str:
    told = "\n".join(_line(finding) for finding in findings)
    if any(map(_fails, findings)):
        counts = [(severity, sum(finding.severity == severity for finding in findings)) for severity in SEVERITIES]
        message = listed([counted(count, severity) for severity, count in counts if count])
        inner = f'<failure type="{findings[0].severity}" message="{_text(message)}">{told}</failure>'
    else:
        inner = f"<system-out>{told}</system-out>"
    return _testcase(path, inner)


def _unread(skip: Skipped) -> str:
    return _testcase(skip.path, f'<error type="not read" message="{_text(skip.reason)}"/>')


def _testcase(path: str, inner: str) -> str:
    return f'    <testcase name="{_text(path)}" classname="{NAME}" file="{_text(path)}" time="0">\n      {inner}\n    </testcase>'


def _line(finding: Finding) -> str:
    place = f"{_text(finding.path)}:{finding.start.line}:{finding.start.column}"
    return f"{place}: {finding.severity}[{finding.rule}]: {_text(finding.message)}"


def _text(text: str) -> str:
    return escape(printable(text))
