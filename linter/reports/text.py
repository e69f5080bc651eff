"""The report for people: each finding with its source frame, then one line that sums up."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.findings import SEVERITIES, Finding, Related, Result, Skipped
from linter.reports import count_skips, counted, listed, printable

if TYPE_CHECKING:
    from linter.reports.frames import Row

MAX_RELATED = 8
LIVE_SITE = "What is not in these files can still be on the live site: a tag manager, a plugin or an app may add it there."


class Palette(NamedTuple):
    """Escape sequences; all empty where colour is off."""

    error: str = ""
    warning: str = ""
    note: str = ""
    bold: str = ""
    frame: str = ""
    off: str = ""


PLAIN = Palette()
COLORED = Palette("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1m", "\x1b[34m", "\x1b[0m")


def render(result: Result, palette: Palette = PLAIN, verbose: bool = False, hidden: int = 0) -> str:
    """The report; `verbose` also lists what was skipped. `hidden`: how many findings the person's selection left out."""
    blocks = ["\n".join(_finding(finding, palette)) for finding in result.findings]
    if verbose and result.skipped:
        blocks.append("\n".join(f"skipped: {printable(skip.path)}: {printable(skip.reason)}" for skip in result.skipped))
    if len(result.findings) > 1:
        blocks += _installations(result)
    return "\n\n".join([*blocks, summary(result, hidden)]) + "\n"


def _installations(result: Result) -> list[str]:
    from linter.catalog import load_catalog
    from linter.installations import installations
    from linter.reports.installations import installation_lines

    lines = list(installation_lines(installations(result.findings), result.findings, load_catalog()))
    return ["\n".join(lines)] if lines else []


def _finding(finding: Finding, palette: Palette) -> Iterator[str]:
    from linter.reports.frames import rows

    color = getattr(palette, finding.severity)
    place = f"{palette.bold}{printable(finding.path)}:{finding.start.line}:{finding.start.column}:{palette.off}"
    yield f"{place} {color}{finding.severity}[{finding.rule}]{palette.off}: {palette.bold}{printable(finding.message)}{palette.off}"
    shown = rows(finding)
    gutter = len(str(shown[-1].number)) if shown else 1
    if shown:
        yield f"{palette.frame}{'':{gutter}} |{palette.off}"
    for row in shown:
        yield from _row(row, gutter, color, palette)
    if shown and finding.end.line > shown[-1].number:
        yield f"{palette.frame}{'...':{gutter}}{palette.off}"
    mark = f"{palette.frame}{'':{gutter}} ={palette.off}"
    if finding.via:
        yield f"{mark} via {' > '.join(finding.via)}"
    for related in finding.related[:MAX_RELATED]:
        yield f"{mark} and {_related(related)}"
    if len(finding.related) > MAX_RELATED:
        yield f"{mark} and {counted(len(finding.related) - MAX_RELATED, 'more place')}"
    if finding.help:
        yield f"{mark} help: {printable(finding.help)}"


def _row(row: "Row", gutter: int, color: str, palette: Palette) -> Iterator[str]:
    yield f"{palette.frame}{row.number:>{gutter}} |{palette.off} {row.text}".rstrip()
    yield f"{palette.frame}{'':{gutter}} |{palette.off} {'':{row.before}}{color}{'^' * row.under}{palette.off}"


def _related(related: Related) -> str:
    return f"{printable(related.path)}:{related.start.line}:{related.start.column}: {printable(related.message)}"


def summary(result: Result, hidden: int = 0) -> str:
    """What was found, and in how much; where nothing was found, also what that does not mean."""
    left_out = f", {counted(hidden, 'finding')} left out by --select or --ignore" if hidden else ""
    read = f"{counted(result.files_read, 'file')} read{_skips(result.skipped)}{left_out}{_known(result)}"
    if result.findings:
        counts = Counter(finding.severity for finding in result.findings)
        found = listed([counted(counts[severity], severity) for severity in SEVERITIES if counts[severity]])
        return f"Found {found} in {counted(len({finding.path for finding in result.findings}), 'file')}; {read}."
    if any(skip.failed for skip in result.skipped):
        return f"No tracking pixels found in what could be read, but not everything could; {read}."
    if result.suppressed or result.baselined:
        return f"Nothing found that is not suppressed or in the baseline; {read}."
    if hidden:
        return f"Nothing found by the selected rules; {read}."
    return f"No tracking pixels found; {read}.\n{LIVE_SITE}"


def _known(result: Result) -> str:
    suppressed = f", {counted(len(result.suppressed), 'finding')} suppressed" if result.suppressed else ""
    return suppressed + (f", {counted(result.baselined, 'finding')} in the baseline" if result.baselined else "")


def _skips(skipped: tuple[Skipped, ...]) -> str:
    if not skipped:
        return ""
    classes = count_skips(skipped)
    return f", {len(skipped)} skipped ({', '.join(f'{count} {printable(name)}' for name, count in classes)})"
