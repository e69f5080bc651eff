"""Rewrites and proxies: a site's own server passes requests on to an address.

Told by the words around an address, in the configurations of servers and hosts (nginx, Apache, IIS, Caddy, Traefik, Netlify, Vercel,
Next.js, Nitro) and in code that answers requests (workers, functions, middlewares). A redirect, which the visitor's browser
follows by itself, is none. What only a development server does is dormant.
"""

import re
from collections.abc import Iterator

from linter.evidence import Span, State, Url
from linter.languages import Language
from linter.readers.proxy_syntax import ADDRESS, NEAR, Around, kind_of
from linter.readers.text_comments import is_commented
from linter.reading import PIECES, Reading
from linter.text import Slice

MAX_ADDRESSES = 3000
BEFORE, AFTER = 1500, 400
"""Characters before and behind an address that are looked at."""
SEARCHES = "proxy searches"
"""The account of searches through the whole file."""
_NO_PROXY = re.compile(
    r"(?:.*/)?(?:readme|changelog|changes|history|licen[cs]e)\Z|.*\.(?:mdx?|markdown|rst|adoc|txt|log|csv|tsv|map|har|ipynb|po|lock)\Z",
    re.IGNORECASE,
)
_ADDRESS_LETTER = re.compile(r"[\w:/.*\\-]")


class Proxies:
    """The proxies of one file. `spans`: their addresses in the source, sorted."""

    def __init__(self, text: Slice, language: Language, reading: Reading) -> None:
        self.spans: list[Span] = []
        self._slice = text
        self._text = text.text
        self._language = language
        self._reading = reading
        self._found: dict[str, bool] = {}

    def read(self) -> None:
        """Emits the addresses that requests are passed on to."""
        path = self._reading.source.path
        if _NO_PROXY.match(path):
            return
        for address in self._addresses():
            kind = kind_of(self._around(address, path))
            if kind:
                self._emit(address, kind)
        self.spans.sort()

    def _around(self, address: re.Match[str], path: str) -> Around:
        begin, end = address.span()
        before = self._text[max(begin - BEFORE, 0) : begin]
        return Around(before, before[-NEAR:], self._text[end : end + AFTER], path, address[0], self._in_file, self._reading.hits)

    def _in_file(self, expression: str) -> bool:
        """Whether an expression is found in the file; each is looked for once."""
        if expression not in self._found:
            may = self._reading.effort(len(self._text) // 40, SEARCHES)
            self._found[expression] = may and re.search(expression, self._text) is not None
        return self._found[expression]

    def _addresses(self) -> Iterator[re.Match[str]]:
        """The addresses in which hits stand, each once."""
        end = count = 0
        for begin, _ in self._reading.hits(self._text):
            if begin < end:
                continue
            if not self._reading.effort(80, PIECES):
                return
            count += 1
            if count > MAX_ADDRESSES:
                self._reading.notice(f"more than {MAX_ADDRESSES} addresses that may be proxies")
                return
            first = begin
            while first > max(begin - 60, end) and _ADDRESS_LETTER.match(self._text, first - 1):
                first -= 1
            address = ADDRESS.search(self._text, first, begin + 400)
            if address is not None and address.start() <= begin < address.end():
                end = address.end()
                yield address

    def _emit(self, address: re.Match[str], kind: str) -> None:
        commented = is_commented(self._text, address.start(), self._language)
        state: State = "dormant" if commented or kind == "development" else "active"
        span = self._slice.span(*address.span())
        label = self._language.dialect or self._language.reader
        if kind == "rewrite":
            self.spans.append(self._slice.span(*self._object(address.span())))
        elif kind != "cached":
            self.spans.append(span)
        self._reading.emit(
            Url(span=span, block=self._slice.span(*self._line(address.span())), unit=(0, len(self._slice.source.text)), state=state,
                via=("text" if label == "plain" else label,), url=address[0].replace("\\/", "/"),
                role="script" if kind == "cached" else "proxy")
        )  # fmt: skip

    def _object(self, span: Span) -> Span:
        """The object around an address, with the path on the site that is rewritten."""
        begin, end = self._text.rfind("{", max(span[0] - 400, 0), span[0]), self._text.find("}", span[1], span[1] + 400)
        return (begin if begin >= 0 else span[0]), (end if end >= 0 else span[1])

    def _line(self, span: Span) -> Span:
        begin = max(self._text.rfind("\n", 0, span[0]) + 1, span[0] - 400)
        end = self._text.find("\n", span[1], span[1] + 400)
        line = self._text[begin : end if end >= 0 else span[1]]
        return begin + len(line) - len(line.lstrip()), begin + len(line.rstrip())
