"""The command line in full: help, errors, and every command. It assembles options and decides nothing about pixels."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import Annotated

import click
import typer

from linter import __version__, commands, leaflet_commands
from linter.cli_configuration import add_commands
from linter.cli_first import add_first_commands
from linter.cli_options import (
    AllowDirty,
    Baseline,
    CheckFormat,
    Color,
    Config,
    Diff,
    DiffBase,
    ExitZero,
    Explain,
    FailOn,
    Fix,
    Format,
    Ignore,
    Isolated,
    Jobs,
    MaxSize,
    Output,
    Paths,
    Select,
    Staged,
    Statistics,
    StdinFilename,
    UnsafeFixes,
    Verbose,
)
from linter.cli_whole import add_whole_commands
from linter.commands import FAILED, Context, complain
from linter.options import check_options, split_list

app = typer.Typer(
    name="pixellint",
    add_completion=False,
    help="Finds tracking pixels that are written into the files of a medical or dental practice's website.",
)


COMMANDS = ("check", "pages", "plan", "rule", "vendors", "config", "baseline", "test-rules", "init", "completion", "gtm")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pixellint {__version__}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """What stands before a command."""


@app.command()
def check(
    context: typer.Context,
    paths: Paths = None,
    format: CheckFormat = None,
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    stdin_filename: StdinFilename = None,
    color: Color = "auto",
    jobs: Jobs = None,
    max_size: MaxSize = None,
    config: Config = None,
    isolated: Isolated = False,
    baseline: Baseline = None,
    staged: Staged = False,
    diff_base: DiffBase = None,
    statistics: Statistics = False,
    explain: Explain = None,
    fix: Fix = False,
    diff: Diff = False,
    unsafe_fixes: UnsafeFixes = False,
    allow_dirty: AllowDirty = False,
    verbose: Verbose = False,
) -> None:
    """Check PATHS for tracking pixels: files and folders, or - for standard input. Default: the current folder.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be done.
    """
    chosen = check_options(
        paths or (),
        format=format,
        output=output or (),
        select=select or (),
        ignore=ignore or (),
        exit_zero=exit_zero,
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        color=color,
        jobs=jobs,
        verbose=verbose,
        max_size=max_size,
        config=config,
        isolated=isolated,
        baseline=baseline,
        staged=staged,
        diff_base=diff_base,
        statistics=statistics,
        explain=explain,
        fix=fix,
        diff=diff,
        unsafe_fixes=unsafe_fixes,
        allow_dirty=allow_dirty,
    )
    raise typer.Exit(commands.check(chosen, context.obj))


@app.command()
def rule(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="RULE", show_default=False)],
) -> None:
    """Show what a rule finds, why it matters and what to do.

    RULE is a rule (meta-pixel/base-code), a vendor (meta-pixel), or a glob (*/beacon).
    """
    raise typer.Exit(leaflet_commands.rule(name, context.obj))


@app.command()
def vendors(context: typer.Context, format: Format = "text") -> None:
    """List the known vendors, and whether they sign a BAA."""
    raise typer.Exit(leaflet_commands.vendors(format, context.obj))


add_commands(app)
add_first_commands(app)
add_whole_commands(app)

gtm = typer.Typer(help="Google Tag Manager containers.", no_args_is_help=True)
app.add_typer(gtm, name="gtm")


@gtm.callback()
def gtm_program() -> None:
    """What stands between `gtm` and its command."""


@gtm.command()
def pause(
    context: typer.Context,
    export: Annotated[str, typer.Argument(metavar="EXPORT", show_default=False)],
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write the copy.")] = None,
    select: Select = None,
) -> None:
    """Write a copy of a container export in which every tag with a finding is paused, and say how to import it.

    EXPORT is never changed. Default for FILE: EXPORT with .paused before its ending.
    """
    from linter import gtm_commands

    raise typer.Exit(gtm_commands.pause(export, output, split_list(select or ()), context.obj))


def command() -> click.Command:
    """The command line as the library's object."""
    return typer.main.get_command(app)


def run(argv: Sequence[str], context: Context) -> int:
    """Runs a command line and gives its exit status; usage errors are told on stderr and give 2, as does no word at all.

    Raises `OptionError`.
    """
    try:
        with redirect_stdout(context.stdout if argv else context.stderr):
            status = command().main(list(argv) or ["--help"], "pixellint", standalone_mode=False, obj=context)
        return int(status or 0) if argv else FAILED
    except click.ClickException as error:
        message = " Did you mean".join(dict.fromkeys(error.format_message().split(" Did you mean")))
        complain(context.stderr, f"error: {message}{_hint(argv, context)}")
        return FAILED
    except click.Abort:
        raise KeyboardInterrupt from None


def _hint(argv: Sequence[str], context: Context) -> str:
    """What a person meant who left `check` out."""
    from os.path import exists, join

    if not argv[0].startswith("-") and argv[0] not in COMMANDS and exists(join(context.cwd, argv[0])):
        return f" Did you mean 'pixellint check {argv[0]}'?"
    return " See 'pixellint --help'."
