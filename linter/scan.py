"""The literal scan: rejects files that hold nothing from their bytes.

Two engines give identical answers: `in` over each literal (no set-up, best for one file) and hyperscan (best for a
tree). Rejected: one alternation of the `re` module (2 to 8 MB/s against 20 and 2800), and Aho-Corasick wheels (none for
musl). What is wrapped in base64, character codes or escapes is unwrapped and looked at too.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress

from linter.literals import forms, lower_case, places, starts_short
from linter.wrapped import TRIGGERS, wrapped

Search = Callable[[bytes, bool], tuple[set[int], frozenset[str]]]
"""(bytes, stop at the first) -> (numbers of the forms that stand in them, triggers of wrapped text that do)."""

MAX_UNWRAPPED = 2


class Scanner:
    """Answers whether bytes may hold a literal. Instances are cheap; `for_many` compiles the fast engine."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._literals = literals
        rows = [(form, literal) for literal in literals for form in forms(literal)]
        self._forms = [form for form, _ in rows]
        self._owners = [literal for _, literal in rows]
        self._search: Search = self._loop

    @classmethod
    def for_many(cls, literals: Sequence[str]) -> "Scanner":
        """A scanner for a whole tree: the same answers, faster where hyperscan is installed."""
        scanner = cls(literals)
        scanner._search = _hyperscan_search(scanner._forms) or scanner._loop
        return scanner

    def might_hold(self, data: bytes) -> bool:
        """Whether a literal stands in `data`, as it is or wrapped. Text with NULs (UTF-16) always might: it is decoded later."""
        if b"\0" in data[:4096]:
            return True
        found, triggers = self._search(data, True)
        return bool(found) or (bool(triggers) and bool(self._in_wrapped(data, triggers, first=True)))

    def present(self, data: bytes) -> list[str]:
        """The literals that stand in `data`, as they are or wrapped, sorted; all of them where it has NULs (UTF-16)."""
        if b"\0" in data[:4096]:
            return list(self._literals)
        found, triggers = self._search(data, False)
        owners = {self._owners[number] for number in found}
        return sorted(owners | self._in_wrapped(data, triggers) if triggers else owners)

    def _in_wrapped(self, data: bytes, triggers: frozenset[str], first: bool = False) -> set[str]:
        inner = "\n".join(unwrapped(data.decode("latin-1"), MAX_UNWRAPPED, triggers))
        found, _ = self._search(inner.encode("latin-1", "replace"), first) if inner else (set(), False)
        return {self._owners[number] for number in found}

    def _loop(self, data: bytes, first: bool) -> tuple[set[int], frozenset[str]]:
        # latin-1 keeps every byte a character, so that the literals, which are ASCII, are found in any encoding but UTF-16.
        lower = data.lower().decode("latin-1")
        found: set[int] = set()
        for number, form in enumerate(self._forms):
            if form in lower and stands_in((form,), lower):
                found.add(number)
                if first:
                    break
        return found, frozenset(trigger for trigger in TRIGGERS if trigger in lower)


def unwrapped(text: str, depth: int, triggers: Collection[str] = TRIGGERS) -> Iterator[str]:
    """Wrapped texts in `text` in lower case, and those wrapped in them, `depth` levels deep."""
    for part in wrapped(text, triggers):
        yield lower_case(part.inner)
        if depth > 1:
            yield from unwrapped(part.inner, depth - 1)


def stands_in(written: Iterable[str], lower: str) -> bool:
    """Whether one of the forms stands in lower-cased text, short names as whole words."""
    return any(form in lower and next(places(form, lower), None) is not None for form in written)


def _hyperscan_search(written: Sequence[str]) -> Search | None:
    try:
        import hyperscan
    except ImportError:
        return None
    patterns = [re.escape(text).encode() for text in (*written, *TRIGGERS)]
    try:
        database = hyperscan.Database()
        flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH
        database.compile(expressions=patterns, ids=list(range(len(patterns))), flags=[flags] * len(patterns))
    except hyperscan.error:
        return None
    first_trigger = len(written)
    # Words are told apart here: as patterns of the engine they take seconds to compile.
    short = [starts_short(form) for form in written]

    def search(data: bytes, first: bool) -> tuple[set[int], frozenset[str]]:
        found: set[int] = set()

        def on_match(number: int, *_: object) -> bool:
            found.add(number)
            return first and number < first_trigger and not short[number]

        with suppress(hyperscan.ScanTerminated):
            database.scan(data, match_event_handler=on_match)
        literals = {number for number in found if number < first_trigger}
        doubtful = {number for number in literals if short[number]}
        if doubtful and not (first and literals - doubtful):
            lower = data.lower().decode("latin-1")
            literals -= {number for number in doubtful if not stands_in((written[number],), lower)}
        return literals, frozenset(TRIGGERS[number - first_trigger] for number in found if number >= first_trigger)

    return search
