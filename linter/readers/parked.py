"""Code and settings in structured data that an entry beside them switches off: snippets that are not active, a builder's switches."""

import re
from collections.abc import Sequence
from itertools import islice

from linter.evidence import Span, Value
from linter.gtm.nodes import Node
from linter.readers.settings_objects import MAX_BELOW, Entry, switched
from linter.reading import Frame
from linter.text import Slice

MAX_SWITCH = 60
"""Characters of a value that may switch those beside it off."""
MAX_TREE = 4_000_000
MAX_OFF = 1000

_SWITCH_OF = {
    "divi_integration_head": "divi_integrate_header_enable",
    "divi_integration_body": "divi_integrate_body_enable",
    "divi_integration_single_top": "divi_integrate_singletop_enable",
    "divi_integration_single_bottom": "divi_integrate_singlebottom_enable",
}
"""Code -> the switch beside it."""
_OFF = frozenset({"0", "false", "no", "off", ""})
_UNPUBLISHED = frozenset({"draft", "auto-draft", "trash", "inactive", "disabled"})
_WORDS = {"status": _UNPUBLISHED, "post_status": _UNPUBLISHED, "useSnippet": _OFF, "paused": frozenset({"true", "1", "yes"})}
"""Key -> its values that switch all beside it off, besides those that `linter.readers.settings` knows."""
_MAY_SWITCH = re.compile(
    r"(?:(?:able|abled|active|activated|useSnippet|paused)\"\s*:\s*(?:false|true|0|1|null|\"(?:0|1|no|off|false|yes|on|true)?\")"
    r"|status\"\s*:\s*\"(?:draft|auto-draft|trash|inactive|disabled)\")",
    re.IGNORECASE,
)


def switched_off(text: Slice, node: Node, key: str, frame: Frame, beside: Sequence[Entry] | None = None) -> Frame:
    """The frame of the entry `key` of an object: dormant where another one switches it off. `beside` are its `scalars`."""
    entry = _entry(text, key, node.keys.get(key), node.entries[key])
    frame = switched(entry, scalars(text, node) if beside is None else beside, frame)
    off = _says(node, _SWITCH_OF.get(key, ""), _OFF) or any(_says(node, name, values) for name, values in _WORDS.items())
    return frame.dormant() if off else frame


def _says(node: Node, key: str, values: frozenset[str]) -> bool:
    child = node.entries.get(key)
    return child is not None and child.kind not in ("object", "array") and child.text.strip().lower() in values


def scalars(text: Slice, node: Node) -> list[Entry]:
    """The short scalars of an object, among which are the switches of the others."""
    rows = (_entry(text, key, node.keys.get(key), child) for key, child in islice(node.entries.items(), MAX_BELOW))
    return [row for row in rows if row.value.kind == "text"]


def _entry(text: Slice, key: str, key_at: Span | None, child: Node) -> Entry:
    """An entry as settings are told of: its own value where it is short, else nothing of it."""
    short = child.kind not in ("object", "array") and child.end - child.begin < MAX_SWITCH
    said = Value("text" if short else "unknown", child.text if short else "", text.span(child.begin, child.end))
    return Entry(key, text.span(*key_at) if key_at is not None else said.span, said.span, said)


def parked_spans(text: Slice) -> list[Span]:
    """The source spans of the entries of a JSON document that others switch off, outermost ones only."""
    if len(text) > MAX_TREE or _MAY_SWITCH.search(text.text) is None:
        return []
    from linter.gtm.tree import parse_json

    spans: list[Span] = []
    waiting = [parse_json(text).root]
    while waiting and len(spans) < MAX_OFF:
        node = waiting.pop()
        beside = scalars(text, node)
        for key, child in node.entries.items():
            if beside and switched_off(text, node, key, Frame(), beside).state == "dormant":
                spans.append(text.span(child.begin, child.end))
            elif child.kind in ("object", "array"):
                waiting.append(child)
        waiting += [child for child in node.items if child.kind in ("object", "array")]
    return spans
