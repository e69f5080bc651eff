"""Finds the tags of a template: one pass over the text, steered by a dialect's table row."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from linter.evidence import Span
from linter.readers.brackets import Brackets
from linter.readers.dialects import DIALECTS, Dialect, Form
from linter.readers.flow import Flow, word

TagKind = Literal["output", "control", "comment", "keep", "block"]


class Tag(NamedTuple):
    """A tag at text[begin:end] with its inside (delimiters and, of a block, start and end tag cut off).

    A "block" is a whole block whose inside is read in the language `role`, or is only an example ("sample"), or is
    code of the server ("code"). A "keep" tag is text.
    """

    begin: int
    end: int
    kind: TagKind
    inside: Span
    flow: Flow = ""
    role: str = ""


_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,400}+"|\'(?:[^\'\\]|\\.){0,400}+\'', re.DOTALL)


MAX_TAGS = 500_000
"""Openings of tags that are looked at in one text."""


class _Closers:
    """Where a form's closing delimiter next stands, remembered so that a text without any is searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, tuple[int, Span]] = {}

    def find(self, close: re.Pattern[str], at: int) -> Span:
        """Span of the first `close` from `at` on, or (-1, -1)."""
        asked, span = self._known.get(close.pattern, (0, (0, 0)))
        if close.pattern in self._known and asked <= at and (span[0] >= at or span[0] < 0):
            return span
        match = close.search(self._text, at)
        span = match.span() if match else (-1, -1)
        self._known[close.pattern] = (at, span)
        return span


class _Row(NamedTuple):
    """A dialect with its patterns compiled."""

    dialect: Dialect
    opener: re.Pattern[str]
    forms: tuple[tuple[Form, re.Pattern[str], re.Pattern[str], re.Pattern[str] | None], ...]
    control: re.Pattern[str] | None


@lru_cache(maxsize=32)
def _row(name: str) -> _Row:
    dialect = DIALECTS[name]
    parts = [f"(?P<f{number}>{form.open})" for number, form in enumerate(dialect.forms)]
    if dialect.bare:
        parts.append(f"(?P<bare>{dialect.bare_open})")
    forms = tuple(
        (form, re.compile(form.open), re.compile(form.close), re.compile(form.guard, re.DOTALL) if form.guard else None)
        for form in dialect.forms
    )
    return _Row(dialect, re.compile("|".join(parts)), forms, re.compile(dialect.control, re.DOTALL) if dialect.control else None)


class Scanner:
    """Finds the tags of one text."""

    def __init__(self, text: str, dialect: str) -> None:
        self._text = text
        self._row = _row(dialect)
        self._closers = _Closers(text)
        self._brackets = Brackets(text)
        self.tangled = False
        """Whether tags were left unfound because too many never closed, or there were too many."""
        self.until = len(text)
        """Where the search ended."""
        self._patience = 2 * len(text) + 100_000

    def tags(self) -> list[Tag]:
        """All tags, sorted, not overlapping."""
        found: list[Tag] = []
        at = tried = 0
        while match := self._row.opener.search(self._text, at):
            tried += 1
            if tried > MAX_TAGS:
                self.tangled, self.until = True, match.start()
                break
            tags = self._tags_at(match)
            at = max(tags[-1].end if tags else match.end(), match.start() + 1)
            found += tags
        return found

    def _tags_at(self, match: re.Match[str]) -> list[Tag]:
        if match.lastgroup == "bare":
            from linter.readers.bare import FINDERS

            tags = FINDERS[self._row.dialect.bare](self._text, match.start(), self._brackets)
            return [self._finished(tag) for tag in self._with_block(tags)]
        number = int((match.lastgroup or "f0")[1:])
        tag = self._form_tag(match, number)
        return [self._finished(tag) for tag in self._with_block([tag])] if tag else []

    def _form_tag(self, match: re.Match[str], number: int) -> Tag | None:
        form, opens, closes, guard = self._row.forms[number]
        begin, start = match.span()
        if not form.close:
            return Tag(begin, start, "keep", (start, start))
        stop, end = self._closers.find(closes, start)
        if stop < 0:
            return None
        if form.kind != "comment" and form.kind != "keep":
            self.tangled = self.tangled or self._patience < 0
            if self._patience < 0 or (not guard and opens.search(self._text, start, stop)):
                return None
            self._patience -= stop - start
            stop, end = self._past_strings(opens, closes, start, (stop, end))
            if guard and not guard.fullmatch(self._text, start, stop):
                return None
            if not guard and opens.search(self._text, start, stop):
                return None
            self._patience += stop - start
        return Tag(begin, end, form.kind, (start, stop))

    def _past_strings(self, opens: re.Pattern[str], closes: re.Pattern[str], start: int, close: Span) -> Span:
        """The closing delimiter, moved on while it stands inside a quoted string of one line."""
        for match in _QUOTED.finditer(self._text, start, min(len(self._text), close[1] + 400)):
            if match.start() > close[0]:
                break
            if match.end() <= close[0] or "\n" in match[0] or opens.search(match[0]):
                continue
            moved = self._closers.find(closes, match.end())
            if moved[0] < 0 or moved[0] > match.end() + 400:
                break
            close = moved
        return close

    def _with_block(self, tags: list[Tag]) -> list[Tag]:
        """The tags, or if the first opens a raw, comment or language block, what that block is."""
        dialect = self._row.dialect
        if not tags or tags[0].kind not in ("control", "output"):
            return tags
        first = tags[0]
        name = word(self._text[first.inside[0] : min(first.inside[1], first.inside[0] + 80)])
        role = dialect.blocks.get(name)
        if role is None or self._text[first.inside[0] : first.inside[1]].lstrip("{<#").startswith("/"):
            return tags
        if name == "php" and first.inside[1] > first.inside[0] + 3:
            return tags
        span = self._closers.find(re.compile(dialect.block_end.replace("WORD", re.escape(name))), first.end)
        if span[0] < 0:
            return tags
        if role == "raw":
            end = Tag(*span, "control", (span[1], span[1]))
            return [first._replace(kind="control"), Tag(first.end, span[0], "keep", (first.end, span[0])), end]
        inside = (first.end, span[0])
        return [Tag(first.begin, span[1], "comment" if role == "comment" else "block", inside, "", role)]

    def _finished(self, tag: Tag) -> Tag:
        """The tag with what its words say: whether it prints at all, and its flow."""
        if tag.kind not in ("output", "control") or tag.flow:
            return tag
        inside = self._text[tag.inside[0] : tag.inside[1]]
        silent = tag.kind == "output" and self._row.control is not None and self._row.control.match(inside)
        return tag._replace(kind="control" if silent else tag.kind, flow=self._row.dialect.flow(inside))
