"""What the variables of a container stand for: constants, lookup tables and regex tables."""

import re
from collections.abc import Iterator

from linter.gtm.entries import rows_of
from linter.gtm.model import Container, Item
from linter.text import HOLE, Piece, Slice

MAX_DEPTH = 8
MAX_VALUES = 12
_REFERENCE = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_BEFORE_CODE, _AFTER_CODE = frozenset("(,=:[+"), frozenset("),;]+}:")


class Values:
    """Looks the values of a container's variables up."""

    def __init__(self, container: Container | None = None) -> None:
        self._variables = container.variables if container is not None else {}
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, name: str, depth: int = 0) -> tuple[str, ...]:
        """The values that a variable may have, in order, at most `MAX_VALUES`; () where they are not written in the container."""
        if name not in self._known:
            item = self._variables.get(name)
            self._known[name] = ()
            if item is not None and depth < MAX_DEPTH:
                texts = (text for given in _given(item) for text in self.filled(given, depth + 1))
                self._known[name] = tuple(dict.fromkeys(text for text in texts if text))[:MAX_VALUES]
        return self._known[name]

    def filled(self, text: str, depth: int = 0) -> tuple[str, ...]:
        """The texts that a text with references may become; () where one of them is unknown."""
        reference = _REFERENCE.search(text)
        if reference is None:
            return (text,)
        if depth >= MAX_DEPTH:
            return ()
        before, after = text[: reference.start()], text[reference.end() :]
        rest = self.filled(after, depth + 1)
        return tuple(before + value + end for value in self.of(reference[1].strip(), depth + 1) for end in rest)[:MAX_VALUES]

    def expand(self, value: Slice) -> Slice:
        """The slice with each `{{reference}}` that has one value replaced by it, each other by holes of the same length.

        Where the reference stands in code outside a string, the value is put in quotes, as Tag Manager does.
        """
        pieces: list[Piece] = []
        text, last = value.text, 0
        for reference in _REFERENCE.finditer(text):
            begin, end = reference.span()
            pieces.append(Piece(text[last:begin], last, begin))
            values = self.of(reference[1].strip())
            pieces.append(Piece(_quoted(values[0], text, begin, end) if len(values) == 1 else HOLE * (end - begin), begin, end))
            last = end
        if not pieces:
            return value
        return value.derive([*pieces, Piece(text[last:], last, len(text))])

    def told(self, account: str) -> str:
        """An account's expression with references to tables replaced by their values: `{{Pixel}}` -> `111 or 222`."""
        values = self.filled(account) if _REFERENCE.search(account) else ()
        return " or ".join(values) if values else account


def _quoted(value: str, text: str, begin: int, end: int) -> str:
    before, after = text[max(begin - 20, 0) : begin].rstrip()[-1:], text[end : end + 20].lstrip()[:1]
    bare = before in _BEFORE_CODE and after in _AFTER_CODE
    return f'"{value}"' if bare and '"' not in value and "\\" not in value else value


def references(text: str) -> Iterator[str]:
    """The names of the variables that a text refers to."""
    return (match[1].strip() for match in _REFERENCE.finditer(text))


def _given(variable: Item) -> Iterator[str]:
    """The texts that a variable is set to, as written."""
    parameters = variable.parameters
    if variable.type == "c" and "value" in parameters:
        yield parameters["value"].text
    elif variable.type == "gas" and "trackingId" in parameters:
        yield parameters["trackingId"].text
    elif variable.type in ("smm", "remm"):
        table = parameters.get("map")
        for row in rows_of(table) if table is not None else ():
            if "value" in row:
                yield row["value"].text
        if "defaultValue" in parameters:
            yield parameters["defaultValue"].text
