"""What stands in the objects of an export: texts under keys, parameters, tables."""

from collections.abc import Iterator, Mapping

from linter.gtm.tree import Node


def text_of(node: Node | None, key: str) -> str:
    """The text under a key of an object, "" where there is none."""
    value = node.get(key) if node is not None else None
    return value.text if value is not None else ""


def parameters_of(node: Node) -> Iterator[tuple[str, Node]]:
    """The parameters of a tag, variable, trigger or condition: key and value."""
    given = node.get("parameter") or node.get("parameters")
    if given is None:
        return
    if given.kind == "object":
        yield from given.entries.items()
    for parameter in given.items if given.kind == "array" else ():
        value = value_of(parameter)
        if value is not None:
            yield text_of(parameter, "key"), value


def value_of(parameter: Node) -> Node | None:
    """The value of a parameter object, or of an item of a list: a text, or the array or object of a table."""
    for key in ("value", "list", "map"):
        value = parameter.get(key)
        if value is not None:
            return value
    return parameter if parameter.kind in ("text", "word") else None


def rows_of(value: Node) -> Iterator[Mapping[str, Node]]:
    """The rows of a table parameter (LIST of MAP), each its values by key."""
    for entry in value.items if value.kind == "array" else ():
        cells = entry.get("map")
        if cells is not None and cells.kind == "array":
            yield {text_of(cell, "key"): found for cell in cells.items if (found := value_of(cell)) is not None}


def plain_enum(code: str) -> str:
    """`CUSTOM_EVENT`, `customEvent` -> `CUSTOMEVENT`."""
    return code.replace("_", "").upper()
