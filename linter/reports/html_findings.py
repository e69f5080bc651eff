"""Findings in the HTML report: place and message, and behind a click the code with the exact text marked."""

from collections.abc import Iterator, Sequence

from linter.findings import Finding, Related, Suppressed
from linter.reports import counted
from linter.reports.frames import Row, rows, width
from linter.reports.html_markup import Markup, element, items, joined, table
from linter.reports.html_words import STATES
from linter.reports.vendors import by_severity, sentence

MAX_RELATED = 20


def badge(severity: str) -> Markup:
    """A severity, told by word and shape as well as by colour."""
    return element("span", severity.capitalize(), class_=f"badge {severity}")


def findings_list(findings: Sequence[Finding]) -> Markup:
    """The findings of a vendor, the gravest first."""
    return element("ol", *(element("li", _finding(finding)) for finding in by_severity(findings)), class_="findings")


def _finding(finding: Finding) -> Markup:
    place = joined([element("code", finding.path), f", line {finding.start.line}, column {finding.start.column}"])
    head = element("p", badge(finding.severity), " ", element("span", place, class_="place"), class_="head")
    message = element("p", finding.message, class_="message")
    return element("article", head, message, _details(finding), class_="finding")


def set_aside(suppressed: Sequence[Suppressed], baselined: int) -> Iterator[Markup]:
    """What is left out on somebody's word, with the reason given."""
    if suppressed:
        heads = ("Place", "What", "Reason given", "Until", "Said in")
        yield table("Left out by a comment or the configuration", heads, map(_suppressed, suppressed))
    if baselined:
        several = "are" if baselined > 1 else "is"
        yield element("p", f"{counted(baselined, 'finding')} that a baseline lists as known {several} left out as well.")


def _suppressed(row: Suppressed) -> tuple[str, ...]:
    finding = row.finding
    place = joined([element("code", finding.path), f", line {finding.start.line}"])
    what = joined([badge(finding.severity), " ", finding.message])
    return place, what, row.reason, row.until or "for good", "a comment" if row.by == "comment" else "the configuration"


def _details(finding: Finding) -> Markup:
    parts = [element("summary", "The code, and what to do"), _frame(finding)]
    if finding.help:
        parts.append(element("p", element("strong", "To do: "), sentence(finding.help)))
    if finding.related:
        parts.append(element("p", "Belongs to it:"))
        parts.append(items(_related(finding.related)))
    parts.append(element("p", joined(_facts(finding), "; "), class_="facts"))
    return element("details", *parts)


def _facts(finding: Finding) -> Iterator[Markup]:
    yield joined(["rule ", element("code", finding.rule, class_="rule")])
    yield joined([f"state: {STATES[finding.state]}"])
    if finding.account:
        yield joined(["account ", element("code", finding.account)])
    if finding.via:
        yield joined([f"read as {' > '.join(finding.via)}"])
    yield joined(["fingerprint ", element("code", finding.fingerprint)])


def _related(related: Sequence[Related]) -> Iterator[Markup]:
    for row in related[:MAX_RELATED]:
        yield joined([element("code", row.path), f", line {row.start.line}, column {row.start.column}: {row.message}"])
    if len(related) > MAX_RELATED:
        yield joined([counted(len(related) - MAX_RELATED, "more place")])


def _frame(finding: Finding) -> Markup:
    shown = rows(finding)
    if not shown:
        return Markup("")
    return element("pre", element("code", joined([_line(row) for row in shown], Markup("\n"))), class_="frame")


def _line(row: Row) -> Markup:
    begin = _index(row.text, row.before)
    end = _index(row.text, row.before + row.under)
    number = element("span", str(row.number), class_="number")
    return joined([number, row.text[:begin], element("mark", row.text[begin:end]), row.text[end:]])


def _index(text: str, cells: int) -> int:
    """The character of printable text that begins at a number of terminal cells."""
    used = 0
    for number, character in enumerate(text):
        if used >= cells:
            return number
        used += width(character)
    return len(text)
