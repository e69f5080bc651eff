"""What is done with a string in JavaScript, as the looks at calls, objects, assignments and markup tell it."""

import re
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import UrlRole
from linter.readers.js_values import Code

_MADE = re.compile(r"createElement\(\s*[\"'`](\w+)[\"'`]|new\s+(Image)\b")
TAG_ROLES: dict[str, UrlRole] = {
    "script": "script",
    "img": "image",
    "Image": "image",
    "iframe": "frame",
    "link": "hint",
    "a": "link",
    "form": "form",
}
"""The role of a URL that an element of this name is given."""


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


def role_of_object(this: Node | None, code: Code) -> UrlRole:
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
    return TAG_ROLES.get(match[1] or match[2], "code")


def _assigned_text(code: Code, name: str) -> str:
    if not code.scan():
        return ""
    match = re.search(rf"(?<![\w$.]){re.escape(name)}\s*+=(?!=)\s*(.{{1,120}})", code.text)
    return match[1] if match else ""
