"""Writes files made to make readers slow, and measures each in a process of its own. Standard library only.

    python benchmarks/hostile.py [NAME...] [--size MB] [--list] [--root CHECKOUT]

Without a size every file is made twice, of 1 MB and of 10 MB. A file passes if it is answered within the limits below;
an answer is also that it was not fully analysed (exit status 2). Exit status 1: a file did not pass.
NAME is a part of a name. Columns: name, size, wall clock, processor time (which other programs disturb less, and which
counts), peak memory, exit status, findings (`+`: the file was analysed in part), and what was said.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
from hostile_files import FILES

LIMITS = {1: (2.0, 300.0), 10: (5.0, 300.0)}
"""Megabytes of a file -> seconds and megabytes of memory it may take."""
PATIENCE = 60.0
"""Seconds after which a process is stopped."""


class Answer(NamedTuple):
    """What one process took (wall clock and processor seconds, peak megabytes), its exit status (None: stopped), what it said."""

    seconds: float
    processor: float
    megabytes: float
    status: int | None
    findings: int
    notices: tuple[str, ...]


def measured(path: Path, root: Path) -> Answer:
    """Checks one file."""
    command = [sys.executable, "-m", "linter", "check", "--format", "json", str(path)]
    out = path.with_suffix(path.suffix + ".out")
    begin = time.perf_counter()
    with out.open("wb") as stdout:
        process = subprocess.Popen(command, cwd=root, stdout=stdout, stderr=subprocess.DEVNULL)
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    processor = usage.ru_utime + usage.ru_stime
    megabytes = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    if process.returncode not in (0, 1, 2):
        return Answer(seconds, processor, megabytes, None, 0, ())
    told = json.loads(out.read_bytes())
    reasons = tuple(skip["reason"] for skip in told["skipped"])
    return Answer(seconds, processor, megabytes, process.returncode, len(told["findings"]), reasons)


def passes(answer: Answer, size: int) -> bool:
    """Whether an answer came within the limits, and was no internal error."""
    seconds, megabytes = LIMITS[size]
    inside = min(answer.seconds, answer.processor) <= seconds and answer.megabytes <= megabytes
    return inside and answer.status is not None and not any("internal" in notice for notice in answer.notices)


def rows(names: Sequence[str], sizes: Sequence[int], root: Path) -> Iterator[tuple[str, int, Answer]]:
    """Each file's name, size in megabytes and answer."""
    with tempfile.TemporaryDirectory() as folder:
        for name, file in FILES.items():
            if names and not any(part in name for part in names):
                continue
            for size in sizes:
                path = Path(folder, file.path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.make(size * 1_000_000))
                yield name, size, measured(path, root)
                path.unlink()


def main() -> int:
    """Prints a line for each file; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--size", type=int, choices=sorted(LIMITS), action="append")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    options = parser.parse_args()
    if options.list:
        print("\n".join(FILES))
        return 0
    failed = 0
    for name, size, answer in rows(options.names, options.size or sorted(LIMITS), options.root.resolve()):
        verdict = "" if passes(answer, size) else "MISSED"
        failed += bool(verdict)
        status = "-" if answer.status is None else str(answer.status)
        said = f"{answer.findings}{'+' if answer.notices else ''}"
        notices = "; ".join(answer.notices)[:100]
        took = f"{answer.seconds:7.2f} s {answer.processor:6.2f} s {answer.megabytes:6.0f} MB"
        print(f"{name:28} {size:3} MB {took} {status:>3} {said:>6} {verdict:6} {notices}", flush=True)
    print(f"{failed} missed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
