"""Mask spans: what `Slice.mask` takes, made of parts that are found one by one."""

from collections.abc import Iterable, Iterator

Filler = tuple[int, int, str]
"""(begin, end, filler): text[begin:end] becomes the filler, repeated."""


def blank(text: str, begin: int, end: int) -> Iterator[Filler]:
    """Spans that make text[begin:end] spaces and keep its line ends."""
    while begin < end:
        line_end = text.find("\n", begin, end)
        stop = end if line_end < 0 else line_end
        yield begin, stop, " "
        begin = stop + 1


def in_order(fillers: Iterable[Filler]) -> list[Filler]:
    """The spans sorted; of overlapping ones the first."""
    kept: list[Filler] = []
    for filler in sorted(fillers):
        if not kept or kept[-1][1] <= filler[0]:
            kept.append(filler)
    return kept
