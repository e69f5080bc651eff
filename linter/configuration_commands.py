"""`pixellint config`: what is in force and where it comes from. `pixellint test-rules`: the cases of own leaflets."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from linter.catalog import Catalog, own_leaflets
from linter.commands import CLEAN, FOUND, Context, complain, write
from linter.configuration import Configuration
from linter.configuration_find import Asked, Configurations
from linter.configuration_settings import SETTINGS
from linter.configuration_types import ListOf, MapOf, Records
from linter.options import CheckOptions, OptionError
from linter.reports import counted, printable
from linter.reports.document import VERSION, dump, tool

DEFAULTS: Mapping[str, Any] = {"fail-on": "warning", "max-size": "10MB", "jobs": "as many as pay"}


def config(options: CheckOptions, format: str, context: Context) -> int:
    """`pixellint config`. Raises `OptionError`."""
    if format not in ("text", "json"):
        raise OptionError(f"--format: {format!r} is none of text, json")
    path = options.paths[0]
    if not os.path.lexists(os.path.join(context.cwd, path)):
        raise OptionError(f"{path}: missing: no such file or folder")
    found = Configurations(context.cwd, context.env, Asked(options.config, options.isolated)).enter(options)
    rows = list(_rows(found))
    name = _name(found, context.cwd) if found else None
    if format == "json":
        settings = [{"setting": key, "value": value, "from": origin or None} for key, value, origin in rows]
        write(context.stdout, dump({"version": VERSION, "tool": tool(), "file": name, "settings": settings}))
        return CLEAN
    head = f"Configuration for {path}: {name or 'none, so that all is as by default'}"
    lines = [head, "", *(f"{key} = {_text(value)}{f'  # {origin}' if origin else '  # default'}" for key, value, origin in rows)]
    write(context.stdout, "".join(f"{printable(line)}\n" for line in lines))
    return CLEAN


def _name(found: Configuration, cwd: str) -> str:
    from linter.discovery import display_path

    return display_path(found.path, os.path.realpath(cwd))


def _rows(found: Configuration | None) -> Iterator[tuple[str, Any, str]]:
    """(setting, value, file and line that it comes from); the entries of tables each by themselves."""
    values: Mapping[str, Any] = found.values if found else {}
    origins: Mapping[str, str] = found.origins if found else {}
    for key, field in SETTINGS.fields.items():
        if key == "extends" and key not in values:
            continue
        if isinstance(field.type, MapOf) and values.get(key):
            for name, value in values[key].items():
                yield f"{key}.{_text(name)}", _plain(value), origins.get(f"{key}.{name}", "")
        else:
            empty: Any = {} if isinstance(field.type, MapOf) else [] if isinstance(field.type, ListOf | Records) else None
            yield key, _plain(values.get(key, DEFAULTS.get(key, empty))), origins.get(key, "")


def _plain(value: Any) -> Any:
    """A value of TOML as one of JSON: dates as texts."""
    if isinstance(value, Mapping):
        return {key: _plain(row) for key, row in value.items()}
    if isinstance(value, list):
        return [_plain(row) for row in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _text(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False) if value is not None else "none"


def test_rules(files: Sequence[str], context: Context) -> int:
    """`pixellint test-rules`. Exit status 1 where a case fails. Raises `OptionError`."""
    from linter.rule_tests import failures

    leaflets = _leaflets(files, context)
    catalog = Catalog(_index(leaflets))
    failed = cases = 0
    lines: list[str] = []
    for leaflet in leaflets:
        for case in leaflet["case"]:
            cases += 1
            told = failures(case, catalog)
            failed += bool(told)
            lines += [f"{leaflet['id']}: {case['name']}: {line}" for line in told]
    lines.append(f"{counted(cases, 'case')} of {counted(len(leaflets), 'leaflet')}, {failed} failed")
    write(context.stdout, "".join(f"{printable(line)}\n" for line in lines))
    return FOUND if failed else CLEAN


def _leaflets(files: Iterable[str], context: Context) -> list[Mapping[str, Any]]:
    from linter.own_vendors import add, read_leaflet

    Configurations(context.cwd, context.env).enter(CheckOptions())
    named = []
    for name in files:
        path = os.path.join(context.cwd, name)
        if not name.endswith(".toml") or not os.path.isfile(path):
            raise OptionError(f"{name}: is no leaflet (a .toml file)")
        named.append(read_leaflet(path, name))
    add(named)
    leaflets = named or list(own_leaflets())
    if not leaflets:
        complain(context.stderr, "there are no own leaflets: name files, or write rules = [...] into pixellint.toml")
    return leaflets


def _index(leaflets: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    from linter.catalog import whole_index

    return whole_index(list(leaflets))
