"""How the catalog's literals are written in files: forms of a slash, short names as whole words. Matching ignores ASCII case."""

import re
from collections.abc import Iterator

SLASHES = ("/", "\\/", "\\\\/", "%2f", "\\u002f", "\\x2f", "&#x2f;", "&#47;", "&sol;")
"""How a slash of a URL is written in HTML, JSON, JavaScript, JSON in SQL and URL-encoded text, lower case."""

_SHORT_START = re.compile(r"[a-z0-9_$]{1,10}(?![a-z0-9_$])")
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_$")
_ESCAPE_BEFORE = re.compile(r"(?:\\[nrt]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|%[0-9a-f]{2})\Z")
_WHOLE_NAME = re.compile(r"[a-z0-9_$]+")


def forms(literal: str) -> tuple[str, ...]:
    """The ways in which a literal is written in the formats that escape slashes; the literal first."""
    if "/" not in literal:
        return (literal,)
    return tuple(literal.replace("/", slash) for slash in SLASHES)


def starts_short(literal: str) -> bool:
    """Whether a literal starts with a name so short that other words end in it (`ym(`, `fbq`): it counts only where a word
    begins, or behind an escape."""
    return _SHORT_START.match(literal) is not None


def is_short_name(literal: str) -> bool:
    """Whether a literal is nothing but a short name: it counts only as a whole word."""
    return starts_short(literal) and _WHOLE_NAME.fullmatch(literal) is not None


def places(form: str, lower: str) -> Iterator[tuple[int, int]]:
    """Where a form of a literal stands in lower-cased text. `\\nfbq` and `%3Efbq` are the word `fbq` behind an escape."""
    at_start, whole, in_name = starts_short(form), is_short_name(form), "_" in form.strip("_")
    begin = lower.find(form)
    while begin >= 0:
        end = begin + len(form)
        if not (whole and lower[end : end + 1] in _WORD) and (
            not at_start or (in_name and _behind(lower, begin)) or _begins_word(lower, begin)
        ):
            yield begin, end
        begin = lower.find(form, end)


def _behind(lower: str, begin: int) -> bool:
    """Whether a name of several words goes on from other words (the `ga_id` of `next_public_ga_id`), or is a variable's (`$ga_id`)."""
    return begin > 0 and (lower[begin - 1] == "$" or (begin > 1 and lower[begin - 1] == "_" and lower[begin - 2] in _WORD))


def _begins_word(lower: str, begin: int) -> bool:
    if begin == 0 or lower[begin - 1] not in _WORD:
        return True
    return _ESCAPE_BEFORE.search(lower[max(0, begin - 6) : begin]) is not None


def lower_case(text: str) -> str:
    """`text` in lower case, every character at its place (U+0130 alone would become two)."""
    return text.lower() if "\u0130" not in text else text.replace("\u0130", "I").lower()
