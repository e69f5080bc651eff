"""When a tag fires, in words that complete "fires ...", for people who are no programmers."""

from collections.abc import Callable, Iterable, Sequence

from linter.gtm.scope_events import REQUESTS, listed, noun_of_events
from linter.gtm.scope_reach import Reach

MOST_PARTS = 6
LONGEST_LIST = 300
"""So many letters of alternatives are told; the lists of a scope hold them all."""
OTHERS = "in {} other cases"
UNTOLD = "which pages these are cannot be told from the container"


def scope_text(reaches: Sequence[Reach]) -> str:
    """`on all pages, and on the event "lead"`: the widest first; those that differ only in the event or in one condition as one."""
    exceptions = {reach.exceptions for reach in reaches}
    merged = _merged(_merged(reaches, _same_but_for_event, _events_as_one), _same_but_for_condition, _conditions_as_one)
    parts = dict.fromkeys(_with_exceptions(reach, len(exceptions) > 1) for reach in merged)
    text = _joined(list(parts))
    return f"{text}, except {either(reaches[0].exceptions)}" if len(exceptions) == 1 and reaches[0].exceptions else text


def exception_text(block: Reach, covers: bool) -> str:
    """What a blocking trigger excepts; the event is left out where it is the one on which the tag fires."""
    if block.where == "unknown" and block.why:
        return block.why
    event = [] if covers else [f"on {block.noun or 'page views'}"]
    return " ".join([*event, *_where(block), *_if(block)]) or "on all pages"


def _merged(reaches: Sequence[Reach], same: Callable[[Reach], object], as_one: Callable[[Sequence[Reach]], Reach]) -> list[Reach]:
    groups: dict[object, list[Reach]] = {}
    for reach in reaches:
        groups.setdefault(same(reach), []).append(reach)
    return [as_one(group) if len(group) > 1 else group[0] for group in groups.values()]


def _same_but_for_event(reach: Reach) -> object:
    return (reach.pages, reach.others, reach.exceptions) if reach.where == "event" else id(reach)


def _events_as_one(group: Sequence[Reach]) -> Reach:
    names = [name for reach in group if _named(reach) for name in reach.events]
    nouns = [reach.noun for reach in group if not _named(reach)]
    return group[0]._replace(noun=listed([noun_of_events(names), *nouns] if names else nouns))


def _same_but_for_condition(reach: Reach) -> object:
    if len(reach.pages) + len(reach.others) != 1 or reach.why:
        return id(reach)
    return reach.where, reach.noun, not reach.pages, reach.exceptions


def _conditions_as_one(group: Sequence[Reach]) -> Reach:
    pages = [f"whose {text}" for reach in group for text in reach.pages]
    others = [text for reach in group for text in reach.others]
    return group[0]._replace(pages=(either(pages).removeprefix("whose "),) if pages else (), others=(either(others),) if others else ())


def either(texts: Sequence[str]) -> str:
    """`path is "/a" or "/b"`: what is equal but for the last value is said once. Long lists are cut short."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        begin = text.rpartition(' "')[0] if text.endswith('"') else text
        groups.setdefault(begin, []).append(text[len(begin) + 1 :])
    told = [f"{begin} {listed(ends, 'or')}".strip() for begin, ends in groups.items()]
    return listed(told, "or", OTHERS, _fitting(told))


def _fitting(texts: Sequence[str]) -> int:
    """How many parts of a list can be told in so many letters, in the sense of `listed`."""
    length = 0
    for number, text in enumerate(texts):
        length += len(text)
        if length > LONGEST_LIST:
            return max(number, 1) + 1
    return MOST_PARTS


def _named(reach: Reach) -> bool:
    """Whether events are names that the site chose, not Tag Manager's own."""
    return reach.signals is not None and reach.events != (reach.noun,)


def _with_exceptions(reach: Reach, own: bool) -> str:
    text = reach_text(reach)
    return f"{text} except {either(reach.exceptions)}" if own and reach.exceptions else text


def reach_text(reach: Reach) -> str:
    """When one trigger comes true: `on a click on pages whose path contains "/x" if {{Click URL}} contains "tel:"`."""
    if reach.where == "unknown" and reach.why:
        return " ".join([reach.why, *_where(reach), *_if(reach)])
    event = [f"on {reach.noun}"] if reach.noun else []
    if reach.where == "unknown":
        return " ".join([*event, f"where {_and(reach.others)} ({UNTOLD})"])
    pages = _where(reach) or (["on all pages"] if reach.where == "all-pages" and reach.noun != REQUESTS else [])
    return " ".join([*event, *pages, *_if(reach)])


def _where(reach: Reach) -> list[str]:
    return [f"on pages whose {' and whose '.join(reach.pages)}"] if reach.pages else []


def _if(reach: Reach) -> list[str]:
    return [f"if {_and(reach.others)}"] if reach.others else []


def _and(texts: Iterable[str]) -> str:
    return " and ".join(texts)


def _joined(parts: Sequence[str]) -> str:
    most = min(_fitting(parts), MOST_PARTS)
    if len(parts) > most:
        parts = [*parts[: most - 1], OTHERS.format(len(parts) - most + 1)]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"
