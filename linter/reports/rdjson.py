"""reviewdog's rdjson. Columns count bytes of the line in UTF-8, and ends are exclusive, as its definition (proto/rdf) says."""

from typing import TYPE_CHECKING, Any

from linter.findings import Finding, Result
from linter.reports.document import dump
from linter.reports.units import Texts

if TYPE_CHECKING:
    from linter.fixes.suggestions import Replacement

SEVERITY = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(result: Result, texts: Texts) -> str:
    """The document; `texts` count UTF-8 bytes. Paths are relative to the current folder, as reviewdog takes them."""
    return dump({"source": {"name": "pixellint"}, "diagnostics": [_diagnostic(finding, texts, result) for finding in result.findings]})


def _diagnostic(finding: Finding, texts: Texts, result: Result) -> dict[str, Any]:
    start, end = texts.columns(finding)
    suggested = _suggestions(finding, texts, result)
    return {
        "message": f"{finding.message}\n\nTo do: {finding.help}" if finding.help else finding.message,
        "location": {
            "path": finding.path,
            "range": {"start": {"line": finding.start.line, "column": start}, "end": {"line": finding.end.line, "column": end}},
        },
        "severity": SEVERITY[finding.severity],
        "code": {"value": finding.rule},
        **({"suggestions": suggested} if suggested else {}),
    }


def _suggestions(finding: Finding, texts: Texts, result: Result) -> list[dict[str, Any]]:
    """What to accept, all of it, to take the finding out; nothing where that would change other files too: a diagnostic is about one."""
    given = result.suggestions.get((finding.path, finding.identity, finding.occurrence))
    if given is None or any(row.path != finding.path for row in given.replacements):
        return []
    return [{"range": _range(row, texts), "text": row.text} for row in given.replacements]


def _range(row: "Replacement", texts: Texts) -> dict[str, Any]:
    ends = (("start", row.start), ("end", row.end))
    return {name: {"line": place.line, "column": texts.column(row.path, place)} for name, place in ends}
