"""Comments in scripts that belong to what is taken out: they name the vendor, or stand right at a statement that goes."""

import re
from collections.abc import Iterable
from functools import lru_cache

from linter.catalog import Catalog

_NEXT_LINE = re.compile(r"eslint-disable-(?:next-)?line|@ts-(?:ignore|expect-error)|prettier-ignore|biome-ignore|\$FlowFixMe|\$FlowIgnore")
"""Directives about the next statement, or the one on their line, alone: they go with it."""
_DIRECTIVE = re.compile(
    r"eslint|@ts-|tslint|jshint|jslint|istanbul|c8 ignore|prettier|pixellint|biome|stylelint"
    r"|@(?:license|preserve|cc_on|flow|jsx)|^\W*(?:global|globals|exported)\b"
    r"|sourceMappingURL|webpack|<reference",
)
_TRACKING = re.compile(
    r"\bpixels?\b|track(?:ing|er)?[ -](?:code|snippet|script|tag|event|page|lead|conversion)"
    r"|(?:base|conversion|remarketing|retargeting|event|analytics|snippet)"
    r"[ -](?:code|snippet|tag|script)|standard events?|\bpage ?views?\b|\bconversion\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"\W*(?:end|/|fin|ende)\b", re.IGNORECASE)
_CODE = re.compile(r"[(){};=]")
LONGEST = 600
"""A longer comment stays."""


class Remarks:
    """Tells whose comments are, by the words of some vendors."""

    def __init__(self, vendors: Iterable[str], functions: Iterable[str], catalog: Catalog) -> None:
        self._words = _words(frozenset(vendors), frozenset(functions), catalog)

    def is_about(self, comment: str) -> bool:
        """Whether a comment speaks of the vendors or of tracking, and of nothing that tools read."""
        if len(comment) > LONGEST or _DIRECTIVE.search(comment):
            return False
        return bool(_TRACKING.search(comment) or self._words.search(comment))

    def goes_between(self, comment: str) -> bool:
        """Whether a comment between two statements that go is of no use without them."""
        return self.is_about(comment) or (len(comment) <= 120 and not _DIRECTIVE.search(comment) and not _CODE.search(comment))

    def goes_with_line(self, comment: str) -> bool:
        """Whether a comment behind a statement that goes is of no use without it."""
        return self.goes_between(comment) or is_bound(comment)

    def is_left_over(self, comment: str) -> bool:
        """Whether a comment is not worth a script of its own."""
        return self.is_about(comment) or (len(comment) <= LONGEST and not _DIRECTIVE.search(comment) and not _CODE.search(comment))


def is_bound(comment: str) -> bool:
    """Whether a comment is a directive about the statement behind it or on its line."""
    return len(comment) <= LONGEST and _NEXT_LINE.search(comment) is not None


def is_closing(comment: str) -> bool:
    """Whether a comment ends a section (`// End Meta Pixel Code`)."""
    return _CLOSING.match(comment.lstrip("/*<!- \t")) is not None


@lru_cache(maxsize=64)
def _words(vendors: frozenset[str], functions: frozenset[str], catalog: Catalog) -> re.Pattern[str]:
    phrases = set(functions)
    for vendor in vendors:
        row = catalog.vendors[vendor]
        phrases |= {row.name, row.company, *row.aliases, vendor, vendor.replace("-", " ")}
    phrases |= {"facebook", "fb"} if any(vendor.startswith("meta-") for vendor in vendors) else set()
    each = sorted(re.escape(phrase) for phrase in phrases if len(phrase) > 1)
    return re.compile(rf"(?<![\w$])(?:{'|'.join(each) or '(?!)'})(?![\w$])", re.IGNORECASE)
