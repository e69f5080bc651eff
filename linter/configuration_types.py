"""What the value of a setting may be. One description checks a configuration and writes its JSON Schema."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from linter.configuration_toml import Trail
from linter.options import did_you_mean, size_of


class Problem(NamedTuple):
    """What is wrong, and where: the trail of keys, and the text in its value that is meant."""

    trail: Trail
    message: str
    word: str | None = None


class Text(NamedTuple):
    """A text. `of`: `text`, `rule` (id or glob), `vendor`, `pattern` (gitignore), `path`, `date`, `size`, or `kind` (of a page)."""

    of: str = "text"


class OneOf(NamedTuple):
    """One of some words."""

    words: tuple[str, ...]


class Number(NamedTuple):
    """A whole number."""

    least: int
    most: int


class ListOf(NamedTuple):
    """Texts in a list; one text alone is not a list."""

    of: Text


class MapOf(NamedTuple):
    """A table whose keys are free."""

    key: Text
    value: "Type"


class Field(NamedTuple):
    """A key of a `Record`."""

    type: "Type"
    help: str
    required: bool = False


class Record(NamedTuple):
    """A table with known keys."""

    fields: Mapping[str, Field]
    some_of: tuple[str, ...] = ()
    """Keys of which one must be there."""


class Records(NamedTuple):
    """An array of tables."""

    of: Record


Type = Text | OneOf | Number | ListOf | MapOf | Record | Records
MAX_STARS = 5
"""Runs of stars in a pattern: matching one with more can take forever."""


def wrong(kind: Type, value: Any, trail: Trail) -> Iterator[Problem]:
    """What is wrong with a value, rule and vendor names and page kinds apart: these need the catalog."""
    match kind:
        case Text(of=of):
            yield from _wrong_text(of, value, trail)
        case OneOf(words=words):
            if value not in words or not isinstance(value, str):
                hint = did_you_mean(value, words) if isinstance(value, str) else ""
                yield Problem(trail, f"{name_of(trail)}: {shown(value)} is none of {', '.join(words)}{hint}", _word(value))
        case Number(least=least, most=most):
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                yield Problem(trail, f"{name_of(trail)}: {shown(value)} is no whole number from {least} to {most}")
        case ListOf(of=of_item):
            if not isinstance(value, list):
                yield Problem(trail, f"{name_of(trail)} must be a list of texts, not {_type(value)}")
                return
            for number, item in enumerate(value):
                yield from wrong(of_item, item, (*trail, number))
        case MapOf() | Record():
            yield from _wrong_table(kind, value, trail)
        case Records(of=record):
            if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                yield Problem(trail, f"{name_of(trail)} must be written as [[{name_of(trail)}]] tables, not {_type(value)}")
                return
            for number, row in enumerate(value):
                yield from wrong(record, row, (*trail, number))


def _wrong_table(kind: MapOf | Record, value: Any, trail: Trail) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(trail, f"{name_of(trail)} must be a table, not {_type(value)}")
        return
    if isinstance(kind, MapOf):
        for key, item in value.items():
            yield from wrong(kind.key, key, (*trail, key))
            yield from wrong(kind.value, item, (*trail, key))
        return
    for key, item in value.items():
        if key in kind.fields:
            yield from wrong(kind.fields[key].type, item, (*trail, key))
        else:
            known = ", ".join(kind.fields)
            yield Problem((*trail, key), f"unknown key {key!r}{did_you_mean(key, kind.fields) or f'; known are {known}'}")
    for key, field in kind.fields.items():
        if field.required and key not in value:
            yield Problem(trail, f"{name_of(trail)}: {key} is missing")
    if kind.some_of and not any(key in value for key in kind.some_of):
        yield Problem(trail, f"{name_of(trail)}: one of {', '.join(kind.some_of)} is needed")


def _wrong_text(of: str, value: Any, trail: Trail) -> Iterator[Problem]:
    if of == "date":
        if iso_date(value) is None:
            yield Problem(trail, f"{name_of(trail)}: {shown(value)} is no date such as 2027-01-31", _word(value))
    elif not isinstance(value, str):
        yield Problem(trail, f"{name_of(trail)} must be a text, not {_type(value)}")
    elif not value.strip():
        yield Problem(trail, f"{name_of(trail)} is empty")
    elif "\0" in value:
        yield Problem(trail, f"{name_of(trail)} holds a NUL")
    elif of == "size" and size_of(value) is None:
        yield Problem(trail, f"{name_of(trail)}: {value!r} is no size such as 50MB", value)
    elif of == "pattern" and len(re.findall(r"\*+", value)) > MAX_STARS:
        yield Problem(trail, f"{name_of(trail)}: {value!r} has more than {MAX_STARS} stars", value)


def iso_date(value: Any) -> str | None:
    """A date as YYYY-MM-DD, from a date or a text of TOML; None where it is none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    from linter.suppression_grammar import is_date

    return value if isinstance(value, str) and is_date(value) else None


def name_of(trail: Trail) -> str:
    """A trail as it is written: `agreements.callrail.baa`."""
    return ".".join(str(part) for part in trail if isinstance(part, str)) or "the configuration"


def shown(value: Any) -> str:
    """A value in a message."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) < 80 else f"{text[:77]}..."


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _type(value: Any) -> str:
    names = {dict: "a table", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "a date")
