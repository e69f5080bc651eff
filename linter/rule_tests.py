"""The cases of a leaflet: what is found in each, against what it says must be found."""

from collections.abc import Iterator, Mapping
from typing import Any

from linter.catalog import Catalog
from linter.check import check_source
from linter.findings import Finding


def failures(case: Mapping[str, Any], catalog: Catalog) -> list[str]:
    """What is wrong in the outcome of a case, a line each; none if it is as the case says."""
    try:
        return list(_failures(case, catalog))
    except (TypeError, KeyError, AttributeError) as error:
        return [f"the case has not the form that CONTRIBUTING.md describes ({type(error).__name__}: {error})"]


def _failures(case: Mapping[str, Any], catalog: Catalog) -> Iterator[str]:
    code = case["code"].encode("utf-8")
    report = check_source(case["file"], code, catalog)
    yield from (f"was not read to its end: {skip.reason}" for skip in report.skipped)
    wanted = [{"state": "active", **row} for row in case["find"]]
    for number, row in enumerate(wanted):
        if number >= len(report.findings):
            yield f"{row.get('rule')} is not found"
            continue
        given = told(report.findings[number], code)
        for key, value in row.items():
            if key not in given:
                yield f"finding {number + 1}: a case cannot ask for {key!r}"
            elif given[key] != value:
                yield f"finding {number + 1}: {key} is {given[key]!r}, not {value!r}"
    for finding in report.findings[len(wanted) :]:
        yield f"{finding.rule} is found in line {finding.start.line}, but should not be"
    if "fixed" in case:
        left = fixed(case["file"], code, catalog)
        if left != case["fixed"].encode("utf-8"):
            yield f"--fix leaves {left.decode('utf-8', 'replace')!r}"


def fixed(path: str, code: bytes, catalog: Catalog) -> bytes:
    """What `--fix` leaves of a file that is alone in its repository."""
    from linter.fixes.together import Together

    findings = check_source(path, code, catalog).findings
    wanted = [finding for finding in findings if finding.severity != "note" and finding.state != "dormant"]
    fixes = Together(wanted, findings, [path], lambda name: code if name == path else None, catalog).fixes(unsafe=False)
    return next((change.after for change in fixes.changes), code)


def told(finding: Finding, code: bytes) -> dict[str, Any]:
    """What a case may ask of a finding."""
    return {
        "rule": finding.rule,
        "text": code[finding.start.offset : finding.end.offset].decode("utf-8", "replace"),
        "state": finding.state,
        "severity": finding.severity,
        "account": finding.account,
        "related": len(finding.related),
        "via": list(finding.via),
    }
