"""The names that vendors' snippets define and use: roots of the catalog's calls and globals, and `rules/site/snippet-names.toml`.

Left: asking each leaflet for its names (most are in its signatures already, and helpers belong to no vendor alone). Left: finding
them in the snippet that is taken out (uses in other files want them too, where no snippet stands).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from linter.catalog import Catalog

_NAME = re.compile(r"[A-Za-z_$][\w$]*")


class Names(NamedTuple):
    """Globals of a vendor: `functions` are its own, `support` are helpers that other vendors' snippets use as well."""

    functions: frozenset[str] = frozenset()
    support: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.functions | self.support


def names_of(vendor: str, catalog: Catalog) -> Names:
    """The names of one vendor; without any for a vendor that defines none."""
    own, shared = _by_vendor(catalog)
    return Names(frozenset(own.get(vendor, ())), frozenset(shared.get(vendor, ())))


def names_of_all(vendors: Iterable[str], catalog: Catalog) -> Names:
    """The names of several vendors together."""
    each = [names_of(vendor, catalog) for vendor in vendors]
    return Names(frozenset().union(*(n.functions for n in each)), frozenset().union(*(n.support for n in each)))


def kept_functions() -> Mapping[str, str]:
    """Functions whose calls are not taken out, and why."""
    return {row["name"]: row["why"] for row in _rows().get("kept", ())}


_found: list[tuple[Catalog, dict[str, set[str]], dict[str, set[str]]]] = []
"""The names by vendor of the catalog asked for last."""


def _by_vendor(catalog: Catalog) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    if not _found or _found[0][0] is not catalog:
        _found[:] = [(catalog, *_collect(catalog))]
    return _found[0][1:]


def _collect(catalog: Catalog) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    roots = _roots(catalog)
    rows = _rows()
    for row in rows["name"]:
        roots[row["name"]].add(row["vendor"])
    shared = {name for name, vendors in roots.items() if len(vendors) > 1}
    for row in rows["shared"]:
        roots[row["name"]].update(row["vendors"])
        shared.add(row["name"])
    own: dict[str, set[str]] = defaultdict(set)
    support: dict[str, set[str]] = defaultdict(set)
    for name, vendors in roots.items():
        for vendor in vendors:
            (support if name in shared else own)[vendor].add(name)
    return own, support


def _roots(catalog: Catalog) -> dict[str, set[str]]:
    """Name -> vendors: the first parts of all names of calls and globals that are globals at run time."""
    foreign = {name for row in _rows()["foreign"] for name in row["names"]} | set(kept_functions())
    roots: dict[str, set[str]] = defaultdict(set)
    for (evidence, name), signatures in catalog.names.items():
        root = name.partition(".")[0]
        if evidence in ("call", "global") and _NAME.fullmatch(root) and root not in foreign and not root.startswith(("use", "Ngx")):
            for signature in signatures:
                if signature.test.get("ecosystem", "npm") == "npm":
                    roots[root].add(signature.vendor)
    return roots


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, Any]:
    import tomllib

    from linter.leaflets import rules_folder

    rows: dict[str, Any] = tomllib.loads((rules_folder() / "site" / "snippet-names.toml").read_text(encoding="utf-8"))
    return rows
