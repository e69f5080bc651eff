"""Steps from the texts of the ways out: `{slug}` and the like are filled in, in commands so that a shell takes them as one word."""

import re
from collections.abc import Iterable, Mapping
from shlex import quote

from linter.plans.model import Place
from linter.reports import printable
from linter.wording import is_placeholder

_ID = re.compile(r"[A-Za-z0-9][\w-]{3,60}", re.ASCII)
_HOLE = re.compile(r"\{([a-z_]+)\}")
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")
MAX_VALUE = 200


def filled(text: str, values: Mapping[str, str]) -> str | None:
    """The text with its holes filled; None where nothing is known for one of them.

    What comes from files stands in commands (in backticks) as one quoted word. What would begin with a hyphen there, and be taken for
    an option, is not filled in.
    """
    parts = text.split("`")
    for number, part in enumerate(parts):
        is_code = bool(number % 2)
        given = {name: values.get(name, "") for name in _HOLE.findall(part)}
        if not all(given.values()) or (is_code and any(value.startswith("-") for value in given.values())):
            return None
        ready = {name: _value(value, is_code) for name, value in given.items()}
        bits = _HOLE.split(part)
        parts[number] = "".join(ready[bit] if at % 2 else bit for at, bit in enumerate(bits))
    return "`".join(parts)


def _value(value: str, is_code: bool) -> str:
    shown = plain(value[:MAX_VALUE])
    return shown if not is_code or _PLAIN.fullmatch(shown) else quote(shown)


def plain(text: str) -> str:
    """What comes from files, to stand in a sentence: on one line, and without backticks."""
    return printable(text).replace("`", "'")


def is_account(text: str) -> bool:
    """Whether an account id is written out and no placeholder."""
    return _ID.fullmatch(text) is not None and any(map(str.isdigit, text)) and not is_placeholder(text, True)


def pieces(text: str) -> list[tuple[bool, str]]:
    """The text in parts: whether each is code, and what it says."""
    return [(bool(number % 2), part) for number, part in enumerate(text.split("`")) if part]


def command_word(value: str) -> str:
    """A value as one word of a command."""
    return _value(value, True)


def some(names: list[str] | tuple[str, ...], most: int) -> str:
    """The names, at most so many: `a, b and 3 more`."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def by_saying(places: Iterable[Place]) -> list[tuple[str, list[str]]]:
    """The places with one saying together: what is said, and where, in the order of the first of each."""
    groups: dict[str, list[str]] = {}
    for place in places:
        groups.setdefault(place.said, []).append(place.where)
    return list(groups.items())
