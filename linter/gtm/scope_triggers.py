"""When the triggers of a container come true, each worked out once."""

import re
from collections.abc import Iterable

from linter.gtm.conditions import Judged, contradict, cut, judge
from linter.gtm.model import Container, Trigger
from linter.gtm.scope_events import BUILT_IN, REQUESTS, plain_type
from linter.gtm.scope_reach import Reach, conditional_on_more, group_signals, named, of_named_event, of_type, together
from linter.gtm.scope_variables import Variables
from linter.page_kinds import kinds_of

MOST_MEMBERS = 100
MOST_CONDITIONS = 50


class Triggers:
    """What the triggers of a container stand for, each worked out once."""

    def __init__(self, container: Container) -> None:
        self._triggers = container.triggers
        self._by_name = {trigger.name: trigger for trigger in container.triggers.values() if trigger.name}
        self._server = container.context == "server"
        self._variables = Variables(container)
        self._known: dict[str, Reach] = {}

    def reach(self, id_: str) -> Reach:
        """When the trigger of an id comes true; `unknown` where the container has none of that id."""
        if id_ not in self._known:
            self._known[id_] = self._reach(id_)
        return self._known[id_]

    def _find(self, id_: str) -> Trigger | None:
        found = self._triggers.get(id_) or self._by_name.get(id_)
        return found or (Trigger(id_, *BUILT_IN[id_]) if id_ in BUILT_IN else None)

    def _reach(self, id_: str) -> Reach:
        trigger = self._find(id_)
        if trigger is None:
            return Reach("unknown", why=f"on a trigger that is not in this file (id {cut(id_)})", signals=None)
        if plain_type(trigger.type) != "TRIGGERGROUP":
            return self._single(trigger)
        trigger = trigger._replace(id=id_)
        leaves = self._leaves(trigger)
        own = trigger._replace(type="TRIGGERGROUP")
        if not leaves:
            return Reach("unknown", why=f"on {named(trigger)}, a group that names no triggers", signals=group_signals(trigger))
        return together(trigger, [self._single(own), *map(self.reach, leaves)])

    def _leaves(self, group: Trigger) -> list[str]:
        """The triggers of a group that are no groups themselves, each once; groups in groups are gone into, in circles, too."""
        leaves: list[str] = []
        seen, waiting = {group.id}, list(group.members[:MOST_MEMBERS])
        for id_ in waiting:
            if id_ in seen or len(seen) > MOST_MEMBERS:
                continue
            seen.add(id_)
            inner = self._find(id_)
            if inner and plain_type(inner.type) == "TRIGGERGROUP":
                waiting.extend(inner.members[:MOST_MEMBERS])
            else:
                leaves.append(id_)
        return leaves

    def _single(self, trigger: Trigger) -> Reach:
        asked = (*trigger.events, *trigger.filters)
        judged = [judge(condition, self._variables) for condition in asked[:MOST_CONDITIONS]]
        false = next((one for one in judged if one.holds is False), None)
        if false or contradict(judged):
            reason = f"it asks that {false.words}" if false else "its conditions exclude one another"
            return Reach("never", why=f"{named(trigger)} cannot come true ({reason})")
        left = [one for one in judged if one.holds is None]
        kind = plain_type(trigger.type)
        any_event = len(trigger.events) > 0 or any(one.subject.kind == "event" for one in judged)
        if kind in ("CUSTOMEVENT", "ALWAYS") or (not kind and any_event):
            reach = of_named_event(left, kind, any_event, REQUESTS if self._server else "every event")
        else:
            reach = of_type(left, kind, trigger)
        if len(asked) > MOST_CONDITIONS:
            reach = conditional_on_more(reach, len(asked) - MOST_CONDITIONS)
        return _speaking(reach, trigger.name, left)._replace(label=named(trigger).replace("its", "the", 1))


def _speaking(reach: Reach, name: str, left: Iterable[Judged]) -> Reach:
    """With the page kinds that the trigger's name and conditions speak of. A kind that they exclude is not spoken of by a name."""
    said: set[str] = set()
    denied: set[str] = set()
    for one in left:
        # `\b` and `\d` are no words; what a look-ahead forbids is excluded.
        text = re.sub(r"\\[A-Za-z]", " ", one.value) if one.condition.operator == "matchregex" else one.value
        excludes = one.condition.negate is not (one.condition.operator == "matchregex" and "(?!" in text)
        (denied if excludes else said).update(kinds_of(f"{one.subject.words} {text}"))
    return reach._replace(said=frozenset(said), denied=frozenset(denied - said), named=frozenset(kinds_of(name)))
