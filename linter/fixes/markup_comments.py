"""The comments around a snippet: where one stands right before or behind a place, and how far those about the snippet go."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from linter.fixes.markup_elements import before_blanks, behind_blanks
from linter.fixes.markup_words import ends, ends_like

REACH = 600
"""Characters of the longest comment that is taken out."""
MAX_COMMENTS = 8
"""Comments one after another that are about one snippet."""
_KEPT = re.compile(r"pixellint|\[if\b|\[endif|<[a-z!?/]|\bwp:|#include|<!", re.IGNORECASE)
"""What may stand in no comment that is taken out: markup, conditions, directives."""
_HTML = (r"<!--", r"-->")
_FORMS: dict[str, tuple[tuple[str, str], ...]] = {
    "liquid": ((r"\{%-?\s*comment\s*-?%\}", r"\{%-?\s*endcomment\s*-?%\}"), (r"\{%-?\s*#", r"-?%\}")),
    "twig": ((r"\{#-?", r"-?#\}"), (r"\{%-?\s*comment\b[^%]{0,80}%\}", r"\{%-?\s*endcomment\s*-?%\}")),
    "handlebars": ((r"\{\{~?!--", r"--~?\}\}"), (r"\{\{~?!", r"\}\}")),
    "blade": ((r"\{\{--", r"--\}\}"),),
    "erb": ((r"<%#", r"%>"), (r"<%--", r"--%>")),
    "heex": ((r"<%#", r"%>"), (r"<%!--", r"--%>")),
    "asp": ((r"<%--", r"--%>"),),
    "go": ((r"\{\{-?\s*/\*", r"\*/\s*-?\}\}"),),
    "smarty": ((r"\{\*", r"\*\}"),),
    "razor": ((r"@\*", r"\*@"),),
    "silverstripe": ((r"<%--", r"--%>"),),
    "freemarker": ((r"<#--", r"-->"),),
    "velocity": ((r"#\*", r"\*#"),),
    "coldfusion": ((r"<!---", r"--->"),),
    "": ((r"<\?php\s+/\*", r"\*/\s*\?>"), (r"<\?php\s+(?://|#)", r"\?>")),
}


class Comment(NamedTuple):
    """A comment at text[begin:end] and what it says."""

    begin: int
    end: int
    says: str


class _Form(NamedTuple):
    open: re.Pattern[str]
    close: re.Pattern[str]


@lru_cache(maxsize=32)
def _forms(dialect: str) -> tuple[_Form, ...]:
    rows = (*_FORMS.get(dialect, ()), _HTML)
    return tuple(_Form(re.compile(opening), re.compile(closing)) for opening, closing in rows)


def comment_behind(text: str, at: int, dialect: str) -> Comment | None:
    """The comment that begins at `at`."""
    for form in _forms(dialect):
        opening = form.open.match(text, at)
        closing = form.close.search(text, opening.end(), at + REACH) if opening else None
        if opening and closing:
            return Comment(at, closing.end(), text[opening.end() : closing.start()])
    return None


def comment_before(text: str, at: int, dialect: str) -> Comment | None:
    """The comment that ends at `at`."""
    for form in _forms(dialect):
        opening = max(form.open.finditer(text, max(at - REACH, 0), at), key=lambda match: match.start(), default=None)
        closing = form.close.search(text, opening.end(), at) if opening else None
        if opening and closing and closing.end() == at:
            return Comment(opening.start(), at, text[opening.end() : closing.start()])
    return None


class Around:
    """Finds the comments around snippets in one text, asked with what tells whether a comment names a snippet's vendor."""

    def __init__(self, text: str, dialect: str) -> None:
        self._text = text
        self._dialect = dialect

    def joined(self, end: int, begin: int, is_named: Callable[[str], bool]) -> bool:
        """Whether only blanks and comments about the snippet stand between `end` and `begin`."""
        at = behind_blanks(self._text, end)
        for _ in range(MAX_COMMENTS):
            if at >= begin:
                break
            comment = comment_behind(self._text, at, self._dialect)
            if comment is None or comment.end > begin or not _is_taken(comment, is_named):
                return False
            at = behind_blanks(self._text, comment.end)
        return at == begin

    def widened(self, begin: int, end: int, is_named: Callable[[str], bool]) -> tuple[int, int]:
        """text[begin:end] with the comments before and behind it that are about it."""
        openings: list[str] = []
        for _ in range(MAX_COMMENTS):
            comment = comment_before(self._text, before_blanks(self._text, begin), self._dialect)
            if comment is None or not _is_taken(comment, is_named) or ends(comment.says):
                break
            openings.append(comment.says)
            begin = comment.begin
        for _ in range(MAX_COMMENTS):
            comment = comment_behind(self._text, behind_blanks(self._text, end), self._dialect)
            if comment is None or not self._closes(comment, openings, is_named):
                break
            end = comment.end
        return begin, end

    def _closes(self, comment: Comment, openings: list[str], is_named: Callable[[str], bool]) -> bool:
        """Whether a comment behind a snippet ends it."""
        if _KEPT.search(comment.says):
            return False
        return (ends(comment.says) and is_named(comment.says)) or any(ends_like(comment.says, opening) for opening in openings)


def _is_taken(comment: Comment, is_named: Callable[[str], bool]) -> bool:
    return not _KEPT.search(comment.says) and is_named(comment.says)
