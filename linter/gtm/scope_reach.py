"""When something comes true: the event it waits for, and its conditions."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from linter.gtm.conditions import Judged, cut
from linter.gtm.model import Condition, Trigger
from linter.gtm.scope_events import PAGE_SIGNALS, PAGE_TYPES, noun_of, noun_of_events, plain_type, signal_named, signal_of

Where = Literal["never", "unknown", "event", "pages-matching", "all-pages"]


class Reach(NamedTuple):
    """When one trigger comes true. `pages` and `others` are its conditions in plain words, `events` the events' names.

    `noun` is what happens, for `on ...`; "" on a page view. `why` says why it never does, or why it cannot be told; `label` is the
    trigger in a sentence. `signals` are the events it waits for; None where they cannot be listed, `every` where it waits for any.
    `conditions` are those that decide besides the event. `said` are the page kinds that its conditions speak of, `denied` those
    that they exclude, `named` those of its name. `exceptions` complete `except ...`.
    """

    where: Where
    pages: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    noun: str = ""
    why: str = ""
    signals: frozenset[str] | None = frozenset()
    every: bool = False
    conditions: frozenset[Condition] = frozenset()
    said: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    exceptions: tuple[str, ...] = ()
    label: str = ""


def signals_of(trigger: Trigger) -> frozenset[str]:
    """The event that a trigger's type waits for."""
    return frozenset((signal_of(plain_type(trigger.type)),))


def group_signals(trigger: Trigger) -> frozenset[str]:
    """The event that a trigger group is: its own, on which only itself as a blocking trigger works."""
    return frozenset((f"group:{trigger.id}",))


def named(trigger: Trigger) -> str:
    """A trigger of a tag in a sentence."""
    return f'its trigger "{cut(trigger.name)}"' if trigger.name else "its trigger"


def of_named_event(left: Sequence[Judged], kind: str, any_event: bool, every: str) -> Reach:
    """A trigger on events by name: `CUSTOMEVENT`, and `ALWAYS`, which takes every one that its conditions let pass."""
    asked = [one for one in left if one.subject.kind == "event"]
    reach = _conditional([one for one in left if one.subject.kind != "event"])
    if not asked and (kind == "ALWAYS" or any_event):
        where: Where = "event" if kind != "ALWAYS" and reach.where == "unknown" else reach.where
        return reach._replace(where=where, noun=every if kind == "ALWAYS" else "every event", signals=None, every=True)
    names = _names(asked)
    if names is None:
        texts = tuple(map(_pattern, asked))
        return reach._replace(where="event", events=texts, noun=" and ".join(texts) or "an event whose name is missing", signals=None)
    return _on_events(reach, names)


def _on_events(reach: Reach, names: Sequence[str]) -> Reach:
    """A reach on the events of these names. Tag Manager's own events of a page view are no events, but the page."""
    if not names:
        return Reach("never", why="its trigger waits for two events at once")
    signals = frozenset(map(signal_named, names))
    others = [name for name in names if signal_named(name) not in PAGE_SIGNALS]
    reach = reach._replace(events=tuple(map(cut, others)), signals=signals)
    return reach if signals & PAGE_SIGNALS else reach._replace(where="event", noun=noun_of_events(others))


def of_type(left: Sequence[Judged], kind: str, trigger: Trigger) -> Reach:
    """A trigger on what its type says: a page view, a click, a form being sent."""
    signals = signals_of(trigger)
    left = [one for one in left if one.subject.kind != "event" or signals.isdisjoint(map(signal_named, one.literals))]
    noun = noun_of(kind)
    if kind in PAGE_TYPES:
        asked = [one for one in left if one.subject.kind == "event"]
        if asked and (names := _names(asked)) is not None:
            return _on_events(_conditional([one for one in left if one.subject.kind != "event"]), names)
        return _conditional(left)._replace(events=(noun,) if noun else (), noun=noun, signals=signals)
    reach = _conditional(left)._replace(signals=signals)
    if not noun:
        return reach._replace(where="unknown", why=f"on {named(trigger)}, whose type is not known ({cut(trigger.type) or 'none'})")
    return reach._replace(where="event", events=(noun,), noun=noun)


def conditional_on_more(reach: Reach, count: int) -> Reach:
    """A reach with so many conditions that were not looked at."""
    more = f"{count} more conditions hold"
    where: Where = "unknown" if reach.where == "all-pages" else reach.where
    return reach._replace(where=where, others=(*reach.others, more), conditions=reach.conditions | {Condition("", more, "")})


def _conditional(left: Sequence[Judged]) -> Reach:
    """Page views under these conditions: those on the page tell the pages, those that only a visit can tell leave them unknown."""
    pages = dict.fromkeys(one.words for one in left if one.subject.kind == "page")
    others = dict.fromkeys(one.words for one in left if one.subject.kind in ("other", "constant"))
    others |= dict.fromkeys(f"the event's {one.words}" for one in left if one.subject.kind == "event")
    details = [one.words for one in left if one.subject.kind == "detail"]
    where: Where = "pages-matching" if pages else "unknown" if others else "all-pages"
    return Reach(where, tuple(pages), (*others, *details), conditions=frozenset(one.condition for one in left))


def _names(asked: Iterable[Judged]) -> tuple[str, ...] | None:
    """The events of which one must have happened; None where conditions do not list them, () where they exclude one another."""
    lists = [one.literals for one in asked if one.literals]
    return tuple(name for name in lists[0] if all(name in other for other in lists)) if lists else None


def _pattern(one: Judged) -> str:
    if one.condition.operator == "matchregex":
        return f"events that {'do not match' if one.condition.negate else 'match'} {one.words.partition(' pattern ')[2]}"
    return f"events whose {one.words}"


_NARROWEST: tuple[Where, ...] = ("event", "pages-matching", "unknown", "all-pages")


def together(group: Trigger, parts: Sequence[Reach]) -> Reach:
    """All of several reaches, of which the first is the group's own: as narrow as the narrowest that is known."""
    if never := next((part for part in parts if part.where == "never"), None):
        return never
    members = parts[1:]
    unclear = [part.why.removeprefix("on ") for part in members if part.why]
    pages = tuple(dict.fromkeys(text for part in parts for text in part.pages))
    others = tuple(dict.fromkeys(text for part in parts for text in part.others))
    where = min((part.where for part in members), key=_NARROWEST.index)
    if where in ("unknown", "all-pages"):
        where = "pages-matching" if pages else "unknown" if others else where
    if where != "unknown":
        others += tuple(f"{why} has come true as well" for why in unclear)
    return Reach(
        where, pages, others,
        tuple(dict.fromkeys(name for part in members for name in part.events)),
        " together with ".join(dict.fromkeys(part.noun for part in members if part.noun)),
        f"on {' together with '.join(unclear)}" if where == "unknown" and unclear else "",
        group_signals(group),
        conditions=frozenset().union(*(part.conditions for part in parts)),
        said=frozenset().union(*(part.said for part in parts)),
        denied=frozenset().union(*(part.denied for part in parts)),
        named=frozenset().union(*(part.named for part in parts)),
        label=parts[0].label,
    )  # fmt: skip
