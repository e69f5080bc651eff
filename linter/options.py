"""What `pixellint check` was asked to do, and a parser for the plain forms of its arguments.

`parse_plain` reads what scripts and hooks write (`check --format json a.html b.php`) without importing the command line
library, whose import costs more than a clean file. Whatever it does not know it leaves to `linter.cli`, which builds
the same `CheckOptions`; a test proves that both agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict, Unpack

from linter.option_words import (
    COLORS,
    FAIL_ON,
    FORMATS,
    MAX_BYTES,
    STDIN,
    OptionError,
    bytes_of,
    did_you_mean,
    jobs_of,
    one_of,
    outputs_of,
    size_of,
    split_list,
)

__all__ = [
    "FAIL_ON",
    "FORMATS",
    "MAX_BYTES",
    "STDIN",
    "CheckOptions",
    "OptionError",
    "check_options",
    "did_you_mean",
    "matching_rules",
    "parse_plain",
    "selected_rules",
    "size_of",
    "split_list",
]


class CheckOptions(NamedTuple):
    """One `pixellint check`.

    `paths` as typed ("-" is standard input, and is there whenever `stdin_filename` is). `select` and `ignore` are rule id
    globs. `fail_on` is the least severity that makes exit status 1, or "never". `jobs` 0: as many as pay. `max_bytes`:
    larger files are listed, not read. `pages`: pages are followed even where nothing is found. `format` is that of the report on
    standard output; `outputs` are the (format, file) of the others. `config` and `baseline` are files as typed. `typed` names the
    settings of a configuration that the command line gave, which win. `staged`: what the index of git changes is checked, not the disk.
    `diff_base`: a commit; what was there where HEAD left it is not reported. `statistics`: rules are counted behind the report.
    `explain`: a place, `PATH:LINE`, that is explained instead. `fix`: what is found is taken out where that is safe; `diff`: that is shown
    only. `unsafe_fixes`: also where a person should look it over. `allow_dirty`: also in files that git could not give back.
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
    pages: bool = False
    outputs: tuple[tuple[str, str], ...] = ()
    config: str | None = None
    isolated: bool = False
    baseline: str | None = None
    typed: tuple[str, ...] = ()
    staged: bool = False
    diff_base: str | None = None
    statistics: bool = False
    explain: str | None = None
    fix: bool = False
    diff: bool = False
    unsafe_fixes: bool = False
    allow_dirty: bool = False


class Kept(TypedDict, total=False):
    """The words of the command line that are options as they were typed; see `CheckOptions`."""

    exit_zero: bool
    verbose: bool
    config: str | None
    isolated: bool
    baseline: str | None
    staged: bool
    diff_base: str | None
    statistics: bool
    explain: str | None
    fix: bool
    diff: bool
    unsafe_fixes: bool
    allow_dirty: bool


def check_options(
    paths: Iterable[str] = (),
    *,
    format: str | None = None,
    output: Iterable[str] = (),
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_on: str | None = None,
    stdin_filename: str | None = None,
    color: str = "auto",
    jobs: str | None = None,
    max_size: str | None = None,
    **kept: Unpack[Kept],
) -> CheckOptions:
    """`CheckOptions` from the words as typed. Raises `OptionError`."""
    given = {"select": select, "ignore": ignore, "fail-on": fail_on, "jobs": jobs, "max-size": max_size, "baseline": kept.get("baseline")}
    shown, outputs = outputs_of(format, output)
    options = CheckOptions(
        _named(paths, stdin_filename),
        shown,
        *(split_list(select), split_list(ignore)),
        fail_on="warning" if fail_on is None else fail_on,
        stdin_filename=stdin_filename,
        color=color,
        jobs=jobs_of(jobs),
        max_bytes=bytes_of(max_size),
        outputs=outputs,
        typed=tuple(name for name, value in given.items() if value),
        **kept,
    )
    one_of("--fail-on", options.fail_on, FAIL_ON)
    one_of("--color", color, COLORS)
    _go_together(options)
    return options


def _named(paths: Iterable[str], stdin_filename: str | None) -> tuple[str, ...]:
    """What is checked; standard input is among it where it has a name."""
    if stdin_filename == "":
        raise OptionError("--stdin-filename: a file name is needed")
    named = tuple(paths) or ((STDIN,) if stdin_filename else (".",))
    return (*named, STDIN) if stdin_filename and STDIN not in named else named


def _go_together(options: CheckOptions) -> None:
    """Raises `OptionError` for options that exclude one another, or need another."""
    if options.config is not None and options.isolated:
        raise OptionError("--config and --isolated exclude one another")
    _one_side_of_git(options.staged, options.diff_base, options.paths)
    if (options.unsafe_fixes or options.allow_dirty) and not (options.fix or options.diff):
        raise OptionError(f"{'--unsafe-fixes' if options.unsafe_fixes else '--allow-dirty'} goes with --fix or --diff")


def _one_side_of_git(staged: bool, diff_base: str | None, paths: Sequence[str]) -> None:
    if staged and diff_base is not None:
        raise OptionError("--staged and --diff-base exclude one another")
    if STDIN in paths and (staged or diff_base is not None):
        raise OptionError(f"{'--staged' if staged else '--diff-base'}: standard input is not in git")


_FLAGS = {
    "--exit-zero": "exit_zero",
    "--isolated": "isolated",
    "--staged": "staged",
    "--fix": "fix",
    "--diff": "diff",
    "--unsafe-fixes": "unsafe_fixes",
    "--allow-dirty": "allow_dirty",
    "--statistics": "statistics",
    "--verbose": "verbose",
    "-v": "verbose",
}
_LISTS = {"--select": "select", "--ignore": "ignore", "--output": "output"}
_VALUES = {
    "--format": "format",
    "--fail-on": "fail_on",
    "--stdin-filename": "stdin_filename",
    "--color": "color",
    "--jobs": "jobs",
    "--max-size": "max_size",
    "--config": "config",
    "--baseline": "baseline",
    "--diff-base": "diff_base",
    "--explain": "explain",
}


def parse_plain(argv: Sequence[str]) -> CheckOptions | None:
    """The options of `check ARGUMENT...` written plainly; None for anything that the command line library has to say."""
    if not argv or argv[0] != "check":
        return None
    raw: dict[str, Any] = {"select": [], "ignore": [], "output": []}
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
