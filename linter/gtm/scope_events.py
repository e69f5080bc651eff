"""What happens when a trigger of a type comes true: the event's signal inside Tag Manager and its name in plain words."""

from collections.abc import Iterable, Sequence

from linter.gtm.conditions import cut

SIGNALS = {
    "PAGEVIEW": "gtm.js", "DOMREADY": "gtm.dom", "WINDOWLOADED": "gtm.load", "INIT": "gtm.init", "CONSENTINIT": "gtm.init_consent",
    "HISTORYCHANGE": "gtm.historychange", "CLICK": "gtm.click", "LINKCLICK": "gtm.linkclick", "FORMSUBMISSION": "gtm.formsubmit",
    "TIMER": "gtm.timer", "SCROLLDEPTH": "gtm.scrolldepth", "ELEMENTVISIBILITY": "gtm.elementvisibility", "YOUTUBEVIDEO": "gtm.video",
    "JSERROR": "gtm.pageerror", "TRIGGERGROUP": "gtm.triggergroup",
}  # fmt: skip
"""The event that Tag Manager itself sends for a type, in lower case. Other types have `type:<TYPE>`."""

PAGE_TYPES = {"PAGEVIEW", "DOMREADY", "WINDOWLOADED", "INIT", "CONSENTINIT", "HISTORYCHANGE", "SERVERPAGEVIEW", "ALWAYS"}
"""Types that come true on every page. Of all others nothing happens before the visitor or the page does something."""

PAGE_SIGNALS = frozenset(("gtm.js", "gtm.dom", "gtm.load", "gtm.init", "gtm.init_consent"))
HISTORY = "every change of the address without a new page"
REQUESTS = "every request that a client of the server container claims"

BUILT_IN = {
    "2147479553": ("All Pages", "PAGEVIEW"),
    "2147479572": ("Consent Initialization - All Pages", "CONSENTINIT"),
    "2147479573": ("Initialization - All Pages", "INIT"),
    "2147479574": ("All Pages", "ALWAYS"),
}
"""Names and types of triggers that every container has and none lists."""

_ALIASES = {
    "FORMSUBMIT": "FORMSUBMISSION",
    "PAGEVIEWS": "PAGEVIEW",
    "WINDOWLOAD": "WINDOWLOADED",
    "SCROLL": "SCROLLDEPTH",
    "YOUTUBE": "YOUTUBEVIDEO",
}

_NOUNS = {
    "HISTORYCHANGE": HISTORY,
    "CLICK": "a click",
    "LINKCLICK": "a click on a link",
    "FORMSUBMISSION": "a form being sent",
    "TIMER": "a timer running out",
    "SCROLLDEPTH": "scrolling",
    "ELEMENTVISIBILITY": "an element coming into view",
    "YOUTUBEVIDEO": "a YouTube video being watched",
    "JSERROR": "a script error",
    "TRIGGERGROUP": "several triggers together",
    "AMPCLICK": "a click",
    "AMPTIMER": "a timer running out",
    "AMPSCROLL": "scrolling",
    "AMPVISIBILITY": "an element coming into view",
    "FIREBASEAPPEXCEPTION": "an error of the app",
    "FIREBASEAPPUPDATE": "an update of the app",
    "FIREBASECAMPAIGN": "the app being opened from a campaign",
    "FIREBASEFIRSTOPEN": "the first opening of the app",
    "FIREBASEINAPPPURCHASE": "a purchase in the app",
    "FIREBASENOTIFICATIONDISMISS": "a notification being dismissed",
    "FIREBASENOTIFICATIONFOREGROUND": "a notification arriving in the open app",
    "FIREBASENOTIFICATIONOPEN": "a notification being opened",
    "FIREBASENOTIFICATIONRECEIVE": "a notification arriving",
    "FIREBASEOSUPDATE": "an update of the phone's system",
    "FIREBASESESSIONSTART": "the app being opened",
    "FIREBASEUSERENGAGEMENT": "the app being used",
}
_BY_SIGNAL = {signal: _NOUNS[kind] for kind, signal in SIGNALS.items() if kind in _NOUNS}
MOST_NAMED = 6


def plain_type(written: str) -> str:
    """A trigger's type as the tables have it."""
    kind = written.upper().replace("_", "").replace("-", "").replace(" ", "")
    return _ALIASES.get(kind, kind)


def signal_of(kind: str) -> str:
    """The event that a trigger type waits for."""
    return SIGNALS.get(kind, f"type:{kind}")


def signal_named(event: str) -> str:
    """An event's name, so that it can be compared with `signal_of`."""
    return event.lower().removesuffix("-v2") if event.lower().startswith("gtm.") else event


def noun_of(kind: str) -> str:
    """What happens, for `on ...`; "" of the types that come true on every page."""
    return "" if kind in PAGE_TYPES and kind != "HISTORYCHANGE" else _NOUNS.get(kind, "")


def noun_of_events(names: Sequence[str]) -> str:
    """`the event "lead"`, `the events "a" and "b"`; Tag Manager's own events by what they are."""
    known = [_BY_SIGNAL[signal_named(name)] for name in names if signal_named(name) in _BY_SIGNAL]
    others = [f'"{cut(name)}"' for name in names if signal_named(name) not in _BY_SIGNAL]
    nouns = [f"the event{'s' if len(others) > 1 else ''} {listed(others)}"] if others else []
    return listed([*nouns, *known])


def listed(texts: Iterable[str], word: str = "and", others: str = "{} others", most: int = MOST_NAMED) -> str:
    """`a, b and c`; of more than `most` the first, and how many others."""
    texts = list(dict.fromkeys(texts))
    if len(texts) > most:
        texts = [*texts[: most - 1], others.format(len(texts) - most + 1)]
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}" if len(texts) > 1 else "".join(texts)
