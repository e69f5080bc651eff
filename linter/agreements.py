"""Agreements: a business associate agreement that the configuration names lowers the findings of its vendor by one level.

One level, and not to nothing: an agreement answers who receives the data on which terms, but not whether the plan, the product
and the settings that it is about are those of this code. An error becomes a warning, a warning a note.
"""

from typing import NamedTuple

from linter.catalog import Vendor
from linter.findings import Finding, Severity

LOWER: dict[Severity, Severity] = {"error": "warning", "warning": "note", "note": "note"}


class Agreement(NamedTuple):
    """An agreement with a vendor (its id), in force from `baa` to `expires` (ISO dates, both included)."""

    vendor: str
    baa: str
    expires: str
    reference: str

    def in_force(self, today: str) -> bool:
        """Whether it counts on a day."""
        return self.baa <= today <= self.expires


def applied(finding: Finding, agreement: Agreement, today: str) -> Finding:
    """The finding under an agreement with its vendor: lowered and told where it is in force, as it was and told where it is not."""
    if agreement.in_force(today):
        told = f"under the agreement of {agreement.baa} ({agreement.reference}), until {agreement.expires}"
        return finding._replace(severity=LOWER[finding.severity], message=f"{finding.message}; {told}", agreement=agreement)
    return finding._replace(message=f"{finding.message}; {_why_not(agreement, today)}, so that this is not lowered")


def notice(agreement: Agreement, today: str) -> str | None:
    """What to tell of an agreement that is not in force."""
    return f"{agreement.vendor}: {_why_not(agreement, today)}; its findings are not lowered" if not agreement.in_force(today) else None


def _why_not(agreement: Agreement, today: str) -> str:
    if today > agreement.expires:
        return f"the agreement of {agreement.baa} ({agreement.reference}) expired on {agreement.expires}"
    return f"the agreement ({agreement.reference}) is not in force before {agreement.baa}"


def refusal(vendor: Vendor) -> str | None:
    """Why no agreement with a vendor can be named, with the source; None where it can."""
    if vendor.baa_status != "none":
        return None
    sources = "; ".join(f"{title}, {url}, {date}" for title, url, date in vendor.baa_sources)
    return f"no agreement can lower findings of {vendor.name}: {vendor.baa_statement} (source: {sources})"
