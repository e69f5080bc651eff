"""Where an entry of an object stands in JavaScript: the keys above it, and what beside it says that it is off."""

from tree_sitter import Node

from linter.readers.js_context import placed
from linter.readers.js_script import Script
from linter.readers.js_setting_parts import key_of, parts
from linter.readers.js_setting_values import rows_of
from linter.readers.js_values import WRAPPERS
from linter.readers.settings_objects import MAX_BELOW, is_firebase, label_of, switched
from linter.readers.trees import first_named, named
from linter.reading import Frame

MAX_PATH = 12
"""Objects around an entry whose keys are told."""


def frame_of(script: Script, holder: Node) -> Frame:
    """The frame of an entry, constant or default."""
    return placed(holder, script.code, script.frame)


def path_of(script: Script, holder: Node) -> tuple[tuple[str, ...], Frame]:
    """The keys above an entry, outermost first, and its frame: dormant where an entry beside one of them switches it off."""
    keys: list[str] = []
    frame, node = frame_of(script, holder), holder
    for _ in range(MAX_PATH):
        outer = node.parent
        if outer is None or outer.type not in ("object", "array"):
            break
        if outer.type == "object":
            frame, label = _beside(script, outer, node, frame)
            keys[:0] = [label] if label else []
        else:
            label = tuple_label(script, outer, node)
            keys[:0] = [label] if label else []
        around = outer.parent
        while around is not None and around.type in WRAPPERS:
            outer, around = around, around.parent
        if around is None:
            break
        name, value = parts(around)
        if value == outer and name is not None:
            keys[:0] = key_of(script, name)
            if around.type != "pair":
                break
            node = around
        elif around.type == "array":
            node = outer
        else:
            break
    return tuple(keys), frame


def tuple_label(script: Script, array: Node, options: Node | None) -> str:
    """The name before the options in a list of the two (`["module", {...}]`), or ""."""
    first = named(array, 0)
    if array.named_child_count != 2 or first is None or first.type != "string" or options is None or named(array, 1) != options:
        return ""
    another = any(child.type == "pair" and script.code.key_of(child) == "resolve" for child in first_named(options, MAX_BELOW))
    return "" if options.type != "object" or another else script.code.of(first).strip("'\"`")


def _beside(script: Script, node: Node, inner: Node, frame: Frame) -> tuple[Frame, str]:
    """The frame behind what stands beside `inner` in the object `node`, and what a label there says the object is about."""
    place = node.start_byte, node.end_byte
    rows = script.beside[place] if place in script.beside else script.beside.setdefault(place, rows_of(script, node, 0))
    entry = next((row for row in rows if row.block == script.code.span(inner)), None)
    frame = frame if entry is None else switched(entry, rows, frame)
    if is_firebase(rows):
        return frame, "firebase"
    label = label_of(rows, script.reading.hits)
    return frame, label.value.text if label is not None and label is not entry else ""


def owner_of(script: Script, node: Node) -> tuple[str, ...]:
    """The keys above an object or list."""
    around = node.parent
    while around is not None and (around.type in WRAPPERS or around.type == "array"):
        around = around.parent
    name, _ = parts(around) if around is not None else (None, None)
    return key_of(script, name) if name is not None else ()
