"""Catalog hits in PHP comments: commented-out code is read as dormant, prose gives nothing."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from linter.readers.php_split import Lexeme
from linter.readers.strings import is_loading_markup, is_script
from linter.reading import Frame, Reading
from linter.text import Slice

MAX_LINES = 400
"""Line comments in a row that are read as one text."""

_STAR = re.compile(r"^[ \t]*\*(?!/)", re.MULTILINE)
_PHP = re.compile(r"\s*(?:(?:echo|print|return)\b\s*\(?\s*['\"<]|\$\w[\w>\-\[\]'\"]*\s*\.?=\s*['\"<])")


def read_comments(text: Slice, lexemes: Sequence[Lexeme], comments: Sequence[Lexeme], frame: Frame, reading: Reading) -> None:
    """Reads the `comments` (of all `lexemes` of the file) that hold markup or calls, as dormant code."""
    last = -1
    for comment in comments:
        if comment.begin <= last:
            continue
        run = _run(text.text, lexemes, comment)
        last = run[-1].begin
        _read_run(text, run, frame, reading)


def _run(text: str, lexemes: Sequence[Lexeme], comment: Lexeme) -> list[Lexeme]:
    """The line comments around one with nothing but blank space between them; a block comment stands alone."""
    if comment.kind == "block":
        return [comment]
    number = bisect_left(lexemes, comment.begin, key=lambda lexeme: lexeme.begin)
    first = final = number
    while first > 0 and number - first < MAX_LINES and _adjoin(text, lexemes[first - 1], lexemes[first]):
        first -= 1
    while final + 1 < len(lexemes) and final - number < MAX_LINES and _adjoin(text, lexemes[final], lexemes[final + 1]):
        final += 1
    return list(lexemes[first : final + 1])


def _adjoin(text: str, one: Lexeme, other: Lexeme) -> bool:
    return one.kind == other.kind == "line" and not text[one.end : other.begin].strip()


def _read_run(text: Slice, run: Sequence[Lexeme], frame: Frame, reading: Reading) -> None:
    begin, end = run[0].begin, run[-1].end
    if text.text.startswith("/**", begin):
        return
    inside = _inside(text, run)
    block = text.span(begin, end)
    dormant = frame.dormant()._replace(block=frame.block or block)
    if is_loading_markup(inside.text):
        reading.read(inside, "html", dormant)
        return
    for line in _code_lines(inside, reading):
        reading.read(line, "javascript", dormant)


def _inside(text: Slice, run: Sequence[Lexeme]) -> Slice:
    """The run without its comment marks, which become blanks."""
    begin, end = run[0].begin, run[-1].end
    marks = []
    for lexeme in run:
        marks.append((lexeme.begin - begin, lexeme.inner - begin, " "))
        if lexeme.kind == "block":
            marks += [(match.start() - begin, match.end() - begin, " ") for match in _STAR.finditer(text.text, lexeme.inner, lexeme.stop)]
            marks.append((lexeme.stop - begin, lexeme.end - begin, " "))
    return text.cut(begin, end).mask(marks)


def _code_lines(inside: Slice, reading: Reading) -> list[Slice]:
    """The whole text if every line that holds a hit begins like code; else those lines that do."""
    lines: dict[int, int] = {}
    for hit in reading.hits(inside.text):
        begin = inside.text.rfind("\n", 0, hit[0]) + 1
        end = inside.text.find("\n", begin)
        lines[begin] = end if end >= 0 else len(inside.text)
    code = {begin: end for begin, end in lines.items() if is_script(inside.text[begin:end]) or _PHP.match(inside.text, begin)}
    if code and len(code) == len(lines):
        return [inside]
    return [inside.cut(begin, end) for begin, end in code.items()]
