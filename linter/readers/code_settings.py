"""Settings in Python, Ruby, C#, Java, shell and the like: names that are set to a plain value, told by lines."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from linter.evidence import Span
from linter.readers.code_scan import Lexeme
from linter.readers.settings import holds_settings, tell
from linter.readers.settings_objects import Entry
from linter.readers.settings_values import MIN_VALUE, scalar
from linter.reading import Frame, Reading
from linter.text import Slice

MAX_LINES = 25
"""Lines below a name with a hit that are looked at."""
MAX_UP = 60
"""Lines above an entry in which the names around it are looked for."""
MAX_LINE = 2000

_NAME = r"(?P<own>[A-Za-z_@:$][\w.\-@]{0,80}?)"
_VALUE = r"(?P<value>[urbf]?\"(?:\\.|[^\"\\\r\n])*+\"|'(?:\\.|[^'\\\r\n])*+'|\d{1,24}(?![\w.])|[Tt]rue\b|[Ff]alse\b|None\b|nil\b)"
_BETWEEN = (
    r"[\"'\]]{0,2}\s{0,20}(?::\s{0,4}[A-Za-z][\w\[\], .]{0,40}(?=\s{0,4}=))?\s{0,4}(?:=>|:=|=(?![=>~])|:(?!:)|,(?=\s{0,4}[\"'\d]))\s{0,20}"
)
_OUTSIDE = re.compile(
    r"(?:environ\.get|getenv|ENV\.fetch|\benv(?:\.\w+)?|\bconfig(?:\.get)?|get_env|Getenv|getOrDefault|getProperty|GetValue<\w+>)\s{0,4}"
    r"[\[(]\s{0,20}[\"']\Z"
)
_SET = re.compile(_BETWEEN + _VALUE)
_PAIR = re.compile(r"[\"':@\[]{0,2}" + _NAME + _BETWEEN + _VALUE)
_SHELL = re.compile(r"=(?P<value>\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\s\"'`;&|]*)")
_HASH = re.compile(r"\s{0,4},\s{0,4}\{?\s{0,4}[:\"']?(?P<own>[a-z_]\w{0,40})[\"']?\s{0,4}(?:=>|:)\s{0,4}" + _VALUE)
_OPENS = re.compile(r"(?:[{(\[]|\bdo(?:\s*\|[^|]*\|)?|:)\s*(?:#.*|//.*)?\Z")
_OPENING_NAME = re.compile(
    r"[:\"'@]?([A-Za-z_][\w.\-]{0,80})[\"'\]]{0,2}\s{0,9}(?:=>|=|:|\(|,|\{|\[|do\b)[^\w]*(?:\|\w+\|)?\s*(?:(?:dict|new|Map|Dictionary)\b.*)?\Z"
)
_WORD = re.compile(r"[\w\-]")


def read(text: Slice, lexemes: Sequence[Lexeme], dialect: str, frame: Frame, reading: Reading) -> None:
    """Emits the settings at the hits of code; what stands in comments is none."""
    if holds_settings(reading.source.path):
        _Lines(text, lexemes, dialect, frame, reading).read()


class _Lines:
    def __init__(self, text: Slice, lexemes: Sequence[Lexeme], dialect: str, frame: Frame, reading: Reading) -> None:
        self.text = text
        self.code = text.text
        self.shell = dialect == "shell"
        self.frame = frame
        self.reading = reading
        self._comments = [(one.begin, one.end) for one in lexemes if one.decode is None]
        self._starts = [begin for begin, _ in self._comments]
        self._told: set[int] = set()

    def read(self) -> None:
        for hit in self.reading.hits(self.code):
            if self._commented(hit[0]) or not self.reading.effort(200, "settings"):
                continue
            begin, end = self._word(hit)
            if self.shell:
                self._shell(begin, end)
            elif not self._own(begin, end):
                self._below(begin, end)

    def _commented(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at < self._comments[number][1]

    def _word(self, hit: Span) -> Span:
        """The whole name that a hit stands in."""
        begin, end = hit
        while begin > 0 and hit[0] - begin < 80 and _WORD.match(self.code, begin - 1):
            begin -= 1
        while end < len(self.code) and end - hit[1] < 80 and _WORD.match(self.code, end):
            end += 1
        return begin, end

    def _line(self, at: int) -> Span:
        begin = max(self.code.rfind("\n", 0, at) + 1, at - MAX_LINE)
        end = self.code.find("\n", at)
        return begin, min(end if end >= 0 else len(self.code), at + MAX_LINE)

    def _tell(self, keys: tuple[str, ...], name: Span, value: Span) -> None:
        """Emits a value; of one in quotes what stands between them. What is empty is none in code."""
        begin, end = value
        if begin in self._told:
            return
        self._told.add(begin)
        block = self.text.span(name[0], end)
        if self.code[begin : begin + 1] in "urbf" and self.code[begin + 1 : begin + 2] in "\"'":
            begin += 1
        if self.code[begin : begin + 1] in ('"', "'"):
            begin, end = begin + 1, end - 1
        inside = self.text.cut(begin, end)
        if len(inside.text.strip()) >= MIN_VALUE and inside.text.lower() not in ("none", "nil", "true", "false"):
            tell(keys, Entry(keys[-1], self.text.span(*name), block, scalar(inside)), self.frame, self.reading)

    def _shell(self, begin: int, end: int) -> None:
        """`NAME=value`; a value with a hit, where the name has none, is looked at too."""
        line = self._line(begin)
        match = _SHELL.match(self.code, end, line[1])
        if match is not None and match["value"]:
            self._tell((self.code[begin:end],), (begin, end), match.span("value"))

    def _own(self, begin: int, end: int) -> bool:
        """A name with a hit that is set to a plain value on its line, or whose default from outside is; or a plain value with a hit."""
        line = self._line(begin)
        match = _SET.match(self.code, end, line[1])
        if match is not None:
            outside = self.code[match.start() : match.start("value")].strip("\"' ]") == ","
            if outside and _OUTSIDE.search(self.code, max(begin - 60, 0), begin) is None:
                return False
            keys = (self.code[begin:end],) if outside else (*self._around(begin), self.code[begin:end])
            self._tell(keys, (begin, end), match.span("value"))
            return True
        given = _HASH.match(self.code, end, line[1])
        if given is not None:
            self._tell((self.code[begin:end], given["own"]), given.span("own"), given.span("value"))
            return True
        if not self.reading.effort(line[1] - line[0], "settings"):
            return True
        pair = next((one for one in _PAIR.finditer(self.code, *line) if one.start("value") <= begin < one.end("value")), None)
        if pair is not None:
            self._tell((*self._around(pair.start()), pair["own"].lstrip(":@$")), pair.span("own"), pair.span("value"))
        return pair is not None

    def _below(self, begin: int, end: int) -> None:
        """A name with a hit that opens a block (`facebook_pixel = {`, `activate :pixel do |f|`): what is set in it."""
        first, last = self._line(begin)
        if not _OPENS.search(self.code, max(end - 1, first), last) or self.code[end:last].count('"') > 1:
            return
        indent = _indent(self.code, first, last)
        for begin_line, end_line in self._following(last):
            if not self.code[begin_line:end_line].strip():
                continue
            if _indent(self.code, begin_line, end_line) <= indent:
                return
            pair = _PAIR.search(self.code, begin_line, end_line)
            if pair is not None and not self._commented(pair.start("own")):
                own = pair["own"].rpartition(".")[2].lstrip(":@$")
                self._tell((self.code[begin:end], own), pair.span("own"), pair.span("value"))

    def _following(self, at: int) -> Iterator[Span]:
        for _ in range(MAX_LINES):
            if at >= len(self.code):
                return
            line = self._line(at + 1)
            yield line
            at = line[1]

    def _around(self, at: int) -> tuple[str, ...]:
        """The names of the blocks around a line, by its indentation; at most three."""
        keys: list[str] = []
        first, last = self._line(at)
        indent = _indent(self.code, first, last)
        for _ in range(MAX_UP):
            if first == 0 or indent == 0 or len(keys) == 3:
                break
            first, last = self._line(first - 1)
            own = _indent(self.code, first, last)
            if not self.code[first:last].strip() or own >= indent:
                continue
            indent = own
            name = _OPENING_NAME.search(self.code[first:last])
            if name is None:
                break
            keys.insert(0, name[1])
        return tuple(keys)


def _indent(code: str, begin: int, end: int) -> int:
    line = code[begin:end]
    return len(line) - len(line.lstrip())
