"""The commands, after their options are known: they run, print the report on stdout and all else on stderr, and give the status."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from linter.findings import SEVERITIES, Finding, Result
from linter.options import STDIN, CheckOptions, OptionError, matching_rules, selected_rules

if TYPE_CHECKING:
    from linter.catalog import Catalog

CLEAN, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: nothing at or above `--fail-on`; findings; the job could not be done; Ctrl-C."""


class Context(NamedTuple):
    """Where a command runs. `stdin`, `stdout`: text streams, of which `.buffer` is used where they have one."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    env: Mapping[str, str]
    cwd: str


def check(options: CheckOptions, context: Context) -> int:
    """`pixellint check`. Raises `OptionError` for a rule glob that matches nothing."""
    from linter.discovery import Settings
    from linter.run import run

    chosen = _chosen(options)
    data = _read_stdin(context.stdin, options.max_bytes) if STDIN in options.paths else b""
    everything = run(options, Settings(context.cwd, context.env, options.max_bytes), data)
    result = _select(everything, chosen)
    _tell_failures(result, context.stderr)
    hidden = len(everything.findings) - len(result.findings) if chosen is not None else 0
    write(context.stdout, _render(result, options, context, hidden))
    return status(result, options)


def _chosen(options: CheckOptions) -> frozenset[str] | None:
    """The rules to report, or None for all that need no request."""
    if not options.select and not options.ignore:
        return None
    from linter.catalog import load_catalog
    from linter.kinds import KINDS

    catalog = load_catalog()
    on_request = [rule for rule in catalog.rules if KINDS[rule.rpartition("/")[2]].on_request]
    return selected_rules(options.select, options.ignore, rule_names(catalog), on_request)


def _select(result: Result, chosen: frozenset[str] | None) -> Result:
    if not result.findings:
        return result
    from linter.kinds import KINDS

    def wanted(finding: Finding) -> bool:
        return finding.rule in chosen if chosen is not None else not KINDS[finding.kind].on_request

    return Result(tuple(filter(wanted, result.findings)), result.skipped, result.files_read)


def rule_names(catalog: "Catalog") -> dict[str, str]:
    """Every name of a rule (vendors have old names) -> rule id."""
    vendors = catalog.vendors.values()
    return {f"{name}/{kind}": f"{vendor.id}/{kind}" for vendor in vendors for name in (vendor.id, *vendor.aliases) for kind in vendor.kinds}


def status(result: Result, options: CheckOptions) -> int:
    """The exit status. A file that was analysed in part gives way to findings; any other failure does not."""
    failed = [skip for skip in result.skipped if skip.failed]
    if any(not skip.reason.startswith("not fully analysed") for skip in failed):
        return FAILED
    if not options.exit_zero and options.fail_on != "never":
        grave = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1]
        if any(finding.severity in grave for finding in result.findings):
            return FOUND
    return FAILED if failed else CLEAN


def _tell_failures(result: Result, stderr: TextIO) -> None:
    for skip in result.skipped:
        if skip.failed:
            complain(stderr, f"{skip.path}: {skip.reason}")
    if not result.files_read and not result.skipped:
        complain(stderr, "there are no files to check")


def _render(result: Result, options: CheckOptions, context: Context, hidden: int) -> str:
    if options.format == "json":
        from linter.reports import document

        return document.render(result)
    from linter.reports import text

    palette = text.COLORED if wants_color(options.color, context) else text.PLAIN
    return text.render(result, palette, options.verbose, hidden)


def wants_color(choice: str, context: Context) -> bool:
    """Whether to colour. The flag decides; then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, TERM=dumb; then whether stdout is a terminal."""
    if choice != "auto":
        return choice == "always"
    env = context.env
    if env.get("NO_COLOR"):
        return False
    if any(env.get(name) not in (None, "", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return env.get("TERM") != "dumb" and context.stdout.isatty()


def rule(glob: str, context: Context) -> int:
    """`pixellint rule`: the leaflets of the vendors whose rules match. Raises `OptionError` where none does."""
    from linter.catalog import load_catalog, load_leaflet
    from linter.reports.leaflet import render

    catalog = load_catalog()
    rules = sorted(matching_rules("rule", glob, rule_names(catalog)))
    vendors = dict.fromkeys(name.partition("/")[0] for name in rules)
    texts = [render(catalog, vendor, [name for name in rules if name.startswith(f"{vendor}/")], load_leaflet(vendor)) for vendor in vendors]
    write(context.stdout, f"\n{'-' * 80}\n\n".join(texts))
    return CLEAN


def vendors(format: str, context: Context) -> int:
    """`pixellint vendors`."""
    from linter.catalog import load_catalog
    from linter.reports.leaflet import vendors_document, vendors_text

    if format not in ("text", "json"):
        raise OptionError(f"--format: {format!r} is none of text, json")
    listed = sorted(load_catalog().vendors.values(), key=lambda vendor: vendor.id)
    write(context.stdout, vendors_document(listed) if format == "json" else vendors_text(listed))
    return CLEAN


def _read_stdin(stdin: Any, max_bytes: int) -> bytes:
    """At most one byte more than `max_bytes`."""
    if hasattr(stdin, "buffer"):
        data: bytes = stdin.buffer.read(max_bytes + 1)
        return data
    return str(stdin.read()).encode("utf-8", "surrogateescape")[: max_bytes + 1]


def write(stream: Any, text: str) -> None:
    """Prints as UTF-8 (a console that has another encoding gets that, with escapes for what it lacks) and flushes."""
    from linter.reports import valid_text

    text = valid_text(text)
    if hasattr(stream, "buffer"):
        stream.flush()
        encoding = (stream.encoding or "utf-8") if stream.isatty() else "utf-8"
        stream.buffer.write(text.encode(encoding, "backslashreplace"))
        stream.buffer.flush()
    else:
        stream.write(text)
        stream.flush()


def complain(stderr: TextIO, message: str) -> None:
    """One line on stderr."""
    from linter.reports import printable

    write(stderr, f"pixellint: {printable(message)}\n")
