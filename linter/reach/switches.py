"""Parts of a template that the site's settings switch off: `{% if site.pixel_id %}` where no such setting is made."""

import re
from bisect import bisect_right
from collections.abc import Callable

MAX_DEPTH = 200
Truth = Callable[[str], bool | None]
"""Whether a condition holds, None where it is not known from the settings."""

LIQUID_BLOCKS = re.compile(r"\{%-?\s*(if|unless|elsif|else|endif|endunless)\b([^%]{0,300})-?%\}")
GO_BLOCKS = re.compile(r"\{\{-?\s*(else if|else with|if|with|range|block|define|else|end)\b([^{}]{0,500})-?\}\}")
_OPENS = frozenset(("if", "unless", "with", "range", "block", "define"))
_ENDS = frozenset(("end", "endif", "endunless"))


class _Open:
    """A block that is open: whether the branch that is read is off, and whether a branch before it is sure to be taken."""

    def __init__(self, off: bool, taken: bool) -> None:
        self.off = off
        self.taken = taken


class Switches:
    """Which places of a template are switched off."""

    def __init__(self, text: str, blocks: re.Pattern[str], truth: Truth) -> None:
        self._starts = [0]
        self._off = [False]
        opened: list[_Open] = []
        for match in blocks.finditer(text):
            word, condition = match[1], match[2].strip(" -")
            if word in _OPENS:
                if len(opened) < MAX_DEPTH:
                    answer = truth(condition) if word in ("if", "with", "unless") else None
                    answer = (not answer) if word == "unless" and answer is not None else answer
                    opened.append(_Open(answer is False, answer is True))
            elif word in _ENDS:
                if opened:
                    opened.pop()
            elif opened:
                answer = None if word == "else" else truth(condition)
                opened[-1].off = opened[-1].taken or answer is False
                opened[-1].taken = opened[-1].taken or answer is True
            self._starts.append(match.end())
            self._off.append(any(block.off for block in opened))

    def off(self, offset: int) -> bool:
        """Whether what stands at an offset is switched off."""
        return self._off[bisect_right(self._starts, offset) - 1]
