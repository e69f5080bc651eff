"""One file: bytes -> findings. A pure function of path and bytes, which runs in any process."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from linter.catalog import Catalog, Vendor, load_catalog
from linter.deployed import is_note, is_test
from linter.evidence import Plugin, Span
from linter.findings import Finding, Related, Skipped
from linter.languages import Language, language_of
from linter.matching import Match, match
from linter.plugin_folders import covered
from linter.probe import LiteralProbe
from linter.readers.serving import Serving
from linter.reading import Frame, Reading
from linter.scan import Scanner
from linter.secrets import holds_token, mask
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


_STATING = frozenset({"data", "code", "php", "xml"})
"""Readers of files that may be a manifest, a plugin's main file or an installing script."""
_OWN_REPORT = re.compile(r"\s*\{[^<]{0,600}\"(?:tool|driver)\": \{\s*\"name\": \"pixellint\"")
"""How the JSON and SARIF reports of this program begin: what they quote is no code of the site."""
MAX_IDENTITY = 2000
"""Characters of a finding's text that its fingerprint is made of."""


MAX_JOINED = 2000
"""Characters of a line up to which it is looked at together with the line before it."""
NEAR_TOKEN = 3000
"""Characters before and behind a server's request in which its access token is looked for."""


class FileReport(NamedTuple):
    """What one file gave; `skipped` says which part could not be analysed, `containers` the ids of containers whose contents it holds."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    containers: tuple[str, ...] = ()


def check_source(path: str, data: bytes, catalog: Catalog | None = None, literals: Sequence[str] | None = None) -> FileReport:
    """Findings of one file. `path` (POSIX, as reported) also decides the language. Never raises for bad input.

    `literals` are those that stand in `data`, where a scan has told them already.
    """
    catalog = catalog or load_catalog()
    if path.lower().endswith(".sql"):
        from linter.streaming import check_whole_dump

        return check_whole_dump(path, data, catalog, Scanner(catalog.literals).present(data) if literals is None else literals)
    try:
        source = Source(path, data)
    except NotText as why:
        return FileReport((), (Skipped(path, str(why)),))
    if _OWN_REPORT.match(source.text):
        return FileReport((), (Skipped(path, "report of pixellint"),))
    reading = read_source(source, catalog, Scanner(catalog.literals).present(data) if literals is None else literals)
    matches = match(reading.evidence, catalog, path)
    found: list[Finding] = []
    if reading.places is not None:
        from linter.gtm.findings import container_findings

        found, matches = container_findings(matches, reading.places, source, catalog)
    snippets = group(matches, source)
    findings = numbered(found + [finding_of(snippet, source, catalog) for snippet in snippets])
    notices = tuple(Skipped(path, f"not fully analysed: {notice}", failed=True) for notice in reading.notices)
    return FileReport(tuple(findings), notices, tuple(reading.places.containers) if reading.places is not None else ())


def read_source(source: Source, catalog: Catalog, literals: Sequence[str], recording: bool = False) -> Reading:
    """The evidence of one file in which `literals` stand; `recording` keeps the slices that readers were handed."""
    named = [literal for literal in literals if literal in catalog.in_notices]
    literals = [literal for literal in literals if literal not in catalog.prose] if named else literals
    reading = Reading(source, LiteralProbe([*literals, *catalog.seek] if literals else ()))
    reading.recorded = [] if recording else None
    reader, dialect = language_of(source.path, source.text)
    if reader in _STATING:
        from linter.readers.manifests import read_facts

        read_facts(source.slice(), Language(reader, dialect), reading)
    facts = len(reading.evidence)
    serving = Serving(source.slice(), Language(reader, dialect), reading)
    serving.read(named)
    reading.read(source.slice(), reader, Frame(dialect=dialect))
    serving.settle()
    if facts:
        from linter.readers.manifests import without_settings

        reading.evidence = without_settings(reading.evidence, facts)
    if source.cut_short:
        reading.notice("too much encoded text to decode all of it")
    return reading


def finding_of(snippet: Snippet, source: Source, catalog: Catalog) -> Finding:
    """The finding of a snippet."""
    vendor, kind, primary = catalog.vendors[snippet.vendor], snippet.kind, snippet.primary
    evidence = primary.evidence
    account = mask(snippet.account.text) if snippet.account else None
    placeholder = snippet.account is not None and is_placeholder(*snippet.account)
    start, end = source.place(evidence.span[0]), source.place(evidence.span[1])
    severity = severity_of(catalog.severity(vendor.id, kind), evidence.state, placeholder)
    passed_on = kind == "setting" and snippet.account is not None and not snippet.account.literal
    if is_test(source.path) or passed_on:
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
        help=help_text(vendor, kind, token=_shows_token(snippet, source, vendor)),
        related=tuple(_related(m, source) for m in sorted(snippet.matches, key=lambda m: m.evidence.span) if m is not primary),
        identity=identity_of(f"{vendor.id}/{kind}", source.path, account, _text(source, evidence.span)),
        lines=_lines(source, start.line, min(end.line, start.line + 2)),
        covers=covered(source.path) if isinstance(evidence, Plugin) and evidence.main else "",
        plugin=f"{evidence.platform}/{evidence.slug}" if isinstance(evidence, Plugin) else "",
    )


def _lines(source: Source, first: int, last: int) -> tuple[str, ...]:
    """The lines of a frame without tokens; the name that tells a token may stand on the line before it."""
    rows = [source.line(number) for number in range(max(first - 1, 1), last + 1)]
    masked = mask("\n".join(rows)).split("\n") if all(len(row) < MAX_JOINED for row in rows) else [mask(row) for row in rows]
    return tuple(masked[len(rows) - (last + 1 - first) :])


def _shows_token(snippet: Snippet, source: Source, vendor: Vendor) -> bool:
    """Whether an access token is written out in what the finding is about; a server's own may stand some lines away."""
    around = NEAR_TOKEN if vendor.category == "server-side" else 0
    for row in snippet.matches[:20]:
        begin, end = row.evidence.block
        if holds_token(source.text[max(begin - around, 0) : min(end, begin + MAX_IDENTITY) + around]):
            return True
    return False


def _related(match: Match, source: Source) -> Related:
    begin, end = match.evidence.span
    return Related(source.path, source.place(begin), source.place(end), _PARTS.get(match.kind, match.kind.replace("-", " ")))


def _text(source: Source, span: Span) -> str:
    return source.text[span[0] : min(span[1], span[0] + MAX_IDENTITY)]


def identity_of(*parts: str | None) -> str:
    """What a finding is whatever its place, of its parts."""
    return "\0".join(" ".join((part or "").split()) for part in parts)


def numbered(findings: list[Finding]) -> list[Finding]:
    """Findings of one identity counted, in their order."""
    seen: Counter[str] = Counter()
    out = []
    for finding in sorted(findings, key=lambda f: f.order):
        seen[finding.identity] += 1
        count = seen[finding.identity]
        out.append(finding if count == 1 else finding._replace(occurrence=count))
    return out
