"""PHP files as reach reads them: without comments, and with the parts known that are code."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

from linter.reach.scripts import Lines

_OPEN = re.compile(r"<\?(?:php\b|=|(?=\s))|<!--", re.IGNORECASE)
_TOKEN = re.compile(
    r"\?>|/\*.*?(?:\*/|\Z)|(?://|#(?!\[))(?:[^\n?]|\?(?!>))*+|'(?:[^'\\]|\\(?:.|\Z))*+(?:'|\Z)|\"(?:[^\"\\]|\\(?:.|\Z))*+(?:\"|\Z)"
    r"|<<<[ \t]*(['\"]?)([A-Za-z_]\w{0,60})\1[ \t]*\r?\n(?:.*?^[ \t]*+\2\b|.*)",
    re.DOTALL | re.MULTILINE,
)
_REMARK = re.compile(r"//|/\*|#|<<<")
_ECHOED = re.compile(r"<\?(?:php\s++(?:echo\b|print\b)?|=)([^?]{1,400}+)\?>", re.IGNORECASE)


def blank(text: str) -> str:
    """As many blanks, with the line ends of the text."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


class Php:
    """A file with PHP in it. `text` is the whole of it with the comments of PHP and HTML blanked, every character at its place.

    `pure` reads the whole text as PHP code, without `<?php`.
    """

    def __init__(self, text: str, *, pure: bool = False) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []
        if pure:
            self.text = "".join(self._code(text, 0))
        else:
            self.text = "".join(self._parts(text)) if "<?" in text or "<!--" in text else text
        self._lines: Lines | None = None

    def _parts(self, text: str) -> Iterator[str]:
        at = 0
        while match := _OPEN.search(text, at):
            yield text[at : match.start()]
            if match[0] == "<!--":
                end = text.find("-->", match.end())
                at = len(text) if end < 0 else end + 3
                yield blank(text[match.start() : at])
            else:
                yield from self._code(text, match.start())
                at = self._ends[-1]
        yield text[at:]

    def _code(self, text: str, begin: int) -> Iterator[str]:
        """The pieces of a PHP part up to and with its end, comments blanked."""
        self._begins.append(begin)
        end = text.find("?>", begin) + 2
        part = text[begin:end]
        if end >= 2 and not _REMARK.search(part) and part.count("'") % 2 == part.count('"') % 2 == 0:
            self._ends.append(end)
            yield part
            return
        end = len(text)
        for match in _TOKEN.finditer(text, begin + 2 if text.startswith("<?", begin) else begin):
            if match[0] == "?>":
                end = match.end()
                break
            if match[0][0] in "/#":
                yield text[begin : match.start()]
                yield blank(match[0])
                begin = match.end()
        yield text[begin:end]
        self._ends.append(end)

    @cached_property
    def code(self) -> str:
        """The PHP parts, with the markup around them blanked; its offsets are those of the text, but not its lines."""
        pieces: list[str] = []
        at = 0
        for begin, end in zip(self._begins, self._ends, strict=True):
            pieces += " " * (begin - at), self.text[begin:end]
            at = end
        return "".join(pieces)

    def in_code(self, offset: int) -> bool:
        """Whether an offset lies in PHP, not in the markup around it."""
        number = bisect_right(self._begins, offset) - 1
        return number >= 0 and offset < self._ends[number]

    def parts_with(self, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Where the PHP parts begin and end in which the offsets lie, each once."""
        for number in dict.fromkeys(bisect_right(self._begins, offset) - 1 for offset in offsets):
            if number >= 0:
                yield self._begins[number], self._ends[number]

    def line(self, offset: int) -> int:
        """The line of an offset, from 1 on."""
        if self._lines is None:
            self._lines = Lines(self.text)
        return self._lines.at(offset)


@lru_cache(maxsize=64)
def php_of(text: str) -> Php:
    """A file's text as PHP; that of the last few texts is kept."""
    return Php(text)


def with_echoes(text: str, value: Callable[[str], str]) -> str:
    """Markup in which every `<?php echo X ?>` is replaced by `value("X")`. Lines stay lines; columns do not.

    What is unknown (a NUL) and begins a text in quotes is taken for an address of the site.
    """

    def told(match: re.Match[str]) -> str:
        found = value(match[1].strip().rstrip(";")).replace("\n", " ")
        if "\0" in found and text[match.start() - 1 : match.start()] in "\"'":
            found = "/"
        if text.startswith("/", match.end()):
            found = found.rstrip("/")
        return found + "\n" * match[0].count("\n")

    return _ECHOED.sub(told, text) if "<?" in text else text
