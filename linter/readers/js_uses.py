"""What JavaScript does with a string: loads it, writes it into the page, runs it, or only mentions it."""

import re
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import UrlRole
from linter.readers.js_names import Names
from linter.readers.js_values import Code

_CLIMB = frozenset(
    ["parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "ternary_expression", "template_substitution", "spread_element", "await_expression", "jsx_expression", "expression_statement", "sequence_expression", "type_assertion"]
)
_MENTION = re.compile(
    r"(?:^|\.)(?:includes|indexOf|lastIndexOf|startsWith|endsWith|match|matchAll|test|search|has|is|querySelector(?:All)?|matches|closest|getElementById"
    r"|log|info|warn|error|debug|trace|assert|group|time|Error|TypeError|RegExp|it|describe|expect|toBe|toEqual|toContain|toMatch|equal|strictEqual|deepEqual"
    r"|exec|split|replace|replaceAll|createElement|__|t|i18n|gettext|waitForResponse|waitForRequest|route|intercept)\Z"
)
_FETCHES = re.compile(r"(?:^|\.)(?:fetch|sendBeacon|axios|ajax|get|post|put|request|open|send|got|ky|superagent|needle|\$fetch|ofetch|httpGet|httpPost)\Z")
_SCRIPTS = re.compile(r"(?:^|\.)(?:importScripts|getScript|\w*(?:load|add|inject|insert|append|create|import|lazy)\w*(?:Script|Js|JS|js)\w*|\w*[sS]cript\w*|Worker|SharedWorker|register|require|requirejs|import)\Z")
_WRITES = re.compile(r"(?:^|\.)(?:write|writeln|html|append|prepend|before|after|appendTo|prependTo|insertAdjacentHTML|createContextualFragment|parseHTML|\$|jQuery|raw|safeHtml|html)\Z")
_RUNS = re.compile(r"(?:^|\.)(?:eval|Function|setTimeout|setInterval|execScript|globalEval|createTextNode|runInThisContext|inline|addInlineScript)\Z")
_IMAGES = re.compile(r"(?:^|\.)(?:Image|\w*[pP]ixel\w*|\w*[bB]eacon\w*)\Z")
_MARKUP_KEYS = frozenset(["innerHTML", "outerHTML", "__html", "html", "children", "code", "content", "body", "head", "script", "snippet", "textContent", "text", "innerText", "template", "bodyHtml", "headHtml", "htmlContent"])
_DESCRIPTION = re.compile(r"(?:cookie|domain|host|pattern)(?:s|Names|_names)|privacy_?(?:policy|url)\w*|blocked\w*", re.IGNORECASE)
_URL_KEYS = frozenset(["src", "href", "url", "source", "uri", "path", "file", "script"])
_MADE = re.compile(r"createElement\(\s*[\"'`](\w+)[\"'`]|new\s+(Image)\b")
_TAG_ROLES: dict[str, UrlRole] = {"script": "script", "img": "image", "Image": "image", "iframe": "frame", "link": "hint", "a": "link", "form": "form"}


MAX_NAME = 80
"""Characters at the end of a callee's path by which it is told what it does."""


class Use(NamedTuple):
    """`role` of a URL (None: only mentioned), and whether a text that is code runs (`runs`) or is markup that is written out.

    `noscript`: it is only written for browsers without JavaScript.
    """

    role: UrlRole | None
    runs: bool = False
    writes: bool = False
    key: str = ""
    element: Node | None = None
    noscript: bool = False


MENTION = Use(None)


def use_of(node: Node, code: Code, names: Names) -> Use:
    """What is done with the text expression `node`."""
    for _ in range(30):
        parent = node.parent
        if parent is None:
            return MENTION
        if parent.type == "jsx_expression" and parent.parent is not None and parent.parent.type == "jsx_element":
            return _jsx_child(parent.parent, code)
        if parent.type == "ternary_expression" and parent.child_by_field_name("condition") == node:
            return MENTION
        if parent.type == "binary_expression" and not _chooses(parent, code):
            return MENTION
        if parent.type in _CLIMB or parent.type == "binary_expression":
            if parent.type == "expression_statement":
                return MENTION
            node = parent
            continue
        return _direct(node, parent, code, names)
    return MENTION


def _chooses(binary: Node, code: Code) -> bool:
    operator = binary.child_by_field_name("operator")
    return operator is not None and operator.type in ("||", "??", "&&", "+")


def _direct(node: Node, parent: Node, code: Code, names: Names) -> Use:
    match parent.type:
        case "arguments":
            return _argument(node, parent, code, names)
        case "template_string":
            return MENTION
        case "assignment_expression" | "augmented_assignment_expression":
            return _assigned(parent, code)
        case "variable_declarator":
            return Use("code", runs=True, writes=True)
        case "pair":
            return _pair(parent, code)
        case "array":
            return _array(parent, code)
        case "jsx_attribute":
            return _jsx_attribute(parent, code)
        case "return_statement" | "arrow_function" | "export_statement" | "public_field_definition" | "property_assignment" | "assignment_pattern":
            return Use("code", runs=True, writes=True)
        case "call_expression":
            tag = parent.child_by_field_name("function")
            written = tag is not None and code.of(tag).rsplit(".", 1)[-1] in ("html", "svg", "raw", "htm", "String.raw")
            return Use("code", runs=True, writes=True) if written else MENTION
        case _:
            return MENTION


def _argument(node: Node, arguments: Node, code: Code, names: Names) -> Use:
    call = arguments.parent
    if call is None:
        return MENTION
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    name = (names.path(callee) or "") if callee is not None else ""
    name = name[-MAX_NAME:]
    if not name and callee is not None and callee.type in ("member_expression", "subscript_expression"):
        last = callee.child_by_field_name("property")
        name = "." + code.of(last) if last is not None else ""
    if callee is not None and callee.type == "import":
        return Use("script")
    if name.startswith("console.") or (_MENTION.search(name) and not name.endswith(("$.get", "$.post"))):
        return MENTION
    if _RUNS.search(name):
        return Use("code", runs=True)
    if _WRITES.search(name):
        return Use("code", runs=True, writes=True)
    if _SCRIPTS.search(name):
        return Use("script", runs=True, writes=True)
    if name.endswith("setAttribute") and callee is not None:
        return _set_attribute(node, arguments, callee, code)
    if _FETCHES.search(name):
        return Use("request")
    if _IMAGES.search(name):
        return Use("image")
    return Use("code", runs=True, writes=True)


def _set_attribute(node: Node, arguments: Node, callee: Node, code: Code) -> Use:
    first = arguments.named_children[0]
    if first == node or code.of(first).strip("'\"`") not in ("src", "href", "data-src", "srcdoc", "action"):
        return MENTION
    this = callee.child_by_field_name("object")
    return Use(_role_of_object(this, code), writes=True)


def _role_of_object(this: Node | None, code: Code) -> UrlRole:
    """The role of a URL given to `this`, by how the element was made."""
    if this is None:
        return "code"
    made = code.of(this) if this.type in ("new_expression", "call_expression", "parenthesized_expression") else ""
    if this.type == "identifier":
        value = code.declared(code.of(this))
        made = code.of(value)[:200] if value is not None else _assigned_text(code, code.of(this))
    match = _MADE.search(made)
    if match is None:
        return "code"
    return _TAG_ROLES.get(match[1] or match[2], "code")


def _assigned_text(code: Code, name: str) -> str:
    if not code.scan():
        return ""
    match = re.search(rf"(?<![\w$.]){re.escape(name)}\s*+=(?!=)\s*(.{{1,120}})", code.text)
    return match[1] if match else ""


def _assigned(assignment: Node, code: Code) -> Use:
    left = assignment.child_by_field_name("left")
    if left is None or left.type not in ("member_expression", "subscript_expression"):
        return Use("code", runs=True, writes=True)
    name = left.child_by_field_name("property") or left.child_by_field_name("index")
    key = code.of(name).strip("'\"`") if name is not None else ""
    this = left.child_by_field_name("object")
    if key in ("innerHTML", "outerHTML", "srcdoc"):
        return Use(None, writes=True)
    role = _role_of_object(this, code)
    if key in ("text", "textContent", "innerText", "innerHTML"):
        return Use(None, runs=role == "script", writes=role == "script")
    if key in ("src", "href", "data"):
        return Use(role, runs=True)
    return Use("code", runs=True, writes=True, key=key)


def _pair(pair: Node, code: Code) -> Use:
    key = code.key_of(pair)
    lower = key.lower()
    if lower.endswith(("src", "url", "script")) and _describes(pair, code):
        return Use("data", key=key)
    if key in _MARKUP_KEYS or lower.endswith(("html", "script", "snippet", "code")):
        if _owner_key(pair, code) == "noscript":
            return Use("data", writes=True, key=key, noscript=True)
        return Use("script" if "script" in lower else "data", runs=True, writes=True, key=key)
    if lower in _URL_KEYS or lower.endswith(("src", "scripturl", "script_url", "scriptsrc")):
        owner = _owner_key(pair, code)
        if "link" in owner or "meta" in owner:
            return Use("hint", key=key)
        return Use("script" if lower in ("src", "script") or "script" in lower + owner else "code", key=key)
    if lower.startswith(("on", "handle")):
        return Use("code", runs=True, key=key)
    return Use("data", key=key, writes=True)


def _describes(pair: Node, code: Code) -> bool:
    """Whether the object around a pair describes a vendor (its cookies, its domains) and does not only load it."""
    siblings = pair.parent.named_children[:40] if pair.parent is not None else []
    return any(child.type == "pair" and _DESCRIPTION.fullmatch(code.key_of(child)) for child in siblings)


def _array(array: Node, code: Code) -> Use:
    owner = _owner_key(array, code)
    if "script" in owner or owner in ("js", "head", "headtags"):
        return Use("script", runs=True, writes=True, key=owner)
    return Use("data", writes=True, key=owner)


def _owner_key(node: Node, code: Code) -> str:
    """The key or variable, lower case, of the nearest object or array around `node` that has one."""
    current = node.parent
    for _ in range(6):
        if current is None:
            return ""
        if current.type == "pair":
            return code.key_of(current).lower()
        if current.type == "variable_declarator":
            name = current.child_by_field_name("name")
            return code.of(name).lower() if name is not None else ""
        current = current.parent
    return ""


# -- JSX


def jsx_name(element: Node | None, code: Code) -> str:
    """The name of a JSX element, opening or self-closing tag."""
    if element is not None and element.type == "jsx_element":
        element = element.child_by_field_name("open_tag")
    name = element.child_by_field_name("name") if element is not None else None
    return code.of(name) if name is not None else ""


def _jsx_child(element: Node, code: Code) -> Use:
    name = jsx_name(element, code)
    if name.lower() in ("script", "inlinescript") or name.endswith("Script"):
        return Use(None, runs=True, element=element)
    if name == "noscript":
        return Use(None, writes=True, element=element)
    return MENTION


def _jsx_attribute(attribute: Node, code: Code) -> Use:
    tag = attribute.parent
    name = jsx_name(tag, code)
    key = code.of(attribute.named_children[0]).lower() if attribute.named_children else ""
    if key in ("srcdoc", "innerhtml", "set:html"):
        return Use(None, writes=True, element=tag)
    if key not in ("src", "href", "action", "url", "data-src", "srcset", "data"):
        return Use(None, runs=key.startswith("on") or key in ("code", "script", "body", "html"), writes=key in ("html", "code"), element=tag)
    lower = name.lower()
    role: UrlRole = "code"
    if lower == "link":
        rel = next((code.of(a.named_children[-1]).strip("'\"{}") for a in (tag.named_children if tag else ()) if a.type == "jsx_attribute" and code.of(a.named_children[0]) == "rel"), "")
        role = "style" if rel == "stylesheet" else "hint" if rel in ("preconnect", "dns-prefetch", "preload", "prefetch", "modulepreload") else "link"
    elif "script" in lower:
        role = "script"
    else:
        role = _TAG_ROLES.get(lower, "image" if lower in ("image", "amp-pixel", "amp-img") else "link" if key == "href" else "code")
    return Use(role, element=tag)
