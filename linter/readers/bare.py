"""Template tags without delimiters: Blade's directives, Razor's `@` code, Silverstripe's and Velocity's `$` references.

Each function takes the text, the offset of the mark, and the text's brackets; it returns the tags that start there, sorted
and not overlapping, or none where the mark is plain text.
"""

import re
from collections.abc import Callable, Mapping

from linter.readers.brackets import Brackets
from linter.readers.tags import Tag

_BLADE_WORD = re.compile(r"@([A-Za-z]\w*(?:::\w+)?)")
_GAP = re.compile(r"[ \t]*(?=\()")
_CSS_RULES = frozenset(
    "media import supports font keyframes charset page namespace layer container property counter document viewport tailwind apply "
    "screen use forward mixin include extend return else".split()
)
_BLADE_ALONE = re.compile(
    r"(?:end\w+|else\w*|auth|guest|production|once|parent|show|stop|append|overwrite|default|break|continue|empty|csrf|verbatim|php"
    r"|livewire\w*|vite\w*|stack|prepend|push|inertia\w*|routes|scripts|styles)$"
)
_BLADE_OUTPUT = frozenset("json js lang choice yield config env asset value url route".split())
_PATH = re.compile(r"[A-Za-z_]\w*")
_STEP = re.compile(r"(?:\?|!)?\.[A-Za-z_]\w*")
_RAZOR_LINE = re.compile(
    r"(?:using|model|inject|page|layout|inherits|implements|namespace|attribute|addTagHelper|removeTagHelper|tagHelperPrefix|typeparam)"
    r"\b(?!\s*[.(])[^\n]*"
)
_RAZOR_FLOW = re.compile(r"(?:if|for|foreach|while|switch|using|lock|await\s+foreach)\s*(?=\()")
_RAZOR_BLOCK = re.compile(r"(?:section\s+\w+|functions|code|try|do)\s*(?=\{)")
_VELOCITY_WORD = re.compile(r"#\{?(\w+)\}?")
_VELOCITY_REF = re.compile(r"\$!?")


def blade(text: str, at: int, brackets: Brackets) -> list[Tag]:
    """`@directive` or `@directive(...)`; unknown words without arguments (`@media`, `@context`) are text."""
    match = _BLADE_WORD.match(text, at)
    if not match:
        return []
    name, end = match[1], match.end()
    gap = _GAP.match(text, end)
    close = brackets.end(gap.end()) if gap and name not in _CSS_RULES - {"include", "else"} else -1
    if close < 0:
        return [Tag(at, end, "control", (at + 1, end))] if _BLADE_ALONE.match(name) else []
    return [Tag(at, close, "output" if name in _BLADE_OUTPUT else "control", (at + 1, close))]


def razor(text: str, at: int, brackets: Brackets) -> list[Tag]:
    """`@path.To(x)[y]`, `@(...)`, `@{ ... }`, `@if (...) {`, directives to the end of the line, `@:`; `@@` is text."""
    start = at + 1
    following = text[start : start + 1]
    if following == "@":
        return [Tag(at, start, "keep", (at, at)), Tag(start, start + 1, "keep", (at, at))]
    if following == "(":
        close = brackets.end(start)
        return [Tag(at, close, "output", (start + 1, close - 1))] if close > 0 else []
    if following == ":":
        return [Tag(at, start + 1, "control", (start, start))]
    if following == "{":
        return _razor_code(text, at, brackets)
    return _razor_word(text, at, brackets)


def _razor_code(text: str, at: int, brackets: Brackets) -> list[Tag]:
    """A code block is blanked whole if it holds no markup, else only its mark."""
    close = brackets.end(at + 1)
    if close > 0 and not re.search(r"<[a-zA-Z!]", text[at:close]):
        return [Tag(at, close, "control", (at + 2, close - 1))]
    return [Tag(at, at + 2, "control", (at + 2, at + 2))]


def _razor_word(text: str, at: int, brackets: Brackets) -> list[Tag]:
    start = at + 1
    line = _RAZOR_LINE.match(text, start)
    if line:
        return [Tag(at, line.end(), "control", (start, line.end()))]
    flow = _RAZOR_FLOW.match(text, start)
    if flow:
        return _razor_flow(text, at, flow.end(), brackets)
    block = _RAZOR_BLOCK.match(text, start)
    if block:
        return [Tag(at, block.end() + 1, "control", (start, block.end()))]
    match = _PATH.match(text, start)
    if not match or match[0] in _CSS_RULES:
        return []
    end = _path_end(text, match.end(), brackets)
    return [Tag(at, end, "output", (start, end))]


def _razor_flow(text: str, at: int, condition: int, brackets: Brackets) -> list[Tag]:
    """Keyword and braces stay, so that a block inside a script is a block; what never runs is a comment."""
    close = brackets.end(condition)
    if close < 0:
        return []
    if text[condition + 1 : close - 1].strip() == "false" and text.startswith("if", at + 1):
        brace = text.find("{", close, close + 80)
        end = brackets.end(brace) if brace > 0 else -1
        if end > 0:
            return [Tag(at, end, "comment", (brace + 1, end - 1))]
    return [Tag(at, at + 1, "control", (at + 1, at + 1)), Tag(condition + 1, close - 1, "output", (close - 1, close - 1))]


def dollar(text: str, at: int, brackets: Brackets) -> list[Tag]:
    """Silverstripe's `$Name.Method(args).Other`."""
    match = _PATH.match(text, at + 1)
    if not match:
        return []
    end = _path_end(text, match.end(), brackets)
    return [Tag(at, end, "output", (at + 1, end))]


def velocity(text: str, at: int, brackets: Brackets) -> list[Tag]:
    """`$!name.method(args)`, `#if(...)`, `#end`."""
    if text[at] == "$":
        mark = _VELOCITY_REF.match(text, at)
        return [tag._replace(begin=at) for tag in dollar(text, mark.end() - 1, brackets)] if mark else []
    match = _VELOCITY_WORD.match(text, at)
    if not match:
        return []
    gap = _GAP.match(text, match.end())
    close = brackets.end(gap.end()) if gap and match[1] not in ("else", "end", "stop", "break") else -1
    end = max(close, match.end())
    return [Tag(at, end, "control", (match.start(1), end))]


def _path_end(text: str, end: int, brackets: Brackets) -> int:
    """Where the calls, indexes and members that follow a name at `end` stop."""
    while end < len(text):
        step = _STEP.match(text, end)
        if step:
            end = step.end()
        elif text[end] in "([":
            close = brackets.end(end)
            if close < 0:
                break
            end = close
        else:
            break
    return end


FINDERS: Mapping[str, Callable[[str, int, Brackets], list[Tag]]] = {"blade": blade, "razor": razor, "dollar": dollar, "velocity": velocity}
"""`Dialect.bare` -> the function."""
