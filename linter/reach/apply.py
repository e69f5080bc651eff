"""What reach does to a run's findings: what each reaches goes into its message and severity, and pages get their rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from linter.findings import Finding
from linter.reach.containers import container_arrivals
from linter.reach.everywhere import NOWHERE, is_said_elsewhere, key_of, ways_everywhere
from linter.reach.follow import Reached, follow
from linter.reach.model import Arrival, Page
from linter.reach.rows import Carried, PageRow
from linter.reach.wording import dead_text, reach_text

_GRAVE = frozenset({"appointment", "portal", "intake"})
_ANALYTICS = frozenset({"analytics", "session-replay", "tag-manager"})


def apply_reach(
    findings: Sequence[Finding],
    files: Iterable[str],
    read: Callable[[str], str],
    categories: dict[str, str],
    kind_of: Callable[[str], str | None] | None = None,
) -> tuple[list[Finding], tuple[PageRow, ...]]:
    """The findings with what they reach, and the rows of all pages. `categories` are the vendors' (see CONTRIBUTING).

    `kind_of` says of a page's file what kind it is where a person knows it better than its words tell.
    """
    live = [finding for finding in findings if counts(finding)]
    reached = follow(live, files, read, sorted({key for finding in live if (key := key_of(finding))}))
    if kind_of is not None:
        reached = reached._replace(pages=tuple(page._replace(kind=kind_of(page.file) or page.kind) for page in reached.pages))
    ways = {number: _ways(finding, reached, findings, read, categories) for number, finding in enumerate(findings) if counts(finding)}
    pages = {page.path: page for page in reached.pages}
    told = [_told(finding, ways.get(number), pages, reached, categories) for number, finding in enumerate(findings)]
    return told, _rows(told, ways, reached.pages)


def counts(finding: Finding) -> bool:
    """Whether a finding runs on pages: neither dormant nor a note."""
    return finding.state != "dormant" and finding.severity != "note"


def _ways(
    finding: Finding, reached: Reached, findings: Sequence[Finding], read: Callable[[str], str], categories: dict[str, str]
) -> tuple[Arrival, ...] | None:
    """How a finding gets onto pages; None where its file does not tell."""
    if finding.gtm is not None:
        return container_arrivals(finding, findings, reached)
    if finding.kind in NOWHERE:
        return None
    if is_said_elsewhere(finding):
        return None if categories.get(finding.vendor) == "server-side" else ways_everywhere(finding, findings, reached, read)
    return tuple(way for way in reached.arrivals.get(finding.path, ()) if finding.start.line not in way.hidden)


def _told(
    finding: Finding, ways: tuple[Arrival, ...] | None, pages: dict[str, Page], reached: Reached, categories: dict[str, str]
) -> Finding:
    if ways is None or not pages:
        return finding
    if not ways:
        if finding.gtm is not None or finding.path not in reached.dead:
            return finding
        severity = "warning" if finding.severity == "error" else finding.severity
        return finding._replace(message=f"{finding.message}; {dead_text()}", severity=severity)
    arrived = [pages[way.page] for way in ways]
    text = reach_text(finding, arrived, len(pages))
    grave = finding.severity == "warning" and finding.state == "active" and categories.get(finding.vendor) in _ANALYTICS - {"tag-manager"}
    if grave and not finding.gtm and any(map(_is_grave, arrived)) and not _is_slight(finding):
        finding = finding._replace(severity="error")
    message = f"{finding.message}; {text}" if text else finding.message
    return finding._replace(message=message, reaches=tuple(page.path for page in arrived))


def _is_grave(page: Page) -> bool:
    """Whether a visit of the page, or a form on it, tells that a person seeks or has care."""
    return page.kind in _GRAVE or any(form.kind in _GRAVE for form in page.forms)


def _is_slight(finding: Finding) -> bool:
    return finding.kind in ("hint", "consent-call", "widget", "consent-service", "dependency") or "placeholder" in finding.message


def _rows(findings: Sequence[Finding], ways: dict[int, tuple[Arrival, ...] | None], pages: Iterable[Page]) -> tuple[PageRow, ...]:
    by_page: dict[str, list[Carried]] = defaultdict(list)
    for number, finding in enumerate(findings):
        for way in ways.get(number) or ():
            state = "consent-gated" if "consent-gated" in (finding.state, way.state) else finding.state
            place = f"{finding.path}:{finding.start.line}"
            scope = finding.gtm.scope.text if finding.gtm is not None else ""
            by_page[way.page].append(
                Carried(finding.vendor, finding.rule, place, state, way.chain, finding.kind.startswith("noscript"), scope)
            )
    return tuple(PageRow(page, tuple(sorted(by_page[page.path]))) for page in pages)
