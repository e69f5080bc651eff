"""Pug, Haml and Slim: pages written as indented lines, rewritten into HTML whose characters lead back to the source.

Only what a page loads and runs has to survive the rewriting: elements with their attributes, text, script blocks, and the
ends of elements that change what is inside them. Code lines (conditions, loops, includes) vanish and leave their children where they are.
"""

import re
from bisect import bisect_right
from collections.abc import Callable

from linter.evidence import Span
from linter.readers.brackets import Brackets
from linter.readers.embedded import read_strings, role_of
from linter.readers.indented_attributes import Attribute, entries, loose, pairs, value_of
from linter.readers.indented_output import Rewritten
from linter.readers.indented_syntax import CLOSED, LINE, SCRIPTS, SYNTAXES, TEXTS, Line
from linter.readers.masks import Filler
from linter.reading import Frame, Reading, first_lines
from linter.text import Slice

_NEVER = re.compile(r"-?[ \t]*(?:if[ \t]*+\(?+[ \t]*+(?:false|nil|0)|unless[ \t]+true)\b[ \t)]*$")
_CONDITION = re.compile(r"-?[ \t]*(?:if|unless|elsif|else|case|when|while)\b")
_SUFFIX = re.compile(r"[<>/']*(!=|==|&=|=|\.(?=[ \t]*\r?$)|:[ \t]+)?", re.M)
_SERVER_LINE = re.compile(r"^[ \t]*+(?:(?:-|!?==?)[ \t][^\n]*)$", re.M)
_PIPE = re.compile(r"^[ \t]*\|", re.M)
_MAX_DEPTH = 6
MAX_LINES = 20_000
"""Lines of a page; each is rewritten in several pieces."""
PAGE_COST = 1500
"""What reading a comment of its own costs, in units of `Reading.effort`."""


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a Pug, Haml or Slim text (`frame.dialect`: "pug", "haml", "slim")."""
    Page(first_lines(text, reading, MAX_LINES), frame, reading, 0).read()


class Page:
    """The rewriting of one text into HTML."""

    def __init__(self, text: Slice, frame: Frame, reading: Reading, depth: int) -> None:
        self._slice = text
        self._text = text.text
        self._frame = frame
        self._reading = reading
        self._depth = depth
        self._syntax = SYNTAXES.get(frame.dialect, SYNTAXES["pug"])
        self._brackets = Brackets(text.text)
        self._lines = [Line(m.start(2), m.start(2) + len(m[2].rstrip("\r")), len(m[1])) for m in LINE.finditer(text.text)]
        self._begins = [line.begin for line in self._lines]
        self._open: list[tuple[int, str]] = []
        self._out = Rewritten(text)

    def read(self) -> None:
        """Rewrites all lines and reads the result."""
        number = 0
        while number < len(self._lines):
            line = self._lines[number]
            self._close(line.indent, line.begin)
            number = max(self._line(number, line), number + 1)
        self._close(-1, len(self._text))
        whole = self._out.whole()
        if whole is not None:
            self._reading.read(whole, "html", self._frame)

    # -- lines

    def _line(self, number: int, line: Line) -> int:
        """Rewrites a line with what belongs to it; returns the number of the next."""
        steps: tuple[tuple[re.Pattern[str], Callable[[int, Line, re.Match[str]], int]], ...] = (
            (_NEVER, self._never),
            (self._syntax.comment, self._comment),
            (self._syntax.engine, self._engine),
            (self._syntax.code, self._code),
            (self._syntax.output, self._output),
            (self._syntax.raw, self._raw),
        )
        for pattern, step in steps:
            match = pattern.match(self._text, line.begin, line.end)
            if match:
                return step(number, line, match)
        return self._element(number, line.begin, line.indent)

    def _block_end(self, number: int, indent: int) -> int:
        """The number of the first line from `number` on that is not indented deeper than `indent`."""
        while number < len(self._lines) and self._lines[number].indent > indent:
            number += 1
        return number

    def _span(self, first: int, last: int) -> Span:
        """The text of lines [first, last) with the indentation of the first."""
        if first >= last:
            return (self._lines[first - 1].end,) * 2
        return self._lines[first].begin - self._lines[first].indent, self._lines[last - 1].end

    def _dormant(self, begin: int, end: int) -> None:
        inside = self._slice.cut(begin, end)
        if self._depth < _MAX_DEPTH and self._reading.hits(inside.text) and self._reading.effort(PAGE_COST + len(inside), "pages"):
            Page(inside, self._frame.dormant(), self._reading, self._depth + 1).read()

    def _never(self, number: int, line: Line, match: re.Match[str]) -> int:
        last = self._block_end(number + 1, line.indent)
        self._dormant(*self._span(number + 1, last))
        return last

    def _comment(self, number: int, line: Line, match: re.Match[str]) -> int:
        last = self._block_end(number + 1, line.indent)
        self._dormant(match.end() + (self._text[match.end() : match.end() + 1] == " "), self._lines[last - 1].end)
        return last

    def _engine(self, number: int, line: Line, match: re.Match[str]) -> int:
        last = self._block_end(number + 1, line.indent)
        begin, end = self._span(number + 1, last)
        if match[1] in SCRIPTS:
            self._out.put("<script>", line.begin)
            self._out.keep(begin, end)
            self._out.put("</script>", end)
        elif match[1] in TEXTS:
            self._out.keep(begin, end)
        elif match[1] not in ("css", "scss", "sass", "less", "stylus", "ruby", "escaped"):
            return self._element(number, line.begin, line.indent) if self._frame.dialect == "slim" else last
        return last

    def _code(self, number: int, line: Line, match: re.Match[str]) -> int:
        if not _CONDITION.match(self._text, line.begin, line.end):
            read_strings(self._slice, (match.end(), line.end), "code", self._frame, self._reading)
        return number + 1

    def _output(self, number: int, line: Line, match: re.Match[str]) -> int:
        end = line.end
        while self._text[end - 1] in ",\\" and number + 1 < len(self._lines):
            number += 1
            end = self._lines[number].end
        self._strings(match.end(), end)
        return number + 1

    def _strings(self, begin: int, end: int) -> None:
        read_strings(self._slice, (begin, end), role_of(self._text[begin:end]), self._frame, self._reading)

    def _raw(self, number: int, line: Line, match: re.Match[str]) -> int:
        last = number + 1
        if self._frame.dialect == "slim" and match[0][:1] in ("|", "'"):
            last = self._block_end(last, line.indent)
        self._out.keep(match.end(), self._lines[last - 1].end)
        self._out.put("\n", self._lines[last - 1].end)
        return last

    # -- elements

    def _element(self, number: int, begin: int, indent: int) -> int:
        line = self._lines[number]
        match = self._syntax.element.match(self._text, begin, line.end)
        if not match or not match[0]:
            self._out.keep(begin, line.end)
            return number + 1
        name_end = begin + len(re.split(r"[.#]", match[0], maxsplit=1)[0])
        name_begin = begin + match[0].startswith("%")
        name = self._text[name_begin:name_end] or "div"
        if name == "src" and self._text[name_end : name_end + 2] in ('="', "='"):
            return self._stray_source(number, Attribute((name_begin, name_end), (name_end + 1, line.end)))
        self._out.put("<" if name_begin < name_end else "<div", begin)
        self._out.add(self._slice.cut(name_begin, name_end))
        at = self._attributes(match.end(), line.end)
        self._out.put(">", at)
        if name.lower() in CLOSED:
            self._open.append((indent, name))
        number = max(bisect_right(self._begins, at) - 1, number)
        return self._content(number, at, indent, name.lower())

    def _stray_source(self, number: int, attribute: Attribute) -> int:
        """An image's `src="..."` that slipped onto a line of its own, where Slim and Pug see an element."""
        self._out.put("<img", attribute.name[0])
        self._attribute(attribute)
        self._out.put(">", attribute.value[1])
        return number + 1

    def _attributes(self, at: int, line_end: int) -> int:
        """Puts the attributes at `at`; returns where they end."""
        while at < len(self._text) and self._text[at] in "({[":
            end = self._brackets.end(at)
            if end < 0:
                return at
            hashed = self._frame.dialect == "haml" and self._text[at] == "{"
            for attribute in (entries if hashed else pairs)(self._text, at + 1, end - 1, self._brackets):
                self._attribute(attribute)
            at = end
        if self._frame.dialect == "slim":
            for attribute in loose(self._text, at, line_end, self._brackets):
                self._attribute(attribute)
                at = attribute.value[1]
        return at

    def _attribute(self, attribute: Attribute) -> None:
        self._out.put(" ", attribute.name[0])
        self._out.add(self._slice.cut(*attribute.name))
        if attribute.value[0] == attribute.value[1]:
            return
        value = value_of(self._slice, attribute.value, self._reading)
        quote = "'" if '"' in value.text and "'" not in value.text else '"'
        if quote in value.text:
            value = value.mask([(m.start(), m.end(), "'") for m in re.finditer('"', value.text)])
        self._out.put(f"={quote}", attribute.value[0])
        self._out.add(value)
        self._out.put(quote, attribute.value[1])

    def _content(self, number: int, at: int, indent: int, name: str) -> int:
        """Puts what follows an element's attributes on its line, and a block of plain text below it."""
        line = self._lines[number]
        suffix = _SUFFIX.match(self._text, at, line.end)
        mark = suffix[1] if suffix else None
        begin = suffix.end() if suffix else at
        if mark and mark.startswith(":") and self._depth < _MAX_DEPTH * 20:
            self._depth += 1
            following = self._element(number, begin, indent)
            self._depth -= 1
            return following
        if mark in ("=", "!=", "==", "&="):
            self._out.add(value_of(self._slice, (begin, line.end), self._reading))
            self._strings(begin, line.end)
        else:
            self._out.keep(begin, line.end)
        if name in ("script", "style") or mark == ".":
            last = self._block_end(number + 1, indent)
            self._out.put("\n", line.end)
            self._script_lines(*self._span(number + 1, last), dotted=mark == ".")
            return last
        return number + 1

    def _script_lines(self, begin: int, end: int, *, dotted: bool) -> None:
        """The lines of a text block. Without Pug's dot, lines may still be code of the server or start with a pipe."""
        spans: list[Filler] = []
        if not dotted:
            spans += [(match.end() - 1, match.end(), " ") for match in _PIPE.finditer(self._text, begin, end)]
            for match in _SERVER_LINE.finditer(self._text, begin, end):
                if match.start() == 0 or self._text[match.start() - 1] == "\n":
                    self._strings(*match.span())
                    spans.append((*match.span(), " "))
        self._out.keep(begin, end, sorted(spans))

    # -- output

    def _close(self, indent: int, at: int) -> None:
        while self._open and self._open[-1][0] >= indent:
            end = self._lines[max(bisect_right(self._begins, at - 1) - 1, 0)].end if self._lines else at
            self._out.put(f"</{self._open.pop()[1]}>", min(end, at))
