"""Globs of leaflets: `*` is any run of characters, `|` parts alternatives, the whole text must match, case counts.

Matching needs no regular expression, whose compilation cost more than most runs: there are hundreds of patterns.
"""

import re
from functools import lru_cache


def glob(pattern: str, text: str) -> bool:
    """Whether `text` is matched whole by `pattern`. Linear in the text for each `*`."""
    if "|" in pattern:
        return any(_matches(parts, text) for parts in _split(pattern))
    return pattern == text if "*" not in pattern else _matches(pattern.split("*"), text)


@lru_cache(maxsize=4096)
def _split(pattern: str) -> tuple[list[str], ...]:
    return tuple(alternative.split("*") for alternative in pattern.split("|"))


def _matches(parts: list[str], text: str) -> bool:
    """Whether the parts stand in the text in their order, the first at its begin and the last at its end."""
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return text == first
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in parts[1:-1]:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def captures(pattern: str, text: str) -> list[str] | None:
    """What each `*` of `pattern` stands for in `text`, in the order of the pattern; None where it does not match."""
    match = _compiled(pattern).fullmatch(text)
    return None if match is None else [group or "" for group in match.groups()]


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    alternatives = ("(.*)".join(re.escape(part) for part in alternative.split("*")) for alternative in pattern.split("|"))
    return re.compile("|".join(alternatives), re.S)
