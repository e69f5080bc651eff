"""The page around PHP code: the file with its PHP masked, and which parts of it are switched off or wait for consent."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.evidence import Span, State
from linter.readers.conditions import condition_state, refused_state
from linter.readers.php_constants import Constants
from linter.readers.php_split import Region
from linter.text import HOLE, Piece, Slice

_ECHO = re.compile(r"\s*(?:echo|print|printf|the_\w+|_e|_ex|esc_\w+|html_escape|bloginfo|language_attributes)\b")
_ECHO_INSIDE = re.compile(r"\b(?:echo|print|printf)\b")
_CALL = re.compile(r"\s*@?(?:[\w\\]+(?:::|\())|\s*\$\w+(?:->\w+)+\s*\(")
_CONTROL = re.compile(
    r"\s*(?:[}{;]|(?:if|else|elseif|endif|for|foreach|while|endwhile|endfor|endforeach|switch|case|break|return|use|include"
    r"|require\w*|function)\b)"
)
_PLAIN = re.compile(
    r"\s*+(?:echo\s+|print\s+)?\(?(?:esc_\w+\(|htmlspecialchars\(|e\()?\s*+"
    r"(\$\w+|[A-Za-z_]\w*|(?:self|static|\w+)::\$?\w+|\$this->\w+)\s*+\)?+\s*+\)?+\s*+;?+\s*+"
)
_OPENER = re.compile(r"\bif\s*(\()")
_LEAVES = re.compile(r"\)\s*\{?\s*return\b[^;{}]{0,100};", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\s*\}?\s*else(?:if)?\b")
_IF_ENDS = re.compile(r"\s*(?:endif\b|\}\s*(?:;|\Z))")
_NOT_LINE_END = re.compile(r"[^\r\n]")
_IN_EXPRESSION = "(,=:[+?&|'\""
_SHORT = 400


class Part(NamedTuple):
    """text[begin:end] of the page runs only in `state`."""

    begin: int
    end: int
    state: State


def page(text: Slice, regions: Sequence[Region], blanks: Sequence[Span], span: Span, constants: Constants) -> Slice:
    """The markup in text[span]: printed values are holes (or the value, where the file sets it once), other PHP and
    the spans `blanks` are blank."""
    begin, end = span
    wholes: list[tuple[int, int, Region | None]] = [(*span, None) for span in blanks]
    wholes += [(region.begin, region.end, region) for region in regions]
    wholes.sort(key=lambda whole: (whole[0], -whole[1]))
    pieces: list[Piece] = []
    last = begin
    for first, stop, region in wholes:
        if first < last or stop > end:
            continue
        filler = _filler(text.text, region, constants) if region else _blanked(text.text, first, stop)
        pieces += [Piece(text.text[last:first], last, first), Piece(filler, first, stop)]
        last = stop
    return text.derive([*pieces, Piece(text.text[last:end], last, end)])


def _filler(text: str, region: Region, constants: Constants) -> str:
    """What stands in the page in place of a PHP region."""
    code = text[region.code : min(region.stop, region.code + 2000)]
    if region.echo or _ECHO.match(code):
        plain = _PLAIN.fullmatch(code)
        known = constants.value(_name(plain[1])) if plain else None
        return HOLE * (region.end - region.begin) if known is None else known
    if not _CONTROL.match(code) and _CALL.match(code) and _joins(text, region):
        return HOLE * (region.end - region.begin)
    if _ECHO_INSIDE.search(code) and _joins(text, region):
        return HOLE * (region.end - region.begin)
    return _blanked(text, region.begin, region.end)


def _name(written: str) -> str:
    return written.rpartition("::")[2] if "::" in written else "$" + written[7:] if written.startswith("$this->") else written


def _joins(text: str, region: Region) -> bool:
    """Whether a region stands inside an expression or a value, so that it must leave something there."""
    before = text[max(region.begin - 40, 0) : region.begin].rstrip()[-1:]
    after = text[region.end : region.end + 40].lstrip()[:1]
    return (before != "" and before in _IN_EXPRESSION) or (after != "" and after in "'\")&")


def _blanked(text: str, begin: int, end: int) -> str:
    return _NOT_LINE_END.sub(" ", text[begin:end])


def alternatives(text: str, regions: Sequence[Region]) -> list[Span]:
    """The `else` branches of conditions that stand inside one short expression, each with its PHP tags up to the end."""
    found: list[tuple[int, int]] = []
    stack: list[Region] = []
    skip_from: int | None = None
    for region in regions:
        code = text[region.code : min(region.stop, region.code + 300)]
        if _ALTERNATIVE.match(code):
            if stack and skip_from is None and _is_short_choice(text, stack[-1], region):
                skip_from = region.begin
        elif _IF_ENDS.match(code):
            if skip_from is not None and region.end - skip_from < _SHORT:
                found.append((skip_from, region.end))
            skip_from = None
            if stack:
                stack.pop()
        elif _OPENER.search(code) and code.rstrip().endswith((":", "{")):
            stack.append(region)
    return found


def _is_short_choice(text: str, opening: Region, alternative: Region) -> bool:
    if alternative.begin - opening.end > _SHORT:
        return False
    between = text[opening.end : alternative.begin]
    before = text[max(opening.begin - 40, 0) : opening.begin].rstrip()[-1:]
    return "<" not in between and before != "" and before in _IN_EXPRESSION


def parts(text: str, regions: Sequence[Region]) -> list[Part]:
    """The parts of the page between `if (...)` and its end (or `else`) that do not run or wait for consent, outermost only."""
    found: list[Part] = []
    depth = 0
    start = -1
    state: State = "active"
    refused: State = "active"
    for region in regions:
        code = text[region.code : min(region.stop, region.code + 4000)]
        if start < 0:
            state = refused if _ALTERNATIVE.match(code) else _opened(code)
            refused = _refused(code)
            if state != "active":
                start, depth = region.end, 1
            continue
        if (depth == 1 and _ALTERNATIVE.match(code)) or depth + _lowest(code) <= 0:
            depth = 0
        else:
            depth += _balance(code)
        if depth <= 0:
            found.append(Part(start, region.begin, state))
            state = _opened(code) if not _ALTERNATIVE.match(code) else "active"
            start, depth = (region.end, 1) if state != "active" else (-1, 0)
    return found


def _opened(code: str) -> State:
    """The state that a PHP region leaves the following markup in."""
    condition = _condition(code)
    return condition_state(condition) if condition else _behind_return(code)


def _refused(code: str) -> State:
    """The state of the `else` that follows the markup behind a PHP region."""
    condition = _condition(code)
    return refused_state(condition) if condition else "active"


def _condition(code: str) -> str:
    """The condition, in its parentheses, of the `if` that a PHP region ends with, or ""."""
    last = max(_OPENER.finditer(code), key=lambda match: match.start(), default=None)
    if last is None or not code.rstrip().endswith((":", "{")):
        return ""
    return code[last.start(1) :].rstrip()[:-1].rstrip()


def _behind_return(code: str) -> State:
    """The state that `if (!consent()) return;` at the end of a PHP region leaves the rest of its function in."""
    for leaving in _LEAVES.finditer(code):
        asked = code.rfind("if", max(leaving.start() - 400, 0), leaving.start())
        rest = code[leaving.end() :]
        if asked >= 0 and -_lowest(rest) <= leaving[0].count("{"):
            state = refused_state(code[asked + 2 : leaving.start() + 1].strip())
            if state != "active":
                return state
    return "active"


def _lowest(code: str) -> int:
    """How many of the blocks around a region it closes at least, 0 or less."""
    depth = lowest = 0
    for brace in re.findall(r"[{}]", code):
        depth += 1 if brace == "{" else -1
        lowest = min(lowest, depth)
    return lowest


def _balance(code: str) -> int:
    """How many blocks a region opens (positive) or closes."""
    stripped = code.rstrip()
    if _ALTERNATIVE.match(code):
        return 0
    depth = code.count("{") - code.count("}")
    if re.search(r"\bendif\b", code):
        depth -= 1
    elif _OPENER.search(code) and stripped.endswith(":"):
        depth += 1
    return depth
