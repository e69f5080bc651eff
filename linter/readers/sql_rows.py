"""What the rows of a dump are: settings, plugins and contents of a CMS, by the names of its tables and columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from linter.decoders import sql_string
from linter.decoders.escapes import BYTES, byte_run, decode, utf8_pieces
from linter.evidence import Plugin
from linter.readers.sql_cells import Cell
from linter.readers.sql_scan import Row
from linter.readers.sql_tables import KEYS, LAYOUTS, PAIRS, PLUGINS, SWITCHES, VALUES, is_copy, is_transient, keys_of, table_tail
from linter.readers.stored import read_stored
from linter.reading import Frame, Reading
from linter.text import Piece, Slice

MAX_HEX = 2_000_000
_FIELD_ESCAPE = re.compile(rf"(?P<bytes>{BYTES})|\\(.)", re.DOTALL)
_FIELD_CHARS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_HEX = re.compile(r"(?:0x|\\x)?((?:[0-9a-f]{2})+)\Z", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z_][\w./:-]{2,190}\Z")


def read_row(row: Row, text: Slice, backslash: bool, frame: Frame, reading: Reading) -> None:
    """Reads a row of the dump `text`. `backslash`: strings have MySQL's escapes."""
    _RowReader(row, text, backslash, frame, reading).read()


class _RowReader:
    def __init__(self, row: Row, text: Slice, backslash: bool, frame: Frame, reading: Reading) -> None:
        span = text.span(row.begin, row.end)
        self.row, self.text, self.backslash, self.reading = row, text, backslash, reading
        self.tail = table_tail(row.table)
        layout = LAYOUTS.get(self.tail, ())
        columns = row.columns or (layout if len(row.cells) <= len(layout) else ())
        self.cells: Mapping[str, Cell] = dict(zip(columns, row.cells, strict=False))
        self.frame = frame._replace(block=span, unit=span)
        if is_copy(self.tail) or self._is_off():
            self.frame = self.frame.dormant()

    def read(self) -> None:
        key, value = self._pair()
        self._plugin()
        names = [*self.cells]
        for number, cell in enumerate(self.row.cells):
            column = names[number] if number < len(names) else ""
            known = bool(column) and bool(self.reading.hits(column))
            if cell is value and key is not None:
                self._read_pair(key, value)
            elif cell is not key and (known or (cell.quote and self._has_hit(cell))) and not self._is_null(cell):
                read_stored(self._decoded(cell), (self.tail, column), self.frame, self.reading, known=known)

    def _pair(self) -> tuple[Cell | None, Cell | None]:
        """The cells of a name and its value, in a table that keeps such; without names of columns, what looks like it."""
        if self.cells:
            names, values = zip(PAIRS[self.tail], strict=True) if self.tail in PAIRS else (KEYS, VALUES)
            key = next((self.cells[name] for name in names if name in self.cells), None)
            value = next((self.cells[name] for name in values if name in self.cells), None)
            return (key, value) if key is not None and value is not None and key is not value else (None, None)
        texts = [cell for cell in self.row.cells if cell.quote]
        for key, value in pairwise(texts):
            if _IDENTIFIER.match(self._raw(key)) and (self._has_hit(key) or self._has_hit(value)):
                return key, value
        return None, None

    def _read_pair(self, key: Cell, value: Cell) -> None:
        name = self._decoded(key)
        known = bool(self.reading.hits(name.text))
        stored = self._decoded(value)
        if known or self._has_hit(value):
            if (value.prefix == "x" or not value.quote or stored.text.startswith("\\x")) and len(stored) > 8:
                stored = _from_hex(stored)
            frame = self.frame.dormant() if is_transient(name.text) else self.frame
            keys = (self.tail, *keys_of(self.tail, name.text))
            read_stored(stored, keys, frame, self.reading, known=known, key_span=name.span(0, len(name)))

    def _plugin(self) -> None:
        """A row of a table of plugins."""
        for platform, table, slug_column, wanted, name_column in PLUGINS:
            slug = self.cells.get(slug_column)
            if table != self.tail or slug is None or not self._has_hit(slug) or not all(self._says(*test) for test in wanted):
                continue
            machine = self._decoded(slug)
            title = self.cells.get(name_column)
            span, frame = machine.span(0, len(machine)), self.frame
            block = frame.block or span
            self.reading.emit(
                Plugin(
                    span=span, block=block, unit=frame.unit or block, state=frame.state, via=frame.via, platform=platform,
                    slug=machine.text.lower(), name=self._decoded(title).text if title is not None else "",
                )
            )  # fmt: skip

    def _is_off(self) -> bool:
        return any(self._says(column, off) for column, off in SWITCHES)

    def _says(self, column: str, values: Sequence[str]) -> bool:
        cell = self.cells.get(column)
        return cell is not None and cell.end - cell.begin < 40 and self._raw(cell).lower() in values

    def _is_null(self, cell: Cell) -> bool:
        return not cell.quote and self._raw(cell).lower() in ("null", "\\n", "default")

    def _raw(self, cell: Cell) -> str:
        return self.text.text[cell.begin : cell.end]

    def _has_hit(self, cell: Cell) -> bool:
        return bool(self.reading.hits(self._raw(cell)))

    def _decoded(self, cell: Cell) -> Slice:
        inside = self.text.cut(cell.begin, cell.end)
        if cell.quote == "\t":
            return decode(inside, _FIELD_ESCAPE, _field_escape) if "\\" in inside.text else inside
        if not cell.quote:
            return inside
        return sql_string(inside, cell.quote, backslash=self.backslash or cell.prefix == "e")


def _field_escape(match: re.Match[str]) -> str | Iterator[Piece]:
    return byte_run(match) if match["bytes"] else _FIELD_CHARS.get(match[2], match[2])


def _from_hex(value: Slice) -> Slice:
    """The text of hexadecimal digits; what is none stays as it is."""
    match = _HEX.match(value.text) if len(value) <= MAX_HEX else None
    if match is None:
        return value
    data = bytes.fromhex(match[1])
    first = match.start(1)
    spans = [(at, at + 2) for at in range(first, first + 2 * len(data), 2)]
    return value.derive(utf8_pieces(data, spans, lambda at: chr(data[at])))
