"""PHP's regions as marks: the blocks that go from one to another, the strings whose inside is text of its own."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.fixes.markup_marks import Inner, Mark, Marks, marks_of
from linter.readers.php_split import COMMENTS, MAX_PIECES, Lexeme, Region, split

_TOKEN = re.compile(
    r"[{}()]|(?<![$\w>:\\])(?:end(?:if|for|foreach|while|switch)|if|elseif|else|for|foreach|while|switch|case|default)\b", re.IGNORECASE
)
_COLON = re.compile(r"\s*:(?!:)")
_NO_BODY = re.compile(r"\s*\Z")
_EFFECT = re.compile(r"\+\+|--|(?:[-+*/.%&|^]|\?\?)=")
_NAME = re.compile(r"\$(\w+)\s*=(?![=>])|\bas\s+(?:&?\$(\w+)\s*=>\s*)?&?\$(\w+)")
_PRINTS = re.compile(
    r"\s*(?:echo|print|printf|the_\w+|_e|_ex|esc_\w+|html_escape|bloginfo|language_attributes|vprintf)\b"
    r"|\s*\$\w+\s*=(?![=>])|\s*(?:else|elseif|if|for|foreach|while|switch|case|default|break|continue|end\w+)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"([\w\\$>:-]+)\s*\(")
_STATEMENT_END = re.compile(r"[;{}]|\)\s*:(?!:)|\belse\s*:")
_PIECES = {
    "double": re.compile(
        r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|u\{[0-9A-Fa-f]+\}|.)|\{\$[^{}]*\}|\$\{[^{}]*\}|\$\w+(?:->\w+|\[[^\]\s]*\])?", re.DOTALL
    ),
    "single": re.compile(r"\\.", re.DOTALL),
}
NEVER = re.compile(r"%(?:\d{1,3}\$)?[-+ 0]?\d{0,4}(?:\.\d{1,3})?[bcdeEfFgGosuxX](?![0-9A-Fa-f]{0,1}%)|\{\$[^{}]*\{")
"""What a string may hold for a function that it is handed to: `%s`."""

_REACH = 2000
_IN_PARENS = re.compile(r"\([^()]*\)")
_TAKEN = re.compile(r"(?:<\?=|(?<![\w$])(?:echo|print|return)\b|(?<![=!<>])=(?![=>]))[^()=,]*\Z", re.IGNORECASE)


def is_printed(text: str, mark: Mark, inner: Inner) -> bool:
    """Whether a string is printed, returned or kept as it is, alone or joined to others: what is handed to a function may be looked for,
    counted or parsed there."""
    begin = max(mark.begin, (inner.quoted or 0) - _REACH)
    parts, at = [], begin
    for other in mark.inner[bisect_left(mark.inner, begin, key=lambda one: one.begin) :]:
        if (other.quoted or 0) >= (inner.quoted or 0):
            break
        if other.quoted is not None and at <= other.quoted:
            parts += [text[at : other.quoted], "'"]
            at = other.end + 1
    code = "".join([*parts, text[at : inner.quoted]])
    code = code[max(code.rfind(mark) for mark in ";{}") + 1 :]
    for _ in range(5):
        code = _IN_PARENS.sub("", code)
    return _TAKEN.search(code) is not None


class _Frame(NamedTuple):
    """An open block: its number, and whether it ends with a word (`endif`) or a brace."""

    number: int
    by_word: bool


def php_marks(text: str) -> Marks:
    """The marks of a text with PHP in it."""
    regions, lexemes = split(text)
    full = len(regions) + len(lexemes) >= MAX_PIECES
    starts = [lexeme.begin for lexeme in lexemes]
    blocks = _Blocks()
    marks = []
    for region in regions:
        inside = lexemes[bisect_right(starts, region.begin) : bisect_right(starts, region.end)]
        code = _bare(text, region, inside)
        touched, dangling = blocks.read(code)
        marks.append(
            Mark(region.begin, region.end, touched, _reaches(code, region.echo), _names(code), tuple(_inners(inside)), dangling)
        )  # fmt: skip
    return marks_of(marks, blocks.unsure or bool(blocks.open), regions[-1].begin if full else len(text))


def _bare(text: str, region: Region, lexemes: Sequence[Lexeme]) -> str:
    """The code of a region with its strings and comments made spaces."""
    parts, at = [], region.code
    for one in lexemes:
        if at <= one.begin < region.stop:
            filler = " " if one.kind in COMMENTS else "'"
            stop = min(one.end, region.stop)
            parts += [text[at : one.begin], filler * (stop - one.begin)]
            at = stop
    return "".join([*parts, text[at : region.stop]])


def _inners(lexemes: Sequence[Lexeme]) -> Iterator[Inner]:
    for one in lexemes:
        if one.kind in ("single", "double", "heredoc", "nowdoc"):
            pieces = {"single": _PIECES["single"], "nowdoc": None}.get(one.kind, _PIECES["double"])
            yield Inner(one.inner, one.stop, pieces, one.begin)


class _Blocks:
    """Goes through the code of region after region; the blocks that are open at the end of one go on in the next."""

    def __init__(self) -> None:
        self.open: list[_Frame] = []
        self.unsure = False
        self._count = 0

    def read(self, code: str) -> tuple[tuple[int, ...], bool]:
        """The blocks that go beyond this region and that it touches; and whether it ends before the body of a condition."""
        before = {frame.number for frame in self.open}
        touched: list[int] = []
        parens: list[int] = []
        pending, dangling = False, False
        for token in _TOKEN.finditer(code):
            mark = token[0].lower()
            if mark == "(":
                parens.append(token.start())
            elif mark == ")":
                if parens:
                    parens.pop()
                if not parens and pending:
                    pending, dangling = self._headed(code, token.end())
            elif mark == "{":
                self._push(by_word=False)
                pending = False
            elif mark == "}" or mark.startswith("end"):
                touched += self._pop(by_word=mark != "}")
            elif mark in ("case", "default"):
                touched += [frame.number for frame in self.open[-1:]]
            elif mark in ("else", "elseif") and self.open and self.open[-1].by_word and self._is_alternative(mark, code, token.end()):
                touched.append(self.open[-1].number)
                pending = False
            elif mark == "else":
                dangling = _NO_BODY.match(code, token.end()) is not None
            else:
                pending = not parens
        crossing = [frame.number for frame in self.open if frame.number not in before]
        return tuple(dict.fromkeys([*(one for one in touched if one in before), *crossing])), dangling

    def _headed(self, code: str, at: int) -> tuple[bool, bool]:
        """Behind the condition of a statement: opens its block if it is one with a colon. (pending, dangling)"""
        if _COLON.match(code, at):
            self._push(by_word=True)
            return False, False
        return False, _NO_BODY.match(code, at) is not None

    def _is_alternative(self, mark: str, code: str, at: int) -> bool:
        """Whether `else` or `elseif` divides a block with a colon."""
        return bool(_COLON.match(code, at)) if mark == "else" else True

    def _push(self, by_word: bool) -> None:
        self.open.append(_Frame(self._count, by_word))
        self._count += 1

    def _pop(self, by_word: bool) -> list[int]:
        if not self.open or self.open[-1].by_word != by_word:
            self.unsure = True
            return []
        return [self.open.pop().number]


def _reaches(code: str, echo: bool) -> bool:
    """Whether the code of a region may do more than print, decide and repeat."""
    if _EFFECT.search(code):
        return True
    if echo:
        return _NAME.search(code) is not None
    return any(part.strip() and not _PRINTS.match(part) for part in _statements(code))


def _statements(code: str) -> Iterator[str]:
    at = 0
    for end in _STATEMENT_END.finditer(code):
        yield code[at : end.start()]
        at = end.end()
    yield code[at:]


def _names(code: str) -> tuple[str, ...]:
    return tuple({"$" + name for match in _NAME.finditer(code) for name in match.groups() if name})
