"""What a custom template can do, as evidence: what its permissions let it load, and what its code asks for.

Permissions may be left over from an older version, so one counts only where the code uses the function that needs it.
"""

import re
from typing import NamedTuple

from linter.evidence import Evidence, Tag, Url, UrlRole
from linter.gtm.model import Scope, Template
from linter.gtm.places import ContainerPlace, Places
from linter.gtm.templates import TemplateCode, parse_template
from linter.gtm.tree import Document
from linter.gtm.values import Values
from linter.reading import Frame, Reading, url_evidence
from linter.text import HOLE, Slice
from linter.urls import parse_url

_NEEDS = {
    "script": ("injectScript",),
    "image": ("sendPixel",),
    "frame": ("injectHiddenIframe",),
    "request": ("sendHttpRequest", "sendHttpGet", "sendPixelFromBrowser", "sendEventToGoogleAnalytics"),
}
_ROLES: tuple[UrlRole, ...] = ("script", "image", "frame", "request")
_COMMENT_OR_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_IN_A_FILE = Scope("unknown", "where a container uses it")


class TemplateFound(NamedTuple):
    """What one template gives: evidence that bears the places of the template, and the globals that its code touches."""

    evidence: tuple[Evidence, ...]
    globals: frozenset[str]

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of what it loads and asks."""
        return frozenset(parse_url(piece.url).host for piece in self.evidence if isinstance(piece, Url))


NOTHING = TemplateFound((), frozenset())


class TemplateEvidence:
    """The evidence of templates, each read once."""

    def __init__(self, reading: Reading, frame: Frame) -> None:
        self._reading = reading
        self._frame = frame
        self._known: dict[int, TemplateFound] = {}

    def of(self, template: Template) -> TemplateFound:
        """What a template of the container gives."""
        key = id(template.node)
        if key not in self._known:
            code = template.code.slice() if template.code is not None else None
            self._known[key] = found_in(parse_template(code), self._frame, self._reading) if code else NOTHING
        return self._known[key]


def found_in(template: TemplateCode, frame: Frame, reading: Reading) -> TemplateFound:
    """What a template's text gives."""
    inner = reading.inner()
    code = _without_comments(template.code.text) if template.code is not None else ""
    frame = frame._replace(unit=frame.unit or (0, len(reading.source.text)))
    for role, address in template.loads:
        if any(name in code for name in _NEEDS.get(role, ())):
            inner.emit(_load(role, address, frame))
    if template.code is not None:
        inner.read(template.code, "javascript", frame)
    for notice in inner.notices:
        reading.notice(notice)
    names = frozenset(name.partition(".")[0] for name, _ in template.globals)
    asked = tuple(piece for piece in inner.evidence if isinstance(piece, Url))  # sandboxed code calls nothing by its own name
    return TemplateFound(asked, frozenset(name for name in names if name in code))


def _load(role: str, address: Slice, frame: Frame) -> Url:
    known: UrlRole = next((one for one in _ROLES if one == role), "code")
    wild = [(match.start(), match.end(), HOLE) for match in re.finditer(r"\*", address.text)]
    return url_evidence(address.mask(wild), known, frame)


def published_templates(document: Document, frame: Frame, reading: Reading) -> dict[str, TemplateFound]:
    """What the templates of a published copy can do, by the type of their tags."""
    from linter.gtm.published import published_permissions

    frame = frame._replace(unit=frame.unit or (0, len(reading.source.text)))
    return {
        type: TemplateFound(
            tuple(_load(role, address, frame) for role, address in given.loads),
            frozenset(name.partition(".")[0] for name, _ in given.globals),
        )
        for type, given in published_permissions(document).items()
    }


def _without_comments(code: str) -> str:
    return _COMMENT_OR_STRING.sub(lambda match: " " if match[0].startswith("/") else match[0], code)


def read_template_file(text: Slice, frame: Frame, reading: Reading) -> None:
    """A `.tpl` file of the template gallery: nothing runs from it until a container uses it."""
    template = parse_template(text)
    if template.info.kind not in ("TAG", "CLIENT"):
        return
    found = found_in(template, frame, reading)
    places = reading.places = reading.places or Places()
    whole = text.span(0, len(text))
    context = template.info.contexts[0] if len(template.info.contexts) == 1 else ""
    place = ContainerPlace("template", "", "", None, template.info.id, template.info.name, "", False, _IN_A_FILE)
    places.add(whole, place, Values())
    name = template.info.place
    span = name.span(0, len(name)) if name is not None else whole
    tag = Tag(
        span=span, block=whole, unit=whole, state=frame.state, via=frame.via, type="", gallery="", context=context,
        globals=found.globals, parameters=(), hosts=found.hosts,
    )  # fmt: skip
    for evidence in (tag, *found.evidence):
        reading.emit(evidence)
