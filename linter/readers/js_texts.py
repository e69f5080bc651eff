"""Strings in JavaScript: folded to the whole text they are part of, and told or handed on by what is done with it."""

import re

from tree_sitter import Node

from linter.readers.js_context import jsx_script, placed
from linter.readers.js_markup import jsx_name
from linter.readers.js_roles import Use
from linter.readers.js_script import Script
from linter.readers.js_uses import use_of
from linter.readers.strings import content_of, is_loading_markup
from linter.reading import Frame, url_evidence
from linter.text import Slice

MAX_FOLDS = 60
_FOLDS = frozenset(
    "binary_expression template_substitution template_string parenthesized_expression as_expression satisfies_expression".split()
)
_DECODING = re.compile(r"(?:atob|unescape|decodeURIComponent|decodeURI|fromCharCode|concat|join|trim)\Z")


def look_at_text(script: Script, node: Node) -> None:
    """A string: what it says with all that is joined to it, handed to the reader of what it is used as."""
    top = _whole(script, node)
    if top is None or not script.first("text", top):
        return
    text = script.code.text_of(top)
    if text is None or not script.reading.hits(text.text):
        return
    use = use_of(top, script.code, script.names)
    _tell_text(script, text, top, use)
    if use.element is not None and jsx_name(use.element, script.code) in ("meta", "amp-analytics"):
        script.tell_element(use.element)


def _whole(script: Script, node: Node) -> Node | None:
    """The expression that a text is the constant part of: its concatenation, template or decoding call."""
    while node.type in ("string_fragment", "escape_sequence") and node.parent is not None:
        node = node.parent
    if node.type in ("jsx_text", "template_literal_type"):
        return None
    for _ in range(MAX_FOLDS):
        larger = _larger(script, node)
        if larger is None:
            break
        node = larger
    return node


def _larger(script: Script, node: Node) -> Node | None:
    """The expression that the text of `node` is folded into, if any."""
    parent = node.parent
    if parent is None:
        return None
    if parent.type == "binary_expression":
        return parent if _adds(parent) else None
    if parent.type in _FOLDS:
        return parent
    call: Node | None = None
    if parent.type in ("arguments", "member_expression"):
        call = parent.parent
    elif parent.type == "array" and parent.parent is not None:
        call = parent.parent.parent
    return call if call is not None and call.type == "call_expression" and _decodes(script, call) else None


def _adds(binary: Node) -> bool:
    operator = binary.child_by_field_name("operator")
    return operator is not None and operator.type == "+"


def _decodes(script: Script, call: Node) -> bool:
    function = call.child_by_field_name("function")
    return function is not None and _DECODING.search(script.code.of(function)[-20:]) is not None


def _tell_text(script: Script, text: Slice, top: Node, use: Use) -> None:
    content = content_of(text.text)
    frame = placed(top, script.code, script.frame)
    if use.element is not None:
        frame = _in_element(script, use.element, frame)
    inner = frame._replace(unit=script.code.span(top), via=(*frame.via, "string"))
    if content == "markup" and use.writes and is_loading_markup(text.text):
        script.reading.read(text, "html", inner._replace(unit=None, element="", block=None, noscript=frame.noscript or use.noscript))
    elif use.runs and (content == "script" or (not use.writes and use.role is None)):
        script.reading.read(text, "javascript", inner._replace(element="script"))
    elif content == "address" and use.role is not None:
        script.reading.emit(url_evidence(text, use.role, frame, key=use.key))


def _in_element(script: Script, element: Node, frame: Frame) -> Frame:
    """The frame of a text in a JSX element: parked by its type as in HTML, and the whole element as its block."""
    whole = element.parent if element.type == "jsx_opening_element" and element.parent is not None else element
    tag = element.child_by_field_name("open_tag") if element.type == "jsx_element" else element
    frame = jsx_script(tag, script.code, frame)
    block = script.code.span(whole)
    return frame if frame.noscript else frame._replace(block=block, unit=block)
