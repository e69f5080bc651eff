"""The way in: plain `check` command lines run at once, all others through the command line library."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from linter.commands import FAILED, INTERRUPTED, Context, check, complain, tell
from linter.options import OptionError, parse_plain


def main(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO, env: Mapping[str, str], cwd: str, today: str = "") -> int:
    """Runs a command line (without the program's name) and gives its exit status. Raises nothing but `BrokenPipeError`.

    `today`: an ISO date, by default that of the clock.
    """
    context = Context(stdin, stdout, stderr, env, cwd, today)
    try:
        return _run(argv, context)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _internal_error(error, argv, context)


def _run(argv: Sequence[str], context: Context) -> int:
    try:
        options = parse_plain(argv)
        if options is not None:
            return check(options, context)
        from linter.cli import run

        return run(argv, context)
    except OptionError as error:
        first, *more = str(error).split("\n")
        complain(context.stderr, f"error: {first}")
        for line in more:
            tell(context.stderr, line)
        return FAILED


def _internal_error(error: Exception, argv: Sequence[str], context: Context) -> int:
    if "--verbose" in argv or "-v" in argv:
        import traceback

        context.stderr.write("".join(traceback.format_exception(error)))
    complain(context.stderr, f"internal error: {type(error).__name__}: {error}. The check did not finish: this is not a clean run.")
    complain(context.stderr, "please report it; --verbose shows where it happened")
    return FAILED


def main_entry() -> int:
    """The `pixellint` program. A reader that closes the pipe (`| head`) ends it without a word."""
    try:
        return main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr, os.environ, os.getcwd())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


if __name__ == "__main__":
    sys.exit(main_entry())
