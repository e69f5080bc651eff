"""The pages of the vendors, each made from its leaflet, and the page that lists them."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import dedent
from typing import Any

from docs.generator.markdown import code, fence, language, link, page, plain, table, unfolding
from linter.catalog import Catalog, Vendor
from linter.kinds import KINDS
from linter.reports.leaflet import BAA, CHAPTERS

Leaflet = Mapping[str, Any]
LISTED = ("none", "conditional", "available", "not-verified")


def vendor_page(catalog: Catalog, leaflet: Leaflet) -> str:
    """All that a leaflet says of a vendor, for a person, with the cases that are its tests."""
    vendor = catalog.vendors[leaflet["id"]]
    chapters = [f"## {title}\n\n{plain(leaflet['text'][key])}" for key, title in CHAPTERS if leaflet["text"].get(key)]
    about = f"{vendor.name}: what it is, whether a business associate agreement is signed for it, how to take it out of a website."
    rest = (_rules(catalog, vendor), _cases(leaflet), _sources(leaflet))
    return page(vendor.name, about, _facts(vendor, leaflet), _agreement(vendor), *chapters, *rest)


def _facts(vendor: Vendor, leaflet: Leaflet) -> str:
    rows = [
        ["Whose it is", plain(vendor.company)],
        ["What it does", f"It {plain(vendor.consequence)}."],
        ["Business associate agreement", plain(BAA[vendor.baa_status])],
        ["Category", plain(vendor.category)],
        ["An active finding is", f"at most {severity(vendor.severity)}"],
        ["To select it", " ".join(code(f"{name}/*") for name in (vendor.id, *vendor.aliases))],
        ["Leaflet reviewed on", str(leaflet["last_reviewed"])],
    ]
    return table(["", ""], [[f"**{name}**", value] for name, value in rows])


def severity(name: str) -> str:
    """A severity as a word that can be coloured; a word in any case."""
    return f'<span class="severity {name}">{name}</span>'


def _agreement(vendor: Vendor) -> str:
    statement = vendor.baa_statement.removeprefix("Not verified: ")
    said = f"**{plain(BAA[vendor.baa_status]).capitalize()}.** {plain(statement[:1].upper() + statement[1:])}"
    sources = "\n".join(f"- {link(plain(title), url)} ({date})" for title, url, date in vendor.baa_sources)
    none = "" if vendor.baa_sources else "No source was found that says so or the contrary; ask the vendor."
    return "\n\n".join(part for part in ("## Business associate agreement", said, sources, none) if part)


def _rules(catalog: Catalog, vendor: Vendor) -> str:
    rows = []
    for kind in vendor.kinds:
        off = ", only where it is selected" if KINDS[kind].on_request else ""
        worst = severity(catalog.severity(vendor.id, kind)) + off
        rows.append([link(code(f"{vendor.id}/{kind}"), f"../kinds/{kind}.md"), worst, f"{plain(vendor.name)} {plain(KINDS[kind].says)}."])
    what = "What a finding says when it is active. One that is commented out or switched off is a note."
    return f"## Rules\n\n{what}\n\n{table(['Rule', 'Severity', 'What it says'], rows)}"


def _cases(leaflet: Leaflet) -> str:
    cases = leaflet["case"]
    found = [case for case in cases if case["find"]]
    others = [case for case in cases if not case["find"]]
    parts = [
        "## Examples { data-search-exclude }",
        "Each is a test of this program. Account ids are made up.",
        "### What is found { data-search-exclude }",
    ]
    parts += [_case(case, "failure") for case in found]
    parts += ["### What is no finding { data-search-exclude }", *(_case(case, "success") for case in others)]
    return "\n\n".join(parts)


def _case(case: Mapping[str, Any], look: str) -> str:
    rows = [f"- {code(row['rule'])}{_state(row)} at {code(row.get('text', ''))}" for row in case["find"]]
    body = fence(dedent(case["code"]), language(case["file"]), title=case["file"].replace('"', ""))
    parts = [body, "\n".join(rows), *_left(case)]
    return unfolding(look, case["name"], "\n\n".join(part for part in parts if part))


def _left(case: Mapping[str, Any]) -> list[str]:
    """What `--fix` leaves of the file."""
    if "fixed" not in case:
        return []
    if not case["fixed"].strip():
        return ["`--fix` leaves nothing of it."]
    return ["`--fix` leaves:", fence(dedent(case["fixed"]), language(case["file"]))]


def _state(row: Mapping[str, Any]) -> str:
    said = [str(row[key]) for key in ("severity", "state") if key in row]
    return f" ({', '.join(said)})" if said else ""


def _sources(leaflet: Leaflet) -> str:
    rows = "\n".join(f"- {link(plain(source['title']), source['url'])} ({source['date']})" for source in leaflet["sources"])
    return f"## Sources\n\n{rows}"


def index(catalog: Catalog, leaflets: Sequence[Leaflet]) -> str:
    """All vendors, those of whose agreement something is known first."""
    parts = [
        f"{len(leaflets)} vendors are known. A page each says who it is, what it collects, whether it signs a business associate agreement "
        "(BAA) and who says so, how it gets onto a site, how to take it out, and what to use instead. Each is made from one file in "
        "`rules/`, which is also what the program finds them by. `pixellint rule VENDOR` shows the same in a terminal.",
        "Severities are those of an active finding at most; "
        f"{link('what makes a finding graver or milder', '../reports.md#severity-and-state')} is told elsewhere. "
        "*Not verified* means that no source was found that says whether there is an agreement: ask the vendor.",
    ]
    for status in LISTED:
        rows = list(_index_rows(catalog, leaflets, status))
        if rows:
            parts.append(f"## BAA: {plain(BAA[status])}\n\n{table(['Vendor', 'Whose', 'Category', 'Severity', 'Source'], rows)}")
    return page("Vendors", "All vendors that pixellint knows, and whether they sign a business associate agreement.", *parts)


def _index_rows(catalog: Catalog, leaflets: Sequence[Leaflet], status: str) -> Iterator[list[str]]:
    for leaflet in sorted(leaflets, key=lambda leaflet: leaflet["name"].lower()):
        vendor = catalog.vendors[leaflet["id"]]
        if vendor.baa_status == status:
            sources = "<br>".join(link(date, url) for _, url, date in vendor.baa_sources) or "none found"
            yield [link(plain(vendor.name), f"{vendor.id}.md"), plain(vendor.company), vendor.category, severity(vendor.severity), sources]


def statements(leaflets: Sequence[Leaflet]) -> str:
    """What vendors say about agreements, a bullet each with link and date, of those vendors of whom it is known."""
    lines = []
    for leaflet in sorted(leaflets, key=lambda leaflet: leaflet["name"].lower()):
        baa = leaflet["baa"]
        if baa["status"] != "not-verified":
            sources = "; ".join(f"{link(plain(source['title']), source['url'])}, {source['date']}" for source in baa["sources"])
            lines.append(f"- **{plain(leaflet['name'])}.** {plain(baa['statement'].removesuffix('.'))} ({sources}).")
    return "\n".join(lines)
