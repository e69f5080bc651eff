"""The JSON configuration of an amp-analytics element, as a value."""

import json
import re
from collections.abc import Sequence
from itertools import count

from linter.evidence import Span, Value
from linter.reading import holes_of
from linter.text import HOLE, Slice

MAX_CONFIG = 20_000
"""Characters behind an amp-analytics tag in which its configuration must stand."""
_CONFIG = re.compile(r"[^<]*+(?:<!--[^<>]*+>[^<]*+)*+<script\b[^<>]*>([^<]*+)</script", re.IGNORECASE)
_RUN = re.compile(HOLE + "+")
_NUMBERED = re.compile(rf"{HOLE}(\d+){HOLE}")
_UNQUOTED = re.compile(rf"(?<=[:\[,\s]){HOLE}\d+{HOLE}(?=\s*[,}}\]])")


def amp_config(text: Slice, begin: int, end: int) -> Value | None:
    """The configuration in text[begin:end], which follows the tag; values that templates fill are texts with holes."""
    match = _CONFIG.match(text.text, begin, min(end, begin + MAX_CONFIG))
    if match is None:
        return None
    numbers = count()
    marked = _RUN.sub(lambda _: f"{HOLE}{next(numbers)}{HOLE}", match[1])
    for written in (marked, _UNQUOTED.sub(r'"\g<0>"', marked)):
        try:
            return _value(json.loads(written), text.span(*match.span(1)), holes_of(text, *match.span(1)))
        except (ValueError, RecursionError):
            continue
    return None


def _value(data: object, span: Span, holes: Sequence[str], depth: int = 0) -> Value:
    if isinstance(data, dict) and depth < 20:
        entries = ((_NUMBERED.sub(HOLE, key), _value(item, span, holes, depth + 1)) for key, item in data.items())
        return Value("object", "", span, tuple(entries))
    told = data if isinstance(data, str) else str(data)
    if HOLE not in told:
        return Value("text", told, span)
    filled = _NUMBERED.sub(lambda mark: holes[min(int(mark[1]), len(holes) - 1)], told)
    return Value("text", _NUMBERED.sub(HOLE, told), span, expression=filled)
