"""The pages of a site and what is on them: a table for people, JSON, CSV and Markdown."""

import csv
import io
from collections.abc import Iterable, Sequence

from linter.reach.rows import Carried, PageRow
from linter.reports import counted, printable
from linter.reports.document import dump, page_row, tool

FORMATS = ("text", "json", "csv", "markdown")
SENSITIVE = frozenset({"appointment", "intake", "portal", "patient", "condition", "payment", "provider", "contact"})
COLUMNS = ("page", "title", "kind", "forms", "vendor", "state", "installation", "chain")
ARROW = " <- "


def is_sensitive(row: PageRow) -> bool:
    """Whether a page is of a sensitive kind, or has a form that asks for more than a search."""
    return row.page.kind in SENSITIVE or any(form.kind not in ("search", "other") for form in row.page.forms)


def render(rows: Sequence[PageRow], format: str) -> str:
    """The report in one of `FORMATS`."""
    if format == "json":
        return dump({"version": 1, "tool": tool(), "pages": [page_row(row) for row in rows], "summary": summary(rows)})
    if format == "csv":
        return _csv(rows)
    return _markdown(rows) if format == "markdown" else _text(rows)


def summary(rows: Sequence[PageRow]) -> dict[str, int]:
    """Counts of pages."""
    return {
        "pages": len(rows),
        "with_trackers": sum(bool(row.vendors) for row in rows),
        "sensitive": sum(is_sensitive(row) for row in rows),
        "sensitive_with_trackers": sum(bool(row.vendors) and is_sensitive(row) for row in rows),
    }


def chain_text(carried: Carried) -> str:
    """`header.php:40 <- book.php:3`: from the code to the page."""
    return ARROW.join(reversed(carried.chain))


def _of(row: PageRow) -> str:
    page = row.page
    kind = f" [{page.kind}]" if page.kind != "other" else ""
    return f"{page.path}{kind}{f' ({page.stands_for})' if page.stands_for else ''}"


def _forms(row: PageRow) -> str:
    return ", ".join(f"{form.kind} form ({form.by})" if form.by != "form" else f"{form.kind} form" for form in row.page.forms)


def _text(rows: Sequence[PageRow]) -> str:
    lines: list[str] = []
    for row in rows:
        lines.append(printable(_of(row)) + (f': "{printable(row.page.title)}"' if row.page.title else ""))
        if row.page.forms:
            lines.append(f"  forms: {printable(_forms(row))}")
        lines += [f"  {printable(line)}" for line in _vendors(row.vendors)]
        if not row.vendors:
            lines.append("  no tracker found")
    counts = summary(rows)
    with_trackers = f"{counted(counts['pages'], 'page')}, {counts['with_trackers']} with trackers"
    lines += ["", f"{with_trackers}; {counts['sensitive']} sensitive, {counts['sensitive_with_trackers']} of them with trackers."]
    return "\n".join(lines) + "\n"


def _vendors(vendors: Iterable[Carried]) -> Iterable[str]:
    for one in vendors:
        extra: list[str] = [one.state] if one.state != "active" else []
        extra += ["without JavaScript too"] if one.without_js else []
        extra += [one.scope] if one.scope else []
        told = f" ({', '.join(extra)})" if extra else ""
        yield f"{one.vendor}{told}: {chain_text(one)}"


def _cells(row: PageRow) -> Iterable[tuple[str, ...]]:
    page = row.page
    head = (page.path, page.title, page.kind, _forms(row))
    for one in row.vendors:
        yield (*head, one.vendor, one.state, one.installation, chain_text(one))
    if not row.vendors:
        yield (*head, "", "", "", "")


def _csv(rows: Sequence[PageRow]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerows(tuple(_harmless(cell) for cell in cells) for cells in _cells(row))
    return out.getvalue()


def _harmless(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _markdown(rows: Sequence[PageRow]) -> str:
    lines = ["| page | kind | forms | vendor | state | how it gets there |", "|---|---|---|---|---|---|"]
    for row in rows:
        for path, _, kind, forms, vendor, state, _, chain in _cells(row):
            lines.append("| " + " | ".join(_escaped(cell) for cell in (path, kind, forms, vendor, state, chain)) + " |")
    counts = summary(rows)
    lines += ["", f"{counted(counts['pages'], 'page')}, {counts['with_trackers']} with trackers."]
    return "\n".join(lines) + "\n"


def _escaped(cell: str) -> str:
    return printable(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
