"""String literals inside template tags: the markup, script or address that a tag prints or passes on."""

import re

from linter.decoders import js_string
from linter.evidence import Element, Span, UrlRole, Value
from linter.reading import Frame, Reading, url_evidence
from linter.text import HOLE, Piece, Slice, join

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|\'(?:[^\'\\]|\\.)*+(?:\'|\Z)|`(?:[^`\\]|\\.)*+(?:`|\Z)', re.DOTALL)
_JOINED = re.compile(r"\s*(?:[+~&]|\.(?!\w)|\|\|)")
_INTERPOLATION = re.compile(r"[#$]\{[^{}]*\}")
_INCLUDE = re.compile(r"[\s~-]*(template|partial|partialCached|include|include_cached|render)\b\s*\(?\s*([\"'])([^\"'\n]{1,200})\2")
_ADDRESS = re.compile(r"\s*(?:https?:)?//\S|\s*(?:[\w-]+\.)+[a-z]{2,}/\S", re.IGNORECASE)
_ROLES: tuple[tuple[re.Pattern[str], UrlRole], ...] = (
    (re.compile(r"script|(?<![a-z])js(?![a-z])", re.IGNORECASE), "script"),
    (re.compile(r"ima?ge?(?![a-z])|image", re.IGNORECASE), "image"),
    (re.compile(r"style|css", re.IGNORECASE), "style"),
)


def role_of(code: str) -> UrlRole:
    """What a tag uses an address for, as its words outside of strings tell (`script_tag`, `image_tag`), else "code"."""
    words = _STRING.sub(" ", code)
    return next((role for pattern, role in _ROLES if pattern.search(words)), "code")


def content(text: Slice, begin: int, end: int) -> Slice:
    """The value of the string literal whose inside is text[begin:end]: escapes decoded, interpolations as holes."""
    inside = text.cut(begin, end)
    holes = [(*match.span(), HOLE) for match in _INTERPOLATION.finditer(inside.text)]
    return js_string(inside.mask(holes) if holes else inside)


def values(text: Slice, begin: int, end: int) -> list[Slice]:
    """The string values in code text[begin:end]; strings that are concatenated are one, with a hole for what is between."""
    found: list[list[Slice]] = []
    last = -1
    for match in _STRING.finditer(text.text, begin, end):
        if len(match[0]) < 2 or match[0][-1] != match[0][0]:
            break
        value = content(text, match.start() + 1, match.end() - 1)
        if last >= 0 and _JOINED.match(text.text, last, match.start()):
            between = text.text[last : match.start()].strip(" \t\r\n+~&.|")
            begin = text.text.index(between, last)
            found[-1] += [text.derive([Piece(HOLE, begin, begin + len(between))]), value] if between else [value]
        else:
            found.append([value])
        last = match.end()
    return [join(parts) for parts in found]


def read_strings(text: Slice, span: Span, role: UrlRole, frame: Frame, reading: Reading, block: Span | None = None) -> None:
    """Reads the strings of the code text[span]: markup as HTML, calls as JavaScript, an address becomes evidence with `role`."""
    if not reading.hits(text.text[span[0] : span[1]]):
        return
    for value in values(text, *span):
        if not reading.hits(value.text):
            continue
        if "<" in value.text:
            reading.read(value, "html", frame)
        elif _ADDRESS.match(value.text):
            place = text.span(*(block or span))
            reading.emit(url_evidence(value, role, frame if frame.block else frame._replace(block=place)))
        elif "(" in value.text:
            reading.read(value, "javascript", frame)


def tell_include(text: Slice, inside: Span, tag: Span, frame: Frame, reading: Reading) -> None:
    """`{{ template "_internal/x.html" . }}`: an element `include` with the directive (`by`) and the `path` that it names."""
    match = _INCLUDE.match(text.text, *inside)
    if match is None:
        return
    span, block = text.span(*match.span(3)), text.span(*tag)
    told = (("by", Value("text", match[1], text.span(*match.span(1)))), ("path", Value("text", match[3], span)))
    around, unit = frame.block or block, frame.unit or block
    reading.emit(Element(span=block, block=around, unit=unit, state=frame.state, via=frame.via, name="include", attributes=told))
