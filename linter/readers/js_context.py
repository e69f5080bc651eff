"""Where JavaScript code stands: its statement, dead branches, consent checks, and the markup around it in JSX."""

import re

from tree_sitter import Node

from linter.evidence import Span
from linter.readers.consent import script_disposition
from linter.readers.js_uses import jsx_name
from linter.readers.js_values import Code
from linter.reading import Frame

_FALSE = re.compile(r"\(?\s*(?:false|0|!1|!true|null|undefined)\s*\)?(?:\s*&&.*)?", re.DOTALL)
_CONSENT = re.compile(r"consent|cookie_?bot|one_?trust|optanon|cookie_?yes|klaro|usercentrics|iubenda|complianz|cmplz|gdpr|opt_?in(?![a-z])|cookies?_?(?:accepted|allowed|ok)|accept(?:ed)?_?cookies?", re.IGNORECASE)
_CONSENT_CALLS = re.compile(r"on_?(?:consent|accept)|consent_?(?:given|granted)|cookies?_?accepted", re.IGNORECASE)
_LEAVES = re.compile(r"if\s*\(\s*!?[^;{}]{0,200}?\)\s*\{?\s*return\b")
_STATEMENTS = frozenset(["expression_statement", "variable_declaration", "lexical_declaration", "import_statement", "return_statement", "export_statement", "if_statement"])
_DEPTH = 60


def placed(node: Node, code: Code, frame: Frame) -> Frame:
    """The frame of the code at `node`: dormant in a dead branch, gated behind a check for consent, with its statement as block."""
    block: Span | None = frame.block if frame.element == "noscript" else None
    child, current = node, node.parent
    state_frame = frame
    for _ in range(_DEPTH):
        if current is None:
            break
        if block is None and current.type in _STATEMENTS and current.type != "if_statement":
            block = code.span(current)
        if current.type == "if_statement" or current.type == "ternary_expression":
            state_frame = _branch(child, current, code, state_frame)
        elif current.type == "binary_expression":
            state_frame = _guard(child, current, code, state_frame)
        elif current.type == "jsx_element":
            state_frame = _in_markup(current, code, state_frame)
        elif current.type == "assignment_expression":
            state_frame = _service(current, code, state_frame)
        elif current.type == "statement_block":
            state_frame = _after_check(child, current, code, state_frame)
        elif current.type == "arguments" and current.parent is not None:
            state_frame = _callback(current.parent, code, state_frame)
        child, current = current, current.parent
    return state_frame._replace(block=state_frame.block if state_frame.noscript and not frame.noscript else block or frame.block or code.span(node))


def _branch(child: Node, conditional: Node, code: Code, frame: Frame) -> Frame:
    condition = conditional.child_by_field_name("condition")
    taken = conditional.child_by_field_name("consequence")
    if condition is None or child != taken:
        return frame
    text = code.of(condition)[:400]
    if _FALSE.fullmatch(text):
        return frame.dormant()
    return frame.gated() if _is_consent(text) else frame


def _guard(child: Node, binary: Node, code: Code, frame: Frame) -> Frame:
    operator, left = binary.child_by_field_name("operator"), binary.child_by_field_name("left")
    if operator is None or operator.type != "&&" or left is None or child == left:
        return frame
    text = code.of(left)[:400]
    if _FALSE.fullmatch(text):
        return frame.dormant()
    return frame.gated() if _is_consent(text) else frame


def _is_consent(condition: str) -> bool:
    """Whether a condition asks for consent. `!hasConsent` is the other branch; a mention inside a call of a pixel is none."""
    return _CONSENT.search(condition) is not None and not condition.strip("( ").startswith("!")


def _service(assignment: Node, code: Code, frame: Frame) -> Frame:
    """The definition of a service in a consent manager's library (`tarteaucitron.services.x = {...}`): it runs when a page asks for it."""
    left = assignment.child_by_field_name("left")
    return frame.dormant() if left is not None and code.of(left).startswith("tarteaucitron.services.") else frame


def _after_check(child: Node, block: Node, code: Code, frame: Frame) -> Frame:
    """Code behind `if (!hasConsent()) return;` in the same block."""
    for statement in block.named_children[:40]:
        if statement.start_byte >= child.start_byte:
            break
        if statement.type == "if_statement":
            text = code.of(statement)[:300]
            condition = statement.child_by_field_name("condition")
            if condition is not None and _LEAVES.match(text) and "!" in code.of(condition) and _CONSENT.search(code.of(condition)[:200]):
                return frame.gated()
    return frame


def _callback(call: Node, code: Code, frame: Frame) -> Frame:
    """Code inside a function handed to `onConsent(...)` or to a listener for an event of that name."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None:
        return frame
    name = code.of(function)[-60:]
    first = arguments.named_children[0] if arguments.named_children else None
    event = code.of(first)[:80] if first is not None and first.type == "string" and "addEventListener" in name else ""
    return frame.gated() if _CONSENT_CALLS.search(name) or (event and _CONSENT.search(event)) else frame


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
