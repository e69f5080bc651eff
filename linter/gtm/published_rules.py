"""The rules of a published container: what an export calls triggers, without their names.

A rule is `[["if", 0, 3], ["unless", 4], ["add", 1, 2], ["block", 7]]`: numbers of predicates, then of tags.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from linter.gtm.model import Condition, Trigger
from linter.gtm.nodes import Node
from linter.gtm.published_values import Macros, head_of, value_node

EVENTS = {
    "gtm.click": "CLICK",
    "gtm.dom": "DOMREADY",
    "gtm.elementVisibility": "ELEMENTVISIBILITY",
    "gtm.formSubmit": "FORMSUBMISSION",
    "gtm.historyChange": "HISTORYCHANGE",
    "gtm.historyChange-v2": "HISTORYCHANGE",
    "gtm.init": "INIT",
    "gtm.init_consent": "CONSENTINIT",
    "gtm.js": "PAGEVIEW",
    "gtm.linkClick": "LINKCLICK",
    "gtm.load": "WINDOWLOADED",
    "gtm.pageError": "JSERROR",
    "gtm.scrollDepth": "SCROLLDEPTH",
    "gtm.timer": "TIMER",
    "gtm.triggerGroup": "TRIGGERGROUP",
    "gtm.video": "YOUTUBEVIDEO",
}
"""Types of triggers by the event that they wait for."""

_OPERATORS = {
    "_cn": "contains", "_css": "cssselector", "_eq": "equals", "_ew": "endswith", "_ge": "greaterorequals", "_gt": "greater",
    "_le": "lessorequals", "_lt": "less", "_re": "matchregex", "_sw": "startswith", "_um": "urlmatches",
}  # fmt: skip
_EVENT = "{{_event}}"
_LISTENERS = "{{data layer gtm.triggers}}"
_LISTENER = re.compile(r"\(\^\$\|\(\(\^\|,\)([0-9A-Za-z_]+)\(\$\|,\)\)\)\Z")


class Rules(NamedTuple):
    """Triggers by the ids they get here (`rule:0`), and the ids that fire and block each tag, by the tag's number."""

    triggers: dict[str, Trigger]
    firing: dict[int, tuple[str, ...]]
    blocking: dict[int, tuple[str, ...]]


def read_rules(rules: list[Node], predicates: list[Node], tags: list[Node], macros: Macros) -> Rules:
    """The rules. Conditions that only ask whether a listener has fired are left out; of a trigger group they give the members."""
    conditions = [_condition(node, macros) for node in predicates]
    firing: dict[int, dict[str, None]] = defaultdict(dict)
    blocking: dict[int, dict[str, None]] = defaultdict(dict)
    triggers: dict[str, Trigger] = {}
    listeners: dict[str, str] = {}
    for number, rule in enumerate(rules):
        name = f"rule:{number}"
        holding = [condition for head, at in _numbers(rule, "if", "unless") for condition in _at(conditions, at, head == "unless")]
        for condition in holding:
            if condition.variable == _LISTENERS and (match := _LISTENER.match(condition.value)):
                listeners[name] = match[1]
        triggers[name] = _trigger(name, holding)
        for head, tag in _numbers(rule, "add", "block"):
            (firing if head == "add" else blocking)[tag][name] = None
    fired = {tag: tuple(names) for tag, names in firing.items()}
    for name, members in _groups(tags, fired, listeners):
        triggers[name] = triggers[name]._replace(members=members)
    return Rules(triggers, fired, {tag: tuple(names) for tag, names in blocking.items()})


def _numbers(rule: Node, *heads: str) -> Iterator[tuple[str, int]]:
    for part in rule.items:
        head = head_of(part)
        if head in heads:
            yield from ((head, int(word.text)) for word in part.items[1:] if word.kind == "word" and re.fullmatch("[0-9]{1,7}", word.text))


def _at(conditions: list[Condition], number: int, negate: bool) -> Iterator[Condition]:
    if number < len(conditions):
        condition = conditions[number]
        yield condition._replace(negate=not condition.negate) if negate else condition


def _condition(node: Node, macros: Macros) -> Condition:
    function = node.get("function")
    operator = function.text if function is not None else ""
    left, right, ignore_case, negate = (node.get(key) for key in ("arg0", "arg1", "ignore_case", "negate"))
    return Condition(
        variable=value_node(left, macros).text if left is not None else "",
        operator=_OPERATORS.get(operator, operator.lstrip("_")),
        value=value_node(right, macros).text if right is not None else "",
        negate=negate is not None and negate.text == "true",
        ignore_case=ignore_case is not None and ignore_case.text == "true",
    )


def _trigger(name: str, conditions: list[Condition]) -> Trigger:
    """The trigger of a rule: its type by the event that must have come, if that is one of Tag Manager's own."""
    kinds = (EVENTS.get(c.value) for c in conditions if c.variable == _EVENT and c.operator == "equals" and not c.negate)
    kind = next((kind for kind in kinds if kind), "CUSTOMEVENT")
    filters, events = [], []
    for condition in dict.fromkeys(conditions):
        if condition.variable == _EVENT:
            if condition.negate or EVENTS.get(condition.value) != kind:
                events.append(condition)
        elif condition.variable != _LISTENERS or not _LISTENER.match(condition.value):
            filters.append(condition)
    return Trigger(name, "", kind, tuple(filters), tuple(events))


def _groups(tags: list[Node], firing: dict[int, tuple[str, ...]], listeners: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rules that wait for a trigger group, with the rules that wait for the group's members (of each member the first)."""
    fired: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for number, tag in enumerate(tags):
        member, group, ids = (tag.get(key) for key in ("vtp_firingId", "vtp_uniqueTriggerId", "vtp_triggerIds"))
        if member is not None and number in firing:
            fired.setdefault(member.text, firing[number][0])
        elif group is not None and ids is not None:
            groups[group.text] = [node.text for node in ids.items[1:]]
    for name, listener in listeners.items():
        if listener in groups:
            yield name, tuple(dict.fromkeys(fired[member] for member in groups[listener] if member in fired))
