"""Exports, API answers and snapshots of a container, in JSON or YAML: their tree to `Container`.

Every key may be absent, ids may be numbers or missing, and enumerations are written `CUSTOM_EVENT` or `customEvent`.
"""

from collections.abc import Iterator

from linter.gtm.entries import parameters_of, plain_enum, text_of
from linter.gtm.model import Container, Entity, Item, Template
from linter.gtm.tree import Node, walk
from linter.gtm.triggers import triggers_of

_ARRAYS = {
    "tag": ("tag", "tags"),
    "trigger": ("trigger", "triggers"),
    "variable": ("variable", "variables"),
    "template": ("customTemplate", "customTemplates", "templates", "template"),
    "client": ("client", "clients"),
    "transformation": ("transformation", "transformations"),
    "zone": ("zone", "zones"),
}
_ID_KEYS = {
    "tag": "tagId",
    "trigger": "triggerId",
    "variable": "variableId",
    "template": "templateId",
    "client": "clientId",
    "transformation": "transformationId",
    "zone": "zoneId",
}
Found = tuple[str, int, Node]
"""Pointer, index in its array, and object of one thing in a container."""


def read_export(root: Node, broken: bool = False) -> Container:
    """The container of a document. Of a broken one, everything that looks like a part of a container, wherever it stands."""
    version, pointer = _version(root)
    found = _salvaged(root) if broken else {kind: list(_listed(version, pointer, kind)) for kind in _ARRAYS}
    about = version.get("container") or root.get("container")
    context = about.get("usageContext") if about else None
    contexts = [node.text for node in context.items] if context and context.items else [context.text] if context else []
    variables = [_item("variable", row) for row in found["variable"]]
    return Container(
        id=text_of(about, "publicId"),
        name=text_of(about, "name"),
        context=(contexts[0] if contexts else "").lower().partition("_")[0],
        tags=tuple(_item(kind, row) for kind in ("tag", "client", "transformation") for row in found[kind]),
        triggers=triggers_of(node for _, _, node in found["trigger"]),
        variables={item.name: item for item in variables},
        templates=tuple(_template(row) for row in found["template"]),
        zones=tuple((child, item) for row in found["zone"] for child, item in _zones(row)),
    )


def _version(root: Node) -> tuple[Node, str]:
    """The object that holds the arrays of tags, triggers and variables, and its pointer."""
    version = root.get("containerVersion")
    return (version, "/containerVersion") if version is not None and version.kind == "object" else (root, "")


def _listed(version: Node, pointer: str, kind: str) -> Iterator[Found]:
    if version.kind == "array":
        rows = [(f"/{index}", index, node) for index, node in enumerate(version.items)]
        yield from (row for row in rows if _is(kind, row[2]))
        for place, _, node in rows:
            if not any(_is(other, node) for other in _ARRAYS):
                yield from _listed(node, place, kind)
        return
    for key in _ARRAYS[kind]:
        array = version.get(key)
        if array is not None and array.kind == "array":
            yield from ((f"{pointer}/{key}/{i}", i, node) for i, node in enumerate(array.items) if node.kind == "object")
            return
        if array is not None and array.kind == "object" and kind in ("tag", "trigger", "variable"):
            named = [(name, node) for name, node in array.entries.items() if node.kind == "object"]
            yield from ((f"{pointer}/{key}/{_escaped(name)}", index, node) for index, (name, node) in enumerate(named))
            return


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _is(kind: str, node: Node) -> bool:
    return node.get(_ID_KEYS[kind]) is not None


def _salvaged(root: Node) -> dict[str, list[Found]]:
    """The parts of a container that stand anywhere below `root`, told by their id keys; pointers are unknown."""
    found: dict[str, list[Found]] = {kind: [] for kind in _ARRAYS}
    for node in walk(root):
        if node.kind == "object":
            kind = next((kind for kind in _ARRAYS if _is(kind, node)), None)
            if kind is not None:
                found[kind].append(("", len(found[kind]), node))
    return found


def _texts(node: Node, key: str, inner: str = "") -> tuple[str, ...]:
    """The texts of an array under `key` (a single text counts as one), or those under `inner` of its objects."""
    value = node.get(key)
    if value is None:
        return ()
    nodes = value.items if value.kind == "array" else [value]
    return tuple(text for entry in nodes if (text := text_of(entry, inner) if inner and entry.kind == "object" else entry.text))


def _trigger_ids(node: Node, key: str) -> tuple[str, ...]:
    """The triggers that a tag names. In YAML an alias may be the trigger itself: then its id, or its name where it has none."""
    value = node.get(key)
    nodes = [] if value is None else value.items if value.kind == "array" else [value]
    return tuple(text for entry in nodes if (text := entry.text or text_of(entry, "triggerId") or text_of(entry, "name")))


def _item(kind: str, row: Found) -> Item:
    pointer, index, node = row
    entity: Entity = kind  # type: ignore[assignment]
    return Item(
        entity=entity,
        node=node,
        pointer=pointer,
        index=index,
        id=text_of(node, _ID_KEYS[kind]),
        name=text_of(node, "name"),
        type=text_of(node, "type"),
        parameters=dict(parameters_of(node)),
        paused=text_of(node, "paused").lower() == "true",
        firing=_trigger_ids(node, "firingTriggerId"),
        blocking=_trigger_ids(node, "blockingTriggerId"),
        setup=_texts(node, "setupTag", "tagName"),
        teardown=_texts(node, "teardownTag", "tagName"),
        consent=_consent(node),
    )


def _consent(node: Node) -> tuple[str, ...]:
    settings = node.get("consentSettings")
    if settings is None or plain_enum(text_of(settings, "consentStatus")) != "NEEDED":
        return ()
    kinds = settings.get("consentType")
    if kinds is not None and kinds.kind == "object":
        kinds = kinds.get("list")
    return (
        tuple(text for entry in kinds.items if (text := text_of(entry, "value") or entry.text))
        if kinds is not None and kinds.kind == "array"
        else ()
    )


def _template(row: Found) -> Template:
    pointer, index, node = row
    gallery = node.get("galleryReference")
    owner, repository = text_of(gallery, "owner"), text_of(gallery, "repository")
    return Template(
        node, pointer, index, text_of(node, "templateId"), text_of(node, "name"), f"{owner}/{repository}".lower() if repository else "",
        text_of(gallery, "galleryTemplateId"), node.get("templateData"),
    )  # fmt: skip


def _zones(row: Found) -> Iterator[tuple[str, Item]]:
    item = _item("zone", row)
    children = row[2].get("childContainer")
    for child in children.items if children is not None and children.kind == "array" else ():
        yield text_of(child, "publicId"), item._replace(type="zone")
