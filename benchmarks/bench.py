"""Measures pixellint: start-up and a whole tree. Standard library only; see README.md beside this file.

    python benchmarks/bench.py [startup] [tree] [--rounds N] [--tree FOLDER]

The commands that are compared take turns in one run, so that whatever else the machine does meets all of them alike.
Printed are minima (the best estimate of the work itself), medians, and ratios of minima. Exit status 1: a budget is missed.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PARTS = ("startup", "tree")
LITERALS = ("fbq(", "fbevents.js", "facebook.com/tr", "googletagmanager.com", "analytics.tiktok.com")
CLEAN = "<!DOCTYPE html>\n<title>Our team</title>\n<p>Dr. Example sees patients from Monday to Friday.</p>\n"
FOUND = CLEAN + "<script>fbq('init', '1029384756102938');</script>\n"
WITH_FINDING, WITHOUT_FINDING, TREE = 8.0, 6.0, 8.0
"""The most that a file with a finding and a clean one may take, in starts of Python; and a tree, in runs of ripgrep."""


class Timed(NamedTuple):
    """A command and its wall clock seconds, one for each round."""

    name: str
    seconds: list[float]


def pixellint() -> list[str]:
    """The installed program beside this Python, else the checkout's."""
    program = shutil.which("pixellint", path=os.path.dirname(sys.executable))
    return [program, "check"] if program else [sys.executable, "-m", "linter", "check"]


def execute(command: Sequence[str]) -> tuple[float, int]:
    """Runs a command from the checkout's folder, its output thrown away; gives its wall clock seconds and exit status."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start, done.returncode


def take_turns(commands: Mapping[str, Sequence[str]], rounds: int) -> list[Timed]:
    """Runs the commands in turn, once unmeasured and then `rounds` times."""
    timed = [Timed(name, []) for name in commands]
    for turn in range(rounds + 1):
        for row, command in zip(timed, commands.values(), strict=True):
            seconds, status = execute(command)
            if status not in (0, 1):
                sys.exit(f"{row.name}: exit status {status}: {' '.join(command)}")
            if turn:
                row.seconds.append(seconds)
    return timed


def compare(title: str, timed: Sequence[Timed], budgets: Sequence[float]) -> bool:
    """Prints the commands against the first of them; gives whether the others keep their budgets."""
    base = timed[0]
    print(f"\n{title} ({len(base.seconds)} rounds)\n  {'':26}{'minimum':>10}{'median':>10}{'ratio':>8}{'at most':>9}")
    kept = True
    for row, budget in zip(timed, [0.0, *budgets], strict=True):
        ratio = min(row.seconds) / min(base.seconds)
        cells = f"{min(row.seconds) * 1000:>7.1f} ms{statistics.median(row.seconds) * 1000:>7.1f} ms"
        told = f"{ratio:>8.2f}{budget:>9.1f}{'' if ratio <= budget else '  missed'}" if row is not base else ""
        print(f"  {row.name:26}{cells}{told}")
        kept = kept and (row is base or ratio <= budget)
    return kept


def startup(folder: Path, rounds: int) -> bool:
    """One file with a finding, and one without, against a Python that does nothing."""
    (folder / "found.html").write_text(FOUND, encoding="utf-8")
    (folder / "clean.html").write_text(CLEAN, encoding="utf-8")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "check found.html": [*pixellint(), str(folder / "found.html")],
        "check clean.html": [*pixellint(), str(folder / "clean.html")],
    }
    return compare("Start-up", take_turns(commands, rounds), [WITH_FINDING, WITHOUT_FINDING])


def whole_tree(tree: Path, rounds: int) -> bool:
    """A large tree against ripgrep that looks for five literals in it."""
    tools = str(HERE / "trees" / "tools" / "usr" / "bin")
    ripgrep = shutil.which("rg", path=os.pathsep.join([os.environ.get("PATH", ""), tools]))
    if ripgrep is None or not tree.is_dir():
        sys.exit(f"{tree} or ripgrep is missing; run benchmarks/fetch.sh")
    search = [ripgrep, "--fixed-strings", "--count", *(word for literal in LITERALS for word in ("-e", literal)), str(tree)]
    commands = {"rg, five literals": search, "check TREE": [*pixellint(), "--exit-zero", str(tree)]}
    return compare(f"Whole tree, {_files(tree)} files", take_turns(commands, rounds), [TREE])


def _files(tree: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(tree))


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(description="Measures pixellint.")
    parser.add_argument("parts", nargs="*", metavar="startup|tree", help="what to measure (default: all)")
    parser.add_argument("--rounds", type=int, default=0, help="rounds of each comparison (default: 25 for start-up, 7 for the tree)")
    parser.add_argument("--tree", type=Path, default=HERE / "trees" / "site", help="the tree to measure on")
    options = parser.parse_args()
    if set(options.parts) - set(PARTS):
        parser.error(f"the parts are {', '.join(PARTS)}")
    parts = options.parts or PARTS
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {' '.join(pixellint())}")
    kept = []
    with tempfile.TemporaryDirectory() as name:
        if "startup" in parts:
            kept.append(startup(Path(name), options.rounds or 25))
        if "tree" in parts:
            kept.append(whole_tree(options.tree, options.rounds or 7))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
