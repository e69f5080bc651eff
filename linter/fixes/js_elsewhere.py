"""Whether the other scripts, the handlers and the templates of a file speak of a name that one script declares for all of them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from linter.fixes.model import Part
from linter.readers.markup import Token, attributes, tokens
from linter.text import Slice

if TYPE_CHECKING:
    from linter.fixes.js_program import Program

COMPONENTS = frozenset("vue svelte astro riot marko".split())
HANDLER = re.compile(r"on[a-z]|@|v-|x-|:|\(|\[|ng-|data-on|hx-|action|href|\*ng")
"""How the names of attributes begin whose values are code, or may be."""
_SCRIPTING = frozenset({"javascript", "typescript"})
Opener = Callable[[Part], "Program | None"]


class Place(NamedTuple):
    """A script, or a start tag."""

    begin: int
    end: int
    is_script: bool


class Regions:
    """The scripts and start tags of a file's markup."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: list[Place] | None = None

    def at(self, at: int) -> Place | None:
        """The script or start tag around an offset."""
        if self._places is None:
            self._places = [
                Place(*(token.inside if token.kind == "raw" else (token.begin, token.end)), token.kind == "raw")
                for token in tokens(self._text)
                if token.kind == "start" or (token.kind == "raw" and token.name.lower() == "script")
            ]
        number = bisect_right(self._places, (at, 1 << 60, True)) - 1
        place = self._places[number] if number >= 0 else None
        return place if place is not None and at < place.end else None

    def is_code(self, at: int) -> bool:
        """Whether an offset is in a script or a handler."""
        place = self.at(at)
        if place is None or place.is_script:
            return place is not None
        tag = Token("start", "", place.begin, place.end)
        around = (row.name for row in attributes(self._text, tag) if row.begin <= at < row.end)
        return any(HANDLER.match(name) is not None for name in around)


class Elsewhere:
    """What else is in the file of a script. `parts` are the slices that were read; `opener` parses one of them as a script."""

    def __init__(self, part: Part, parts: Sequence[Part], opener: Opener) -> None:
        self._part, self._text = part, part.text.source.text
        self._span = part.text.span(0, len(part.text))
        self._parts = [other for other in parts if other.language in _SCRIPTING and other.frame.state != "dormant"]
        self._opener = opener
        self._regions = Regions(self._text)
        self._open: dict[tuple[int, int], Program | None] = {}

    def speaks_of(self, name: str) -> bool:
        """Whether something in the file but outside of the script may mean the script's `name`."""
        word = re.compile(rf"(?<![\w$.]){re.escape(name)}(?![\w$])")
        before = [found.start() for found in word.finditer(self._text, 0, self._span[0])]
        behind = [found.start() for found in word.finditer(self._text, self._span[1])]
        if not before and not behind:
            return False
        if self._part.frame.dialect in COMPONENTS:
            return True
        return any(self._means_it(name, at) for at in (*before, *behind))

    def _means_it(self, name: str, at: int) -> bool:
        place = self._regions.at(at)
        if place is None:
            return False
        if not place.is_script:
            return self._regions.is_code(at)
        program = self._program(place)
        return program is None or any(_is_from_outside(program, node_at) for node_at in self._offsets(program, name))

    def _offsets(self, program: "Program", name: str) -> list[int]:
        return [node.start_byte for node in program.bindings.places(name)]

    def _program(self, place: Place) -> "Program | None":
        key = (place.begin, place.end)
        if key not in self._open:
            known = next((part for part in self._parts if part.text.span(0, len(part.text)) == key), None)
            raw = Part(Slice(self._part.text.source, self._text[place.begin : place.end], place.begin), "javascript", self._part.frame)
            self._open[key] = self._opener(known or raw)
        return self._open[key]


def _is_from_outside(program: "Program", at: int) -> bool:
    """Whether a name in another script stands for what this one declares: it declares none itself, or none with a value."""
    node = program.code.at(at, at + 1)
    binding = program.bindings.of(node) if node is not None else None
    if binding is None:
        return True
    if binding.begin != 0 or binding.kind != "var":
        return False
    declarators = [name.parent for name in binding.declared if name.parent is not None and name.parent.type == "variable_declarator"]
    return not any(row.child_by_field_name("value") is not None for row in declarators)
