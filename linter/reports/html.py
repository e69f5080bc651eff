"""The report for a person who is no developer: a page of its own, with nothing to load and no script. Same input, same bytes.

Headings, landmarks, captions and words carry all meaning; colours, which change with the reader's light or dark setting, add to it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from linter import __version__
from linter.catalog import load_catalog
from linter.findings import SEVERITIES, Finding, Result, Skipped
from linter.installations import PLANS, Installation, installations
from linter.reports import count_skips, counted, listed
from linter.reports.html_findings import badge, set_aside
from linter.reports.html_markup import Markup, element, items, joined, link, section, table
from linter.reports.html_style import STYLE
from linter.reports.html_vendors import pages_of, twins, vendor_section, way_in
from linter.reports.html_words import (
    AFTERWARDS,
    BLACKLIGHT,
    CANNOT_SHOW,
    GLOSSARY,
    LABELS,
    LEGAL,
    LOOKED_AT,
    LOWERED,
    NOTHING,
    STATES,
    TITLE,
)
from linter.reports.leaflet import BAA
from linter.reports.pages import summary as page_counts
from linter.reports.vendors import Told, by_vendor, sentence, told

MAX_LISTED = 500
"""Skipped files that are listed one by one."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(result: Result, hidden: int = 0) -> str:
    """The page. `hidden` is as in `text.render`."""
    catalog = load_catalog()
    vendors = [(told(catalog, name), rows) for name, rows in by_vendor(result.findings).items()]
    ways = installations(result.findings)
    parts = list(_parts(result, vendors, ways, hidden))
    contents = [element("li", element("a", title, href=f"#{anchor}")) for title, anchor, _ in parts]
    body = element(
        "body",
        element("a", "Skip to the report", href="#report", class_="skip"),
        element("header", element("p", "pixellint", class_="brand"), element("h1", TITLE), element("p", LOOKED_AT)),
        element("nav", element("ol", *contents), aria_label="Contents"),
        element("main", *(section(2, title, anchor, *children) for title, anchor, children in parts), id="report", tabindex="-1"),
        element("footer", element("p", LEGAL), element("p", f"Made by pixellint {__version__}.")),
    )
    return f"<!DOCTYPE html>\n{element('html', _head(), body, lang='en')}\n"


def _head() -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", TITLE),
        element("style", Markup(STYLE)),
    )


def _parts(
    result: Result, vendors: Sequence[tuple[Told, list[Finding]]], ways: Sequence[Installation], hidden: int
) -> Iterator[tuple[str, str, list[Markup]]]:
    """Title, anchor and contents of the report's parts."""
    yield "In short", "summary", list(_short(result, vendors, hidden))
    grave = [row for row in ways if row.severity != "note"]
    if grave:
        yield "What to do", "todo", list(_to_do(grave, result.findings))
    if vendors:
        sections = [vendor_section(row, rows, [way for way in ways if way.vendor == row.vendor.id], result) for row, rows in vendors]
        yield "Tracker by tracker", "vendors", sections
    if result.suppressed or result.baselined:
        yield "What was set aside", "set-aside", list(set_aside(result.suppressed, result.baselined))
    yield "What was read, and what was not", "unread", list(_unread(result))
    yield "What files cannot show", "limits", list(_limits())
    yield "Words", "words", [element("dl", *(joined([element("dt", word), element("dd", means)]) for word, means in GLOSSARY))]


def _short(result: Result, vendors: Sequence[tuple[Told, list[Finding]]], hidden: int) -> Iterator[Markup]:
    yield element("p", _lead(result, len(vendors), hidden), class_="lead")
    if not result.findings and not hidden:
        yield element("p", NOTHING)
    if result.pages:
        yield element("p", _page_sentence(result))
    if vendors:
        heads = ("Tracker", "What it does", "Agreement (BAA)", "State", "Pages", "Places")
        yield table("The trackers in these files, the gravest first", heads, [_row(row, rows, result) for row, rows in vendors])
        counts = {severity: sum(finding.severity == severity for finding in result.findings) for severity in SEVERITIES}
        named = [severity for severity in SEVERITIES if counts[severity]]
        yield element("p", "What the labels say:")
        yield items((joined([badge(name), f" {counted(counts[name], 'place')}: {LABELS[name]}"]) for name in named), "legend")
        if any(finding.agreement for finding in result.findings):
            yield element("p", LOWERED)


def _lead(result: Result, trackers: int, hidden: int) -> str:
    skipped = f" {len(result.skipped)} files or folders were not, or not to their end." if len(result.skipped) > 1 else ""
    skipped = " One file or folder was not, or not to its end." if len(result.skipped) == 1 else skipped
    read = f"{counted(result.files_read, 'file')} of this website {'was' if result.files_read == 1 else 'were'} read.{skipped}"
    left_out = f" {counted(hidden, 'finding')} by rules that were not selected {'is' if hidden == 1 else 'are'} left out." if hidden else ""
    if not result.findings:
        partly = " in what could be read, but not everything could" if any(skip.failed for skip in result.skipped) else ""
        return f"No tracker was found{partly}. {read}{left_out}"
    counts = [(severity, sum(finding.severity == severity for finding in result.findings)) for severity in SEVERITIES]
    places = listed([counted(count, severity) for severity, count in counts if count])
    files = len({finding.path for finding in result.findings})
    return f"Code of {counted(trackers, 'tracker')} was found in {counted(files, 'file')}: {places}. {read}{left_out}"


def _page_sentence(result: Result) -> str:
    counts = page_counts(result.pages)
    told = f"Of {counted(counts['pages'], 'page')} that were recognised, {counts['with_trackers']} carry trackers."
    if not counts["sensitive"]:
        return told
    of_these = f"{counts['sensitive_with_trackers']} of these carry trackers"
    return f"{told} {counts['sensitive']} {'is' if counts['sensitive'] == 1 else 'are'} on a sensitive matter or with a form; {of_these}."


def _row(row: Told, findings: Sequence[Finding], result: Result) -> tuple[str, ...]:
    vendor = row.vendor
    name = element("a", vendor.name, href=f"#vendor-{vendor.id}")
    worst = min((finding.severity for finding in findings), key=SEVERITIES.index)
    counts = Counter(finding.state for finding in findings)
    states = [f"{words} ({counts[state]})" if len(counts) > 1 else words for state, words in STATES.items() if counts[state]]
    named = "; an agreement is named in the configuration" if any(finding.agreement for finding in findings) else ""
    pages = str(len(pages_of(vendor.id, result.pages))) if result.pages else "not followed"
    return (
        joined([badge(worst), " ", name]), sentence(f"It {vendor.consequence}"), BAA.get(vendor.baa_status, vendor.baa_status) + named,
        ", ".join(states), pages, str(len(findings)),
    )  # fmt: skip


def _to_do(ways: Sequence[Installation], findings: Sequence[Finding]) -> Iterator[Markup]:
    catalog = load_catalog()
    yield element("p", "Each entry is one way in which one account of a vendor got onto the website. Hand them to whoever looks after it.")
    rows = []
    for way in ways:
        vendor = catalog.vendors[way.vendor]
        account = joined([", account ", element("code", way.account)]) if way.account else Markup("")
        name = element("a", vendor.name, href=f"#vendor-{vendor.id}")
        told_in = joined([", ", way_in(way, findings), ": ", sentence(PLANS[way.way]), twins(way)])
        rows.append(element("li", badge(way.severity), " ", element("strong", name), account, told_in, value=str(way.id)))
    yield element("ol", *rows, class_="todo")
    yield element("p", "When all is done, check these files again, publish, and look at the live site: see ", _to_limits(), ".")


def _to_limits() -> Markup:
    return element("a", "what files cannot show", href="#limits")


def _unread(result: Result) -> Iterator[Markup]:
    skipped = result.skipped
    yield element("p", f"{counted(result.files_read, 'file')} read{'' if skipped else ', and nothing left out'}.")
    failed = [skip for skip in skipped if skip.failed]
    if failed:
        yield element("p", element("strong", "These could not be read, or not to their end, so what is in them is not known:"))
        yield _listed(failed)
    others = [skip for skip in skipped if not skip.failed]
    if others:
        yield element("p", "Left out by rule, because such files hold no code of the website or are not part of it:")
        yield items(f"{name}: {count}" for name, count in count_skips(others))
        yield element("details", element("summary", f"All {len(others)}, one by one"), _listed(others))


def _listed(skipped: Sequence[Skipped]) -> Markup:
    rows = [joined([element("code", skip.path), f": {skip.reason}"]) for skip in skipped[:MAX_LISTED]]
    return items([*rows, *([f"and {len(skipped) - MAX_LISTED} more"] if len(skipped) > MAX_LISTED else [])])


def _limits() -> Iterator[Markup]:
    yield element("p", "Some trackers get onto a website without a trace in its files:")
    yield items(CANNOT_SHOW)
    yield element("p", "So look at the live site as well, with ", link("Blacklight", BLACKLIGHT), ", a free service of The Markup:")
    yield element("ol", *(element("li", step) for step in AFTERWARDS))
