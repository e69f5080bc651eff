"""What PHP conditions say about the code behind them: that it never runs, or waits for consent."""

import re

from linter.evidence import State

_FALSE = re.compile(r"\(\s*(?:false|0|!\s*1|!\s*true|null|['\"]['\"])\s*(?:&&[^|]*)?\)", re.IGNORECASE)
CONSENT = re.compile(
    r"wp_has_consent|cmplz_(?:has_)?consent|has_consent|hasconsent|consent_?given|cookie_?consent|borlabscookie|cookies?_?accepted"
    r"|accept(?:ed)?_?cookies?"
    r"|cookie_?law|cookieyes|marketing_?consent|tracking_?consent|gdpr_?(?:consent|accept)|cn_cookies_accepted|has_user_consented",
    re.IGNORECASE,
)
"""Names of PHP conditions that ask whether a visitor agreed (WP Consent API, Complianz, Borlabs, Cookie Notice and plain cookies)."""


def condition_state(condition: str) -> State:
    """The state of what runs if `condition` (with its parentheses) is true."""
    if _FALSE.fullmatch(condition):
        return "dormant"
    return "consent-gated" if CONSENT.search(condition) else "active"
