"""What the values in data files are: markup, scripts, addresses, packed text, or words that mean nothing to us."""

import re
from bisect import bisect_right
from typing import NamedTuple

from linter import decoders
from linter.evidence import Span, UrlRole
from linter.readers.strings import content_of, emit_url
from linter.reading import PIECES, Frame, Reading
from linter.text import Slice

_POLICY = re.compile(
    r"(?:script|style|img|connect|default|frame|child|object|worker)[_-]?src|csp|content[_-]?security|policy|allow|block|ignore|deny"
    r"|(?:vendor|tracker|domain|pattern|filter|signature|detector)s\Z",
    re.IGNORECASE,
)
_SCRIPT_KEY = re.compile(
    r"(?:^|[^a-z])(?:(?:java)?scripts?|js|src)(?:$|[^a-z])|script(?:src|url)|(?:scripts|js|src)$",
    re.IGNORECASE,
)
_CODE_KEY = re.compile(
    r"html|code|script|snippet|head|body|footer|(?:^|[^a-z])js(?:$|[^a-z])|content|embed|inline|custom|raw|markup|template|value|text",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"[;{}\n]|\)\s*\Z")
_NESTED = re.compile(r"\s*[\[{]\s*[\"\]}\[{]")
_ENTITY = re.compile(r"&(?:lt|#0*60|#x0*3c);\s*(?:!--|/?[a-z])", re.IGNORECASE)
_PERCENT = re.compile(r"%3c(?:%21--|!--|%2f|/)?[a-z]", re.IGNORECASE)


class Entry(NamedTuple):
    """A string value under its keys (outermost first); `block` is the span of the whole entry in the slice's text."""

    keys: tuple[str, ...]
    value: Slice
    block: Span


class Wanted:
    """Tells which parts of a document may hold a literal once they are decoded, so that all others cost next to nothing."""

    def __init__(self, text: str, reading: Reading) -> None:
        self._text = text
        self._reading = reading
        self._hits = hits = reading.hits(text)
        self._ends = [end for _, end in hits]

    def goes_on(self) -> bool:
        """Counts a token; whether more may be looked at."""
        return self._reading.effort(3, PIECES)

    def __call__(self, begin: int, end: int) -> bool:
        """Whether a hit overlaps text[begin:end], or an escape stands in it."""
        number = bisect_right(self._ends, begin)
        return (number < len(self._hits) and self._hits[number][0] < end) or self._text.find("\\", begin, end) >= 0


def read_entry(entry: Entry, frame: Frame, reading: Reading) -> None:
    """Hands a value on as what it holds. `entry.block` must already be a source span."""
    value = entry.value
    if not reading.hits(value.text):
        return
    inner = frame._replace(block=frame.block or entry.block)
    key = entry.keys[-1] if entry.keys else ""
    if _NESTED.match(value.text):
        reading.read(value, "data", inner._replace(dialect="json"))
        return
    content = content_of(value.text)
    if content == "markup":
        reading.read(decoders.html_entities(value) if _only_escaped(value.text) else value, "html", inner)
    elif content == "address":
        emit_url(value, _role(entry.keys), inner, reading, entry.block, key)
    elif content == "script" and (_CODE_KEY.search(" ".join(entry.keys[-3:])) or _STATEMENT.search(value.text)):
        reading.read(value, "javascript", inner)
    elif _PERCENT.search(value.text):
        reading.read(decoders.url_encoded(value), "html", inner)


def _only_escaped(text: str) -> bool:
    return _ENTITY.search(text) is not None and not re.search(r"<[a-zA-Z!]", text)


def _role(keys: tuple[str, ...]) -> UrlRole:
    near = keys[-3:]
    if any(_POLICY.search(key) for key in near):
        return "data"
    return "script" if any(_SCRIPT_KEY.search(key) for key in near) else "data"
