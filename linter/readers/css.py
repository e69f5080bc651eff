"""Style sheets: addresses in `url(...)` and `@import`, those in comments as dormant."""

import re

from linter.evidence import UrlRole
from linter.readers.data_values import Wanted
from linter.readers.strings import emit_url
from linter.reading import Frame, Reading
from linter.text import Slice

_TOKEN = re.compile(
    r"/\*|(?<![:\w])//(?=[ \t]*[^\s/])"
    r"|@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)"
    r"|url\(\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\"')\s][^)\s]*))\s*\)?",
    re.IGNORECASE,
)


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads CSS, SCSS or Less (`//` comments count as comments in all of them). Linear time."""
    code = text.text
    comment_until = 0
    wanted = Wanted(code, reading)
    for match in _TOKEN.finditer(code):
        place = next((group for group in (1, 2, 3, 4) if match[group]), 0)
        if not place:
            if match.start() >= comment_until and match[0] in {"/*", "//"}:
                end = code.find("*/" if match[0] == "/*" else "\n", match.end())
                comment_until = end if end >= 0 else len(code)
            continue
        if not wanted.goes_on():
            return
        if not wanted(*match.span(place)):
            continue
        value = text.cut(*match.span(place))
        if not reading.hits(value.text):
            continue
        role: UrlRole = "style" if place == 1 else "image"
        inner = frame.dormant() if match.start() < comment_until else frame
        block = text.span(match.start(), match.end())
        emit_url(value, role, inner._replace(block=frame.block or block), reading, frame.block or block)
