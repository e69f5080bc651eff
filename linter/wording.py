"""The sentences of a finding: what was found, what follows, what to do. No legal conclusions (the leaflet's statements only)."""

import re

from linter.catalog import Vendor
from linter.evidence import State
from linter.findings import Severity
from linter.kinds import KINDS

_PLACEHOLDER = re.compile(
    r"\[.*\]|<.*>|\.{3,}|0{5,}|1?2345678\d*|123456789\d*|(?:G|UA|AW|GTM|DC|GT)?-?[Xx]{3,}[-\dXx]*"
    r"|.*(?:YOUR|PLACEHOLDER|REPLACE|CHANGE_?ME|INSERT|TODO|EXAMPLE|XXXXX).*|(?:\w+[_-])?(?:PIXEL|TRACKING|MEASUREMENT|PARTNER|PROJECT|SITE)[_-]?ID(?:[_-]HERE)?",
    re.S,
)


def is_placeholder(text: str, literal: bool) -> bool:
    """Whether an account id that is written out stands for one still to be filled in (`YOUR_PIXEL_ID`, `G-XXXXXXX`)."""
    return literal and _PLACEHOLDER.fullmatch(text.strip().upper()) is not None


def message(vendor: Vendor, kind: str, state: State, account: str | None, placeholder: bool, event: str | None = None) -> str:
    """One sentence: vendor, path, consequence, and whether the vendor signs a BAA. `event` is the name of the event that is sent, or
    the names under which personal data is handed over."""
    told = f" (account {account})" if account else ""
    if placeholder:
        told = f" with the placeholder id {account}"
    says = KINDS[kind].says
    if event:
        says = says.replace("personal data", f"personal data ({event})").replace("an event", f'the event "{event}"')
    head = f"{vendor.name} {says}{told}"
    if state == "dormant":
        return f"{head}, but commented out or switched off: it does not run"
    return f"{head}: {effect_of(vendor, kind, state, placeholder)}"


def effect_of(vendor: Vendor, kind: str, state: State, placeholder: bool) -> str:
    """What follows from a finding that is not dormant, and whether the vendor signs a BAA."""
    if kind in _HARMLESS:
        return _HARMLESS[kind].format(company=vendor.company)
    effect = f"{vendor.company} can tie the visit to a person" if kind == "advanced-matching" else f"it {vendor.consequence}"
    if placeholder:
        effect = f"it contacts {vendor.company} even so"
    if state == "consent-gated":
        return f"after consent {effect}; consent is not an agreement with {vendor.company}, and {_clause(vendor)}"
    return f"{effect}; {_clause(vendor)}"


_HARMLESS = {
    "hint": "the browser prepares to load from {company}",
    "consent-call": "that sets what it may do, and is no agreement with {company}",
    "trace": "nothing is sent to {company} from here",
    "gtm-broken": "what is missing in this file may hold further tags",
}


def _clause(vendor: Vendor) -> str:
    if vendor.baa_status == "none":
        return f"{vendor.company} signs no BAA for it"
    if vendor.baa_status == "conditional":
        return f"{vendor.company} signs a BAA for it only under conditions"
    if vendor.baa_status == "available":
        return f"{vendor.company} offers a BAA for it, to be signed first"
    return f"whether {vendor.company} signs a BAA for it is not verified"


def help_text(vendor: Vendor, kind: str, token: bool = False) -> str:
    """What to do, and where to read on. `token`: an access token is written out there."""
    revoke = "; an access token is written out here: revoke it, and keep its successor out of the repository" if token else ""
    return f"{KINDS[kind].help}{revoke} (pixellint rule {vendor.id}/{kind})"


def severity_of(active: Severity, state: State, placeholder: bool) -> Severity:
    """The severity in a state: parked behind consent or a placeholder at most a warning, dormant a note."""
    if state == "dormant" or active == "note":
        return "note"
    return "warning" if state == "consent-gated" or placeholder else active
