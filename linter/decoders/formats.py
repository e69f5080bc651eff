"""Decoders of the string literals of SQL and YAML."""

import re

from linter.decoders.escapes import SURROGATES, code_point, decode, surrogate_pair
from linter.text import Slice

_SQL_CHARS = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}
_YAML_ESCAPE = rf"\\(?:{SURROGATES}|x([0-9a-fA-F]{{2}})|u([0-9a-fA-F]{{4}})|U([0-9a-fA-F]{{8}})|(\r\n?[ \t]*|\n[ \t]*|[^uUx]))"
_YAML = re.compile(_YAML_ESCAPE, re.S)
_YAML_FOLD = r"(?P<fold>[ \t]+(?:[\r\n][ \t\r\n]*)?|[\r\n][ \t\r\n]*)"
_YAML_LINES = re.compile(rf"{_YAML_ESCAPE}|{_YAML_FOLD}", re.S)
_YAML_SINGLE = re.compile("''")
_YAML_SINGLE_LINES = re.compile(f"''|{_YAML_FOLD}")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_YAML_CHARS = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029", " ": " ", "\t": "\t", '"': '"', "/": "/", "\\": "\\",
}  # fmt: skip


def sql_string(text: Slice, quote: str = "'", *, backslash: bool = True) -> Slice:
    r"""SQL strings in `quote`: a doubled quote is one. `backslash`: with MySQL's escapes, where `\%` and `\_` stay."""
    if quote not in text.text and "\\" not in text.text:
        return text
    doubled = re.escape(quote * 2)
    return decode(text, re.compile(rf"{doubled}|\\(.)" if backslash else doubled, re.S), _sql_escape)


def _sql_escape(match: re.Match[str]) -> str | None:
    if match[0][0] != "\\":
        return match[0][0]
    char = match[0][1]
    return None if char in "%_" else _SQL_CHARS.get(char, char)


def yaml_double(text: Slice) -> Slice:
    """Double-quoted scalars of YAML 1.2: escapes, surrogate pairs as in JSON, and folded lines."""
    if "\n" in text.text or "\r" in text.text:
        return decode(text, _YAML_LINES, _yaml_escape)
    return decode(text, _YAML, _yaml_escape) if "\\" in text.text else text


def yaml_single(text: Slice) -> Slice:
    """Single-quoted scalars of YAML 1.2: a doubled quote is one, lines are folded."""
    if "\n" in text.text or "\r" in text.text:
        return decode(text, _YAML_SINGLE_LINES, lambda match: _folded(match[0]) if match["fold"] else "'")
    return decode(text, _YAML_SINGLE, lambda _: "'") if "'" in text.text else text


def _yaml_escape(match: re.Match[str]) -> str | None:
    high, low, byte, short, long, char = match.groups()[:6]
    if high:
        return surrogate_pair(high, low)
    if char:
        return "" if char[0] in "\r\n" else _YAML_CHARS.get(char)
    digits = byte or short or long
    return code_point(digits) if digits else _folded(match[0])


def _folded(blanks: str) -> str | None:
    """A single line break is a space, each further one a line feed; blanks within a line stay."""
    breaks = len(_LINE_BREAK.findall(blanks))
    if not breaks:
        return None
    return " " if breaks == 1 else "\n" * (breaks - 1)
