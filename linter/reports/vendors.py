"""What reports tell of the vendors with findings: who they are, and the prose of their leaflets."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linter.catalog import Catalog, Vendor, load_leaflet
from linter.findings import SEVERITIES, Finding
from linter.kinds import KINDS
from linter.reports.leaflet import BAA


class Told(NamedTuple):
    """A vendor, the chapters of its leaflet (`what`, `why`, `how_in`, `remove`, `instead`), unwrapped, and the URLs of its sources."""

    vendor: Vendor
    chapters: Mapping[str, str]
    sources: tuple[str, ...]

    def chapter(self, name: str) -> str:
        """The text of a chapter, "" where there is none."""
        return self.chapters.get(name, "")


def told(catalog: Catalog, vendor: str) -> Told:
    """What is told of a vendor of the catalog."""
    try:
        leaflet = load_leaflet(vendor)
    except OSError:
        leaflet = {}
    chapters = {name: " ".join(str(words).split()) for name, words in leaflet.get("text", {}).items()}
    row = catalog.vendors[vendor]
    urls = [url for _, url, _ in row.baa_sources] + [source["url"] for source in leaflet.get("sources", ())]
    return Told(row, chapters, tuple(urls))


def by_vendor(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each vendor, the vendor with the gravest and with most of them first, then by id."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.vendor, []).append(finding)
    return dict(sorted(groups.items(), key=lambda row: (_gravity(row[1]), row[0])))


def _gravity(findings: Iterable[Finding]) -> list[int]:
    """Sorts first what has most errors, then most warnings."""
    counts = Counter(finding.severity for finding in findings)
    return [-counts[severity] for severity in SEVERITIES]


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, the gravest first, else in their order."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def agreement(vendor: Vendor) -> str:
    """Whether the vendor signs a business associate agreement, and what is known of it, in sentences."""
    statement = vendor.baa_statement.removeprefix("Not verified: ")
    return sentence(
        f"Business associate agreement: {BAA.get(vendor.baa_status, vendor.baa_status)}. {statement[:1].upper()}{statement[1:]}"
    )


def agreements_in_force(findings: Iterable[Finding]) -> list[str]:
    """The agreements that lowered findings, each as a sentence without its full stop."""
    rows = dict.fromkeys(finding.agreement for finding in findings if finding.agreement)
    lowers = "findings are lowered by one level for it"
    return [f"The configuration names an agreement of {row.baa} ({row.reference}), until {row.expires}; {lowers}" for row in rows]


def says(vendor: Vendor, kind: str) -> str:
    """What a kind of finding says of a vendor, as a sentence."""
    return sentence(f"{vendor.name} {KINDS[kind].says}")


def sentence(text: str) -> str:
    """Text that ends in a full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
