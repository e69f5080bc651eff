"""The entries of objects and the values that are written out in JavaScript, for settings."""

import re

from tree_sitter import Node

from linter.evidence import Value
from linter.readers.js_script import Script
from linter.readers.js_setting_parts import is_choice, parts
from linter.readers.js_values import WRAPPERS, wrapped
from linter.readers.settings_objects import MAX_BELOW, Entry
from linter.readers.settings_values import scalar
from linter.readers.trees import first_named

_FROM_OUTSIDE = re.compile(r"(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|env)\b|useRuntimeConfig\(|env\(")


def rows_of(script: Script, node: Node, nesting: int) -> list[Entry]:
    """The entries of an object whose values are written out."""
    rows = []
    for pair in first_named(node, MAX_BELOW):
        name, value = parts(pair) if pair.type == "pair" else (None, None)
        if name is not None and value is not None:
            entry = entry_of(script, script.code.key_of(pair), name, value, pair, nesting)
            if entry is not None:
                rows.append(entry)
    return rows


def entry_of(script: Script, key: str, name: Node, value: Node, holder: Node, nesting: int) -> Entry | None:
    """The entry of a value that is written out, alone or behind what may come from outside; None of any other."""
    node: Node | None = value
    while node is not None and (node.type in WRAPPERS or node.type == "jsx_expression") and node.named_children:
        node = wrapped(node)
    if node is None or not script.reading.effort(100, "settings"):
        return None
    entry = Entry(key, script.code.span(name), script.code.span(holder), Value("object", "", script.code.span(node)))
    if node.type == "object":
        return entry._replace(entries=tuple(rows_of(script, node, nesting - 1)) if nesting > 0 else ())
    if node.type == "array":
        items = [entry_of(script, "", item, item, item, nesting - 1) for item in first_named(node, MAX_BELOW)] if nesting > 0 else []
        return entry._replace(value=Value("array", "", script.code.span(node)), entries=tuple(item for item in items if item is not None))
    found = _scalar(script, node)
    return entry._replace(value=found or Value("unknown", script.code.of(node)[:80], script.code.span(node)))


def _scalar(script: Script, node: Node, depth: int = 0) -> Value | None:
    code = script.code
    if node.type in ("true", "false", "null", "undefined"):
        return Value("text", code.of(node), code.span(node))
    if node.type in ("string", "number", "template_string"):
        text = code.text_of(node)
        return scalar(text) if text is not None else None
    if node.type == "ternary_expression" or (node.type == "binary_expression" and is_choice(node)):
        return _alternative(script, node, depth)
    if node.type == "identifier" and depth < 4:
        meant = code.resolve(node)
        return _scalar(script, meant, depth + 1) if meant is not None and meant.type != "identifier" else None
    if node.type in ("member_expression", "subscript_expression", "call_expression") and _FROM_OUTSIDE.match(code.of(node)[:60]):
        return Value("unknown", code.of(node)[:80], code.span(node), expression=code.of(node)[:80])._replace(kind="text")
    return None


def _alternative(script: Script, node: Node, depth: int) -> Value | None:
    """The first alternative that is written out and not empty, else the first that comes from outside."""
    fields = ("consequence", "alternative") if node.type == "ternary_expression" else ("right", "left")
    found = []
    for field in fields:
        part = node.child_by_field_name(field)
        while part is not None and part.type in WRAPPERS and part.named_children:
            part = wrapped(part)
        value = _scalar(script, part, depth + 1) if part is not None and depth < 4 else None
        if value is not None:
            found.append(value)
    written = next(
        (value for value in found if value.text.strip() and not value.expression and value.text not in ("null", "undefined")), None
    )
    return written or next((value for value in found if value.expression), found[0] if found else None)
