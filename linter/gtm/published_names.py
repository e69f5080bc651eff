"""Names for the variables of a published container, which has none: built-in variables get those of Tag Manager."""

from linter.gtm.nodes import Node

_URL = {"": "Page URL", "URL": "Page URL", "HOST": "Page Hostname", "PATH": "Page Path"}
_DATA_LAYER = {
    "gtm.element": "Click Element",
    "gtm.elementClasses": "Click Classes",
    "gtm.elementId": "Click ID",
    "gtm.elementTarget": "Click Target",
    "gtm.elementText": "Click Text",
    "gtm.elementUrl": "Click URL",
    "gtm.errorLineNumber": "Error Line",
    "gtm.errorMessage": "Error Message",
    "gtm.errorUrl": "Error URL",
    "gtm.historyChangeSource": "History Source",
    "gtm.newHistoryState": "New History State",
    "gtm.newUrlFragment": "New History Fragment",
    "gtm.oldHistoryState": "Old History State",
    "gtm.oldUrlFragment": "Old History Fragment",
    "gtm.scrollDirection": "Scroll Direction",
    "gtm.scrollThreshold": "Scroll Depth Threshold",
    "gtm.scrollUnits": "Scroll Depth Units",
    "gtm.videoProvider": "Video Provider",
    "gtm.videoStatus": "Video Status",
    "gtm.videoTitle": "Video Title",
    "gtm.videoUrl": "Video URL",
    "gtm.visibleRatio": "Percent Visible",
    "gtm.visibleTime": "On-Screen Duration",
}
_ELEMENT = {"ELEMENT": "Click Element", "TEXT": "Click Text", "URL": "Click URL"}
_BY_NAME = {"__v": "data layer", "__k": "cookie", "__j": "JavaScript"}
_LONGEST = 120


def macro_names(nodes: list[Node]) -> list[str]:
    """A name for each variable; those that read the same have the same. One that nothing can be said of is `macro 7`, by its number."""
    return [_printable(_name(node)) or f"macro {number}" for number, node in enumerate(nodes)]


def _printable(name: str) -> str:
    """The name, if it can stand in braces and in a message."""
    return name if len(name) <= _LONGEST and name.isprintable() and "{" not in name and "}" not in name else ""


def _name(node: Node) -> str:
    kind, name, component = _text(node, "function"), _text(node, "vtp_name"), _text(node, "vtp_component")
    if kind == "__e":
        return "_event"
    if kind == "__u" and node.get("vtp_customUrlSource") is None:
        return _URL.get(component) or " ".join(("URL", component.lower(), _text(node, "vtp_queryKey"))).strip()
    if kind == "__f":
        return "Referrer" if component in ("", "URL") else f"Referrer {component.lower()}"
    if kind == "__v" and name in _DATA_LAYER:
        return _DATA_LAYER[name]
    if kind == "__aev" and not component:
        return _ELEMENT.get(_text(node, "vtp_varType"), "")
    return f"{_BY_NAME[kind]} {name}" if kind in _BY_NAME and name else ""


def _text(node: Node, key: str) -> str:
    value = node.get(key)
    return value.text if value is not None and value.kind == "text" else ""
