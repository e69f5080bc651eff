"""Scripts that a framework is told of as objects (`script: [{ src: "..." }]`, `head: [["script", {...}]]`): the item goes from its list."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.fixes.component_elements import Elements
from linter.fixes.component_items import item_spans
from linter.fixes.component_pure import is_pure
from linter.fixes.component_scripts import string_around
from linter.fixes.component_spans import key_of
from linter.fixes.component_tree import Jsx
from linter.fixes.model import Edit
from linter.readers.trees import ancestors

_LISTS = frozenset("script scripts noscript link links headtags head headscripts".split())
_HEADS = frozenset("head headTags metaInfo scripts headScripts script".split())
_CALLS = frozenset("useHead useServerHead useHeadSafe useServerHeadSafe defineNuxtConfig defineConfig definePageMeta".split())
_CONFIG = re.compile(r"(?:.*/)?[\w.-]*config\.[cm]?[jt]s\Z")
_CONTENT = frozenset("innerHTML children content textContent json body".split())
_ADDRESS = frozenset({"src", "href"})


class Item(NamedTuple):
    """An item of a list of scripts: its list, and what of it is the match's."""

    jsx: Jsx
    node: Node
    array: Node


def item_of(jsx: Jsx, node: Node, path: str) -> Item | None:
    """The item of a list of scripts whose address, or whose text, a node is."""
    string = string_around(node)
    below = string
    for outer in ancestors(string.parent) if string is not None else ():
        if outer.type == "array" and below is not None:
            if _key(jsx, outer).lower() in _LISTS and _is_head(jsx, outer, path):
                return Item(jsx, below, outer)
            if outer.parent is None or outer.parent.type != "array":
                return None
        elif outer.type not in ("object", "pair", "parenthesized_expression"):
            return None
        below = outer
    return None


def objection(item: Item, elements: Elements) -> str:
    """What stands in the way of taking out an item, or ""."""
    return _objection(item.jsx, item.node, elements)


def _objection(jsx: Jsx, node: Node, elements: Elements) -> str:
    if node.type in ("string", "template_string"):
        return "" if elements.is_going(jsx, node) or is_pure(jsx, node) else "the address is worked out"
    if node.type == "array":
        return next(filter(None, (_objection(jsx, child, elements) for child in node.named_children if child.type != "comment")), "")
    if node.type != "object":
        return "the entry is worked out when the site is built"
    for pair in node.named_children:
        if pair.type == "comment":
            continue
        value = pair.child_by_field_name("value") if pair.type == "pair" else None
        if value is None:
            return "the entry is put together from other values"
        why = elements.content(jsx, value) if jsx.code.key_of(pair) in _CONTENT else ""
        if why or not (elements.is_going(jsx, value) or is_pure(jsx, value)):
            return why or f"`{jsx.code.key_of(pair)}` of its entry is worked out"
    return ""


def edits_of(jsx: Jsx, items: Sequence[Item]) -> list[tuple[Node, Edit]]:
    """The edits that take out items of one script, with an item of each."""
    arrays = {key_of(item.array): item.array for item in items}
    found: list[tuple[Node, Edit]] = []
    for key, array in arrays.items():
        own = {key_of(item.node) for item in items if key_of(item.array) == key}
        rows = [child for child in array.named_children if child.type != "comment"]
        spans = item_spans(jsx.part.text.source.text, jsx.base, rows, [key_of(row) in own for row in rows])
        for row in (row for row in rows if key_of(row) in own):
            begin, end = jsx.span(row)
            found += [(row, Edit(*span)) for span in spans if span[0] <= begin and end <= span[1]]
    return found


def _key(jsx: Jsx, array: Node) -> str:
    parent = array.parent
    return jsx.code.key_of(parent) if parent is not None and parent.type == "pair" else ""


def _is_head(jsx: Jsx, array: Node, path: str) -> bool:
    """Whether what is around a list is what a framework puts into the head of pages."""
    if _CONFIG.match(path):
        return True
    for outer in ancestors(array.parent):
        if outer.type == "pair" and outer != array.parent and jsx.code.key_of(outer) in _HEADS:
            return True
        if outer.type == "call_expression":
            function = outer.child_by_field_name("function")
            return function is not None and jsx.of(function) in _CALLS
        if outer.type == "method_definition":
            name = outer.child_by_field_name("name")
            return name is not None and jsx.of(name) in _HEADS
    return False
