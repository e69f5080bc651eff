"""What a container holds, whatever the format it was saved in."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from linter.gtm.tree import Node

Entity = Literal["tag", "client", "transformation", "variable", "template", "zone"]
"""What may bear a vendor's mark. Tags fire; clients and transformations work in server containers; variables and templates are
run by tags; a zone loads another container."""


class Condition(NamedTuple):
    """One condition of a trigger: `variable` compared with `value`.

    `variable` is the left side as written (`{{Page Path}}`); `operator` is lower case without underscores: equals, contains,
    startswith, endswith, matchregex, greater, greaterorequals, less, lessorequals, cssselector, urlmatches.
    """

    variable: str
    operator: str
    value: str
    negate: bool = False
    ignore_case: bool = False


class Trigger(NamedTuple):
    """When tags fire. `type` is upper case without underscores (PAGEVIEW, CUSTOMEVENT, LINKCLICK, FORMSUBMISSION, TRIGGERGROUP).

    `filters` (filter and autoEventFilter) and `events` (customEventFilter, on `{{_event}}`) must all hold. `members` are the ids
    of the triggers of a trigger group, which must all have fired.
    """

    id: str
    name: str
    type: str
    filters: tuple[Condition, ...] = ()
    events: tuple[Condition, ...] = ()
    members: tuple[str, ...] = ()


class Item(NamedTuple):
    """A tag, client, transformation or variable. Ids are texts, "" where missing; `pointer` is a JSON pointer (RFC 6901).

    `type` is the code as written, without the `__` of published containers. `parameters` are the values by key: scalars are
    text nodes, tables are what `parameter_rows` gives of them. `setup` and `teardown` are names of tags.
    `consent` are the consent types that must be granted before the tag fires; () where it does not wait.
    """

    entity: Entity
    node: Node
    pointer: str
    index: int  # type: ignore[assignment]
    id: str
    name: str
    type: str
    parameters: Mapping[str, Node]
    paused: bool = False
    firing: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    teardown: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()


class Template(NamedTuple):
    """A custom template of a container. `gallery` is `owner/repository` in lower case or ""; `code` is the template's whole text."""

    node: Node
    pointer: str
    index: int  # type: ignore[assignment]
    id: str
    name: str
    gallery: str
    gallery_id: str
    code: Node | None


class Container(NamedTuple):
    """A container. `id` is its public id (`GTM-ABC123`) or "". `context` is web, server, amp, ios, android or "".

    `variables` are by name; `triggers` by id; templates and tags in their order. `zones` are the public ids of child containers
    with the zone's item. `published`: a copy of what Google serves, which cannot be edited or imported.
    """

    id: str
    name: str
    context: str
    tags: tuple[Item, ...]
    triggers: Mapping[str, Trigger]
    variables: Mapping[str, Item]
    templates: tuple[Template, ...]
    zones: tuple[tuple[str, Item], ...]
    published: bool = False


class Scope(NamedTuple):
    """Where a tag fires.

    `where` is one of all-pages, pages-matching, event, never, unknown. `text` completes "fires ...": `on all pages`, `on pages
    whose path contains "/contact"`, `on the event "lead"`, `never: it has no trigger`. `conditions` are the page conditions in
    plain words, `events` the events' names, `exceptions` the conditions of blocking triggers in plain words. `sensitive` are the
    page kinds (appointment, portal, ...) that names and conditions speak of.
    """

    where: Literal["all-pages", "pages-matching", "event", "never", "unknown"]
    text: str
    conditions: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
