"""The sentences of reach."""

from collections.abc import Sequence

from linter.findings import Finding
from linter.reach.model import Page

MAX_NAMED = 3


def reach_text(finding: Finding, pages: Sequence[Page], total: int) -> str:
    """What a finding reaches: `it gets onto 14 of 20 pages, among them book.html (appointment)`; "" where its own file is the one page."""
    sensitive = [page for page in pages if page.kind not in ("other", "legal", "careers")]
    alone = len(pages) == 1 and pages[0].file == finding.path
    if alone:
        return f"{_kind_name(pages[0].kind)}" if sensitive else ""
    count = f"all {total} pages" if len(pages) == total and total > 1 else f"{len(pages)} of {total} pages"
    told = f"it gets onto {count}" if total > 1 else f"it gets onto {pages[0].path}"
    return f"{told}{_among(sensitive, len(pages))}"


def _kind_name(kind: str) -> str:
    from linter.page_kinds import load_page_kinds

    name = next((row.name for row in load_page_kinds() if row.id == kind), kind)
    return f"this is a page of the kind: {name}"


def _among(sensitive: Sequence[Page], count: int) -> str:
    if not sensitive:
        return ""
    named = ", ".join(f"{page.path} ({page.kind})" for page in sorted(sensitive, key=_rank)[:MAX_NAMED])
    more = f" and {len(sensitive) - MAX_NAMED} more that ask or tell about health, contact or payment" if len(sensitive) > MAX_NAMED else ""
    return f", among them {named}{more}" if count > 1 else f": {named}"


_ORDER = ("appointment", "intake", "portal", "patient", "condition", "payment", "provider", "contact")


def _rank(page: Page) -> tuple[int, str]:
    return (_ORDER.index(page.kind) if page.kind in _ORDER else len(_ORDER), page.path)


def dead_text() -> str:
    """Of a file that nothing pulls in."""
    return "no page of this site pulls this file in: it looks like dead code"
