"""Whether a place of a file is commented out, told by the text before it, for readers of facts that stand in any language."""

import re

from linter.languages import Language

REACH = 3000
"""Characters before a place in which a comment that covers it is looked for."""

_LINE = re.compile(r"\s*(?://|#(?!\{)|\*\s|--\s|;|rem\s|<!--|\{#|\{/\*|/\*|<%#|<%--|@\*|\{\{!)", re.IGNORECASE)
_NO_BLOCKS = frozenset({"data", "markdown"})
_BLOCKS = (("<!--", "-->"), ("<%--", "--%>"), ("{{!--", "--}}"), ("{#", "#}"))
_SLASH_STAR = re.compile(r"(?:^|[\s;{}),])/\*(?!/|\*?\s*['\"])|\*/", re.MULTILINE)


def is_commented(text: str, at: int, language: Language) -> bool:
    """Whether the line of `at` begins as a comment, or a block comment is open there."""
    begin = text.rfind("\n", 0, at) + 1
    opening = _LINE.match(text, begin, at)
    if opening is not None and not (language.reader == "css" and opening[0].strip() == "#"):
        return not any(mark in text[opening.end() : at] for mark in ("-->", "*/", "#}", "--%>"))
    low = max(at - REACH, 0)
    blocks = _BLOCKS if language.reader == "template" else _BLOCKS[:-1]
    if any(text.rfind(first, low, at) > text.rfind(last, low, at) for first, last in blocks):
        return True
    if language.reader in _NO_BLOCKS or language.dialect in ("shell", "python", "ruby", "plain"):
        return False
    marks = [mark[0] for mark in _SLASH_STAR.finditer(text, low, at)]
    return bool(marks) and marks[-1] != "*/"
