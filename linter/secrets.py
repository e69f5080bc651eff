"""Access tokens in source text are never shown in full: reports show where they are and how they begin."""

import re
from functools import lru_cache

_SHOWN = 6
_NAME = (
    r"(?:access|api|app|auth|bearer|capi|client|conversions?|dataset|developer|events?|facebook|fb|graph|linkedin|meta|page|pinterest|pixel|reddit"
    r"|server|snap(?:chat)?|system[_-]?user|tiktok|tt|tt4b|user|x)[_-]?(?:api[_-]?|access[_-]?)?(?:token|secret)"
)
"""Names under which the vendors' tokens are kept; other vendors' tokens than Meta's are told by them alone."""
_EXPRESSION = (
    r"(?!process\.|import\.|os\.|env[.(]|ENV\b|config|settings|options|this\.|self\.|secrets\.|\$|[A-Za-z_][\w.]{0,80}[(\[]|[A-Z][A-Z_]{0,80}\b)"
    r"(?=[A-Za-z_\-.|]{0,200}\d)"
)
"""The value is no name of something that gives the token when the site runs."""
_MARK = r"\\?[\"']"
_VALUE = r"[A-Za-z0-9_\-.|]{16,}"
_TOKEN = re.compile(
    r"EAA[A-Za-z0-9]{16,}"
    rf"|(?i:{_NAME})(?:\\?[\"'\]]){{0,2}}\s{{0,3}}(?:=>|[=:,]|{_MARK},\s{{0,40}}{_MARK}value{_MARK}\s{{0,3}}:)\s{{0,3}}(?:{_MARK})?"
    rf"{_EXPRESSION}(?P<value>{_VALUE})"
    rf"|{_MARK}value{_MARK}\s{{0,3}}:\s{{0,3}}{_MARK}(?P<before>{_VALUE}){_MARK}\s{{0,3}},\s{{0,40}}{_MARK}(?:key|name){_MARK}\s{{0,3}}:"
    rf"\s{{0,3}}{_MARK}(?i:{_NAME}){_MARK}"
    rf"|(?i:\bbearer)\s{{1,3}}{_EXPRESSION}(?P<bearer>[A-Za-z0-9_\-.=|~+/]{{16,}})"
    r"|\bpina_[A-Za-z0-9]{16,}"
)
"""Meta's tokens begin with EAA, Pinterest's with pina_; others are told by the name beside them, or by `Bearer` before them."""
_WORDS = ("token", "secret", "bearer", "eaa", "pina_")
_PARTS = ("value", "before", "bearer")


@lru_cache(maxsize=32)
def mask(text: str) -> str:
    """`text` with tokens made stars after their first characters; the length stays, so that carets stay right."""
    if not holds_token(text):
        return text
    return _TOKEN.sub(_masked, text)


def holds_token(text: str) -> bool:
    """Whether an access token is written out in `text`. The expression is asked only where a word stands that it cannot do without."""
    lower = text.lower()
    return any(word in lower for word in _WORDS) and _TOKEN.search(text) is not None


def _masked(match: re.Match[str]) -> str:
    begin, end = next((match.span(part) for part in _PARTS if match[part]), match.span())
    value = match.string[begin:end]
    return match.string[match.start() : begin] + value[:_SHOWN] + "*" * (len(value) - _SHOWN) + match.string[end : match.end()]
