"""Which thing of which container a place of a file lies in."""

from bisect import bisect_right
from typing import NamedTuple

from linter.evidence import Span
from linter.gtm.model import Entity, Scope
from linter.gtm.values import Values


class ContainerPlace(NamedTuple):
    """What a finding in a container says of its place there.

    `container` is the public id, `pointer` the JSON pointer of the object; both "" where unknown. `index` is the number in the
    array of tags, None for anything else. `users` are the names of the tags that run a variable or use a template.
    `published`: in a copy of what Google serves.
    """

    entity: Entity
    container: str
    pointer: str
    index: int | None  # type: ignore[assignment]
    id: str
    name: str
    type: str
    paused: bool
    scope: Scope
    users: tuple[str, ...] = ()
    published: bool = False


class Places:
    """The places of one file's containers, by the source spans of their objects, which do not overlap."""

    def __init__(self) -> None:
        self._rows: list[tuple[Span, ContainerPlace, Values]] = []
        self._begins: list[int] = []
        self.containers: list[str] = []
        """The public ids of the containers whose contents are in this file."""

    def add(self, span: Span, place: ContainerPlace, values: Values) -> None:
        """Takes a place in."""
        self._rows.append((span, place, values))

    def close(self) -> None:
        """Sorts the places; called once, before the first `find`."""
        self._rows.sort(key=lambda row: row[0])
        self._begins = [begin for (begin, _), _, _ in self._rows]

    def find(self, at: int) -> tuple[ContainerPlace, Values] | None:
        """The place that the source character `at` lies in."""
        number = bisect_right(self._begins, at) - 1
        if number < 0 or at >= self._rows[number][0][1]:
            return None
        return self._rows[number][1:]
