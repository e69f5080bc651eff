"""Offsets of a script's text and of its source, where the text is put together of parts of the source in their order."""

from bisect import bisect_right
from itertools import pairwise

from linter.evidence import Span
from linter.text import Slice


class Places:
    """Maps offsets between a slice and its source, both ways, where they are certain."""

    def __init__(self, text: Slice) -> None:
        self._text = text
        steps = text.steps
        self.in_order = all(one.end <= other.begin for one, other in pairwise(steps))
        """Whether what stands earlier in the text stands earlier in the source."""
        self._begins = [step.begin for step in steps]

    def in_text(self, at: int) -> int | None:
        """The offset in the text of a source character, or None if it is not in it."""
        if not self._text.steps:
            inside = at - self._text.base
            return inside if 0 <= inside <= len(self._text) else None
        number = bisect_right(self._begins, at) - 1
        if number < 0:
            return None
        step = self._text.steps[number]
        return step.at + at - step.begin if at <= step.end and self._length(number) == step.end - step.begin else None

    def _length(self, number: int) -> int:
        steps = self._text.steps
        stop = steps[number + 1].at if number + 1 < len(steps) else len(self._text)
        return stop - steps[number].at

    def in_source(self, begin: int, end: int) -> Span | None:
        """The source span of text[begin:end]; None unless its ends stand there just so."""
        span = self._text.span(begin, end)
        if begin == end or not self._text.steps:
            return span
        source, text = self._text.source.text, self._text.text
        exact = all(self.in_text(at) == inside for at, inside in ((span[0], begin), (span[1] - 1, end - 1)))
        same = source[span[0]] == text[begin] and source[span[1] - 1] == text[end - 1]
        return span if exact and same and self.in_order else None
