"""Finds what comments of a file say to the linter. Only files in which `pixellint:` stands are looked at.

One pass over the text, from mark to mark of its languages (`linter.suppression_languages`): what stands in a string is no
comment. A language within another (a script in a page, PHP, a hole of a template literal) is followed to its end.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.languages import named_language
from linter.suppression_grammar import MARK, Said, sayings
from linter.suppression_languages import language_name, tongue
from linter.text import NotText, Place, Source

MAX_DEPTH = 40
"""Languages within languages; what lies deeper is not looked at."""
MAX_DIRECTIVES = 2000
"""Of one file; what stands behind them is not looked at."""
_SHOWN = 400
_WIDE = tuple(MARK.encode(name) for name in ("utf-16-le", "utf-16-be"))
_NO_SCRIPT = re.compile(r"(?i)\btype\s{0,9}=\s{0,9}[\"']?[^\"'>]{0,80}(?:json|html|template|handlebars|mustache|x-tmpl)")


class Directive(NamedTuple):
    """What a comment of a file says, where that stands, and which lines it is about (`first` to `last`; 0, 0: none).

    `text` is as written; `line` the source line, or a part of it from column `line_from` on.
    """

    path: str
    start: Place
    end: Place
    said: Said
    first: int
    last: int
    text: str
    line: str
    line_from: int = 1


class Comment(NamedTuple):
    """A comment: [begin, end) with its marks, [inner, stop) without."""

    begin: int
    end: int
    inner: int
    stop: int


def may_speak(data: bytes) -> bool:
    """Whether bytes hold what every directive begins with."""
    if b"\0" not in data[:4096]:
        return MARK.encode() in data
    return any(mark in data for mark in _WIDE) or MARK.encode() in data


def told(path: str, data: bytes) -> tuple[Directive, ...]:
    """As `directives`, of any file."""
    return directives(path, data) if may_speak(data) else ()


def directives(path: str, data: bytes) -> tuple[Directive, ...]:
    """What the comments of a file say, in their order; unclosed blocks and stray ends are told as wrong. Never raises."""
    try:
        source = Source(path, data)
    except NotText:
        return ()
    found: list[Directive] = []
    alone: dict[int, int] = {}
    for comment in comments(path, source.text):
        inner = source.text[comment.inner : comment.stop]
        for begin, end, said in sayings(inner) if MARK in inner else ():
            if len(found) == MAX_DIRECTIVES:
                return _settled(found, alone)
            row = _directive(source, comment.inner + begin, comment.inner + end, said)
            first, behind = source.place(comment.begin), source.line_number(max(comment.end - 1, comment.begin)) + 1
            if not source.text[comment.begin - first.column + 1 : comment.begin].strip(" \t{"):
                alone[first.line] = behind
            found.append(row._replace(last=behind) if said.verb == "ignore-next-line" else row)
    return _settled(found, alone)


def _directive(source: Source, begin: int, end: int, said: Said) -> Directive:
    start = source.place(begin)
    line, line_from = source.line(start.line), 1
    if len(line) > 2 * _SHOWN:
        line_from = max(1, start.column - _SHOWN // 2)
        line = line[line_from - 1 : line_from - 1 + 2 * _SHOWN]
    return Directive(source.path, start, source.place(end), said, start.line, start.line, source.text[begin:end], line, line_from)


def _settled(found: list[Directive], alone: dict[int, int]) -> tuple[Directive, ...]:
    """The directives with their lines: of `ignore-next-line` the line behind its comment and behind further such comments that
    stand alone on theirs, of blocks all lines to the end that names the same rules, or none."""
    out = list(found)
    open_blocks: list[int] = []
    for number, row in enumerate(found):
        if row.said.wrong:
            out[number] = row._replace(first=0, last=0)
        elif row.said.verb == "ignore-next-line":
            line = row.last
            while line in alone:
                line = alone[line]
            out[number] = row._replace(first=line, last=line)
        elif row.said.verb == "ignore-start":
            open_blocks.append(number)
        elif row.said.verb == "ignore-end":
            start = _start_of(row, open_blocks, found)
            if start is None:
                out[number] = _wrong(row, "no open ignore-start stands before it")
            else:
                open_blocks.remove(start)
                out[start] = found[start]._replace(last=row.start.line)
    for number in open_blocks:
        out[number] = _wrong(found[number], "no ignore-end of it follows")
    return tuple(row for row in out if row.said.verb != "ignore-end" or row.said.wrong)


def _start_of(end: Directive, open_blocks: list[int], found: list[Directive]) -> int | None:
    """The last open block with the rules of an end; the last of all where the end names none."""
    wanted = set(end.said.rules)
    return next((number for number in reversed(open_blocks) if not wanted or set(found[number].said.rules) == wanted), None)


def _wrong(row: Directive, why: str) -> Directive:
    return row._replace(said=row.said._replace(wrong=why), first=0, last=0)


def comments(path: str, text: str) -> Iterator[Comment]:
    """The comments of a file, in their order."""
    name = language_name(named_language(path, text), text)
    if name:
        yield from _Finder(text).walk(name, 0, len(text), 0)


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.exhausted: set[tuple[str, int, int]] = set()
        """Marks whose close stands nowhere behind, before a limit: looked for once, so that the whole stays linear."""
        self.at = 0

    def walk(self, name: str, begin: int, limit: int, depth: int) -> Iterator[Comment]:
        """The comments of [begin, limit), written in the language `name`; `self.at` is then where the language ended."""
        spoken = tongue(name)
        at = begin
        while match := spoken.opens.search(self.text, at, limit):
            number = int((match.lastgroup or "m0")[1:])
            mark, close = spoken.marks[number], spoken.closes[number]
            at = max(match.end(), match.start() + 1)
            if mark.role == "end":
                self.at = at
                return
            if close is None:
                if mark.role != "text" and depth < MAX_DEPTH:
                    yield from self.walk(self._within(mark.role, name), at, limit, depth + 1)
                    at = self.at
                continue
            stop = self._close(name, number, close, match.end(), limit)
            if stop is None:
                continue
            if mark.role == "comment":
                yield Comment(match.start(), stop[1], match.end(), stop[0])
            elif mark.role != "text" and depth < MAX_DEPTH:
                yield from self.walk(self._inner(mark.role, name, match[0]), match.end(), stop[0], depth + 1)
            at = max(stop[1], at)
        self.at = limit

    def _close(self, name: str, number: int, close: re.Pattern[str], at: int, limit: int) -> tuple[int, int] | None:
        if (name, number, limit) in self.exhausted:
            return None
        found = close.search(self.text, at, limit)
        if found is None:
            self.exhausted.add((name, number, limit))
            return None
        return found.span()

    def _inner(self, role: str, name: str, opening: str) -> str:
        if role == "script":
            role = "markup" if _NO_SCRIPT.search(opening) else "js"
        return self._within(role, name)

    def _within(self, role: str, name: str) -> str:
        """A language within another keeps the comments of the template language around both."""
        dialect = name.partition(":")[2]
        return f"{role}:{dialect}" if dialect and not dialect.startswith("component-") and role != "php" else role


__all__ = ["Comment", "Directive", "comments", "directives", "may_speak"]
