"""What a string in an object or array of JavaScript is for, told by its key and those around it."""

import re

from tree_sitter import Node

from linter.readers.js_roles import Use
from linter.readers.js_values import Code

_MARKUP_KEYS = frozenset(
    "innerHTML outerHTML __html html children code content body head script snippet textContent text innerText template bodyHtml "
    "headHtml htmlContent".split()
)
_DESCRIPTION = re.compile(r"(?:cookie|domain|host|pattern)(?:s|Names|_names)|privacy_?(?:policy|url)\w*|blocked\w*", re.IGNORECASE)
_URL_KEYS = frozenset("src href url source uri path file script".split())


def use_in_pair(pair: Node, code: Code) -> Use:
    """What the value of a pair is for."""
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


def use_in_array(array: Node, code: Code) -> Use:
    """What an item of an array is for."""
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
