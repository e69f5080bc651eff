"""Resource hints in `Link` headers (RFC 8288): `Link: <https://host>; rel=preconnect`, wherever the header is written."""

import re

from linter.evidence import State, Url
from linter.languages import Language
from linter.readers.text_comments import is_commented
from linter.reading import PIECES, Reading
from linter.text import Slice

_HINT = re.compile(
    r"<(?P<url>(?:https?:)?(?:\\?/){2}[^\s<>\"']{3,300})>\s{0,3};[^\n,<>]{0,80}?\brel=\\?[\"']?"
    r"(?:dns-prefetch|preconnect|prefetch|preload|modulepreload)\b",
    re.IGNORECASE,
)


def read_links(text: Slice, language: Language, reading: Reading) -> None:
    """Emits the addresses that `Link` headers announce."""
    code, end = text.text, 0
    for begin, _ in reading.hits(code):
        opening = code.rfind("<", max(begin - 60, end), begin)
        if opening < 0 or not reading.effort(20, PIECES):
            continue
        hint = _HINT.match(code, opening)
        if hint is None or hint.end() <= begin:
            continue
        end = hint.end()
        state: State = "dormant" if is_commented(code, opening, language) else "active"
        label = language.dialect or language.reader
        span = text.span(*hint.span("url"))
        reading.emit(
            Url(span=span, block=text.span(*hint.span()), unit=(0, len(text.source.text)), state=state,
                via=("text" if label == "plain" else label,), url=hint["url"].replace("\\/", "/"), role="hint")
        )  # fmt: skip
