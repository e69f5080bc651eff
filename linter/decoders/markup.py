"""Decoders of what stands in HTML and XML: character references and CDATA sections."""

import re
from collections.abc import Iterator

from linter.decoders.escapes import code_point, decode, pieces_of
from linter.text import Piece, Slice

_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([A-Za-z][A-Za-z0-9]{1,31})(;?))")
_XML_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+);|#([0-9]+);|([A-Za-z][A-Za-z0-9]{1,31})(;))")
_CDATA = "<![CDATA["
_COMMON = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\xa0"}
_LONGEST_BARE_NAME = 6
"""Of the names that HTML knows without a semicolon (`frac12`, `Ccedil`)."""


def html_entities(text: Slice, *, attribute: bool = True) -> Slice:
    """HTML character references (WHATWG, 13.2.5.72 to 80).

    Old names count without their semicolon too; in an attribute value only where no `=`, letter or digit follows, so that
    `?a=1&copy=2` stays as it is, and in text even as the start of a word (`&notit;`).
    """
    if "&" not in text.text:
        return text
    return decode(text, _REFERENCE, _attribute_reference if attribute else _text_reference)


def xml_cdata(text: Slice) -> Slice:
    """The text of an XML node: CDATA sections unwrapped, references decoded outside them. An unclosed section runs to the end."""
    if _CDATA not in text.text:
        return decode(text, _XML_REFERENCE, _attribute_reference) if "&" in text.text else text
    return text.derive(_sections(text.text))


def _sections(text: str) -> Iterator[Piece]:
    at = 0
    while at < len(text):
        begin = text.find(_CDATA, at)
        outside = begin if begin >= 0 else len(text)
        yield from pieces_of(text, _XML_REFERENCE, _attribute_reference, at, outside)
        if begin < 0:
            return
        begin += len(_CDATA)
        end = text.find("]]>", begin)
        end = end if end >= 0 else len(text)
        yield Piece(text[begin:end], begin, end)
        at = end + 3


def _attribute_reference(match: re.Match[str]) -> str | None:
    name, closed = match[3], match[4]
    if name is None:
        return _numbered(match)
    if closed:
        return _COMMON.get(name) or _named(name + ";")
    return None if match.string[match.end() : match.end() + 1] == "=" else _named(name)


def _text_reference(match: re.Match[str]) -> str | Iterator[Piece] | None:
    name, closed = match[3], match[4]
    if name is None:
        return _numbered(match)
    whole = (_COMMON.get(name) or _named(name + ";")) if closed else None
    return whole or _prefixed(match, name)


def _prefixed(match: re.Match[str], name: str) -> Iterator[Piece] | None:
    for length in range(min(len(name), _LONGEST_BARE_NAME), 1, -1):
        char = _named(name[:length])
        if char:
            middle = match.start() + 1 + length
            rest = Piece(match.string[middle : match.end()], middle, match.end())
            return iter((Piece(char, match.start(), middle), rest))
    return None


def _named(name: str) -> str | None:
    from html.entities import html5

    return html5.get(name)


def _numbered(match: re.Match[str]) -> str:
    char = code_point(match[1]) if match[1] else code_point(match[2], 10)
    if not char or char == "\0":
        return "\ufffd"
    return char if not "\x80" <= char <= "\x9f" else ord(char).to_bytes().decode("cp1252", "ignore") or char
