"""String values and their keys in TOML and in files of `name = value` lines (.env, ini, properties, Eno)."""

import re
from collections.abc import Iterator

from linter import decoders
from linter.readers.data_values import Entry, Wanted
from linter.text import Slice

MAX_UNCLOSED = 50
"""Eno blocks that nothing closed, after which no more are looked for."""

_TOML = re.compile(
    r"^[ \t]*\[{1,2}([^\[\]\n]{1,200})\]|(?:^[ \t]*|[{,][ \t]*)([\w.\-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*="
    r"|\"\"\"|'''|\"|'|#[^\n]*",
    re.MULTILINE,
)
_TOML_END = {
    '"""': re.compile(r'\\.|"""', re.DOTALL),
    '"': re.compile(r'\\.|"|\n', re.DOTALL),
    "'''": re.compile(r"'''"),
    "'": re.compile(r"'|\n"),
}
_LINE = re.compile(r"[^\r\n]*")
_SECTION = re.compile(r"\s*\[([^\]\r\n]+)\]")
_PAIR = re.compile(r"[ \t]*(?:export[ \t]+|set[ \t]+)?([\w.\-\[\]/ $]{1,120}?)[ \t]{0,40}(?:=|:)[ \t]*")
_QUOTES = frozenset("\"'`")
_ENO_FIELD = re.compile(r"-{2,}[ \t]*(\S[^\r\n]*)")


def toml_entries(text: Slice, wanted: Wanted) -> Iterator[Entry]:
    """The wanted string values of a TOML document in order. Linear time."""
    code = text.text
    section: tuple[str, ...] = ()
    key, key_begin, at = "", 0, 0
    while (match := _TOML.search(code, at)) is not None:
        at = match.end()
        if match[1] is not None:
            section = tuple(part.strip(" \"'") for part in match[1].split("."))
        elif match[2] is not None:
            key, key_begin = match[2].strip("\"'"), match.start(2)
        elif match[0] in _TOML_END:
            stop = _toml_end(code, at, match[0])
            begin, at = at, min(stop + len(match[0]), len(code))
            if wanted(begin, stop):
                inside = text.cut(begin, stop)
                value = decoders.json_string(inside) if match[0][0] == '"' else inside
                yield Entry((*section, key), value, text.span(key_begin, at))


def _toml_end(code: str, at: int, quote: str) -> int:
    for match in _TOML_END[quote].finditer(code, at):
        if match[0][0] != "\\":
            return match.start()
    return len(code)


def line_entries(text: Slice, wanted: Wanted) -> Iterator[Entry]:
    """The wanted values of `name = value` lines in order, multi-line quotes and Eno's `-- name` blocks included. Linear time."""
    code = text.text
    section: tuple[str, ...] = ()
    at = unclosed = 0
    while at < len(code):
        line = _LINE.match(code, at)
        end = line.end() if line else len(code)
        entry_end = end
        content = code[at:end]
        mark = _SECTION.match(content)
        block = _ENO_FIELD.match(content)
        if mark is not None:
            section = (mark[1],)
        elif block is not None and unclosed < MAX_UNCLOSED:
            stop, entry_end = _eno_end(code, end, block)
            unclosed += stop == end
            yield Entry((*section, block[1].strip()), text.cut(min(end + 1, stop), stop), text.span(at, entry_end))
        elif content.strip() and content.lstrip()[0] not in "#;!>":
            pair = _PAIR.match(code, at, end)
            if pair is not None and (code[pair.end() : pair.end() + 1] in _QUOTES or wanted(pair.end(), end)):
                value, entry_end = _line_value(text, pair.end(), end)
                yield Entry((*section, pair[1].strip()), value, text.span(at, entry_end))
        at = max(entry_end, end) + 1


def _eno_end(code: str, end: int, opening: re.Match[str]) -> tuple[int, int]:
    """Where the content of an Eno block ends, and where its closing line does."""
    closing = "\n" + opening[0].rstrip()
    stop = code.find(closing, end)
    return (stop, stop + len(closing)) if stop >= 0 else (end, end)


def _line_value(text: Slice, begin: int, end: int) -> tuple[Slice, int]:
    """The value that begins at `begin`, and where it ends: a quoted one may go over lines (up to 20,000 characters)."""
    code = text.text
    quote = code[begin : begin + 1]
    if quote in _QUOTES:
        pattern = re.compile(rf"\\.|{quote}", re.DOTALL) if quote == '"' else re.compile(quote)
        for match in pattern.finditer(code, begin + 1, begin + 20_000):
            if match[0] == quote:
                inside = text.cut(begin + 1, match.start())
                return (decoders.json_string(inside) if quote == '"' else inside), match.end()
    return text.cut(begin, begin + len(code[begin:end].rstrip())), end
