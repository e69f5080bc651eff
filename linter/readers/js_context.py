"""Where JavaScript code stands: its statement, dead branches, consent checks, and the markup around it in JSX."""

from tree_sitter import Node

from linter.evidence import Span
from linter.readers.consent import script_disposition
from linter.readers.js_gates import state_at
from linter.readers.js_markup import jsx_name
from linter.readers.js_values import Code
from linter.reading import Frame

_STATEMENTS = frozenset(
    "expression_statement variable_declaration lexical_declaration import_statement return_statement export_statement".split()
)
_DEPTH = 60


def placed(node: Node, code: Code, frame: Frame) -> Frame:
    """The frame of the code at `node`: dormant in a dead branch, gated behind a check for consent, with its statement as block."""
    block: Span | None = frame.block if frame.element == "noscript" else None
    current = node.parent
    state_frame = frame
    for _ in range(_DEPTH):
        if current is None:
            break
        if block is None and current.type in _STATEMENTS:
            block = code.span(current)
        if current.type == "jsx_element":
            state_frame = _in_markup(current, code, state_frame)
        current = current.parent
    match state_at(node, code):
        case "dormant":
            state_frame = state_frame.dormant()
        case "consent-gated":
            state_frame = state_frame.gated()
        case _:
            pass
    if state_frame.noscript and not frame.noscript:
        return state_frame
    return state_frame._replace(block=block or frame.block or code.span(node))


def _in_markup(element: Node, code: Code, frame: Frame) -> Frame:
    name = jsx_name(element, code)
    if name == "noscript":
        return frame._replace(noscript=True, block=code.span(element))
    if name.lower() == "script":
        return jsx_script(element.child_by_field_name("open_tag"), code, frame)
    return frame


def jsx_script(tag: Node | None, code: Code, frame: Frame) -> Frame:
    """The frame of a JSX script element: parked or gated by its type, as in HTML."""
    attributes: dict[str, str] = {}
    for child in tag.named_children if tag is not None else ():
        if child.type == "jsx_attribute" and child.named_children:
            value = child.named_children[1] if len(child.named_children) > 1 else None
            attributes[code.of(child.named_children[0]).lower()] = code.of(value).strip("'\"") if value is not None else ""
    if "type" not in attributes or attributes["type"].startswith("{"):
        return frame
    match script_disposition(attributes):
        case "gated":
            return frame.gated()
        case "parked":
            return frame.dormant()
        case _:
            return frame
