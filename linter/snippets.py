"""Matches -> snippets: what belongs together becomes one finding.

Loader, start call, page view and the noscript twin of one pasted snippet are one snippet; an event call far from it, a
second account, advanced matching and resource hints stand alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from linter.arguments import Account, last_name
from linter.evidence import Call, Setting, Span, Url
from linter.matching import Match
from linter.text import Source

_PLUGIN = re.compile(r"/(?:plugins|modules|mu-plugins)/([^/?#]+)/")
NEAR_LINES = 12
"""Event calls and scripts at most this many lines from a snippet belong to it."""
NEAR_CHARACTERS = 4000
"""The same for one-line (minified) files, in characters."""

MAX_CANDIDATES = 40
"""Snippets that a match is compared with, and matches of a snippet: in a file with thousands the farthest are left out."""

LOADERS = ("loader", "first-party-loader", "plugin-asset", "library-copy", "package")
_NOSCRIPT = ("noscript-image", "noscript-frame")
_ALONE = frozenset({"amp", "plugin"})
"""Kinds whose matches are a finding each."""
_IN_BLOCK = ("csp", "trace")
"""Kinds of which all matches in one block, a policy or a notice, are one finding."""
_CORE = (*LOADERS, "init", "amp", "setting", "plugin", "dependency")
_MEMBERS = (*_CORE, *_NOSCRIPT, "event-call", "consent-call", "beacon")
_PRIMARY = (*LOADERS, "amp", "init", "plugin", "setting", "dependency", "event-call", "beacon", *_NOSCRIPT, "consent-call")
"""Where a finding of several matches is placed: at the first of these kinds that it has."""


class Snippet:
    """Matches of one vendor, in one state, that make one finding."""

    def __init__(self, match: Match) -> None:
        self.vendor = match.vendor
        self.matches: list[Match] = []
        self.primary = match
        """The match whose place is the finding's place."""
        self.account: Account | None = None
        self.units: set[tuple[int, int]] = set()
        self.add(match)

    def add(self, match: Match) -> None:
        """Takes a match in."""
        self.matches.append(match)
        if _order(match) < _order(self.primary):
            self.primary = match
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


def _rank(kind: str) -> int:
    return _PRIMARY.index(kind) if kind in _PRIMARY else len(_PRIMARY)


def _order(match: Match) -> tuple[int, bool, Span]:
    return _rank(match.kind), match.kind == "widget" and not isinstance(match.evidence, Url), match.evidence.span


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
    for match in sorted(matches, key=lambda match: match.kind == "setting"):
        if match.kind in _CORE:
            _place(match, snippets, source)
        else:
            later.append(match)
    homes = [snippet for snippet in snippets if snippet.kind != "plugin"][:MAX_CANDIDATES]
    in_block: dict[tuple[str, Span], Snippet] = {}
    for match in later:
        home = _home(match, homes, source) if match.kind in _MEMBERS else None
        if match.kind in _IN_BLOCK:
            home = in_block.get((match.kind, match.evidence.block))
        elif match.kind == "proxy":
            near = (one for one in snippets[: -MAX_CANDIDATES - 1 : -1] if one.primary.kind == "proxy" and _near(match, one, source))
            home = next(near, None)
        if home:
            home.add(match)
        else:
            _new(match, snippets)
            if match.kind in _IN_BLOCK:
                in_block[match.kind, match.evidence.block] = snippets[-1]
    return sorted(_join_widgets(snippets, source), key=lambda snippet: snippet.primary.evidence.span)


def _join_widgets(snippets: Sequence[Snippet], source: Source) -> list[Snippet]:
    """The snippets, those with only a call that makes a widget joined to the widget's loader near it, one call to each."""
    widgets = [snippet for snippet in snippets if snippet.primary.kind == "widget"]
    open_loaders = [snippet for snippet in widgets if isinstance(snippet.primary.evidence, Url)]
    joined: set[int] = set()
    for call in widgets if open_loaders else ():
        if not isinstance(call.primary.evidence, Call):
            continue
        for loader in open_loaders[:MAX_CANDIDATES]:
            if _near(call.primary, loader, source) and not _differ(call.account, loader.account):
                loader.add(call.primary)
                open_loaders.remove(loader)
                joined.add(id(call))
                break
    return [snippet for snippet in snippets if id(snippet) not in joined]


def _place(match: Match, snippets: list[Snippet], source: Source) -> None:
    given = next((snippet for snippet in snippets[: -MAX_CANDIDATES - 1 : -1] if _gives(match, snippet)), None)
    if given is not None:
        given.add(match)
        return
    for snippet in snippets[: -MAX_CANDIDATES - 1 : -1]:
        other_account = _differ(match.account, snippet.account) or _another_start(match, snippet)
        same_script = match.evidence.unit in snippet.units
        if other_account or _ALONE & {match.kind, snippet.primary.kind}:
            continue
        same_account = match.account is not None and match.account == snippet.account
        if same_script or same_account or _same_plugin(match, snippet) or _near(match, snippet, source):
            snippet.add(match)
            return
    _new(match, snippets)


def _gives(match: Match, snippet: Snippet) -> bool:
    """Whether a setting gives the account of a snippet: it is the same, or the snippet names it by the setting's name."""
    if not isinstance(match.evidence, Setting) or snippet.account is None:
        return False
    if snippet.account.literal:
        return match.account == snippet.account
    return match.evidence.keys[-1] == last_name(snippet.account.text)


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
    """Whether an event call in another script is what the snippet still lacks: loader, perhaps a start call, then the first event."""
    inline = "handler" not in match.evidence.via
    return match.kind == "event-call" and inline and all(m.kind != "event-call" for m in snippet.matches[-MAX_CANDIDATES:])


def _same_plugin(match: Match, snippet: Snippet) -> bool:
    """Whether a script comes from the plugin folder that a script of the snippet comes from."""
    plugin = _plugin(match)
    return plugin != "" and any(_plugin(other) == plugin for other in snippet.matches[-MAX_CANDIDATES:])


def _plugin(match: Match) -> str:
    found = _PLUGIN.search(match.evidence.url) if match.kind == "plugin-asset" and isinstance(match.evidence, Url) else None
    return found[1] if found is not None else ""


def _differ(one: Account | None, other: Account | None) -> bool:
    """Whether two accounts are certainly not the same: both written out, and different."""
    return one is not None and other is not None and one.literal and other.literal and one.text != other.text


def _near(match: Match, snippet: Snippet, source: Source) -> bool:
    begin, end = match.evidence.span
    for other in snippet.matches[-MAX_CANDIDATES:]:
        first, last = other.evidence.span
        a, b = (last, begin) if begin >= last else (end, first)
        if b - a <= NEAR_CHARACTERS and source.line_number(b) - source.line_number(a) <= NEAR_LINES:
            return True
    return False


def _new(match: Match, snippets: list[Snippet]) -> None:
    snippets.append(Snippet(match))
