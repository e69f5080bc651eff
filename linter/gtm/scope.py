"""Where a tag fires: its firing triggers together, its blocking triggers subtracted, with the tags that run it."""

from collections.abc import Iterable, Sequence

from linter.gtm.conditions import cut
from linter.gtm.model import Container, Item, Scope
from linter.gtm.scope_blocks import Blocks
from linter.gtm.scope_events import listed
from linter.gtm.scope_reach import Reach
from linter.gtm.scope_texts import scope_text
from linter.gtm.scope_triggers import Triggers
from linter.page_kinds import in_order, kinds_of

MOST_REACHES = 24
MOST_RUNNERS = 30
MOST_LISTED = 50
RANKS = ("never", "unknown", "event", "pages-matching", "all-pages")
"""From narrow to wide. What is not known hides nothing that is: beside an event it is told, but the tag fires on the event."""


class Scopes:
    """The scopes of a container's tags, each worked out when first asked for."""

    def __init__(self, container: Container) -> None:
        self._triggers = Triggers(container)
        self._runners = _runners(container.tags)
        self._own: dict[str, list[Reach]] = {}
        self._scopes: dict[str, Scope] = {}

    def of(self, item: Item) -> Scope:
        """Where a tag fires; a zone works on all pages unless triggers say otherwise, a client on every request that it claims.

        Of anything else it is unknown: that is up to the tags that use it.
        """
        key = item.pointer or f"{item.entity} {item.index}"
        if key not in self._scopes:
            self._scopes[key] = self._scope(item)
        return self._scopes[key]

    def _scope(self, item: Item) -> Scope:
        if item.entity == "client":
            return Scope("all-pages", "on every request that it claims", sensitive=kinds_of(item.name))
        if item.entity not in ("tag", "zone"):
            return Scope("unknown", "wherever a tag uses it", sensitive=kinds_of(item.name))
        if item.entity == "zone" and not item.firing:
            return Scope("all-pages", "on all pages", sensitive=kinds_of(item.name))
        if item.paused:
            return Scope("never", "never: it is paused", sensitive=kinds_of(item.name))
        own = self._reaches(item)
        runners = self._running(item)
        # A tag that fires on all pages anyway fires on no more for being run by others.
        everywhere = bool(own) and own[0].where == "all-pages" and not own[0].exceptions
        told = _widest([*own, *(reach for runner in runners if not everywhere for reach in self._reaches(runner))])
        fires = [reach for reach in told if reach.where != "never"]
        if not fires and len(runners) == MOST_RUNNERS:
            return Scope("unknown", f"with {MOST_RUNNERS} or more tags that run it", sensitive=kinds_of(item.name))
        if not fires:
            return Scope("never", f"never: {_why_never(own, runners)}", sensitive=kinds_of(item.name))
        return _told(item, fires, _text([reach for reach in own if reach.where != "never"], runners, fires))

    def _reaches(self, tag: Item) -> list[Reach]:
        """When the triggers of a tag let it fire, widest first."""
        key = tag.pointer or str(tag.index)
        if key not in self._own:
            blocks = Blocks(tag.blocking, self._triggers)
            firing = [blocks.subtracted(id_, self._triggers.reach(id_)) for id_ in dict.fromkeys(tag.firing)]
            self._own[key] = _widest(firing)
        return self._own[key]

    def _running(self, item: Item) -> list[Item]:
        """The tags that run a tag as their setup or teardown tag, and those that run these; no paused ones."""
        found: dict[str, Item] = {}
        names = {item.name: None}
        waiting = [item.name]
        for name in waiting:
            for tag in self._runners.get(name, ()):
                if len(found) == MOST_RUNNERS:
                    return [*found.values()]
                if tag.pointer != item.pointer:
                    found[tag.pointer] = tag
                if tag.name not in names:
                    names[tag.name] = None
                    waiting.append(tag.name)
        return [*found.values()]


def _runners(tags: Iterable[Item]) -> dict[str, list[Item]]:
    """The tags that run others, by the names of those."""
    runners: dict[str, list[Item]] = {}
    for tag in tags:
        for name in dict.fromkeys((*tag.setup, *tag.teardown)):
            if name and not tag.paused:
                runners.setdefault(name, []).append(tag)
    return runners


def _widest(reaches: Iterable[Reach]) -> list[Reach]:
    """The widest first, each once, no more than can be told."""
    unique = list(dict.fromkeys(reaches))
    return sorted(unique, key=lambda reach: (-RANKS.index(reach.where), bool(reach.noun), len(reach.pages) + len(reach.others)))[
        :MOST_REACHES
    ]


def _why_never(own: Sequence[Reach], runners: Sequence[Item]) -> str:
    if own:
        return own[0].why
    return "it has no trigger, and the tags that run it never fire" if runners else "it has no trigger"


def _text(own: Sequence[Reach], runners: Sequence[Item], fires: Sequence[Reach]) -> str:
    """When a tag fires by its own triggers, and by which tags it is run."""
    if not runners:
        return scope_text(own)
    tags = f"the tag{'s' if len(runners) > 1 else ''} {listed([_quoted(tag) for tag in runners], most=4)}"
    if not own:
        return f"{scope_text(fires)}, run by {tags}"
    wider = f" ({scope_text(fires)})" if fires[0].where != own[0].where else ""
    return f"{scope_text(own)}, and with {tags}{wider}"


def _quoted(tag: Item) -> str:
    return f'"{cut(tag.name)}"'


def _told(item: Item, fires: Sequence[Reach], text: str) -> Scope:
    conditions = [words for reach in fires for words in reach.pages] + [words for reach in fires for words in reach.others]
    denied = frozenset().union(*(reach.denied for reach in fires))
    kinds = frozenset().union(*(reach.said | (reach.named - reach.denied) for reach in fires)) | (frozenset(kinds_of(item.name)) - denied)
    return Scope(
        fires[0].where, text, _unique(conditions),
        _unique(name for reach in fires for name in reach.events),
        _unique(words for reach in fires for words in reach.exceptions),
        in_order(kinds),
    )  # fmt: skip


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:MOST_LISTED]
