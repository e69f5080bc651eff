"""A configuration: what `pixellint.toml` and the files that it extends say, checked against the catalog, and ready to use.

Nothing in it is code. Relative paths and patterns start at the folder of the file that they stand in.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from linter.agreements import Agreement, refusal
from linter.catalog import Catalog, load_catalog
from linter.configuration_layers import ConfigurationError, Layer, raise_all, read_layers
from linter.configuration_paths import Matcher, matcher_problem
from linter.configuration_settings import SETTINGS
from linter.configuration_types import ListOf, MapOf, Problem, Records, Text, iso_date
from linter.findings import Finding, Severity, Skipped
from linter.options import OptionError, did_you_mean, matching_rules, size_of, split_list
from linter.selection import rule_names

__all__ = ["Configuration", "ConfigurationError", "SuppressEntry", "excluded", "load"]


class SuppressEntry(NamedTuple):
    """A `[[suppress]]`. `whole`: the run looked at all files that the configuration is for."""

    rules: tuple[str, ...]
    reason: str
    until: str
    container: str
    tag: str
    files: Matcher | None
    where: tuple[str, int, int, str]
    base: str
    cwd: str
    whole: bool = False

    def covers(self, finding: Finding) -> bool:
        """Whether the finding lies in the container, tag and files that the entry names."""
        if self.files is not None and self.files.match(os.path.join(self.cwd, finding.path)) is None:
            return False
        if not self.container and not self.tag:
            return True
        place = finding.gtm
        if place is None or (self.container and not fnmatchcase(place.container, self.container)):
            return False
        return not self.tag or self.tag == place.id or fnmatchcase(place.name, self.tag)

    def place(self) -> tuple[str, int, int, str]:
        """Where it is written: path, line, column, and the line's text."""
        return self.where

    def looked_at(self) -> bool:
        """Whether it can be called unused."""
        return self.whole


class Configuration(NamedTuple):
    """What is in force. None: the configuration does not say. `origins`: setting -> file and line that it comes from."""

    path: str
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fail_on: str | None = None
    max_bytes: int | None = None
    jobs: int | None = None
    baseline: str | None = None
    exclude: tuple[Matcher, ...] = ()
    per_file_ignores: tuple[tuple[Matcher, frozenset[str]], ...] = ()
    severity: tuple[tuple[frozenset[str], Severity], ...] = ()
    pages: tuple[tuple[Matcher, str], ...] = ()
    own_files: frozenset[str] = frozenset()
    suppress: tuple[SuppressEntry, ...] = ()
    agreements: Mapping[str, Agreement] = {}
    values: Mapping[str, Any] = {}
    origins: Mapping[str, str] = {}

    @property
    def folder(self) -> str:
        """The folder that it is for."""
        return os.path.dirname(self.path)

    def severity_of(self, rule: str) -> Severity | None:
        """The severity that the configuration gives a rule; the last entry that fits counts."""
        return next((severity for rules, severity in reversed(self.severity) if rule in rules), None)

    def ignored(self, rule: str, location: str) -> bool:
        """Whether the rule is not reported in a file."""
        return any(rule in rules and files.match(location) is not None for files, rules in self.per_file_ignores)

    def page_kind(self, location: str) -> str | None:
        """The kind that the configuration gives a page's file."""
        return next((kind for files, kind in reversed(self.pages) if files.match(location) is not None), None)


def load(path: str, cwd: str) -> Configuration:
    """The configuration in a file. Own vendors that it names are then part of the catalog. Raises `ConfigurationError`."""
    layers = read_layers(path, cwd)
    own = _own_vendors(layers)
    catalog = load_catalog()
    raise_all(layer.told(problem) for layer in layers for problem in _problems(layer, catalog))
    values, origins = _merged(layers)
    names = rule_names(catalog)
    return Configuration(
        layers[0].path,
        select=tuple(values["select"]) if "select" in values else None,
        ignore=tuple(values["ignore"]) if "ignore" in values else None,
        fail_on=values.get("fail-on"),
        max_bytes=size_of(values["max-size"]) if "max-size" in values else None,
        jobs=values.get("jobs"),
        baseline=_path_of(layers, "baseline"),
        exclude=tuple(Matcher(layer.folder, tuple(layer.values["exclude"])) for layer in layers if "exclude" in layer.values)[:1],
        per_file_ignores=tuple(
            (files, frozenset(rule for glob in rules for rule in matching_rules("", glob, names)))
            for files, rules in _by_pattern(layers, "per-file-ignores")
        ),
        severity=tuple((frozenset(matching_rules("", glob, names)), level) for glob, level in values.get("severity", {}).items()),
        pages=tuple(_by_pattern(layers, "pages")),
        own_files=own,
        suppress=tuple(entry for layer in layers for entry in _entries(layer, cwd)),
        agreements={row.vendor: row for row in _agreements(values.get("agreements", {}), catalog)},
        values=values,
        origins=origins,
    )


def excluded(configuration: Configuration, location: str) -> Skipped | None:
    """Why a file (its real, absolute path) is not read, if a configuration says so; the path is left for the caller."""
    if location in configuration.own_files:
        return Skipped("", "own rules: a leaflet that the configuration names")
    for files in configuration.exclude:
        pattern = files.match(location)
        if pattern is not None:
            return Skipped("", f"excluded by configuration: {pattern}")
    return None


def _own_vendors(layers: list[Layer]) -> frozenset[str]:
    if not any(layer.values.get("rules") for layer in layers):
        return frozenset()
    from linter.own_vendors import load_own

    return load_own(layers)


def _path_of(layers: list[Layer], key: str) -> str | None:
    return next((os.path.join(layer.folder, layer.values[key]) for layer in layers if key in layer.values), None)


def _by_pattern(layers: list[Layer], key: str) -> Iterator[tuple[Matcher, Any]]:
    """The entries of a table of patterns, those of extended files first."""
    for layer in reversed(layers):
        for pattern, value in layer.values.get(key, {}).items():
            yield Matcher(layer.folder, (pattern,)), value


def _entries(layer: Layer, cwd: str) -> Iterator[SuppressEntry]:
    for number, row in enumerate(layer.values.get("suppress", ())):
        at = layer.spot(("suppress", number, "rule"))
        yield SuppressEntry(
            split_list([row["rule"]]), " ".join(row["reason"].split()), iso_date(row.get("until")) or "",
            row.get("container", ""), row.get("tag", ""), Matcher(layer.folder, (row["path"],)) if "path" in row else None,
            (layer.name, at.line, at.column, at.text), layer.folder, os.path.realpath(cwd),
        )  # fmt: skip


def _agreements(rows: Mapping[str, Mapping[str, Any]], catalog: Catalog) -> Iterator[Agreement]:
    known = _vendor_names(catalog)
    for name, row in rows.items():
        yield Agreement(known[name], iso_date(row["baa"]) or "", iso_date(row["expires"]) or "", " ".join(row["reference"].split()))


def _vendor_names(catalog: Catalog) -> dict[str, str]:
    return {name: vendor.id for vendor in catalog.vendors.values() for name in (vendor.id, *vendor.aliases)}


def _merged(layers: list[Layer]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of all layers, the nearest over the others: tables entry by entry, `suppress` all of them, anything else as a whole."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in reversed(layers):
        for key, value in layer.values.items():
            origin = f"{layer.name}:{layer.spot((key,)).line}"
            if isinstance(SETTINGS.fields[key].type, MapOf):
                values[key] = {name: row for name, row in values.get(key, {}).items() if name not in value} | value
                origins |= {f"{key}.{name}": f"{layer.name}:{layer.spot((key, name)).line}" for name in value}
            elif isinstance(SETTINGS.fields[key].type, Records):
                values[key] = [*value, *values.get(key, [])]
            else:
                values[key] = value
            origins[key] = origin
    return values, origins


def _problems(layer: Layer, catalog: Catalog) -> Iterator[Problem]:
    """What is wrong in a layer whose form is right: unknown rules, vendors and kinds of pages, and patterns that are none."""
    from linter.page_kinds import load_page_kinds

    names, vendors = rule_names(catalog), _vendor_names(catalog)

    def rule(glob: str) -> str | None:
        try:
            matching_rules("", glob, names)
        except OptionError as error:
            return str(error).removeprefix(": ")
        return None

    def kind(word: str) -> str | None:
        known = [*(row.id for row in load_page_kinds()), "other"]
        hint = did_you_mean(word, known) or f"; known are {', '.join(known)}"
        return None if word in known else f"no kind of page is called {word!r}{hint}"

    def vendor(word: str) -> str | None:
        if word not in vendors:
            return f"no vendor is called {word!r}{did_you_mean(word, vendors)}"
        return refusal(catalog.vendors[vendors[word]])

    tests: dict[str, Callable[[str], str | None]] = {"rule": rule, "kind": kind, "vendor": vendor, "pattern": matcher_problem}
    for key, value in layer.values.items():
        for trail, of, word in _words(SETTINGS.fields[key].type, value, (key,)):
            for part in split_list([word]) if trail[0] == "suppress" and of == "rule" else [word]:
                trouble = tests[of](part) if of in tests else None
                if trouble:
                    yield Problem(trail, trouble, part)
    for name, row in layer.values.get("agreements", {}).items():
        if (iso_date(row["expires"]) or "") < (iso_date(row["baa"]) or ""):
            yield Problem(("agreements", name, "expires"), f"the agreement with {name} would end before it begins")


def _words(kind: Any, value: Any, trail: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """All texts in a value of a known form: their trail, what they are, and they themselves."""
    match kind:
        case Text(of=of):
            if isinstance(value, str):
                yield trail, of, value
        case ListOf(of=item):
            for word in value:
                yield from _words(item, word, trail)
        case MapOf(key=key, value=item):
            for name, row in value.items():
                yield from _words(key, name, (*trail, name))
                yield from _words(item, row, (*trail, name))
        case Records(of=record):
            for number, row in enumerate(value):
                yield from _words(record, row, (*trail, number))
        case _:
            fields: Mapping[str, Any] = getattr(kind, "fields", {})
            for name, row in value.items() if fields else ():
                yield from _words(fields[name].type, row, (*trail, name))
