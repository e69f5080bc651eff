"""Where a source of a policy stands: among others between blanks, as a text of its own in a list, as an item of YAML."""

import re
from typing import Literal, NamedTuple

from linter.evidence import Span
from linter.readers.policy_syntax import ADDRESS

JOINED = "the policy is put together from several texts"
DECIDED = "code decides whether the host is let through"
ESCAPED = "the policy is written with escapes"
_ENDS = frozenset(" \t\r\n\f\"'`;,<>()[]{}|=")
_BLANKS = frozenset(" \t\r\n\f")
_QUOTES = frozenset("\"'`")
_YAML_ITEM = re.compile(r"[ \t]*-[ \t]+([\"']?)\Z")
_YAML_REST = re.compile(r"([\"']?)[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
_BRACKETS = re.compile(r"[()\[\]{}]")
_CALLED = re.compile(r"([A-Za-z_]\w*)\Z")
_NEXT_SOURCE = re.compile(r",\s*[\"'`:)]|\)")
_OPENING = re.compile(r"<([A-Za-z][\w.-]*)(?:\s[^<>]*)?>")
_CLOSING = re.compile(r"</([A-Za-z][\w.-]*)\s*>")
_TAG = re.compile(r"</?([A-Za-z][\w.-]*)[^<>]*>")
REACH = 5000
"""Characters around an element in which its neighbours are looked for."""
LONGEST = 400
"""Characters of the longest source that is cut out."""


class Place(NamedTuple):
    """A source at text[source], of which text[literal] goes: itself, or the quoted text that holds just it.

    `back` and `ahead` are the literal with the separator before or behind it, None where there is none. `item`: it is a line of YAML,
    `element`: the text of an element of XML.
    """

    kind: Literal["blank", "list", "item", "element"]
    source: Span
    literal: Span
    back: Span | None
    ahead: Span | None


def place_of(text: str, host: Span) -> Place | str:
    """The place of the source that names a host, or why it cannot be cut out."""
    begin, end = _source(text, *host)
    if end - begin > LONGEST or not ADDRESS.fullmatch(text, begin, end):
        return JOINED
    line = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    item, rest = _YAML_ITEM.match(text[line:begin]), _YAML_REST.match(text, end)
    if item and rest and item[1] == rest[1]:
        return Place("item", (begin, end), (line, rest.end()), None, None)
    before, behind = text[begin - 1 : begin], text[end : end + 1]
    if before in _QUOTES and before == behind:
        return _in_list(text, (begin, end))
    if before == ">" and behind == "<":
        return _in_element(text, (begin, end))
    if before == "\\" or (behind == "\\" and text[end + 1 : end + 2] in _QUOTES and before in _QUOTES):
        return ESCAPED
    if (before in _BLANKS or before in _QUOTES or before in "[(") and (not behind or behind in _BLANKS | _QUOTES or behind in ";,<\\])"):
        return _among_blanks(text, (begin, end))
    return JOINED


def _source(text: str, begin: int, end: int) -> Span:
    """The whole source: with scheme, port and path."""
    low, high = begin - LONGEST, end + LONGEST
    while begin > max(low, 0) and text[begin - 1] not in _ENDS and not (text[begin - 1] == "\\" and text[begin] != "/"):
        begin -= 1
    while end < min(high, len(text)) and text[end] not in _ENDS and not (text[end] == "\\" and text[end + 1 : end + 2] != "/"):
        end += 1
    return begin, end


def _among_blanks(text: str, source: Span) -> Place:
    begin, end = source
    back = (begin - 1, end) if text[begin - 1] in " \t" else None
    ahead = (begin, end + 1) if text[end : end + 1] in (" ", "\t") else None
    return Place("blank", source, source, back, ahead)


def _in_list(text: str, source: Span) -> Place | str:
    literal = (source[0] - 1, source[1] + 1)
    if text[literal[0] - 1 : literal[0]] == "\\":
        return ESCAPED
    first = _before(text, literal[0])
    last = _behind(text, literal[1])
    before, behind = text[first : first + 1], text[last : last + 1]
    if before in ("&", "?", "|") or behind in (":", "?", "&", "|"):
        return DECIDED
    if before in ("+", ".") or behind in ("+", "."):
        return JOINED
    if _is_argument(text, literal[0]) and not _NEXT_SOURCE.match(text, last):
        return JOINED
    ahead = None
    if behind == "," and before not in (":", "=", ">"):
        end = last + 1
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        ahead = (literal[0], end)
    back = (first, literal[1]) if before == "," else None
    return Place("list", source, literal, back, ahead)


def _is_argument(text: str, at: int) -> bool:
    """Whether the bracket around offset `at` is that of a call."""
    depth = 0
    for mark in reversed(list(_BRACKETS.finditer(text, max(at - LONGEST, 0), at))):
        depth += 1 if mark[0] in ")]}" else -1
        if depth < 0:
            called = _CALLED.search(text, max(mark.start() - 60, 0), mark.start())
            return mark[0] == "(" and called is not None and called[1].lower() not in ("array", "list", "tuple")
    return False


def _in_element(text: str, source: Span) -> Place | str:
    """`<value id="x" type="host">connect.facebook.net</value>` among others of its name."""
    low = max(source[0] - LONGEST, 0)
    opening = max(_OPENING.finditer(text, low, source[0]), key=lambda match: match.start(), default=None)
    closing = _CLOSING.match(text, source[1])
    if opening is None or closing is None or opening.end() != source[0] or opening[1] != closing[1]:
        return JOINED
    return Place("element", source, (opening.start(), closing.end()), None, None)


def siblings(text: str, place: Place) -> Span:
    """The elements of the same name around an element, as a span from its parent's opening tag to what follows them."""
    name = _OPENING.match(text, place.literal[0])
    first, last = place.literal
    if name is not None:
        tags = _TAG.finditer(text, max(first - REACH, 0), first)
        first = max((tag.end() for tag in tags if tag[1] != name[1]), default=first)
        last = next((tag.start() for tag in _TAG.finditer(text, last, last + REACH) if tag[1] != name[1]), last)
    return first, last


def _before(text: str, at: int) -> int:
    """The last character before `at` that is no blank, or -1."""
    at -= 1
    while at >= 0 and text[at] in _BLANKS:
        at -= 1
    return at


def _behind(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at
