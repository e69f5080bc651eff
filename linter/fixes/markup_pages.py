"""A page as it stands in the source: its tokens with their source spans, so that what is cut out is exactly what was read."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from linter.evidence import Evidence, Span
from linter.fixes.model import Part
from linter.readers.dialects import DIALECTS
from linter.readers.markup import Attribute, Token, attributes, tokens
from linter.text import Slice

RAW_LABELS = frozenset(
    {"html", "php", "template", "component", "markdown", "mdx", "vue", "svelte", "astro", "riot", "marko", "block", *DIALECTS}
)
"""What may be around a page that is edited; text in data, scripts or archives is not."""
COMPONENTS = frozenset({"vue", "svelte", "astro", "riot", "marko"})
"""Dialects in which any element may close itself."""
_PHP = "<?"
NESTED = 8
"""Pages reached on the same way that are looked at for one place."""


def exact(text: Slice, begin: int, end: int) -> Span | None:
    """The source span of text[begin:end] where the source holds it character for character, but for template tags; else None."""
    first, last = text.span(begin, end)
    if not text.steps or begin >= end:
        return (first, last) if not text.steps else None
    source = text.source.text
    number = max(bisect_right(text.steps, begin, key=lambda step: step.at) - 1, 0)
    before: Span | None = None
    while number < len(text.steps) and text.steps[number].at < end:
        at, start, stop = text.steps[number]
        until = text.steps[number + 1].at if number + 1 < len(text.steps) else len(text)
        if before is not None and start != before[1] and (start, stop) != before:
            return None
        if until - at != stop - start and not source.startswith(_PHP, start):
            return None
        before = (start, stop)
        number += 1
    return (first, last) if source[first] == text.text[begin] and source[last - 1] == text.text[end - 1] else None


class Element(NamedTuple):
    """An element or a part of one that could be cut out: its source span, and its first and last token by their numbers."""

    begin: int
    end: int
    first: int
    last: int
    name: str


class Page:
    """One slice of HTML with its tokens. `begins` are the source offsets of the tokens."""

    def __init__(self, part: Part) -> None:
        self.text = part.text
        self.frame = part.frame
        self.source = part.text.source.text
        self.tokens: list[Token] = list(tokens(part.text.text))
        self.begins = [part.text.span(token.begin, token.end)[0] for token in self.tokens]
        self.noscripts = self._noscripts()

    def span(self, number: int) -> Span:
        """The source span of a token."""
        token = self.tokens[number]
        return self.text.span(token.begin, token.end)

    def number_at(self, at: int) -> int:
        """The number of the token that source offset `at` stands in, or -1."""
        number = bisect_right(self.begins, at) - 1
        return number if number >= 0 and self.begins[number] <= at < self.span(number)[1] else -1

    def attributes(self, number: int) -> list[Attribute]:
        """The attributes of a start tag."""
        return attributes(self.text.text, self.tokens[number])

    def value(self, attribute: Attribute) -> str:
        """An attribute's value as it was read, template tags masked."""
        return self.text.text[attribute.begin : attribute.end]

    def between(self, first: int, last: int) -> str:
        """What is read between token `first` and token `last`."""
        return self.text.text[self.tokens[first].end : self.tokens[last].begin]

    def is_blank(self, first: int, last: int) -> bool:
        """Whether nothing stands between two tokens, in the source either (a template tag that prints nothing does not count)."""
        return not self.between(first, last).strip()

    def _noscripts(self) -> list[tuple[int, int]]:
        """The noscript elements by the numbers of their tags, in order; the last is -1 where it is never closed."""
        found: list[tuple[int, int]] = []
        opened = -1
        for number, token in enumerate(self.tokens):
            if token.name.lower() != "noscript":
                continue
            if token.kind == "start" and opened < 0:
                opened = number
            elif token.kind == "end" and opened >= 0:
                found.append((opened, number))
                opened = -1
        return [*found, (opened, -1)] if opened >= 0 else found

    def noscript_of(self, number: int) -> tuple[int, int] | None:
        """The noscript element that a token stands in."""
        at = bisect_right(self.noscripts, (number, len(self.tokens))) - 1
        if at < 0:
            return None
        first, last = self.noscripts[at]
        return (first, last) if first < number and (last < 0 or number < last) else None


class _Held(NamedTuple):
    begin: int
    end: int
    part: Part


class Pages:
    """The pages of a file, made when first asked for."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._held: dict[tuple[str, ...], list[_Held]] = defaultdict(list)
        for part in parts:
            if part.language == "html" and part.frame.state != "dormant" and _is_raw(part):
                self._held[part.frame.via].append(_Held(*part.text.span(0, len(part.text)), part))
        for rows in self._held.values():
            rows.sort(key=lambda row: (row.begin, -row.end))
        self._pages: dict[int, Page] = {}

    def of(self, piece: Evidence) -> Page | None:
        """The innermost page that a piece of evidence was read in."""
        for length in range(len(piece.via), 0, -1):
            if piece.via[length - 1] == "html":
                held = self._at(piece.via[: length - 1], piece.span)
                if held is not None:
                    return self._page(held.part)
        return None

    def around(self, span: Span) -> list[Page]:
        """The pages that a source span stands in, innermost first."""
        found = [held for via in self._held if (held := self._at(via, span)) is not None]
        found.sort(key=lambda held: (held.end - held.begin, -len(held.part.frame.via)))
        return [self._page(held.part) for held in found]

    def _at(self, via: tuple[str, ...], span: Span) -> _Held | None:
        """The page that was reached by `via` and holds a span; of several, one that begins late."""
        rows = self._held.get(via, [])
        at = bisect_right(rows, span[0], key=lambda row: row.begin)
        return next((row for row in reversed(rows[max(at - NESTED, 0) : at]) if span[1] <= row.end), None)

    def _page(self, part: Part) -> Page:
        if id(part) not in self._pages:
            self._pages[id(part)] = Page(part)
        return self._pages[id(part)]


def _is_raw(part: Part) -> bool:
    return all(label in RAW_LABELS for label in part.frame.via)
