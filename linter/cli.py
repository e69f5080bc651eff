"""The command line in full: help, errors, and every command. It assembles options and decides nothing about pixels."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import Annotated, Any

import click
import typer

from linter import __version__, commands
from linter.commands import FAILED, Context, complain
from linter.options import check_options

app = typer.Typer(
    name="pixellint",
    add_completion=False,
    help="Finds tracking pixels that are written into the files of a medical or dental practice's website.",
)


def _option(name: str, metavar: str, help: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help)


Words = list[str] | None
Paths = Annotated[Words, typer.Argument(metavar="[PATHS]...", show_default=False)]
Format = Annotated[str, _option("--format", "text|json", "How to report.")]
Select = Annotated[Words, _option("--select", "GLOB", "Report only rules that match, such as meta-pixel/* or */beacon; may be repeated.")]
Ignore = Annotated[Words, _option("--ignore", "GLOB", "Do not report rules that match; may be repeated.")]
FailOn = Annotated[str, _option("--fail-on", "error|warning|note|never", "The least severity that makes exit status 1.")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even if there are findings.")]
StdinFilename = Annotated[str | None, _option("--stdin-filename", "NAME", "Check standard input as if it were this file.")]
Color = Annotated[str, _option("--color", "auto|always|never", "Whether to colour the text report.")]
Jobs = Annotated[str | None, _option("--jobs", "N", "Number of processes. Default: as many as pay.")]
MaxSize = Annotated[str | None, _option("--max-size", "SIZE", "List larger files instead of reading them. Default: 10MB.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="List skipped files; say where an internal error happened.")]


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
    format: Format = "text",
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = "warning",
    exit_zero: ExitZero = False,
    stdin_filename: StdinFilename = None,
    color: Color = "auto",
    jobs: Jobs = None,
    max_size: MaxSize = None,
    verbose: Verbose = False,
) -> None:
    """Check PATHS for tracking pixels: files and folders, or - for standard input. Default: the current folder.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be done.
    """
    chosen = check_options(
        paths or (),
        format=format,
        select=select or (),
        ignore=ignore or (),
        exit_zero=exit_zero,
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        color=color,
        jobs=jobs,
        verbose=verbose,
        max_size=max_size,
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
    raise typer.Exit(commands.rule(name, context.obj))


@app.command()
def vendors(context: typer.Context, format: Format = "text") -> None:
    """List the known vendors, and whether they sign a BAA."""
    raise typer.Exit(commands.vendors(format, context.obj))


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

    if not argv[0].startswith("-") and argv[0] not in ("check", "rule", "vendors") and exists(join(context.cwd, argv[0])):
        return f" Did you mean 'pixellint check {argv[0]}'?"
    return " See 'pixellint --help'."
