"""What `pixellint check` was asked to do, and a parser for the plain forms of its arguments.

`parse_plain` reads what scripts and hooks write (`check --format json a.html b.php`) without importing the command line
library, whose import costs more than a clean file. Whatever it does not know it leaves to `linter.cli`, which builds
the same `CheckOptions`; a test proves that both agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

FORMATS = ("text", "json")
FAIL_ON = ("error", "warning", "note", "never")
COLORS = ("auto", "always", "never")
MAX_BYTES = 10_000_000
STDIN = "-"

_UNITS = {"gb": 10**9, "mb": 10**6, "kb": 10**3, "g": 10**9, "m": 10**6, "k": 10**3, "b": 1}


class OptionError(ValueError):
    """An option's value is wrong; the message is for the person who typed it."""


class CheckOptions(NamedTuple):
    """One `pixellint check`.

    `paths` as typed ("-" is standard input, and is there whenever `stdin_filename` is). `select` and `ignore` are rule id
    globs. `fail_on` is the least severity that makes exit status 1, or "never". `jobs` 0: as many as pay. `max_bytes`:
    larger files are listed, not read.
    """

    paths: tuple[str, ...] = (".",)
    format: str = "text"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exit_zero: bool = False
    fail_on: str = "warning"
    stdin_filename: str | None = None
    color: str = "auto"
    jobs: int = 0
    verbose: bool = False
    max_bytes: int = MAX_BYTES


def check_options(
    paths: Iterable[str] = (),
    *,
    format: str = "text",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    exit_zero: bool = False,
    fail_on: str = "warning",
    stdin_filename: str | None = None,
    color: str = "auto",
    jobs: str | None = None,
    verbose: bool = False,
    max_size: str | None = None,
) -> CheckOptions:
    """`CheckOptions` from the words as typed. Raises `OptionError`."""
    _one_of("--format", format, FORMATS)
    _one_of("--fail-on", fail_on, FAIL_ON)
    _one_of("--color", color, COLORS)
    if stdin_filename == "":
        raise OptionError("--stdin-filename: a file name is needed")
    named = tuple(paths) or ((STDIN,) if stdin_filename else (".",))
    if stdin_filename and STDIN not in named:
        named = (*named, STDIN)
    return CheckOptions(
        named, format, _list(select), _list(ignore), exit_zero, fail_on, stdin_filename, color, _jobs(jobs), verbose, _bytes(max_size)
    )


def _one_of(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise OptionError(f"{option}: {value!r} is none of {', '.join(known)}{did_you_mean(value, known)}")


def _list(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def _jobs(word: str | None) -> int:
    if word is None:
        return 0
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= 999 and len(word) < 4):
        raise OptionError(f"--jobs: {word!r} is no number from 1 to 999")
    return int(word)


def _bytes(word: str | None) -> int:
    if word is None:
        return MAX_BYTES
    digits, factor = word.lower(), 1
    for unit, size in _UNITS.items():
        if digits.endswith(unit):
            digits, factor = digits.removesuffix(unit), size
            break
    if not (digits.isascii() and digits.isdigit() and len(digits) < 13 and int(digits)):
        raise OptionError(f"--max-size: {word!r} is no size such as 50MB")
    return int(digits) * factor


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the known word that is closest, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


_FLAGS = {"--exit-zero": "exit_zero", "--verbose": "verbose", "-v": "verbose"}
_LISTS = {"--select": "select", "--ignore": "ignore"}
_VALUES = {
    "--format": "format",
    "--fail-on": "fail_on",
    "--stdin-filename": "stdin_filename",
    "--color": "color",
    "--jobs": "jobs",
    "--max-size": "max_size",
}


def parse_plain(argv: Sequence[str]) -> CheckOptions | None:
    """The options of `check ARGUMENT...` written plainly; None for anything that the command line library has to say."""
    if not argv or argv[0] != "check":
        return None
    raw: dict[str, Any] = {"select": [], "ignore": []}
    paths: list[str] = []
    words = iter(argv[1:])
    for word in words:
        if word == "--":
            paths += words
        elif not word.startswith("-") or word == STDIN:
            paths.append(word)
        elif not _take_option(word, words, raw):
            return None
    try:
        return check_options(paths, **raw)
    except OptionError:
        return None


def _take_option(word: str, words: Iterable[str], raw: dict[str, Any]) -> bool:
    if word in _FLAGS:
        raw[_FLAGS[word]] = True
        return True
    name, equals, value = word.partition("=")
    if name not in _VALUES and name not in _LISTS:
        return False
    if not equals:
        value = next(iter(words), "-")
        if value.startswith("-"):
            return False
    if name in _LISTS:
        raw[_LISTS[name]].append(value)
    else:
        raw[_VALUES[name]] = value
    return True


def selected_rules(select: Sequence[str], ignore: Sequence[str], names: Mapping[str, str], on_request: Iterable[str]) -> frozenset[str]:
    """The rule ids to report: those that `select` matches (all but `on_request` ones without it) less those of `ignore`.

    `names` maps every rule id, and every old name of one, to its rule id. A glob without a slash stands for all rules of
    a vendor. Raises `OptionError` for a glob that matches no name.
    """
    chosen = set(names.values()) - set(on_request)
    if select:
        chosen = {rule for glob in select for rule in matching_rules("--select", glob, names)}
    for glob in ignore:
        chosen -= matching_rules("--ignore", glob, names)
    return frozenset(chosen)


def matching_rules(option: str, glob: str, names: Mapping[str, str]) -> set[str]:
    """The rule ids that a glob matches; see `selected_rules`."""
    from fnmatch import fnmatchcase

    pattern = glob if "/" in glob else f"{glob}/*"
    found = {rule for name, rule in names.items() if fnmatchcase(name, pattern)}
    if not found:
        hint = did_you_mean(glob, names) if "/" in glob else did_you_mean(glob, {name.partition("/")[0] for name in names})
        raise OptionError(f"{option}: no rule is called {glob!r}{hint}")
    return found
