"""Where in a dump or an export of posts a finding stands: the table, the name under which a value is kept, the number of the post."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linter.encoding import NotText
from linter.readers.sql_cells import Cell
from linter.readers.sql_scan import DumpScanner, Row
from linter.readers.sql_syntax import syntax_of
from linter.readers.sql_tables import KEYS, LAYOUTS, PAIRS, VALUES, table_tail
from linter.text import Source

HEAD = 65_536
MAX_BYTES = 30_000_000
"""Larger dumps are not read again for the names in them."""
_NAME = re.compile(r"[\w.:/\[\]-]{1,190}")
_NUMBERS = ("id", "post_id")
_KEY = re.compile(r"s:\d{1,4}:\\{0,3}\"([\w.:-]{1,100})\\{0,3}\";s:\d{1,9}:\\{0,3}\"")
_ARRAY = re.compile(r"\ba:\d{1,9}:\{")
_CDATA = r"\s{0,20}(?:<!\[CDATA\[)?"
_POST_ID = re.compile(rf"<wp:post_id>{_CDATA}(\d{{1,12}})")
_POST_TYPE = re.compile(rf"<wp:post_type>{_CDATA}([\w-]{{1,40}})")
_META_KEY = re.compile(rf"<wp:meta_key>{_CDATA}([\w.:-]{{1,190}})")
MAX_ITEM = 1_000_000
"""Characters of a post of an export that is looked through."""


class Stored(NamedTuple):
    """`table` without its prefix; `key` is "" where the row has no name, `nested` the one key within an array, "" where there is more or
    less than one; `id` of a post; `type` of a post."""

    table: str
    key: str = ""
    nested: str = ""
    id: str = ""
    type: str = ""


def stored_at(path: str, data: bytes, offsets: Iterable[int]) -> Mapping[int, Stored]:
    """What is known of the rows or posts in which bytes of a dump (`.sql`) or export stand, by the byte. Never raises."""
    wanted = sorted(set(offsets))
    if len(data) > MAX_BYTES or not wanted:
        return {}
    try:
        source = Source(path, data)
    except NotText:
        return {}
    places = {_character(source, data, offset): offset for offset in wanted}
    if not path.lower().endswith(".sql"):
        return _posts(source.text, places)
    found: dict[int, Stored] = {}
    spans = [(place, place + 1) for place in sorted(places)]
    for item in DumpScanner(syntax_of(source.text[:HEAD])).items(source.text, spans):
        if isinstance(item, Row):
            inside = [place for place in places if item.begin <= place < item.end]
            found.update((places[place], _row(item, source.text, place)) for place in inside)
    return found


def _character(source: Source, data: bytes, offset: int) -> int:
    return len(data[source.bom_length : offset].decode(source.encoding, "replace"))


def _row(row: Row, text: str, place: int) -> Stored:
    tail = table_tail(row.table)
    layout = LAYOUTS.get(tail, ())
    columns = row.columns or (layout if len(row.cells) <= len(layout) else ())
    cells = {name.lower(): cell for name, cell in zip(columns, row.cells, strict=False)}
    names, values = zip(PAIRS[tail], strict=True) if tail in PAIRS else (KEYS, VALUES)
    value = next((cells[name] for name in values if name in cells), None)
    key = _text(next((cells[name] for name in names if name in cells), None), text) if value is not None else ""
    holds = value is not None and value.begin <= place <= value.end
    number = next((_text(cells[name], text) for name in _NUMBERS if name in cells), "")
    nested = _nested(text[value.begin : place]) if value is not None and holds else ""
    return Stored(tail, key, nested, number if number.isdigit() else "", _text(cells.get("post_type"), text))


def _text(cell: Cell | None, text: str) -> str:
    told = text[cell.begin : cell.end].strip("'\" ") if cell is not None and cell.end - cell.begin <= 200 else ""
    return told if _NAME.fullmatch(told) else ""


def _nested(before: str) -> str:
    """The key in the one serialised array that opens in the text before a place."""
    keys = list(_KEY.finditer(before))
    if not keys:
        return ""
    head = before[: keys[-1].start()]
    return keys[-1][1] if len(_ARRAY.findall(head)) == 1 and "}" not in head else ""


def _posts(text: str, places: Mapping[int, int]) -> dict[int, Stored]:
    """The posts of an export of WordPress, with the meta field in which a place stands."""
    found: dict[int, Stored] = {}
    for place, offset in places.items():
        begin, end = text.rfind("<item", 0, place), text.find("</item>", place)
        if begin < 0 or end < 0 or end - begin > MAX_ITEM:
            continue
        number, kind = _POST_ID.search(text, begin, end), _POST_TYPE.search(text, begin, end)
        meta = text.rfind("<wp:meta_value", begin, place)
        within = meta >= 0 and "</wp:meta_value" not in text[meta:place]
        keys = _META_KEY.findall(text, begin, meta) if within else []
        told = Stored("postmeta" if keys else "posts", keys[-1] if keys else "", "", number[1] if number else "", kind[1] if kind else "")
        found[offset] = told
    return found
