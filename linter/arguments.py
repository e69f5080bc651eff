"""Arguments of calls against the patterns of a signature, and the account id that an argument names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from linter.evidence import Value
from linter.globs import glob

MAX_EVENT = 60
"""Characters of an event's name that a message shows; what is longer is no name."""
_TO_FILL_IN = re.compile(r"\A<.*>\Z|INSERT|YOUR_|REPLACE", re.S)
_PARAMETER = re.compile(r"[A-Za-z_$][\w$]?(?: \+ [A-Za-z_$][\w$]?)*|\$\{[A-Za-z_$][\w$]?\}(?:\$\{[A-Za-z_$][\w$]?\})*|\.\.\.[\w$.]+")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_FORMAT = re.compile(r"%(?:\d+\$)?[sd]")


class Account(NamedTuple):
    """An account id as written out (`literal`), or the expression that gives it when the site runs."""

    text: str
    literal: bool


def account_of(text: str, literal: bool) -> Account | None:
    """The account of a text; None where it says nothing: empty, a place of a format (`%s`), or bare names of parameters of
    one or two letters (`i + dl`) or of all the rest (`...params`)."""
    text = " ".join(text.split())[:80]
    if not text or _FORMAT.fullmatch(text) or (not literal and _PARAMETER.fullmatch(text)):
        return None
    return Account(text, literal)


def last_name(expression: str) -> str:
    """The last name in an expression: `config.pixelId` -> `pixelId`."""
    names = _NAME.findall(expression)
    return names[-1] if names else ""


def told(value: Value | None) -> Account | None:
    """The account that a value names, if any."""
    if value is None or value.kind in ("object", "array"):
        return None
    return account_of(value.expression or value.text, literal=not value.expression and value.kind != "unknown")


def parameter_account(value: Value | None, name: str) -> Account | None:
    """The account in a query parameter (or, where `name` is a number, a path segment) of the address that a value is."""
    if value is None:
        return None
    address = value.expression or value.text
    if name.isdigit():
        segments = address.partition("//")[2].partition("?")[0].split("/")
        found = segments[int(name)] if len(segments) > int(name) else ""
    else:
        match = re.search(rf"[?&;]{re.escape(name)}=([^&#]*)", address)
        found = match[1] if match is not None else ""
    return account_of(found, literal=found in value.text)


def value_account(args: Sequence[Value], how: str) -> Account | None:
    """The account in arguments: `how` is the number of the argument (from 1), or `number.key` of an object."""
    if not how:
        return None
    number, _, key = how.partition(".")
    if len(args) < int(number):
        return None
    value = args[int(number) - 1]
    return told(value.entry(key) if key else value)


def event_name(args: Sequence[Value], test: Mapping[str, Any], account: str) -> str | None:
    """The event that a call names: the text behind its command, the account apart; None where it is not written out."""
    patterns = test.get("args", ())
    commands = [number for number, pattern in enumerate(patterns) if isinstance(pattern, str) and pattern not in ("*", "text:*")]
    first = commands[-1] + 1 if commands else 0
    at = first + 1 if account == str(first + 1) else first
    if at >= len(args) or args[at].kind != "text" or args[at].expression:
        return None
    text = " ".join(args[at].text.split())
    return text if 0 < len(text) <= MAX_EVENT else None


def rate_arguments(args: Sequence[Value], test: Mapping[str, Any]) -> int | None:
    """How specific `args` and `keys` of a signature are where these arguments satisfy them; None where they do not."""
    patterns = test.get("args", ())
    if len(args) < len(patterns):
        return None
    rating = 1
    for pattern, value in zip(patterns, args, strict=False):
        rated = _rate_text(pattern, value) if isinstance(pattern, str) else _rate_object(pattern, value)
        if rated is None:
            return None
        rating += rated
    keys = test.get("keys")
    if not keys:
        return rating
    value_at = args[keys["at"] - 1] if len(args) >= keys["at"] else None
    if value_at is None or not any(_given(value_at.entry(key)) for key in keys["any"]):
        return None
    return rating + 10


def _rate_text(pattern: str, value: Value) -> int | None:
    if pattern == "*":
        return 1
    if not is_value(pattern, value):
        return None
    return 5 if pattern == "text:*" else 10


def _rate_object(wanted: Mapping[str, str], value: Value) -> int | None:
    for key, pattern in wanted.items():
        entry = value.entry(key)
        if entry is None or (pattern != "*" and not glob(pattern, entry.text)):
            return None
    return 10 * len(wanted)


def is_value(pattern: str, value: Value) -> bool:
    """Whether a value is what one of the `|` alternatives of `pattern` says.

    `glob`: a text or number that reads so; `text:glob`: a text that reads so; `=glob`: the code of an expression, or of a
    text with expressions in it.
    """
    return any(_is_one(alternative, value) for alternative in pattern.split("|"))


def _is_one(pattern: str, value: Value) -> bool:
    if pattern.startswith("="):
        return bool(value.expression) and glob(pattern[1:], value.expression)
    if pattern.startswith("text:"):
        return value.kind == "text" and glob(pattern[5:], value.text)
    return value.kind in ("text", "number") and glob(pattern, value.text)


def given_keys(value: Value | None, names: Iterable[str]) -> list[str]:
    """Those of the keys `names` under which an object hands something over, in their order."""
    return [name for name in names if _given(value.entry(name))] if value is not None else []


def _given(value: Value | None) -> bool:
    """Whether a property is really handed over: not left empty, and not the stock snippet's `<user_email_address>`."""
    if value is None or (value.kind == "text" and not value.expression and (not value.text.strip() or _TO_FILL_IN.search(value.text))):
        return False
    return value.text not in ("undefined", "null", "false")
