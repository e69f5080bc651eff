"""GitHub's fingerprint of a line, which code scanning calls `primaryLocationLineHash`.

It is made as github/codeql-action does (src/fingerprints.ts), so that an upload neither computes another one nor warns: the file
is read as UTF-8, with U+FFFD for what is none; spaces and tabs are dropped, CRLF and CR become LF, and 65535 is put behind the end.
A line's hash is the polynomial over the 100 UTF-16 code units from its first kept one on (with zeros behind the end), to the base
37, modulo 2**64; it is told in hexadecimal, with a colon and how often this value has occurred in the file so far.
"""

import re
from collections import Counter
from collections.abc import Iterable

WINDOW = 100
_BASE = 37
_MODULUS = 1 << 64
_END = "\uffff"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def line_hashes(data: bytes, lines: Iterable[int]) -> dict[int, str]:
    """The fingerprints of some lines (from 1) of a file's bytes; a line that it does not have has none. Linear time."""
    text = _normalised(data)
    starts = _line_starts(text, set(lines))
    wanted = {_window(text, start) for start in starts.values()}
    seen: Counter[str] = Counter()
    at_start: dict[int, str] = {}
    chosen = set(starts.values())
    start = 0
    while start < len(text):
        window = _window(text, start)
        if window in wanted:
            seen[window] += 1
            if start in chosen:
                at_start[start] = f"{_polynomial(window):x}:{seen[window]}"
        start = text.find("\n", start) + 1 or len(text)
    return {line: at_start[start] for line, start in starts.items()}


def _normalised(data: bytes) -> str:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    return (text if text.isascii() else _ASTRAL.sub(_two_units, text)) + _END


def _two_units(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def _line_starts(text: str, lines: set[int]) -> dict[int, int]:
    """Where some lines begin in the normalised text."""
    starts: dict[int, int] = {}
    start, last = 0, max(lines, default=0)
    for number in range(1, last + 1):
        if number in lines:
            starts[number] = start
        start = text.find("\n", start) + 1
        if not start:
            break
    return starts


def _window(text: str, start: int) -> str:
    return text[start : start + WINDOW].ljust(WINDOW, "\0")


def _polynomial(window: str) -> int:
    value = 0
    for unit in window:
        value = (value * _BASE + ord(unit)) % _MODULUS
    return value
