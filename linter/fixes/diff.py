"""A change as a unified diff, made from its edits: exact, and linear in the file, which `difflib` is not."""

from collections.abc import Sequence

from linter.fixes.model import Edit, applied, merged

CONTEXT = 3
"""Unchanged lines that are shown around a change."""
MAX_COMPARED = 2000
"""Lines of one change that are compared line by line."""


def unified(path: str, text: str, edits: Sequence[Edit]) -> str:
    """The diff of a file with text `text`. Lines end at LF; whatever else a line holds (CR) is shown as it is."""
    before, after = _lines(text), _lines(applied(text, edits))
    hunks = _joined(_changed(text, before, edits))
    out = [f"--- a/{path}\n+++ b/{path}\n"]
    shift = 0
    for first, last in hunks:
        grown = _grown(text, before, edits, first, last)
        out += _hunk(before, after, first, last, shift, grown)
        shift += grown
    return "".join(out)


def deletion(path: str, text: str) -> str:
    """The diff that deletes a file with text `text`."""
    lines = _lines(text)
    rows = "".join(f"-{line}" if line.endswith("\n") else f"-{line}\n\\ No newline at end of file\n" for line in lines)
    return f"--- a/{path}\n+++ /dev/null\n" + (f"@@ -{_range(0, len(lines))} +0,0 @@\n{rows}" if lines else "")


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _changed(text: str, lines: Sequence[str], edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """The lines [first, last) that edits touch; whole lines that are cut out are exactly those."""
    from bisect import bisect_left, bisect_right

    starts = _starts(lines)
    found = []
    for edit in merged(edits):
        first = min(bisect_right(starts, edit.begin) - 1, max(len(lines) - 1, 0))
        whole = not edit.text and edit.begin == starts[first] and edit.end in (starts[bisect_left(starts, edit.end)], len(text))
        last = bisect_left(starts, edit.end) if whole else max(bisect_left(starts, edit.end), first + 1)
        if not whole and edit.end in starts[1:] and last < len(lines) and edit.end == starts[last]:
            last += 1
        found.append((first, min(last, len(lines))))
    return found


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans whose lines meet, or nearly so, made one."""
    out: list[tuple[int, int]] = []
    for first, last in spans:
        if out and first <= out[-1][1] + 2 * CONTEXT:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out


def _grown(text: str, lines: Sequence[str], edits: Sequence[Edit], first: int, last: int) -> int:
    """By how many lines the lines [first, last) grow."""
    starts = _starts(lines)
    begin, end = starts[first], starts[last]
    inside = [edit for edit in merged(edits) if begin <= edit.begin and edit.end <= end]
    now = applied(text[begin:end], [Edit(edit.begin - begin, edit.end - begin, edit.text) for edit in inside])
    return len(_lines(now)) - (last - first)


def _hunk(before: Sequence[str], after: Sequence[str], first: int, last: int, shift: int, grown: int) -> list[str]:
    top, bottom = max(first - CONTEXT, 0), min(last + CONTEXT, len(before))
    old, new = before[first:last], after[first + shift : last + shift + grown]
    rows = _rows(old, new)
    body = [(" ", line) for line in before[top:first]] + rows + [(" ", line) for line in before[last:bottom]]
    counts = bottom - top, bottom - top + grown
    head = f"@@ -{_range(top, counts[0])} +{_range(top + shift, counts[1])} @@\n"
    return [head, *(f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n" for sign, line in body)]


def _rows(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Lines that are equal at both ends are told as unchanged, and so are those between two cuts."""
    from difflib import SequenceMatcher

    if len(old) >= MAX_COMPARED:
        return [("-", line) for line in old] + [("+", line) for line in new]
    rows: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [(" ", line) for line in old[a:b]]
        else:
            rows += [("-", line) for line in old[a:b]] + [("+", line) for line in new[c:d]]
    return rows


def _range(first: int, count: int) -> str:
    return f"{first + (1 if count else 0)}" + ("" if count == 1 else f",{count}")
