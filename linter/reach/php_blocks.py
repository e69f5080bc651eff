"""Blocks of PHP code: what stands under a condition, and the bodies of functions."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"'(?:[^'\\]|\\(?:.|\Z))*+(?:'|\Z)|\"(?:[^\"\\]|\\(?:.|\Z))*+(?:\"|\Z)|[{}(;]|\)(?:[ \t]{0,8}:(?!:))?"
    r"|\b(?:else[ \t]{0,8}if|else(?=[ \t]{0,8}:)|if|function|endif)\b"
    r"|<<<[ \t]*(['\"]?)([a-z_]\w{0,60})\1[ \t]*\r?\n(?:.*?^[ \t]*+\2\b|.*)",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
MAX_BLOCKS = 2000
"""Blocks of one file that are looked at."""
MAX_HEAD = 400


class Block(NamedTuple):
    """What stands between `begin` and `end`, and the head before it: `if (is_page('contact'))`, `function view($name)`."""

    begin: int
    end: int
    head: str


class _Open(NamedTuple):
    begin: int
    head: str
    colon: bool


def blocks_of(code: str) -> list[Block]:
    """The blocks of `if`, `else if` and `function` in code without comments; unclosed ones end with the code."""
    finder = _Finder(code)
    for match in _TOKEN.finditer(code):
        finder.take(match[0].lower(), match.start(), match.end())
        if len(finder.found) + len(finder.waiting) > MAX_BLOCKS:
            break
    while finder.waiting:
        finder.close(len(code))
    return finder.found


class _Finder:
    def __init__(self, code: str) -> None:
        self.found: list[Block] = []
        self.waiting: list[_Open] = []
        self._code = code
        self._head, self._depth, self._ready = -1, 0, ""

    def take(self, token: str, begin: int, end: int) -> None:
        if token[0] in "eif":
            self._word(token, begin, end)
        elif token == "(":
            self._depth += 1
        elif token[0] == ")":
            self._depth -= 1
            self._ready = self._code[self._head : end].rstrip(": \t")[:MAX_HEAD] if self._head >= 0 and self._depth <= 0 else ""
            if token[-1] == ":" and self._ready[:2].lower() in ("if", "el"):
                self._open(end, colon=True)
        elif token == "{":
            self._open(end, colon=False)
        elif token == "}" and self.waiting:
            self.close(begin)
        elif token == ";" and self._depth <= 0:
            self._head, self._ready = -1, ""

    def _word(self, token: str, begin: int, end: int) -> None:
        if token[0] == "e" and self.waiting and self.waiting[-1].colon:
            self.close(begin)
            if token == "else":
                self._open(end, colon=True)
        self._head, self._depth, self._ready = begin if token[-2:] != "se" else -1, 0, ""

    def _open(self, begin: int, *, colon: bool) -> None:
        self.waiting.append(_Open(begin, self._ready, colon))
        self._head, self._ready = -1, ""

    def close(self, end: int) -> None:
        block = self.waiting.pop()
        if block.head:
            self.found.append(Block(block.begin, end, block.head))
        self._head, self._ready = -1, ""


def around(blocks: Sequence[Block], offset: int) -> list[str]:
    """The heads of the blocks around an offset, in no particular order."""
    return [block.head for block in blocks if block.begin <= offset < block.end]
