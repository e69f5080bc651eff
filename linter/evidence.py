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
    "policy",  # a host that a Content-Security-Policy lets through
    "proxy",  # the target of a rewrite or proxy on the site's own server
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


class Parameter(NamedTuple):
    """A parameter of a tag; `span` is its name. `personal`: it is a row of a table and its name is that of personal data (`em`, `ph`)."""

    name: str
    value: Value
    span: Span
    personal: bool = False


class Tag(NamedTuple):
    """A tag, client or template of a Tag Manager container.

    `type` is the built-in code without underscores before it (`awct`, `html`, `cvt_1_2`), `gallery` the `owner/repository` of its
    template in lower case or "", `context` web, server, amp or "". `globals` are the names that its template may touch, `hosts` those
    that it may ask.
    """

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    type: str
    gallery: str
    context: str
    globals: frozenset[str]
    parameters: tuple[Parameter, ...]
    hosts: frozenset[str] = frozenset()


class Setting(NamedTuple):
    """A setting of a configuration, of an application's constants, or of a stored option: `keys` (outermost first) and its value.

    `span` is the value's text without quotes, or the key's where the value is empty.
    """

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    keys: tuple[str, ...]
    value: Value


class Requirement(NamedTuple):
    """A manifest requires a package: `package` as named in `ecosystem` (npm, pypi, gem, composer, nuget, go). `span` is its name.

    `development`: only for building and testing.
    """

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    package: str
    ecosystem: str
    development: bool = False


class Plugin(NamedTuple):
    """A plugin, module, extension or app of a platform is here, is listed as active, or is installed by a script.

    `platform`: wordpress, drupal, joomla, magento, prestashop, typo3, craft, concrete, silverstripe, opencart, shopify, ghost,
    contao, ... ; `slug` is its folder or machine name in lower case, `name` what it calls itself (""), `main` whether this is
    the plugin's own main file, so that everything below its folder belongs to it.
    """

    span: Span
    block: Span
    unit: Span
    state: State
    via: tuple[str, ...]
    platform: str
    slug: str
    name: str = ""
    main: bool = False


Evidence = Url | Call | Assignment | Import | Element | Library | Tag | Setting | Requirement | Plugin
"""Any piece of evidence. The first five fields are common to all; build with keywords."""
