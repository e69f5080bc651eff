"""Evidence: neutral, typed facts that readers see. Evidence knows no vendor.

Every piece of evidence says where it is (`span`, the exact text to underline, and `block`, the whole construct that
one would remove: a script element, a statement), in which script or document it stands (`unit`), whether it would
run (`state`), and by which languages it was reached (`via`). Spans are character offsets into the source text.
"""

from dataclasses import dataclass
from typing import Literal

State = Literal["active", "consent-gated", "dormant"]
"""`active` runs; `consent-gated` runs after a consent manager releases it; `dormant` is commented out or switched off."""

Span = tuple[int, int]

ValueKind = Literal["text", "number", "object", "array", "unknown"]


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an argument or an assignment, as far as the code alone says it.

    `text` of a text or number is its value (holes are `HOLE` characters); of anything else, its source code.
    `expression` is a text with its holes filled by the code that gives them, or the code of an unknown value; else empty.
    """

    kind: ValueKind
    text: str
    span: Span
    entries: tuple[tuple[str, "Value"], ...] = ()
    items: tuple["Value", ...] = ()
    expression: str = ""

    def entry(self, key: str) -> "Value | None":
        """The value under `key` of an object."""
        return next((value for name, value in self.entries if name == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What every fact has. See the module's docstring."""

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]


UrlRole = Literal[
    "script",  # a script is loaded from it: <script src>, import, importScripts, s.src = ... of a script element
    "code",  # a URL string in live code that is assigned or passed on: what for cannot be seen
    "image",  # <img src>, <amp-pixel>, new Image().src, CSS url()
    "frame",  # <iframe src>, <object data>, <embed src>
    "request",  # fetch, sendBeacon, XMLHttpRequest, navigator calls, server-side HTTP calls
    "style",  # <link rel=stylesheet>, @import
    "hint",  # <link rel=preconnect|dns-prefetch|preload|prefetch|modulepreload>
    "form",  # <form action>
    "link",  # <a href>: not loaded until a person follows it
    "data",  # a string value in a data file (JSON, YAML, TOML, XML); `key` says under which key
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Url(Evidence):
    """A URL (scheme optional, holes possible) is used in `role`; `noscript`: inside a noscript element.

    `holes` is the source code that fills each run of `HOLE` characters in `url`, in order.
    """

    url: str
    role: UrlRole
    holes: tuple[str, ...] = ()
    key: str = ""
    noscript: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Evidence):
    """A function is called, or a class made. `name` is its dotted path without `window.`, `self.`, `globalThis.`.

    Examples: `fbq`, `_gaq.push`. A member of an imported package is `package#member`; a default import called
    itself is `package#default`.
    """

    name: str
    args: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Evidence):
    """A global or a property is assigned: `name` is its dotted path without `window.` (`_linkedin_partner_id`)."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Evidence):
    """A package is imported by code: `package` as it is named in `ecosystem` (npm, pypi, gem, composer)."""

    package: str
    ecosystem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Evidence):
    """A markup element or component that is told by its name and attributes (`amp-analytics`, `meta`, `GoogleTagManager`)."""

    name: str
    attributes: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library(Evidence):
    """The text of a whole script (a file, or an inline script): a copy of a vendor's library is told by literals in it.

    `literals` are the catalog literals that stand in the text, lower case.
    """

    literals: frozenset[str]
