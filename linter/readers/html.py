"""HTML: elements, inline scripts, event handlers, comments; hands scripts, styles and JSON on to their readers.

Rejected: a parser library (none keeps offsets and is linear on broken markup) and a regular expression per construct
(wrong on comments, raw text and attributes). The tokenizer is in `markup`, what a consent manager parks in `consent`.
"""

import re
from bisect import bisect_left

from linter.evidence import Element, Span
from linter.readers.attribute_values import decoded, told
from linter.readers.consent import gated, script_disposition
from linter.readers.html_roles import role_of
from linter.readers.markup import Attribute, Token, attributes, tokens
from linter.reading import PIECES, Frame, Reading, url_evidence
from linter.text import Slice

_URL_ATTRIBUTES = re.compile(
    r"(?:[\w:.\-]*src|srcset|[\w\-]*-srcset|href|xlink:href|data|action|formaction|poster|background|ping|data-href|data-url)\Z"
)
_HANDLER = re.compile(r"on[a-z]|@|v-on:|x-on:|x-init|x-data|x-effect|\(|ng-(?:click|init|submit|change)|hx-on|data-on|\*ng|:on")
_CLICKED = re.compile(r"\s*javascript:", re.IGNORECASE)
_DATA_URL = re.compile(
    r"\s*data:(text/javascript|application/(?:x-)?javascript|text/html|image/svg\+xml)((?:;[^,;]*)*?)(;base64)?,", re.IGNORECASE
)
_MARKUP = re.compile(r"<(?:!--|[a-z])", re.IGNORECASE)
_FORM_FIELDS = frozenset("input option textarea button select".split())
_COMPONENT_DIALECTS = frozenset("vue svelte astro riot marko".split())
_LIVE_TEMPLATE = re.compile(r"shadowrootmode|x-|v-|#|slot|lang|is|:|@")
_BLOCK_COMMENT = re.compile(r"\s*wp:[\w/\-]+\s*\{")


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads `text` as a document or a part of one."""
    _Document(text, frame, reading).read()


class _Document:
    """The reading of one slice of HTML."""

    def __init__(self, text: Slice, frame: Frame, reading: Reading) -> None:
        self.slice = text
        self.text = text.text
        self.frame = frame if frame.unit else frame._replace(unit=text.span(0, len(text)))
        self.reading = reading
        self.hits = reading.hits(text.text)
        self._starts = [begin for begin, _ in self.hits]
        self.noscript: Token | None = None
        self.noscript_end = 0
        self.dormant_until = -1
        self.script: tuple[Token, list[Attribute]] | None = None
        self._ends: dict[str, tuple[int, int]] = {}

    def read(self) -> None:
        """Goes through the tokens; only those with a hit, and what decides about them, are looked at."""
        for token in tokens(self.text):
            if not self.hits or token.begin > self.hits[-1][1] or not self.reading.effort(4, PIECES):
                return
            if token.kind == "start":
                self._start(token)
            elif token.kind == "raw":
                self._raw(token)
            elif token.kind == "end":
                if token.name.lower() == "noscript":
                    self.noscript = None
            elif self._hit(token.begin, token.end):
                self._comment(token)

    def _hit(self, begin: int, end: int) -> bool:
        """Whether a hit begins in [begin, end)."""
        at = bisect_left(self._starts, begin)
        return at < len(self._starts) and self._starts[at] < end

    # -- where things stand

    def _frame(self, token: Token) -> Frame:
        frame = self.frame._replace(noscript=True) if self.noscript is not None else self.frame
        if token.begin < self.dormant_until:
            frame = frame.dormant()
        return frame._replace(block=self._block(token))

    def _block(self, token: Token) -> Span:
        if self.noscript is not None:
            return self.slice.span(self.noscript.begin, self.noscript_end)
        return self.slice.span(token.begin, token.end)

    # -- tokens

    def _start(self, token: Token) -> None:
        name = token.name.lower()
        if name == "noscript":
            self.noscript = token
            self.noscript_end = self._end_of("noscript", token.end)
        elif name == "template" and self.frame.dialect not in _COMPONENT_DIALECTS and token.begin >= self.dormant_until:
            end = self._end_of("template", token.end)
            if self._hit(token.end, end) and not any(_LIVE_TEMPLATE.match(a.name) for a in attributes(self.text, token)):
                self.dormant_until = end
        if name == "script":
            self.script = (token, attributes(self.text, token))
        if name == "amp-analytics" or self._hit(token.begin, token.end):
            self._element(name, token)

    def _end_of(self, name: str, at: int) -> int:
        """Where the first end tag from `at` on ends; what was found is remembered, so that unclosed elements cost one search."""
        asked, start = self._ends.get(name, (len(self.text) + 1, 0))
        if not asked <= at <= start:
            match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, at)
            start = match.start() if match else len(self.text)
            self._ends[name] = at, start
        return self.text.find(">", start) + 1 or len(self.text)

    def _comment(self, token: Token) -> None:
        inside = self.slice.cut(*token.inside)
        json_at = _BLOCK_COMMENT.match(inside.text)
        if json_at:
            self.reading.read(inside.cut(json_at.end() - 1, len(inside)), "data", self._frame(token))
            return
        self.reading.read(inside, "html", self._frame(token).dormant()._replace(unit=None))

    def _raw(self, token: Token) -> None:
        if not self._hit(token.begin, token.end):
            return
        body = self.slice.cut(*token.inside)
        if body.text.lstrip()[:1] == "{" or "[[" in body.text or "[(" in body.text:
            from linter.readers.script_bodies import body_of

            body = body_of(body)
        if token.name == "style":
            self.reading.read(body, "css", self._frame(token))
        elif token.name == "script" and self.script:
            self._script_body(body, token)

    def _script_body(self, body: Slice, token: Token) -> None:
        assert self.script is not None
        tag, attrs = self.script
        frame = self._frame(tag)
        end = self._end_of("script", token.end)
        block = frame.block if self.noscript else self.slice.span(tag.begin, end)
        frame = frame._replace(block=block, unit=self.slice.span(tag.begin, end), element="script")
        values = {a.name: self.text[a.begin : a.end] for a in attrs}
        match script_disposition(values):
            case "run":
                self.reading.read(body, "javascript", frame)
            case "gated":
                self.reading.read(body, "javascript", frame.gated())
            case "parked":
                self.reading.read(body, "javascript", frame.dormant())
            case "template":
                self.reading.read(body, "html", frame._replace(element=""))
            case "data" if "ld+json" not in values.get("type", ""):
                self.reading.read(body, "data", frame)
            case _:
                pass

    # -- elements

    def _element(self, name: str, token: Token) -> None:
        attrs = attributes(self.text, token)
        values = {a.name: self.text[a.begin : a.end] for a in attrs}
        frame = self._frame(token)
        if name == "script":
            block = self.slice.span(token.begin, self._end_of("script", token.end))
            frame = frame._replace(unit=self.slice.span(token.begin, token.end), block=block)
            match script_disposition(values):
                case "gated":
                    frame = frame.gated()
                case "parked" | "nothing" | "data" | "template":
                    frame = frame.dormant()
                case _:
                    pass
        elif gated(values):
            frame = frame.gated()
        for attribute in attrs:
            if self._hit(attribute.begin, attribute.end):
                self._attribute(name, attribute, values, frame)
            if attribute.name.startswith("data-"):
                self._data(name, attribute, frame)
        if name in ("meta", "amp-analytics") or "-" in name or token.name[0].isupper():
            self._tell(token, attrs, frame)

    def _attribute(self, element: str, attribute: Attribute, values: dict[str, str], frame: Frame) -> None:
        value = self._value(attribute)
        name = attribute.name
        if name.startswith(("th:", "data-th-")):
            from linter.readers.thymeleaf import address

            value = address(value)
        if _HANDLER.match(name):
            handler = frame._replace(element="handler", via=(*frame.via, "handler"), unit=value.span(0, len(value)))
            self.reading.read(value, "javascript", handler)
        elif name == "style":
            self.reading.read(value, "css", frame)
        elif name == "srcdoc":
            self.reading.read(value, "html", frame._replace(via=(*frame.via, "srcdoc"), unit=None))
        elif _CLICKED.match(value.text):
            begin = value.text.index(":") + 1
            self.reading.read(value.cut(begin, len(value)), "javascript", frame._replace(element="handler"))
        elif _DATA_URL.match(value.text):
            self._data_url(value, frame)
        elif _URL_ATTRIBUTES.match(name.removeprefix(":").removeprefix("v-bind:").strip("[]")):
            self._url(element, value, values, frame)
        elif element not in _FORM_FIELDS and _MARKUP.search(value.text):
            self.reading.read(value, "html", frame._replace(unit=None))
        elif name.startswith((":", "v-bind", "v-html", "v-")):
            self.reading.read(value, "javascript", frame._replace(element="expression"))

    def _data(self, element: str, attribute: Attribute, frame: Frame) -> None:
        """A data attribute that may be a setting: its name has a hit, or its value is JSON."""
        from linter.readers.markup_settings import data_attribute

        value = self._value(attribute)
        data_attribute(element, attribute.name, value, value.span(0, len(value)), frame, self.reading)

    def _value(self, attribute: Attribute) -> Slice:
        return decoded(self.slice.cut(attribute.begin, attribute.end))

    def _url(self, element: str, value: Slice, values: dict[str, str], frame: Frame) -> None:
        quoted = re.fullmatch(r"""\s*(["'`])(.*)\1\s*""", value.text, re.DOTALL)
        if quoted:
            value = value.cut(quoted.start(2), quoted.end(2))
        self.reading.emit(url_evidence(value, role_of(element, values), frame))

    def _data_url(self, value: Slice, frame: Frame) -> None:
        match = _DATA_URL.match(value.text)
        assert match is not None
        from linter.decoders import base64_text, url_encoded

        body = value.cut(match.end(), len(value))
        body = base64_text(body) if match[3] else url_encoded(body)
        language = "javascript" if "javascript" in match[1].lower() else "html"
        self.reading.read(body, language, frame._replace(via=(*frame.via, "data-url")))

    def _tell(self, token: Token, attrs: list[Attribute], frame: Frame) -> None:
        given = [(a.name, told(self.slice, a)) for a in attrs]
        end = token.end
        if token.name.lower() == "amp-analytics":
            from linter.readers.amp import amp_config

            end = self._end_of("amp-analytics", token.end)
            config = amp_config(self.slice, token.end, end)
            if config:
                given.append(("json", config))
            if not self._hit(token.begin, end):
                return
        begin, stop = self.slice.span(token.begin, token.end)
        block = self.slice.span(token.begin, end)
        self.reading.emit(
            Element(span=(begin, stop), block=block, unit=block, state=frame.state, via=frame.via, name=token.name, attributes=tuple(given))
        )
