"""Razor's blocks as marks: their braces stand in the text of the page."""

import re

from linter.fixes.markup_marks import Mark
from linter.readers.brackets import Brackets
from linter.readers.tags import Tag

_RAZOR_HEAD = re.compile(
    r"@(?:(?:if|for|foreach|while|switch|lock|await\s+foreach|section\s+\w+|functions|code|try|do)\b|using(?=\s*\()|(?=\{))"
)
_RAZOR_PLAIN = re.compile(r"@(?:if|for|foreach|while|switch)\b")
_RAZOR_MORE = re.compile(r"\s*(?:else\b|catch\b|finally\b)\s*(?:if\b)?\s*")


def razor_blocks(text: str, tags: list[Tag], first: int) -> tuple[list[Mark], bool]:
    """The braces of Razor's blocks as marks, numbered from `first` on; and whether one could not be found."""
    brackets = Brackets(text)
    found: list[Mark] = []
    lost = False
    for number, tag in enumerate(tags):
        head = _RAZOR_HEAD.match(text, tag.begin)
        if head is None or tag.kind == "comment" or (head[0] == "@" and tag.end > tag.begin + 2):
            continue
        brace = _brace(text, head.end(), brackets)
        block, at = first + number, tag.begin
        reaches = _RAZOR_PLAIN.match(text, tag.begin) is None
        while brace >= 0:
            close = brackets.end(brace)
            found.append(Mark(at, brace + 1, (block,), reaches))
            if close < 0:
                break
            more = _RAZOR_MORE.match(text, close)
            at = close - 1
            brace = _brace(text, more.end(), brackets) if more and more.end() > close and more[0].strip() else -1
            if brace < 0:
                found.append(Mark(at, close, (block,)))
        else:
            lost = lost or at == tag.begin
            continue
        lost = True
    return found, lost


def _brace(text: str, at: int, brackets: Brackets) -> int:
    """The `{` behind a condition in parentheses, or at once; -1 where there is none."""
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    if text[at : at + 1] == "(":
        at = brackets.end(at)
        while at > 0 and text[at : at + 1] in (" ", "\t", "\r", "\n"):
            at += 1
    return at if at >= 0 and text[at : at + 1] == "{" else -1


def joined(marks: list[Mark], blocks: list[Mark]) -> list[Mark]:
    """The marks of tags without those inside the marks of blocks, and these."""
    blocks = sorted(blocks, key=lambda mark: mark.begin)
    kept: list[Mark] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.begin):
        while at < len(blocks) and blocks[at].end <= mark.begin:
            at += 1
        if at == len(blocks) or mark.end <= blocks[at].begin:
            kept.append(mark)
    return [*kept, *blocks]
