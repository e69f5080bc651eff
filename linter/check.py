"""One file: bytes -> findings. A pure function of path and bytes, which runs in any process."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from linter.catalog import Catalog, load_catalog
from linter.deployed import is_note, is_test
from linter.evidence import Span
from linter.findings import Finding, Related, Skipped
from linter.languages import language_of
from linter.matching import Match, match
from linter.probe import LiteralProbe
from linter.reading import Frame, Reading
from linter.scan import Scanner
from linter.secrets import mask
from linter.snippets import Snippet, group
from linter.text import NotText, Source
from linter.wording import help_text, is_placeholder, message, severity_of

_PARTS = {
    "loader": "loader",
    "first-party-loader": "loader",
    "init": "start call",
    "event-call": "event call",
    "noscript-image": "image for browsers without JavaScript",
    "noscript-frame": "frame for browsers without JavaScript",
    "consent-call": "consent call",
}


MAX_IDENTITY = 2000
"""Characters of a finding's text that its fingerprint is made of."""


class FileReport(NamedTuple):
    """What one file gave; `skipped` says which part could not be analysed."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]


def check_source(path: str, data: bytes, catalog: Catalog | None = None, literals: Sequence[str] | None = None) -> FileReport:
    """Findings of one file. `path` (POSIX, as reported) also decides the language. Never raises for bad input.

    `literals` are those that stand in `data`, where a scan has told them already.
    """
    catalog = catalog or load_catalog()
    try:
        source = Source(path, data)
    except NotText as why:
        return FileReport((), (Skipped(path, str(why)),))
    reading = read_source(source, catalog, Scanner(catalog.literals).present(data) if literals is None else literals)
    matches = match(reading.evidence, catalog)
    snippets = group(matches, source)
    findings = _numbered([_finding(snippet, source, catalog) for snippet in snippets])
    notices = tuple(Skipped(path, f"not fully analysed: {notice}", failed=True) for notice in reading.notices)
    return FileReport(tuple(findings), notices)


def read_source(source: Source, catalog: Catalog, literals: Sequence[str]) -> Reading:
    """The evidence of one file in which `literals` stand."""
    reading = Reading(source, LiteralProbe([*literals, *catalog.seek] if literals else ()))
    reader, dialect = language_of(source.path, source.text)
    reading.read(source.slice(), reader, Frame(dialect=dialect))
    if source.cut_short:
        reading.notice("too much encoded text to decode all of it")
    return reading


def _finding(snippet: Snippet, source: Source, catalog: Catalog) -> Finding:
    vendor, kind, primary = catalog.vendors[snippet.vendor], snippet.kind, snippet.primary
    evidence = primary.evidence
    account = mask(snippet.account.text) if snippet.account else None
    placeholder = snippet.account is not None and is_placeholder(*snippet.account)
    start, end = source.place(evidence.span[0]), source.place(evidence.span[1])
    severity = severity_of(catalog.severity(vendor.id, kind), evidence.state, placeholder)
    if is_test(source.path):
        severity = "note"
    elif severity == "error" and is_note(source.path, source.text):
        severity = "warning"
    return Finding(
        rule=f"{vendor.id}/{kind}",
        vendor=vendor.id,
        kind=kind,
        severity=severity,
        state=evidence.state,
        path=source.path,
        start=start,
        end=end,
        via=evidence.via,
        account=account,
        message=mask(message(vendor, kind, evidence.state, account, placeholder, primary.event)),
        help=help_text(vendor, kind),
        related=tuple(_related(m, source) for m in sorted(snippet.matches, key=lambda m: m.evidence.span) if m is not primary),
        identity=_identity(f"{vendor.id}/{kind}", source.path, account, _text(source, evidence.span)),
        lines=tuple(mask(source.line(number)) for number in range(start.line, min(end.line, start.line + 2) + 1)),
    )


def _related(match: Match, source: Source) -> Related:
    begin, end = match.evidence.span
    return Related(source.path, source.place(begin), source.place(end), _PARTS.get(match.kind, match.kind.replace("-", " ")))


def _text(source: Source, span: Span) -> str:
    return source.text[span[0] : min(span[1], span[0] + MAX_IDENTITY)]


def _identity(*parts: str | None) -> str:
    return "\0".join(" ".join((part or "").split()) for part in parts)


def _numbered(findings: list[Finding]) -> list[Finding]:
    """Findings of one identity counted, in their order."""
    seen: Counter[str] = Counter()
    out = []
    for finding in sorted(findings, key=lambda f: f.order):
        seen[finding.identity] += 1
        count = seen[finding.identity]
        out.append(finding if count == 1 else finding._replace(occurrence=count))
    return out
