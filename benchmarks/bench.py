"""Measures pixellint: start-up, a whole tree, hostile inputs. Standard library only; see README.md beside this file.

    python benchmarks/bench.py [startup] [tree] [hostile] [--rounds N] [--tree FOLDER]

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
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PARTS = ("startup", "tree", "hostile")
LITERALS = ("fbq(", "fbevents.js", "facebook.com/tr", "googletagmanager.com", "analytics.tiktok.com")
CLEAN = "<!DOCTYPE html>\n<title>Our team</title>\n<p>Dr. Example sees patients from Monday to Friday.</p>\n"
FOUND = CLEAN + "<script>fbq('init', '1029384756102938');</script>\n"
WITH_FINDING, WITHOUT_FINDING, TREE = 8.0, 6.0, 8.0
"""The most that a file with a finding and a clean one may take, in starts of Python; and a tree, in runs of ripgrep."""
HOSTILE_BYTES = 1_000_000
HOSTILE_SECONDS, HOSTILE_MEGABYTES, PATIENCE = 2.0, 300, 20.0
"""The most that a file of `HOSTILE_BYTES` may take; after `PATIENCE` seconds it is stopped."""


class Timed(NamedTuple):
    """A command and its wall clock seconds, one for each round."""

    name: str
    seconds: list[float]


class Used(NamedTuple):
    """What one process took: wall clock seconds, peak memory in megabytes (0 where the system does not tell), exit status."""

    seconds: float
    megabytes: float
    status: int


def pixellint() -> list[str]:
    """The installed program beside this Python, else the checkout's."""
    program = shutil.which("pixellint", path=os.path.dirname(sys.executable))
    return [program, "check"] if program else [sys.executable, "-m", "linter", "check"]


def execute(command: Sequence[str], patience: float = 600.0) -> Used:
    """Runs a command from the checkout's folder, its output thrown away; stops it after `patience` seconds."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        alarm = threading.Timer(patience, process.kill)
        alarm.start()
        try:
            return _wait(process, start)
        finally:
            alarm.cancel()


def _wait(process: "subprocess.Popen[bytes]", start: float) -> Used:
    if not hasattr(os, "wait4"):
        status = process.wait()
        return Used(time.perf_counter() - start, 0, status)
    _, raw, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(raw)
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Used(seconds, kilobytes / 1024, process.returncode)


def take_turns(commands: Mapping[str, Sequence[str]], rounds: int) -> list[Timed]:
    """Runs the commands in turn, once unmeasured and then `rounds` times."""
    timed = [Timed(name, []) for name in commands]
    for turn in range(rounds + 1):
        for row, command in zip(timed, commands.values(), strict=True):
            used = execute(command)
            if used.status not in (0, 1):
                sys.exit(f"{row.name}: exit status {used.status}: {' '.join(command)}")
            if turn:
                row.seconds.append(used.seconds)
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


def _repeated(*units: str) -> Callable[[], str]:
    return lambda: "fbq('init', '1')\n" + "".join(unit * (HOSTILE_BYTES // len(units) // len(unit)) for unit in units)


HOSTILE: dict[str, Callable[[], str]] = {
    "unclosed-tags.html": _repeated("<div fbq "),
    "unclosed-comments.html": _repeated("<!-- fbq "),
    "unclosed-scripts.html": _repeated("<script>fbq("),
    "script-elements.html": _repeated("<script>fbq('track','Lead')</script>"),
    "attributes.html": lambda: "<a " + "onclick=\"fbq('track')\" " * (HOSTILE_BYTES // 23) + ">",
    "entities.html": _repeated("&#102;&#98;&#113;&amp"),
    "brackets.js": _repeated("fbq(", ")"),
    "arrays.js": _repeated("[", "]"),
    "one-array.js": lambda: "var a=[" + "1,fbq('a')," * (HOSTILE_BYTES // 11) + "0];",
    "concatenation.js": lambda: "fbq('init', " + "'a'+" * (HOSTILE_BYTES // 4) + "'b');",
    "calls.js": _repeated("fbq('track','Lead');"),
    "quotes.js": _repeated("'fbq\\'\"`${"),
    "templates.js": _repeated("`${fbq(", ")}`"),
    "elements.jsx": _repeated("<a b={fbq('x')}>"),
    "generics.ts": _repeated("a<fbq<"),
    "expressions.php": lambda: "<?php echo " + "'fbq' . " * (HOSTILE_BYTES // 8) + "'';",
    "heredocs.php": lambda: "<?php " + "$a = <<<A\nfbq('init','1')\n" * (HOSTILE_BYTES // 26),
    "short-tags.php": _repeated("<?= fbq ?>'"),
    "tags.twig": _repeated("{% if fbq %}{{ '"),
    "comments.liquid": _repeated("{% comment %} fbq "),
    "indented.pug": lambda: "".join(f"{' ' * depth}p fbq\n" for depth in range(1400)),
    "nested.json": lambda: '{"fbq(":' * (HOSTILE_BYTES // 8),
    "escapes.json": lambda: '{"a": "' + "\\u0066\\u0062\\u0071(" * (HOSTILE_BYTES // 19) + '"}',
    "flow.yaml": _repeated("[fbq, {a: "),
    "fences.md": _repeated("```\n<script>fbq('a')\n"),
    "inserts.sql": _repeated("INSERT INTO t VALUES ('<script>fbq(''init'')');\n"),
    "cdata.xml": _repeated("<a><![CDATA[fbq"),
    "urls.css": _repeated("a{b:url(https://www.facebook.com/tr?id=1)}"),
}
"""Files that a careless reader takes quadratic time, deep recursion or much memory for."""


def hostile(folder: Path) -> bool:
    """Each hostile file by itself."""
    print(f"\nHostile files of {HOSTILE_BYTES // 1000} kB\n  {'':26}{'seconds':>10}{'memory':>10}{'status':>8}")
    kept = True
    for name, text in HOSTILE.items():
        path = folder / name
        path.write_text(text(), encoding="utf-8")
        used = execute([*pixellint(), str(path)], PATIENCE)
        good = used.seconds <= HOSTILE_SECONDS and used.megabytes <= HOSTILE_MEGABYTES and used.status in (0, 1, 2)
        print(f"  {name:26}{used.seconds:>8.2f} s{used.megabytes:>7.0f} MB{used.status:>8}{'' if good else '  missed'}", flush=True)
        path.unlink()
        kept = kept and good
    return kept


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(description="Measures pixellint.")
    parser.add_argument("parts", nargs="*", metavar="startup|tree|hostile", help="what to measure (default: all)")
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
        if "hostile" in parts:
            kept.append(hostile(Path(name)))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
