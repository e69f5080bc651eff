"""PHP's own first look at a file: where its code stands in the markup, and where strings and comments stand in the code."""

import re
from typing import Literal, NamedTuple

Kind = Literal["single", "double", "heredoc", "nowdoc", "command", "line", "block"]

COMMENTS: frozenset[Kind] = frozenset({"line", "block"})

_OPEN = re.compile(r"<\?(?:php(?=\s|\Z)|=|(?!xml\b|php\w))", re.IGNORECASE)
_STOP = re.compile(r"\?>|//|#(?!\[)|/\*|<<<|['\"`]")
_LINE_END = re.compile(r"\r\n?|\n|\?>")
_HEREDOC = re.compile(r"<<<[ \t]*([\"']?)([A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*)\1[ \t]*(\r\n?|\n)")
_BRACES = re.compile(r"[{}]|\\.|'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\"", re.DOTALL)
_ENDS = {
    "single": re.compile(r"(?:\\.)++|'", re.DOTALL),
    "double": re.compile(r"(?:\\.)++|\{(?=\$)|\"", re.DOTALL),
    "command": re.compile(r"(?:\\.)++|`", re.DOTALL),
}
_NEAR = 1000
_QUOTES: dict[str, Kind] = {"'": "single", '"': "double", "`": "command"}


MAX_PIECES = 400_000
"""Regions, strings and comments of one file that are looked at."""


class Lexeme(NamedTuple):
    """A string or comment: text[begin:end] with its delimiters, text[inner:stop] without."""

    kind: Kind
    begin: int
    end: int
    inner: int
    stop: int


class Region(NamedTuple):
    """A span of PHP, from its opening to its closing tag; its code is text[code:stop]. `echo`: it opens with `<?=`."""

    begin: int
    end: int
    code: int
    stop: int
    echo: bool


def split(text: str) -> tuple[list[Region], list[Lexeme]]:
    """The PHP regions of a file and the strings and comments in them, both in order. Linear time."""
    scanner = _Scanner(text)
    regions: list[Region] = []
    at = 0
    while True:
        opening = _OPEN.search(text, at)
        if opening is None or scanner.is_full(len(regions)):
            return regions, scanner.lexemes
        stop, end = scanner.code(opening.end())
        regions.append(Region(opening.start(), end, opening.end(), stop, opening[0].endswith("=")))
        at = end


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes: list[Lexeme] = []
        self._patience = len(text) + 100_000

    def is_full(self, others: int = 0) -> bool:
        """Whether so many strings, comments and other pieces were found that no more are looked for."""
        return len(self.lexemes) + others >= MAX_PIECES

    def code(self, at: int) -> tuple[int, int]:
        """Reads code from `at`; gives where it stops and where its closing tag ends."""
        text = self.text
        while True:
            match = _STOP.search(text, at)
            if match is None or self.is_full():
                return len(text), len(text)
            if match[0] == "?>":
                return match.start(), match.end()
            lexeme = self._lexeme(match.start(), match[0])
            if lexeme is None:
                at = match.end()
                continue
            self.lexemes.append(lexeme)
            at = lexeme.end

    def _lexeme(self, begin: int, mark: str) -> Lexeme | None:
        text = self.text
        if mark in _QUOTES:
            stop = self._string_end(begin + 1, _QUOTES[mark])
            return Lexeme(_QUOTES[mark], begin, min(stop + 1, len(text)), begin + 1, stop)
        if mark == "/*":
            stop = text.find("*/", begin + 2)
            stop = len(text) if stop < 0 else stop
            return Lexeme("block", begin, min(stop + 2, len(text)), begin + 2, stop)
        if mark == "<<<":
            return _heredoc(text, begin)
        line = _LINE_END.search(text, begin)
        stop = line.start() if line else len(text)
        return Lexeme("line", begin, stop, begin + len(mark), stop)

    def _string_end(self, at: int, kind: str) -> int:
        """Where the string's closing quote stands, or the end of the text."""
        pattern = _ENDS[kind]
        while True:
            match = pattern.search(self.text, at)
            if match is None:
                return len(self.text)
            if match[0] == "{":
                at = self._interpolation_end(match.start())
            elif match[0][0] == "\\":
                at = match.end()
            else:
                return match.start()

    def _interpolation_end(self, begin: int) -> int:
        """Behind the `}` that closes `{$...` at `begin`; behind its `{` where that is not near, or too many were not."""
        depth = 0
        if self._patience > 0:
            for match in _BRACES.finditer(self.text, begin, begin + _NEAR):
                depth += {"{": 1, "}": -1}.get(match[0], 0)
                if depth == 0:
                    return match.end()
            self._patience -= _NEAR
        return begin + 1


def _heredoc(text: str, begin: int) -> Lexeme | None:
    opening = _HEREDOC.match(text, begin)
    if opening is None:
        return None
    closing = re.compile(r"^[ \t]*" + re.escape(opening[2]) + r"(?!\w)", re.MULTILINE).search(text, opening.end())
    if closing is None:
        stop = end = len(text)
    else:
        end = closing.end()
        stop = max(closing.start() - 1, opening.end())
        if stop > opening.end() and text[stop - 1 : stop + 1] == "\r\n":
            stop -= 1
    return Lexeme("nowdoc" if opening[1] == "'" else "heredoc", begin, end, opening.end(), stop)
