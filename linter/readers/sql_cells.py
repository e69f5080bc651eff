"""The values of one row of a dump: between brackets and commas, or between tabs."""

import re
from typing import NamedTuple

from linter.readers.sql_syntax import Syntax

MAX_COLUMNS = 500
MAX_TOKENS = 20_000
"""Strings, brackets and commas of a row."""

_PREFIX = re.compile(r"(?:_\w{1,20}+|N|E|X|B)?\s{0,3}(?=['\"])", re.IGNORECASE)


class Cell(NamedTuple):
    """A value of a row: the inside of a string (`quote` is its quote), a field of a COPY block ("\\t"), or a bare word ("").

    `prefix` stands before the quote: `_binary`, `N`, `E`, `X`; in small letters.
    """

    begin: int
    end: int
    quote: str = ""
    prefix: str = ""


def split(text: str, begin: int, end: int, syntax: Syntax) -> tuple[int, tuple[Cell, ...]] | None:
    """Behind which character the brackets that open at `begin` close, and the values in them; None if they do not."""
    depth, at, first = 0, begin, begin + 1
    cells: list[Cell] = []
    for _ in range(MAX_TOKENS):
        match = syntax.token.match(text, at, end)
        if match is None:
            return None
        at = match.end()
        char = match[0]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                cells.append(_cell(text, first, at - 1))
                return at, tuple(cells)
        elif char == "," and depth == 1:
            cells.append(_cell(text, first, at - 1))
            first = at
    return None


def _cell(text: str, begin: int, end: int) -> Cell:
    while begin < end and text[begin] in " \t\r\n":
        begin += 1
    while begin < end and text[end - 1] in " \t\r\n":
        end -= 1
    prefix = _PREFIX.match(text, begin, end)
    if prefix is not None and end - prefix.end() >= 2 and text[end - 1] == text[prefix.end()]:
        return Cell(prefix.end() + 1, end - 1, text[end - 1], prefix[0].strip().lower())
    return Cell(begin, end)


def fields(text: str, begin: int, end: int) -> tuple[Cell, ...]:
    """The fields of a line of a COPY block; `\\N` is a bare word."""
    end -= text.endswith("\r", begin, end)
    cells = []
    for field in text[begin:end].split("\t", MAX_COLUMNS):
        cells.append(Cell(begin, begin + len(field), "" if field == "\\N" else "\t"))
        begin += len(field) + 1
    return tuple(cells)
