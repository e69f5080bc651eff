"""The words of the command line: arguments and options that several commands share, with their help."""

from typing import Annotated, Any

import typer

from linter.options import FORMATS


def option(name: str, metavar: str, help: str) -> Any:
    """An option with a value."""
    return typer.Option(name, metavar=metavar, help=help)


Words = list[str] | None
Paths = Annotated[Words, typer.Argument(metavar="[PATHS]...", show_default=False)]
Format = Annotated[str, option("--format", "text|json", "How to report.")]
CheckFormat = Annotated[str | None, option("--format", "FORMAT", "Short for --output FORMAT.")]
Output = Annotated[
    Words,
    option(
        "--output",
        "FORMAT[:FILE]",
        f"Report as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}: to a file, or to standard output instead of text; may be repeated.",
    ),
]
Select = Annotated[Words, option("--select", "GLOB", "Report only rules that match, such as meta-pixel/* or */beacon; may be repeated.")]
Ignore = Annotated[Words, option("--ignore", "GLOB", "Do not report rules that match; may be repeated.")]
FailOn = Annotated[
    str | None, option("--fail-on", "error|warning|note|never", "The least severity that makes exit status 1. Default: warning.")
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even if there are findings.")]
StdinFilename = Annotated[str | None, option("--stdin-filename", "NAME", "Check standard input as if it were this file.")]
Color = Annotated[str, option("--color", "auto|always|never", "Whether to colour the text report.")]
Jobs = Annotated[str | None, option("--jobs", "N", "Number of processes. Default: as many as pay.")]
MaxSize = Annotated[str | None, option("--max-size", "SIZE", "List larger files instead of reading them. Default: 10MB.")]
Config = Annotated[str | None, option("--config", "FILE", "Use this configuration instead of the nearest pixellint.toml.")]
Isolated = Annotated[bool, typer.Option("--isolated", help="Use no configuration.")]
Baseline = Annotated[str | None, option("--baseline", "FILE", "Do not report the findings that this baseline knows.")]
Staged = Annotated[bool, typer.Option("--staged", help="Check what the next commit changes, as staged in git.")]
DiffBase = Annotated[str | None, option("--diff-base", "REF", "Report only what was not there where HEAD left this branch or commit.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule behind the report.")]
Explain = Annotated[str | None, option("--explain", "PATH:LINE", "Say why a line is a finding, or why it is none, instead of checking.")]
Fix = Annotated[bool, typer.Option("--fix", help="Take out what can be taken out safely, then check again.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")]
UnsafeFixes = Annotated[bool, typer.Option("--unsafe-fixes", help="Fix also what a person should look over afterwards.")]
AllowDirty = Annotated[bool, typer.Option("--allow-dirty", help="Fix also files that git could not give back.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="List skipped files; say where an internal error happened.")]
