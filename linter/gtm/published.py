"""Copies of what Google serves (`gtm.js`, `gtag/js`): the tree of the data in them to `Container`.

Names of tags, triggers and variables are not in them, and of a paused tag only its type is.
"""

import re
from collections.abc import Iterator

from linter.gtm.model import Container, Item
from linter.gtm.nodes import Document, Node
from linter.gtm.published_permissions import Permissions, published_permissions
from linter.gtm.published_rules import Rules, read_rules
from linter.gtm.published_values import Macros, html_parts, value_node
from linter.text import Slice

__all__ = ["LISTENERS", "Permissions", "html_parts", "published_permissions", "read_published"]

LISTENERS = frozenset({"cl", "evl", "fsl", "hl", "jel", "lcl", "sdl", "tg", "tl", "ytl"})
"""Functions in the list of tags that only wait for what triggers need."""

_ID = r"(?:GTM|GT|AW|DC|G)-[A-Z0-9]{4,20}"
_SAID = re.compile(rf"""\b(?:ctid|containerId)["']?\s*+[:,=]\s*+["']({_ID})["']""")
_QUOTED = re.compile(r"""["'](GTM-[A-Z0-9]{4,20})["']""")
_QUOTED_TAG = re.compile(rf"""["']({_ID})["'](?!\s*+:)""")
_ONLY_ID = re.compile(_ID)
_BLOB_IDS = ("5", "34", "10")
_ID_PARAMETERS = {"gct": "trackingId", "rep": "containerId"}
_ARRAYS = ("tags", "macros", "predicates", "rules")


def read_published(text: Slice, document: Document) -> Container | None:
    """The container of a published copy; None where `document` is none.

    `Item.index` and pointers count the list in the file, in which the listeners are too. `setup` and `teardown` hold the indexes of
    tags as texts, since tags have no names. Zones stand in `zones` alone. Values of parameters are `value_node`s.
    """
    resource = document.root.get("resource")
    if resource is None:
        return None
    arrays = [resource.get(key) for key in _ARRAYS]
    if sum(array is not None and array.kind == "array" for array in arrays) < 2:
        return None
    tags, variables, predicates, rules = ([*array.items] if array is not None else [] for array in arrays)
    macros = Macros(variables)
    triggers = read_rules(rules, predicates, tags, macros)
    items = [item for number, node in enumerate(tags) if (item := _tag(number, node, macros, triggers)) is not None]
    return Container(
        id=_id(text.text, document, items),
        name="",
        context="web",
        tags=tuple(item for item in items if item.entity == "tag"),
        triggers=triggers.triggers,
        variables={name: _variable(number, name, macros) for number, name in reversed([*enumerate(macros.names)])},
        templates=(),
        zones=tuple((child, item) for item in items if item.entity == "zone" for child in _children(item)),
        published=True,
    )


def _tag(number: int, node: Node, macros: Macros, rules: Rules) -> Item | None:
    """A tag; None for a listener, and for what has no function."""
    type = _type(node)
    paused = type == "paused"
    if type in LISTENERS or not type:
        return None
    original = node.get("vtp_originalTagType")
    return Item(
        entity="zone" if type == "zone" else "tag",
        node=node,
        pointer=f"/resource/tags/{number}",
        index=number,
        id=_text(node, "tag_id"),
        name="",
        type=original.text.removeprefix("__") if paused and original is not None else type,
        parameters=_parameters(node, macros),
        paused=paused,
        firing=rules.firing.get(number, ()),
        blocking=rules.blocking.get(number, ()),
        setup=_references(node, "setup_tags"),
        teardown=_references(node, "teardown_tags"),
        consent=_listed(node, "consent"),
    )


def _variable(number: int, name: str, macros: Macros) -> Item:
    node = macros.nodes[number]
    return Item("variable", node, f"/resource/macros/{number}", number, "", name, _type(node), _parameters(node, macros))


def _parameters(node: Node, macros: Macros) -> dict[str, Node]:
    return {key[4:]: value_node(value, macros) for key, value in node.entries.items() if key.startswith("vtp_")}


def _type(node: Node) -> str:
    return _text(node, "function").removeprefix("__")


def _text(node: Node, key: str) -> str:
    value = node.get(key)
    return value.text if value is not None else ""


def _listed(node: Node, key: str) -> tuple[str, ...]:
    """The texts of `["list", "ad_storage"]`."""
    value = node.get(key)
    return tuple(entry.text for entry in value.items[1:] if entry.kind == "text") if value is not None else ()


def _references(node: Node, key: str) -> tuple[str, ...]:
    """The indexes in `["list", ["tag", 14, 0]]`."""
    value = node.get(key)
    return tuple(entry.items[1].text for entry in value.items[1:] if len(entry.items) > 1) if value is not None else ()


def _children(zone: Item) -> Iterator[str]:
    """The public ids of the containers that a zone loads."""
    children = zone.parameters.get("childContainers")
    for row in children.items if children is not None else ():
        cells = row.get("map")
        for cell in cells.items if cells is not None else ():
            value = cell.get("value")
            if _text(cell, "key") == "publicId" and value is not None and value.kind == "text":
                yield value.text


def _id(text: str, document: Document, items: list[Item]) -> str:
    """The container's public id: from its data, from the code behind that, or from a tag of gtag/js that repeats it."""
    blob = document.root.get("blob")
    for key in _BLOB_IDS if blob is not None else ():
        match = _ONLY_ID.match(_text(blob, key)) if blob is not None else None
        if match:
            return match[0]
    for written in (_SAID, _QUOTED, _QUOTED_TAG):
        if said := written.search(text, document.end):
            return said[1]
    given = (item.parameters.get(_ID_PARAMETERS[item.type]) for item in items if item.type in _ID_PARAMETERS)
    return next((match[0] for node in given if node is not None and (match := _ONLY_ID.match(html_parts(node).text))), "")
