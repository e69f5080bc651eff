"""Cuts of a page and how they hang together: noscript elements that would be left empty, snippets of several elements."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from linter.catalog import Catalog
from linter.evidence import Span
from linter.fixes.markup_comments import Around, comment_behind
from linter.fixes.markup_elements import element_at, names_of_element
from linter.fixes.markup_pages import Element, Page
from linter.fixes.markup_words import Words

_WRAPPERS = frozenset({"div", "p", "span", "center"})
"""Elements that are nothing without what stands in them."""


class Cut:
    """A part of a page that is to go: an element, or an attribute at `span`. `matches` are the numbers of the matches in it."""

    def __init__(self, page: Page, element: Element | None, span: Span = (0, 0)) -> None:
        self.page = page
        self.element = element
        self.begin, self.end = (element.begin, element.end) if element else span
        self.matches: list[int] = []
        self.vendors: set[str] = set()


class Group(NamedTuple):
    """Cuts that go together, as one span."""

    span: Span
    cuts: list[Cut]


def with_noscripts(page: Page, cuts: list[Cut], catalog: Catalog) -> list[Cut]:
    """The cuts, in order; those of all that a noscript element holds are one cut of the whole element."""
    out: list[Cut] = []
    inside: dict[tuple[int, int], list[Cut]] = {}
    for cut in sorted(cuts, key=lambda cut: (cut.begin, cut.end)):
        around = page.noscript_of(cut.element.first) if cut.element else None
        if around is None or around[1] < 0:
            out.append(cut)
        else:
            inside.setdefault(around, []).append(cut)
    for (first, last), held in inside.items():
        whole = _emptied(page, first, last, held, catalog)
        out += [whole] if whole else held
    return sorted(out, key=lambda cut: (cut.begin, cut.end))


def _emptied(page: Page, first: int, last: int, held: list[Cut], catalog: Catalog) -> Cut | None:
    """The cut of a noscript element, if nothing but wrappers and comments is left in it."""
    element = element_at(page, first)
    if isinstance(element, str) or element.last != last or names_of_element(page, element):
        return None
    vendors = _vendors(held)
    named = _words(vendors, catalog)
    owner = [0] * (last - first + 1)
    for count, cut in enumerate(held, 1):
        assert cut.element is not None
        for number in range(cut.element.first, cut.element.last + 1):
            owner[number - first] = count
    depth = 0
    for number in range(first, last):
        mine, following = owner[number - first], owner[number + 1 - first]
        if not page.is_blank(number, number + 1) and not (mine and mine == following):
            return None
        if number > first and not mine:
            depth += {"start": 1, "end": -1}.get(page.tokens[number].kind, 0)
            if depth < 0 or not _is_nothing(page, number, named):
                return None
    if depth:
        return None
    whole = Cut(page, element)
    whole.matches = [number for cut in held for number in cut.matches]
    whole.vendors = vendors
    return whole


def _is_nothing(page: Page, number: int, named: Words) -> bool:
    """Whether a token of a noscript element may go with the last thing that it holds."""
    token = page.tokens[number]
    if token.kind != "comment":
        return token.name.lower() in _WRAPPERS and token.kind != "raw"
    begin, end = page.span(number)
    comment = comment_behind(page.source, begin, "")
    return comment is not None and comment.end == end and named.are_in(comment.says)


def grouped(page: Page, cuts: Iterable[Cut], catalog: Catalog) -> list[Group]:
    """The cuts that stand together, as groups with the comments around them. Cuts of one company are together if only blanks
    and comments about them are between; cuts of others if they stand on one line."""
    around = Around(page.source, page.frame.dialect)
    groups: list[Group] = []
    for cut in cuts:
        last = groups[-1] if groups else None
        if last is not None and cut.end <= last.span[1]:
            last.cuts.append(cut)
            continue
        if last is not None and _are_together(page, last, cut, around, catalog):
            groups[-1] = Group((last.span[0], cut.end), [*last.cuts, cut])
        else:
            groups.append(Group((cut.begin, cut.end), [cut]))
    return _with_comments(groups, around, catalog)


def _are_together(page: Page, group: Group, cut: Cut, around: Around, catalog: Catalog) -> bool:
    gap = page.source[group.span[1] : cut.begin] if cut.begin - group.span[1] < 100 else "\n"
    if not gap.strip() and "\n" not in gap:
        return True
    vendors = _vendors(group.cuts)
    companies = {catalog.vendors[vendor].company for vendor in vendors} & {catalog.vendors[vendor].company for vendor in cut.vendors}
    if not companies:
        return False
    words = _words((vendors | cut.vendors), catalog)
    return around.joined(group.span[1], cut.begin, words.are_in)


def _with_comments(groups: list[Group], around: Around, catalog: Catalog) -> list[Group]:
    out: list[Group] = []
    for number, group in enumerate(groups):
        begin, end = around.widened(*group.span, _words(_vendors(group.cuts), catalog).are_in)
        begin = max(begin, out[-1].span[1] if out else 0)
        end = min(end, groups[number + 1].span[0]) if number + 1 < len(groups) else end
        out.append(Group((begin, end), group.cuts))
    return out


def with_comments(page: Page, span: Span, cuts: list[Cut], catalog: Catalog) -> Span:
    """A span with the comments around it that are about the vendors of `cuts`."""
    return Around(page.source, page.frame.dialect).widened(*span, _words(_vendors(cuts), catalog).are_in)


def _vendors(cuts: Iterable[Cut]) -> set[str]:
    return {vendor for cut in cuts for vendor in cut.vendors}


def _words(vendors: Iterable[str], catalog: Catalog) -> Words:
    return _made(frozenset(vendors), catalog)


@lru_cache(maxsize=256)
def _made(vendors: frozenset[str], catalog: Catalog) -> Words:
    return Words((catalog.vendors[vendor] for vendor in sorted(vendors)), catalog)
