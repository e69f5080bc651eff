"""Workflows of automation services: what the nodes of n8n, Node-RED and Make ask for or call.

n8n (https://docs.n8n.io/workflows/export-import/): `nodes` of `{name, type, parameters, disabled}`, values with `=` before them are
expressions. Node-RED: a list of nodes `{type, name, d}`. Make: a blueprint's `flow` of `{module, parameters, mapper}`. A node is told
as a `Call` of its type with its parameters as the argument; an address under its `url` as a request besides. What is switched off is
dormant. Code and texts in nodes are read by the reader of data files.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from linter.evidence import Call, Span, State, Url, Value
from linter.gtm.nodes import Node, walk
from linter.reading import PIECES, Reading, holes_of, longest_run
from linter.text import HOLE, Slice

MAX_WORKFLOW = 4_000_000
MAX_ENTRIES = 40
_HOLE = re.compile(r"\{\{.{0,400}?\}\}", re.DOTALL)
_URL = re.compile(r"=?\s*https?://[^\s\"'<>]+\s*\Z")


class Workflows:
    """The workflow in one file. `off`: the spans of the nodes that are switched off, sorted; `spans`: those of addresses."""

    def __init__(self, text: Slice, reading: Reading) -> None:
        self.off: list[Span] = []
        self.spans: list[Span] = []
        self._text = text
        self._reading = reading
        self._begins = [begin for begin, _ in reading.hits(text.text)]

    def read(self) -> None:
        """Emits what the nodes do in which hits stand."""
        from linter.gtm.tree import parse_json

        if len(self._text.text) > MAX_WORKFLOW:
            return
        for node in walk(parse_json(self._text).root):
            if not self._reading.effort(4, PIECES):
                return
            kind, settings = _parts(node)
            if kind is not None and settings is not None and self._holds(node):
                self._tell(node, kind, settings)
        self.off.sort()
        self.spans.sort()

    def _holds(self, node: Node) -> bool:
        first = bisect_left(self._begins, node.begin)
        return first < len(self._begins) and self._begins[first] < node.end

    def _tell(self, node: Node, kind: Node, settings: Node) -> None:
        off = _is_true(node.get("disabled")) or _is_true(node.get("d"))
        state: State = "dormant" if off else "active"
        if off:
            self.off.append(node.span())
        name = node.get("name")
        via = ("json", f'node "{name.text[:60]}"' if name is not None and name.text else "node")
        block, unit = node.span(), (0, len(self._text.source.text))
        entries = tuple((key, _value(entry)) for key, entry in _settings(settings))
        argument = Value("object", self._text.text[settings.begin : settings.end][:400], settings.span(), entries=entries)
        inside = kind.slice()
        self._reading.emit(
            Call(span=inside.span(0, len(inside)), block=block, unit=unit, state=state, via=via, name=kind.text[:120], args=(argument,))
        )
        for key, entry in _settings(settings):
            address = _address(entry) if key.lower().endswith("url") else None
            if address is not None:
                self.spans.append(address.span(0, len(address)))
                self._reading.emit(
                    Url(span=longest_run(address), block=block, unit=unit, state=state, via=via, url=address.text.strip(), role="request",
                        holes=holes_of(address), key=key)
                )  # fmt: skip


def _parts(node: Node) -> tuple[Node | None, Node | None]:
    """The type of a node of a workflow and the object with its settings, if it is one."""
    if node.kind != "object":
        return None, None
    kind = node.get("type") or node.get("module")
    settings = node.get("mapper") or node.get("parameters") or (node if node.get("wires") else None)
    if kind is None or kind.kind != "text" or settings is None or settings.kind != "object":
        return None, None
    return kind, settings


def _settings(settings: Node) -> Iterator[tuple[str, Node]]:
    yield from list(settings.entries.items())[:MAX_ENTRIES]


def _value(node: Node) -> Value:
    """The value of a setting; an expression of n8n (`={{ $json.id }}`) as one."""
    if node.kind in ("object", "array"):
        return Value("object" if node.kind == "object" else "array", "", node.span())
    if node.kind == "word":
        return Value("number" if node.text[:1].isdigit() else "unknown", node.text, node.span())
    text = node.text
    expression = text.lstrip("=").strip() if text.startswith("=") or "{{" in text else ""
    return Value("text", text.lstrip("="), node.span(), expression=expression)


def _address(node: Node) -> Slice | None:
    """The address that a text is, its expressions made holes."""
    if node.kind != "text":
        return None
    text = node.slice()
    holes = [(*match.span(), HOLE) for match in _HOLE.finditer(text.text)]
    text = text.mask(holes) if holes else text
    if not _URL.match(text.text):
        return None
    first = text.text.index("http")
    return text.cut(first, len(text.text.rstrip()))


def _is_true(node: Node | None) -> bool:
    return node is not None and node.text == "true"
