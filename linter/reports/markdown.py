"""Markdown, for an issue, a mail or a job summary: what was found, whose it is, what to do, what was not read.

Everything that comes from files is written so that it is shown as it is: it makes no link, mentions nobody and ends no table.
"""

import re
from collections.abc import Iterator, Sequence

from linter.catalog import load_catalog
from linter.findings import Finding, Result, Skipped
from linter.installations import PLANS, Installation, installations
from linter.reports import count_skips, counted, printable
from linter.reports.installations import brought_by
from linter.reports.text import LIVE_SITE, summary
from linter.reports.vendors import agreement, agreements_in_force, by_severity, by_vendor, sentence

_SIMPLE = re.compile(r"[\w./+:=-](?:[\w./ +:=-]*[\w./+:=-])?", re.ASCII)
_SPECIAL = re.compile(r"[\\`*\[\]<>|~$&]|(?<!\w)_|_(?!\w)|[@#](?=\w)")
_NOT_CODE = re.compile(r"(?![A-Za-z0-9./ +:=-])[\x00-\x7f]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "@&#8203;", "#": "#&#8203;"}
"""Behind @ and # a character of no width, so that nobody is mentioned and no issue linked."""
TITLE = "# Trackers in this website's files"
LEGAL = "Nothing here is legal advice, and no finding says that a law was broken."
MAX_SKIPPED = 100
_KEPT = 400
"""Bytes kept for the sentence on what a limit leaves out."""


def render(result: Result, limit: int | None = None, hidden: int = 0) -> str:
    """The report. With a `limit` in bytes it ends at a line that fits, and says how many lines are left out; "" where none fits."""
    lines = list(_lines(result, hidden))
    text = "\n".join(lines) + "\n"
    if limit is None or len(text.encode("utf-8")) <= limit:
        return text
    kept, room = 0, limit - _KEPT
    for line in lines:
        room -= len(line.encode("utf-8")) + 1
        if room < 0:
            break
        kept += 1
    if not kept:
        return ""
    return "\n".join(lines[:kept]) + f"\n\n{counted(len(lines) - kept, 'more line')}: the report is longer than what fits here.\n"


def prose(text: str) -> str:
    """Text to stand in a line or a table cell."""
    return _SPECIAL.sub(_entity, printable(text))


def code(text: str) -> str:
    """Text as code, with its spaces as they are."""
    shown = printable(text)
    if _SIMPLE.fullmatch(shown):
        return f"`{shown}`"
    return f"<code>{_NOT_CODE.sub(_entity, shown)}</code>"


def link(title: str, url: str) -> str:
    """A link to a source."""
    target = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{prose(title)}]({target})"


def _entity(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or f"&#{ord(found[0])};"


def _lines(result: Result, hidden: int) -> Iterator[str]:
    yield TITLE
    yield ""
    yield prose(summary(result, hidden))
    if result.findings:
        yield from _findings(by_severity(result.findings))
        yield from _vendors(result.findings)
        yield from _installations(result.findings)
    yield from _set_aside(result)
    yield from _skipped(result.skipped)
    yield ""
    yield f"{LIVE_SITE} After a deploy, run [Blacklight](https://themarkup.org/blacklight) on it. {LEGAL}"


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    yield ""
    yield "| severity | rule | place | what |"
    yield "|---|---|---|---|"
    for finding in findings:
        place = code(f"{finding.path}:{finding.start.line}:{finding.start.column}")
        yield f"| {finding.severity} | `{finding.rule}` | {place} | {prose(finding.message)} |"


def _vendors(findings: Sequence[Finding]) -> Iterator[str]:
    catalog = load_catalog()
    yield from ("", "## Whose they are", "")
    for name, rows in by_vendor(findings).items():
        vendor = catalog.vendors[name]
        told = f"{sentence(vendor.consequence)} {agreement(vendor)}"
        yield f"- **{prose(vendor.name)}** ({counted(len(rows), 'finding')}) {prose(told)}"
        yield from (f"  - {link(title, url)}, {date}" for title, url, date in vendor.baa_sources)
        yield from (f"  - {prose(text)}" for text in agreements_in_force(rows))


def _installations(findings: Sequence[Finding]) -> Iterator[str]:
    rows = [row for row in installations(findings) if row.severity != "note"]
    if not rows:
        return
    yield from ("", "## What to do", "", "Each of these is one way in, to be taken out as a whole.", "")
    yield from (_installation(row) for row in rows)


def _installation(row: Installation) -> str:
    account = f", account {code(row.account)}" if row.account else ""
    twins = f" The same account also comes in by {', '.join(map(str, row.twins))}." if row.twins else ""
    name = load_catalog().vendors[row.vendor].name
    return f"{row.id}. **{prose(name)}**{account}, {prose(brought_by(row))}: {sentence(PLANS[row.way])}{twins}"


def _set_aside(result: Result) -> Iterator[str]:
    if not result.suppressed and not result.baselined:
        return
    yield from ("", "## What was set aside", "")
    for finding, reason, until, by in result.suppressed:
        place = code(f"{finding.path}:{finding.start.line}:{finding.start.column}")
        told = f"{prose(reason)}{f', until {prose(until)}' if until else ''}"
        yield f"- {place} {finding.severity} `{finding.rule}`, by {'a comment' if by == 'comment' else 'the configuration'}: {told}"
    if result.baselined:
        yield f"- {counted(result.baselined, 'finding')} that the baseline lists as known"


def _skipped(skipped: Sequence[Skipped]) -> Iterator[str]:
    if not skipped:
        return
    failed = [skip for skip in skipped if skip.failed]
    yield from ("", "## What was not read", "")
    yield from (f"- {prose(name)}: {count}" for name, count in count_skips(skipped))
    yield from (f"- {code(skip.path)}: {prose(skip.reason)}" for skip in failed[:MAX_SKIPPED])
    if len(failed) > MAX_SKIPPED:
        yield f"- and {len(failed) - MAX_SKIPPED} more that could not be read"
