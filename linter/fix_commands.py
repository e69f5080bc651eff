"""`pixellint check --fix` and `--diff`: what they read, write and print."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from linter.commands import FAILED, Checked, Context, checked, complain, print_report, status, write
from linter.deployed import is_test
from linter.discovery import Found, Settings, discover
from linter.files import read_file
from linter.findings import Finding, Result
from linter.options import STDIN, CheckOptions, OptionError

if TYPE_CHECKING:
    from linter.fixes.together import FileChange, Fixes, Together

MAX_TOLD = 30
"""Findings that could not be fixed whose reasons are told."""


def fix(options: CheckOptions, context: Context) -> int:
    """`pixellint check --fix`: fixes what can be, checks again, reports what is left; with `--diff` it shows that only.

    Raises `OptionError`.
    """
    if STDIN in options.paths:
        raise OptionError("--fix: standard input cannot be fixed; name the file")
    if options.staged:
        raise OptionError("--fix and --staged exclude one another: fix the files, then stage them")
    first = checked(options, context)
    fixes = fixes_of(first, context)
    if options.diff:
        write(context.stdout, "".join(_diff(change) for change in fixes.changes))
        complain(context.stderr, _told("would fix", fixes, fixes.changes))
        return status(first.result, first.options)
    left_alone: dict[str, str] = {}
    while not options.allow_dirty and (more := _unsaved(fixes.changes, context)):
        left_alone |= more
        fixes = fixes_of(first, context, frozenset(left_alone))
    problems = _write(fixes.changes, first.options, context)
    done = [change for change in fixes.changes if change.path not in problems]
    second = checked(options, context) if done else first
    printed = print_report(second, context)
    _tell(fixes, done, {**left_alone, **problems}, second, context)
    return FAILED if problems or not printed else status(second.result, second.options)


def fixes_of(run: Checked, context: Context, without: frozenset[str] = frozenset(), unsafe: bool | None = None) -> "Fixes":
    """The fixes of the findings that a run reports and that run; files in `without` stay as they are."""
    return together_of(run, context, without).fixes(run.options.unsafe_fixes if unsafe is None else unsafe)


def together_of(run: Checked, context: Context, without: frozenset[str] = frozenset()) -> "Together":
    """What looks for the fixes of the findings of a run."""
    from linter.catalog import load_catalog
    from linter.fixes.together import Together

    wanted = [finding for finding in run.result.findings if is_fixed(finding) and finding.path not in without]
    files = scope(run, context) if wanted else {}
    roots = [os.path.realpath(os.path.join(context.cwd, path)) for path in run.options.paths if path != STDIN]

    def may_touch(path: str) -> bool:
        real = os.path.realpath(os.path.join(context.cwd, path))
        return path not in without and any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in roots)

    everything = _everything(run, context) if wanted else ()
    return Together(wanted, everything, sorted(files), _reader(files, run, context), load_catalog(), may_touch)


def is_fixed(finding: Finding) -> bool:
    """Whether fixes are looked for: of what runs and is graver than a note; of hints; of what a vendor is told of consent, which would
    fail without its loader."""
    if finding.state == "dormant":
        return False
    return finding.severity != "note" or (finding.kind in ("hint", "consent-call") and not is_test(finding.path))


def with_suggestions(run: Checked, context: Context) -> Result:
    """The result of a run, with the fixes of its findings as suggestions, safe ones and others."""
    from linter.fixes.suggestions import suggestions

    return run.result._replace(suggestions=suggestions(fixes_of(run, context, unsafe=True)))


def scope(run: Checked, context: Context) -> Mapping[str, Found]:
    """All files of the repositories that the named paths lie in, by path: a fix in one may be missed in another."""
    settings = Settings(context.cwd, context.env, run.options.max_bytes)
    paths = [path for path in run.options.paths if path != STDIN] or [run.stdin_path or "."]
    roots = dict.fromkeys(_root(path, context.cwd) for path in paths)
    return {row.path: row for row in discover(roots, settings) if isinstance(row, Found)}


def _root(path: str, cwd: str) -> str:
    """The work tree of git that a path lies in; without one, the current folder where the path is below it, else the path's own folder."""
    real = os.path.realpath(os.path.join(cwd, path))
    folder = real if os.path.isdir(real) else os.path.dirname(real)
    base = os.path.realpath(cwd)
    above = folder
    while not os.path.lexists(os.path.join(above, ".git")):
        if os.path.dirname(above) == above:
            inside = (folder + os.sep).startswith(base + os.sep)
            return base if inside and folder != real else folder
        above = os.path.dirname(above)
    return above


def _reader(files: Mapping[str, Found], run: Checked, context: Context) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        if path == run.stdin_path:
            return run.data
        if path in run.blobs:
            return run.blobs[path]
        found = files.get(path) or Found(path, os.path.join(context.cwd, path), 0, False)
        data = read_file(found, run.options.max_bytes)
        return data if isinstance(data, bytes) else None

    return read


def _everything(run: Checked, context: Context) -> Sequence[Finding]:
    """All findings of the repository: where a part of it was checked, and an entry of a policy is to go, it is checked whole."""
    roots = tuple(dict.fromkeys(_root(path, context.cwd) for path in run.options.paths))
    whole = all(os.path.realpath(os.path.join(context.cwd, path)) in roots for path in run.options.paths)
    if whole or all(finding.kind not in ("csp", "hint", "consent-call") for finding in run.result.findings):
        return run.everything
    from linter.run import run as check_all

    options = run.options._replace(paths=roots, pages=False)
    return check_all(options, Settings(context.cwd, context.env, options.max_bytes)).findings


def _unsaved(changes: Sequence["FileChange"], context: Context) -> dict[str, str]:
    from linter.fixes.dirty import unsaved

    paths = [change.path for change in changes]
    found = unsaved(paths, context.cwd, context.env, {change.path: change.before for change in changes})
    return dict.fromkeys(sorted(found), "it has changes that git could not give back; stage or commit it, or add --allow-dirty")


def _write(changes: Sequence["FileChange"], options: CheckOptions, context: Context) -> dict[str, str]:
    """Writes the changes; gives what went wrong by path."""
    from linter.fixes.writing import write_change

    roots = [os.path.realpath(os.path.join(context.cwd, path)) for path in options.paths]
    problems = {}
    for change in changes:
        problem = write_change(os.path.join(context.cwd, change.path), change.before, None if change.deleted else change.after, roots)
        if problem:
            problems[change.path] = problem
            complain(context.stderr, f"{change.path}: it was not fixed: {problem}")
    return problems


def _diff(change: "FileChange") -> str:
    from linter.fixes.diff import deletion, unified

    text = change.source.text
    return deletion(change.path, text) if change.deleted else unified(change.path, text, change.edits)


def _told(verb: str, fixes: "Fixes", changes: Sequence["FileChange"]) -> str:
    from linter.reports import counted

    count = sum(len(change.findings) for change in changes)
    fixed = sum(bool(change.findings) for change in changes)
    head = f"{verb} {counted(count, 'finding')} in {counted(fixed, 'file')}" if count else f"{verb} nothing"
    return f"{head} ({len(fixes.unsafe)} more with --unsafe-fixes)" if fixes.unsafe else head


def _tell(fixes: "Fixes", done: Sequence["FileChange"], left_alone: Mapping[str, str], after: Checked, context: Context) -> None:
    """Says what was done, what is still to be done by hand, and why the rest was not."""
    from linter.fixes.together import key_of
    from linter.reports import printable
    from linter.reports.vendors import by_severity

    complain(context.stderr, _told("fixed", fixes, done))
    for line in fixes.after if done else ():
        complain(context.stderr, f"now: {line}")
    for change in done:
        if change.deleted:
            complain(context.stderr, f"{change.path} did nothing any more and is deleted, with its imports")
    emptied = [change.path for change in done if not change.after.strip() and not change.deleted]
    for path in emptied:
        complain(context.stderr, f"now: {path} is empty; delete it, and what loads it")
    if after.options.format != "text":
        return
    grave = [finding for finding in by_severity(after.result.findings) if finding.severity != "note"]
    reasons = [(f, left_alone.get(f.path) or fixes.refused.get(key_of(f), "")) for f in grave]
    told = [f"  {f.path}:{f.start.line}:{f.start.column} {f.rule}: {reason}\n" for f, reason in reasons if reason]
    if told:
        rest = f"  and {len(told) - MAX_TOLD} more\n" if len(told) > MAX_TOLD else ""
        write(context.stdout, printable_block("\nNot fixed, because:\n" + "".join(told[:MAX_TOLD]) + rest, printable))


def printable_block(text: str, clean: Callable[[str], str]) -> str:
    """Lines of which each is made printable."""
    return "".join(f"{clean(line)}\n" for line in text.splitlines())
