"""The catalog at run time: vendors and signatures, indexed by what evidence is looked up by."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linter.findings import Severity
from linter.globs import glob
from linter.kinds import KINDS


class Vendor(NamedTuple):
    """Who receives data. `baa_status`: none, conditional, available or not-verified; sources are (title, url, date)."""

    id: str
    name: str
    company: str
    category: str
    severity: Severity
    consequence: str
    aliases: tuple[str, ...]
    hosts: tuple[str, ...]
    baa_status: str
    baa_statement: str
    baa_sources: tuple[tuple[str, str, str], ...]
    severities: Mapping[str, Severity]
    kinds: tuple[str, ...]

    @property
    def rules(self) -> list[str]:
        """The rule ids of this vendor."""
        return [f"{self.id}/{kind}" for kind in self.kinds]


class Signature(NamedTuple):
    """Which evidence is a vendor's mark. `test` holds the fields of the leaflet's row that matching compares."""

    vendor: str
    kind: str
    account: str
    also: bool
    test: Mapping[str, Any]


class _Vendors(dict[str, Vendor]):
    """Vendors by id. The linter itself, of whose rules suppressions are findings, is known by its id and listed nowhere."""

    def __missing__(self, key: str) -> Vendor:
        from linter import own_rules as own

        if key != own.OWN:
            raise KeyError(key)
        kinds = tuple(rule.rpartition("/")[2] for rule in own.OWN_RULES)
        return Vendor(
            own.OWN, own.NAME, own.NAME, own.CATEGORY, "warning", own.CONSEQUENCE, (), (), "not needed", own.STATEMENT, (), {}, kinds
        )  # fmt: skip


class Catalog:
    """Vendors by id, and signatures by evidence and name (URL: by host)."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.vendors: dict[str, Vendor] = _Vendors({row["id"]: _vendor(row) for row in index["vendors"]})
        self.prose = frozenset(index.get("prose", ())).difference(index["literals"])
        """Literals that count in the text of privacy notices alone."""
        self.literals: Sequence[str] = [*index["literals"], *sorted(self.prose)]
        self.seek: Sequence[str] = index["seek"]
        self.names: dict[tuple[str, str], list[Signature]] = defaultdict(list)
        self.hosts: dict[str, list[Signature]] = defaultdict(list)
        self.patterns: list[tuple[str, str, Signature]] = []
        self.libraries: list[Signature] = []
        self.tags: list[Signature] = []
        self.settings: list[Signature] = []
        self.plugins: list[Signature] = []
        self.hint_hosts = {host: vendor.id for vendor in self.vendors.values() for host in vendor.hosts}
        self.in_notices: set[str] = set()
        """Names of vendors, lower case, that privacy notices are looked through for."""
        self.policy_hosts: dict[str, tuple[str, str]] = {
            host: (row["id"], directives) for row in index["vendors"] for host, directives in row.get("policy_hosts", {}).items()
        }
        """Hosts that mark a vendor only in some directives of a policy, with these directives."""
        for row in index["signatures"]:
            self._add(row)

    def _add(self, row: Mapping[str, Any]) -> None:
        evidence = row["evidence"]
        signature = Signature(row["vendor"], row["kind"], row.get("account", ""), row.get("also", False), row)
        if evidence == "element" and row["name"] == "privacy-text":
            self.in_notices.update(row["attributes"]["name"].split("|"))
        if evidence == "url":
            self.hosts[row["match"].partition("/")[0]].append(signature)
        elif evidence == "library":
            self.libraries.append(signature)
        elif evidence in ("tag", "setting", "plugin"):
            {"tag": self.tags, "setting": self.settings, "plugin": self.plugins}[evidence].append(signature)
        else:
            for name in row["name"].split("|"):
                if "*" in name:
                    self.patterns.append((evidence, name, signature))
                    continue
                self.names[evidence, name.lower() if evidence == "element" else name].append(signature)

    def named(self, evidence: str, name: str) -> Iterator[Signature]:
        """The signatures of calls or globals named `name`, those whose name is a glob (`yaCounter*.reachGoal`) last."""
        yield from self.names.get((evidence, name), ())
        yield from (signature for kind, pattern, signature in self.patterns if kind == evidence and glob(pattern, name))

    @property
    def rules(self) -> list[str]:
        """All rule ids, sorted."""
        return sorted(rule for vendor in self.vendors.values() for rule in vendor.rules)

    def severity(self, vendor: str, kind: str) -> Severity:
        """The severity of an active finding."""
        own = self.vendors[vendor].severities.get(kind)
        if own:
            return own
        order = ("note", "warning", "error")
        return min(self.vendors[vendor].severity, KINDS[kind].worst, key=order.index)


def _vendor(row: Mapping[str, Any]) -> Vendor:
    baa = row["baa"]
    return Vendor(
        row["id"], row["name"], row["company"], row["category"], row["severity"], row["consequence"],
        tuple(row["aliases"]), tuple(row["hosts"]), baa["status"], baa["statement"],
        tuple((title, url, date) for title, url, date in baa["sources"]), row["severities"], tuple(row["kinds"]),
    )  # fmt: skip


_loaded: list[Catalog] = []
_own: list[Mapping[str, Any]] = []
"""Leaflets of own vendors, which a configuration names."""


def load_catalog() -> Catalog:
    """The catalog, read once per process from the generated index (made from the leaflets where it is missing), and own vendors."""
    if not _loaded:
        _loaded.append(Catalog(whole_index(_own)))
    return _loaded[0]


def load_shipped() -> Catalog:
    """The catalog without own vendors."""
    return Catalog(_index()) if _own else load_catalog()


def own_leaflets() -> Sequence[Mapping[str, Any]]:
    """The leaflets of own vendors that are in the catalog now."""
    return tuple(_own)


def use_own_leaflets(leaflets: Sequence[Mapping[str, Any]]) -> None:
    """Makes these the own vendors of the catalog, in this process; well-formed leaflets, whose ids clash with no others."""
    if list(leaflets) != _own:
        _own[:] = leaflets
        _loaded.clear()


def whole_index(leaflets: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The index of the shipped vendors and these own ones."""
    index = _index()
    if not leaflets:
        return index
    from linter.leaflets import compile_index

    own = compile_index(leaflets)
    return {key: [*rows, *own[key]] if key in ("vendors", "signatures") else sorted({*rows, *own[key]}) for key, rows in index.items()}


def load_literals() -> Sequence[str]:
    """The literals to scan for."""
    return load_catalog().literals


def load_leaflet(vendor: str) -> Mapping[str, Any]:
    """The whole leaflet of a vendor, for `pixellint rule`."""
    from linter.leaflets import load_leaflet as load
    from linter.own_rules import LEAFLET, OWN

    if vendor == OWN:
        return LEAFLET
    for leaflet in _own:
        if leaflet["id"] == vendor:
            return leaflet
    return load(vendor)


def _index() -> Mapping[str, Any]:
    from os.path import dirname, join

    try:
        with open(join(dirname(__file__), "index.json"), "rb") as file:
            index: Mapping[str, Any] = json.loads(file.read())
            return index
    except FileNotFoundError:
        from linter.leaflets import compile_index, load_leaflets

        return compile_index(load_leaflets())
