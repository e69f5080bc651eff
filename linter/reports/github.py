"""Annotations of GitHub Actions: commands that a step prints, which GitHub shows beside the lines of a pull request.

GitHub takes ten errors, ten warnings and ten notices of a step and drops the rest, so the gravest come first, and where some are left
out the last notice says how many. All of them are in the job summary, which is the Markdown report.
"""

from collections import Counter
from collections.abc import Iterator

from linter.findings import Finding, Result, Skipped
from linter.reports import counted, listed, visible
from linter.reports.markdown import render as render_markdown
from linter.reports.paths import from_base
from linter.reports.text import summary
from linter.reports.vendors import by_severity

MAX_OF_A_KIND = 10
MAX_SUMMARY = 1024 * 1024
"""Bytes of a step's job summary; of a longer one GitHub shows nothing at all."""
COMMAND = {"error": "error", "warning": "warning", "note": "notice"}


def render(result: Result, base: str = "", hidden: int = 0) -> str:
    """The commands, a line each, and the closing line; `base` as in `paths.from_base`, `hidden` as in `text.render`."""
    rows = list(_all(result, base))
    over = max(Counter(kind for kind, _ in rows).values(), default=0) > MAX_OF_A_KIND
    room = Counter(error=MAX_OF_A_KIND, warning=MAX_OF_A_KIND, notice=MAX_OF_A_KIND - over)
    lines: list[str] = []
    left_out: Counter[str] = Counter()
    for kind, line in rows:
        if room[kind]:
            room[kind] -= 1
            lines.append(line)
        else:
            left_out[kind] += 1
    if left_out:
        told = listed([counted(count, f"more {kind}") for kind, count in left_out.items()])
        lines.append(_command("notice", {"title": "pixellint"}, f"{told}; the job summary has them all"))
    return "\n".join([*lines, summary(result, hidden)]) + "\n"


def step_summary(result: Result, used: int, hidden: int = 0) -> str:
    """The Markdown to append to a job summary that holds `used` bytes already."""
    return render_markdown(result, max(MAX_SUMMARY - used, 0), hidden)


def _all(result: Result, base: str) -> Iterator[tuple[str, str]]:
    for finding in by_severity(result.findings):
        yield COMMAND[finding.severity], _finding(finding, base)
    for skip in result.skipped:
        if skip.failed:
            yield "warning", _skip(skip, base)


def _finding(finding: Finding, base: str) -> str:
    properties = {"file": from_base(finding.path, base), "line": str(finding.start.line), "endLine": str(finding.end.line)}
    if finding.start.line == finding.end.line:
        properties |= {"col": str(finding.start.column), "endColumn": str(finding.end.column)}
    told = f"{finding.message}\nTo do: {finding.help}" if finding.help else finding.message
    return _command(COMMAND[finding.severity], properties | {"title": finding.rule}, told)


def _skip(skip: Skipped, base: str) -> str:
    return _command("warning", {"file": from_base(skip.path, base), "title": "pixellint: not read"}, skip.reason)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}"


def _data(text: str) -> str:
    """Text as data of a command; what would drive a terminal is shown as such."""
    shown = "".join(char if char in "\r\n" or (char > "\x9f" and char.isspace()) else visible(char) for char in text)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
