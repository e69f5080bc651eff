"""`pixellint completion`: scripts that complete commands, options and their values, made from the command line itself."""

from collections.abc import Iterator
from typing import NamedTuple

import click

from linter.commands import CLEAN, Context, write
from linter.options import FORMATS, OptionError, did_you_mean

SHELLS = ("bash", "zsh", "fish")


class Option(NamedTuple):
    """An option: its names, what it does, whether a value follows, and which values there are ("" of a file or free text)."""

    names: tuple[str, ...]
    help: str
    takes: bool
    values: tuple[str, ...]


class Command(NamedTuple):
    """A command (`gtm pause`), what it does, its options, and the values of its first argument."""

    name: str
    help: str
    options: tuple[Option, ...]
    values: tuple[str, ...]


def completion(shell: str, program: click.Command, context: Context) -> int:
    """Prints the script. Raises `OptionError`."""
    if shell not in SHELLS:
        raise OptionError(f"completion: {shell!r} is none of {', '.join(SHELLS)}{did_you_mean(shell, SHELLS)}")
    commands = list(commands_of(program))
    write(context.stdout, {"bash": bash, "zsh": zsh, "fish": fish}[shell](commands))
    return CLEAN


def commands_of(program: click.Command, before: str = "") -> Iterator[Command]:
    """The commands of a program, those below another with both names."""
    if not isinstance(program, click.Group):
        return
    for name, command in program.commands.items():
        options = tuple(_option(row) for row in command.params if isinstance(row, click.Option))
        arguments = [row for row in command.params if isinstance(row, click.Argument)]
        below = tuple(command.commands) if isinstance(command, click.Group) else ()
        values = below or (_alternatives(arguments[0].metavar) if arguments else ())
        yield Command(f"{before}{name}", command.get_short_help_str(80), (*options, _HELP), values)
        yield from commands_of(command, f"{before}{name} ")


def _option(option: click.Option) -> Option:
    values = FORMATS if option.metavar in ("FORMAT", "FORMAT[:FILE]") else _alternatives(option.metavar)
    help = (option.help or "").partition(". ")[0].rstrip(".")
    return Option((*option.opts, *option.secondary_opts), help, not option.is_flag, tuple(values))


_HELP = Option(("--help",), "Show what the command does", False, ())


def _alternatives(metavar: str | None) -> tuple[str, ...]:
    return tuple(metavar.split("|")) if metavar and "|" in metavar and metavar == metavar.lower() else ()


def bash(commands: list[Command]) -> str:
    """For bash 3.2 and later. File names are completed where nothing else fits."""
    first = [row.name for row in commands if " " not in row.name]
    arms = []
    for row in commands:
        for option in row.options:
            if option.values:
                keys = " | ".join(f'"{row.name}:{name}"' for name in option.names)
                arms.append(f'        {keys}) words="{" ".join(option.values)}" ;;')
            elif option.takes:
                keys = " | ".join(f'"{row.name}:{name}"' for name in option.names)
                arms.append(f"        {keys}) return ;;")
    arms.append(f'        :*) words="{" ".join([*first, "--version", "--help"])}" ;;')
    for row in commands:
        names = [name for option in row.options for name in option.names]
        arms.append(
            f'        "{row.name}":*) case $current in -*) words="{" ".join(names)}" ;; *) words="{" ".join(row.values)}" ;; esac ;;'
        )
    nested = " ".join(f"'{row.name}'" for row in commands if " " in row.name)
    known = "|".join(first)
    lines = [
        "# pixellint completion bash",
        "_pixellint() {",
        '    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="" words="" word nested at=1',
        '    if [ "$current" = "=" ]; then current=""; elif [ "$previous" = "=" ]; then previous="${COMP_WORDS[COMP_CWORD-2]}"; fi',
        '    while [ "$at" -lt "$COMP_CWORD" ]; do',
        '        word="${COMP_WORDS[at]}"',
        '        if [ -z "$command" ]; then',
        f"            case $word in {known}) command=$word ;; esac",
        "        else",
        f'            for nested in {nested}; do if [ "$command $word" = "$nested" ]; then command=$nested; fi; done',
        "        fi",
        "        at=$((at + 1))",
        "    done",
        "    case $command:$previous in",
        *arms,
        "    esac",
        '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
        "}",
        "complete -o bashdefault -o default -F _pixellint pixellint",
    ]
    return "\n".join(lines) + "\n"


def zsh(commands: list[Command]) -> str:
    """For zsh, by way of its support of bash's scripts."""
    return f"#compdef pixellint\nautoload -U +X compinit && compinit -u\nautoload -U +X bashcompinit && bashcompinit\n{bash(commands)}"


def fish(commands: list[Command]) -> str:
    """For fish."""
    lines = ["# pixellint completion fish"]
    first = "__fish_use_subcommand"
    lines += [
        f"complete -c pixellint -n {first} -l {name} -d {_quoted(told)}"
        for name, told in (("version", "Print the version"), ("help", "Help"))
    ]
    for row in commands:
        outer, _, inner = row.name.partition(" ")
        if not inner:
            lines.append(f"complete -c pixellint -f -n {first} -a {outer} -d {_quoted(row.help)}")
        condition = f"__fish_seen_subcommand_from {outer}" + (f"; and __fish_seen_subcommand_from {inner}" if inner else "")
        if row.values:
            lines.append(f"complete -c pixellint -n {_quoted(condition)} -a {_quoted(' '.join(row.values))}")
        for option in row.options:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            takes = f" -x -a {_quoted(' '.join(option.values))}" if option.values else " -r" if option.takes else ""
            lines.append(f"complete -c pixellint -n {_quoted(condition)} {names}{takes} -d {_quoted(option.help)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
