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
EVIDENCE_TABLES = ("url", "call", "global", "package", "element", "library", "tag", "setting", "plugin")
CONTAINER_SIGNS = ("exportformatversion", "containerversion", "firingtriggerid", '"vtp_', "___template_parameters___", "___info___")
"""What stands in every Tag Manager container, copy of one or template: the literals of all signatures of tags."""
PLUGIN_SIGNS = (
    "plugin name:", "core_version_requirement", "core: 8.x", "core = 7.x", 'core = "7.x"', "$this->displayname",
    "componentregistrar::module",
    "<module name=", "$em_conf", "$pkghandle", "<modification>", "<extension ", '"builders": {', "gem::specification",
    '"wordpress-plugin"', '"wordpress-muplugin"', '"drupal-module"', '"drupal-custom-module"', '"magento2-module"', '"magento-module"',
    '"contao-bundle"', '"contao-module"', '"typo3-cms-extension"', '"craft-plugin"', '"silverstripe-vendormodule"', '"silverstripe-module"',
    '"shopware-platform-plugin"', '"prestashop-module"', '"concrete5-package"', '"october-plugin"', '"statamic-addon"', '"kirby-plugin"',
)  # fmt: skip
"""One of them stands in the main file of every plugin that says its name: the literals of signatures of plugins by their name."""

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

    Names that are too common to scan for (`ga`, `hj`) are looked for only in files in which another literal stands. `prose` are literals
    that count in the text of privacy notices alone.
    """
    vendors, signatures = [], []
    literals: set[str] = set()
    seek: set[str] = set()
    prose: set[str] = set()
    for leaflet in leaflets:
        vendors.append(_vendor(leaflet))
        for table in EVIDENCE_TABLES:
            for row in leaflet.get(table, ()):
                own = row.get("literals") or derived_literals(table, row)
                (prose if row.get("name") == "privacy-text" else literals).update(literal.lower() for literal in own)
                if table in ("call", "global") and "literals" in row:
                    seek.update(_sought(table, row))
                signatures.append({"vendor": leaflet["id"], "evidence": table, **_signature(table, row)})
        literals.update(host for host in leaflet.get("hosts", ()) if host.removeprefix("www.") not in _LINKED_HOSTS)
        literals.update(host for host in leaflet.get("policy_hosts", ()) if host.startswith("*."))
    return {
        "vendors": vendors, "signatures": signatures,
        "literals": sorted(literals), "seek": sorted(seek - literals), "prose": sorted(prose - literals),
    }  # fmt: skip


def _vendor(leaflet: Leaflet) -> dict[str, Any]:
    baa = leaflet["baa"]
    used = {_signature(table, row)["kind"] for table in EVIDENCE_TABLES for row in leaflet.get(table, ())} | _CONTAINER_KINDS
    if "tag" in leaflet:
        used.add("advanced-matching")
    grouped = {"base-code"} if used & {"loader", "first-party-loader", "package"} and used & {"init", "event-call", "beacon"} else set()
    noscript = {"noscript-image", "noscript-frame"} if "beacon" in used else set()
    if any(row["kind"] == "loader" for row in leaflet.get("url", ())):
        noscript.add("noscript-frame")
    hints = {"hint", "csp", "proxy"} if leaflet.get("hosts") else set()
    if "package" in leaflet:
        hints.add("dependency")
    return {
        **{key: leaflet[key] for key in ("id", "name", "company", "category", "severity", "consequence")},
        "aliases": leaflet.get("aliases", []),
        "hosts": leaflet.get("hosts", []),
        **({"policy_hosts": leaflet["policy_hosts"]} if "policy_hosts" in leaflet else {}),
        "baa": {
            "status": baa["status"],
            "statement": baa["statement"],
            "sources": [[s["title"], s["url"], str(s["date"])] for s in baa.get("sources", ())],
        },
        "severities": {kind: row["severity"] for kind, row in leaflet.get("kinds", {}).items() if "severity" in row},
        "kinds": sorted(used | grouped | noscript | hints),
    }


_CONTAINER_KINDS = {"gtm-tag", "gtm-client", "gtm-variable", "gtm-template"}
"""A container may hold any vendor's code."""


def _signature(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    row = {key: value for key, value in row.items() if key != "literals"}
    row.setdefault("kind", _KIND_OF.get(table, "loader"))
    return row


_KIND_OF = {"package": "package", "tag": "gtm-tag", "setting": "setting", "plugin": "plugin"}


def derived_literals(table: str, row: Mapping[str, Any]) -> list[str]:
    """The literals of which one stands wherever the signature can match."""
    if table == "url":
        return _url_literals(row["match"])
    if table == "library":
        return list(row["all"])
    if table == "tag":
        return list(CONTAINER_SIGNS)
    if table == "setting":
        return [literal for key in row["key"].split("|") for literal in _key_literals(key)]
    if table == "plugin":
        slugs = [max(slug.split("*"), key=len) for slug in row.get("slug", "").split("|") if slug]
        return [*slugs, *(PLUGIN_SIGNS if "name" in row else ())]
    if table == "element" and row["name"] == "privacy-text":
        return list(row["attributes"]["name"].split("|"))
    if table == "element":
        if row["name"] in ("meta", "script", "img", "iframe", "amp-analytics", "amp-pixel", "div", "link"):
            return [max(row["attributes"].values(), key=len)]
        return [row["name"]]
    return [_telling(name, table) for name in row["name"].split("|")]


def _key_literals(key: str) -> list[str]:
    """How the most telling part of a key is written: `facebook_pixel` -> also `facebookpixel`, `facebook-pixel`."""
    words = max((run.strip("_") for part in key.split(".") for run in part.split("*")), key=len)
    return [words.replace("_", between) for between in ("_", "", "-")] if "_" in words else [words]


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
