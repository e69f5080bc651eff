"""The pieces that are cut out of a script, and which of them go only together."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.fixes.js_slots import Slot

Key = tuple[int, int]
"""The offsets of a cut."""


class Cut(NamedTuple):
    """A piece that goes: its slot, and its offsets in the script's text."""

    slot: Slot
    begin: int
    end: int

    @property
    def key(self) -> Key:
        """Its offsets."""
        return self.begin, self.end


def cut_of(slot: Slot) -> Cut:
    """The cut that takes a slot's node out."""
    return Cut(slot, slot.node.start_byte, slot.node.end_byte)


class Groups:
    """Cuts that do not overlap, in groups. A cut that lies in another is none of its own; both are then of one group."""

    def __init__(self) -> None:
        self._cuts: dict[Key, Cut] = {}
        self._order: list[Key] = []
        self._group: dict[Key, int] = {}
        self._parents: list[int] = []

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Cut]:
        return iter([self._cuts[key] for key in self._order])

    def covering(self, at: int) -> Key | None:
        """The cut that the character at an offset is in."""
        number = bisect_right(self._order, (at, 1 << 60)) - 1
        if number < 0 or at >= self._order[number][1]:
            return None
        return self._order[number]

    def add(self, cuts: Iterable[Cut]) -> int:
        """Takes in cuts that go together; gives their group."""
        group = len(self._parents)
        self._parents.append(group)
        for cut in cuts:
            outer = self.covering(cut.begin)
            if outer is not None and cut.end <= outer[1]:
                self.join(group, self._group[outer])
                continue
            first, last = bisect_left(self._order, (cut.begin, 0)), bisect_left(self._order, (cut.end, 0))
            for key in self._order[first:last]:
                self.join(group, self._group[key])
                self._drop(key)
            insort(self._order, cut.key)
            self._cuts[cut.key], self._group[cut.key] = cut, group
        return self.of(group)

    def group_at(self, key: Key) -> int:
        """The group of a cut."""
        return self.of(self._group[key])

    def of(self, group: int) -> int:
        """The group that a group was made part of, or itself."""
        while self._parents[group] != group:
            self._parents[group] = self._parents[self._parents[group]]
            group = self._parents[group]
        return group

    def remove(self, groups: Iterable[int]) -> None:
        """Drops all cuts of some groups."""
        gone = {self.of(group) for group in groups}
        for key in [key for key in self._order if self.group_at(key) in gone]:
            self._drop(key)

    def join(self, one: int, other: int) -> None:
        """Makes two groups one."""
        self._parents[self.of(other)] = self.of(one)

    def _drop(self, key: Key) -> None:
        self._order.remove(key)
        del self._cuts[key], self._group[key]
