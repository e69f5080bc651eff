"""The commands about a whole site: which pages carry trackers, and the way out of each installation."""

from typing import Annotated

import typer

from linter import commands
from linter.cli_options import Config, ExitZero, FailOn, Ignore, Isolated, Jobs, MaxSize, Paths, Select, Verbose, option
from linter.options import check_options


def add_whole_commands(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    app.command()(pages)
    app.command()(plan)


def pages(
    context: typer.Context,
    paths: Paths = None,
    format: Annotated[str, option("--format", "text|json|csv|markdown", "How to report.")] = "text",
    only: Annotated[str | None, option("--only", "sensitive", "Only pages of sensitive kinds, or with forms.")] = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    jobs: Jobs = None,
    max_size: MaxSize = None,
    config: Config = None,
    isolated: Isolated = False,
) -> None:
    """List the pages of the site in PATHS: their kind and forms, which trackers are on them, and how each got there.

    Exit status as of check.
    """
    chosen = check_options(
        paths or (),
        select=select or (),
        ignore=ignore or (),
        exit_zero=exit_zero,
        fail_on=fail_on,
        jobs=jobs,
        max_size=max_size,
        config=config,
        isolated=isolated,
    )
    raise typer.Exit(commands.pages(chosen, format, only, context.obj))


def plan(
    context: typer.Context,
    paths: Paths = None,
    format: Annotated[str, option("--format", "text|markdown|json", "How to print it; markdown is the body of an issue.")] = "text",
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    jobs: Jobs = None,
    max_size: MaxSize = None,
    config: Config = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Print the whole way out of each installation in PATHS: what --fix does, and what a person has to do, in order.

    Exit status as of check.
    """
    from linter import plan_commands

    chosen = check_options(
        paths or (),
        select=select or (),
        ignore=ignore or (),
        fail_on=fail_on,
        exit_zero=exit_zero,
        jobs=jobs,
        max_size=max_size,
        config=config,
        isolated=isolated,
        verbose=verbose,
    )
    raise typer.Exit(plan_commands.plan(chosen, format, context.obj, connect=plan_commands.all_fixes))
