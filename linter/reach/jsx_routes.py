"""Routes written as elements: `<Route path="/contact" element={<Contact />} />`, nested or not, of all versions of React Router."""

import re
from collections.abc import Iterator

from linter.reach.route_rows import Row, names_of

_ROUTE = re.compile(r"<(/?)[A-Za-z]*Route(?=[\s/>])")
_SKIP = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'|`[^`]*+`|=>|[{}>]")
_PATH = re.compile(r"(?<![\w$-])path\s{0,20}=\s{0,20}(?:\"([^\"\n]{0,300})\"|'([^'\n]{0,300})'|\{([^{}\n]{0,300})\})")
_INDEX = re.compile(r"(?<![\w$-])index(?![\w$-]|\s*=\s*\{false)")
_VIEW = re.compile(r"(?<![\w$-])(?:element|component|Component|render|children|lazy)\s{0,20}=\s{0,20}\{")
_TEXT = re.compile(r"['\"`]([^'\"`\n$]{0,300})['\"`]")
_TAG = re.compile(r"<[A-Z]")
MAX_TAG = 4000
"""Characters of one element's tag."""


def jsx_rows(code: str) -> Iterator[Row]:
    """The routes of code that are elements, outer ones before inner ones."""
    open_rows: list[int] = []
    count = end = 0
    for match in _ROUTE.finditer(code):
        if match.start() < end:
            continue
        if match[1]:
            if open_rows:
                open_rows.pop()
            continue
        end, closed = _tag_end(code, match.end())
        row = _row(code, match.start(), end, closed, open_rows[-1] if open_rows else -1)
        yield row
        if not closed:
            open_rows.append(count)
        count += 1


def _tag_end(code: str, start: int) -> tuple[int, bool]:
    """Where a tag ends, and whether it closes itself."""
    depth = 0
    for match in _SKIP.finditer(code, start, start + MAX_TAG):
        depth += (match[0] == "{") - (match[0] == "}")
        if match[0] == ">" and depth <= 0:
            return match.end(), code[match.start() - 1] == "/"
    return min(len(code), start + MAX_TAG), True


def _row(code: str, start: int, end: int, closed: bool, parent: int) -> Row:
    spans = [(match.end(), _brace_end(code, match.end(), end)) for match in _VIEW.finditer(code, start, end)]
    if not spans and not closed:
        until = _ROUTE.search(code, end, end + MAX_TAG)
        if until and until[1] and _TAG.search(code, end, until.start()):
            spans = [(end, until.start())]
    tag = code[start : spans[0][0]] + code[spans[-1][1] : end] if spans and spans[0][0] < end else code[start:end]
    path = _PATH.search(tag)
    written = (path[1] or path[2] or path[3] or "") if path else ""
    literal = path is not None and path[3] is None
    paths = (written,) if literal else tuple(_TEXT.findall(written))
    if path is None:
        paths = ("",) if _INDEX.search(tag) or parent >= 0 or not closed else ("*",)
    return Row(paths, written, tuple(name for one in spans for name in names_of(code[slice(*one)])), tuple(spans), start, parent)


def _brace_end(code: str, start: int, end: int) -> int:
    """Where the brace that opened before `start` closes."""
    depth = 1
    for match in _SKIP.finditer(code, start, end):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.start()
    return end
