"""JSX: names of elements, and what strings in them are for."""

from tree_sitter import Node

from linter.evidence import UrlRole
from linter.readers.js_roles import MENTION, TAG_ROLES, Use
from linter.readers.js_values import Code

_HINTS = frozenset("preconnect dns-prefetch preload prefetch modulepreload".split())
_IMAGES = frozenset("image amp-pixel amp-img".split())


def jsx_name(element: Node | None, code: Code) -> str:
    """The name of a JSX element, opening or self-closing tag."""
    if element is not None and element.type == "jsx_element":
        element = element.child_by_field_name("open_tag")
    name = element.child_by_field_name("name") if element is not None else None
    return code.of(name) if name is not None else ""


def use_in_element(element: Node, code: Code) -> Use:
    """What an expression between the tags of `element` is for."""
    name = jsx_name(element, code)
    if name.lower() in ("script", "inlinescript") or name.endswith("Script"):
        return Use(None, runs=True, element=element)
    if name == "noscript":
        return Use(None, writes=True, element=element)
    return MENTION


def use_in_attribute(attribute: Node, code: Code) -> Use:
    """What the value of a JSX attribute is for."""
    tag = attribute.parent
    name = jsx_name(tag, code)
    key = code.of(attribute.named_children[0]).lower() if attribute.named_children else ""
    if key in ("srcdoc", "innerhtml", "set:html", "dangerouslysetinnerhtml"):
        script = key != "srcdoc" and (name.lower() == "script" or name.endswith("Script"))
        return Use(None, runs=script, writes=not script, element=tag)
    if key not in ("src", "href", "action", "url", "data-src", "srcset", "data"):
        return Use(
            None, runs=key.startswith("on") or key in ("code", "script", "body", "html"), writes=key in ("html", "code"), element=tag
        )
    return Use(_role(name.lower(), key, tag, code), element=tag)


def _role(name: str, key: str, tag: Node | None, code: Code) -> UrlRole:
    if name == "link":
        rel = _attribute(tag, "rel", code)
        return "style" if rel == "stylesheet" else "hint" if rel in _HINTS else "link"
    if "script" in name:
        return "script"
    return TAG_ROLES.get(name, "image" if name in _IMAGES else "link" if key == "href" else "code")


def _attribute(tag: Node | None, name: str, code: Code) -> str:
    for child in tag.named_children if tag is not None else ():
        if child.type == "jsx_attribute" and code.of(child.named_children[0]) == name:
            return code.of(child.named_children[-1]).strip("'\"{}")
    return ""
