"""Decoders of the string literals of JSON, JavaScript, Python and Ruby."""

import re
from collections.abc import Iterator

from linter.decoders.escapes import BYTES, SURROGATES, byte_run, code_point, decode, holes, surrogate_pair
from linter.text import Piece, Slice

_JSON = re.compile(rf"""\\(?:{SURROGATES}|u([0-9a-fA-F]{{4}})|(["\\/bfnrt]))""")
_JS = re.compile(
    rf"\\(?:{SURROGATES}|u([0-9a-fA-F]{{4}})|u\{{([0-9a-fA-F]+)\}}|x([0-9a-fA-F]{{2}})|([0-3][0-7]{{0,2}}|[4-7][0-7]?)|(\r\n|.))|\r\n?",
    re.S,
)
_PYTHON = re.compile(
    r"""\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|N\{([A-Za-z0-9 -]{1,88})\}|(\r\n|[\r\n\\'"abfnrtv]))"""
)
_RUBY = re.compile(rf"(?P<bytes>{BYTES})|\\(?:u([0-9a-fA-F]{{4}})|u\{{([0-9a-fA-F \t]+)\}}|(\r\n|.))", re.S)
_RUBY_HOLE = re.compile(r"\\.|(?P<open>#\{)|(?P<simple>#(?:@@?|\$)[^\W\d]\w*)", re.S)
_HEX = re.compile(r"[0-9a-fA-F]+")

_COMMON = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_JS_CHARS = {**_COMMON, "v": "\v", "\r\n": "", "\n": "", "\r": "", "\u2028": "", "\u2029": ""}
_PYTHON_CHARS = {**_COMMON, "a": "\a", "v": "\v", "\r\n": "", "\n": "", "\r": ""}
_RUBY_CHARS = {**_COMMON, "a": "\a", "v": "\v", "e": "\x1b", "s": " ", "\r\n": "", "\n": ""}


def json_string(text: Slice) -> Slice:
    r"""JSON (RFC 8259, section 7). A surrogate pair is one character; a lone surrogate stays as written."""
    return decode(text, _JSON, _json_escape) if "\\" in text.text else text


def _json_escape(match: re.Match[str]) -> str | None:
    high, low, number, char = match.groups()
    if char:
        return _COMMON.get(char, char)
    return code_point(number) if number else surrogate_pair(high, low)


def js_string(text: Slice) -> Slice:
    r"""JavaScript string literals (ECMA-262 with Annex B's octal escapes), and the cooked text between the holes of templates.

    CR and CRLF, which only templates hold unescaped, become LF.
    """
    return decode(text, _JS, _js_escape) if "\\" in text.text or "\r" in text.text else text


def _js_escape(match: re.Match[str]) -> str | None:
    high, low, short, long, byte, octal, char = match.groups()
    if char:
        return None if char in "ux" else _JS_CHARS.get(char, char)
    if octal:
        return chr(int(octal, 8))
    if high:
        return surrogate_pair(high, low)
    digits = short or long or byte
    return code_point(digits) if digits else "\n"


def python_string(text: Slice) -> Slice:
    """Python `str` literals without prefix; unknown escapes stay as written, as in Python itself."""
    return decode(text, _PYTHON, _python_escape) if "\\" in text.text else text


def _python_escape(match: re.Match[str]) -> str | None:
    short, middle, long, octal, name, char = match.groups()
    if char:
        return _PYTHON_CHARS.get(char, char)
    if octal:
        return chr(int(octal, 8))
    if name:
        return _named_character(name)
    return code_point(short or middle or long)


def _named_character(name: str) -> str | None:
    from unicodedata import lookup

    try:
        return lookup(name)
    except KeyError:
        return None


def ruby_double(text: Slice) -> Slice:
    r"""Ruby double-quoted strings and heredocs: escapes; `#{...}`, `#@name` and `#$name` become holes."""
    text = holes(text, _RUBY_HOLE) if "#" in text.text else text
    return decode(text, _RUBY, _ruby_escape) if "\\" in text.text else text


def _ruby_escape(match: re.Match[str]) -> str | Iterator[Piece] | None:
    run, short, long, char = match.groups()
    if run:
        return byte_run(match)
    if char:
        return None if char in "uxXMCc" else _RUBY_CHARS.get(char, char)
    if short:
        return code_point(short)
    numbers = [*_HEX.finditer(match.string, *match.span(3))]
    if len(numbers) < 2:
        return code_point(long.strip()) if numbers else None
    return (Piece(code_point(number[0]) or number[0], *number.span()) for number in numbers)
