"""The steps of a slice: which part of the source produced which part of a decoded text."""

from typing import NamedTuple


class Step(NamedTuple):
    """From text offset `at` on (to the next step), the text was produced by source[begin:end].

    Where both lengths are equal the characters correspond one to one; else the step is one character, produced by the
    whole span.
    """

    at: int
    begin: int
    end: int


class Piece(NamedTuple):
    """A part of a decoded text: `text` was produced by characters [begin, end) of the slice that is decoded.

    Where both lengths are equal the characters correspond one to one; else the whole range produced each of them.
    """

    text: str
    begin: int
    end: int


def merged(steps: list[Step], length: int) -> list[Step]:
    """The steps of a text of `length` characters, with linear ones that continue one another made one."""
    out: list[Step] = []
    was_linear = False
    for number, step in enumerate(steps):
        stop = steps[number + 1].at if number + 1 < len(steps) else length
        linear = stop - step.at == step.end - step.begin
        if linear and was_linear and out[-1].end == step.begin:
            out[-1] = Step(out[-1].at, out[-1].begin, step.end)
        else:
            out.append(step)
        was_linear = linear
    return out
