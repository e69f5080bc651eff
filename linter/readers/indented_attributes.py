"""The attributes of Pug, Haml and Slim elements: `(a="b", c)`, `{a: "b", :c => "d"}`, ` a="b" c=d`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.evidence import Span
from linter.readers.brackets import Brackets
from linter.readers.embedded import values
from linter.reading import Reading
from linter.text import HOLE, Piece, Slice, join


class Attribute(NamedTuple):
    """An attribute as written: its name, and the code of its value; an empty value span says there is none."""

    name: Span
    value: Span


_PAIR = re.compile(r"[\s,]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s=!,\"'\[\]{}]+?))\s*(!?==?|(?=[\s,)\]}!]|\Z))[ \t]*")
_ENTRY = re.compile(r"[\s,]*(?::?\"([^\"\n]*)\"|:?'([^'\n]*)'|:?([\w@\-]+))\s*(=>|:)\s*")
_LOOSE = re.compile(r"[ \t]+(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w@:.\-]+))[ \t]*(==?)[ \t]*")
_PART = re.compile(r"\"(?:[^\"\\]|\\.){0,4000}+\"|'(?:[^'\\]|\\.){0,4000}+'|`(?:[^`\\]|\\.){0,4000}+`|[^\s,\"'`(\[{]+|[(\[{]", re.S)
_QUOTE = re.compile(r"[\"'`]")
_OPERATOR = re.compile(r"[+?:|&.<>=*%/-]|\|\||&&|or\b|and\b|if\b")


def pairs(text: str, begin: int, end: int, brackets: Brackets) -> Iterator[Attribute]:
    """`a="b", c=d e` in text[begin:end] (Pug, Haml's and Slim's wrapped attributes)."""
    return _attributes(text, begin, end, _PAIR, brackets, True)


def entries(text: str, begin: int, end: int, brackets: Brackets) -> Iterator[Attribute]:
    """`a: "b", :c => d` in text[begin:end] (Haml)."""
    return _attributes(text, begin, end, _ENTRY, brackets, True)


def loose(text: str, begin: int, end: int, brackets: Brackets) -> Iterator[Attribute]:
    """` a="b" c=d` from `begin` on (Slim); stops at the first thing that is no attribute."""
    return _attributes(text, begin, end, _LOOSE, brackets, False)


def _attributes(text: str, begin: int, end: int, pattern: re.Pattern[str], brackets: Brackets, spaced: bool) -> Iterator[Attribute]:
    at = begin
    while match := pattern.match(text, at, end):
        group = next(number for number in (1, 2, 3) if match[number] is not None)
        if not match[group]:
            return
        stop = _value_end(text, match.end(), end, brackets, spaced) if match[4] else match.end()
        yield Attribute(match.span(group), (match.end(), stop))
        if stop <= at:
            return
        at = stop


def _value_end(text: str, at: int, end: int, brackets: Brackets, spaced: bool) -> int:
    """Where the expression at `at` ends: at a comma, or at white space that no operator stands beside."""
    while at < end:
        part = _PART.match(text, at, end)
        if part:
            close = brackets.end(at) if part[0] in ("(", "[", "{") else part.end()
            at = min(close, end) if close > 0 else part.end()
            continue
        if text[at] == "," or not spaced or not text[at].isspace():
            return at
        following = at
        while following < end and text[following].isspace():
            following += 1
        before = text[at - 1] in "+?:|&=" and text[at - 2 : at - 1] not in ("'", '"')
        if following >= end or not (before or _OPERATOR.match(text, following, end)):
            return at
        at = following
    return at


def value_of(text: Slice, span: Span, reading: Reading) -> Slice:
    """What the expression text[span] gives: the text of a string, with holes for what is added, else one hole."""
    code = text.text[span[0] : span[1]].strip()
    if code in ("true", "false"):
        return text.cut(*span)
    found = values(text, *span)
    hole = text.derive([Piece(HOLE, *span)])
    if len(found) == 1 and code[:1] in ("'", '"', "`", "("):
        return join([found[0], _added(text, span, -1)]) if code[-1:] not in ("'", '"', "`", ")") else found[0]
    if len(found) == 1 and code[-1:] in ("'", '"', "`") and "+" in code:
        return join([_added(text, span, 0), found[0]])
    return next((value for value in found if reading.hits(value.text)), hole)


def _added(text: Slice, span: Span, number: int) -> Slice:
    """What stands before the first (0) or behind the last (-1) string of the expression text[span], as a hole."""
    added = _QUOTE.split(text.text[span[0] : span[1]])[number].strip(" \t\r\n+~.")
    begin = text.text.rindex(added, *span) if number else text.text.index(added, *span)
    return text.derive([Piece(HOLE, begin, begin + len(added)) if added else Piece(HOLE, *span)])
