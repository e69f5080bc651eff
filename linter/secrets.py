"""Access tokens in source text are never shown in full: reports show where they are and how they begin."""

import re
from functools import lru_cache

_SHOWN = 6
_TOKEN = re.compile(
    r"EAA[A-Za-z0-9]{16,}"
    r"|(?i:(?<=access_token)|(?<=accesstoken)|(?<=api_secret)|(?<=api_token)|(?<=access_token_secret)|(?<=apisecret))"
    r"[\"']?\s{0,3}(?:=>|[=:,])\s{0,3}[\"']?(?P<value>[A-Za-z0-9_\-.|]{16,})"
)
"""Meta's tokens begin with EAA; other vendors' are told by the name in front of them."""


@lru_cache(maxsize=32)
def mask(text: str) -> str:
    """`text` with tokens made stars after their first characters; the length stays, so that carets stay right."""
    if not _TOKEN.search(text):
        return text
    return _TOKEN.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    begin, end = match.span("value") if match["value"] else match.span()
    value = match.string[begin:end]
    return match.string[match.start() : begin] + value[:_SHOWN] + "*" * (len(value) - _SHOWN) + match.string[end : match.end()]
