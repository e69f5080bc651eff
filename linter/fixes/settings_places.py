"""Where a setting stands in a document: the objects around it, the entries beside it, and the text of its value."""

from bisect import bisect_right
from typing import NamedTuple

from linter.evidence import Span
from linter.gtm.nodes import Document, Node
from linter.text import Source

MAX_DEPTH = 60


class Spot(NamedTuple):
    """An entry `key` of `owner`; `around` are the objects and lists that hold the owner, outermost first, with the key of each."""

    owner: Node
    key: str
    around: tuple[tuple[Node, str], ...] = ()

    @property
    def value(self) -> Node:
        """The value of the entry."""
        return self.owner.entries[self.key]


def parsed(source: Source, language: str) -> Document | None:
    """The tree of a JSON or YAML file; None where it is not well formed."""
    if language == "yaml":
        from linter.gtm.yaml_tree import parse_yaml as parse
    else:
        from linter.gtm.tree import parse_json as parse
    document = parse(source.slice())
    return document if document.broken is None else None


class Spots:
    """Finds the entries of one document by places; each object is put in order once."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._ordered: dict[int, tuple[list[int], list[tuple[str, Node]]]] = {}

    def at(self, span: Span) -> Spot | None:
        """The innermost entry of an object whose value holds `span`; None where it is an item of a list."""
        node = self._root
        around: tuple[tuple[Node, str], ...] = ()
        for _ in range(MAX_DEPTH):
            found = self._holder(node, span)
            if found is None:
                return None
            key, child = found
            if child.kind not in ("object", "array"):
                return Spot(node, key, around) if node.kind == "object" else None
            around = (*around, (node, key))
            node = child
        return None

    def _holder(self, node: Node, span: Span) -> tuple[str, Node] | None:
        if id(node) not in self._ordered:
            rows = sorted([*node.entries.items(), *(("", item) for item in node.items)], key=lambda row: row[1].begin)
            self._ordered[id(node)] = [child.begin for _, child in rows], rows
        begins, rows = self._ordered[id(node)]
        number = bisect_right(begins, span[0]) - 1
        return rows[number] if number >= 0 and span[1] <= rows[number][1].end else None


def inside(text: str, span: Span) -> Span | None:
    """The span of a value with the quotes around it, if it has any; None where it has one on one side alone."""
    begin, end = span
    before, after = text[begin - 1 : begin] if begin else "", text[end : end + 1]
    if before in ('"', "'", "`") and before:
        return (begin - 1, end + 1) if after == before else None
    return None if after in ('"', "'", "`") and after else span
