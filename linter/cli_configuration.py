"""The commands about configuration, baseline and own leaflets, as the command line has them."""

from typing import Annotated

import typer

from linter.cli_options import Baseline, Config, Format, Ignore, Isolated, Jobs, MaxSize, Paths, Select, Words
from linter.options import check_options


def add_commands(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    app.command()(config)
    app.command()(baseline)
    app.command("test-rules")(run_cases)


def config(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="[PATH]", show_default=False)] = ".",
    format: Format = "text",
    config: Config = None,
    isolated: Isolated = False,
) -> None:
    """Show which settings are in force for PATH, and which file and line each comes from. Default: the current folder."""
    from linter import configuration_commands

    raise typer.Exit(configuration_commands.config(check_options([path], config=config, isolated=isolated), format, context.obj))


def baseline(
    context: typer.Context,
    action: Annotated[str, typer.Argument(metavar="create|update|prune", show_default=False)],
    paths: Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    jobs: Jobs = None,
    max_size: MaxSize = None,
    config: Config = None,
    isolated: Isolated = False,
    baseline: Baseline = None,
) -> None:
    """Write what is found in PATHS now into a baseline (create, update), or take out of it what is no longer found (prune)."""
    from linter import baseline_commands

    options = check_options(
        paths or (),
        select=select or (),
        ignore=ignore or (),
        jobs=jobs,
        max_size=max_size,
        config=config,
        isolated=isolated,
        baseline=baseline,
    )
    raise typer.Exit(baseline_commands.baseline(action, options, context.obj))


def run_cases(context: typer.Context, files: Annotated[Words, typer.Argument(metavar="[FILES]...", show_default=False)] = None) -> None:
    """Run the cases of own leaflets: of FILES, or of those that the configuration names."""
    from linter import configuration_commands

    raise typer.Exit(configuration_commands.test_rules(files or (), context.obj))
