"""Leaflets: `rules/<vendor>.toml` as a person reads them, and the index that matching looks up in, made from them.

The index (`linter/index.json`) holds what a run needs and no prose, so that start-up reads one small file. It is
generated: `python -m linter.leaflets` writes it, a test fails when it is out of date.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from linter.kinds import KINDS

Leaflet = Mapping[str, Any]
"""A parsed leaflet; its form is described in CONTRIBUTING.md and checked by `problems`."""

HERE = Path(__file__).resolve().parent
INDEX = HERE / "index.json"
REQUIRED = ("id", "name", "company", "category", "severity", "consequence", "last_reviewed", "baa", "text")
EVIDENCE_TABLES = ("url", "call", "global", "package", "element", "library")

_LINKED_HOSTS = frozenset(
    "facebook.com google.com twitter.com x.com t.co linkedin.com yahoo.com bing.com amazon.com instagram.com pinterest.com "
    "youtube.com".split()
)
"""Hosts that pages link to for other reasons: alone they are no literal to scan for."""


_COMMON_OWNERS = frozenset("proxy app tracker client instance".split())
"""Names of objects that tell nothing: of `proxy.fbq` the last part is scanned for."""


def rules_folder() -> Path:
    """The folder of leaflets: inside an installed package, beside it in a checkout."""
    inside = HERE / "rules"
    return inside if inside.is_dir() else HERE.parent / "rules"


def load_leaflet(vendor: str) -> Leaflet:
    """The whole leaflet of a vendor id, prose and cases included. Raises FileNotFoundError."""
    return tomllib.loads((rules_folder() / f"{vendor}.toml").read_text(encoding="utf-8"))


def load_leaflets() -> list[Leaflet]:
    """All leaflets, sorted by vendor id."""
    return [load_leaflet(path.stem) for path in sorted(rules_folder().glob("*.toml"))]


def compile_index(leaflets: Iterable[Leaflet]) -> dict[str, Any]:
    """The index of leaflets: vendors without prose, signatures, the literals to scan for, and the names to seek besides.

    Names that are too common to scan for (`ga`, `hj`) are looked for only in files in which another literal stands.
    """
    vendors, signatures = [], []
    literals: set[str] = set()
    seek: set[str] = set()
    for leaflet in leaflets:
        vendors.append(_vendor(leaflet))
        for table in EVIDENCE_TABLES:
            for row in leaflet.get(table, ()):
                own = row.get("literals") or derived_literals(table, row)
                literals.update(literal.lower() for literal in own)
                if table in ("call", "global") and "literals" in row:
                    seek.update(_sought(table, row))
                signatures.append({"vendor": leaflet["id"], "evidence": table, **_signature(table, row)})
        literals.update(host for host in leaflet.get("hosts", ()) if host.removeprefix("www.") not in _LINKED_HOSTS)
    return {"vendors": vendors, "signatures": signatures, "literals": sorted(literals), "seek": sorted(seek - literals)}


def _vendor(leaflet: Leaflet) -> dict[str, Any]:
    baa = leaflet["baa"]
    used = {row.get("kind", "package") for table in EVIDENCE_TABLES for row in leaflet.get(table, ())}
    grouped = {"base-code"} if used & {"loader", "first-party-loader", "package"} and used & {"init", "event-call", "beacon"} else set()
    noscript = {"noscript-image", "noscript-frame"} if "beacon" in used else set()
    if any(row["kind"] == "loader" for row in leaflet.get("url", ())):
        noscript.add("noscript-frame")
    hints = {"hint"} if leaflet.get("hosts") else set()
    return {
        **{key: leaflet[key] for key in ("id", "name", "company", "category", "severity", "consequence")},
        "aliases": leaflet.get("aliases", []),
        "hosts": leaflet.get("hosts", []),
        "baa": {
            "status": baa["status"],
            "statement": baa["statement"],
            "sources": [[s["title"], s["url"], str(s["date"])] for s in baa.get("sources", ())],
        },
        "severities": {kind: row["severity"] for kind, row in leaflet.get("kinds", {}).items() if "severity" in row},
        "kinds": sorted(used | grouped | noscript | hints),
    }


def _signature(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    row = {key: value for key, value in row.items() if key != "literals"}
    row.setdefault("kind", "package" if table == "package" else "loader")
    return row


def derived_literals(table: str, row: Mapping[str, Any]) -> list[str]:
    """The literals of which one stands wherever the signature can match."""
    if table == "url":
        return _url_literals(row["match"])
    if table == "library":
        return list(row["all"])
    if table == "element":
        if row["name"] in ("meta", "script", "img", "iframe", "amp-analytics", "amp-pixel", "div", "link"):
            return [max(row["attributes"].values(), key=len)]
        return [row["name"]]
    return [_telling(name, table) for name in row["name"].split("|")]


def _sought(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    """The names to seek where a signature has literals of its own: none for a member of a package, which its import tells,
    and none for a name of which a literal is a whole part."""
    own = {literal.lower() for literal in row["literals"]}
    for name in row["name"].split("|"):
        if "#" not in name and own.isdisjoint(name.lower().split(".")):
            yield _telling(name, table).lower()


def _url_literals(match: str) -> list[str]:
    host, _, path = match.partition("/")
    host = host.removeprefix("*.").removeprefix("www.")
    runs = [run for run in path.split("*") if len(run) > 1]
    if host == "*":
        return [max(runs, key=len).strip("/")]
    if host in _LINKED_HOSTS:
        first = path.split("*")[0]
        return [f"{host}/{first}" if first else max(runs, key=len).strip("/")]
    return [host]


def _telling(name: str, table: str) -> str:
    """The part of a dotted name that tells most: a package, the last part of a global, the first of a function."""
    if "#" in name:
        return name.partition("#")[0]
    parts = name.replace("*", "").split(".")
    if table == "package" or len(parts) == 1:
        return name
    if table == "global":
        return max(parts, key=len)
    if parts[0].lower() in _COMMON_OWNERS:
        return parts[-1]
    return parts[0] if len(parts[0]) > 2 else ".".join(parts[:2])


def problems(leaflet: Leaflet, stem: str) -> list[str]:
    """What is wrong with a leaflet, one sentence each; empty when it is well formed."""
    found = [f"{key} is missing" for key in REQUIRED if not leaflet.get(key)]
    if leaflet.get("id") != stem:
        found.append(f"id {leaflet.get('id')!r} is not the file's name {stem!r}")
    if leaflet.get("severity") not in ("error", "warning"):
        found.append("severity is neither error nor warning")
    baa = leaflet.get("baa", {})
    if baa.get("status") not in ("none", "conditional", "available", "not-verified"):
        found.append("baa.status is none of: none, conditional, available, not-verified")
    if baa.get("status") != "not-verified" and not baa.get("sources"):
        found.append("baa.status needs a source")
    found += [f"text.{key} is missing" for key in ("what", "why", "how_in", "remove", "instead") if not leaflet.get("text", {}).get(key)]
    for table in EVIDENCE_TABLES:
        for row in leaflet.get(table, ()):
            if _signature(table, row)["kind"] not in KINDS:
                found.append(f"[[{table}]] has the unknown kind {row.get('kind')!r}")
    if not any(case["find"] for case in leaflet.get("case", ())) or not any(not case["find"] for case in leaflet.get("case", ())):
        found.append("cases that must and that must not match are needed")
    return found


def index_text() -> str:
    """The index as it is committed: one signature a line, so that changes are easy to read."""
    index = compile_index(load_leaflets())
    lines = [f'  "{key}": [\n' + ",\n".join("    " + json.dumps(row, default=str) for row in rows) + "\n  ]" for key, rows in index.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    INDEX.write_text(index_text(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{INDEX.name} written\n")
