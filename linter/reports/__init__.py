"""Reports: one module per format; each takes the same `Result` and returns text. Reports decide nothing.

What stands here is common to them: counts, and text made safe to print.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from linter.findings import Skipped

_PICTURES = 0x2400
_DELETE = "\u2421"


def skip_class(reason: str) -> str:
    """The class of a skip, for counting: what stands before the colon of its reason."""
    return reason.partition(":")[0].removesuffix(" file")


def count_skips(skipped: Iterable[Skipped]) -> list[tuple[str, int]]:
    """(class, how many), the most frequent first, then by name."""
    return sorted(Counter(skip_class(skip.reason) for skip in skipped).items(), key=lambda row: (-row[1], row[0]))


def counted(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def visible(character: str) -> str:
    """A character that cannot drive a terminal: controls, and what changes the direction of text, are shown as such."""
    code = ord(character)
    if character.isprintable():
        return character
    if character == "\t" or (character.isspace() and code > 0x9F and character not in "\u2028\u2029"):
        return " "
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x20:
        return chr(_PICTURES + code)
    return _DELETE if code == 0x7F else f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def printable(text: str) -> str:
    """Text on one line with every character `visible`."""
    return text if text.isprintable() else "".join(map(visible, text))


def valid_text(text: str, escape: str = "\\") -> str:
    """Text that every encoder of Unicode takes: bytes of a file name that are no UTF-8 as `\\xe9`, other halves as U+FFFD.

    `escape` is how the backslash is written (`\\\\` inside of JSON).
    """
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return "".join(_valid(character, escape) for character in text)


def _valid(character: str, escape: str) -> str:
    if "\udc80" <= character <= "\udcff":
        return f"{escape}x{ord(character) - 0xDC00:02x}"
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character
