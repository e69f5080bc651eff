"""What an indented page is rewritten into: pieces of HTML, each of which leads back to the source."""

import re

from linter.readers.masks import Filler, in_order
from linter.text import HOLE, Piece, Slice, join

_INTERPOLATION = re.compile(r"[#!]\{(?:[^{}\n]|\{[^{}\n]*\})*+\}")


class Rewritten:
    """The HTML of one page, taken piece by piece from its slice."""

    def __init__(self, text: Slice) -> None:
        self._slice = text
        self._out: list[Slice] = []

    def add(self, piece: Slice) -> None:
        """Adds a part of the page, or a value decoded from one."""
        self._out.append(piece)

    def put(self, markup: str, at: int) -> None:
        """Adds markup that does not stand in the page, at offset `at` of it."""
        self._out.append(self._slice.derive([Piece(markup, at, at)]))

    def keep(self, begin: int, end: int, spans: list[Filler] | None = None) -> None:
        """Adds text[begin:end] of the page with `spans` masked and interpolations as holes."""
        if begin >= end:
            return
        part = self._slice.cut(begin, end)
        holes = [(*match.span(), HOLE) for match in _INTERPOLATION.finditer(part.text)]
        moved = [(a - begin, b - begin, filler) for a, b, filler in spans or []]
        self._out.append(part.mask(in_order([*moved, *holes])))

    def whole(self) -> Slice | None:
        """All pieces as one slice; None where there are none."""
        return join(self._out) if self._out else None
