"""SQL dumps: the rows in which something stands, and what is stored in them; other statements as code."""

from linter.readers.sql_rows import read_row
from linter.readers.sql_scan import DumpScanner, Other, Row
from linter.readers.sql_syntax import Syntax, syntax_of
from linter.reading import Frame, Reading, load_reader
from linter.text import MAX_STEPS, Slice

HEAD = 65_536
"""Characters from which the kind of SQL is told."""


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a dump as a whole."""
    syntax = syntax_of(text.text[:HEAD])
    for item in DumpScanner(syntax).items(text.text, reading.hits(text.text)):
        if reading.at_end():
            return
        read_item(item, text, syntax, frame, reading)


def read_item(item: Row | Other, text: Slice, syntax: Syntax, frame: Frame, reading: Reading) -> None:
    """Reads a row, or what else stands in a dump; each has its own budget of decoded text."""
    text.source.steps_left = MAX_STEPS
    if isinstance(item, Row):
        read_row(item, text, syntax.backslash, frame, reading)
    else:
        part = text.cut(item.begin, item.end)
        load_reader("code")(part, frame._replace(dialect="sql", unit=part.span(0, len(part))), reading)
