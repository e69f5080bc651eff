"""The ways out as they stand in `rules/site/ways-out*.toml`: rows of conditions and steps.

`[[way]]` rows say what a person does about a finding, `[[vendor]]` rows what is to be done in a vendor's account and how its requests are
seen, `[[site]]` rows by which files a platform, a host or a cache is known and what it needs. Patterns are globs with `|`, see
`linter.globs`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from linter.globs import glob
from linter.plans.model import Source

_OF_FINDING = "kind vendor category way state platform slug path via token folder ecosystem tool"
_OF_PLACE = "table key nested type container unknown published"
CONDITIONS = frozenset((*_OF_FINDING.split(), *_OF_PLACE.split()))
"""What rows may ask of a subject. A subject that has nothing under a name does not match a row that asks for it."""
KEYS = frozenset({"id", "steps", "left", "source", "date", "also", "first", "elsewhere", "by_hand"})
VENDOR_KEYS = frozenset({"vendor", "category", "partner", "verify", "source", "date"})
SITE_KEYS = frozenset("id name role files folders beside second copies left publish clear source date".split())
ROLES = frozenset({"platform", "host", "cache", "consent"})

Fields = Mapping[str, tuple[str, ...]]
"""A subject's values by the names in `CONDITIONS`; of several, one must match."""


class Way(NamedTuple):
    """A row. `also`: its steps are added to those of the best row, and to what pixellint does itself; `first`: they go before all
    others; `left`: for the phase after; `elsewhere`: not done in the files, so that these are not named; `by_hand`:
    only where pixellint does not edit."""

    id: str
    conditions: Mapping[str, str]
    steps: tuple[str, ...]
    left: bool
    also: bool
    first: bool
    elsewhere: bool
    by_hand: bool
    sources: tuple[Source, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """How much the row asks for: of two that match, the heavier counts."""
        said = (min(len(one.replace("*", "")) for one in pattern.split("|")) for pattern in self.conditions.values())
        return len(self.conditions), sum(said)

    def matches(self, fields: Fields) -> bool:
        """Whether all its conditions hold."""
        return all(self.holds(name, fields) for name in self.conditions)

    def holds(self, name: str, fields: Fields) -> bool:
        """Whether one condition holds, if there is one."""
        pattern = self.conditions.get(name)
        return pattern is None or any(glob(pattern, value) for value in fields.get(name, ()))


class VendorWay(NamedTuple):
    """What is to be done in a vendor's account, and with what its requests are seen on the live site."""

    vendor: str
    category: str
    partner: tuple[str, ...]
    verify: tuple[str, ...]
    sources: tuple[Source, ...]


class SiteWay(NamedTuple):
    """A platform, host, cache or consent manager. It is there where one of `files` (base names) or `folders` (ends of paths) is, or a
    folder that holds all the names of `beside`. `second` says where else the same may come from, `copies` are steps before a site
    is published, `left` says where the vendor may still be named, `publish` is how, `clear` what is cleared then."""

    id: str
    name: str
    role: str
    files: tuple[str, ...]
    folders: tuple[str, ...]
    beside: tuple[str, ...]
    second: tuple[str, ...]
    copies: tuple[str, ...]
    left: tuple[str, ...]
    publish: tuple[str, ...]
    clear: tuple[str, ...]
    sources: tuple[Source, ...]


class Ways(NamedTuple):
    """All rows, in the order of the files' names."""

    ways: tuple[Way, ...]
    vendors: tuple[VendorWay, ...]
    sites: tuple[SiteWay, ...]

    def best(self, fields: Fields) -> Way | None:
        """The row that asks most of those that match, the first of equal ones."""
        return best_of(row for row in self.ways if row.matches(fields))

    def anywhere(self, fields: Fields) -> list[Way]:
        """The rows that match but for the path, in their order; the other fields of many findings are the same."""
        return [row for row in self.ways if all(row.holds(name, fields) for name in row.conditions if name != "path")]

    def vendor(self, vendor: str, category: str) -> VendorWay | None:
        """The row of a vendor, else that of its category."""
        named = next((row for row in self.vendors if row.vendor and glob(row.vendor, vendor)), None)
        return named or next((row for row in self.vendors if not row.vendor and glob(row.category, category)), None)


def best_of(rows: Iterable[Way]) -> Way | None:
    """The row that asks most, the first of equal ones; those that are added do not count."""
    return max((row for row in rows if not row.also), key=lambda row: row.weight, default=None)


@lru_cache(maxsize=1)
def load_ways() -> Ways:
    """The rows of all files."""
    from linter.leaflets import rules_folder

    files = sorted((rules_folder() / "site").glob("ways-out*.toml"), key=lambda path: path.name)
    documents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    return Ways(
        tuple(_way(row) for document in documents for row in document.get("way", ())),
        tuple(_vendor(row) for document in documents for row in document.get("vendor", ())),
        tuple(_site(row) for document in documents for row in document.get("site", ())),
    )


def _way(row: Mapping[str, Any]) -> Way:
    conditions = {name: value for name, value in row.items() if name in CONDITIONS}
    left, also, first, elsewhere, by_hand = (bool(row.get(name)) for name in ("left", "also", "first", "elsewhere", "by_hand"))
    return Way(row["id"], conditions, tuple(row["steps"]), left, also, first, elsewhere, by_hand, _sources(row))


def _vendor(row: Mapping[str, Any]) -> VendorWay:
    return VendorWay(
        row.get("vendor", ""), row.get("category", "*"), tuple(row.get("partner", ())), tuple(row.get("verify", ())), _sources(row)
    )


def _site(row: Mapping[str, Any]) -> SiteWay:
    def texts(name: str) -> tuple[str, ...]:
        return tuple(row.get(name, ()))

    return SiteWay(
        row["id"], row["name"], row["role"], texts("files"), texts("folders"), texts("beside"),
        texts("second"), texts("copies"), texts("left"), texts("publish"), texts("clear"), _sources(row),
    )  # fmt: skip


def _sources(row: Mapping[str, Any]) -> tuple[Source, ...]:
    given: str | Iterable[str] = row.get("source", ())
    return tuple(Source(url, str(row["date"])) for url in ([given] if isinstance(given, str) else given))
