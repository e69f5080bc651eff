"""`pixellint gtm`: what the commands for container files print and write."""

import os
from typing import TYPE_CHECKING

from linter.commands import CLEAN, FAILED, Context, complain, write
from linter.options import selected_rules

if TYPE_CHECKING:
    from linter.gtm.pause import Paused

MAX_TOLD = 20


def pause(path: str, output: str | None, select: tuple[str, ...], context: Context) -> int:
    """`pixellint gtm pause`: writes a copy of an export in which the offending tags are paused. Raises `OptionError`."""
    from linter.gtm.pause import NotPausable
    from linter.gtm.pause import pause as paused_copy

    rules = _rules(select)
    try:
        with open(os.path.join(context.cwd, path), "rb") as file:
            data = file.read()
        result = paused_copy(path, data, rules)
    except NotPausable as why:
        complain(context.stderr, f"error: {why}")
        return FAILED
    except OSError as error:
        complain(context.stderr, f"error: {path}: {error.strerror}; name a container export that can be read")
        return FAILED
    if not result.tags:
        write(context.stdout, f"No tag of {path} needs to be paused; nothing was written.\n{_left(result)}")
        return CLEAN
    target = output or _default_name(path)
    try:
        _save(os.path.join(context.cwd, target), result.data)
    except FileExistsError:
        complain(context.stderr, f"error: {target}: it exists already, and nothing is overwritten; name another file with -o")
        return FAILED
    except OSError as error:
        complain(context.stderr, f"error: {target}: {error.strerror}; name another file with -o")
        return FAILED
    write(context.stdout, _report(path, target, result))
    return CLEAN


def _rules(select: tuple[str, ...]) -> frozenset[str] | None:
    if not select:
        return None
    from linter.catalog import load_catalog
    from linter.selection import rule_names

    return selected_rules(select, (), rule_names(load_catalog()), ())


def _default_name(path: str) -> str:
    root, ending = os.path.splitext(path)
    return f"{root}.paused{ending or '.json'}"


def _save(path: str, data: bytes) -> None:
    """Writes a new file as a whole: it appears under its name when it is complete. Raises `OSError`, FileExistsError if it is there."""
    if os.path.lexists(path):
        raise FileExistsError(path)
    draft = f"{path}.{os.getpid()}.tmp"
    try:
        with open(draft, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.rename(draft, path)
    except BaseException:
        if os.path.lexists(draft):
            os.unlink(draft)
        raise


def _report(path: str, target: str, result: "Paused") -> str:
    names = [f'  {tag.pointer}  "{tag.name}" ({tag.type})' for tag in result.tags[:MAX_TOLD]]
    if len(result.tags) > MAX_TOLD:
        names.append(f"  and {len(result.tags) - MAX_TOLD} more")
    count = len(result.tags)
    return "\n".join(
        [
            f"Paused {count} {'tag' if count == 1 else 'tags'} of {path} in {target}; {path} is as it was.",
            *names,
            "",
            "Nothing changes on the site until you have done this:",
            "  1. Keep the old export: it documents what fired where.",
            "  2. In Tag Manager: Admin, Import Container, choose the new file and a new workspace.",
            "  3. Choose Merge and then Overwrite conflicting tags, triggers and variables (Rename would leave the old tags firing).",
            "  4. Look at the changes, Preview, click through the site's forms, then Submit and Publish.",
            "  5. Export the container again into the repository, and check that export.",
            "",
            _left(result),
        ]
    )


def _left(result: "Paused") -> str:
    lines = [f"  {finding.path}:{finding.start.line}:{finding.start.column}: {finding.message}" for finding in result.left]
    head = "Pausing does not reach these:\n" if lines else ""
    return (
        head
        + "\n".join(lines)
        + ("\n" if lines else "")
        + "Outside this container a vendor may live on: in the site's code (pixellint check .), in other containers, "
        + "and in server-side events.\n"
    )
