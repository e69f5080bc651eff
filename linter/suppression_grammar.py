"""What a comment says to the linter: `pixellint: ignore[RULES]: REASON`, with its `-next-line` and block forms.

RULES are rule ids or globs with commas between them. The reason is mandatory; `until YYYY-MM-DD` at its end, or before its
colon, is the last day on which the suppression counts.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MARK = "pixellint:"
Verb = Literal["ignore", "ignore-next-line", "ignore-start", "ignore-end"]
VERBS: tuple[Verb, ...] = ("ignore", "ignore-next-line", "ignore-start", "ignore-end")
FORM = "write: pixellint: ignore[rule]: reason"

_LINE = re.compile(r"(?m)^[ \t*#/;!.-]*+(?=pixellint:)")
_LATER = re.compile(r"(?<![\w./-])pixellint:[ \t]*+(?=ignore)")
_HEAD = re.compile(r"[ \t]*+([A-Za-z-]*+)[ \t]*+(?:\[([^\]\n]*+)\])?+[ \t]*+")
_UNTIL_FIRST = re.compile(r"until[ \t]++([^\s:]++)[ \t]*+(?=:|$)")
_UNTIL_LAST = re.compile(r"(?:^|\s)until[ \t]++(\d[\d./-]*?)[.)]?$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Said(NamedTuple):
    """What one comment says: `wrong` tells what keeps it from counting, "" if nothing does. `until` is an ISO date or ""."""

    verb: Verb
    rules: tuple[str, ...]
    reason: str
    until: str
    wrong: str = ""


def sayings(comment: str) -> Iterator[tuple[int, int, Said]]:
    """What the inside of a comment says: (begin, end, saying) for each of its lines that speaks to the linter."""
    starts = {match.end() for match in _LINE.finditer(comment)} | {match.start() for match in _LATER.finditer(comment)}
    past = 0
    for start in sorted(starts):
        if start < past:
            continue
        past = comment.find("\n", start)
        past = len(comment) if past < 0 else past
        text = comment[start:past].rstrip()
        yield start, start + len(text), parse(text[len(MARK) :])


def parse(text: str) -> Said:
    """What stands behind `pixellint:` in a comment."""
    head = _HEAD.match(text)
    verb, listed = (head[1], head[2]) if head else ("", None)
    if verb not in VERBS:
        return _wrong(_unknown(verb))
    rules = tuple(rule.strip() for rule in (listed or "").split(",") if rule.strip())
    rest = text[head.end() :] if head else ""
    if verb == "ignore-end":
        return Said(verb, rules, "", "")
    if not rules:
        return _wrong(f"it names no rule; {FORM}", verb)
    until = ""
    first = _UNTIL_FIRST.match(rest)
    if first:
        until, rest = first[1], rest[first.end() :]
    if rest and not rest.startswith(":"):
        return _wrong(f"a colon and the reason must follow the rule; {FORM}", verb, rules)
    reason = rest[1:].strip()
    last = _UNTIL_LAST.search(reason)
    if last and not until:
        until, reason = last[1], reason[: last.start()].rstrip(" ,;(")
    if not any(character.isalnum() for character in reason):
        return _wrong(f"it gives no reason; {FORM}", verb, rules)
    if until and not is_date(until):
        return _wrong(f"{until!r} is no date such as 2027-01-31", verb, rules)
    return Said(verb, rules, reason, until)


def is_date(text: str) -> bool:
    """Whether text is a day of the calendar as YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _unknown(verb: str) -> str:
    from linter.options import did_you_mean

    known = ", ".join(VERBS)
    return f"{verb!r} is none of {known}{did_you_mean(verb, VERBS)}" if verb else f"it says none of {known}"


def _wrong(why: str, verb: Verb = "ignore", rules: tuple[str, ...] = ()) -> Said:
    return Said(verb, rules, "", "", why)
