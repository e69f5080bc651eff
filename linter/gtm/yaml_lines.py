"""The lines of a YAML document: which content comes next, and how deep it stands."""

import re

from linter.gtm.nodes import Broken

_EMPTY = re.compile(r"[ \t]*+(?:#[^\r\n]*+)?(?:\r\n?|\n|\Z)")
_BLANK = re.compile(r"[ \t]*+")
_LINE_END = re.compile(r"\r\n?|\n|\Z")
_MARKER = re.compile(r"(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")


class Lines:
    """A place in the text that goes from one content to the next. Every break but the first is forgotten."""

    __slots__ = ("at", "broken", "code", "indent", "last", "line")

    def __init__(self, code: str) -> None:
        self.code = code
        self.at = self.line = int(code.startswith("\ufeff"))
        """What is read next, and where its line begins."""
        self.indent = -1
        """The column of the content that is read next; -1 at the end of a document."""
        self.last = 0
        """Where the content read so far ends."""
        self.broken: Broken | None = None

    def begin_document(self) -> None:
        """Passes over directives and the marker of a document."""
        self.broken = None
        self.next_line(marked=True)
        while self.indent == 0 and self.code.startswith("%", self.at):
            self.skip_line(marked=True)
        if self.indent == 0 and self.at_marker():
            self.at = self.behind_blanks(self.at + 3)
            self.indent = self.at - self.line

    def at_marker(self) -> bool:
        """Whether the marker of a document stands here."""
        return _MARKER.match(self.code, self.at) is not None

    def at_line_end(self) -> bool:
        """Whether nothing but blanks and a comment stand here."""
        return _EMPTY.match(self.code, self.at) is not None

    def note_break(self, at: int, why: str) -> None:
        """Keeps the first break."""
        self.broken = self.broken or Broken(at, why)

    def behind_blanks(self, at: int) -> int:
        """The offset of what is no blank, in the same line."""
        match = _BLANK.match(self.code, at)
        return match.end() if match else at

    def next_line(self, *, marked: bool = False) -> None:
        """From the start of a line to the next content; a marker ends the document, unless it is `marked` that one may come."""
        while self.at < len(self.code) and (match := _EMPTY.match(self.code, self.at)) is not None:
            self.at = match.end()
        self.line = self.at
        if self.at >= len(self.code) or (not marked and self.at_marker()):
            self.indent = -1
            return
        self.at = self.behind_blanks(self.at)
        self.indent = self.at - self.line

    def skip_line(self, *, marked: bool = False) -> None:
        """Goes on to the content of further lines."""
        match = _LINE_END.search(self.code, self.at)
        self.at = match.end() if match else len(self.code)
        self.next_line(marked=marked)

    def finish_line(self, end: int) -> None:
        """A value ended at `end`: goes on to the next content."""
        self.at = self.last = end
        if not self.at_line_end():
            self.note_break(end, "more text stands behind a value")
        self.skip_line()

    def pass_over(self, indent: int) -> None:
        """Passes over lines deeper than `indent`, where none may stand."""
        while self.indent > indent:
            self.note_break(self.at, "the line is not indented like those before it")
            self.skip_line()
