"""What conditions in PHP and JavaScript say about the code behind them: that it never runs, or waits for consent."""

import re
from typing import Literal

from linter.evidence import State

Answer = Literal["yes", "no", ""]
"""Whether a condition is true with consent, true without it, or asks for something else."""

_FALSE = re.compile(r"\(\s*(?:false|0|!\s*1|!\s*true|null|['\"]['\"])\s*(?:&&[^|]*)?\)", re.IGNORECASE)
CONSENT = re.compile(
    r"wp_has_consent|cmplz_(?:has_)?consent|has_consent|hasconsent|consent_?given|cookie[_-]?consent|borlabscookie|cookies?[_-]?(?:accepted|allowed|notice)"
    r"|(?:accept|allow)(?:ed)?[_-]?cookies?"
    r"|cookie[_-]?law|cookieyes|(?:marketing|tracking|analytics|statistics)[_-]?(?:consent|allowed|accepted)|gdpr[_-]?(?:consent|accept)|cn_cookies_accepted"
    r"|has_user_consented|lgpd[_-]?(?:consent|aceit)",
    re.IGNORECASE,
)
"""Names of PHP conditions that ask whether a visitor agreed (WP Consent API, Complianz, Borlabs, Cookie Notice and plain cookies)."""
_COMPARED = re.compile(
    r"(!==?|===?)\s*(?:([\"'])(?:true|1|yes|all|granted|accept\w*|allow\w*|agreed)\2|true\b|1\b)"
    r"|(!==?|===?)\s*(?:([\"'])(?:false|0|no|none|denied|declin\w+|reject\w+|refus\w+|essential|necessary)\4|false\b|0\b|null\b|undefined\b)",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\(*\s*(?:!(?!=)|not\b|empty\s*\()", re.IGNORECASE)


def answer(condition: str, words: re.Pattern[str]) -> Answer:
    """What a condition asks, where `words` are the names that asking for consent goes by."""
    if not words.search(condition):
        return ""
    yes = _EMPTY.match(condition) is None or "||" in condition or "&&" in condition
    compared = _COMPARED.search(condition)
    if compared is not None:
        equal = (compared[1] or compared[3]).startswith("=")
        yes = yes == (equal == (compared[1] is not None))
    return "yes" if yes else "no"


def condition_state(condition: str) -> State:
    """The state of what runs if `condition` (with its parentheses) is true."""
    if _FALSE.fullmatch(condition):
        return "dormant"
    return "consent-gated" if answer(condition, CONSENT) == "yes" else "active"


def refused_state(condition: str) -> State:
    """The state of what runs if `condition` is false: of an else branch, or behind `if (...) return`."""
    return "consent-gated" if answer(condition, CONSENT) == "no" else "active"
