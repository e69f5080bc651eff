"""Names of settings, however a template writes them: `googleAnalytics` is `google_analytics` and `GOOGLE_ANALYTICS`."""

import re
from collections.abc import Mapping, Sequence

from linter.reach.scripts import Lines

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
MIN_LETTERS = 6
MAX_WORDS = 200


def is_telling(word: str) -> bool:
    """Whether a name is long enough that a file in which it stands speaks of that setting."""
    return sum(map(len, _PARTS.findall(word))) >= MIN_LETTERS


class Words:
    """Looks for names of settings in texts; true where there is any."""

    def __init__(self, words: Sequence[str]) -> None:
        self._by_plain = {_plain(word): word for word in words[:MAX_WORDS]}
        one = "|".join(
            "[-_.]?".join(map(re.escape, _PARTS.findall(word))) for word in sorted(self._by_plain.values(), key=len, reverse=True)
        )
        self._pattern = re.compile(rf"(?<![a-z0-9])(?:{one})(?![a-z0-9]|\.com\b)", re.IGNORECASE) if one else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def lines_in(self, text: str) -> Mapping[str, int]:
        """The names that stand in a text, each with its first line."""
        found: dict[str, int] = {}
        lines: Lines | None = None
        for match in self._pattern.finditer(text) if self._pattern else ():
            word = self._by_plain.get(_plain(match[0]))
            if word is not None and word not in found:
                lines = lines or Lines(text)
                found[word] = lines.at(match.start())
        return found


def _plain(word: str) -> str:
    return re.sub(r"[-_.]", "", word).lower()
