"""Accounts that PHP code gives a constant, a variable or an entry of an array: the text is emptied, the name stays defined."""

from collections.abc import Iterable

from linter.evidence import Setting
from linter.fixes.model import Edit
from linter.fixes.settings_places import inside
from linter.matching import Match
from linter.text import Source


def emptied(source: Source, piece: Setting) -> tuple[Edit, ...] | str:
    """The edit that leaves an empty text in the place of a text or number, or what stands in the way."""
    begin, end = piece.span
    whole = inside(source.text, piece.span)
    if whole is None or source.text[begin:end] != piece.value.text or "`" in source.text[whole[0] : begin]:
        return "its value is written in an unusual way"
    if whole != piece.span:
        return (Edit(begin, end),)
    return (Edit(begin, end, "''"),) if piece.value.kind == "number" else "its value is written in an unusual way"


def is_of_code(match: Match, matches: Iterable[Match]) -> bool:
    """Whether the account is that of code of the vendor in the same file, which is to go too."""
    return any(other.vendor == match.vendor and not isinstance(other.evidence, Setting) for other in matches)
