"""The pages of the kinds of rules, and the page that lists them."""

from collections.abc import Mapping, Sequence
from textwrap import dedent
from typing import Any

from docs.generator.markdown import code, fence, language, link, page, plain, table
from docs.generator.vendors import Leaflet, severity
from linter.catalog import Catalog
from linter.kinds import KINDS
from linter.own_rules import LEAFLET, OWN, OWN_RULES

OWN_KINDS = frozenset(rule.rpartition("/")[2] for rule in OWN_RULES)


def kind_page(catalog: Catalog, leaflets: Sequence[Leaflet], kind: str) -> str:
    """What findings of a kind say, what to do, an example, and which vendors have it."""
    if kind in OWN_KINDS:
        return _own_page(kind)
    told = KINDS[kind]
    facts = [
        ["It says", f"*Vendor* {plain(told.says)}."],
        ["What to do", f"{plain(told.help[:1].upper() + told.help[1:])}."],
        ["Severity", f"at most {severity(told.worst)}" + ("; only where it is selected" if told.on_request else "")],
        ["To select it", code(f"*/{kind}")],
    ]
    vendors = [vendor for vendor in catalog.vendors.values() if kind in vendor.kinds]
    rows = [
        [link(plain(vendor.name), f"../vendors/{vendor.id}.md"), code(f"{vendor.id}/{kind}"), severity(catalog.severity(vendor.id, kind))]
        for vendor in sorted(vendors, key=lambda vendor: vendor.name.lower())
    ]
    whose = f"## Vendors\n\n{table(['Vendor', 'Rule', 'Severity'], rows)}" if rows else ""
    return page(
        kind,
        f"The kind of rule {kind}: what it finds and what to do.",
        table(["", ""], [[f"**{name}**", value] for name, value in facts]),
        _example(leaflets, kind),
        whose,
    )


def _own_page(kind: str) -> str:
    told = KINDS[kind]
    text = LEAFLET["text"]
    facts = [
        ["It says", f"pixellint {plain(OWN_RULES[f'{OWN}/{kind}'])}."],
        ["What to do", f"{plain(told.help[:1].upper() + told.help[1:])}."],
        ["Severity", severity(told.worst)],
        ["To select it", code(f"{OWN}/{kind}")],
    ]
    parts = [plain(text[key]) for key in ("what", "why", "how_in", "remove", "instead")]
    more = f"{link('Suppressions and baseline', '../suppressions.md')} has the forms."
    return page(
        kind,
        f"The rule {OWN}/{kind}: what it finds and what to do.",
        table(["", ""], [[f"**{name}**", value] for name, value in facts]),
        *parts,
        more,
    )


def _example(leaflets: Sequence[Leaflet], kind: str) -> str:
    fitting = [(leaflet, case) for leaflet in leaflets for case in leaflet["case"] if _is_about(case, f"{leaflet['id']}/{kind}")]
    if not fitting:
        return ""
    leaflet, case = min(fitting, key=lambda pair: (pair[0]["id"] != "meta-pixel", len(pair[1]["find"]) > 1))
    body = fence(dedent(case["code"]), language(case["file"]), title=case["file"].replace('"', ""))
    return f"## Example\n\n{plain(leaflet['name'])}: {plain(case['name'])}.\n\n{body}"


def _is_about(case: Mapping[str, Any], rule: str) -> bool:
    return any(row["rule"] == rule for row in case["find"])


def index(catalog: Catalog) -> str:
    """All kinds, with the number of vendors that have them."""
    rows = []
    for kind, told in KINDS.items():
        count = sum(kind in vendor.kinds for vendor in catalog.vendors.values())
        who = "pixellint" if kind in OWN_KINDS else str(count or "the container")
        rows.append([link(code(kind), f"{kind}.md"), f"… {plain(told.says)}", severity(told.worst), who])
    text = (
        "A rule is a vendor and a kind: `meta-pixel/base-code`. Kinds are the same for all vendors, so `*/beacon` selects the beacons of "
        "all of them. The severity is the most that an active finding of the kind can have; a vendor may cap it lower."
    )
    head = ["Kind", "What the finding says of the vendor", "At most", "Vendors"]
    return page("Kinds of rules", "All kinds of rules of pixellint.", text, table(head, rows))
