"""Constants, properties and variables of PHP that are settings by their names."""

import re
from collections.abc import Sequence

from linter.evidence import Span
from linter.readers.settings import holds_settings, tell
from linter.readers.settings_objects import Entry
from linter.readers.settings_values import MIN_VALUE, scalar
from linter.reading import Frame, Reading
from linter.text import Slice

_ASSIGNS = re.compile(
    r"(?P<own>\w+)\s{0,20}=\s{0,20}(?:'(?P<single>[^'\\\r\n]*)'|\"(?P<double>[^\"\\\r\n$]*)\"|(?P<number>\d+))\s{0,20}[;,)]"
)


def look_at_names(text: Slice, hits: Sequence[Span], frame: Frame, reading: Reading) -> None:
    """Constants, properties and variables whose names have hits, and which are set to a plain string or number."""
    if not holds_settings(reading.source.path):
        return
    unit = frame.unit or (0, len(reading.source.text))
    for begin, end in hits:
        start = begin
        while start > 0 and begin - start < 100 and (text.text[start - 1].isalnum() or text.text[start - 1] == "_"):
            start -= 1
        match = _ASSIGNS.match(text.text, start, end + 400)
        group = match.lastgroup if match is not None else None
        if match is None or group is None or len(match[group].strip()) < MIN_VALUE:
            continue
        block = text.span(match.start(), match.end(group) + (group != "number"))
        entry = Entry(match["own"], text.span(*match.span("own")), block, scalar(text.cut(*match.span(group))))
        tell((match["own"],), entry, frame._replace(unit=unit), reading)
