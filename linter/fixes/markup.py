"""Fixes in markup: elements that load a vendor's address, scripts and handlers that were emptied, and the comments around them.

Left: cutting by patterns of known snippets (each site's differs, and what stands between them is the site's own). Left: building
the page anew from its tree (no byte outside of a cut may change). Taken: cut an element if it is the vendor's alone and nothing
asks for it; then what is left of its noscript element; then the comments that name it, so that a snippet goes as one span.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from linter.evidence import Element as Told
from linter.evidence import Span, Url
from linter.fixes.balance import holds_whole_blocks, is_lone_tag
from linter.fixes.lines import widened
from linter.fixes.markup_cuts import Cut, Group, grouped, with_comments, with_noscripts
from linter.fixes.markup_elements import HANDLER, attribute_span, element_at, loading_element, other_job
from linter.fixes.markup_pages import Element, Page, Pages
from linter.fixes.markup_uses import Uses
from linter.fixes.markup_wraps import wrapping
from linter.fixes.model import Edit, Outcome, Task
from linter.matching import Match

TORN = "template tags in it belong to what stands around it"
MAX_CONDITIONS = 3
"""Conditions around one another that go with what they hold."""
_SEEN = frozenset({"widget"})
"""Kinds of matches that people see on the page."""
_NOT_MARKUP = frozenset({"csp", "setting", "plugin", "dependency", "proxy", "package"})
_INDENTED = "the page is written in indented markup: its lines are to be taken out by hand"
_IN_DATA = "it is in a data file that a program writes: take it out there"
_ELSEWHERE = {
    **dict.fromkeys(("pug", "haml", "slim", "indented"), _INDENTED),
    **dict.fromkeys(("data", "json", "yaml", "toml", "eno", "xml", "sql", "wxr", "serialised"), _IN_DATA),
    "srcdoc": "it is in a page inside an attribute",
    "data-url": "it is in a page inside an address",
}
"""Why a page of these labels is not edited."""
_PURPOSEFUL = re.compile(r"\.(?:prevent|stop|self|capture|passive)\b|preventdefault")


def fix(task: Task) -> Outcome:
    """Edits of the matches that stand in elements of raw pages."""
    return _Markup(task).outcome()


class _Markup:
    def __init__(self, task: Task) -> None:
        self._task = task
        self._text = task.source.text
        self._pages = Pages(task.parts)
        self._emptied = sorted(task.emptied)
        self._edits: dict[int, tuple[Edit, ...]] = {}
        self._refused: dict[int, str] = {}

    def outcome(self) -> Outcome:
        """What can be cut out, and why the rest cannot."""
        cuts: dict[tuple[int, Span], Cut] = {}
        for number, match in enumerate(self._task.matches):
            if match.kind in _NOT_MARKUP:
                continue
            if match.kind == "trace":
                self._refused[number] = "it sends nothing: whether it stays is for a person to say"
                continue
            emptied = next(
                (span for span in self._emptied if span[0] <= match.evidence.span[0] and match.evidence.span[1] <= span[1]), None
            )
            if self._is_include(number, match):
                continue
            found = self._of_emptied(emptied) if emptied else self._of_match(match)
            if isinstance(found, str):
                self._refused[number] = found
            elif isinstance(found, Cut):
                cut = cuts.setdefault((id(found.page), (found.begin, found.end)), found)
                cut.matches.append(number)
                cut.vendors.add(match.vendor)
        self._make(list(cuts.values()))
        return Outcome(self._edits, self._refused)

    # -- what a match is cut out with

    def _of_match(self, match: Match) -> Cut | str | None:
        """The cut of an element; None for what is no markup."""
        piece = match.evidence
        page = self._pages.of(piece) if isinstance(piece, Url | Told) and piece.via[-1:] == ("html",) else None
        if page is None and piece.via[-1:] == ("html",):
            return next((_ELSEWHERE[label] for label in reversed(piece.via) if label in _ELSEWHERE), None)
        number = page.number_at(piece.span[0]) if page else -1
        if page is None or number < 0 or page.tokens[number].kind != "start":
            return None
        if match.kind in _SEEN:
            return "people see it on the page: what takes its place is to be chosen"
        if isinstance(piece, Url):
            found = loading_element(page, number, piece.span[0])
        elif page.tokens[number].name.lower() == "meta":
            return None
        else:
            found = self._component(page, number)
        if isinstance(found, str):
            return found
        why = other_job(page, found, self._emptied)
        return why or Cut(page, found)

    def _is_include(self, number: int, match: Match) -> bool:
        """Whether a match is a tag that includes a template of the vendor's; it is cut out with its line."""
        piece = match.evidence
        if not isinstance(piece, Told) or piece.name != "include" or not self._task.parts:
            return False
        begin, end = piece.span
        if is_lone_tag(self._text, begin, end, self._task.parts[0].frame.dialect):
            self._edits[number] = (Edit(*widened(self._text, begin, end)),)
        return True

    def _component(self, page: Page, number: int) -> Element | str:
        found = element_at(page, number)
        if isinstance(found, str) or found.name.startswith("amp-") or found.last == number:
            return found
        return (
            found
            if page.is_blank(found.first, found.first + 1) and found.last == found.first + 1
            else "something stands inside the element"
        )

    def _of_emptied(self, span: Span) -> Cut | None:
        """The script element or the attribute whose code was taken out; where it must stay it stays, empty."""
        for page in self._pages.around(span):
            number = page.number_at(span[0])
            if number < 0:
                continue
            token = page.tokens[number]
            if token.kind == "raw" and token.name == "script":
                return self._script(page, number, span)
            if token.kind == "start":
                return self._handler(page, number, span)
        return None

    def _script(self, page: Page, number: int, span: Span) -> Cut | None:
        begin, end = page.span(number)
        if self._text[begin : span[0]].strip() or self._text[span[1] : end].strip() or page.frame.dialect in ("vue", "riot"):
            return None
        found = element_at(page, number - 1)
        if isinstance(found, str) or other_job(page, found, self._emptied):
            return None
        if any(a.name == "src" and page.value(a).strip() for a in page.attributes(number - 1)):
            return None
        return Cut(page, found)

    def _handler(self, page: Page, number: int, span: Span) -> Cut | None:
        for attribute in page.attributes(number):
            begin, end = page.text.span(attribute.begin, attribute.end)
            if begin <= span[0] and span[1] <= end and HANDLER.match(attribute.name):
                whole = attribute_span(page, attribute)
                if whole is None or attribute.name == "x-data" or _PURPOSEFUL.search(attribute.name):
                    return None
                return Cut(page, None, whole)
        return None

    # -- edits

    def _make(self, cuts: list[Cut]) -> None:
        uses = Uses(self._task)
        for page, found in _by_page(cuts):
            attributes = [cut for cut in found if cut.element is None]
            elements, kept = uses.free(page, [cut for cut in found if cut.element is not None])
            self._refused |= kept
            for cut in attributes:
                self._take(Group((cut.begin, cut.end), [cut]), page, as_lines=False)
            at = 0
            for group in grouped(page, with_noscripts(page, elements, self._task.catalog), self._task.catalog):
                at = self._take(group, page, as_lines=True, at=at)

    def _take(self, group: Group, page: Page, as_lines: bool, at: int = 0) -> int:
        """Makes the group's edit, or, where templates forbid it, those of its elements alone; nothing before `at` is cut. Gives where
        the last edit ends."""
        whole = self._outer(group, page) if as_lines else group.span
        span = self._whole(whole, page, as_lines) or self._whole(group.span, page, as_lines)
        if span is not None:
            for cut in group.cuts:
                self._edits |= dict.fromkeys(cut.matches, (Edit(max(span[0], at), span[1]),))
            return span[1]
        for cut in group.cuts:
            own = self._whole((cut.begin, cut.end), page, as_lines)
            if own is not None:
                self._edits |= dict.fromkeys(cut.matches, (Edit(max(own[0], at), own[1]),))
                at = max(own[1], at)
            elif cut.element is not None:
                self._refused |= dict.fromkeys((number for number in cut.matches if not self._is_emptied(number)), TORN)
        return at

    def _outer(self, group: Group, page: Page) -> Span:
        """The span of a group with the conditions that hold nothing else, and the comments around these."""
        span = group.span
        for _ in range(MAX_CONDITIONS):
            outer = wrapping(self._text, span, page.frame.dialect)
            if outer is None:
                break
            span = with_comments(page, outer, group.cuts, self._task.catalog)
        return span

    def _is_emptied(self, number: int) -> bool:
        return self._emptied_around(self._task.matches[number].evidence.span) is not None

    def _emptied_around(self, span: Span) -> Span | None:
        """The emptied script or handler that a span stands in."""
        at = bisect_right(self._emptied, (span[0], len(self._text))) - 1
        return self._emptied[at] if at >= 0 and span[1] <= self._emptied[at][1] else None

    def _whole(self, span: Span, page: Page, as_lines: bool) -> Span | None:
        """The span with its lines, or alone, as the template around it allows."""
        dialect = page.frame.dialect
        lines = widened(self._text, *span) if as_lines else span
        if "markdown" in page.frame.via and _parts_paragraphs(self._text, lines):
            lines = span
        for one in (lines, span):
            if holds_whole_blocks(self._text, *one, dialect):
                return one
        return None


def _by_page(cuts: Iterable[Cut]) -> Iterator[tuple[Page, list[Cut]]]:
    pages: dict[int, Page] = {}
    found: dict[int, list[Cut]] = defaultdict(list)
    for cut in cuts:
        pages[id(cut.page)] = cut.page
        found[id(cut.page)].append(cut)
    for key, rows in found.items():
        yield pages[key], rows


def _parts_paragraphs(text: str, span: Span) -> bool:
    """Whether text stands on the lines before and behind whole lines: without them it would be one paragraph."""
    before = text.rfind("\n", 0, max(span[0] - 1, 0)) + 1
    behind = text.find("\n", span[1])
    return bool(text[before : span[0]].strip() and text[span[1] : behind if behind >= 0 else len(text)].strip())
