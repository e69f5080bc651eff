"""What the templates of a published container may load, by the permissions and the compiled code in it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from linter.gtm.nodes import Node, walk
from linter.gtm.published_values import head_of
from linter.gtm.templates import Named
from linter.gtm.tree import Document

_ROLES = {
    "inject_script": ("script", {"injectScript"}),
    "inject_hidden_iframe": ("frame", {"injectHiddenIframe"}),
    "send_pixel": ("image", {"sendPixel"}),
    "send_http": ("request", {"sendHttpRequest", "sendHttpGet"}),
}
"""By permission: the role of what it loads, and the functions that need it."""

_ADDRESS = re.compile(r"(?:https?:)?//[A-Za-z0-9]")


class Permissions(NamedTuple):
    """Role and address (it may hold wildcards) of what a template loads, and the names of global variables it touches."""

    loads: tuple[Named, ...]
    globals: tuple[Named, ...]


def published_permissions(document: Document) -> Mapping[str, Permissions]:
    """What each custom template loads, by the type of its tags (`cvt_174769826_41`).

    Counted are the permissions whose functions the compiled code asks for, and the addresses written in that code.
    """
    root = document.root
    given, runtime = root.get("permissions"), root.get("runtime")
    if given is None:
        return {}
    codes = {node.items[1].text: node for node in (runtime.items if runtime is not None else ()) if len(node.items) > 1}
    return {name[2:]: _read(node, codes.get(name)) for name, node in given.entries.items() if name.startswith("__cvt_")}


def _read(node: Node, code: Node | None) -> Permissions:
    asked, written = _code(code) if code is not None else (None, [])
    loads: list[Named] = []
    found = [role for role, functions in _ROLES.values() if asked is not None and asked & functions]
    for name, (role, functions) in _ROLES.items():
        urls = _entries(node, name, "urls") if asked is None or asked & functions else ()
        loads += [(role, url.slice()) for url in urls if url.kind == "text"]
    loads += [(found[0], url.slice()) for url in written] if found else []
    keys = (entry.get("key") for entry in _entries(node, "access_globals", "keys"))
    return Permissions(tuple(loads), tuple((key.text, key.slice()) for key in keys if key is not None and key.kind == "text"))


def _entries(node: Node, permission: str, key: str) -> list[Node]:
    given = node.get(permission)
    listed = given.get(key) if given is not None else None
    return listed.items if listed is not None else []


def _code(code: Node) -> tuple[set[str], list[Node]]:
    """The functions that compiled code asks for (`["require", "injectScript"]`), and the addresses in it."""
    nodes = list(walk(code))
    asked = {node.items[1].text for node in nodes if head_of(node) == "require" and len(node.items) > 1}
    return asked, [node for node in nodes if node.kind == "text" and _ADDRESS.match(node.text)]
