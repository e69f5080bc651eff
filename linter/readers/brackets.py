"""Bracket matching in code of any C-like or Ruby-like language: enough to find where a tag or an attribute ends."""

import re

_STRINGS = r'"(?:[^"\\\n]|\\.){0,400}+"|\'(?:[^\'\\\n]|\\.){0,400}+\'|`(?:[^`\\]|\\.){0,4000}+`'
_TOKEN = re.compile(_STRINGS + r"|[()\[\]{}]|\\.", re.DOTALL)
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_REACH = 20_000


class Brackets:
    """Finds the ends of bracketed spans in `text`.

    A span may be at most 20,000 characters long. All searches together look at a bounded multiple of the text, so that
    hostile nesting costs linear time; past that bound nothing is found any more.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = 3 * len(text) + 100_000

    def end(self, begin: int) -> int:
        """Offset behind the bracket that closes the one at `begin`, or -1; quotes on one line hide brackets."""
        opening = self._text[begin]
        closing = _CLOSES[opening]
        depth, at = 0, begin
        stop = min(len(self._text), begin + min(_REACH, max(self._left, 0)))
        for match in _TOKEN.finditer(self._text, begin, stop):
            at = match.end()
            found = match[0]
            if found == opening:
                depth += 1
            elif found == closing:
                depth -= 1
                if depth == 0:
                    break
        self._left -= (at if depth == 0 else stop) - begin
        return at if depth == 0 and at > begin else -1
