"""Decoders of PHP's four kinds of strings."""

import re
from collections.abc import Iterator

from linter.decoders.escapes import BYTES, byte_run, code_point, decode, holes
from linter.text import Piece, Slice

_NAME = r"[^\x00-@\[-^`{-\x7f][^\x00-/:-@\[-^`{-\x7f]*"  # letters, "_" and all beyond ASCII; written so, it compiles fast
_HOLE = re.compile(
    rf"\\.|(?P<open>\{{(?=\$)|\$\{{)|(?P<simple>\${_NAME}(?:\[(?:-?\w+|\${_NAME})\]|\??->{_NAME})?)",
    re.S,
)
_SINGLE = re.compile(r"\\([\\'])")
_DOUBLE = re.compile(rf"(?P<bytes>{BYTES})|\\(?:u\{{([0-9a-fA-F]+)\}}|([ntrvef\\$\"]))")
_HEREDOC = re.compile(rf"(?P<bytes>{BYTES})|\\(?:u\{{([0-9a-fA-F]+)\}}|([ntrvef\\$]))")
_LINE_INDENT = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]+")
_CHARS = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "e": "\x1b", "f": "\f"}


def php_single(text: Slice) -> Slice:
    r"""Single-quoted strings: only `\\` and `\'` are escapes."""
    return decode(text, _SINGLE, lambda match: match[1]) if "\\" in text.text else text


def php_double(text: Slice) -> Slice:
    r"""Double-quoted strings: escapes, runs of `\x` and octal bytes as UTF-8; interpolations become holes of their length."""
    return _interpolated(text, _DOUBLE)


def php_heredoc(text: Slice, indent: int = 0) -> Slice:
    r"""Heredoc bodies: as double-quoted, but `\"` stays; `indent` is the width of the blanks before the closing marker."""
    return _interpolated(dedent(text, indent), _HEREDOC)


def php_nowdoc(text: Slice, indent: int = 0) -> Slice:
    """Nowdoc bodies, which have no escapes; `indent` as for `php_heredoc`."""
    return dedent(text, indent)


def dedent(text: Slice, width: int) -> Slice:
    """`text` without the first `width` spaces and tabs of each line (or as many as the line has)."""

    def shortened(match: re.Match[str]) -> Iterator[Piece]:
        begin, end = match.start() + width, match.end()
        if begin < end:
            yield Piece(match.string[begin:end], begin, end)

    return decode(text, _LINE_INDENT, shortened) if width > 0 else text


def _interpolated(text: Slice, escape: re.Pattern[str]) -> Slice:
    text = holes(text, _HOLE) if "$" in text.text else text
    return decode(text, escape, _escape) if "\\" in text.text else text


def _escape(match: re.Match[str]) -> str | Iterator[Piece] | None:
    run, number, char = match.groups()
    if run:
        return byte_run(match)
    return _CHARS.get(char, char) if char else code_point(number)
