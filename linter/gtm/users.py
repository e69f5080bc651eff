"""Which tags run a variable: those that refer to it, or to a variable that does."""

from collections import defaultdict

from linter.gtm.model import Container, Item
from linter.gtm.nodes import walk
from linter.gtm.values import references


class Users:
    """The references between the parts of a container, looked up when first asked for."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._known: tuple[dict[str, list[Item]], set[str]] | None = None

    def of(self, name: str) -> tuple[Item, ...]:
        """The tags that refer to a variable, directly or through other variables, in their order."""
        by_name, _ = self._links()
        found: dict[int, Item] = {}
        for variable in self._above(name):
            found |= {id(item): item for item in by_name[variable] if item.entity == "tag"}
        return tuple(sorted(found.values(), key=lambda item: item.index))

    def in_triggers(self, name: str) -> bool:
        """Whether a trigger's condition looks at a variable, so that it runs on every event."""
        _, watched = self._links()
        return any(variable in watched for variable in self._above(name))

    def _above(self, name: str) -> set[str]:
        """The variable and all variables that refer to it."""
        by_name, _ = self._links()
        seen, waiting = {name}, [name]
        while waiting:
            for item in by_name[waiting.pop()]:
                if item.entity == "variable" and item.name not in seen:
                    seen.add(item.name)
                    waiting.append(item.name)
        return seen

    def _links(self) -> tuple[dict[str, list[Item]], set[str]]:
        if self._known is None:
            by_name: dict[str, list[Item]] = defaultdict(list)
            for item in (*self._container.tags, *self._container.variables.values()):
                for name in set(references(_raw(item, self._container.published))):
                    by_name[name].append(item)
            conditions = (c for trigger in self._container.triggers.values() for c in (*trigger.filters, *trigger.events))
            self._known = by_name, {name for c in conditions for name in references(f"{c.variable} {c.value}")}
        return self._known


def _raw(item: Item, published: bool) -> str:
    """The text in which the references of an item stand: as it is in the file (names with escapes apart); of a copy, its values'."""
    if published:
        return "\n".join(node.text for value in item.parameters.values() for node in walk(value) if node.kind == "text")
    return item.node.document.text[item.node.begin : item.node.end]
