"""The JSON document, the stable interface that other tools read. Keys have a fixed order; equal results give equal bytes."""

import json
from collections import Counter
from typing import Any

from linter import __version__
from linter.findings import SEVERITIES, Finding, Related, Result
from linter.reports import valid_text
from linter.text import Place

VERSION = 1
"""Of the document's form. It grows by new keys; only a change that breaks readers makes it 2."""


def render(result: Result) -> str:
    """The document, as valid Unicode text."""
    return dump(
        {
            "version": VERSION,
            "tool": tool(),
            "findings": [_finding(finding) for finding in result.findings],
            "skipped": [{"path": skip.path, "reason": skip.reason} for skip in result.skipped],
            "summary": _summary(result),
        }
    )


def tool() -> dict[str, str]:
    """The `tool` entry of a document."""
    return {"name": "pixellint", "version": __version__}


def dump(document: Any) -> str:
    """A document as text that can be encoded."""
    return valid_text(json.dumps(document, ensure_ascii=False, indent=2), escape="\\\\") + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "vendor": finding.vendor,
        "kind": finding.kind,
        "severity": finding.severity,
        "state": finding.state,
        "path": finding.path,
        "start": _place(finding.start),
        "end": _place(finding.end),
        "via": list(finding.via),
        "account": finding.account,
        "message": finding.message,
        "help": finding.help,
        "related": [_related(related) for related in finding.related],
        "fingerprint": finding.fingerprint,
    }


def _related(related: Related) -> dict[str, Any]:
    return {"path": related.path, "start": _place(related.start), "end": _place(related.end), "message": related.message}


def _place(place: Place) -> dict[str, int]:
    return {"line": place.line, "column": place.column, "offset": place.offset}


def _summary(result: Result) -> dict[str, Any]:
    severities = Counter(finding.severity for finding in result.findings)
    states = Counter(finding.state for finding in result.findings)
    vendors = Counter(finding.vendor for finding in result.findings)
    return {
        "findings": len(result.findings),
        "severity": {severity: severities[severity] for severity in SEVERITIES},
        "state": {"active": states["active"], "consent-gated": states["consent-gated"], "dormant": states["dormant"]},
        "vendor": dict(sorted(vendors.items())),
        "files_read": result.files_read,
        "skipped": len(result.skipped),
    }
