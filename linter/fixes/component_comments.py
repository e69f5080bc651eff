"""Comments that name a vendor: they go with what they stand beside."""

import re
from collections.abc import Iterable

from linter.catalog import Catalog
from linter.fixes.names import names_of_all

MAX_COMMENT = 160
"""Characters of a comment that is only a heading."""
_WORDS = re.compile(r"[a-z0-9]+")
_END = re.compile(r"\s*(?:end|fin|ende|fine|fim|close|closing)\b|\s*/", re.IGNORECASE)


class Speaks:
    """Whether comments name one of some vendors, and no other."""

    def __init__(self, vendors: Iterable[str], catalog: Catalog) -> None:
        own = set(vendors)
        functions = {_plain(name) for name in names_of_all(own, catalog).functions}
        self._own = sorted(_names(own, catalog) | functions, key=lambda word: (-len(word), word))
        self._others = _names(set(catalog.vendors) - own, catalog) - set(self._own)

    def of(self, comment: str, ends: bool = False) -> bool:
        """Whether a comment is a heading of the vendors' code; with `ends`, one that says that the code ends."""
        if len(comment) > MAX_COMMENT or (ends and not _END.match(comment)):
            return False
        text = f" {_plain(comment)} "
        named = [word for word in self._own if f" {word} " in text]
        for word in named:
            text = text.replace(f" {word} ", " | ")
        return bool(named) and not any(f" {word} " in text for word in self._others)


def _names(vendors: Iterable[str], catalog: Catalog) -> frozenset[str]:
    rows = [catalog.vendors[key] for key in vendors]
    return frozenset(_plain(name) for row in rows for name in (row.name, row.id, *row.aliases)) - {""}


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))
