"""The commands, after their options are known: they run, print the report on stdout and all else on stderr, and give the status."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from linter.findings import SEVERITIES, Finding, Result, Skipped
from linter.options import STDIN, CheckOptions, OptionError

if TYPE_CHECKING:
    from linter.configuration_find import Configurations
    from linter.discovery import Found

CLEAN, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: nothing at or above `--fail-on`; findings; the job could not be done; Ctrl-C."""


class Context(NamedTuple):
    """Where a command runs. `stdin`, `stdout`: text streams, of which `.buffer` is used where they have one.

    `today`: an ISO date; "": that of the clock. Only agreements and suppressions with a last day look at it.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    env: Mapping[str, str]
    cwd: str
    today: str = ""


def check(options: CheckOptions, context: Context) -> int:
    """`pixellint check`. Raises `OptionError` for a rule glob that matches nothing and for what is wrong in a configuration."""
    if options.explain is not None:
        from linter.explain import explain

        return explain(options, context)
    if options.fix or options.diff:
        from linter.fix_commands import fix

        return fix(options, context)
    run = checked(options, context)
    return status(run.result, run.options) if print_report(run, context) else FAILED


def print_report(run: "Checked", context: Context) -> bool:
    """Prints and writes the reports of a run; whether all could be written."""
    options, result = run.options, run.result
    if {"sarif", "rdjson"} & {options.format, *(format for format, _ in options.outputs)} and result.findings:
        from linter.fix_commands import with_suggestions

        result = with_suggestions(run, context)
    if options.outputs or options.format not in ("text", "json"):
        from linter.outputs import report

        written = report(result, options, context, run.hidden, run.data, run.blobs)
    else:
        written = True
        write(context.stdout, _render(result, options, context, run.hidden))
    if options.statistics:
        from linter.reports import statistics

        write(context.stdout if options.format == "text" else context.stderr, f"\n{statistics.render(result)}")
    return written


def pages(options: CheckOptions, format: str, only: str | None, context: Context) -> int:
    """`pixellint pages`. Raises `OptionError`."""
    from linter.reports.pages import FORMATS, is_sensitive, render

    if format not in FORMATS:
        raise OptionError(f"--format: {format!r} is none of {', '.join(FORMATS)}")
    if only not in (None, "sensitive"):
        raise OptionError(f"--only: {only!r} is not: sensitive")
    options, result, *_ = checked(options._replace(pages=True), context)
    rows = [row for row in result.pages if only is None or is_sensitive(row)]
    if not rows:
        complain(
            context.stderr, "no page was found; name the folder that holds the whole site" if not result.pages else "no page is sensitive"
        )
    write(context.stdout, render(rows, format))
    return status(result, options)


class Checked(NamedTuple):
    """A run as a command goes on with it: the options that are in force, what is reported, and how many the selection left out."""

    options: CheckOptions
    result: Result
    hidden: int
    data: bytes
    configurations: "Configurations"
    blobs: Mapping[str, bytes] = {}
    """The bytes of files that were not read from the disk, by path."""
    everything: tuple[Finding, ...] = ()
    """All findings, those that the selection leaves out among them."""
    stdin_path: str = ""
    """The path under which standard input is reported, "" where it is not read."""


def checked(options: CheckOptions, context: Context, baseline: bool = True) -> Checked:
    """Runs a check under the configuration in force, and tells on stderr what failed. Raises `OptionError`.

    `baseline`: findings that the baseline knows are left out.
    """
    from linter.configuration_find import Asked, Configurations
    from linter.discovery import Settings
    from linter.run import run
    from linter.selection import Settled, chosen_rules, settle, with_configuration

    configurations = Configurations(context.cwd, context.env, Asked(options.config, options.isolated))
    options = with_configuration(options, configurations.enter(options))
    chosen_rules(options)
    today = context.today or _today()
    data = _read_stdin(context.stdin, options.max_bytes) if STDIN in options.paths else b""
    settings = Settings(context.cwd, context.env, options.max_bytes)

    progress = None
    if context.stderr.isatty():
        from linter.progress import progress_on

        progress = progress_on(context.stderr, context.env)

    found: tuple[Finding, ...] = ()

    def look(options: CheckOptions, rows: "Sequence[Found | Skipped] | None" = None) -> Settled:
        nonlocal found
        everything = run(options, settings, data, configurations, today, rows, progress)
        found = found or everything.findings
        settled = settle(everything, options, configurations, today)
        if not baseline or options.baseline is None:
            return settled
        from linter.baseline_commands import without_known

        result, stale = without_known(settled.result, options, context.cwd)
        return settled._replace(result=result, notices=(*settled.notices, *stale))

    if options.staged:
        from linter.staged import look_at_staged

        options, (result, hidden, notices), blobs = look_at_staged(options, settings, look)
    else:
        (result, hidden, notices), blobs = look(options), {}
    if options.diff_base is not None:
        from linter.changed import look_at_added

        result, told = look_at_added(result, options, settings, look)
        notices = (*notices, *told)
    if progress is not None:
        progress.close()
    _tell_failures(result, context.stderr)
    for notice in notices:
        complain(context.stderr, notice)
    return Checked(options, result, hidden, data, configurations, blobs, found, stdin_path(options, context.cwd))


def stdin_path(options: CheckOptions, cwd: str) -> str:
    """The path under which standard input is reported, "" where it is not read."""
    if STDIN not in options.paths:
        return ""
    from linter.discovery import display_path

    return display_path(options.stdin_filename, cwd) if options.stdin_filename else "<stdin>"


def _today() -> str:
    from time import strftime

    return strftime("%Y-%m-%d")


def status(result: Result, options: CheckOptions) -> int:
    """The exit status. A file that was analysed in part gives way to findings; any other failure does not."""
    failed = [skip for skip in result.skipped if skip.failed]
    if any(not skip.reason.startswith("not fully analysed") for skip in failed):
        return FAILED
    if not options.exit_zero and options.fail_on != "never":
        grave = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1]
        if any(finding.severity in grave for finding in result.findings):
            return FOUND
    return FAILED if failed else CLEAN


def _tell_failures(result: Result, stderr: TextIO) -> None:
    for skip in result.skipped:
        if skip.failed:
            complain(stderr, f"{skip.path}: {skip.reason}")
    if not result.files_read and not result.skipped:
        complain(stderr, "there are no files to check")


def _render(result: Result, options: CheckOptions, context: Context, hidden: int) -> str:
    if options.format == "json":
        from linter.reports import document

        return document.render(result)
    from linter.reports import text

    palette = text.COLORED if wants_color(options.color, context) else text.PLAIN
    return text.render(result, palette, options.verbose, hidden)


def wants_color(choice: str, context: Context) -> bool:
    """Whether to colour. The flag decides; then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, TERM=dumb; then whether stdout is a terminal."""
    if choice != "auto":
        return choice == "always"
    env = context.env
    if env.get("NO_COLOR"):
        return False
    if any(env.get(name) not in (None, "", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return env.get("TERM") != "dumb" and context.stdout.isatty()


def _read_stdin(stdin: Any, max_bytes: int) -> bytes:
    """At most one byte more than `max_bytes`."""
    if hasattr(stdin, "buffer"):
        data: bytes = stdin.buffer.read(max_bytes + 1)
        return data
    return str(stdin.read()).encode("utf-8", "surrogateescape")[: max_bytes + 1]


def write(stream: Any, text: str) -> None:
    """Prints as UTF-8 (a console that has another encoding gets that, with escapes for what it lacks) and flushes."""
    from linter.reports import valid_text

    text = valid_text(text)
    if hasattr(stream, "buffer"):
        stream.flush()
        encoding = (stream.encoding or "utf-8") if stream.isatty() else "utf-8"
        stream.buffer.write(text.encode(encoding, "backslashreplace"))
        stream.buffer.flush()
    else:
        stream.write(text)
        stream.flush()


def complain(stderr: TextIO, message: str) -> None:
    """One line on stderr."""
    tell(stderr, f"pixellint: {message}")


def tell(stderr: TextIO, line: str) -> None:
    """One line on stderr that belongs to the one before."""
    from linter.reports import printable

    write(stderr, f"{printable(line)}\n")
