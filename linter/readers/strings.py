"""What the value of a string is good for: markup, script, an address or prose; and handing it on as that."""

import re
from typing import Literal

from linter.evidence import Span, UrlRole
from linter.reading import Frame, Reading, url_evidence
from linter.text import HOLE, Slice

Content = Literal["markup", "script", "address", "prose"]

_TAG = re.compile(r"<(?:!--|!doctype|/?(?!https?:)[a-zA-Z][\w:-]*(?=[\s/>\ue000]|\Z))", re.IGNORECASE)
_ESCAPED_TAG = re.compile(
    r"&(?:lt|#0*60|#x0*3c);(?:!--|/?(?:script|noscript|iframe|img|amp-[a-z]+|style|link|meta|div|p)\b)", re.IGNORECASE
)
_LOADING_TAG = re.compile(r"<(?:script|noscript|iframe|img|amp-[a-z]+|object|embed|link|meta|body|head|html|video)\b", re.IGNORECASE)
_KEYWORD = (
    r"(?:var|let|const)\s+[\w$\ue000\[{]|(?:if|for|while|switch|catch)\s*\(|(?:try|do|else|finally)\s*\{|function\b[\s\w$*\ue000]*\("
    r"|return\b[^.]*[(;]|async\s+function|import\s*[('\"{*]|import\s+[\w$]+\s+from\b|export\s+(?:default|const|function)|class\s+\w+\s*[{e]"
    r"|typeof\s|new\s+[\w$.]+\s*\(|void\b|delete\s|throw\s|await\s"
)
_START = re.compile(
    r"[\s;{}()!+\[\],]*+(?:" + _KEYWORD + r"|/\*|//|['\"]use strict|(?:window|document|self|globalThis|\$|jQuery)\b\s*[.(\[=]"
    r"|[A-Za-z_$\ue000][\w$.\ue000]*(?:\[[^\]\n]{0,80}\][\w$.\ue000]*)?\s?(?:\(|=(?!=)|\|\||&&))"
)
_PROSE_BEFORE_CALL = re.compile(
    r"[\s({\[]*(?!(?:function|if|for|while|switch|catch|return|typeof|async|await|void|new)\b)[\w$\ue000.]+ "
    r"\((?!['\"\ue000\[{)\d]|function\b|window\b|typeof\b|document\b|\(|!)"
)
_CALL = re.compile(r"[\w$\])\ue000]\s?\(|[\w$\]\ue000]\s*=(?!=)|`")
_ADDRESS = re.compile(
    r"\s*(?:[a-z][\w+.-]*:)?(?:[\ue000]*:?//[^\s/?#]+[^\s]*|[\ue000]+[/?][^\s]*"
    r"|[\ue000\w-]+(?:\.[\ue000\w-]+)+\.?(?::\d+)?(?:[/?#][^\s]*)?|\.{0,2}/[^\s/][^\s]*)\s*",
    re.IGNORECASE,
)
_NO_ADDRESS = re.compile(r"[<>\"'`{}\\|^]")


def content_of(text: str) -> Content:
    """What `text` is. Linear in its length; prose that names a call (`Please add fbq('init')`) is prose."""
    tag = _TAG.search(text)
    begins = text[:4000].lstrip()
    if tag is not None and (begins.startswith("<") or not is_script(text[: tag.start()]) or tag.start() == 0):
        return "markup"
    if is_address(text):
        return "address"
    if is_script(text):
        return "script"
    if tag is not None or _ESCAPED_TAG.search(text):
        return "markup"
    return "prose"


def is_script(text: str) -> bool:
    """Whether `text` begins like JavaScript statements and calls or assigns something."""
    match = _START.match(text)
    if match is None or _PROSE_BEFORE_CALL.match(text):
        return False
    return _CALL.search(text) is not None


def is_address(text: str) -> bool:
    """Whether `text` is one URL, path or host name and nothing else."""
    return len(text) < 5000 and _ADDRESS.fullmatch(text) is not None and not _NO_ADDRESS.search(text)


def is_loading_markup(text: str) -> bool:
    """Whether `text` holds an element that can load or run something, not only text formatting."""
    return _LOADING_TAG.search(text) is not None


def hand_on(value: Slice, role: UrlRole | None, frame: Frame, reading: Reading, block: Span, key: str = "", script: bool = True) -> None:
    """Gives a string value to the reader of what it holds; an address becomes evidence with `role` (None: it does not).

    `block` is the source span of the statement or entry. Prose gives nothing; with `script` False, nor does JavaScript.
    """
    if not reading.hits(value.text):
        return
    content = content_of(value.text)
    inner = frame if frame.block else frame._replace(block=block)
    if content == "markup":
        reading.read(value, "html", inner)
    elif content == "script" and script:
        reading.read(value, "javascript", inner)
    elif content == "address" and role is not None:
        emit_url(value, role, inner, reading, block, key)


def emit_url(value: Slice, role: UrlRole, frame: Frame, reading: Reading, block: Span, key: str = "") -> None:
    """The address `value`, blank space around it cut off, as evidence. `unit` is the whole source where the frame sets none."""
    if frame.unit is None:
        frame = frame._replace(unit=(0, len(value.source.text)))
    reading.emit(url_evidence(value, role, frame, key=key, block=block))


def hole(text: Slice, begin: int, end: int) -> Slice:
    """text[begin:end] as a hole of the same length."""
    return text.cut(begin, end).mask([(0, end - begin, HOLE)])


def blank(text: str, begin: int, end: int) -> list[tuple[int, int, str]]:
    """Spans for `Slice.mask` that blank text[begin:end] with spaces and keep its line ends."""
    spans = []
    for match in _LINE.finditer(text, begin, end):
        spans.append((match.start(), match.end(), " "))
    return spans


_LINE = re.compile(r"[^\r\n]+")
