"""Blocking triggers: what they take away from when a tag fires.

A blocking trigger works only on an event on which the tag would fire: one on page views does nothing to a tag that fires when the
page has loaded (Simo Ahava, "Block Your Tags With Trigger Exceptions").
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from linter.gtm.scope_reach import Reach
from linter.gtm.scope_texts import exception_text
from linter.gtm.scope_triggers import Triggers

MOST_TOLD = 12
"""So many blocking triggers with conditions are compared with each firing trigger, and told."""
ANY = "*"


class _Effect(NamedTuple):
    """What blocking triggers do on certain events: the one that stops all, those that look at each of these events, the exceptions
    in words, and the page kinds that are left and that are excluded."""

    stops: Reach | None
    covering: tuple[Reach, ...]
    texts: tuple[str, ...]
    said: frozenset[str]
    denied: frozenset[str]


class Blocks:
    """The blocking triggers of one tag, by the events that they stop."""

    def __init__(self, ids: Sequence[str], triggers: Triggers) -> None:
        self._ids = frozenset(ids)
        self._whole: dict[str, Reach] = {}
        self._partly: dict[str, list[Reach]] = {}
        self._anywhere: list[Reach] = []
        self._known: dict[frozenset[str] | None, _Effect] = {}
        for reach in map(triggers.reach, dict.fromkeys(ids)):
            if reach.where != "never":
                self._add(reach)

    def _add(self, reach: Reach) -> None:
        if not reach.every and (reach.signals is None or (reach.where == "unknown" and reach.why)):
            self._anywhere.append(reach)
            return
        for signal in (ANY,) if reach.every else reach.signals or ():
            if reach.conditions:
                self._partly.setdefault(signal, []).append(reach)
            else:
                self._whole.setdefault(signal, reach)

    def subtracted(self, id_: str, reach: Reach) -> Reach:
        """What is left of a firing trigger: itself with its exceptions, or `never`."""
        if not self._ids or reach.where == "never":
            return reach
        if id_ in self._ids:
            return Reach("never", why=f"{reach.label or 'its trigger'} both fires and blocks it")
        if reach.signals not in self._known:
            self._known[reach.signals] = self._on(reach)
        effect = self._known[reach.signals]
        if effect.stops:
            return Reach("never", why=f"{effect.stops.label} blocks it wherever it would fire")
        for one in effect.covering:
            if one.conditions <= reach.conditions:
                return Reach("never", why=f"{one.label} blocks it wherever it would fire")
        said = reach.said | effect.said
        return reach._replace(said=said, denied=(reach.denied | effect.denied) - said, exceptions=effect.texts)

    def _on(self, reach: Reach) -> _Effect:
        """What the blocking triggers do to all firing triggers that wait for the same events."""
        blocks = [*islice(self._met(reach), MOST_TOLD + 1)]
        texts = dict.fromkeys(exception_text(block, _covers(block, reach)) for block in blocks[:MOST_TOLD])
        more = ("in further cases",) if len(blocks) > MOST_TOLD else ()
        return _Effect(
            self._stopped(reach), tuple(block for block in blocks if _covers(block, reach)), (*texts, *more),
            frozenset().union(*(block.denied for block in blocks)), frozenset().union(*(block.said | block.named for block in blocks)),
        )  # fmt: skip

    def _stopped(self, reach: Reach) -> Reach | None:
        """The blocking trigger that leaves nothing of a firing one, without looking at conditions."""
        if ANY in self._whole or not reach.signals:
            return self._whole.get(ANY)
        stops = [self._whole.get(signal) for signal in sorted(reach.signals)]
        return stops[0] if all(stops) else None

    def _met(self, reach: Reach) -> Iterator[Reach]:
        """The other blocking triggers that may work on an event of a firing one, each once."""
        signals = sorted(self._partly.keys() | self._whole.keys()) if reach.signals is None else sorted(reach.signals)
        seen: set[int] = set()
        for signal in dict.fromkeys((ANY, *signals)):
            for one in (*self._partly.get(signal, ()), *([self._whole[signal]] if signal in self._whole else ())):
                if id(one) not in seen:
                    seen.add(id(one))
                    yield one
        yield from self._anywhere


def _covers(block: Reach, reach: Reach) -> bool:
    """Whether a blocking trigger looks at every event of a firing one."""
    return block.every or bool(block.signals and reach.signals and reach.signals <= block.signals)
