"""XML: texts and CDATA of elements, addresses in attributes, and scripts, as in Magento layouts, WXR, MJML, XSLT, Blogger."""

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from linter import decoders
from linter.evidence import Span, UrlRole
from linter.readers.consent import script_disposition
from linter.readers.markup_settings import MAX_TEXT, named_value, text_value
from linter.readers.strings import content_of, emit_url, is_loading_markup
from linter.reading import PIECES, Frame, Reading
from linter.text import Slice

if TYPE_CHECKING:
    from linter.readers.wxr import Posts

_MARK = re.compile(r"<!--|<!\[CDATA\[|<[!?]|</?(?=[A-Za-z_])")
_TAG = re.compile(r"</?([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>?")
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SCRIPT_NAME = re.compile(r"script|(?<![a-z])js(?![a-z])", re.IGNORECASE)
_ROLES: dict[str, UrlRole] = {
    "script": "script",
    "img": "image",
    "image": "image",
    "amp-pixel": "image",
    "mj-image": "image",
    "iframe": "frame",
    "embed": "frame",
    "css": "style",
    "form": "form",
    "a": "link",
}
"""Element -> what the address in its `src`, `href` or `action` is for."""
_RELATIONS: tuple[tuple[str, UrlRole], ...] = (
    ("stylesheet", "style"),
    ("preconnect", "hint"),
    ("dns-prefetch", "hint"),
    ("prefetch", "hint"),
    ("preload", "hint"),
)


_POSTS = re.compile(r"wordpress\.org/export/|<wp:wxr_version>|http://www\.w3\.org/2007/app")
"""What stands at the beginning of an export of posts; see `linter.readers.wxr`."""
MAX_OPEN = 1000
"""Open elements that are kept, at least."""


class _Element(NamedTuple):
    name: str
    begin: int
    attributes: dict[str, str]
    hit: bool = False


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a document; broken ones as far as they go. Comments with markup are dormant. Linear time."""
    _Document(text, frame, reading).read()


class _Document:
    def __init__(self, text: Slice, frame: Frame, reading: Reading) -> None:
        self.text = text
        self.frame = frame
        self.reading = reading
        self._hits = [begin for begin, _ in reading.hits(text.text)]
        self._open: list[_Element] = []
        self._noscripts = 0
        self._posts = _posts(text, reading)

    def read(self) -> None:
        code = self.text.text
        at = run = 0
        while (mark := _MARK.search(code, at)) is not None and self.reading.effort(6, PIECES):
            begin, kind = mark.start(), mark[0]
            if kind == "<![CDATA[":
                end = code.find("]]>", begin)
                at = end + 3 if end >= 0 else len(code)
                continue
            self._text(run, begin)
            if kind == "<!--":
                end = code.find("-->", begin + 4)
                at = end + 3 if end >= 0 else len(code)
                self._comment(begin, at)
            elif kind in {"<!", "<?"}:
                end = code.find(">", begin)
                at = end + 1 if end >= 0 else len(code)
            else:
                at = self._tag(begin)
            run = at
        self._text(run, len(code))

    def _has_hit(self, begin: int, end: int) -> bool:
        number = bisect_left(self._hits, begin)
        return number < len(self._hits) and self._hits[number] < end

    def _tag(self, begin: int) -> int:
        """Reads a tag; gives its end."""
        tag = _TAG.match(self.text.text, begin)
        if tag is None:
            return begin + 1
        name = tag[1].rpartition(":")[2].lower()
        if tag[0].startswith("</"):
            self._close(name)
            return tag.end()
        attributes = {match[1].lower(): next(filter(None, match.groups()[1:]), "") for match in _ATTRIBUTE.finditer(tag[2])}
        element = _Element(name, begin, attributes, self._has_hit(begin, tag.end()))
        if element.hit:
            self._named_value(tag)
            for match in _ATTRIBUTE.finditer(self.text.text, tag.start(2), tag.end(2)):
                place = next((group for group in (2, 3, 4) if match[group]), 2)
                if self._has_hit(*match.span(place)):
                    self._attribute(element, match[1].lower(), match.span(place), (begin, tag.end()))
        if not tag[0].endswith("/>"):
            if self._posts is not None:
                self._posts.opened(name, begin)
            if len(self._open) >= 2 * MAX_OPEN:
                self._noscripts -= sum(outer.name == "noscript" for outer in self._open[:MAX_OPEN])
                del self._open[:MAX_OPEN]
            self._open.append(element)
            self._noscripts += name == "noscript"
        return tag.end()

    def _named_value(self, tag: re.Match[str]) -> None:
        matches = _ATTRIBUTE.finditer(self.text.text, tag.start(2), tag.end(2))
        given = {one[1].lower(): decoders.html_entities(self.text.cut(*one.span(one.lastindex or 1))) for one in matches if one.lastindex}
        outer = [element.name for element in self._open[-4:]]
        named_value(outer, given, self.text.span(*tag.span()), self.frame, self.reading)

    def _close(self, name: str) -> None:
        for depth in range(1, min(len(self._open), 20) + 1):
            if self._open[-depth].name == name:
                self._noscripts -= sum(element.name == "noscript" for element in self._open[-depth:])
                del self._open[-depth:]
                return

    def _attribute(self, element: _Element, name: str, span: Span, tag: Span) -> None:
        value = decoders.html_entities(self.text.cut(*span))
        content = content_of(value.text)
        frame = self._frame(element, tag)
        if content == "markup" and is_loading_markup(value.text):
            self.reading.read(value, "html", frame)
        elif content == "address":
            emit_url(value, _role(element, name), frame, self.reading, self.text.span(*tag), name)
        elif content == "script" and name.startswith("on"):
            self.reading.read(value, "javascript", frame)

    def _frame(self, element: _Element, block: Span) -> Frame:
        noscript = self.frame.noscript or self._noscripts > 0
        frame = self.frame._replace(block=self.frame.block or self.text.span(*block), noscript=noscript, element=element.name)
        frame = frame.dormant() if self._posts is not None and self._posts.is_draft else frame
        gated = element.name == "script" and script_disposition(element.attributes) == "gated"
        return frame.gated() if gated else frame

    def _text(self, begin: int, end: int) -> None:
        """Reads the text between two tags, CDATA sections included."""
        if self._posts is not None and self._open and begin < end:
            element, block = self._open[-1], self.text.span(self._open[-2:][0].begin, end)
            if self._posts.text(element.name, begin, end, self._frame(element, (element.begin, end)), block):
                return
        if begin < end <= begin + MAX_TEXT + 100 and any(element.hit for element in self._open[-4:]):
            names = [element.attributes.get("name", element.name) for element in self._open[-6:]]
            value = decoders.xml_cdata(self.text.cut(begin, end))
            text_value(names, value, self.text.span(self._open[-1].begin, end), self.frame, self.reading)
        if begin >= end or not self._has_hit(begin, end):
            return
        element = self._open[-1] if self._open else _Element("", begin, {})
        value = decoders.xml_cdata(self.text.cut(begin, end))
        frame = self._frame(element, (element.begin, end))
        content = content_of(value.text)
        if element.name == "style":
            self.reading.read(value, "css", frame)
        elif content == "address":
            role: UrlRole = "script" if _SCRIPT_NAME.search(element.name) else "data"
            emit_url(value, role, frame, self.reading, frame.block or self.text.span(begin, end), element.name)
        elif content == "markup":
            self.reading.read(value, "html", frame)
        elif content == "script" or element.name == "script":
            self.reading.read(value, "javascript", frame)

    def _comment(self, begin: int, end: int) -> None:
        inside = self.text.cut(begin + 4, end - 3)
        if self._has_hit(begin, end) and is_loading_markup(inside.text):
            dormant = self.frame.dormant()._replace(block=self.frame.block or self.text.span(begin, end))
            self.reading.read(inside, "html", dormant)


def _posts(text: Slice, reading: Reading) -> "Posts | None":
    if _POSTS.search(text.text, 0, 6000) is None:
        return None
    from linter.readers.wxr import Posts

    return Posts(text, reading)


def _role(element: _Element, attribute: str) -> UrlRole:
    if attribute.rpartition(":")[2] not in {"src", "href", "action", "url"}:
        return "data"
    if element.name == "link":
        relation = element.attributes.get("rel", "").lower()
        if attribute == "src":
            return "script"
        return next((role for word, role in _RELATIONS if word in relation), "data")
    return _ROLES.get(element.name, "data")
