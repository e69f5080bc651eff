"""Text wrapped so that a search does not see it: base64, character codes, hexadecimal escapes of letters."""

import base64
import binascii
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

TRIGGERS = ("base64,", "atob(", "harcode", "[vc_raw_", "\\x6", "\\x7", "\\u006", "\\u007")
"""Lower-case literals of which one stands in every text with something wrapped."""

_LETTER_ESCAPES = ("\\x6", "\\x7", "\\u006", "\\u007")
_BASE64 = re.compile(r"(?:base64,\s*|atob\(\s*[\"'`])([A-Za-z0-9+/_\-=\s]{16,})")
_SHORTCODE = re.compile(r"\[vc_raw_(?:html|js)\b[^\]]{0,400}+\]([A-Za-z0-9+/_\-=\s]{16,})")
_PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
_MEDIA = re.compile(r"data:(?:image/(?!svg)|font|audio|video|application/(?:[\w.-]*font|octet))[^\"'()\s]{0,60}\Z", re.IGNORECASE)
_CODES = re.compile(r"[hH]ar[cC]ode(?:\.apply)?\(([^()]{0,40}\[?[\d,\s]{20,})")
_ESCAPED = re.compile(r"\\x[2-7][0-9a-fA-F]|\\u00[2-7][0-9a-fA-F]")
_MANY_ESCAPES = 3
_WINDOW = 600
_OVERLAP = 40


class Wrapped(NamedTuple):
    """A wrapped text: where it stands (of escapes, the first one of a stretch), and what it says."""

    begin: int
    end: int
    inner: str


def wrapped(text: str, triggers: Collection[str] = TRIGGERS) -> Iterator[Wrapped]:
    """The wrapped texts in `text`, one level deep; data URLs of images, fonts and sounds are left out.

    `triggers` are those that stand in the text in lower case, where a scan has told them already.
    """
    for mark in ("base64,", "atob("):
        if mark not in triggers:
            continue
        for begin in _finds(mark, text):
            match = _BASE64.match(text, begin)
            if match and not _MEDIA.search(text, max(0, begin - 80), begin):
                yield Wrapped(*match.span(1), _base64(match[1]))
    for begin in _finds("[vc_raw_", text) if "[vc_raw_" in triggers else ():
        match = _SHORTCODE.match(text, begin)
        if match:
            yield Wrapped(*match.span(1), _PERCENT.sub(lambda code: chr(int(code[1], 16)), _base64(match[1])))
    for begin in _finds("harCode", text) if "harcode" in triggers else ():
        match = _CODES.match(text, begin)
        if match:
            yield Wrapped(*match.span(1), _codes(match[1]))
    yield from _escaped(text, [mark for mark in _LETTER_ESCAPES if mark in triggers])


def _finds(mark: str, text: str) -> Iterator[int]:
    begin = text.find(mark)
    while begin >= 0:
        yield begin
        begin = text.find(mark, begin + len(mark))


def _base64(text: str) -> str:
    text = "".join(text.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(text[: len(text) - (len(text) % 4 == 1)] + "==").decode("latin-1")
    except (binascii.Error, ValueError):
        return ""


def _codes(text: str) -> str:
    return "".join(chr(int(number)) for number in re.findall(r"\d+", text) if len(number) < 4)


def _escaped(text: str, marks: Iterable[str]) -> Iterator[Wrapped]:
    """Stretches with at least three escapes of ASCII characters, the escapes decoded."""
    done = -1
    for begin in sorted({begin for mark in marks for begin in _finds(mark, text)}):
        if begin < done:
            continue
        window = text[max(0, begin - _OVERLAP) : begin + _WINDOW]
        done = begin + _WINDOW - _OVERLAP
        plain, count = _ESCAPED.subn(_character, window)
        if count >= _MANY_ESCAPES:
            yield Wrapped(begin, begin + 4, plain)


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[0][-2:], 16))
