"""The literals of one file: which stand in it, and where they stand in its decoded texts."""

from collections.abc import Sequence
from itertools import islice

from linter.evidence import Span
from linter.literals import forms, lower_case, places
from linter.reading import MAX_HITS
from linter.scan import stands_in, unwrapped
from linter.wrapped import TRIGGERS, wrapped


class LiteralProbe:
    """The `Probe` of one file. `literals` are those that stand in the file, as they are or wrapped (more do no harm)."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._literals = literals
        self._forms = tuple(dict.fromkeys(form for literal in literals for form in forms(literal)))
        self._last: tuple[str, list[Span]] = ("", [])
        self._may_wrap: bool | None = None

    def hits(self, text: str) -> list[Span]:
        """Where literals, or wrapped text that holds one, stand in `text`; sorted, at most the first `MAX_HITS`."""
        if text is not self._last[0]:
            self._last = text, self._found(text)
        return self._last[1]

    def _found(self, text: str) -> list[Span]:
        lower = lower_case(text)
        found: set[Span] = set()
        for form in self._forms:
            if form in lower:
                found.update(islice(places(form, lower), MAX_HITS))
        if self._may_wrap is None:
            # The first text is the whole file: where it holds no trigger, neither do its parts.
            self._may_wrap = any(trigger in lower for trigger in TRIGGERS)
        if self._may_wrap:
            found.update((part.begin, part.end) for part in wrapped(text) if self._holds(part.inner))
        return sorted(found)[:MAX_HITS]

    def present(self, text: str) -> frozenset[str]:
        """The literals that stand in `text`, lower case."""
        lower = lower_case(text)
        return frozenset(literal for literal in self._literals if literal in lower)

    def _holds(self, inner: str) -> bool:
        return any(stands_in(self._forms, lower) for lower in (lower_case(inner), *unwrapped(inner, 1)))
