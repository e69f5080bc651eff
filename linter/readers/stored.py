"""Values that a CMS keeps in its database: serialised or JSON structures down to each setting, markup, script and address."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from linter import decoders
from linter.decoders.escapes import decode
from linter.evidence import Plugin, Span
from linter.gtm.nodes import Node
from linter.readers import data_values
from linter.readers.parked import scalars, switched_off
from linter.readers.serialised import is_serialised, parse_serialised
from linter.readers.settings import tell
from linter.readers.settings_objects import Entry
from linter.readers.settings_values import MAX_VALUE, scalar
from linter.reading import MAX_DEPTH, Frame, Reading
from linter.text import Piece, Slice

MAX_SETTINGS = 2000
"""Settings of one stored value."""
MAX_KEYS = 20

_JSON = re.compile(r"\s*(?:\{\s*(?:\\?\"|\})|\[\s*(?:\\\"|[\[{\"\]\d-]))")
_SLASHED = re.compile(r"\s*[\[{][\s\[{]*\\\"")
_SLASH = re.compile(r"\\([\\'\"])")
_PHP = re.compile(
    r"<\?(?:php|=)|\?>|\s*(?:add_action|add_filter)\s*\(|\s*\$\w+\s*=|\s*function\s+\w+\s*\([^)]{0,200}\)\s*\{\s*(?:\?>|\$|echo\b)"
)
_LINE_BREAKS = re.compile(r"<!-{1,2}[–-]{0,2}\s?\[et_pb_(?:line_break|br)_holder\]\s?-{0,2}[–-]{0,2}>")
"""What a page builder keeps for a line end within a script."""
_PACKED = re.compile(r"\[(vc_raw_html|vc_raw_js)\b[^\]]{0,400}+\]([A-Za-z0-9+/=_\s-]{8,}+)\[/\1\]")
"""Shortcodes of a page builder: URL-encoded markup in base64."""

_PLUGIN_LISTS = frozenset({"active_plugins", "active_sitewide_plugins"})
_PLUGIN_FILE = re.compile(r"([\w.-]{1,100}+)/[\w./-]{1,150}\.php\Z")
_MODULE_LIST = ("core.extension", "module")


class Spot(NamedTuple):
    """Where a value stands: its keys (outermost first), the frame, and the source span of its innermost key.

    `known`: one of the keys holds a literal, so that the value is a setting whatever it is.
    """

    keys: tuple[str, ...]
    frame: Frame
    key_span: Span | None = None
    known: bool = False


def read_stored(
    value: Slice, keys: tuple[str, ...], frame: Frame, reading: Reading, *, known: bool = False, key_span: Span | None = None
) -> None:
    """Reads one stored value; `frame` has its block and unit. See `Spot` for the rest."""
    _Stored(reading).read(value, Spot(keys, frame, key_span, known))


class _Stored:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.left = MAX_SETTINGS
        self.waiting: list[tuple[Slice, Spot]] = []

    def read(self, value: Slice, spot: Spot) -> None:
        """Reads the value and those in it, and what is packed into these."""
        self.waiting.append((value, spot))
        while self.waiting:
            value, spot = self.waiting.pop()
            if not spot.known and not self.reading.hits(value.text):
                continue
            if len(spot.frame.via) >= MAX_DEPTH:
                self.reading.notice("nested too deeply")
                continue
            value = _without_slashes(value)
            form, root, end = _structure(value)
            if root is None:
                self._scalar(value, spot)
                continue
            self._tree(value, root, spot._replace(frame=spot.frame._replace(via=(*spot.frame.via, form))))
            if value.text[end:].strip('"; \r\n\t'):
                self.waiting.append((value.cut(end, len(value)), spot._replace(known=False)))
        if self.left <= 0:
            self.reading.notice(f"more than {MAX_SETTINGS} settings in one stored value")

    def _tree(self, text: Slice, root: Node, top: Spot) -> None:
        begins = [begin for begin, _ in self.reading.hits(text.text)]

        def holds(begin: int, end: int) -> bool:
            number = bisect_left(begins, begin)
            return number < len(begins) and begins[number] < end

        waiting = [(root, top)]
        while waiting and self.left > 0:
            node, spot = waiting.pop()
            if node.kind not in ("object", "array"):
                self._leaf(node, spot)
                continue
            beside = scalars(text, node)
            inner: list[tuple[Node, Spot]] = []
            for key, key_at, child in _children(node):
                known = spot.known or (key_at is not None and holds(*key_at))
                if known or holds(child.begin, child.end):
                    key_span = text.span(*_bare(text.text, key_at)) if key_at is not None else spot.key_span
                    frame = switched_off(text, node, key, spot.frame, beside) if key in node.entries else spot.frame
                    inner.append((child, Spot((*spot.keys, key)[-MAX_KEYS:], frame, key_span, known)))
            waiting += reversed(inner)

    def _leaf(self, node: Node, spot: Spot) -> None:
        value = node.slice() if node.kind == "text" or node.text else node.slice().cut(0, 0)
        if self._is_plugin(value, spot):
            return
        if node.kind == "text" and (is_serialised(value.text) or _JSON.match(value.text)):
            self.waiting.append((value, spot))
        else:
            self._scalar(value, spot)

    def _scalar(self, value: Slice, spot: Spot) -> None:
        """A text that is no structure."""
        has_hit = bool(self.reading.hits(value.text))
        if (spot.known or has_hit) and len(value) <= MAX_VALUE:
            self.left -= 1
            said = scalar(value)
            block = spot.frame.block or said.span
            tell(spot.keys, Entry(spot.keys[-1] if spot.keys else "", spot.key_span or said.span, block, said), spot.frame, self.reading)
        if has_hit:
            read_content(value, spot.keys, spot.frame, self.reading)

    def _is_plugin(self, value: Slice, spot: Spot) -> bool:
        """Whether this is an entry of a list of active plugins (a value, or a key over a time or weight); emits it."""
        frame, keys = spot.frame, spot.keys
        if not _PLUGIN_LISTS.isdisjoint(keys[-3:]):
            file = _PLUGIN_FILE.match(value.text) or _PLUGIN_FILE.match(keys[-1])
            if file is None:
                return False
            span = value.span(0, len(value)) if value.text == file[0] else spot.key_span
            platform, slug = "wordpress", file[1]
        elif keys[-3:-1] == _MODULE_LIST:
            span, platform, slug = spot.key_span, "drupal", keys[-1]
        else:
            return False
        if span is not None:
            block = frame.block or span
            self.reading.emit(
                Plugin(
                    span=span, block=block, unit=frame.unit or block, state=frame.state, via=frame.via, platform=platform, slug=slug.lower()
                )
            )
        return True


def read_content(value: Slice, keys: tuple[str, ...], frame: Frame, reading: Reading) -> None:
    """Hands on a text that is no structure as what it holds: markup, scripts, PHP, an address. `frame` has its block."""
    text = value.text
    if _PACKED.search(text):
        for packed in _PACKED.finditer(text):
            reading.read(decoders.url_encoded(decoders.base64_text(value.cut(*packed.span(2)))), "html", frame)
        value = value.mask([(*packed.span(), " ") for packed in _PACKED.finditer(text)])
    if _LINE_BREAKS.search(text):
        value = value.mask([(*match.span(), "\n") for match in _LINE_BREAKS.finditer(value.text)])
    if _PHP.search(text):
        code = value if "<?" in text else value.derive([Piece("<?php ", 0, 0), Piece(value.text, 0, len(value))])
        reading.read(code, "php", frame)
        return
    data_values.read_entry(data_values.Entry(keys, value, frame.block or value.span(0, len(value))), frame, reading)


def _without_slashes(value: Slice) -> Slice:
    """JSON whose quotes were escaped before it was stored, without these escapes."""
    return decode(value, _SLASH, lambda match: match[1]) if _SLASHED.match(value.text) else value


def _structure(value: Slice) -> tuple[str, Node | None, int]:
    """The name of the structure that a text is, its tree, and where that ends; None if it is none."""
    if is_serialised(value.text):
        root = parse_serialised(value)
        return "serialised", root, root.end if root is not None else 0
    if _JSON.match(value.text):
        from linter.gtm.tree import parse_json

        document = parse_json(value)
        if document.root.entries or document.root.items or document.broken is None:
            return "json", document.root, document.end
    return "", None, 0


def _children(node: Node) -> Iterator[tuple[str, Span | None, Node]]:
    """Key, where it stands in the document's text, and value of each entry or item."""
    for key, child in node.entries.items():
        yield key, node.keys.get(key), child
    for number, child in enumerate(node.items):
        yield str(number), None, child


def _bare(text: str, span: Span) -> Span:
    """The span of a key without the quotes around it."""
    begin, end = span
    return (begin + 1, end - 1) if end - begin >= 2 and text[begin] in "\"'" and text[begin] == text[end - 1] else span
