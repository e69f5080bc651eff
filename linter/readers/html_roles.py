"""What a URL in an HTML element is used for."""

from collections.abc import Mapping

from linter.evidence import UrlRole

_ROLES: dict[str, UrlRole] = {
    "script": "script", "img": "image", "image": "image", "amp-img": "image", "amp-pixel": "image", "input": "image", "source": "image",
    "iframe": "frame", "frame": "frame", "embed": "frame", "object": "frame", "amp-iframe": "frame", "amp-ad": "frame", "portal": "frame",
    "form": "form", "button": "form", "a": "link", "area": "link", "video": "request", "audio": "request", "track": "request",
    "base": "link", "use": "image", "body": "image", "td": "image", "table": "image", "fencedframe": "frame",
}  # fmt: skip
_ROLES_BY_PART: tuple[tuple[str, UrlRole], ...] = (("script", "script"), ("img", "image"), ("image", "image"), ("frame", "frame"))
"""The roles of custom elements, by what their names contain."""
_LINK_RELS: tuple[tuple[str, UrlRole], ...] = (
    ("stylesheet", "style"), ("preconnect", "hint"), ("dns-prefetch", "hint"), ("preload", "hint"), ("prefetch", "hint"),
    ("modulepreload", "hint"), ("prerender", "hint"), ("import", "frame"), ("icon", "image"),
)  # fmt: skip


def role_of(element: str, values: Mapping[str, str]) -> UrlRole:
    """What a URL in an element is used for; of custom elements, by their names."""
    if element == "link":
        rels = values.get("rel", "").lower().split()
        return next((role for rel, role in _LINK_RELS if rel in rels), "link")
    if element in _ROLES:
        return _ROLES[element]
    return next((role for part, role in _ROLES_BY_PART if part in element), "code")
