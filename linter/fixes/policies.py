"""Fixes of headers: a vendor's host is taken out of a Content-Security-Policy that is written out, its hint out of a list of links.

Left: writing the policy anew (its order, quotes and line breaks are its author's). Left: a directive without sources, or none (then
`default-src` would count in its place). Taken: cut one source with one separator, where others are left; where none are, `'none'`, which
a person should look over. Whether something else of the company needs the host is for the core to say, which sees the whole repository.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from linter.evidence import Span, Url
from linter.fixes.lines import widened
from linter.fixes.markup_words import Words
from linter.fixes.model import WITH_CARE, Edit, Outcome, Task
from linter.fixes.policies_links import ALONE, link_place
from linter.fixes.policies_places import JOINED, Place, place_of, siblings
from linter.readers.policy_syntax import DIRECTIVE

EMPTY = "its directive would be left without a source"
NONE = "'none'"
MAX_LIST = 10_000
"""Characters of the longest list of sources."""
_NEXT = re.compile(
    rf"(?<!&#39)(?<!&apos)(?<!&quot)(?<!&#34)(?<!&#039);|[\])}}]|(?<![\w$-])(?:{DIRECTIVE.pattern}|(?:default|base|report|object|sandbox|upgrade"
    r"|block|require|trusted|navigate)-[a-z-]{2,30}(?![\w.-]))",
    re.IGNORECASE,
)
_GLUE = re.compile(r"&#?\w{2,6};|[\s\"'`+.,|&;=>:\\(\[{-]+")
_KEYWORD = re.compile(r"(?<!\\)'(?:self|none|unsafe-inline|unsafe-eval)'")
_TAGS = re.compile(r"\s*</?[A-Za-z][^<>]*>\s*|\s+")
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#|//)\s[^\r\n]*", re.MULTILINE)
_REST = re.compile(r"[ \t]*(?://|#)([^\r\n]*)")


def fix(task: Task) -> Outcome:
    """Edits of the hosts that policies let through, and of links that announce them."""
    places, refused = _places(task)
    empty = dict(_left_empty(task, {number: place for number, place in places.items() if task.matches[number].kind != "hint"}))
    closed = _closed(task, places, empty)
    for number, region in empty.items():
        if region not in closed or not task.unsafe:
            refused[number] = WITH_CARE if region in closed else EMPTY
    instead = set(closed.values())
    places = {number: place for number, place in places.items() if number not in refused}
    cuts = _cuts([place for place in dict.fromkeys(places.values()) if place not in instead])
    edits: dict[int, tuple[Edit, ...]] = {}
    for number, place in places.items():
        cut = cuts.get(place.source)
        if place in instead:
            edits[number] = (Edit(*place.source, NONE),)
        elif cut is None:
            refused[number] = ALONE if task.matches[number].kind == "hint" else JOINED
        else:
            vendor = task.catalog.vendors[task.matches[number].vendor]
            edits[number] = (Edit(*_lines(task.source.text, place, cut, Words([vendor], task.catalog))),)
    return Outcome(edits, refused, frozenset(empty.keys() & edits.keys()))


def _places(task: Task) -> tuple[dict[int, Place], dict[int, str]]:
    """Where the hosts stand, by the numbers of the matches, and why some cannot be cut out."""
    places: dict[int, Place] = {}
    refused: dict[int, str] = {}
    for number, match in enumerate(task.matches):
        piece = match.evidence
        if isinstance(piece, Url) and piece.role == "policy":
            found = place_of(task.source.text, piece.span)
        elif isinstance(piece, Url) and match.kind == "hint" and piece.via[-1:] != ("html",):
            found = link_place(task.source.text, piece.block)
        else:
            continue
        if isinstance(found, Place):
            places[number] = found
        else:
            refused[number] = found
    return places, refused


def _left_empty(task: Task, places: Mapping[int, Place]) -> Iterator[tuple[int, Span]]:
    """The matches in whose list no source would be left beside those that go, with the span of the list."""
    text = task.source.text
    gone = sorted({place.source for place in places.values()})
    region, empty = (0, 0), False
    for number, place in sorted(places.items(), key=lambda row: row[1].source):
        if not (region[0] <= place.source[0] and place.source[1] <= region[1]):
            is_element = place.kind == "element"
            region = siblings(text, place) if is_element else _region(text, place.source, task.matches[number].evidence.block)
            inside = gone[bisect_left(gone, (region[0], 0)) : bisect_left(gone, (region[1], 0))]
            left = _left(text, region, inside)
            empty = not (_TAGS.sub("", left) if is_element else _GLUE.sub("", left))
        if empty:
            yield number, region


def _closed(task: Task, places: Mapping[int, Place], empty: Mapping[int, Span]) -> dict[Span, Place]:
    """The lists that would be left empty and in which `'none'` can stand as it is written, each with its first source."""
    found: dict[Span, Place] = {}
    for number, region in empty.items():
        begin, end = task.matches[number].evidence.block
        if region not in found and places[number].kind == "blank" and _KEYWORD.search(task.source.text, begin, min(end, begin + MAX_LIST)):
            found[region] = places[number]
    return found


def _region(text: str, source: Span, block: Span) -> Span:
    """The list of sources that `source` stands in."""
    begin = max(block[0], source[0] - MAX_LIST) if block[0] <= source[0] < block[1] else text.rfind("[", 0, source[0]) + 1
    for name in DIRECTIVE.finditer(text, begin, source[0]):
        begin = name.end()
    stop = _NEXT.search(text, source[1], source[1] + MAX_LIST)
    return begin, stop.start() if stop else min(source[1] + MAX_LIST, len(text))


def _left(text: str, region: Span, gone: Sequence[Span]) -> str:
    """What is written in a list beside what goes, without separators and comments."""
    left, at = [], region[0]
    for first, last in gone:
        left.append(text[at:first])
        at = last
    left.append(text[at : region[1]])
    return _COMMENT.sub("", "".join(left))


def _cuts(places: Iterable[Place]) -> dict[Span, Span]:
    """What goes with each source, by its span; of neighbours that go, no two take the same separator."""
    found: dict[Span, Span] = {}
    ordered = sorted(places, key=lambda place: place.source)
    ahead_until = -1
    for place in ordered:
        if place.kind in ("item", "element"):
            found[place.source] = place.literal
        elif place.kind == "blank":
            free = place.back is not None and place.back[0] >= ahead_until
            cut = (place.back if free else place.ahead) or place.literal
            ahead_until = cut[1] if not free else -1
            found[place.source] = cut
    back_from = -1
    for place in reversed(ordered):
        if place.kind == "list":
            is_last = place.ahead is None or place.ahead[1] > back_from >= place.literal[1]
            cut_list = place.back if is_last else place.ahead
            if cut_list is not None:
                back_from = cut_list[0] if is_last else -1
                found[place.source] = cut_list
    return found


def _lines(text: str, place: Place, cut: Span, words: Words) -> Span:
    """The cut with its line, where nothing else stands there but a comment that names the vendor."""
    if place.kind == "list" and cut == place.back:
        return cut
    begin, end = cut
    rest = _REST.match(text, end)
    if place.kind == "list" and rest and words.are_in(rest[1]):
        alone = not text[max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1 : begin].strip()
        end = rest.end() if alone else end
    first = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    stop = re.compile(r"[ \t]*(?=[\r\n]|\Z)").match(text, end)
    return widened(text, begin, end) if not text[first:begin].strip() and stop else (begin, end)
