"""The literals of one file: which stand in it, and where they stand in its decoded texts."""

from collections.abc import Sequence

from linter.evidence import Span
from linter.literals import forms, lower_case, places
from linter.scan import stands_in, unwrapped
from linter.wrapped import wrapped


class LiteralProbe:
    """The `Probe` of one file. `literals` are those that stand in the file, as they are or wrapped (more do no harm)."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._literals = literals

    def hits(self, text: str) -> list[Span]:
        """Where literals, or wrapped text that holds one, stand in `text`; sorted."""
        lower = lower_case(text)
        found = {place for literal in self._literals for form in forms(literal) if form in lower for place in places(form, lower)}
        found.update((part.begin, part.end) for part in wrapped(text) if self._holds(part.inner))
        return sorted(found)

    def present(self, text: str) -> frozenset[str]:
        """The literals that stand in `text`, lower case."""
        lower = lower_case(text)
        return frozenset(literal for literal in self._literals if literal in lower)

    def _holds(self, inner: str) -> bool:
        texts = [lower_case(inner), *unwrapped(inner, 1)]
        return any(stands_in(forms(literal), lower) for literal in self._literals for lower in texts)
