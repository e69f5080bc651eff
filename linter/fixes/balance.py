"""Whether a span of a template holds only whole tags and whole blocks, so that the template works as before without it.

The tags of a file are its marks (see `markup_marks` and `markup_php`): where they stand, which block they belong to, and whether
their effect reaches beyond the place where they stand. A span is whole if no mark sticks out of it, if of each block that has a
mark in it all marks are in it, and if nothing that is said in it (an assignment, an include) is of use elsewhere.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache

from linter.fixes.markup_marks import Mark, Marks, template_marks
from linter.readers.dialects import DIALECTS

_PHP = re.compile(r"<\?(?:php(?=\s|\Z)|=|(?!xml\b|php\w))", re.IGNORECASE)
_INCLUDES = re.compile(
    r"(?:\{%-?\+?\s*|\{|@|<\?(?:php)?[^?]{0,200}\b)(?:include|require|extends|embed|block|section|get_template_part)", re.IGNORECASE
)
_NAME = re.compile(r"\w+")
_SIGNS = (
    (re.compile(r"\{%"), "twig"),
    (re.compile(r"<%"), "erb"),
    (re.compile(r"\{\{[~-]?\s*(?:if|range|with|else|end|define|block|template|partial)\b"), "go"),
    (re.compile(r"\{\{\{?~?[#/^>]"), "handlebars"),
)  # fmt: skip
"""Tags that tell a template language where the file's kind does not (Jekyll's Markdown, pages that are built into others)."""
_COMPONENTS = frozenset({"svelte", "astro"})


def holds_whole_blocks(text: str, begin: int, end: int, dialect: str) -> bool:
    """Whether text[begin:end], of the source text of a file, can be taken out without a change to the template around it.

    True if the span cuts through no tag of the template, holds all tags of each block that it holds one of, and holds no tag
    that has an effect elsewhere: an include, a call, a definition, an assignment to a name that stands outside of the span too.
    `dialect` is the `Frame.dialect` of the slice in which the span stands; PHP and, in files of no dialect, template tags in the
    span are told by their delimiters. Without any tags it is true. A span inside a string of PHP is whole if it stands in one string
    and cuts through no escape or variable. Linear in the text, once per text.
    """
    if not 0 <= begin <= end <= len(text):
        return False
    return all(_is_whole(text, begin, end, found) for found in _found(text, begin, end, dialect))


def is_lone_tag(text: str, begin: int, end: int, dialect: str) -> bool:
    """Whether text[begin:end] is one tag of the template, which opens, divides and ends nothing and gives no name a value."""
    if dialect not in DIALECTS:
        return False
    found = _marks(text, dialect)
    at = bisect_left(found.begins, begin)
    mark = found.marks[at] if at < len(found.marks) else None
    return mark is not None and (mark.begin, mark.end) == (begin, end) and not (mark.blocks or mark.names or mark.raw)


def _found(text: str, begin: int, end: int, dialect: str) -> list[Marks]:
    found = [_marks(text, "php")] if _has_php(text) else []
    if dialect in DIALECTS or dialect in _COMPONENTS:
        found.append(_marks(text, dialect))
    elif not found:
        found += [_marks(text, name) for sign, name in _SIGNS if sign.search(text, begin, end)][:1]
    return found


@lru_cache(maxsize=4)
def _has_php(text: str) -> bool:
    return _PHP.search(text) is not None


@lru_cache(maxsize=4)
def _marks(text: str, dialect: str) -> Marks:
    if dialect == "php":
        from linter.fixes.markup_php import php_marks

        return php_marks(text)
    return template_marks(text, dialect)


def _is_whole(text: str, begin: int, end: int, found: Marks) -> bool:
    if end > found.until:
        return False
    marks = found.marks
    first = bisect_right(found.begins, begin) - 1
    if first >= 0 and marks[first].begin < begin < marks[first].end:
        return _is_inside(text, begin, end, marks[first])
    first = bisect_left(found.begins, begin)
    last = bisect_left(found.begins, end)
    inside = marks[first:last]
    if inside and inside[-1].end > end:
        return False
    if any(mark.reaches for mark in inside) or (found.unsure and any(mark.blocks for mark in inside)):
        return False
    if (first > 0 and marks[first - 1].dangling) or sum(mark.raw for mark in inside) != 0:
        return False
    counts = Counter(block for mark in inside for block in mark.blocks)
    if any(count != found.totals[block] for block, count in counts.items()):
        return False
    return _is_unused(text, begin, end, {name for mark in inside for name in mark.names})


def _is_inside(text: str, begin: int, end: int, mark: Mark) -> bool:
    """Whether a span that begins inside a mark is inside a part of it that holds text of its own, and holds that text's pieces whole."""
    at = bisect_right(mark.inner, begin, key=lambda inner: inner.begin) - 1
    inner = mark.inner[at] if at >= 0 and end <= mark.inner[at].end else None
    if inner is None:
        return False
    if inner.pieces is not None:
        for piece in inner.pieces.finditer(text, inner.begin, inner.end):
            if piece.start() < begin < piece.end() or piece.start() < end < piece.end():
                return False
    if inner.quoted is None:
        return True
    from linter.fixes.markup_php import NEVER, is_printed

    return NEVER.search(text, begin, end) is None and is_printed(text, mark, inner)


def _is_unused(text: str, begin: int, end: int, names: set[str]) -> bool:
    """Whether names that are given values in the span stand nowhere else, nor can be seen by another file that is included."""
    if not names:
        return True
    if _last_include(text) >= end:
        return False
    inside, everywhere = Counter(_NAME.findall(text, begin, end)), _names(text)
    return all(inside[name.lstrip("$")] == everywhere[name.lstrip("$")] for name in names)


@lru_cache(maxsize=4)
def _names(text: str) -> Counter[str]:
    return Counter(_NAME.findall(text))


@lru_cache(maxsize=4)
def _last_include(text: str) -> int:
    """Where the last tag that could hand values on to another file begins, or -1."""
    return max((match.start() for match in _INCLUDES.finditer(text)), default=-1)
