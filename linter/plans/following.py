"""The steps of a plan behind the removal: other ways in, what is left behind, the vendor's account."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from linter.catalog import Catalog, Vendor
from linter.findings import Finding
from linter.gtm import VENDOR as CONTAINERS
from linter.installations import Installation
from linter.plans.model import Step
from linter.plans.surroundings import Surroundings, steps_of
from linter.plans.ways import VendorWay, Ways
from linter.plans.wording import filled, is_account, plain, some
from linter.reports.installations import brought_by

MAX_OTHERS = 3
MAX_VENDORS = 3
MAX_ACCOUNT = 60
_CONTAINER = re.compile(r"GTM-[A-Z0-9]{4,12}")


def other_installations(row: Installation, rows: Sequence[Installation], catalog: Catalog) -> Iterator[Step]:
    """Other installations that would bring it back, or that are the same vendor's: one step for each relation."""
    related: dict[str, list[str]] = defaultdict(list)
    for other in rows:
        if other.id != row.id and other.severity != "note":
            relation = _relation(row, other, catalog)
            vendor = f"{catalog.vendors[other.vendor].name}, " if other.vendor != row.vendor else ""
            account = f"account `{plain(other.account or '')[:MAX_ACCOUNT]}`, " if relation == "other" else ""
            related[relation].append(f"number {other.id} ({vendor}{account}{brought(other)})")
    for relation, told in _TOLD.items():
        if related[relation]:
            yield Step("second", "person", f"{told}: {some(related[relation], MAX_OTHERS)}")


_TOLD = {
    "fired": "Fired by this container, with a plan of their own",
    "same": "These send to the same account; take them out in the same change, or it comes back from there",
    "unknown": "These may send to the same account; take them out in the same change as well",
    "other": "Other accounts of this vendor, with plans of their own",
}
"""What is said of related installations, by their relation."""


def brought(row: Installation) -> str:
    """What brings an installation; see `brought_by`."""
    return plain(brought_by(row))


def _relation(row: Installation, other: Installation, catalog: Catalog) -> str:
    """What another installation has to do with one: a key of `_TOLD`, "" for nothing."""
    if other.way == "container" and row.vendor == CONTAINERS and other.by in _CONTAINER.findall(row.account or ""):
        return "fired"
    one, two = catalog.vendors[row.vendor], catalog.vendors[other.vendor]
    if one.id != two.id and not (one.company == two.company and "server-side" in (one.category, two.category)):
        return ""
    accounts = _bare(row.account), _bare(other.account)
    if accounts[0] and accounts[0] == accounts[1]:
        return "same"
    return "other" if all(map(is_account, accounts)) else "unknown"


def _bare(account: str | None) -> str:
    """An account without what stands around its id in some places: `AW-123/label` -> `123`."""
    return (account or "").removeprefix("AW-").partition("/")[0]


def other_sources(vendors: Sequence[Vendor], findings: Sequence[Finding], around: Surroundings) -> Iterator[Step]:
    """Where else the same may come from, unseen in the repository: containers whose tags are not here, and what the platform adds."""
    unknown = unknown_containers(findings) if any(vendor.id != CONTAINERS for vendor in vendors) else []
    if unknown:
        named = f"container{'s' if len(unknown) > 1 else ''} {some([f'`{container}`' for container in unknown], MAX_OTHERS)}"
        told = "export from Tag Manager (Admin, Export Container) and run `pixellint check` on the file"
        yield Step("second", "person", f"The site loads the {named}, whose tags are not in this repository: {told}")
    for vendor in vendors[:MAX_VENDORS]:
        values = {"host": next(iter(vendor.hosts), "").removeprefix("*.")}
        yield from steps_of("second", around, lambda site: site.second, values)


def unknown_containers(findings: Iterable[Finding]) -> list[str]:
    """The ids of containers that are loaded and whose exports were not among the files."""
    loaded = {
        container
        for finding in findings
        if finding.vendor == CONTAINERS and finding.state != "dormant" and "its contents are in" not in finding.message and not finding.gtm
        for container in _CONTAINER.findall(finding.account or "")
    }
    return sorted(loaded - {finding.gtm.container for finding in findings if finding.gtm})


def leftovers(vendor: Vendor, around: Surroundings) -> Iterator[Step]:
    """Where the vendor may still be named when it is gone."""
    yield from steps_of("left", around, lambda site: site.left, {"name": vendor.name})
    yield Step("left", "person", "Bring the texts in line with what the site does now: privacy notice, cookie table, consent banner")


def account_steps(rows: Sequence[Installation], vendors: Sequence[Vendor], ways: Ways) -> Iterator[Step]:
    """What is to be done in the vendors' accounts, once for vendors that share a row."""
    names: dict[VendorWay, list[Vendor]] = defaultdict(list)
    for vendor in vendors:
        way = ways.vendor(vendor.id, vendor.category)
        if way is not None:
            names[way].append(vendor)
    told: dict[str, Step] = {}
    for way, own in names.items():
        ids = {vendor.id for vendor in own}
        accounts = dict.fromkeys(row.account for row in rows if row.vendor in ids and row.account and is_account(row.account))
        whose = f"account {some([*accounts], MAX_OTHERS)}" if accounts else "this site"
        for vendor in own:
            for text in way.partner:
                said = filled(text, {"name": vendor.name, "company": vendor.company, "whose": whose})
                if said is not None:
                    told.setdefault(said, Step("partner", "person", said, (), way.sources))
    yield from told.values()
