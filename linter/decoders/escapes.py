"""What the decoders share: the walk over the escapes of a text, and the parts of escapes that many languages have."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from linter.text import HOLE, Piece, Slice

Unescape = Callable[[re.Match[str]], str | Iterable[Piece] | None]
"""What an escape stands for: its text, pieces where it holds several characters, or None to leave it as written."""

SURROGATES = r"u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
"""Regular expression of a UTF-16 pair after its first backslash; two groups, see `surrogate_pair`."""
BYTES = r"(?:\\[xX][0-9a-fA-F]{1,2}|\\[0-7]{1,3}){1,20000}+"
"""Regular expression of a run of bytes in PHP and Ruby, see `byte_run`."""

_BYTE = re.compile(r"\\(?:[xX]([0-9a-fA-F]{1,2})|([0-7]{1,3}))")
_BRACE = re.compile(r"""\\.|[{}"'`]""", re.S)


def decode(text: Slice, escape: re.Pattern[str], unescape: Unescape) -> Slice:
    """`text` with each match of `escape` replaced by what `unescape` makes of it."""
    pieces = pieces_of(text.text, escape, unescape)
    first = next(pieces, None)
    if first == Piece(text.text, 0, len(text)):
        return text
    return text.derive(() if first is None else chain((first,), pieces))


def pieces_of(text: str, escape: re.Pattern[str], unescape: Unescape, begin: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The pieces of the decoded text[begin:end]: linear runs between escapes, and what the escapes stand for."""
    end = len(text) if end is None else end
    for match in escape.finditer(text, begin, end):
        value = unescape(match)
        if value is None:
            continue
        if begin < match.start():
            yield Piece(text[begin : match.start()], begin, match.start())
        begin = match.end()
        if isinstance(value, str):
            yield Piece(value, match.start(), begin)
        else:
            yield from value
    if begin < end:
        yield Piece(text[begin:end], begin, end)


def code_point(digits: str, base: int = 16) -> str | None:
    """The character with this number; None for surrogates and what is beyond Unicode."""
    digits = digits.lstrip("0")
    number = int(digits or "0", base) if len(digits) <= 8 else 0x110000
    return None if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF else chr(number)


def surrogate_pair(high: str, low: str) -> str:
    """The character of a UTF-16 pair given in hexadecimal digits (`d83d`, `de00`)."""
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)


def byte_run(match: re.Match[str]) -> Iterator[Piece]:
    r"""The characters of a run of bytes (`\xc3\251`): UTF-8 where it is that, else a character for each byte."""
    bytes_written = [*_BYTE.finditer(match.string, *match.span())]
    data = bytes(int(byte[1], 16) if byte[1] else int(byte[2], 8) & 0xFF for byte in bytes_written)
    return utf8_pieces(data, [byte.span() for byte in bytes_written], lambda at: chr(data[at]))


def utf8_pieces(data: bytes, spans: Sequence[tuple[int, int]], invalid: Callable[[int], str]) -> Iterator[Piece]:
    """The characters of UTF-8 `data` whose byte number i was written in text[spans[i][0]:spans[i][1]].

    A byte that is no UTF-8 becomes the text `invalid(i)`.
    """
    at = 0
    for char in data.decode("utf-8", "surrogateescape"):
        bad = "\udc80" <= char <= "\udcff"
        width = 1 if bad or char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4
        yield Piece(invalid(at) if bad else char, spans[at][0], spans[at + width - 1][1])
        at += width


def holes(text: Slice, token: re.Pattern[str]) -> Slice:
    """`text` with its interpolations filled with `HOLE`; nothing shifts.

    `token` matches escapes (skipped), whole interpolations as group `simple`, and the start of others up to and with
    their opening brace as group `open`. After a brace that nothing closes only simple ones are looked for.
    """
    return text.mask(_interpolations(text.text, token))


def _interpolations(text: str, token: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    at, closed = 0, True
    while match := token.search(text, at):
        at = match.end()
        if match["simple"]:
            yield match.start(), at, HOLE
        elif match["open"] and closed:
            end = _closing_brace(text, at)
            closed = end > 0
            if closed:
                yield match.start(), end, HOLE
                at = end


def _closing_brace(text: str, at: int) -> int:
    """The offset behind the brace that closes the one before `at`, braces in quotes not counted; 0 if there is none."""
    depth, quote = 1, ""
    for match in _BRACE.finditer(text, at):
        token = match[0]
        if quote:
            quote = "" if token == quote else quote
        elif token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
            if not depth:
                return match.end()
        elif len(token) == 1:
            quote = token
    return 0
