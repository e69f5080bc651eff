"""`pixellint plan`: the way out of every installation, as text, Markdown or JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from linter.commands import Checked, Context, checked, status, write
from linter.findings import Finding
from linter.options import STDIN, CheckOptions, OptionError

if TYPE_CHECKING:
    from linter.plans.model import Fixable, FixNote, Plans
    from linter.plans.stored import Stored

    Connect = Callable[[Checked, Context], Fixable]
    """What gives, for a run, what the fixes would do about its findings."""

FORMATS = ("text", "markdown", "json")
_EXPORTS = (".sql", ".xml", ".wxr")


def no_fixes(run: Checked, context: Context) -> "Fixable":
    """Where the fixes are not asked: a person does everything."""
    return lambda finding: None


def all_fixes(run: Checked, context: Context) -> "Fixable":
    """What `--fix` and `--unsafe-fixes` would do about the findings of a run."""
    from linter.fix_commands import together_of
    from linter.fixes.together import key_of
    from linter.plans.model import FixNote

    together = together_of(run, context)
    safe, every = together.fixes(unsafe=False), together.fixes(unsafe=True)
    sure = {key_of(finding) for change in safe.changes for finding in change.findings}
    done = {key_of(finding): fix for change in every.changes for finding, fix in zip(change.findings, change.fixes, strict=True)}

    def fixable(finding: Finding) -> "FixNote | None":
        key = key_of(finding)
        if key in done:
            return FixNote("safe" if key in sure else "unsafe", after=done[key].after)
        reason = every.refused.get(key, "").partition(": pixellint plan")[0]
        return FixNote("safe", reason_refused=reason) if reason else None

    return fixable


def plan(options: CheckOptions, format: str, context: Context, connect: "Connect" = no_fixes) -> int:
    """`pixellint plan`. Raises `OptionError`.

    `connect` gives, for a run, what the fixes would do about a finding. Exit status as of check.
    """
    if format not in FORMATS:
        raise OptionError(f"--format: {format!r} is none of {', '.join(FORMATS)}")
    run = checked(options._replace(pages=True), context)
    plans = made(run, context, connect(run, context))
    write(context.stdout, _render(plans, format, run.options.verbose))
    return status(run.result, run.options)


def made(run: Checked, context: Context, fixable: "Fixable") -> "Plans":
    """The plans of a run."""
    from linter.catalog import load_catalog
    from linter.plans.build import Scene, plans
    from linter.plans.surroundings import surroundings
    from linter.plans.ways import load_ways

    ways = load_ways()
    around = surroundings(_paths(run.options, context), ways)
    stored = _stored(run.result.findings, run.options, context, run.blobs)
    everything = run.everything or run.result.findings
    return plans(run.result, Scene(load_catalog(), ways, around, fixable, run.options.paths, stored, everything))


def _render(plans: "Plans", format: str, verbose: bool) -> str:
    if format == "json":
        from linter.plans import document

        return document.render(plans)
    if format == "markdown":
        from linter.plans import markdown

        return markdown.render(plans)
    from linter.plans import text

    return text.render(plans, verbose)


def _paths(options: CheckOptions, context: Context) -> list[str]:
    """The paths of all files in scope, read or not."""
    from linter.discovery import Settings, discover

    named = [path for path in options.paths if path != STDIN]
    return [row.path for row in discover(named, Settings(context.cwd, context.env, options.max_bytes))]


def _stored(
    findings: Sequence[Finding], options: CheckOptions, context: Context, blobs: Mapping[str, bytes]
) -> "dict[tuple[str, int], Stored]":
    """Where in dumps and exports the findings stand, by path and byte."""
    from linter.outputs import Scene, read_again
    from linter.plans.stored import stored_at

    scene = Scene(context.cwd, options.max_bytes)._replace(blobs=blobs)
    found: dict[tuple[str, int], Stored] = {}
    for path in sorted({finding.path for finding in findings if finding.path.lower().endswith(_EXPORTS)}):
        data = read_again(path, scene)
        if data is not None:
            own = [finding for finding in findings if finding.path == path]
            offsets = [finding.start.offset for finding in own]
            offsets += [related.start.offset for finding in own for related in finding.related]
            found.update(((path, offset), row) for offset, row in stored_at(path, data, offsets).items())
    return found
