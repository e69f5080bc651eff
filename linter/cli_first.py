"""The commands of the first day: what a repository needs to be checked, and the shell to help with typing."""

from typing import Annotated

import typer


def add_first_commands(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    app.command()(init)
    app.command()(completion)


def init(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Write a configuration, a pre-commit hook and a GitHub workflow into the current folder.

    Each file is shown first. Nothing is overwritten.
    """
    from linter import first_files

    raise typer.Exit(first_files.init(yes, context.obj))


def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", show_default=False)],
) -> None:
    """Print a completion script for a shell. For bash: pixellint completion bash >> ~/.bash_completion."""
    from linter import completion as scripts
    from linter.cli import command

    raise typer.Exit(scripts.completion(shell, command(), context.obj))
