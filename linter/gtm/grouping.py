"""Matches in containers: those of one vendor in one tag make one finding, and personal data that is handed over another."""

from collections.abc import Iterable

from linter.arguments import Account
from linter.evidence import State
from linter.gtm.places import ContainerPlace, Places
from linter.gtm.values import Values
from linter.matching import Match
from linter.snippets import Snippet

_ORDER: tuple[State, ...] = ("active", "consent-gated", "dormant")
_SLIGHT = frozenset({"hint", "trace", "consent-call", "consent-service", "widget"})
"""Kinds that stay what they are in a tag that has nothing else of the vendor."""
_KIND_OF = {
    "tag": "gtm-tag",
    "zone": "gtm-tag",
    "client": "gtm-client",
    "transformation": "gtm-client",
    "variable": "gtm-variable",
    "template": "gtm-template",
}
PERSONAL = "advanced-matching"


class InContainer(Snippet):
    """The matches of one vendor in one thing of a container."""

    def __init__(self, match: Match, place: ContainerPlace, values: Values) -> None:
        self.place = place
        self.values = values
        super().__init__(match)

    @property
    def kind(self) -> str:
        """The kind of the finding: by what the thing is, unless nothing but a hint or a consent call is in it."""
        kinds = {match.kind for match in self.matches}
        if PERSONAL in kinds or "library-copy" in kinds:
            return PERSONAL if PERSONAL in kinds else "library-copy"
        return self.primary.kind if kinds <= _SLIGHT else _KIND_OF[self.place.entity]


def group_in_containers(matches: Iterable[Match], places: Places) -> tuple[list[InContainer], list[Match]]:
    """The snippets of matches that lie in containers, and the matches that lie outside. Dormant code beside live code is left out."""
    groups: dict[tuple[int, str, bool], list[tuple[Match, ContainerPlace, Values]]] = {}
    outside: list[Match] = []
    for match in matches:
        found = places.find(match.evidence.span[0])
        if found is None or match.kind == "gtm-broken":
            outside.append(match)
        else:
            groups.setdefault((id(found[0]), match.vendor, match.kind == PERSONAL), []).append((match, *found))
    return [_snippet(rows) for rows in groups.values()], outside


def _snippet(rows: list[tuple[Match, ContainerPlace, Values]]) -> InContainer:
    state = min((match.evidence.state for match, _, _ in rows), key=_ORDER.index)
    live = [row for row in rows if row[0].evidence.state == state]
    serious = [row for row in live if row[0].kind not in _SLIGHT] or live
    first, place, values = serious[0]
    snippet = InContainer(first, place, values)
    for match, _, _ in serious[1:]:
        snippet.add(match)
    snippet.account = _account(snippet.account, place, values)
    return snippet


def _account(account: Account | None, place: ContainerPlace, values: Values) -> Account | None:
    """The account with its variables looked up; None where only the code of a template says how it comes about."""
    if account is None or account.literal:
        return account
    if "{{" not in account.text and (place.entity == "template" or place.type.startswith("cvt_")):
        return None
    told = values.told(account.text)
    return Account(told, told != account.text)
