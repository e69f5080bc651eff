"""Decoders of texts packed for transport: URL encoding, `escape()`, base64, character codes."""

import re
from collections.abc import Iterator

from linter.decoders.escapes import SURROGATES, code_point, decode, surrogate_pair, utf8_pieces
from linter.text import HOLE, Piece, Slice

MAX_PACKED = 300_000
"""Characters of base64 or character codes that are decoded; the rest of a longer text is cut off."""

_PERCENT_RUN = re.compile(r"(?:%[0-9a-fA-F]{2}){1,20000}+")
_PERCENT_U = re.compile(rf"%{SURROGATES.replace(chr(92) * 2, '%')}|%u([0-9a-fA-F]{{4}})|%([0-9a-fA-F]{{2}})")
_NOT_STANDARD = re.compile(r"[^A-Za-z0-9+/]")
_NOT_URL_SAFE = re.compile(r"[^A-Za-z0-9_-]")
_CODE = re.compile(r"[^,]+")
_NUMBER = re.compile(r"(?:0[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))\Z")


def _short(text: Slice) -> Slice:
    """The part of a packed text that is decoded."""
    if len(text) <= MAX_PACKED:
        return text
    text.source.cut_short = True
    return text.cut(0, MAX_PACKED)


def url_encoded(text: Slice) -> Slice:
    """Percent-encoded UTF-8; bytes that are none stay as written, and so does `+`."""
    return decode(text, _PERCENT_RUN, _percent_run) if "%" in text.text else text


def _percent_run(match: re.Match[str]) -> Iterator[Piece]:
    written = match[0]
    start = match.start()
    spans = [(at, at + 3) for at in range(start, match.end(), 3)]
    return utf8_pieces(bytes.fromhex(written.replace("%", "")), spans, lambda at: written[at * 3 : at * 3 + 3])


def percent_u(text: Slice) -> Slice:
    """What JavaScript's `unescape` takes: `%uXXXX` is a UTF-16 unit, `%XX` a character below 256."""
    return decode(text, _PERCENT_U, _percent_unit) if "%" in text.text else text


def _percent_unit(match: re.Match[str]) -> str | None:
    high, low, unit, byte = match.groups()
    return surrogate_pair(high, low) if high else code_point(unit or byte)


def base64_text(text: Slice) -> Slice:
    """Base64 in the standard or the URL-safe alphabet; blanks are allowed, padding may miss. Empty if `text` is none.

    The bytes are UTF-8, else latin-1. A character maps to the base64 characters that hold its bits, so neighbours share some.
    """
    text = _short(text)
    packed = "".join(text.text.split())
    body = packed.rstrip("=")
    padding = len(packed) - len(body)
    body = body[: len(body) - len(body) % 4] if text.source.cut_short else body
    if padding > 2 or len(body) % 4 == 1 or (_NOT_STANDARD.search(body) and _NOT_URL_SAFE.search(body)):
        return text.cut(0, 0)
    return text.derive(_unpacked(body, _places(text.text, body)))


def _places(text: str, body: str) -> list[int] | range:
    """The offset in `text` of each base64 character of `body`."""
    start = len(text) - len(text.lstrip())
    if text.startswith(body, start):
        return range(start, start + len(body))
    return [at for at, char in enumerate(text) if not char.isspace() and char != "="]


def _unpacked(body: str, places: list[int] | range) -> Iterator[Piece]:
    from base64 import urlsafe_b64decode

    data = urlsafe_b64decode(body.replace("+", "-").replace("/", "_") + "=" * (-len(body) % 4))
    spans = [(places[at * 8 // 6], places[(at * 8 + 7) // 6] + 1) for at in range(len(data))]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return (Piece(chr(byte), *span) for byte, span in zip(data, spans, strict=True))
    return utf8_pieces(data, spans, lambda at: chr(data[at]))


def char_codes(text: Slice) -> Slice:
    """The arguments of `String.fromCharCode`: each number is a UTF-16 unit. Any other argument is one `HOLE`."""
    text = _short(text)
    pieces: list[Piece] = []
    for match in _CODE.finditer(text.text):
        argument = match[0].strip()
        if not argument:
            continue
        begin = match.start() + match[0].index(argument)
        piece = Piece(_unit(argument), begin, begin + len(argument))
        pair = pieces[-1].text + piece.text if pieces else ""
        if len(pair) == 2 and "\ud800" <= pair[0] <= "\udbff" and "\udc00" <= pair[1] <= "\udfff":
            char = pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            pieces[-1] = Piece(char, pieces[-1].begin, piece.end)
        else:
            pieces.append(piece)
    return text.derive(piece if not "\ud800" <= piece.text <= "\udfff" else piece._replace(text=HOLE) for piece in pieces)


def _unit(argument: str) -> str:
    number = _NUMBER.match(argument)
    if not number:
        return HOLE
    return chr((int(number[1], 16) if number[1] else int(number[2])) & 0xFFFF)
