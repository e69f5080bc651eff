"""How a site is served, told by the whole text of a file whatever its language: policies, proxies, calls of workflows, traces.

These facts stand in configurations and code of every kind and are told by the words around a hit. What the reader of the file's
language says of the same addresses is less exact, so `settle` takes that back.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from linter.evidence import Span, Url
from linter.languages import Language
from linter.reading import Reading
from linter.text import Slice

_POLICY_MARKS = ("-src", "_src", "Src", "_SRC", "-SRC", "Directive::")
"""One of them stands in every text with a policy; see `linter.readers.policies`."""

_PROXY_MARKS = (
    "roxy", "roxied", "loadBalancer", "PROXY", "ewrite", "redirects]]", "resolveUrl", '"dest', "destination", "toPath",
    ".hostname =", ".hostname=", ".host =", ".host=", "respondWith(", "new Response(", "NextResponse", "Deno.serve", "onRequest",
    "res.send", "res.end(", "res.type(", "res.set", "res.write", "pipe(res", "reply.send", "reply.type", "c.body(",
    "caches.open", "cache.add", "precache",
)  # fmt: skip
"""The same of proxies, apart from files named `_redirects`; see `linter.readers.proxy_syntax`."""
_WORKFLOW_MARKS = ('"connections"', '"http request"', '"mapper"')
"""The same of workflows; see `linter.readers.workflows`."""
_PAYLOAD_MARKS = ("user_data", "userData", "serIdentifiers", "user_identifiers", "userInfo", "userIds", "user:", "user'", 'user"')
"""The same of what is sent about a person; see `linter.readers.payloads`."""
_SCRIPT = re.compile(r"\.js(?:[?#]|\Z)|/gtag/js(?:[?#]|\Z)")
MAX_URL = 2000


class Serving:
    """The facts of one file. `read` goes before the file's own reader, `settle` behind it."""

    def __init__(self, text: Slice, language: Language, reading: Reading) -> None:
        self._text = text
        self._language = language
        self._reading = reading
        self._told: list[Span] = []
        self._off: list[Span] = []
        self._own = 0

    def read(self, named: Sequence[str] = ()) -> None:
        """Emits the facts. `named` are names of vendors that stand in the text; they count in a privacy notice."""
        text = self._text.text
        if named:
            self._read_notice(named)
        if self._reading.hits(text):
            self._read_policies(text)
            self._read_proxies(text)
            self._read_links(text)
            self._read_requests(text)
            self._read_verifications(text)
        self._own = len(self._reading.evidence)

    def _read_notice(self, named: Sequence[str]) -> None:
        from linter.readers.traces import is_notice, read_notice

        if is_notice(self._reading.source.path):
            read_notice(self._text, self._language, named, self._reading)

    def _read_verifications(self, text: str) -> None:
        if "verif" in text:
            from linter.readers.traces import read_verifications

            read_verifications(self._text, self._language, self._reading)

    def _read_policies(self, text: str) -> None:
        if any(mark in text for mark in _POLICY_MARKS):
            from linter.readers.policies import Policies

            policies = Policies(self._text, self._language, self._reading)
            policies.read()
            self._told += policies.spans

    def _read_proxies(self, text: str) -> None:
        if self._reading.source.path.endswith("_redirects") or any(mark in text for mark in _PROXY_MARKS):
            from linter.readers.proxies import Proxies

            proxies = Proxies(self._text, self._language, self._reading)
            proxies.read()
            self._told += proxies.spans

    def _read_links(self, text: str) -> None:
        if ">;" in text and "rel=" in text and self._language.reader != "markdown":
            from linter.readers.link_headers import read_links

            read_links(self._text, self._language, self._reading)

    def _read_requests(self, text: str) -> None:
        if self._language.reader == "data" and any(mark in text for mark in _WORKFLOW_MARKS):
            from linter.readers.workflows import Workflows

            workflows = Workflows(self._text, self._reading)
            workflows.read()
            self._told += workflows.spans
            self._off += workflows.off
        if self._language.reader not in ("markdown", "gtm") and any(mark in text for mark in _PAYLOAD_MARKS):
            from linter.readers.payloads import read_payloads

            read_payloads(self._text, self._language, self._reading)

    def settle(self) -> None:
        """Takes back what other readers said of the same addresses, lets rest what a workflow has switched off, and tells of a script
        that a server asks for that it hands it on."""
        pieces = self._reading.evidence
        others = pieces[self._own :]
        if self._told:
            told = _Spans(self._told)
            others = [piece for piece in others if not (isinstance(piece, Url) and told.cover(piece.span))]
        if self._language.reader in ("php", "code"):
            others = [_handed_on(piece) if isinstance(piece, Url) else piece for piece in others]
        pieces[self._own :] = others
        if self._off:
            off = _Spans(self._off)
            pieces[:] = [piece._replace(state="dormant") if off.cover(piece.span) else piece for piece in pieces]


class _Spans:
    """Spans of the source, to be asked which of others they cover."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)
        self._begins = [begin for begin, _ in self._spans]

    def cover(self, span: Span) -> bool:
        """Whether the last span that begins before `span` covers it whole."""
        number = bisect_right(self._begins, span[0]) - 1
        return number >= 0 and span[1] <= self._spans[number][1]


def _handed_on(piece: Url) -> Url:
    """A script that code of a server asks for is one that it hands on, or keeps a copy of."""
    if piece.role != "request" or len(piece.via) != 1 or not _SCRIPT.search(piece.url[:MAX_URL]):
        return piece
    return piece._replace(role="proxy")
