"""Evidence: neutral, typed facts that readers see. Evidence knows no vendor.

Every piece of evidence says where it is (`span`, the exact text to underline, and `block`, the whole construct that
one would remove: a script element, a statement), in which script or document it stands (`unit`), whether it would
run (`state`), and by which languages it was reached (`via`). Spans are character offsets into the source text.
"""

from typing import Literal, NamedTuple

State = Literal["active", "consent-gated", "dormant"]
"""`active` runs; `consent-gated` runs after a consent manager releases it; `dormant` is commented out or switched off."""

Span = tuple[int, int]

ValueKind = Literal["text", "number", "object", "array", "unknown"]


class Value(NamedTuple):
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


class Url(NamedTuple):
    """A URL (scheme optional, holes possible) is used in `role`; `noscript`: inside a noscript element.

    `holes` is the source code that fills each run of `HOLE` characters in `url`, in order.
    """

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    url: str
    role: UrlRole
    holes: tuple[str, ...] = ()
    key: str = ""
    noscript: bool = False


class Call(NamedTuple):
    """A function is called, or a class made. `name` is its dotted path without `window.`, `self.`, `globalThis.`.

    Examples: `fbq`, `_gaq.push`. A member of an imported package is `package#member`; a default import called
    itself is `package#default`.
    """

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    name: str
    args: tuple[Value, ...]


class Assignment(NamedTuple):
    """A global or a property is assigned: `name` is its dotted path without `window.` (`_linkedin_partner_id`)."""

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    name: str
    value: Value


class Import(NamedTuple):
    """A package is imported by code: `package` as it is named in `ecosystem` (npm, pypi, gem, composer)."""

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    package: str
    ecosystem: str


class Element(NamedTuple):
    """A markup element or component that is told by its name and attributes (`amp-analytics`, `meta`, `GoogleTagManager`)."""

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    name: str
    attributes: tuple[tuple[str, Value], ...]


class Library(NamedTuple):
    """The text of a whole script (a file, or an inline script): a copy of a vendor's library is told by literals in it.

    `literals` are the catalog literals that stand in the text, lower case.
    """

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    literals: frozenset[str]


Evidence = Url | Call | Assignment | Import | Element | Library
"""Any piece of evidence. The first five fields are common to all; build with keywords."""
