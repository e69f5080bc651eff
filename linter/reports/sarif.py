"""SARIF 2.1.0, as GitHub's code scanning reads it (and any other reader of the standard).

What it must hold is told in GitHub's "SARIF support for code scanning". Suppressed findings are no part of a `Result`, so there is no
`suppressions`: GitHub opens alerts for them all the same. Columns count UTF-16 code units, which `columnKind` says. Braces in messages
stay single: no message here has arguments, and readers replace placeholders only where there are some.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from linter import __version__
from linter.catalog import load_catalog
from linter.findings import Finding, Result, Skipped
from linter.reports.document import dump
from linter.reports.line_hash import line_hashes
from linter.reports.paths import from_base, is_absolute, uri
from linter.reports.sarif_fixes import fix_of
from linter.reports.sarif_rules import rule
from linter.reports.units import Texts
from linter.reports.vendors import by_severity, sentence, told

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MAX_RESULTS = 25_000
"""Of more, GitHub refuses the whole upload; the least grave are left out, and a notification says so."""
MAX_RELATED = 100
"""Places that GitHub shows of one result."""
MAX_SNIPPET = 1000
ROOT = "%SRCROOT%"


def render(result: Result, texts: Texts, base: str = "") -> str:
    """The log. `texts` count UTF-16 units; `base` is the current folder from that of the repository (see `paths.from_base`)."""
    findings = _reported(result.findings)
    rules = sorted({finding.rule for finding in findings})
    run = {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": "pixellint/"},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder of the repository."}}},
        "invocations": [_invocation(result, len(findings), base)],
        "results": list(_results(findings, rules, texts, base, result)),
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _reported(findings: Sequence[Finding]) -> Sequence[Finding]:
    if len(findings) <= MAX_RESULTS:
        return findings
    return sorted(by_severity(findings)[:MAX_RESULTS], key=lambda finding: finding.order)


def _driver(rules: Sequence[str]) -> dict[str, Any]:
    catalog = load_catalog()
    leaflets = {name: told(catalog, name) for name in dict.fromkeys(rule.partition("/")[0] for rule in rules)}
    return {
        "name": "pixellint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [rule(catalog, name, leaflets[name.partition("/")[0]]) for name in rules],
    }


def _invocation(result: Result, reported: int, base: str) -> dict[str, Any]:
    failed = [skip for skip in result.skipped if skip.failed]
    notifications = [_notification(skip, base) for skip in failed]
    if reported < len(result.findings):
        text = f"{len(result.findings) - reported} findings are left out: {MAX_RESULTS} results are the most that code scanning takes."
        notifications.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": all(_is_partial(skip) for skip in failed), "toolExecutionNotifications": notifications}


def _is_partial(skip: Skipped) -> bool:
    return skip.reason.startswith("not fully analysed")


def _notification(skip: Skipped, base: str) -> dict[str, Any]:
    return {
        "level": "warning" if _is_partial(skip) else "error",
        "message": {"text": sentence(f"{skip.path}: {skip.reason}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(skip.path, base)}}],
    }


def _results(findings: Sequence[Finding], rules: Sequence[str], texts: Texts, base: str, result: Result) -> Iterator[dict[str, Any]]:
    """The results, file by file."""
    numbers = {name: number for number, name in enumerate(rules)}
    for path, rows in groupby(findings, lambda finding: finding.path):
        group = list(rows)
        data = texts.open(path).data
        hashes = {} if data is None else line_hashes(data, {finding.start.line for finding in group})
        for finding in group:
            row = _result(finding, numbers[finding.rule], hashes.get(finding.start.line), texts, base)
            given = result.suggestions.get((finding.path, finding.identity, finding.occurrence))
            yield {**row, "fixes": [fix_of(given, texts, base)]} if given is not None else row


def _result(finding: Finding, index: int, line_hash: str | None, texts: Texts, base: str) -> dict[str, Any]:
    links = [f"[{related.message}]({number})" for number, related in enumerate(finding.related[:MAX_RELATED], 1)]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": _plain(sentence(finding.message)) + (f"\nSee also: {', '.join(links)}." if links else "")},
        "locations": [_location(finding, texts, base)],
        **({"relatedLocations": _related(finding, texts, base)} if links else {}),
        "partialFingerprints": {**({"primaryLocationLineHash": line_hash} if line_hash else {}), "pixellint/v1": finding.fingerprint},
        "properties": {"state": finding.state, "account": finding.account, "via": list(finding.via), "help": finding.help},
    }


def _plain(text: str) -> str:
    """Text in which nothing is taken for a link."""
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _location(finding: Finding, texts: Texts, base: str) -> dict[str, Any]:
    start, end = texts.columns(finding)
    region: dict[str, Any] = {"startLine": finding.start.line, "startColumn": start, "endLine": finding.end.line, "endColumn": end}
    snippet = _snippet(finding)
    if snippet:
        region["snippet"] = {"text": snippet}
    return {"physicalLocation": {"artifactLocation": _artifact(finding.path, base), "region": region}}


def _snippet(finding: Finding) -> str:
    """The underlined text, with access tokens masked; "" where the finding does not bring all of it along, or it is long."""
    count = finding.end.line - finding.start.line + 1
    if len(finding.lines) < count or finding.lines_from != 1:
        return ""
    begin, end = finding.start.column - 1, finding.end.column - 1
    if count == 1:
        text = finding.lines[0][begin:end]
    else:
        text = "\n".join([finding.lines[0][begin:], *finding.lines[1 : count - 1], finding.lines[count - 1][:end]])
    return text if len(text) <= MAX_SNIPPET else ""


def _related(finding: Finding, texts: Texts, base: str) -> list[dict[str, Any]]:
    out = []
    for number, related in enumerate(finding.related[:MAX_RELATED], 1):
        start, end = texts.related_columns(related)
        region = {"startLine": related.start.line, "startColumn": start, "endLine": related.end.line, "endColumn": end}
        place = {"artifactLocation": _artifact(related.path, base), "region": region}
        out.append({"id": number, "message": {"text": related.message}, "physicalLocation": place})
    return out


def _artifact(path: str, base: str) -> dict[str, str]:
    path = from_base(path, base)
    return {"uri": uri(path)} if is_absolute(path) else {"uri": uri(path), "uriBaseId": ROOT}
