"""TYPO3's TypoScript: lines of `path = value` and `path ( ... )` blocks, whose values are parts of a page.

Written after the TypoScript reference (syntax: operators, comments, blocks): `=` assigns to the end of the line, `(` to the
line with `)`, `{` nests a path, `#` and `//` comment a line out, `/* */` a block; `{$name}` is a constant.
"""

import re

from linter.evidence import Span, UrlRole
from linter.reading import Frame, Reading, first_lines, url_evidence
from linter.text import HOLE, Slice

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ASSIGN = re.compile(r"\s*+(#|//)?+[\s#/]*+([\w.\-\\\[\]:]+)\s*(=<|[=({<>]|:=)")
_CONSTANT = re.compile(r"\{\$?[\w.:\-]+\}")
_SCRIPT_PATH = re.compile(r"(?:^|\.)js(?:Footer)?Inline(?:\.|$)", re.IGNORECASE)
_FILE_PATH = re.compile(r"(?:^|\.)include(JS|CSS)\w*\.", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:https?:)?//\S+\s*$")


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a TypoScript file; commented-out lines and blocks are dormant."""
    _Script(first_lines(text, reading), frame, reading).read()


class _Script:
    """The reading of one TypoScript text."""

    def __init__(self, text: Slice, frame: Frame, reading: Reading) -> None:
        self._text = text
        self._frame = frame
        self._reading = reading
        self._paths: list[str] = []
        self._block: tuple[int, str, bool] | None = None
        self._commented = False

    def read(self) -> None:
        """Goes through the lines; `_block` is an open `( ... )`: where its value begins, its path, whether it is commented out."""
        for match in _LINE.finditer(self._text.text):
            if self._block:
                self._in_block(match)
            elif self._commented or match[0].lstrip().startswith("/*"):
                self._commented = "*/" not in match[0]
                self._value(match.span(), "", True)
            else:
                self._line(match)
        if self._block:
            self._value((self._block[0], len(self._text)), self._block[1], self._block[2])

    def _in_block(self, line: re.Match[str]) -> None:
        assert self._block is not None
        begin, path, dormant = self._block
        if line[0].lstrip(" \t#/").startswith(")"):
            self._value((begin, line.start()), path, dormant)
            self._block = None

    def _line(self, line: re.Match[str]) -> None:
        if line[0].strip() == "}":
            del self._paths[-1:]
            return
        match = _ASSIGN.match(self._text.text, line.start(), line.end())
        if match is None:
            return
        dormant, name, operator = match[1] is not None, match[2], match[3]
        path = ".".join([*self._paths[-12:], name])
        if operator == "{" and not dormant:
            self._paths.append(name)
        elif operator == "(":
            self._block = (match.end(), path, dormant)
        elif operator in ("=", ":="):
            self._value((match.end(), line.end()), path, dormant)

    def _value(self, span: Span, path: str, dormant: bool) -> None:
        value = self._text.cut(*span)
        if not self._reading.hits(value.text):
            return
        value = value.mask([(*match.span(), HOLE) for match in _CONSTANT.finditer(value.text) if "$" in match[0]])
        frame = self._frame.dormant() if dormant else self._frame
        frame = frame._replace(block=self._text.span(*span))
        file_path = _FILE_PATH.search(path)
        if _ADDRESS.match(value.text) or (file_path and "<" not in value.text):
            role: UrlRole = "code" if not file_path else "script" if file_path[1].lower() == "js" else "style"
            self._reading.emit(url_evidence(value, role, frame))
        else:
            script = _SCRIPT_PATH.search(path) and not value.text.lstrip().startswith("<")
            self._reading.read(value, "javascript" if script else "html", frame)
