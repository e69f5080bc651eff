"""Findings -> installations: all findings that belong to one way in which one account of a vendor got onto the site."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from linter.evidence import State
from linter.findings import SEVERITIES, Finding, Severity
from linter.own_rules import OWN

Way = Literal["code", "container", "plugin", "package", "setting", "proxy", "server"]
"""How it got in: written into files, fired by a Tag Manager container, printed by a plugin, brought by a package, switched on by a
setting, passed on by the site's own server, sent by the server."""

_WAY_OF: dict[str, Way] = {
    "plugin": "plugin",
    "plugin-asset": "plugin",
    "package": "package",
    "dependency": "package",
    "setting": "setting",
    "proxy": "proxy",
}
_FOLLOWS = frozenset(
    {"csp", "hint", "trace", "consent-call", "consent-service", "event-call", "advanced-matching", "noscript-image", "noscript-frame"}
)
"""Kinds that belong to whatever else of the vendor is there, and are a way in of their own only where nothing else is."""
_STATES: tuple[State, ...] = ("active", "consent-gated", "dormant")

PLANS: dict[Way, str] = {
    "code": "remove the snippet with its noscript part and all calls of it in one change, then the hints and the policy's hosts",
    "container": "pause the tags in the container (pixellint gtm pause), preview, publish, and export the container again",
    "plugin": "deactivate and delete the plugin, remove what it stored, clear all caches",
    "package": "remove the imports and calls, then uninstall the package so that the lock file changes too",
    "setting": "empty the setting where it is in force (file, environment, database), then remove what reads it",
    "proxy": "remove the rewrite or proxy, and what asks it",
    "server": "stop the calls, revoke the access token, and have a person check what was sent since when",
}
"""What to do about an installation, in short."""


class Installation(NamedTuple):
    """One way in. `id` is its number in the report, from 1; `findings` are numbers of findings in the report, from 0.

    `by` says what brings it: a path, a container's id, a plugin, a package. `twins` are the ids of installations of the same account.
    """

    id: int
    vendor: str
    account: str | None
    way: Way
    by: str
    severity: Severity
    state: State
    findings: tuple[int, ...]
    twins: tuple[int, ...] = ()


def installations(findings: Sequence[Finding]) -> tuple[Installation, ...]:
    """The installations of a run's findings, which must be sorted; each finding of a vendor is in exactly one."""
    groups: dict[tuple[str, Way, str], list[int]] = defaultdict(list)
    later: list[int] = []
    for number, finding in enumerate(findings):
        if finding.vendor == OWN:
            continue
        if finding.kind in _FOLLOWS and finding.gtm is None:
            later.append(number)
        else:
            groups[_key(finding)].append(number)
    groups = _settled(groups, findings)
    for number in later:
        groups[_home(findings[number], groups, findings)].append(number)
    rows = sorted((_installation(key, sorted(numbers), findings) for key, numbers in groups.items()), key=_rank)
    numbered = [row._replace(id=number) for number, row in enumerate(rows, 1)]
    return tuple(row._replace(twins=_twins(row, numbered)) for row in numbered)


def _key(finding: Finding) -> tuple[str, Way, str]:
    if finding.gtm is not None:
        return finding.vendor, "container", finding.gtm.container or finding.path
    if finding.kind == "plugin" and finding.plugin:
        return finding.vendor, "plugin", finding.plugin
    if _is_server(finding.vendor):
        return finding.vendor, "server", ""
    way = _WAY_OF.get(finding.kind, "code")
    return finding.vendor, way, finding.account or "" if way in ("code", "setting") else ""


def _is_server(vendor: str) -> bool:
    """Whether the site's server sends to a vendor, by the category of its leaflet."""
    from linter.catalog import load_catalog

    known = load_catalog().vendors.get(vendor)
    return known is not None and known.category == "server-side"


def _settled(groups: dict[tuple[str, Way, str], list[int]], findings: Sequence[Finding]) -> dict[tuple[str, Way, str], list[int]]:
    """The groups, code and settings without a known account joined with those of the one account there is."""
    out: dict[tuple[str, Way, str], list[int]] = defaultdict(list)
    for (vendor, way, name), numbers in groups.items():
        if way in ("code", "setting"):
            known = [key for key in groups if key[0] == vendor and key[1] in ("code", "setting") and _is_literal(key[2])]
            accounts = {key[2] for key in known}
            if not _is_literal(name) and len(accounts) == 1:
                name = accounts.pop()
            if way == "setting" and (vendor, "code", name) in groups:
                way = "code"
        out[vendor, way, name] += numbers
    return out


def _is_literal(account: str) -> bool:
    return bool(account) and not any(char in account for char in "{}$<>()") and any(char.isdigit() for char in account)


def _home(finding: Finding, groups: Iterable[tuple[str, Way, str]], findings: Sequence[Finding]) -> tuple[str, Way, str]:
    """The group of the vendor that a finding belongs to: that of its account, else the first way in which code may run."""
    own = [key for key in groups if key[0] == finding.vendor]
    same = [key for key in own if finding.account and key[2] == finding.account]
    order: tuple[Way, ...] = ("code", "package", "setting", "plugin", "container", "proxy", "server")
    ranked = sorted(same or own, key=lambda key: (order.index(key[1]), key[2]))
    return ranked[0] if ranked else (finding.vendor, "code", finding.account or "")


def _installation(key: tuple[str, Way, str], numbers: list[int], findings: Sequence[Finding]) -> Installation:
    vendor, way, name = key
    own = [findings[number] for number in numbers]
    account = next(
        (row.account for row in own if row.account and _is_literal(row.account)), next((row.account for row in own if row.account), None)
    )
    lead = min(own, key=lambda row: (SEVERITIES.index(row.severity), row.kind in _FOLLOWS, row.order))
    return Installation(
        0, vendor, account, way, name if way in ("container", "plugin") else lead.path, lead.severity,
        min((row.state for row in own), key=_STATES.index), tuple(numbers),
    )  # fmt: skip


def _rank(row: Installation) -> tuple[int, str, str, str, str]:
    return SEVERITIES.index(row.severity), row.vendor, row.account or "", row.way, row.by


def _twins(row: Installation, rows: Sequence[Installation]) -> tuple[int, ...]:
    return tuple(
        other.id
        for other in rows
        if other.id != row.id and other.vendor == row.vendor and row.account is not None and other.account == row.account
        and "dormant" not in (row.state, other.state)
    )  # fmt: skip
