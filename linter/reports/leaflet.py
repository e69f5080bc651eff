"""What `pixellint rule` and `pixellint vendors` print: a vendor's leaflet for a person, and the list of vendors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import dedent, fill, indent
from typing import Any

from linter.catalog import Catalog, Vendor
from linter.kinds import KINDS
from linter.reports import printable
from linter.reports.document import VERSION, dump, tool

WIDTH = 100
CHAPTERS = (
    ("what", "What it is"),
    ("why", "Why it matters on a practice site"),
    ("how_in", "How it gets in"),
    ("remove", "How to take it out"),
    ("instead", "What to use instead"),
)
BAA = {
    "none": "signs none",
    "conditional": "signs one only under conditions",
    "available": "offers one",
    "not-verified": "not verified",
}


def render(catalog: Catalog, vendor_id: str, rules: Sequence[str], leaflet: Mapping[str, Any]) -> str:
    """The leaflet of a vendor, headed by the rules (ids of this vendor) that were asked for."""
    vendor = catalog.vendors[vendor_id]
    parts = ["\n".join(_rule(catalog, vendor, rule) for rule in rules), _vendor(vendor)]
    text = leaflet.get("text", {})
    parts += [f"{title}\n{_paragraph(text[key])}" for key, title in CHAPTERS if text.get(key)]
    cases = leaflet.get("case", ())
    if cases:
        parts.append("Cases\n" + "\n\n".join(_case(case) for case in cases))
    return "\n\n".join(parts) + "\n"


def _rule(catalog: Catalog, vendor: Vendor, rule: str) -> str:
    kind = rule.rpartition("/")[2]
    off = "; only reported when selected" if KINDS[kind].on_request else ""
    head = f"{rule} ({catalog.severity(vendor.id, kind)}{off})"
    says = f"{vendor.name} {KINDS[kind].says}."
    return f"{head}\n{_paragraph(says)}\n{_paragraph('Help: ' + KINDS[kind].help + '.')}"


def _vendor(vendor: Vendor) -> str:
    of = f", of {vendor.company}" if vendor.company != vendor.name else ""
    lines = [f"{vendor.name}{of}: {vendor.category}", _paragraph(f"It {vendor.consequence}.")]
    agreement = BAA.get(vendor.baa_status, vendor.baa_status)
    statement = vendor.baa_statement.removeprefix("Not verified: ")
    lines.append(_paragraph(f"Business associate agreement: {agreement}. {statement[:1].upper()}{statement[1:]}"))
    lines += [f"  - {printable(title)} ({date})\n    {printable(url)}" for title, url, date in vendor.baa_sources]
    return "\n".join(lines)


def _paragraph(text: str) -> str:
    return fill(" ".join(text.split()), WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _case(case: Mapping[str, Any]) -> str:
    found = [f"{row['rule']} at {' '.join(str(row.get('text', '')).split())}" for row in case.get("find", ())]
    left = _left(case["fixed"]) if "fixed" in case else ""
    head = f"  {case['name']}\n    {case['file']}: {'; '.join(found) or 'nothing is found'}"
    return f"{head}\n{_shown(case['code'])}{left}"


def _left(fixed: str) -> str:
    return f"\n    --fix leaves\n{_shown(fixed)}" if fixed.strip() else "\n    --fix leaves nothing of it"


def _shown(code: str) -> str:
    return indent(dedent(code).strip("\n"), "      | ", lambda line: True)


def vendors_text(vendors: Iterable[Vendor]) -> str:
    """The vendors as a table: id, name, severity, agreement."""
    rows = [("VENDOR", "NAME", "CATEGORY", "SEVERITY", "BAA"), *(_cells(vendor) for vendor in vendors)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(_line(row, widths) for row in rows) + "\n"


def _cells(vendor: Vendor) -> tuple[str, str, str, str, str]:
    name = f"{vendor.name} ({vendor.company})" if vendor.company.split()[0] not in vendor.name else vendor.name
    return vendor.id, name, vendor.category, vendor.severity, BAA.get(vendor.baa_status, vendor.baa_status)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join([*(f"{cell:{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]])


def vendors_document(vendors: Iterable[Vendor]) -> str:
    """The vendors as a JSON document."""
    return dump({"version": VERSION, "tool": tool(), "vendors": list(_entries(vendors))})


def _entries(vendors: Iterable[Vendor]) -> Iterator[dict[str, Any]]:
    for vendor in vendors:
        sources = [{"title": title, "url": url, "date": date} for title, url, date in vendor.baa_sources]
        yield {
            "id": vendor.id,
            "name": vendor.name,
            "company": vendor.company,
            "category": vendor.category,
            "severity": vendor.severity,
            "baa": {"status": vendor.baa_status, "statement": vendor.baa_statement, "sources": sources},
            "rules": vendor.rules,
        }
