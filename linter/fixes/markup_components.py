"""The braces of Svelte's and Astro's markup as marks: expressions, and Svelte's blocks."""

import re

from linter.fixes.markup_marks import Inner, Mark, Marks, marks_of
from linter.readers.brackets import Brackets

_RAW = re.compile(r"<(script|style)\b[^<>]*>|<!--", re.IGNORECASE)
_FENCE = re.compile(r"\s*---[ \t]*\r?\n")
_FENCE_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_MARKUP = re.compile(r"<[a-zA-Z/>]")
_BLOCK = re.compile(r"\{([#:/])(\w+)")


def component_marks(text: str, dialect: str) -> Marks:
    """The marks of a component: `{expression}` outside of scripts, styles and comments; blocks go from `{#if}` to `{/if}`."""
    brackets = Brackets(text)
    marks: list[Mark] = []
    stack: list[int] = []
    unsure = False
    for begin, end in _outside(text, dialect):
        at = text.find("{", begin, end)
        while at >= 0:
            stop = brackets.end(at)
            if stop < 0:
                return marks_of(marks, True, at)
            block = _BLOCK.match(text, at) if dialect == "svelte" else None
            if block is not None and block[1] == "#":
                stack.append(at)
            unsure = unsure or (block is not None and not stack)
            numbers = (stack[-1],) if block is not None and stack else ()
            if block is not None and block[1] == "/" and stack:
                stack.pop()
            reaches = text.startswith(("{@const", "{#snippet"), at)
            inner = (Inner(at + 1, stop - 1),) if block is None and not _MARKUP.search(text, at, stop) else ()
            marks.append(Mark(at, stop, numbers, reaches, inner=inner))
            at = text.find("{", stop, end)
    return marks_of(marks, unsure or bool(stack), len(text))


def _outside(text: str, dialect: str) -> list[tuple[int, int]]:
    """The spans of the markup without scripts, styles, comments and Astro's front matter."""
    at = 0
    if dialect == "astro" and (start := _FENCE.match(text)) is not None:
        end = _FENCE_END.search(text, start.end())
        at = end.end() if end else 0
    found: list[tuple[int, int]] = []
    lower = text.lower()
    while opening := _RAW.search(text, at):
        closing = "-->" if opening[1] is None else f"</{opening[1].lower()}"
        end_at = lower.find(closing, opening.end())
        found.append((at, opening.end()))
        at = end_at if end_at >= 0 else len(text)
    found.append((at, len(text)))
    return found
