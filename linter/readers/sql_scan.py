"""Finds the rows of a dump in which something stands, in one go, whole or in pieces; all other rows are passed over."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.evidence import Span
from linter.readers import sql_syntax
from linter.readers.sql_cells import MAX_COLUMNS, Cell, fields, split
from linter.readers.sql_syntax import Syntax, bare

MAX_ITEM = 8_000_000
"""Characters of a row or statement; what does not end before is taken as broken."""
MAX_BREAKS = 20
"""Broken statements, after which a dump is no longer read as one."""
LONGEST_START = 12
"""Characters of the words that a statement begins with, and one more."""
MAX_TABLES = 5000
MAX_WIDE = 100
"""Rows of a table that are told because a hit stands in the names of its columns."""


class Row(NamedTuple):
    """A row, or the values that an UPDATE sets and asks for. `columns` is empty where the dump does not tell them."""

    begin: int
    end: int
    table: str
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]


class Other(NamedTuple):
    """A comment, a statement without rows, or something broken."""

    begin: int
    end: int


class DumpScanner:
    """Keeps, between the pieces of a dump, in which table's rows it is and which columns the tables have."""

    def __init__(self, syntax: Syntax) -> None:
        self.at = 0
        """Up to where the piece that was read last is done: the end of a row or of a statement."""
        self.syntax = syntax
        self.breaks = 0
        self._mode = "statement"
        self.table = ""
        self.heads: list[tuple[int, str]] = []
        """Where, in the piece that was read last, the rows of which table begin."""
        self._columns: tuple[str, ...] = ()
        self._known: dict[str, tuple[str, ...]] = {}
        self._wide: dict[str, int] = {}
        self._text = ""
        self._hits: list[int] = []
        self._final = True

    def items(self, text: str, hits: Sequence[Span], final: bool = True) -> Iterator[Row | Other]:
        """The rows and the rest in which `hits` (sorted) stand. `final`: nothing follows, so that what is open ends here."""
        self._text, self._hits, self._final, self.at = text, [begin for begin, _ in hits], final, 0
        self.heads = [(0, self.table)] if self._mode != "statement" else []
        while self.at < len(text):
            before = self.at, self._mode
            step = {"statement": self._statement, "rows": self._rows, "copy": self._copy, "lost": self._lost}[self._mode]
            yield from step()
            if (self.at, self._mode) == before:
                if not final and len(text) - self.at <= MAX_ITEM:
                    return
                yield from self._broken()

    def _next_hit(self, begin: int) -> int:
        """Where the first hit from `begin` on stands, or the end of the text."""
        number = bisect_left(self._hits, begin)
        return self._hits[number] if number < len(self._hits) else len(self._text)

    def _if_hit(self, begin: int, end: int) -> Iterator[Other]:
        if self._next_hit(begin) < end:
            yield Other(begin, end)

    def _too_long(self, end: int) -> bool:
        return end - self.at > MAX_ITEM

    # -- statements

    def _statement(self) -> Iterator[Row | Other]:
        blank = sql_syntax.BLANK.match(self._text, self.at)
        if blank is not None and blank.end() > self.at:
            yield from self._if_hit(*blank.span())
            self.at = blank.end()
        insert = sql_syntax.INSERT.match(self._text, self.at)
        copy = insert or sql_syntax.COPY.match(self._text, self.at)
        if copy is not None:
            self.table = bare(copy[1])
            self._columns = _listed(copy[2]) if copy[2] else self._known.get(self.table, ())
            if copy[2] and self._next_hit(copy.start(2)) < copy.end(2):
                self._wide.setdefault(self.table, MAX_WIDE)
            self.at, self._mode = copy.end(), "rows" if insert else "copy"
            self.heads.append((self.at, self.table))
            return
        other = self.syntax.other.match(self._text, self.at)
        end = other.end() if other is not None else self.at
        if end == self.at or not self._is_whole(end) or self._too_long(end):
            return
        yield from self._read_other(self.at, end)
        self.at = end

    def _is_whole(self, end: int) -> bool:
        """Whether a statement ends here: with a semicolon, before a line that begins like another one, or with the text."""
        if self._text[end - 1] == ";":
            cut_off = end + 2 > len(self._text) and self._text[self.at : self.at + 4].upper() == "COPY"
            return self._final or not cut_off
        if self._text[end : end + 1] == "\n":
            return self._final or end + LONGEST_START < len(self._text)
        return self._final and end == len(self._text)

    def _read_other(self, begin: int, end: int) -> Iterator[Row | Other]:
        create = sql_syntax.CREATE.match(self._text, begin, end)
        if create is not None and len(self._known) < MAX_TABLES:
            self._known[bare(create[1])] = self._created(create.end(), end)
            if self._next_hit(create.end()) < end:
                self._wide.setdefault(bare(create[1]), MAX_WIDE)
        if self._next_hit(begin) >= end:
            return
        assigning = sql_syntax.ASSIGNING.match(self._text, begin, end)
        yield self._assigned(assigning, end) if assigning is not None else Other(begin, end)

    def _created(self, begin: int, end: int) -> tuple[str, ...]:
        """The columns of a CREATE TABLE statement whose brackets open at `begin`."""
        parts = split(self._text, begin, end, self.syntax)
        columns: list[str] = []
        for cell in (parts[1] if parts else ())[:MAX_COLUMNS]:
            name = sql_syntax.NAMED.match(self._text, cell.begin, cell.end)
            if name is not None and not sql_syntax.NO_COLUMN.match(name[1]):
                columns.append(bare(name[1]).lower())
        return tuple(columns)

    def _assigned(self, assigning: re.Match[str], end: int) -> Row:
        columns: list[str] = []
        cells: list[Cell] = []
        at = assigning.end()
        while (match := sql_syntax.ASSIGNED.search(self._text, at, end)) is not None and len(cells) < MAX_COLUMNS:
            columns.append(bare(match[1]).lower())
            at = match.end()
            if match["raw"] is not None:
                cells.append(Cell(*match.span("raw")))
                continue
            string = self.syntax.token.match(self._text, at, end)
            at = max(string.end() if string is not None else 0, at + 1)
            cells.append(Cell(match.end() + 1, max(at - 1, match.end() + 1), self._text[match.end()], (match["prefix"] or "").lower()))
        return Row(assigning.start(), end, bare(assigning[1] or assigning[2]), tuple(columns), tuple(cells))

    # -- rows

    def _rows(self) -> Iterator[Row | Other]:
        text = self._text
        wide = self._wide.get(self.table, 0)
        skipped = self.syntax.rows.match(text, self.at, self.at if wide else self._next_hit(self.at))
        self.at = skipped.end() if skipped is not None else self.at
        between = sql_syntax.BETWEEN.match(text, self.at)
        self.at = between.end() if between is not None else self.at
        char = text[self.at : self.at + 1]
        if char == "(":
            parts = split(text, self.at, len(text), self.syntax)
            if parts is None or self._too_long(parts[0]):
                return
            begin, self.at = self.at, parts[0]
            if wide or self._next_hit(begin) < self.at:
                self._wide[self.table] = max(wide - 1, 0)
                yield Row(begin, self.at, self.table, self._columns, parts[1])
        elif char == ";":
            self.at, self._mode = self.at + 1, "statement"
        elif text.startswith(("--", "#", "/*"), self.at):
            comment = sql_syntax.COMMENT.match(text, self.at)
            if comment is not None:
                yield from self._if_hit(*comment.span())
                self.at = comment.end()
        elif char and not (char in "-/" and self.at + 1 == len(text) and not self._final):
            self._mode = "statement"

    def _copy(self) -> Iterator[Row | Other]:
        closing = sql_syntax.COPY_END.search(self._text, self.at)
        last = len(self._text) if self._final else self._text.rfind("\n") + 1
        end = closing.start() if closing is not None else max(last, self.at)
        while (hit := self.at if self._wide.get(self.table) else self._next_hit(self.at)) < end:
            self._wide[self.table] = max(self._wide.get(self.table, 0) - 1, 0)
            begin = self._text.rfind("\n", self.at, hit) + 1 or self.at
            stop = self._text.find("\n", hit, end)
            stop = stop if stop >= 0 else end
            yield Row(begin, stop, self.table, self._columns, fields(self._text, begin, stop))
            self.at = min(stop + 1, end)
        self.at = end
        if closing is not None:
            self.at, self._mode = closing.end(), "statement"

    # -- what is broken

    def _broken(self) -> Iterator[Other]:
        """Passes over a statement that does not end, to the next line that begins like one."""
        self.breaks += 1
        if self.breaks >= MAX_BREAKS:
            self._mode = "lost"
            return
        last = min(self.at + MAX_ITEM, len(self._text))
        again = sql_syntax.AGAIN.search(self._text, self.at, last)
        end = again.start() + 1 if again is not None else last
        yield from self._if_hit(self.at, end)
        self.at, self._mode = end, "statement"

    def _lost(self) -> Iterator[Other]:
        end = len(self._text) if self._final else self._text.rfind("\n") + 1 or len(self._text)
        yield from self._if_hit(self.at, end)
        self.at = max(end, self.at)


def _listed(columns: str) -> tuple[str, ...]:
    """The names in `(a, b, c)`."""
    return tuple(name.strip('`"[]').lower() for name in sql_syntax.NAMES.findall(columns)[:MAX_COLUMNS])
