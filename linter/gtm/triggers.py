"""The triggers of an export."""

from collections.abc import Iterable, Mapping

from linter.gtm.entries import parameters_of, plain_enum, text_of
from linter.gtm.model import Condition, Trigger
from linter.gtm.tree import Node


def triggers_of(nodes: Iterable[Node]) -> Mapping[str, Trigger]:
    """Triggers by id; hand-made files refer to them by name or by a field of their own, so these count where no id does."""
    by_id: dict[str, Trigger] = {}
    others: dict[str, Trigger] = {}
    for node in nodes:
        trigger = _trigger(node)
        if trigger.id:
            by_id[trigger.id] = trigger
        for key, value in node.entries.items():
            if value.kind == "text" and key.lower().endswith(("id", "name", "ref", "alias", "key")):
                others.setdefault(value.text, trigger)
    return {**others, **by_id}


def _trigger(node: Node) -> Trigger:
    parameters = dict(parameters_of(node))
    members = parameters.get("triggerIds")
    return Trigger(
        id=text_of(node, "triggerId"),
        name=text_of(node, "name"),
        type=plain_enum(text_of(node, "type")),
        filters=(*_conditions(node, "filter"), *_conditions(node, "autoEventFilter")),
        events=_conditions(node, "customEventFilter") or _named_event(parameters),
        members=tuple(text_of(entry, "value") or entry.text for entry in members.items) if members and members.kind == "array" else (),
    )


def _named_event(parameters: Mapping[str, Node]) -> tuple[Condition, ...]:
    """The event of a custom event trigger that names it in a parameter."""
    name = parameters.get("eventName")
    if name is None or not name.text:
        return ()
    regex = parameters.get("useRegex")
    return (Condition("{{_event}}", "matchregex" if regex is not None and regex.text == "true" else "equals", name.text),)


def _conditions(node: Node, key: str) -> tuple[Condition, ...]:
    value = node.get(key)
    return (
        tuple(_condition(entry) for entry in value.items if entry.kind == "object") if value is not None and value.kind == "array" else ()
    )


def _condition(node: Node) -> Condition:
    given = {key: value.text for key, value in parameters_of(node)}
    return Condition(
        given.get("arg0", ""),
        plain_enum(text_of(node, "type")).lower(),
        given.get("arg1", ""),
        given.get("negate") == "true",
        given.get("ignore_case") == "true",
    )
