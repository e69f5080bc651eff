"""reviewdog's rdjson. Columns count bytes of the line in UTF-8, and ends are exclusive, as its definition (proto/rdf) says."""

from typing import Any

from linter.findings import Finding, Result
from linter.reports.document import dump
from linter.reports.units import Texts

SEVERITY = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(result: Result, texts: Texts) -> str:
    """The document; `texts` count UTF-8 bytes. Paths are relative to the current folder, as reviewdog takes them."""
    return dump({"source": {"name": "pixellint"}, "diagnostics": [_diagnostic(finding, texts) for finding in result.findings]})


def _diagnostic(finding: Finding, texts: Texts) -> dict[str, Any]:
    start, end = texts.columns(finding)
    return {
        "message": f"{finding.message}\n\nTo do: {finding.help}" if finding.help else finding.message,
        "location": {
            "path": finding.path,
            "range": {"start": {"line": finding.start.line, "column": start}, "end": {"line": finding.end.line, "column": end}},
        },
        "severity": SEVERITY[finding.severity],
        "code": {"value": finding.rule},
    }
