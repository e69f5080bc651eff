"""Values of settings: what the text of a scalar says, and whether it can be a value at all or only speaks about the setting."""

import re

from linter.evidence import Value
from linter.reading import filled
from linter.text import HOLE, Slice

MAX_VALUE = 200
"""Characters of a value; what is longer is no setting."""
MIN_VALUE = 3
"""Characters of a value in code: what is shorter is a switch or a counter."""
_ABOUT = re.compile(
    r"(?:label|title|description|desc|descr|help|hint|placeholder|tooltip|caption|text|message|msg|heading|name|url|uri|href|link|docs?"
    r"|icon|logo|image|colou?r|class|error|example|regexp?|pattern|cookies?|domains?|hosts?|selector|path|file|format|comment|notes?"
    r"|category|version|priority|order|weight|position|width|height|date|time|(?<!ac)count|events?|event_?id)\Z",
    re.IGNORECASE,
)
"""Last words of keys whose values only speak about a setting or belong to its look."""
_PROSE = re.compile(r"[^\W\d_]{2,}[.:!?]?\s+[^\W\d_]{2,}|\.\s|[<>]")
_IDENTIFIER = re.compile(r"[a-zA-Z]{2,}(?:[_.][a-zA-Z]{2,})+(?:[_.]\d)?")
_DEFAULTED = re.compile(r"\$\{?\{?\s*\w+\s*:?[-=]\s*([^{}$\s]*?)\s*\}")
_EXPRESSION = re.compile(
    r"\$\{.*|\$\(.*|\$[A-Za-z_]\w*|%env\(.*|%[A-Za-z_][\w.]*%|\{\{.*|\{%.*|<%.*|<\?.*|\{\$.*|#\{.*|@@?\w+@@?|__\w+__|\[\[.*|![A-Za-z]+ .*",
    re.S,
)
_NO_VALUE = frozenset("/{[")
_SHORT = frozenset({"0", "1", "no", "on"})
"""Values of one or two letters that say something."""
_OF_FIREBASE = re.compile(r".*firebase.*measurement_?id", re.IGNORECASE | re.DOTALL)
"""A part of what every web app of Firebase is given; it does nothing until the code asks for Analytics, which is a call."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def scalar(text: Slice) -> Value:
    """The value that the text of a scalar says: a default of `${NAME:-default}`, an expression, else the text itself."""
    begin = len(text.text) - len(text.text.lstrip())
    text = text.cut(begin, max(len(text.text.rstrip()), begin))
    default = _DEFAULTED.fullmatch(text.text)
    if default is not None and default[1].strip("\"'"):
        text = text.cut(*default.span(1))
    raw = text.text
    kind = "number" if raw.isascii() and raw.isdigit() else "text"
    expression = filled(text) if HOLE in raw else raw if _EXPRESSION.fullmatch(raw) else ""
    return Value("number" if kind == "number" else "text", raw, text.span(0, len(text)), expression=expression[:MAX_VALUE])


def is_value(keys: tuple[str, ...], value: Value) -> bool:
    """Whether a value sets something: it is no prose, no name of a setting, not the word that its keys say already."""
    text = value.text.strip()
    if _ABOUT.search(_last(keys[-1])) or len(text) > MAX_VALUE or _OF_FIREBASE.fullmatch(".".join(keys[-4:])):
        return False
    if value.expression:
        return True
    if _PROSE.search(text) or _IDENTIFIER.fullmatch(text) or "//" in text or text[:1] in _NO_VALUE:
        return False
    return not text or ((text in _SHORT or len(text) > 2) and text.lower() not in {key.lower() for key in keys})


def _last(key: str) -> str:
    """The last word of a key (`facebookPixelLabel` -> `Label`)."""
    words = _WORD.findall(key[-60:])
    return words[-1] if words else key[-60:]
