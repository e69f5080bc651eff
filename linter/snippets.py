"""Matches -> snippets: what belongs together becomes one finding.

Loader, start call, page view and the noscript twin of one pasted snippet are one snippet; an event call far from it, a
second account, advanced matching and resource hints stand alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from linter.arguments import Account
from linter.matching import Match
from linter.text import Source

NEAR_LINES = 12
"""Event calls and scripts at most this many lines from a snippet belong to it."""
NEAR_CHARACTERS = 4000
"""The same for one-line (minified) files, in characters."""

MAX_CANDIDATES = 200
"""Snippets that a match is compared with, and matches of a snippet: in a file with thousands the farthest are left out."""

LOADERS = ("loader", "first-party-loader", "plugin-asset", "library-copy", "package")
_NOSCRIPT = ("noscript-image", "noscript-frame")
_CORE = (*LOADERS, "init", "amp")
_MEMBERS = (*_CORE, *_NOSCRIPT, "event-call", "consent-call", "beacon")
_PRIMARY = ("loader", "first-party-loader", "plugin-asset", "library-copy", "package", "amp", "init", "event-call", "beacon", *_NOSCRIPT, "consent-call")


class Snippet:
    """Matches of one vendor, in one state, that make one finding."""

    def __init__(self, match: Match) -> None:
        self.vendor = match.vendor
        self.matches: list[Match] = []
        self.account: Account | None = None
        self.units: set[tuple[int, int]] = set()
        self.add(match)

    def add(self, match: Match) -> None:
        """Takes a match in."""
        self.matches.append(match)
        if match.account and (self.account is None or (match.account.literal and not self.account.literal)):
            self.account = match.account
        self.units.add(match.evidence.unit)

    @property
    def kind(self) -> str:
        """The kind of the finding: `base-code` where a loader and a start call, event or noscript twin come together."""
        kinds = {match.kind for match in self.matches}
        if kinds & set(LOADERS) and kinds & {"init", "event-call", *_NOSCRIPT}:
            return "base-code"
        return self.primary.kind

    @property
    def primary(self) -> Match:
        """The match whose place is the finding's place."""
        return min(self.matches, key=lambda m: (_rank(m.kind), m.evidence.span))


def _rank(kind: str) -> int:
    return _PRIMARY.index(kind) if kind in _PRIMARY else len(_PRIMARY)


def group(matches: Iterable[Match], source: Source) -> list[Snippet]:
    """Snippets of all matches, each match in exactly one."""
    by_key: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in _without_repeats(matches):
        by_key[match.vendor, match.evidence.state].append(match)
    return [snippet for found in by_key.values() for snippet in _group_one(sorted(found, key=lambda m: m.evidence.span), source)]


def _without_repeats(matches: Iterable[Match]) -> list[Match]:
    """One match per vendor, kind and span: a text read twice on different ways gives one; live wins over parked."""
    best: dict[tuple[str, str, tuple[int, int]], Match] = {}
    order = ("active", "consent-gated", "dormant")
    for match in matches:
        key = (match.vendor, match.kind, match.evidence.span)
        if key not in best or order.index(match.evidence.state) < order.index(best[key].evidence.state):
            best[key] = match
    return list(best.values())


def _group_one(matches: Sequence[Match], source: Source) -> list[Snippet]:
    snippets: list[Snippet] = []
    later: list[Match] = []
    for match in matches:
        if match.kind in _CORE:
            _place(match, snippets, source)
        else:
            later.append(match)
    homes = snippets[:MAX_CANDIDATES]
    for match in later:
        home = _home(match, homes, source) if match.kind in _MEMBERS else None
        if home:
            home.add(match)
        else:
            _new(match, snippets)
    return sorted(snippets, key=lambda snippet: snippet.primary.evidence.span)


def _place(match: Match, snippets: list[Snippet], source: Source) -> None:
    for snippet in snippets[: -MAX_CANDIDATES - 1 : -1]:
        other_account = _differ(match.account, snippet.account) or _another_start(match, snippet)
        same_script = match.evidence.unit in snippet.units
        if other_account:
            continue
        same_account = match.account is not None and match.account == snippet.account
        if same_script or same_account or _near(match, snippet, source):
            snippet.add(match)
            return
    _new(match, snippets)


def _home(match: Match, snippets: Sequence[Snippet], source: Source) -> Snippet | None:
    """The snippet, of those with a loader or start call, that a call, image or consent call belongs to, if any."""
    for snippet in snippets:
        if _differ(match.account, snippet.account):
            continue
        if match.kind in _NOSCRIPT:
            return snippet
        if match.evidence.unit not in snippet.units and not _completes(match, snippet):
            continue
        if _near(match, snippet, source):
            return snippet
    return None


def _another_start(match: Match, snippet: Snippet) -> bool:
    """Whether a start call names its account by another expression than the start calls before it."""
    if match.kind != "init" or match.account is None or match.account.literal:
        return False
    others = [m.account for m in snippet.matches[-MAX_CANDIDATES:] if m.kind == "init" and m.account is not None]
    return bool(others) and not any(account.literal or account.text == match.account.text for account in others)


def _completes(match: Match, snippet: Snippet) -> bool:
    """Whether an event call in another script is what the snippet is for: a loader alone, then its one call."""
    inline = "handler" not in match.evidence.via
    return match.kind == "event-call" and inline and all(m.kind in LOADERS for m in snippet.matches[-MAX_CANDIDATES:])


def _differ(one: Account | None, other: Account | None) -> bool:
    """Whether two accounts are certainly not the same: both written out, and different."""
    return one is not None and other is not None and one.literal and other.literal and one.text != other.text


def _near(match: Match, snippet: Snippet, source: Source) -> bool:
    begin, end = match.evidence.span
    for other in snippet.matches[-MAX_CANDIDATES:]:
        first, last = other.evidence.span
        a, b = (last, begin) if begin >= last else (end, first)
        if b - a <= NEAR_CHARACTERS and source.place(b).line - source.place(a).line <= NEAR_LINES:
            return True
    return False


def _new(match: Match, snippets: list[Snippet]) -> None:
    snippets.append(Snippet(match))
