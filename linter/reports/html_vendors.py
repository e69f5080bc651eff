"""The part of the HTML report on one vendor: who it is, its agreement, its ways in, its pages and its findings."""

from collections.abc import Iterable, Iterator, Sequence

from linter.evidence import State
from linter.findings import Finding, Result
from linter.installations import PLANS, Installation
from linter.page_kinds import load_page_kinds
from linter.reach.model import Form
from linter.reach.rows import Carried, PageRow
from linter.reports import counted
from linter.reports.html_findings import badge, findings_list
from linter.reports.html_markup import Markup, element, items, joined, link, section, table
from linter.reports.html_words import STATES
from linter.reports.installations import brought_by
from linter.reports.pages import is_sensitive
from linter.reports.vendors import Told, agreement, agreements_in_force, sentence

MAX_PAGES = 200
MAX_CHAINS = 3
MAX_FIELDS = 8
ARROW = " → "
_STATES: tuple[State, ...] = ("active", "consent-gated", "dormant")


def vendor_section(told: Told, findings: Sequence[Finding], ways: Sequence[Installation], result: Result) -> Markup:
    """The part on a vendor; `ways` are its installations."""
    vendor = told.vendor
    of = f", of {vendor.company}" if vendor.company.split()[0] not in vendor.name else ""
    return section(
        3,
        f"{vendor.name}{of}",
        f"vendor-{vendor.id}",
        element("p", sentence(f"{vendor.name} {vendor.consequence}"), class_="lead"),
        *_chapter("What it is", told.chapter("what")),
        *_chapter("Why it matters on a practice's website", told.chapter("why")),
        element("h4", "Agreement"),
        _agreement(told, findings),
        element("h4", "How it got in"),
        _ways(vendor.name, ways, result.findings),
        *_chapter("How to take it out", told.chapter("remove")),
        *_chapter("What to use instead", told.chapter("instead")),
        element("h4", "Pages and forms"),
        _pages(vendor.name, pages_of(vendor.id, result.pages), result),
        element("h4", f"Places in the files ({len(findings)})"),
        findings_list(findings),
    )


def _chapter(title: str, text: str) -> Iterator[Markup]:
    if text:
        yield element("h4", title)
        yield element("p", text)


def _agreement(told: Told, findings: Iterable[Finding]) -> Markup:
    vendor = told.vendor
    named = [element("p", sentence(text)) for text in agreements_in_force(findings)]
    sources = items(joined([link(title, url), f", seen {date}"]) for title, url, date in vendor.baa_sources)
    told_by = element("p", "Said by:") if sources else Markup("")
    return element("div", element("p", element("strong", agreement(vendor))), told_by, sources, *named, class_="agreement")


def _ways(name: str, ways: Sequence[Installation], findings: Sequence[Finding]) -> Markup:
    heads = ("Way in", "Account", "State", "What to do")
    return table(f"How {name} got in: each way is to be taken out as a whole", heads, [_way(row, findings) for row in ways])


def _way(row: Installation, findings: Sequence[Finding]) -> tuple[str, ...]:
    account = element("code", row.account) if row.account else "not told in the files"
    plan = PLANS[row.way]
    way = joined([f"No. {row.id}: ", way_in(row, findings)])
    return way, account, joined([badge(row.severity), f" {STATES[row.state]}"]), f"{sentence(plan[:1].upper() + plan[1:])}{twins(row)}"


def way_in(row: Installation, findings: Sequence[Finding]) -> Markup:
    """What brings an installation, and in how many places; `findings` are all of the report."""
    before = brought_by(row).removesuffix(row.by)
    files = len({findings[number].path for number in row.findings})
    places = f" ({counted(len(row.findings), 'place')} in {counted(files, 'file')})" if len(row.findings) > 1 else ""
    return joined([before, element("code", row.by), places])


def twins(row: Installation) -> str:
    """A sentence on the other ways in of the same account, "" where there is none."""
    if not row.twins:
        return ""
    return f" The same account also comes in by no. {', '.join(map(str, row.twins))}: removing one leaves the other."


def pages_of(vendor: str, pages: Iterable[PageRow]) -> list[tuple[PageRow, list[Carried]]]:
    """The pages that a vendor is on, each with how it got there; pages of sensitive kinds and with forms first."""
    rows = [(row, [one for one in row.vendors if one.vendor == vendor]) for row in pages]
    return sorted([row for row in rows if row[1]], key=lambda row: not is_sensitive(row[0]))


def _pages(name: str, rows: Sequence[tuple[PageRow, list[Carried]]], result: Result) -> Markup:
    if not result.pages:
        return element("p", "Not followed: the files were checked one by one, or no page of the site was recognised in them.")
    if not rows:
        return element("p", f"None of the {counted(len(result.pages), 'page')} that were recognised pulls this code in.")
    heads = ("Page", "Kind of page", "Forms", "State", "How it gets there")
    shown = table(f"Pages with {name}: {len(rows)} of {len(result.pages)}", heads, [_page(*row) for row in rows[:MAX_PAGES]])
    if len(rows) <= MAX_PAGES:
        return shown
    more = element("p", f"And {len(rows) - MAX_PAGES} more, which ", element("code", "pixellint pages"), " lists.")
    return joined([shown, more])


def _page(row: PageRow, carried: Sequence[Carried]) -> tuple[str, ...]:
    page = row.page
    title = joined([element("br"), page.title]) if page.title else Markup("")
    stands_for = joined([element("br"), f"stands for {page.stands_for}"]) if page.stands_for else Markup("")
    forms = items(_form(form) for form in page.forms) or "none"
    return joined([element("code", page.path), title, stands_for]), kind_name(page.kind), forms, _state(carried), _chains(carried)


def kind_name(kind: str) -> str:
    """The name of a kind of page."""
    return next((row.name for row in load_page_kinds() if row.id == kind), "other")


def _form(form: Form) -> str:
    by = f" ({form.by})" if form.by != "form" else ""
    fields = ", ".join(form.fields[:MAX_FIELDS]) + (" …" if len(form.fields) > MAX_FIELDS else "")
    return f"{form.kind} form{by}" + (f": {fields}" if fields else "")


def _state(carried: Sequence[Carried]) -> str:
    state = STATES[min((one.state for one in carried), key=_STATES.index)]
    return f"{state}, without JavaScript too" if any(one.without_js for one in carried) else state


def _chains(carried: Sequence[Carried]) -> Markup:
    chains = list(dict.fromkeys(map(_chain, carried)))
    more = [f"and {counted(len(chains) - MAX_CHAINS, 'more way')}"] if len(chains) > MAX_CHAINS else []
    return items([*chains[:MAX_CHAINS], *more], class_="chains")


def _chain(carried: Carried) -> str:
    way = ARROW.join(carried.chain) if len(carried.chain) > 1 else "stands in the page itself"
    return f"{way} ({carried.scope})" if carried.scope else way
