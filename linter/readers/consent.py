"""Which scripts and elements a consent manager, an optimiser or the type attribute parks, by their attributes.

Facts about consent managers' markup, read in their documentation: Cookiebot (data-cookieconsent), OneTrust
(optanon-category-*), Complianz (data-category with text/plain), Klaro (data-type + data-name), Termly
(data-categories), CookieYes (data-cookieyes), Osano (data-osano), iubenda (_iub_cs_activate), Usercentrics
(data-usercentrics), Borlabs, Real Cookie Banner, vanilla-cookieconsent (data-category).
"""

import re
from collections.abc import Mapping
from typing import Literal

Disposition = Literal["run", "gated", "data", "template", "parked", "nothing"]
"""What becomes of a script element: it runs, runs after consent, is JSON data, is a markup template, is parked by a type
that nothing known releases, or means nothing to a browser or to us."""

MAX_TYPE = 200
"""Characters of a type that are looked at."""
_JAVASCRIPT = re.compile(
    r"(?:(?:text|application)/(?:x-)?(?:java|ecma|j|live)script(?:1\.\d)?|module|text/jsx|text/babel|application/node|text/typescript"
    r"|text/partytown|(?:text/)?rocketlazyloadscript|pmdelayedscript|litespeed/javascript|wpmeteor/javascript|flying-script"
    r"|lazyload.*|text/lazyload|wphb-delay-type|bv_inline_delayed_js|perfmattersdelayedscript|nitropack|type/delayed.*"
    r"|[0-9a-f]{12,}-(?:text/javascript|module))(?:;.*)?",
    re.IGNORECASE,
)
"""Types that run: JavaScript's own, and those that optimisers put in its place and release without consent (WP Rocket, LiteSpeed,
Perfmatters, Rocket Loader, Partytown)."""
_DATA = re.compile(r"application/(?:[\w.\-]+\+)?json|importmap|speculationrules|text/json", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"text/(?:x-)?(?:html|template|handlebars.*|mustache|ng-template|x-jquery-tmpl|jquery-tmpl|underscore.*|tmpl|ractive|x-twig)"
    r"|x-tmpl.*|text/x-.*templ.*",
    re.IGNORECASE,
)
_PARKED = re.compile(r"text/plain|text/x-.*|opt-in|text/tagname|.*blocked.*|.*consent.*", re.IGNORECASE)

_GATE_ATTRIBUTES = frozenset(
    "data-cookieconsent data-cookieyes data-cookiefirst-category data-cookie-consent data-cookiecategory data-cookie-category "
    "data-categories data-osano data-usercentrics data-uc-src data-consent data-consent-category data-cmp-vendor data-cmp-src "
    "data-cmp-ab data-cmp-purpose data-borlabs-script-blocker-id data-borlabs-cookie-script-blocker-id consent-required "
    "consent-original-src-_ data-cookieblock-src data-suppressedsrc data-cookie-script data-cookiescript data-ccm-injected "
    "data-ketch-id data-iub-purposes data-tracking-consent data-gdpr-src data-hu-category data-cli-category data-cli-src "
    "data-termly-src data-tarteaucitron data-consent-src data-cmplz-src data-category data-service data-axeptio "
    "data-didomi-purposes data-requires-consent data-privacy-src".split()
)
_GATE_CLASS = re.compile(
    r"optanon-category-|ot-vscat|_iub_cs_activate|cmplz-|cookieconsent|cc-onconsent|iub_cs|BorlabsCookie|rcb-|cky-consent|js-cookie-consent",
    re.IGNORECASE,
)
_GATE_RUNNING = frozenset("data-cookieyes data-osano data-borlabs-script-blocker-id data-cmp-vendor data-cmp-src consent-required".split())
"""Attributes by which a consent manager holds back a script whose type would run; others need a parked type beside them."""
_ALONE = frozenset("data-category data-service data-consent data-categories data-name data-type".split())
"""Attributes that gate only together with a parked type: alone they are anybody's."""
_TYPE_GATED = _ALONE | {"data-src", "data-purposes", "data-vendor"}


def script_disposition(attributes: Mapping[str, str]) -> Disposition:
    """What becomes of a script element with these attributes (names in lower case)."""
    kind = attributes.get("type", "").strip()[:MAX_TYPE]
    if not kind or _JAVASCRIPT.fullmatch(kind):
        return "gated" if _GATE_RUNNING & attributes.keys() and gated(attributes) else "run"
    marked = gated(attributes)
    if _DATA.fullmatch(kind):
        return "data"
    if _TEMPLATE.fullmatch(kind):
        return "template"
    if marked or _TYPE_GATED & attributes.keys() or "src" in attributes or "class" in attributes or "id" in attributes:
        return "gated"
    return "parked" if _PARKED.fullmatch(kind) else "nothing"


def gated(attributes: Mapping[str, str]) -> bool:
    """Whether a consent manager's attributes or classes stand on an element.

    Cookiebot's `data-cookieconsent="ignore"` and CookieYes' `necessary` release an element at once.
    """
    released = {"ignore", "necessary", "essential", "strictly-necessary", "cookieyes-necessary", "functional", "required"}
    for name, value in attributes.items():
        if name in _GATE_ATTRIBUTES and name not in _ALONE and value.strip().lower() not in released:
            return True
    return _GATE_CLASS.search(attributes.get("class", "")) is not None
