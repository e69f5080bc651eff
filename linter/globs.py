"""Globs of leaflets: `*` is any run of characters, `|` parts alternatives, the whole text must match, case counts."""

import re
from functools import lru_cache


def glob(pattern: str, text: str) -> bool:
    """Whether `text` is matched whole by `pattern`."""
    return _compiled(pattern).fullmatch(text) is not None


def captures(pattern: str, text: str) -> list[str] | None:
    """What each `*` of `pattern` stands for in `text`, in the order of the pattern; None where it does not match."""
    match = _compiled(pattern).fullmatch(text)
    return None if match is None else [group or "" for group in match.groups()]


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    alternatives = ("(.*)".join(re.escape(part) for part in alternative.split("*")) for alternative in pattern.split("|"))
    return re.compile("|".join(alternatives), re.S)
