"""What a PHP expression is used for: which call takes it, under which key it stands, whether its code would run."""

import re
from itertools import islice
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import State, UrlRole
from linter.readers.conditions import condition_state, refused_state
from linter.readers.php_values import Values, callee
from linter.readers.trees import ancestors, first_named, named

_CALLS: tuple[tuple[UrlRole, str], ...] = (
    (
        "script",
        "wp_enqueue_script wp_register_script wp_enqueue_script_module wp_register_script_module drupal_add_js addscript addscriptfile "
        "registerjsfile registerscriptfile addjs add_js addexternaljs registerjavascript appendfile prependfile offsetsetfile script "
        "addjsfile addexternaljavascript addjsfooterfile addjsfooterlibrary wp_print_script_tag wp_get_script_tag script_tag addscriptlink",
    ),
    (
        "style",
        "wp_enqueue_style wp_register_style addstylesheet registercssfile addcss addcssfile drupal_add_css registerstylesheet add_css",
    ),
    (
        "request",
        "file_get_contents fopen fsockopen wp_remote_post wp_remote_get wp_remote_request wp_remote_head wp_safe_remote_post "
        "wp_safe_remote_get wp_safe_remote_request curl_init curl_setopt post get put request sendasync requestasync postasync getasync "
        "drupal_http_request simplexml_load_file readfile getjson curl_post sendrequest wp_http_post",
    ),
    ("link", "wp_redirect wp_safe_redirect redirect header redirectto away"),
)
ROLES: dict[str, UrlRole] = {name: role for role, names in _CALLS for name in names.split()}
"""Function or method (lower case) -> what it does with an address; of WordPress, Drupal, Joomla, Yii, PrestaShop, TYPO3, Guzzle
and Laravel."""
_METHODS_ONLY = frozenset("post get put request script redirect away add_js add_css".split())
SILENT = frozenset(
    "__ _e _x _n _ex esc_html__ esc_html_e esc_html_x esc_attr__ esc_attr_e esc_attr_x t trans translate l lang gettext preg_match "
    "preg_match_all preg_replace preg_split preg_quote preg_grep str_contains strpos stripos strstr stristr strrpos str_starts_with "
    "str_ends_with substr_count in_array array_search array_key_exists str_ireplace error_log trigger_error get_option "
    "update_option function_exists class_exists defined is_plugin_active wp_script_is wp_dequeue_script wp_deregister_script "
    "remove_action".split()
)
"""Functions that look for a text, translate it or write it down: it is not part of the page."""
_RETURNS = re.compile(r"\{?\s*(?:return|exit|die|wp_die)\b", re.IGNORECASE)
_SEARCHES = re.compile(r"assert|expect|should|notequals|doesnot")
_STATEMENTS = frozenset("const_declaration property_declaration global_declaration function_static_declaration".split())
_UNITS = frozenset("function_definition method_declaration anonymous_function anonymous_function_creation_expression".split())


class Use(NamedTuple):
    """`statement` and `unit` are nodes (None: not found). `keys`: array keys above the value, inner first. `variable`: what it
    is assigned to. `silent`: the text is looked for, translated or logged, not used."""

    statement: Node | None
    unit: Node | None
    call: str = ""
    keys: tuple[str, ...] = ()
    listed: bool = False
    variable: str = ""
    silent: bool = False
    state: State = "active"


def use_of(top: Node, values: Values) -> Use:
    """What the whole expression `top` is used for."""
    call = variable = ""
    keys: list[str] = []
    listed = silent = False
    statement = unit = None
    state: State = "active"
    below = top
    for node in ancestors(top.parent):
        kind = node.type
        if statement is None:
            if kind == "array_element_initializer":
                listed = listed or not call
                keys += _key(node, below, values)
            elif kind == "arguments" and node.parent is not None and not call:
                call = _call_name(node.parent, values)
                silent = silent or call in SILENT or _SEARCHES.match(call) is not None
            elif kind in {"assignment_expression", "augmented_assignment_expression"} and not call and not listed:
                variable = _target(node, values)
            silent = silent or _asked_for(node, below, values)
        if statement is None and (kind.endswith("_statement") or kind in _STATEMENTS):
            statement = node
        if kind == "if_statement":
            state = _worse(state, _branch_state(node, below, values))
        elif kind == "compound_statement":
            state = _worse(state, _state_behind_returns(node, below, values))
        if unit is None and kind in _UNITS:
            unit = node
            statement = statement or below
        below = node
    return Use(statement, unit, call, tuple(keys), listed, variable, silent, state)


def _key(node: Node, below: Node, values: Values) -> list[str]:
    first = named(node, 0)
    if node.named_child_count == 2 and first is not None and first != below:
        return [values.code(first).strip("'\"")]
    return []


def _call_name(call: Node, values: Values) -> str:
    name = callee(call, values)
    if name in _METHODS_ONLY and call.type == "function_call_expression":
        return ""
    return name


def _target(node: Node, values: Values) -> str:
    left = node.child_by_field_name("left")
    return values.code(left) if left is not None else ""


MAX_USES = 100
"""Places of a variable that are looked at."""
_TAKES = re.compile(r"\b(\w{1,60})\s{0,4}\([^;(){}]{0,200}\Z")
_ASKING = frozenset("== === != !== <> < > <= >= instanceof".split())


def _asked_for(node: Node, below: Node, values: Values) -> bool:
    """Whether `below` is only compared with something, or names an array entry."""
    if node.type == "binary_expression":
        operator = node.child_by_field_name("operator")
        return operator is not None and values.code(operator) in _ASKING
    if node.type == "case_statement":
        return node.child_by_field_name("value") == below
    return node.type in {"subscript_expression", "match_condition_list"}


def _branch_state(node: Node, below: Node, values: Values) -> State:
    """The state of a branch of an if statement."""
    condition = node.child_by_field_name("condition")
    if condition is None or below == condition:
        return "active"
    is_body = node.child_by_field_name("body") == below
    return condition_state(values.code(condition)) if is_body else refused_state(values.code(condition))


def _state_behind_returns(block: Node, below: Node, values: Values) -> State:
    """The state of code behind `if (!consent()) return;` in the same block."""
    for statement in first_named(block, 40):
        if statement.start_byte >= below.start_byte:
            break
        body = statement.child_by_field_name("body") if statement.type == "if_statement" else None
        condition = statement.child_by_field_name("condition")
        if body is None or condition is None or not _RETURNS.match(values.code(body)):
            continue
        if refused_state(values.code(condition)) != "active":
            return "consent-gated"
    return "active"


def _worse(one: State, other: State) -> State:
    order: tuple[State, ...] = ("active", "consent-gated", "dormant")
    return max(one, other, key=order.index)


def role_of(use: Use, code: str) -> UrlRole | None:
    """What an address in this use is for; None: for nothing. `code` is the code of the unit, where a variable is followed."""
    if use.silent:
        return None
    hint = re.search(r"preconnect|dns-prefetch|wp_resource_hints", code[:20_000]) is not None
    if use.listed:
        return _listed_role(use, hint)
    if use.call:
        return ROLES.get(use.call, "code")
    if use.variable.startswith("$") and not use.variable.startswith("$this"):
        if hint and use.variable.endswith("]"):
            return "hint"
        return _followed(use.variable, code)
    return "code"


def _listed_role(use: Use, hint: bool) -> UrlRole:
    words = {key.lower().lstrip("#") for key in use.keys}
    if words & {"src", "js", "script", "scripts"}:
        return "script"
    if words & {"dns-prefetch", "preconnect"} or (hint and (not words or "href" in words)):
        return "hint"
    return "data"


def _followed(variable: str, code: str) -> UrlRole:
    """What the first known function that takes `variable` does with an address."""
    uses = re.compile(re.escape(variable) + r"\b").finditer(code, 0, 200_000)
    for use in islice(uses, MAX_USES):
        call = _TAKES.search(code, max(use.start() - 270, 0), use.start())
        role = ROLES.get(call[1].lower()) if call else None
        if role is not None and role != "link":
            return role
    return "code"
