"""Whether a JSX element holds nothing but what is to go: what it loads, the text of its script, its children, its attributes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.component_constants import text_of_name
from linter.fixes.component_pure import is_pure
from linter.fixes.component_tree import (
    ELEMENTS,
    Jsx,
    Standing,
    attribute_name,
    attribute_value,
    attributes,
    children,
    inner_expression,
    is_blank,
)
from linter.fixes.js_bindings import FUNCTIONS
from linter.readers.markup import tokens

_LOADING = re.compile(r"script|img|iframe|link|noscript|image|amp-[\w-]+|object|embed|\w*Script|Image|Partytown", re.IGNORECASE)
"""Elements that are there for what they load."""
_SOURCE = re.compile(r"src|href|srcset|data-src|url|data|dangerouslysetinnerhtml|innerhtml|set:html", re.IGNORECASE)
_CONTENT = re.compile(r"dangerouslysetinnerhtml|innerhtml|set:html|srcdoc|children", re.IGNORECASE)
_IN_HTML = frozenset("img iframe noscript script".split())
_MAX_DEPTH = 12
OTHER_CODE = "its script also holds other code"


class Elements:
    """Judges elements. `marked` are the source spans of matches that elements are told by, `emptied` those of scripts without
    other code."""

    def __init__(self, marked: Sequence[Span], emptied: Sequence[Span]) -> None:
        self._marked = sorted(set(marked))
        self._emptied = sorted(set(emptied))

    def objection(self, standing: Standing, told: bool) -> str:
        """What stands in the way of taking out the element, or "". `told`: the element itself is the match, by its name."""
        jsx, element = standing.jsx, standing.element
        name = jsx.name(element)
        if not told and not _LOADING.fullmatch(name):
            return f"the address is handed to `{name}`" if name else "it stands in a fragment"
        if told and name.lower().startswith("amp-"):
            return ""
        return self._inside(jsx, element, 0)

    def _inside(self, jsx: Jsx, element: Node, depth: int) -> str:
        if depth > _MAX_DEPTH:
            return "its elements are nested too deeply"
        for attribute in attributes(element):
            why = self._attribute(jsx, attribute)
            if why:
                return why
        for child in children(element) if element.type == "jsx_element" else ():
            why = self._child(jsx, child, depth)
            if why:
                return why
        return ""

    def _attribute(self, jsx: Jsx, attribute: Node) -> str:
        if attribute.type != "jsx_attribute":
            return f"its attributes come from {_shown(jsx, attribute)}"
        name, value = attribute_name(jsx, attribute), attribute_value(attribute)
        if value is None or self.is_going(jsx, value):
            return ""
        if name == "ref":
            return "other code holds on to the element (`ref`)"
        if _CONTENT.fullmatch(name):
            return self.content(jsx, value)
        if value.type in FUNCTIONS:
            return "" if does_nothing(jsx, value) else f"its `{name}` runs code of its own"
        if name.startswith("on") and name[2:3].isupper():
            return f"its `{name}` runs code of its own"
        return "" if is_pure(jsx, value) else f"its `{name}` is worked out by {_shown(jsx, value)}"

    def _child(self, jsx: Jsx, child: Node, depth: int) -> str:
        if is_blank(jsx, child):
            return ""
        if child.type in ELEMENTS:
            if self._bears_mark(jsx, child):
                return self._inside(jsx, child, depth + 1)
            return f"it also holds `<{jsx.name(child)}>`"
        inner = inner_expression(child) if child.type == "jsx_expression" else None
        if inner is None:
            return f"it also holds {_shown(jsx, child)}"
        return self.content(jsx, inner)

    def content(self, jsx: Jsx, value: Node) -> str:
        """What is wrong with the text or markup of an element."""
        while value.type in ("parenthesized_expression", "as_expression", "satisfies_expression") and value.named_children:
            value = value.named_children[0]
        if value.type == "object" and value.named_child_count == 1 and value.named_children[0].type == "pair":
            only = value.named_children[0].child_by_field_name("value")
            return self.content(jsx, only) if only is not None else ""
        if self.is_going(jsx, value):
            return ""
        if value.type in ELEMENTS and self._bears_mark(jsx, value):
            return self._inside(jsx, value, 1)
        if value.type == "identifier":
            value = text_of_name(jsx, value) or value
            if self.is_going(jsx, value):
                return ""
        if value.type in ("string", "template_string"):
            return OTHER_CODE if not self._is_markup(jsx, value) else ""
        return f"it also holds {_shown(jsx, value)}"

    def is_going(self, jsx: Jsx, value: Node) -> bool:
        """Whether a text is the address of a match, or a script without other code."""
        begin, end = jsx.span(value)
        if value.type in ("string", "template_string"):
            text = jsx.of(value)[1:-1]
            lead = len(text) - len(text.lstrip())
            begin, end = begin + 1 + lead, begin + 1 + max(len(text.rstrip()), lead)
        at = bisect_right(self._emptied, (begin, 1 << 60)) - 1
        if begin < end and at >= 0 and end <= self._emptied[at][1]:
            return True
        return value.type in ("string", "template_string") and _is_address(jsx, value) and _holds(self._marked, (begin, end))

    def _bears_mark(self, jsx: Jsx, element: Node) -> bool:
        return _holds(self._marked, jsx.span(element)) or _holds(self._emptied, jsx.span(element))

    def _is_markup(self, jsx: Jsx, value: Node) -> bool:
        """Whether a string is markup in which all elements are those of matches."""
        text, base = jsx.of(value)[1:-1], jsx.span(value)[0] + 1
        at = 0
        for token in tokens(text):
            if text[at : token.begin].strip():
                return False
            at = token.end
            name = token.name.lower()
            if token.kind == "start" and name not in _IN_HTML:
                return False
            own = (base + token.begin, base + token.end)
            if token.kind == "start" and name in ("img", "iframe", "script") and not _holds(self._marked, own):
                return False
        return at > 0 and not text[at:].strip()


def does_nothing(jsx: Jsx, function: Node) -> bool:
    """Whether the body of a function is empty."""
    body = function.child_by_field_name("body")
    return body is not None and body.type == "statement_block" and all(child.type == "comment" for child in body.named_children)


def _holds(spans: Sequence[Span], around: Span) -> bool:
    """Whether one of the sorted spans lies in a span."""
    at = bisect_left(spans, (around[0], 0))
    return at < len(spans) and spans[at][1] <= around[1]


def _is_address(jsx: Jsx, value: Node) -> bool:
    """Whether a string is an address and no markup or code."""
    text = jsx.of(value)[1:-1].strip()
    return "<" not in text and "\n" not in text and ";" not in text.replace("&amp;", "")


def _shown(jsx: Jsx, node: Node) -> str:
    text = " ".join(jsx.of(node)[:60].split())
    return f"`{text[:40]}{'...' if len(text) > 40 else ''}`"
