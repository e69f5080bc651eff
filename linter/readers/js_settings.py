"""Settings in JavaScript and TypeScript: properties of objects, constants, defaults, and lists of modules in configurations."""

import re
from collections.abc import Iterable

from tree_sitter import Node

from linter.evidence import Import, Span
from linter.readers.js_script import Script
from linter.readers.js_setting_parts import key_of, parts, whole
from linter.readers.js_setting_paths import frame_of, owner_of, path_of, tuple_label
from linter.readers.js_setting_values import entry_of, rows_of
from linter.readers.settings import Row, below, beside, holds_settings, tell
from linter.readers.settings_objects import MAX_NESTING, Entry, label_of
from linter.readers.settings_values import MIN_VALUE, scalar
from linter.readers.trees import named
from linter.reading import Frame

SETTING_NAMES = frozenset({"shorthand_property_identifier_pattern"})
"""Node types of names that only settings have."""
_CONFIG = re.compile(
    r"(?:.*/)?(?:[\w-]+[.-]config|config(?:uration)?|settings|site[.-]?(?:config|settings|data|meta\w*)|app)\.[cm]?[jt]s\Z|.*/config/[^/]+"
)
_LISTING = re.compile(r"(?:.*/)?(?:gatsby-config|nuxt\.config|docusaurus\.config|astro\.config|\.vuepress/config)\.[cm]?[jt]s\Z")
_LISTS = frozenset("plugins modules buildModules presets themes".split())
"""Configurations and their keys whose lists name packages that the site generator loads."""
_LOOKS_LIKE_ID = re.compile(r"(?=.*\d)[A-Za-z0-9][\w-]{4,40}\Z")
_WORDS = frozenset("true false null undefined".split())
_PLAIN_STEMS = frozenset("index main mod app page layout default init script scripts".split())
_DEFAULT = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]{0,40}(?:Id|ID|_id|Key|KEY|Code|CODE)|id)\s{0,3}(?::\s{0,3}string\s{0,3})?=\s{0,3}[^=>]")
MAX_DEFAULTS = 20
"""Constants and defaults of a script that are looked at without a hit at them."""


def look_at_setting(script: Script, node: Node) -> None:
    """A name or string with a hit: the entry, constant or default that it names or is the value of."""
    if node.type in ("string_fragment", "escape_sequence") and node.parent is not None:
        node = node.parent
    top = whole(node)
    holder = top.parent
    if holder is None or not holds_settings(script.reading.source.path):
        return
    if holder.type == "array":
        _item(script, holder, top)
        return
    name, value = parts(holder)
    if name is None or not script.first("setting", holder):
        return
    if value in (top, node) and value is not None and node.type in ("string", "template_string"):
        _value_hit(script, holder, name, value)
    elif value is not None:
        _given(script, holder, name, value, by_name=name in (top, node))


def has_defaults(code: str) -> bool:
    """Whether a name of an id is given a value in code."""
    return _DEFAULT.search(code) is not None


def look_at_defaults(script: Script) -> None:
    """Constants and defaults named as ids in a file that is named after what it holds (`MetaPixel.astro`): under the file's name."""
    stem = _stem(script.reading.source.path)
    if not stem or not holds_settings(script.reading.source.path) or not script.code.scan():
        return
    for count, match in enumerate(_DEFAULT.finditer(script.code.text)):
        node = script.code.at(*match.span(1)) if count < MAX_DEFAULTS else None
        holder = node.parent if node is not None else None
        if node is None or holder is None:
            return
        name, value = parts(holder)
        if value is None or holder.type in ("pair", "assignment_expression", "jsx_attribute") or name != node:
            continue
        if not script.first("setting", holder):
            continue
        entry = entry_of(script, script.code.of(node), node, value, holder, 0)
        if entry is not None and not entry.value.expression and _LOOKS_LIKE_ID.match(entry.value.text):
            _tell(script, holder, [((*stem, entry.key), entry, frame_of(script, holder))])


def _stem(path: str) -> tuple[str, ...]:
    """What a file is named after: its name, or its folder's where the name says nothing; empty where neither does."""
    folder, _, file = path.rpartition("/")
    stem = file.partition(".")[0]
    if stem.lower() in _PLAIN_STEMS:
        stem = folder.rpartition("/")[2]
    return (stem,) if stem and stem.lower() not in _PLAIN_STEMS else ()


_OUTSIDE_NAME = re.compile(r"([A-Z][A-Z0-9_]{4,})")


def _given(script: Script, holder: Node, name: Node, value: Node, by_name: bool) -> None:
    """An entry whose name has a hit (`by_name`: so that all it holds is told), or a part of whose value has."""
    own = key_of(script, name)
    entry = entry_of(script, own[-1] if own else "", name, value, holder, MAX_NESTING if by_name else 0)
    if entry is None or not own or not any(_is_told(script, holder, row) for _, row, _ in below(own, entry, script.frame)):
        return
    if not by_name and holder.type != "pair":
        outside = _OUTSIDE_NAME.search(script.code.of(value))
        own = (outside[1],) if outside is not None and script.reading.hits(outside[1]) else own
    path, frame = path_of(script, holder) if holder.type == "pair" else (_stem(script.reading.source.path), frame_of(script, holder))
    if holder.type == "jsx_attribute" and holder.parent is not None:
        tag = holder.parent.child_by_field_name("name")
        path = (script.code.of(tag),) if tag is not None else ()
    _tell(script, holder, below(path + own, entry, frame))


def _is_told(script: Script, holder: Node, entry: Entry) -> bool:
    """Whether a value is told: what is empty or comes from elsewhere only where it is a configuration's own property."""
    if entry.block in script.told or entry.value.kind not in ("text", "number"):
        return False
    if not entry.value.expression and entry.value.text not in _WORDS and len(entry.value.text.strip()) >= MIN_VALUE:
        return True
    if entry.value.text == "true" and _switches(script, holder):
        return True
    return holder.type == "pair" and _CONFIG.fullmatch(script.reading.source.path) is not None


def _switches(script: Script, holder: Node) -> bool:
    """Whether an entry belongs to an object of what is switched on (`integrations: {"Name": true}`)."""
    above = owner_of(script, holder.parent) if holder.type == "pair" and holder.parent is not None else ()
    return above[-1:] != () and above[-1].lower().endswith("integrations")


def _tell(script: Script, holder: Node, rows: Iterable[Row]) -> None:
    """Emits values, each once."""
    for keys, entry, frame in rows:
        if _is_told(script, holder, entry):
            script.told.add(entry.block)
            tell(keys, entry, frame, script.reading)


def _value_hit(script: Script, holder: Node, name: Node, value: Node) -> None:
    """An entry whose value has a hit: it may say what the entries beside it are about."""
    outer = holder.parent
    rows = rows_of(script, outer, MAX_NESTING) if holder.type == "pair" and outer is not None and outer.type == "object" else []
    own = next((row for row in rows if row.block == script.code.span(holder)), None)
    label = label_of(rows, script.reading.hits)
    if own is None or label is not own or outer is None:
        _given(script, holder, name, value, by_name=False)
        return
    path, frame = path_of(script, outer) if outer.parent is not None and outer.parent.type == "array" else ((), frame_of(script, holder))
    path = path or owner_of(script, outer)
    _module(script, own.value.text, own.value.span, own.block, path, frame)
    _tell(script, holder, beside(path, own.value.text, [row for row in rows if row is not own], frame))


def _item(script: Script, array: Node, item: Node) -> None:
    """A string in a list: a module's name, alone or with its options behind it; else a value of the list's own entry."""
    if item.type != "string" or not script.first("setting", item):
        return
    text = script.code.of(item).strip("'\"`")
    begin, end = script.code.span(item)
    options = named(array, 1) if named(array, 0) == item else None
    path, frame = owner_of(script, array), frame_of(script, item)
    if options is not None and tuple_label(script, array, options):
        _module(script, text, (begin + 1, end - 1), script.code.span(array), path, frame)
        pair = named(options, 0)
        if pair is not None:
            _tell(script, pair, beside(path, text, rows_of(script, options, MAX_NESTING), frame))
        return
    if not _module(script, text, (begin + 1, end - 1), (begin, end), path, frame) and path:
        value = scalar(script.code.text_of(item) or script.code.slice.cut(item.start_byte + 1, item.end_byte - 1))
        _tell(script, array, [(path, Entry("", (begin, end), (begin, end), value), frame)])


def _module(script: Script, name: str, span: Span, block: Span, path: tuple[str, ...], frame: Frame) -> bool:
    """A package that a site generator loads because its configuration lists it; whether it is one."""
    if not path or path[-1] not in _LISTS or not _LISTING.fullmatch(script.reading.source.path):
        return False
    unit = script.unit if script.frame.unit else (0, len(script.reading.source.text))
    script.reading.emit(Import(span=span, block=block, unit=unit, state=frame.state, via=frame.via, package=name, ecosystem="npm"))
    return True
