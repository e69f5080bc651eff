"""Thymeleaf: addresses written as expressions in `th:` attributes, and expressions inlined in scripts.

Written after Thymeleaf's manual: `@{...}` is a link with parameters in parentheses, `|...|` a text with `${...}` in it,
`'...' + ${x}` a concatenation; `[[...]]`, or `/*[[...]]*/` before a value that stands there for a preview, is inlined.
"""

import re

from linter.readers.embedded import values
from linter.text import HOLE, Piece, Slice, join

_WHOLE = re.compile(r"\s*[@$*]\{(.*)\}\s*\Z", re.DOTALL)
_EXPRESSION = re.compile(r"[$*#@]\{[^{}]*\}")
_PARAMETER = re.compile(r"\s*([\w.-]+)\s*(?:=\s*('[^']*'|[^,]*))?(?:,|\Z)")
_INLINED = re.compile(
    r"/\*\[\[\s*([$*#@]\{[^\[\]{}]*\})\s*\]\]\*/(?:\s*(?:'[^'\n]*'|\"[^\"\n]*\"|[\w.]+))?"
    r"|\[\[\s*([$*#@]\{[^\[\]{}]*\})\s*\]\]|\[\(\s*([$*#@]\{[^\[\]{}]*\})\s*\)\]"
)


def address(value: Slice) -> Slice:
    """The address that a `th:src` gives, with holes for what is only known when the page is made."""
    whole = _WHOLE.match(value.text)
    if whole is not None and "{" not in whole[1].partition("(")[0]:
        value = value.cut(*whole.span(1))
        link, bracket, _ = value.text.partition("(")
        if bracket and value.text.rstrip().endswith(")") and "'" not in link:
            return _with_parameters(value, len(link))
    text = value.text.strip()
    if text.startswith("|") and text.endswith("|"):
        begin = value.text.index("|") + 1
        value = value.cut(begin, max(value.text.rindex("|"), begin))
    elif text.startswith("'"):
        return _joined(value)
    return value.mask([(*match.span(), HOLE) for match in _EXPRESSION.finditer(value.text)])


def _with_parameters(link: Slice, opened: int) -> Slice:
    """`https://host/path(id=${x},ev='y')` as `https://host/path?id=?&ev=y`."""
    pieces = [Piece(link.text[:opened], 0, opened)]
    closed = link.text.rindex(")")
    at = opened + 1
    while at < closed and (match := _PARAMETER.match(link.text, at, closed)) and match.end() > at:
        pieces += [Piece("?" if len(pieces) == 1 else "&", at - 1, at), Piece(match[1], *match.span(1))]
        if match[2]:
            begin, end = match.span(2)
            end = begin + len(match[2].rstrip())
            quoted = link.text[begin] == "'" and end > begin + 1
            pieces.append(Piece("=", begin - 1, begin))
            pieces.append(Piece(link.text[begin + 1 : end - 1], begin + 1, end - 1) if quoted else Piece(HOLE, begin, end))
        at = match.end()
    return link.derive(pieces)


def _joined(value: Slice) -> Slice:
    """`'https://host/?id=' + ${x}` as one text."""
    found = values(value, 0, len(value))
    if not found:
        return value
    tail = value.text[value.text.rindex("'") + 1 :].strip(" \t\r\n+")
    if not tail or len(found) > 1:
        return found[0]
    begin = value.text.rindex(tail)
    return join([found[0], value.derive([Piece(HOLE, begin, begin + len(tail))])])


def inlined(script: Slice) -> Slice:
    """A script with the expressions that are inlined in it as holes, and the values that stand in for them left out."""
    spans: list[tuple[int, int, str]] = []
    for match in _INLINED.finditer(script.text):
        begin, end = next(match.span(number) for number in (1, 2, 3) if match[number])
        spans += [(match.start(), begin, " "), (begin, end, HOLE), (end, match.end(), " ")]
    return script.mask(spans)
