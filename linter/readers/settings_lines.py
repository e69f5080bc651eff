"""Settings in TOML and in files of `name = value` lines (.env, ini, properties)."""

import re

from linter import decoders
from linter.evidence import Span, Value
from linter.readers.settings import Near, beside, tell, tell_all
from linter.readers.settings_objects import Entry, switched, switches
from linter.readers.settings_values import scalar
from linter.reading import Frame, Reading
from linter.text import Slice

_MULTILINE = re.compile(r'"""(?:\\.|[^"\\]|"(?!""))*+"""|\'\'\'(?:[^\']|\'(?!\'\'))*+\'\'\'', re.DOTALL)
_SECTION = re.compile(r"[ \t]*\[{1,2}([^\[\]\r\n]{1,200})\]{1,2}[ \t]*(?:[#;][^\r\n]*)?\Z")
_PAIR = re.compile(
    r"[ \t]*(?:export[ \t]+|set[ \t]+)?(\"[^\"\r\n]{1,120}\"|'[^'\r\n]{1,120}'|[A-Za-z_][\w.\-\[\]/]{0,120}?)[ \t]{0,40}(=|:)[ \t]*"
)
_STRING = re.compile(r"\"((?:\\.|[^\"\\\r\n])*+)\"|'([^'\r\n]*)'|`([^`\r\n]*)`")
_INLINE = re.compile(r"([\w\-]+|\"[^\"\r\n]*\")[ \t]*=[ \t]*(\"(?:\\.|[^\"\\\r\n])*+\"|'[^'\r\n]*'|[^,}\s]+)")
_LINE = re.compile(r"[^\r\n]+")
_COMMENT = re.compile(r"[ \t]+[#;].*")


def lines(text: Slice, dialect: str, near: Near, frame: Frame, reading: Reading) -> None:
    """Emits the settings of a TOML document ("toml"), or of one of lines ("eno"). Linear time."""
    code = text.text
    skipped = [match.span() for match in _MULTILINE.finditer(code)] if dialect == "toml" and ('"""' in code or "'''" in code) else []
    for keys, rows in _sections(code, skipped, dialect):
        _section(keys, [(key, span) for key, span in rows], text, dialect, near, frame, reading)


Row = tuple[re.Match[str], Span]


def _sections(code: str, skipped: list[Span], dialect: str) -> "list[tuple[Span | None, list[Row]]]":
    """The sections of a document: where each one's name stands (None: before the first), and its lines."""
    sections: list[tuple[Span | None, list[Row]]] = [(None, [])]
    number = 0
    for line in _LINE.finditer(code):
        while number < len(skipped) and skipped[number][1] <= line.start():
            number += 1
        if number < len(skipped) and skipped[number][0] < line.start():
            continue
        head = _SECTION.match(code, line.start(), line.end())
        if head is not None:
            sections.append((head.span(1), []))
            continue
        pair = _PAIR.match(code, line.start(), line.end())
        if pair is not None and not (dialect == "toml" and pair[2] == ":"):
            sections[-1][1].append((pair, line.span()))
    return sections


def _section(name: Span | None, rows: list[Row], text: Slice, dialect: str, near: Near, frame: Frame, reading: Reading) -> None:
    code = text.text
    path = tuple(part.strip(" \"'") for part in code[slice(*name)].split(".")) if name is not None else ()
    named = name is not None and near(*name)
    if not named and not any(near(*line) for _, line in rows):
        return
    entries = [_entry(pair, line, text) for pair, line in rows]
    label = next((row for row, (pair, line) in zip(entries, rows, strict=True) if _labels(row, pair, line, near)), None) if name else None
    if label is not None:
        tell_all(beside(path, label.value.text, [row for row in entries if row is not label], frame), reading)
        return
    beside_all = switches(entries)
    for row, (_, line) in zip(entries, rows, strict=True):
        keys = (*path, *row.key.split(".")) if dialect == "toml" or "." in row.key else (*path, row.key)
        inner = switched(row, beside_all, frame)
        if row.value.kind == "object":
            for below in row.entries:
                if named or near(*line):
                    tell((*keys, below.key) if below.key else keys, below, switched(below, row.entries, inner), reading)
        elif named or near(*line):
            tell(keys, row, inner, reading)


def _labels(row: Entry, pair: re.Match[str], line: Span, near: Near) -> bool:
    return row.key in ("package", "name", "type", "resolve", "provider") and row.value.kind == "text" and near(pair.end(), line[1])


def _entry(pair: re.Match[str], line: Span, text: Slice) -> Entry:
    """The entry of a line; of an inline table or list the entries in it."""
    begin, end = pair.end(), line[1]
    name, block = text.span(*pair.span(1)), text.span(*line)
    key = pair[1].strip("\"'")
    if pair[2] == "=" and text.text[begin : begin + 1] in ("{", "["):
        rows = [_inline(match, text) for match in _INLINE.finditer(text.text, begin, end)] if text.text[begin] == "{" else []
        rows += [] if rows else [_listed(match, text) for match in _STRING.finditer(text.text, begin, end)]
        return Entry(key, name, block, Value("object", "", text.span(begin, end)), tuple(rows[:40]))
    return Entry(key, name, block, scalar(_given(text, begin, end)))


def _inline(match: re.Match[str], text: Slice) -> Entry:
    return Entry(match[1].strip('"'), text.span(*match.span(1)), text.span(*match.span()), scalar(_given(text, *match.span(2))))


def _listed(match: re.Match[str], text: Slice) -> Entry:
    return Entry("", text.span(*match.span()), text.span(*match.span()), scalar(_given(text, *match.span())))


def _given(text: Slice, begin: int, end: int) -> Slice:
    """The value in text[begin:end], without quotes and a comment behind it."""
    string = _STRING.match(text.text, begin, end)
    if string is not None:
        inside = text.cut(*string.span(string.lastindex or 1))
        return decoders.json_string(inside) if string.lastindex == 1 else inside
    comment = _COMMENT.search(text.text, begin, end)
    if text.text[begin : begin + 1] in "#;" and begin < end:
        return text.cut(begin, begin)
    return text.cut(begin, comment.start() if comment is not None else end)
