"""Splices: edits of a script's text, and what they are in the source, with the lines that they empty."""

from typing import NamedTuple

from linter.fixes.js_program import Program
from linter.fixes.lines import widened
from linter.fixes.model import Edit


class Spliced(NamedTuple):
    """An edit of the script's text, and the cuts that it makes."""

    begin: int
    end: int
    text: str
    cuts: tuple[tuple[int, int], ...]


def as_edit(program: Program, splice: Spliced) -> Edit | None:
    """The edit of the source, with the whole lines that it empties; None where the source is written otherwise than the text."""
    end = splice.end
    if not splice.text and not program.text[line_start(program, splice.begin) : splice.begin].strip():
        end += _blanks(program.text, end)
    span = program.places.in_source(splice.begin, end)
    if span is None:
        return None
    begin, end = span if splice.text else _tidied(program.part.text.source.text, *widened(program.part.text.source.text, *span))
    return Edit(begin, end, splice.text)


def line_start(program: Program, at: int) -> int:
    """Where the line of an offset begins."""
    return program.text.rfind("\n", 0, at) + 1


def _blanks(text: str, at: int) -> int:
    """How many blanks stand at an offset, before something else on its line."""
    stop = at
    while stop < len(text) and text[stop] in " \t":
        stop += 1
    return stop - at if stop < len(text) and text[stop] not in "\r\n" else 0


def before_blanks(text: str, at: int) -> int:
    """Where the blanks and line ends before an offset begin."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def behind_blanks(text: str, at: int) -> int:
    """Where the blanks and line ends from an offset on end."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _tidied(text: str, begin: int, end: int) -> tuple[int, int]:
    """The span with blank lines behind it, where the block would then begin with them, or before it, where it would end so."""
    if begin == 0 or text[begin - 1] != "\n" or not text[begin:end].endswith("\n"):
        return begin, end
    before, behind = before_blanks(text, begin), behind_blanks(text, end)
    if text[before - 1 : before] == "{":
        end = max(text.rfind("\n", end, behind) + 1, end)
    elif text[behind : behind + 1] == "}" and "\n" not in text[end:behind] and "\n" in text[before : begin - 1]:
        begin = text.index("\n", before) + 1
    return begin, end
