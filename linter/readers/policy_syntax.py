"""How a directive of a Content-Security-Policy and its sources are written, in headers and in the code that makes them.

Directives and sources are those of Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/). As a key of code a directive is
`scriptSrc`, `script_src`, `CSP_SCRIPT_SRC`, `Directive::SCRIPT` or `AddScriptSrc()`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.evidence import Span

MAX_SOURCES = 10_000
"""Characters of one directive's sources."""
MAX_STEPS = 2000
"""Sources of one directive."""
LONGEST_NAME = 40
MARKS = ("-src", "_src", "Src", "_SRC", "-SRC", "Directive::", "orm-action", "ormAction", "orm_action")
"""One of them stands in every directive."""

_KINDS = "script|style|img|image|connect|frame|child|default|object|media|font|worker|manifest|prefetch|fenced-frame"
DIRECTIVE = re.compile(
    rf"(?<![A-Za-z0-9$])(?:(?:Add|Custom)?(?P<kind>{_KINDS})[-_]?src(?:[-_]?(?:elem|attr))?(?:[-_]?(?:urls?|hosts?|domains?|sources?|list))?"
    r"|Directive::(?P<constant>script|style|img|image|connect|frame|child|default|form_?action)(?:[-_]?(?:src|elem|attr))*"
    r"|(?P<action>form[-_]?action))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NOT_BEFORE = ("data-", "lazy-", "iframe-")

_ASSIGNED = re.compile(r"(?:\\{0,4}[\"'`])?\]?\s{0,40}(?:=>|\+?=|:(?!:)|,|\.(?:push|concat|append|extend)(?=\())\s{0,200}")
_TYPED = re.compile(r"\s{0,4}:\s{0,4}[\w\[\], .|<>]{1,80}?\s{0,4}=\s{0,40}")
_OPEN = re.compile(r"(?:(?:new\s+)?[A-Za-z_$\\][\w$.:\\]{0,40}\s?(?:\+\s?)?|%[wWiI]?)?[(\[{]")
_QUOTED = frozenset("[({\"'`")
_ELEMENT = re.compile(r"[^<>\n]{0,200}>")
_FLUENT = re.compile(r"\(\s{0,9}\)")
_BRACKETS = re.compile(r"[()\[\]{}]")
_BRACES = re.compile(r"[{}]")

_HOST = r"(?:\*|[A-Za-z0-9_-]{1,63})(?:\.[A-Za-z0-9_-]{1,63}){1,10}"
ADDRESS = re.compile(
    rf"(?:(?:https?|wss?):)?(?:\\?/){{0,2}}(?P<host>{_HOST})(?::(?:\d{{1,5}}|\*))?(?P<path>(?:\\?/[^\s\"'`;,<>(){{}}\[\]]{{0,300}})?)",
    re.IGNORECASE,
)
"""A host source: `https://host/path`, `*.host`, `host:443`."""
_STEPS = re.compile(
    r"(?P<glue>[\s\"'`\\|,]+|&(?:#0?39|#x27|apos|quot|amp|#34|nbsp);|%20|%27|-(?=\s))"
    r"|\+\s{0,40}(?:\([^()]{0,300}\)|[A-Za-z_$][\w$.]{0,60}(?:\([^()\n]{0,80}\))?)\s{0,40}(?=[+;])"
    r"|\.\s{0,40}(?:\([^()]{0,300}\)|\$[\w>\-]{1,60}(?:\([^()\n]{0,80}\))?)\s{0,40}(?=[.;])"
    r"|(?P<joint>[+.&](?=\s|[\"'`]))"
    r"|//(?=\s)[^\n]*|\#(?=\s)[^\n]*|/\*"
    r"|(?:nonce|sha(?:256|384|512))-(?P<nonce>[\w+/=-]*)"
    r"|(?P<word>self|none|unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic|wasm-unsafe-eval|report-sample|inline-speculation-rules"
    r"|unsafe_inline|unsafe_eval|strict_dynamic|unsafeInline|unsafeEval)(?![\w-])"
    r"|(?:data|blob|https?|wss?|filesystem|mediastream|gap|about|chrome-extension|capacitor|ionic):(?!/)"
    rf"|(?P<address>{ADDRESS.pattern})"
    r"|(?:https?:(?:\\?/){2})?localhost(?::[\d*]{1,5})?(?![\w.])|(?:https?|wss?):(?:\\?/){2}(?=[$#{<%*])|\*"
    r"|:[a-z_]{2,30}|->|lambda\b|(?P<brace>[$#%]?\{)|<%[^%]{0,300}%>|<\?[^?]{0,300}\?>|\$\w{1,60}(?:->\w{1,60})?"
    r"|(?P<key>base|sources?|allow|values?|flags|self|src)[\"']?\s{0,4}:(?=\s)",
    re.IGNORECASE,
)
"""What may stand among the sources of a directive; what is none of it ends them."""


_END_OF_HOST = re.compile(r"\.(?:[A-Za-z]{2,24}|\d{1,3})\Z")
_FILE = re.compile(r"\.(?:js|png|gif|jpe?g|svg|html?)(?![\w.])|\?", re.IGNORECASE)
_BELOW = re.compile(r"[\"']\s{0,9}\n\s{0,40}(?:sources|values?|allow)\s{0,4}:(?=\s)")
"""The sources in an entry of their own below the directive's name (`directive: 'script-src'`, `sources: [...]`)."""


class Directive(NamedTuple):
    """A directive at text[begin:...], its sources in text[first:end]. `header`: written as in the header itself. `sure`: a word
    that only policies have (`'self'`, a nonce, a wildcard) stands among the sources. `name` is the directive without `-elem` and
    `-attr`, `written` as it is written."""

    name: str
    written: str
    begin: int
    first: int
    end: int
    header: bool
    sure: bool


def names(text: str) -> Iterator[re.Match[str]]:
    """The names of directives in `text`, in order. Told by their marks first, which is many times faster than by the expression."""
    places = sorted({at for mark in MARKS for at in _places(text, mark)})
    end = 0
    for at in places:
        match = DIRECTIVE.search(text, max(at - LONGEST_NAME, end), at + LONGEST_NAME) if at >= end else None
        if match is not None and match.start() <= at:
            end = match.end()
            yield match


def _places(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def directive_at(text: str, match: re.Match[str]) -> Directive | None:
    """The directive whose name is `match`, with its sources; None where nothing follows that could be one."""
    begin, at = match.span()
    if text[max(begin - 7, 0) : begin].lower().endswith(_NOT_BEFORE):
        return None
    name = _canonical(match)
    if text[begin - 1 : begin] == "<" or _is_attribute(text, begin):
        return _in_element(text, name, begin, at)
    fluent = _FLUENT.match(text, at)
    if fluent is not None:
        end = text.find(";", at, at + MAX_SOURCES)
        return _told(text, name, begin, (fluent.end(), end if end > 0 else fluent.end()), header=False)
    assigned = _TYPED.match(text, at) or _ASSIGNED.match(text, at)
    below = _BELOW.match(text, at) if assigned is None else None
    if below is not None:
        return _told(text, name, begin, _stepped(text, below.end()), header=False)
    if assigned is None:
        return _told(text, name, begin, _stepped(text, at), header=True) if text[at : at + 1] in " \t\n\r\\" else None
    if ":" in assigned[0] and "\n" in assigned[0] and text[assigned.end() : assigned.end() + 1] not in _QUOTED:
        return _told(text, name, begin, _indented(text, begin, at + assigned[0].index("\n") + 1), header=False)
    found = _told(text, name, begin, sources_at(text, assigned.end()), header=False)
    return None if not found.sure and _OPEN.match(text, assigned.end()) is None and _is_file(text, found) else found


def _is_file(text: str, found: Directive) -> bool:
    """Whether the only value is the address of a file, which a script or image is loaded from (`scriptSrc: 'https://.../x.js'`)."""
    return text[found.end : found.end + 1] == "?" or _FILE.search(text, found.first, found.end) is not None


def sources_at(text: str, at: int) -> Span:
    """The sources of a value of code at `at`: all in its brackets, or a text and what is joined to it."""
    opening = _OPEN.match(text, at)
    return (opening.end(), _closed(text, opening.end())) if opening else _stepped(text, at)


def _canonical(match: re.Match[str]) -> str:
    if match["action"]:
        return "form-action"
    kind = (match["kind"] or match["constant"]).lower().replace("image", "img")
    return "form-action" if kind.startswith("form") else f"{kind}-src"


def _told(text: str, name: str, begin: int, inside: Span, header: bool) -> Directive:
    match = DIRECTIVE.match(text, begin)
    written = match[0].lower() if match else name
    sure = any(is_telling(step) for step in _STEPS.finditer(text, *inside)) if inside[0] < inside[1] else False
    return Directive(name, written, begin, *inside, header, sure)


def is_telling(step: re.Match[str]) -> bool:
    """Whether only sources of a policy are written so: a key word, a nonce, a wildcard."""
    host = step["host"] or ""
    return bool(step["word"] or step["nonce"] or host.startswith("*."))


def _stepped(text: str, at: int) -> Span:
    """Where the sources that begin at `at` end: at `;`, at the next directive, at what can be no source."""
    first = end = at
    for _ in range(MAX_STEPS):
        if DIRECTIVE.match(text, at):
            break
        step = _STEPS.match(text, at, first + MAX_SOURCES)
        if step is None or step.end() == at or (step["host"] and not _END_OF_HOST.search(step["host"])):
            break
        at = step.end()
        if step["brace"]:
            at = _brace_end(text, at)
            if at < 0:
                break
        elif step[0] == "/*":
            at = text.find("*/", at, first + MAX_SOURCES) + 2
            if at < 2:
                break
        if not (step["glue"] or step["joint"]):
            end = at
    return first, end


def _brace_end(text: str, at: int) -> int:
    """Behind the brace that closes the one before `at`, -1 where it is far away."""
    depth = 1
    for mark in _BRACES.finditer(text, at, at + 400):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return mark.end()
    return -1


def _closed(text: str, at: int) -> int:
    """Where the bracket that was opened before `at` closes; the end of the line where it does not."""
    depth = 1
    for mark in _BRACKETS.finditer(text, at, at + MAX_SOURCES):
        depth += 1 if mark[0] in "([{" else -1
        if depth == 0:
            return mark.start()
    end = text.find("\n", at, at + MAX_SOURCES)
    return end if end >= 0 else at


def _indented(text: str, begin: int, at: int) -> Span:
    """The lines of YAML below a key at `begin`: those further in, and list items at its own depth."""
    start = text.rfind("\n", 0, begin) + 1
    indent = len(text[start:begin]) - len(text[start:begin].lstrip(" "))
    first = end = at
    while at < min(len(text), first + MAX_SOURCES):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        depth = len(line) - len(line.lstrip(" "))
        if line.strip() and (depth < indent or (depth == indent and not line.lstrip().startswith("-"))):
            break
        at = end = stop + 1
    return first, min(end, len(text))


def _is_attribute(text: str, begin: int) -> bool:
    return re.search(r"<policy\s[^<>]{0,80}\bid\s?=\s?[\"']\Z", text[max(begin - 120, 0) : begin]) is not None


def _in_element(text: str, name: str, begin: int, at: int) -> Directive | None:
    """The sources in an element of XML (`<policy id="script-src">...</policy>`, `<script-src ...>...</script-src>`)."""
    opening = _ELEMENT.match(text, at)
    if opening is None:
        return None
    closing = "</policy" if text[begin - 1 : begin] != "<" else f"</{text[begin:at]}"
    end = text.find(closing, opening.end(), opening.end() + MAX_SOURCES)
    return Directive(name, name, begin, at, end if end >= 0 else opening.end(), header=False, sure=True)
