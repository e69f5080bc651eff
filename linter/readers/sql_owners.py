"""Which posts of a dump are published: what is kept in a meta field of a draft or an old revision is not on the site."""

import re
from collections.abc import Sequence

from linter.evidence import Span
from linter.readers.sql_cells import Cell, fields, split
from linter.readers.sql_scan import Row
from linter.readers.sql_syntax import Syntax
from linter.readers.sql_tables import LAYOUTS, SWITCHES

MAX_OWNERS = 500
"""Posts that are looked for."""

Owner = tuple[str, str]
"""A table of posts, and the number of a post in it."""

_META, _POSTS = "postmeta", "posts"
_NUMBER = re.compile(r"\d{1,20}\Z")
_ROW = re.compile(r"\(['\"]?(\d{1,20})['\"]?\s?,")
_LINE = re.compile(r"(?:\A|\n)(\d{1,20})\t")
_STATES = frozenset("publish future draft pending private trash auto-draft inherit".split())
_OFF = {column: frozenset(values) for column, values in SWITCHES if column.startswith("post_")}


def owner_of(row: Row, text: str) -> Owner | None:
    """The post that a row of a table of meta fields belongs to."""
    if not row.table.lower().endswith(_META) or len(row.cells) < 4:
        return None
    columns = row.columns or LAYOUTS[_META]
    cell = row.cells[columns.index("post_id")] if "post_id" in columns[: len(row.cells)] else row.cells[1]
    number = text[cell.begin : cell.end]
    return (row.table[: -len(_META)] + _POSTS, number) if _NUMBER.match(number) else None


class Owners:
    """Looks for posts among the rows that go by, once it is known which ones matter. Posts that came before are not seen."""

    def __init__(self, syntax: Syntax) -> None:
        self.unpublished: set[Owner] = set()
        self._wanted: dict[Owner, int] = {}
        self._syntax = syntax

    def want(self, owner: Owner, at: int) -> None:
        """Asks for a post behind character `at` of the dump."""
        if len(self._wanted) < MAX_OWNERS:
            self._wanted.setdefault(owner, at)

    def look(self, text: str, heads: Sequence[tuple[int, str]], before: int) -> None:
        """Looks through a part of the dump, `before` characters into it; `heads` are where in it the rows of which table begin."""
        ends = [begin for begin, _ in heads[1:]] + [len(text)]
        for (begin, table), end in zip(heads, ends, strict=False):
            if self._wanted and table.lower().endswith(_POSTS):
                self._look(text, (begin, end), table, before)

    def _look(self, text: str, part: Span, table: str, before: int) -> None:
        rows = _ROW if text.startswith("(", part[0]) else _LINE
        for match in rows.finditer(text, max(part[0] - 1, 0), part[1]):
            owner = table, match[1]
            row = self._row(text, match.start(), part[1]) if self._wanted.get(owner, before + len(text)) < before + match.start() else {}
            if row:
                self._wanted.pop(owner)
                if any(text[row[column].begin : row[column].end] in off for column, off in _OFF.items()):
                    self.unpublished.add(owner)

    def _row(self, text: str, at: int, end: int) -> dict[str, Cell]:
        """The cells of the row that begins here, by column; none where it has not the form of a post."""
        if text[at] == "(":
            parts = split(text, at, end, self._syntax)
            cells = parts[1] if parts is not None else ()
        else:
            stop = text.find("\n", at + 1, end)
            cells = fields(text, at + (text[at] == "\n"), stop if stop >= 0 else end)
        row = dict(zip(LAYOUTS[_POSTS], cells, strict=False))
        status = row.get("post_status")
        known = len(cells) == len(LAYOUTS[_POSTS]) and status is not None and text[status.begin : status.end] in _STATES
        return row if known else {}
