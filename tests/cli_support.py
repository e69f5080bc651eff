"""Helpers of the command's tests: a command line run in this process, odd folders, and a stand-in for the readers."""

import io
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from linter.__main__ import main
from linter.check import FileReport
from linter.findings import Finding, Related, Severity, Skipped
from linter.text import NotText, Place, Source

SNAPSHOTS = Path(__file__).parent / "snapshots"
ENV = {"PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent"}


class Outcome(NamedTuple):
    """What a command line left."""

    status: int
    out: str
    err: str


class Terminal(io.StringIO):
    """A stdout that is a terminal."""

    def isatty(self) -> bool:
        """Always."""
        return True


def pixellint(
    *argv: str, cwd: Path | str = ".", env: Mapping[str, str] | None = None, stdin: str = "", stdout: io.StringIO | None = None
) -> Outcome:
    """Runs a command line in this process."""
    out, err = stdout or io.StringIO(), io.StringIO()
    status = main(list(argv), io.StringIO(stdin), out, err, {**ENV, **(env or {})}, os.path.abspath(cwd))
    return Outcome(status, out.getvalue(), err.getvalue())


def tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes files below `root`; `-> target` as content makes a symbolic link."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif content.startswith("-> "):
            path.symlink_to(content.removeprefix("-> "))
        else:
            path.write_text(content, encoding="utf-8", newline="")
    return root


def git(root: Path, *args: str) -> None:
    """Runs git in `root`, with no settings but the repository's."""
    env = {**ENV, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ALLOW_PROTOCOL": "file"}
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *args], cwd=root, env=env, check=True, capture_output=True)


def finding(path: str, data: bytes, at: int, severity: Severity = "error", kind: str = "init", length: int = 3) -> Finding:
    """A finding at character `at`."""
    source = Source(path, data)
    start, end = source.place(at), source.place(at + length)
    lines = tuple(source.line(number) for number in range(start.line, min(end.line, start.line + 2) + 1))
    return Finding(
        rule=f"meta-pixel/{kind}",
        vendor="meta-pixel",
        kind=kind,
        severity=severity,
        state="active",
        path=path,
        start=start,
        end=end,
        via=("html", "javascript"),
        account="1234509876123450",
        message="Meta Pixel is started here",
        help="remove this call",
        related=(Related(path, Place(1, 1, 0), Place(1, 2, 1), "image for browsers without JavaScript"),),
        identity=f"f{at}",
        lines=lines,
    )


def fake_check(path: str, data: bytes, literals: Sequence[str] = ()) -> FileReport:
    """Instead of the readers: `fbq` is an error, `wbq` a warning, `nbq` a note, `tbq` a trace; other words are failures."""
    if b"crash" in data:
        raise RuntimeError("crash")
    if b"exit" in data:
        os._exit(3)
    try:
        text = Source(path, data).text
    except NotText as why:
        return FileReport((), (Skipped(path, str(why)),))
    found = [finding(path, data, at) for at in places(text, "fbq")]
    found += [finding(path, data, at, "warning") for at in places(text, "wbq")]
    found += [finding(path, data, at, "note") for at in places(text, "nbq")]
    found += [finding(path, data, at, "note", "trace") for at in places(text, "tbq")]
    return FileReport(tuple(found), (Skipped(path, "not fully analysed: deadline", failed=True),) if "deadline" in text else ())


def places(text: str, word: str) -> list[int]:
    """Where `word` stands in `text`."""
    return [at for at in range(len(text)) if text.startswith(word, at)]


class EverythingScanner:
    """Rejects only what does not say so: files with `clean` in them."""

    def might_hold(self, data: bytes) -> bool:
        """Not for files that say they are clean."""
        return b"clean" not in data

    def present(self, data: bytes) -> list[str]:
        """Nothing: the stand-in needs no literals."""
        return []


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the stand-in in the place of the readers."""
    import linter.check
    import linter.run

    monkeypatch.setattr(linter.check, "check_source", fake_check)
    monkeypatch.setattr(linter.run, "_scanners", {True: EverythingScanner(), False: EverythingScanner()})


def same_as_snapshot(name: str, text: str) -> None:
    """Compares with a file of `tests/snapshots`; `UPDATE_SNAPSHOTS=1` in the environment rewrites it."""
    from linter import __version__

    told = text.replace(__version__, "@@VERSION@@")
    path = SNAPSHOTS / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(told, encoding="utf-8", newline="\n")
    assert told == path.read_text(encoding="utf-8")


def snapshot_sequence(argv: Sequence[str], outcome: Outcome) -> str:
    """A whole command line as text: what was typed, both streams, the status."""
    return f"$ pixellint {' '.join(argv)}\n{outcome.out}--- stderr\n{outcome.err}--- status {outcome.status}\n"
