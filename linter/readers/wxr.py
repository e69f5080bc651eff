"""WordPress' export files (WXR) and Blogger's: which items are drafts, and what is kept in the meta fields of posts."""

import re

from linter import decoders
from linter.evidence import Span
from linter.readers.stored import read_stored
from linter.reading import Frame, Reading
from linter.text import Slice

_ITEM = re.compile(r"<(?:item|entry)\b")
_OFF = re.compile(
    r"<wp:status>\s{0,20}(?:<!\[CDATA\[)?(?:draft|auto-draft|pending|trash|inherit)\b|<app:draft(?:\s[^>]{0,200})?>\s{0,20}yes\b",
    re.IGNORECASE,
)
MAX_KEY = 200


def is_draft(code: str, begin: int) -> bool:
    """Whether the item whose opening tag begins at `begin` is not published."""
    following = _ITEM.search(code, begin + 1)
    return _OFF.search(code, begin, following.start() if following is not None else len(code)) is not None


class Posts:
    """Reads what is particular to an export of posts: their state, and their meta fields, a key and the value behind it."""

    def __init__(self, text: Slice, reading: Reading) -> None:
        self._text = text
        self._reading = reading
        self._key: Slice | None = None
        self.is_draft = False
        """Whether the post that is being read is not published."""

    def opened(self, name: str, begin: int) -> None:
        """Takes the opening tag of an element (its name without prefix, in small letters)."""
        if name in {"item", "entry"}:
            self.is_draft = is_draft(self._text.text, begin)

    def text(self, name: str, begin: int, end: int, frame: Frame, block: Span) -> bool:
        """Whether the text of an element is that of a meta field, or what a visitor wrote; reads the former."""
        if name == "meta_key":
            self._keep(begin, end)
        elif name == "meta_value":
            self._value(begin, end, frame, block)
        return name in {"meta_key", "meta_value", "comment_content"}

    def _keep(self, begin: int, end: int) -> None:
        key = decoders.xml_cdata(self._text.cut(begin, end)) if end - begin <= MAX_KEY else None
        blank = len(key.text) - len(key.text.lstrip()) if key is not None else 0
        self._key = key.cut(blank, len(key.text.rstrip())) if key is not None else None

    def _value(self, begin: int, end: int, frame: Frame, block: Span) -> None:
        key = self._key
        if key is None:
            return
        known = bool(self._reading.hits(key.text))
        value = decoders.xml_cdata(self._text.cut(begin, end))
        if known or self._reading.hits(value.text):
            frame = frame._replace(block=frame.block or block, unit=frame.unit or block)
            read_stored(value, ("postmeta", key.text), frame, self._reading, known=known, key_span=key.span(0, len(key)))
