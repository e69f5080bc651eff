"""The reference of the command line, made from the command line itself."""

import inspect
from collections.abc import Iterator

import click

from docs.generator.markdown import code, plain, table
from linter.cli import command


def reference() -> str:
    """All commands with their arguments and options."""
    return "\n\n".join(_commands(command(), "pixellint"))


def _commands(group: click.Command, before: str) -> Iterator[str]:
    if not isinstance(group, click.Group):
        return
    for name, one in group.commands.items():
        full = f"{before} {name}"
        if isinstance(one, click.Group):
            yield from _commands(one, full)
        else:
            yield _command(full, one)


def _command(name: str, one: click.Command) -> str:
    arguments = " ".join(row.make_metavar(click.Context(one)) for row in one.params if isinstance(row, click.Argument))
    help = inspect.cleandoc(one.help or "")
    paragraphs = [plain(part) for part in help.split("\n\n")]
    rows = [[_names(row), plain(row.help or "") + _default(row)] for row in one.params if isinstance(row, click.Option)]
    options = table(["Option", "What it does"], rows) if rows else ""
    head = f"## `{name}` {{ #{name.removeprefix('pixellint ').replace(' ', '-')} }}"
    usage = f"```text\n{name} {'[OPTIONS] ' if rows else ''}{arguments}".rstrip() + "\n```"
    return "\n\n".join(part for part in (head, usage, *paragraphs, options) if part)


def _names(option: click.Option) -> str:
    names = [code(name) for name in option.opts]
    value = f" {code(option.metavar)}" if option.metavar and not option.is_flag else ""
    return ", ".join(names) + value


def _default(option: click.Option) -> str:
    shown = option.show_default and option.default not in (None, False)
    return f" Default: {code(str(option.default))}." if shown else ""
