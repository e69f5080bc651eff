"""The words of options as values: sizes, numbers, formats, lists; and the error that says what is wrong with one."""

from collections.abc import Iterable, Sequence

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html")
FAIL_ON = ("error", "warning", "note", "never")
COLORS = ("auto", "always", "never")
MAX_BYTES = 10_000_000
STDIN = "-"

_UNITS = {"gb": 10**9, "mb": 10**6, "kb": 10**3, "g": 10**9, "m": 10**6, "k": 10**3, "b": 1}


class OptionError(ValueError):
    """An option's value is wrong; the message is for the person who typed it."""


def outputs_of(format: str | None, words: Iterable[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The format of the report on standard output (text, where none is named), and the (format, file) of the others."""
    if format is not None:
        one_of("--format", format, FORMATS)
    shown = [] if format is None else [format]
    files: dict[str, str] = {}
    for word in words:
        name, colon, file = word.partition(":")
        one_of("--output", name, FORMATS)
        if colon and not file:
            raise OptionError(f"--output: {word!r} lacks a file name behind the colon")
        if file in files:
            raise OptionError(f"--output: {file!r} is named for two reports")
        if file in ("", STDIN):
            shown.append(name)
        else:
            files[file] = name
    if len(shown) > 1:
        raise OptionError(f"--output: only one report goes to standard output; name a file for the other, as in {shown[-1]}:FILE")
    return (shown or ["text"])[0], tuple((name, file) for file, name in files.items())


def one_of(option: str, value: str, known: Sequence[str]) -> None:
    """Raises `OptionError` for a value that is none of `known`."""
    if value not in known:
        raise OptionError(f"{option}: {value!r} is none of {', '.join(known)}{did_you_mean(value, known)}")


def split_list(words: Iterable[str]) -> tuple[str, ...]:
    """The words of options that may be repeated, and hold several words with commas between them."""
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def jobs_of(word: str | None) -> int:
    """The number of `--jobs`, 0 where none is given."""
    if word is None:
        return 0
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= 999 and len(word) < 4):
        raise OptionError(f"--jobs: {word!r} is no number from 1 to 999")
    return int(word)


def bytes_of(word: str | None) -> int:
    """The bytes of `--max-size`."""
    if word is None:
        return MAX_BYTES
    size = size_of(word)
    if size is None:
        raise OptionError(f"--max-size: {word!r} is no size such as 50MB")
    return size


def size_of(word: str) -> int | None:
    """The bytes that `50MB`, `1k` or `7` means; None for anything else."""
    digits, factor = word.lower(), 1
    for unit, size in _UNITS.items():
        if digits.endswith(unit):
            digits, factor = digits.removesuffix(unit), size
            break
    if not (digits.isascii() and digits.isdigit() and len(digits) < 13 and int(digits)):
        return None
    return int(digits) * factor


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the known word that is closest, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""
