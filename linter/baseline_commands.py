"""`pixellint baseline create|update|prune`, and what a baseline takes out of a check."""

import os
from collections import Counter

from linter.baseline import NAME, Known, compare, counted, in_scope, read, text_of
from linter.commands import CLEAN, FAILED, Context, checked, complain, status
from linter.findings import Result
from linter.options import CheckOptions, OptionError
from linter.outputs import write_file
from linter.reports import counted as several

ACTIONS = ("create", "update", "prune")


def without_known(result: Result, options: CheckOptions, cwd: str) -> tuple[Result, tuple[str, ...]]:
    """The result without the findings that the baseline of the options knows, and what to tell of entries that are stale."""
    path, name = _file(options, cwd)
    folder = os.path.dirname(path)
    compared = compare(result.findings, read(path, name), cwd, folder)
    stale = _in_scope(compared.stale, result, options, cwd, folder)
    rules = {finding.rule for finding in compared.new}
    pages = tuple(row._replace(vendors=tuple(one for one in row.vendors if one.rule in rules)) for row in result.pages)
    count = sum(stale.values())
    told = f"{name}: {several(count, 'known finding')} no longer found; take out with pixellint baseline prune"
    notices = (told,) if count else ()
    return result._replace(findings=compared.new, pages=pages, baselined=compared.known), notices


def baseline(action: str, options: CheckOptions, context: Context) -> int:
    """`pixellint baseline ACTION`. Raises `OptionError`.

    create: what is found now, in a new file. update: the same, in place of what the file knew of the paths that are looked at.
    prune: only takes out what is no longer found.
    """
    if action not in ACTIONS:
        raise OptionError(f"baseline: {action!r} is none of {', '.join(ACTIONS)}")
    run = checked(options, context, baseline=False)
    path, name = _file(run.options, context.cwd)
    folder = os.path.dirname(path)
    if action == "create" and os.path.lexists(path):
        raise OptionError(f"{name}: is there already; pixellint baseline update writes it anew, prune only takes out")
    if status(run.result._replace(findings=()), run.options) == FAILED:
        raise OptionError("not everything could be read, so that the baseline was not written")
    before = Counter[Known]() if action == "create" else read(path, name)
    found = counted(run.result.findings, context.cwd, folder)
    looked_at = _in_scope(before, run.result, run.options, context.cwd, folder)
    kept = Counter({entry: count for entry, count in before.items() if entry not in looked_at})
    after = kept + (found if action != "prune" else found & looked_at)
    trouble = write_file(path, text_of(after)) if after != before or action == "create" else ""
    if trouble:
        raise OptionError(f"{name}: cannot be written: {trouble}")
    added, gone = sum((after - before).values()), sum((before - after).values())
    total = several(sum(after.values()), "known finding")
    complain(context.stderr, f"{name}: {total}" + (f", {added} added, {gone} taken out" if action != "create" else " written"))
    if run.options.baseline is None:
        complain(context.stderr, f'to use it, write baseline = "{name}" into pixellint.toml, or check with --baseline {name}')
    return CLEAN


def _file(options: CheckOptions, cwd: str) -> tuple[str, str]:
    """The baseline's absolute path, and how messages call it."""
    from linter.discovery import display_path

    path = os.path.realpath(os.path.join(cwd, options.baseline or NAME))
    return path, display_path(path, os.path.realpath(cwd))


def _in_scope(entries: Counter[Known], result: Result, options: CheckOptions, cwd: str, folder: str) -> Counter[Known]:
    """The entries that the run would have found again: of files that it was asked for and of rules that it reports."""
    from linter.selection import chosen_rules

    rules = chosen_rules(options)
    skipped = [skip.path for skip in result.skipped]
    return Counter(
        {
            entry: count
            for entry, count in entries.items()
            if (rules is None or entry.rule in rules) and in_scope(entry, options.paths, skipped, cwd, folder)
        }
    )
