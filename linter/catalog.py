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


class Catalog:
    """Vendors by id, and signatures by evidence and name (URL: by host)."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.vendors = {row["id"]: _vendor(row) for row in index["vendors"]}
        self.literals: Sequence[str] = index["literals"]
        self.seek: Sequence[str] = index["seek"]
        self.names: dict[tuple[str, str], list[Signature]] = defaultdict(list)
        self.hosts: dict[str, list[Signature]] = defaultdict(list)
        self.patterns: list[tuple[str, str, Signature]] = []
        self.libraries: list[Signature] = []
        self.hint_hosts = {host: vendor.id for vendor in self.vendors.values() for host in vendor.hosts}
        for row in index["signatures"]:
            self._add(row)

    def _add(self, row: Mapping[str, Any]) -> None:
        evidence = row["evidence"]
        signature = Signature(row["vendor"], row["kind"], row.get("account", ""), row.get("also", False), row)
        if evidence == "url":
            self.hosts[row["match"].partition("/")[0]].append(signature)
        elif evidence == "library":
            self.libraries.append(signature)
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


def load_catalog() -> Catalog:
    """The catalog, read once per process from the generated index (made from the leaflets where it is missing)."""
    if not _loaded:
        _loaded.append(Catalog(_index()))
    return _loaded[0]


def load_literals() -> Sequence[str]:
    """The literals to scan for."""
    return load_catalog().literals


def load_leaflet(vendor: str) -> Mapping[str, Any]:
    """The whole leaflet of a vendor, for `pixellint rule`."""
    from linter.leaflets import load_leaflet as load

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
