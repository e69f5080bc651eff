"""The JSON document, the stable interface that other tools read. Keys have a fixed order; equal results give equal bytes."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from linter import __version__
from linter.findings import SEVERITIES, Finding, Related, Result, Suppressed
from linter.installations import PLANS, Installation, installations
from linter.reports import valid_text
from linter.text import Place

if TYPE_CHECKING:
    from linter.gtm.places import ContainerPlace
    from linter.reach.rows import PageRow

VERSION = 1
"""Of the document's form. It grows by new keys; only a change that breaks readers makes it 2."""


def render(result: Result) -> str:
    """The document, as valid Unicode text."""
    return dump(
        {
            "version": VERSION,
            "tool": tool(),
            "findings": [_finding(finding) for finding in result.findings],
            "installations": [_installation(row, result) for row in installations(result.findings)],
            "pages": [page_row(row) for row in result.pages],
            "suppressed": [_suppressed(row) for row in result.suppressed],
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
    inside = {"gtm": _container_place(finding.gtm)} if finding.gtm is not None else {}
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
        "reaches": list(finding.reaches),
        **inside,
        **({"agreement": finding.agreement._asdict()} if finding.agreement is not None else {}),
    }


def _suppressed(row: Suppressed) -> dict[str, Any]:
    finding = row.finding
    return {
        "rule": finding.rule,
        "path": finding.path,
        "start": _place(finding.start),
        "fingerprint": finding.fingerprint,
        "reason": row.reason,
        "until": row.until or None,
        "by": row.by,
    }


def _container_place(place: "ContainerPlace") -> dict[str, Any]:
    return {
        "container": place.container,
        "entity": place.entity,
        "pointer": place.pointer,
        "tag_index": place.index,
        "tag_id": place.id,
        "tag_name": place.name,
        "type": place.type,
        "paused": place.paused,
        "published": place.published,
        "scope": {key: list(value) if isinstance(value, tuple) else value for key, value in place.scope._asdict().items()},
    }


def _installation(row: Installation, result: Result) -> dict[str, Any]:
    return {
        "id": row.id,
        "vendor": row.vendor,
        "account": row.account,
        "way": row.way,
        "by": row.by,
        "severity": row.severity,
        "state": row.state,
        "plan": PLANS[row.way],
        "findings": [result.findings[number].fingerprint for number in row.findings],
        "same_account": list(row.twins),
    }


def page_row(row: "PageRow") -> dict[str, Any]:
    """The entry of a page in `pages`."""
    page = row.page
    return {
        "page": page.path,
        "file": page.file,
        "title": page.title,
        "kind": page.kind,
        "stands_for": page.stands_for,
        "forms": [form._asdict() | {"fields": list(form.fields)} for form in page.forms],
        "vendors": [carried._asdict() | {"chain": list(carried.chain)} for carried in row.vendors],
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
        "suppressed": len(result.suppressed),
        "baselined": result.baselined,
        "files_read": result.files_read,
        "skipped": len(result.skipped),
    }
