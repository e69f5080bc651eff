"""Removing whole lines: a span that is all that stands on its lines goes with their indentation and line end."""

from linter.evidence import Span


def widened(text: str, begin: int, end: int) -> Span:
    """[begin, end) with the blanks around it and its last line's end, where nothing else stands on its lines.

    Where blank lines before and behind would then meet, the blank lines behind go too; at the end of the text, those before.
    Elsewhere, blanks behind the span go if there are blanks before it.
    """
    first = _line_start(text, begin)
    last = _line_end(text, end)
    if text[first:begin].strip(" \t") or text[end:last].strip(" \t"):
        if text[begin - 1 : begin] in (" ", "\t") and text[end : end + 1] in (" ", "\t"):
            return begin, end + len(text[end:last]) - len(text[end:last].lstrip(" \t"))
        return begin, end
    stop = _past_break(text, last)
    if first == 0 or _is_blank_before(text, first):
        while stop < len(text) and not text[stop : _line_end(text, stop)].strip(" \t") and _line_end(text, stop) < len(text):
            stop = _past_break(text, _line_end(text, stop))
    while stop == len(text) and first and _is_blank_before(text, first) and _previous(text, first):
        first = _previous(text, first)
    return first, stop


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    found = [place for place in (text.find("\n", at), text.find("\r", at)) if place >= 0]
    return min(found) if found else len(text)


def _past_break(text: str, at: int) -> int:
    return at + 2 if text.startswith("\r\n", at) else min(at + 1, len(text))


def _previous(text: str, line_start: int) -> int:
    """Where the line before the one that begins at `line_start` begins."""
    return _line_start(text, line_start - 2 if text.startswith("\r\n", line_start - 2) else line_start - 1)


def _is_blank_before(text: str, line_start: int) -> bool:
    """Whether the line before the one that begins at `line_start` is blank."""
    return not text[_previous(text, line_start) : line_start].strip(" \t\r\n")
