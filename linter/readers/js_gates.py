"""What stands around JavaScript code and decides whether it runs: dead branches, checks for consent, callbacks of consent managers."""

import re

from tree_sitter import Node

from linter.evidence import State
from linter.readers.conditions import answer
from linter.readers.js_values import Code
from linter.readers.trees import ancestors, first_named

_FALSE = re.compile(r"\(?\s*(?:false|0|!1|!true|null|undefined)\s*\)?(?:\s*&&.*)?", re.DOTALL)
CONSENT = re.compile(
    r"consent|cookie_?bot|one_?trust|optanon|cookie_?yes|klaro|usercentrics|iubenda|complianz|cmplz|gdpr|lgpd|opt_?in(?![a-z])|tcfapi|didomi|axeptio"
    r"|tarteaucitron|cookie[-_]?(?:notice|law|banner)|cookies?[-_]?(?:accepted|allowed|ok)|(?:accept|allow)(?:ed)?[-_]?(?:cookies?|category|service)"
    r"|(?:marketing|analytics|statistics|tracking)_?(?:allowed|accepted|granted)",
    re.IGNORECASE,
)
"""Words of conditions and of event names by which code asks for consent."""
_CONSENT_CALLS = re.compile(r"on_?(?:consent|accept)|preference_?expressed|consent_?(?:given|granted)|cookies?_?accepted", re.IGNORECASE)
_LISTENS = re.compile(r"(?:\.addEventListener|\.on|\.one|\.once|\.click)\Z")
_ACCEPTS = re.compile(
    r"cookie|consent|gdpr|lgpd|(?:accept|allow|agree)[-_]?(?:all|btn|button|link)|(?:btn|button)[-_]?(?:accept|allow|agree)", re.IGNORECASE
)
_REFUSES = re.compile(r"reject|declin|deny|refuse|necessary|essential|close|dismiss|settings|preferences", re.IGNORECASE)
_AGREES = re.compile(r"(?:on|handle|do)?_?(?:accept|grant|allow)(?:ed)?_?(?:all)?_?(?:cookies?|consent|tracking|gdpr)", re.IGNORECASE)
_SIMPLE = re.compile(r"\(?\s*!?\s*([A-Za-z_$][\w$]*)(?:\??\.[\w$]+)*\s*(?:[!=]==?[^=&|()]+)?\)?")
_LEAVES = re.compile(r"\{?\s*(?:return|throw)\b")
_NAMED = {"call_expression": "function", "variable_declarator": "name", "assignment_expression": "left"}
_FUNCTIONS = frozenset("function_expression function_declaration arrow_function method_definition".split())
_DEPTH = 60
_MAX_SITES = 20
_MAX_FUNCTIONS = 60
"""Functions of which it is found out who calls them; each may ask for those of its callers in turn."""


def gate(child: Node, outer: Node, code: Code) -> State:
    """What `outer`, the node right around `child`, makes of the code in `child`."""
    match outer.type:
        case "if_statement" | "ternary_expression":
            return _branch(child, outer, code)
        case "else_clause":
            return _branch(outer, outer.parent, code) if outer.parent is not None else "active"
        case "binary_expression":
            return _guard(child, outer, code)
        case "assignment_expression":
            return _service(outer, code)
        case "pair":
            return _option(child, outer, code)
        case "statement_block" | "program":
            return _after_check(child, outer, code)
        case "arguments" if outer.parent is not None:
            return _callback(child, outer.parent, code)
        case _:
            return "active"


def state_at(node: Node, code: Code) -> State:
    """The state of the code at `node`, as far as the file says it."""
    state: State = "active"
    child, outer = node, node.parent
    for _ in range(_DEPTH):
        if outer is None:
            break
        here = gate(child, outer, code)
        if here == "dormant":
            return here
        state = here if state == "active" else state
        child, outer = outer, outer.parent
    return state if state != "active" else _state_of_callers(node, code)


def _condition(outer: Node, code: Code) -> str:
    """The condition's code; a variable that holds what was stored about consent is called so."""
    condition = outer.child_by_field_name("condition")
    text = code.of(condition)[:400] if condition is not None else ""
    simple = _SIMPLE.fullmatch(text)
    value = code.declared(simple[1]) if simple is not None else None
    if simple is None or value is None or not CONSENT.search(code.of(value)[:160].partition("{")[0]):
        return text
    return text.replace(simple[1], "consent", 1)


def _branch(child: Node, conditional: Node, code: Code) -> State:
    condition = _condition(conditional, code)
    if child == conditional.child_by_field_name("consequence"):
        if _FALSE.fullmatch(condition):
            return "dormant"
        return "consent-gated" if answer(condition, CONSENT) == "yes" else "active"
    if child == conditional.child_by_field_name("alternative"):
        return "consent-gated" if answer(condition, CONSENT) == "no" else "active"
    return "active"


def _guard(child: Node, binary: Node, code: Code) -> State:
    operator, left = binary.child_by_field_name("operator"), binary.child_by_field_name("left")
    if operator is None or operator.type not in ("&&", "||") or left is None or child == left:
        return "active"
    text = code.of(left)[:400]
    if operator.type == "||":
        return "consent-gated" if answer(text, CONSENT) == "no" else "active"
    if _FALSE.fullmatch(text):
        return "dormant"
    return "consent-gated" if answer(text, CONSENT) == "yes" else "active"


def _service(assignment: Node, code: Code) -> State:
    """The definition of a service in a consent manager's library (`tarteaucitron.services.x = {...}`): it runs when a page asks
    for it; what a page adds to a service (`tarteaucitron.user.xMore = function`): it runs with the service, after consent."""
    left = assignment.child_by_field_name("left")
    name = code.of(left)[:60] if left is not None else ""
    if name.startswith("tarteaucitron.user.") and name.endswith("More"):
        return "consent-gated"
    alias = name.startswith("services.") and "tarteaucitron.services" in code.text
    return "dormant" if alias or name.startswith("tarteaucitron.services.") else "active"


def _option(child: Node, pair: Node, code: Code) -> State:
    """Code under `onAccept` or `onConsent` in what a consent manager is configured with (`CookieConsent.run({...})`)."""
    key = pair.child_by_field_name("key")
    if child.type not in (*_FUNCTIONS, "string", "template_string") or key is None or not _CONSENT_CALLS.search(code.of(key)[:60]):
        return "active"
    for outer in ancestors(pair):
        owner = outer.child_by_field_name(_NAMED[outer.type]) if outer.type in _NAMED else None
        if owner is not None and (CONSENT.search(code.of(owner)[-80:]) or code.of(owner)[:5] == "_iub."):
            return "consent-gated"
    return "active"


def _after_check(child: Node, block: Node, code: Code) -> State:
    """Code behind `if (!hasConsent()) return;` in the same block."""
    for statement in first_named(block, 40):
        if statement.start_byte >= child.start_byte:
            break
        taken = statement.child_by_field_name("consequence") if statement.type == "if_statement" else None
        if taken is not None and _LEAVES.match(code.of(taken)[:80]) and answer(_condition(statement, code), CONSENT) == "no":
            return "consent-gated"
    return "active"


def _callback(child: Node, call: Node, code: Code) -> State:
    """Code in a function handed to `onConsent(...)`, to a listener for such an event, or to the click on an "accept" button."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is None or arguments is None or child.type not in (*_FUNCTIONS, "identifier", "member_expression"):
        return "active"
    name = code.of(function)[-160:]
    if _CONSENT_CALLS.search(name[-60:]):
        return "consent-gated"
    if not _LISTENS.search(name):
        return "active"
    first = arguments.named_children[0] if arguments.named_children else None
    event = code.of(first)[:80] if first is not None and first.type == "string" else ""
    by_button = _ACCEPTS.search(name) and not _REFUSES.search(name)
    return "consent-gated" if CONSENT.search(event) or by_button else "active"


# -- functions that are only called with consent


def _state_of_callers(node: Node, code: Code) -> State:
    """Code in a function of the file that is called nowhere but behind checks for consent."""
    function = node.parent
    while function is not None:
        if function.type in _FUNCTIONS and (_agrees(function, code) or _only_released(function, code)):
            return "consent-gated"
        function = function.parent
    return "active"


def _agrees(function: Node, code: Code) -> bool:
    """Whether a function is what a visitor's "accept" calls (`acceptCookies`), by its name."""
    name = function.child_by_field_name("name") or (function.parent.child_by_field_name("name") if function.parent is not None else None)
    return name is not None and _AGREES.match(code.of(name)) is not None


def _only_released(function: Node, code: Code) -> bool:
    if function.start_byte not in code.released and len(code.released) < _MAX_FUNCTIONS:
        code.released[function.start_byte] = False
        name = _name_of(function)
        if name is not None and len(code.of(name)) > 2:
            sites = _sites(name, code)
            code.released[function.start_byte] = bool(sites) and all(state_at(site, code) == "consent-gated" for site in sites)
    return code.released.get(function.start_byte, False)


def _name_of(function: Node) -> Node | None:
    """The name that a function is declared with, where nothing outside of the file can call it."""
    owner = function if function.type == "function_declaration" else function.parent
    if owner is None or owner.type not in ("function_declaration", "variable_declarator"):
        return None
    statement = owner if owner is function else owner.parent
    exported = statement is not None and statement.parent is not None and statement.parent.type == "export_statement"
    return None if exported else owner.child_by_field_name("name")


def _sites(name: Node, code: Code) -> list[Node]:
    """The other places where the name of a function stands; none if one of them is no call and hands it to nothing known."""
    found: list[Node] = []
    if not code.scan():
        return found
    for match in re.finditer(rf"(?<![\w$]){re.escape(code.of(name))}(?![\w$])", code.text):
        if not code.effort(20):
            return []
        site = code.at(*match.span())
        if site is None or site == name or site.type in ("comment", "string_fragment", "property_identifier"):
            continue
        parent = site.parent
        called = parent is not None and parent.type in ("call_expression", "arguments")
        if not called or parent is None or len(found) >= _MAX_SITES:
            return []
        found.append(parent if parent.type == "call_expression" else site)
    return found
