"""The command line: options, statuses, streams, colour, processes."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import linter.run
from linter import commands
from linter.cli import command
from linter.discovery import Found
from linter.findings import Result, Skipped
from linter.options import FORMATS, CheckOptions, OptionError, check_options, parse_plain, selected_rules
from tests.cli_support import ENV, Terminal, fake, git, pixellint, same_as_snapshot, snapshot_sequence, tree

pytestmark = pytest.mark.usefixtures("fake")
__all__ = ["fake"]

ROOT = Path(__file__).parent.parent
SITE: dict[str, str | bytes] = {
    "a.html": "<p>\n\t<b>日本</b> fbq here</p>\n",
    "b.js": "wbq; nbq",
    "c.css": "nbq tbq",
    "clean.html": "clean",
    "photo.png": b"\x89PNG\0",
    "node_modules/x.js": "fbq",
}

WORDS = [
    "",
    *"check a.html - -- . -v --verbose --format --format=json --format= json text xml --select --select=meta-pixel/*".split(),
    *"*/init,tiktok/* --ignore --ignore= --exit-zero --exit-zero=1 --fail-on --fail-on=note never --stdin-filename".split(),
    *"--stdin-filename=x.php --color always --color=never --jobs --jobs=2 2 0 --max-size --max-size=5MB 1kb".split(),
    *"--staged --diff-base --diff-base=main --statistics --explain=a.html:3".split(),
    *"--output --output=html:x.html --output=sarif json:out.json github --output=text:".split(),
    *"--help --version -x --form caf\udce9".split(),
]


def by_library(argv: list[str]) -> CheckOptions:
    """What the command line library makes of a command line."""
    taken: list[CheckOptions] = []

    def take(options: CheckOptions, _: object) -> int:
        taken.append(options)
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "check", take)
        command().main(argv, "pixellint", standalone_mode=False)
    return taken[0]


@given(st.lists(st.sampled_from(WORDS), max_size=6))
@example(["a.html", "--", "--format", "-"])
@example(["--select", "a", "--select=b,c", "--format", "text", "--format=json"])
def test_both_parsers_agree(words: list[str]) -> None:
    plain = parse_plain(["check", *words])
    if plain is not None:
        assert plain == by_library(["check", *words])


@pytest.mark.parametrize(
    "words",
    [
        ["."],
        ["--format", "json", "a.html"],
        ["--exit-zero", "-v", "-"],
        ["--select=a/*", "--jobs", "2", "--max-size", "1GB"],
        ["--color=always", "--", "-x"],
    ],
)
def test_plain_command_lines_do_not_need_the_library(words: list[str]) -> None:
    assert parse_plain(["check", *words]) is not None


@pytest.mark.parametrize(
    "words",
    [[], ["--help"], ["--version"], ["rule", "x"], ["check", "--help"], ["check", "--format"], ["check", "--jobs", "x"], ["check", "-vv"]],
)
def test_all_else_is_left_to_the_library(words: list[str]) -> None:
    assert parse_plain(words) is None


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"format": "jsn"}, f"--format: 'jsn' is none of {', '.join(FORMATS)}; did you mean 'json'?"),
        ({"fail_on": "errors"}, "--fail-on: 'errors' is none of error, warning, note, never; did you mean 'error'?"),
        ({"color": "1"}, "--color: '1' is none of auto, always, never"),
        ({"jobs": "0"}, "--jobs: '0' is no number from 1 to 999"),
        ({"jobs": "٣"}, "--jobs: '٣' is no number from 1 to 999"),
        ({"max_size": "big"}, "--max-size: 'big' is no size such as 50MB"),
        ({"stdin_filename": ""}, "--stdin-filename: a file name is needed"),
    ],
)
def test_wrong_values(words: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as error:
        check_options(**words)
    assert str(error.value) == message


def test_sizes() -> None:
    sizes = {"5": 5, "5b": 5, "5k": 5000, "5KB": 5000, "5mb": 5_000_000, "5G": 5_000_000_000}
    assert {word: check_options(max_size=word).max_bytes for word in sizes} == sizes


NAMES = {
    "meta-pixel/init": "meta-pixel/init",
    "facebook-pixel/init": "meta-pixel/init",
    "meta-pixel/trace": "meta-pixel/trace",
    "tiktok/init": "tiktok/init",
}


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ([], [], ["meta-pixel/init", "tiktok/init"]),
        (["meta-pixel/*"], [], ["meta-pixel/init", "meta-pixel/trace"]),
        (["*/trace"], [], ["meta-pixel/trace"]),
        (["facebook-pixel"], [], ["meta-pixel/init"]),
        (["*"], ["tiktok"], ["meta-pixel/init", "meta-pixel/trace"]),
        ([], ["*/init"], []),
    ],
)
def test_selection(select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert sorted(selected_rules(select, ignore, NAMES, ["meta-pixel/trace"])) == expected


def test_a_glob_that_matches_nothing_is_an_error() -> None:
    with pytest.raises(OptionError, match=r"--ignore: no rule is called 'tiktik'; did you mean 'tiktok'\?"):
        selected_rules([], ["tiktik"], NAMES, [])


def test_statuses_and_streams(tmp_path: Path) -> None:
    tree(tmp_path, SITE)
    told = ""
    for line in (
        "check",
        "check --format json a.html",
        "check clean.html",
        "check c.css",
        "check -v clean.html photo.png",
        "check --fail-on error b.js",
        "check --fail-on note c.css",
        "check --fail-on never a.html",
        "check --exit-zero a.html",
        "check --select */event-call a.html",
        "check --select meta-pixel/trace c.css",
        "check --ignore meta-pixel .",
        "check --ignore meta-pixle .",
        "check nope.html",
        "check nope.html a.html",
        "check --format html",
        "--version",
    ):
        argv = line.split()
        told += snapshot_sequence(argv, pixellint(*argv, cwd=tmp_path)) + "\n"
    same_as_snapshot("statuses.txt", told)


def test_usage_errors_and_help(tmp_path: Path) -> None:
    tree(tmp_path, SITE)
    told = {
        "check --stdin-filename": "requires an argument",
        "check --form x": "No such option",
        "check -q": "No such option",
        "chek": "No such command 'chek'.",
        "a.html": "No such command 'a.html'. Did you mean 'pixellint check a.html'?",
        "rule": "Missing",
        "": "Usage: pixellint",
    }
    for line, message in told.items():
        outcome = pixellint(*line.split(), cwd=tmp_path)
        assert (outcome.status, outcome.out) == (2, "")
        assert message in outcome.err
        assert outcome.err.startswith("pixellint: error: " if line else "Usage")
    assert pixellint("--help").out.startswith("Usage: pixellint [OPTIONS] COMMAND [ARGS]...")
    shown = pixellint("check", "--help")
    assert (shown.status, shown.err) == (0, "")
    options = "--format --select --ignore --fail-on --exit-zero --stdin-filename --color --jobs --max-size --verbose".split()
    assert [option for option in options if option not in shown.out] == []


def test_partial_analysis_gives_way_to_findings_and_nothing_else_does(tmp_path: Path) -> None:
    tree(tmp_path, {"slow.html": "deadline", "both.html": "deadline fbq", "bad.html": "crash", "a.html": "fbq", "n.html": "deadline nbq"})
    statuses = {
        "slow.html": 2,
        "both.html": 1,
        "n.html": 2,
        "slow.html a.html": 1,
        "bad.html": 2,
        "bad.html a.html": 2,
        "slow.html a.html --exit-zero": 2,
    }
    assert {line: pixellint("check", *line.split(), cwd=tmp_path).status for line in statuses} == statuses


def test_an_error_in_a_file_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    outcome = pixellint("check", cwd=tree(tmp_path, {"a.html": "crash", "b.html": "fbq"}))
    assert outcome.err.startswith("pixellint: a.html: internal error: RuntimeError: crash")
    assert "Found 1 error in 1 file; 1 file read, 1 skipped (1 internal error)." in outcome.out


def test_an_error_outside_of_files_is_no_traceback_without_verbose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linter.run, "discover", lambda *_: 1 / 0)
    assert pixellint("check", cwd=tmp_path) == (
        2,
        "",
        "pixellint: internal error: ZeroDivisionError: division by zero. The check did not finish: this is not a clean run.\n"
        "pixellint: please report it; --verbose shows where it happened\n",
    )
    assert "Traceback" in pixellint("check", "--verbose", cwd=tmp_path).err


def test_an_interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(linter.run, "discover", interrupt)
    assert pixellint("check", cwd=tmp_path) == (130, "", "")
    assert pixellint("check", "--format=text", "--color=auto", "-v", "--", cwd=tmp_path).status == 130


def test_nothing_to_check_is_said(tmp_path: Path) -> None:
    outcome = pixellint("check", cwd=tmp_path)
    assert (outcome.status, outcome.err) == (0, "pixellint: there are no files to check\n")


class TestStdin:
    """Standard input."""

    def test_as_a_named_file(self, tmp_path: Path) -> None:
        for argv in (["--stdin-filename", "sub/x.php"], ["-", "--stdin-filename", f"{tmp_path}/sub/x.php"]):
            outcome = pixellint("check", *argv, cwd=tmp_path, stdin="fbq")
            assert outcome.status == 1
            assert outcome.out.startswith("sub/x.php:1:1: error")

    def test_without_a_name(self, tmp_path: Path) -> None:
        assert pixellint("check", "-", cwd=tmp_path, stdin="fbq").out.startswith("<stdin>:1:1: error")

    def test_it_stands_for_the_file_on_disk(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "fbq", "b.html": "clean"})
        outcome = pixellint("check", ".", "--stdin-filename", "a.html", cwd=tmp_path, stdin="clean")
        assert (outcome.status, outcome.out.splitlines()[0]) == (0, "No tracking pixels found; 2 files read.")

    def test_too_large(self, tmp_path: Path) -> None:
        assert pixellint("check", "-", "--max-size", "5b", cwd=tmp_path, stdin="123456").status == 2


@pytest.mark.parametrize(
    ("flag", "env", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_color(tmp_path: Path, flag: str, env: dict[str, str], terminal: bool, expected: bool) -> None:
    tree(tmp_path, SITE)
    outcome = pixellint("check", "a.html", "--color", flag, cwd=tmp_path, env=env, stdout=Terminal() if terminal else None)
    assert ("\x1b[" in outcome.out) is expected


def test_json_is_never_colored(tmp_path: Path) -> None:
    outcome = pixellint("check", "a.html", "--format=json", "--color=always", cwd=tree(tmp_path, SITE))
    assert json.loads(outcome.out)["findings"][0]["path"] == "a.html"


class TestProcesses:
    """Several processes give what one gives."""

    def test_same_result(self, tmp_path: Path) -> None:
        tree(tmp_path, {f"d{n % 7}/f{n}.html": "fbq" if n % 3 else "crash deadline" if n % 2 else "clean" for n in range(60)})
        one = pixellint("check", "--format=json", "--jobs", "1", cwd=tmp_path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(linter.run, "CHUNK_FILES", 4)
            assert [pixellint("check", "--format=json", "--jobs", jobs, cwd=tmp_path) for jobs in "23"] == [one, one]
        assert json.loads(one.out)["summary"]["findings"] == 40

    def test_large_trees_are_checked_in_several(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(linter.run, "cores", lambda: 2)
        many = [Found(f"{n}", f"{n}", 1, False) for n in range(linter.run.POOL_FILES)]
        assert (linter.run._jobs_that_pay(many), linter.run._jobs_that_pay(many[:9])) == (2, 1)
        assert linter.run._jobs_that_pay([Found("a", "a", linter.run.POOL_BYTES, False)]) == 2

    @pytest.mark.skipif(sys.platform != "linux", reason="the stand-in for the readers is inherited by a fork")
    def test_a_crash_costs_one_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(linter.run, "CHUNK_FILES", 3)
        tree(tmp_path, {**{f"f{n}.html": "fbq" for n in range(9)}, "x.html": "exit", "y.html": "exit"})
        outcome = pixellint("check", "--format=json", "--jobs", "2", cwd=tmp_path)
        report = json.loads(outcome.out)
        assert outcome.status == 2
        assert report["summary"]["findings"] == report["summary"]["files_read"] == 9
        reason = "internal error: the process that read it ended; please report it with the file, if you may share it"
        assert report["skipped"] == [{"path": "x.html", "reason": reason}, {"path": "y.html", "reason": reason}]

    def test_chunks_hold_every_file_once(self) -> None:
        files = [Found(f"{n}", f"{n}", n * 1000, False) for n in range(1000)]
        groups = linter.run.chunks(files)
        assert sorted((file for group in groups for file in group), key=lambda file: file.size) == files
        assert max(len(group) for group in groups) <= linter.run.CHUNK_FILES


def test_git_and_no_git_give_the_same_report(tmp_path: Path) -> None:
    tree(tmp_path, {**SITE, ".gitignore": "old/\n*.bak\n", "old/a.html": "fbq", "a.bak": "fbq"})
    before = pixellint("check", "--format=json", cwd=tmp_path)
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    assert pixellint("check", "--format=json", cwd=tmp_path) == before
    assert pixellint("check", "--format=json", cwd=tmp_path, env={"PATH": "/nonexistent"}) == before


def test_no_socket_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, SITE)
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a connection was opened"))
    assert pixellint("check", cwd=tmp_path).status == 1


def test_a_binary_file_that_holds_nothing_is_listed(tmp_path: Path) -> None:
    outcome = pixellint("check", "-v", cwd=tree(tmp_path, {"data": b"clean\0\0\0\0\x01\x02"}))
    assert outcome.out.splitlines()[0] == "skipped: data: binary file"


def test_rule_and_vendors(tmp_path: Path) -> None:
    outcome = pixellint("rule", "meta-pixel/init", cwd=tmp_path)
    assert outcome.status == 0
    assert outcome.out.startswith("meta-pixel/init (error)\n")
    assert "What to use instead" in outcome.out
    assert "facebook-pixel/init".replace("facebook", "meta") in pixellint("rule", "facebook-pixel", cwd=tmp_path).out
    assert "meta-pixel" in pixellint("vendors", cwd=tmp_path).out
    listed = json.loads(pixellint("vendors", "--format", "json", cwd=tmp_path).out)
    assert (listed["version"], "meta-pixel/init" in next(v for v in listed["vendors"] if v["id"] == "meta-pixel")["rules"]) == (1, True)
    assert pixellint("rule", "meta-pixel/nope", cwd=tmp_path).status == pixellint("vendors", "--format=x", cwd=tmp_path).status == 2


def test_status_of_results() -> None:
    assert commands.status(Result((), (Skipped("a", "binary"),), 0), CheckOptions()) == 0
    assert commands.status(Result((), (Skipped("a", "unreadable: x", failed=True),), 0), CheckOptions()) == 2


class TestProgram:
    """The program as it is started."""

    @pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
    def test_a_reader_that_leaves_early(self, tmp_path: Path) -> None:
        names = [f"missing-{number}-{'x' * 100}.html" for number in range(3000)]
        with open(tmp_path / "stderr", "wb") as stderr, start(["check", "-v", *names], tmp_path, stderr) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.stdout.close()
        told = (tmp_path / "stderr").read_bytes().splitlines()
        assert process.returncode == 2
        assert all(line.startswith(b"pixellint: missing-") for line in told)

    def test_bytes_of_the_json_report_are_utf8_everywhere(self, tmp_path: Path) -> None:
        with start(["check", "--format", "json", "日本.html"], tmp_path, PYTHONIOENCODING="ascii") as process:
            out, _ = process.communicate()
        assert json.loads(out)["skipped"][0]["path"] == "日本.html"

    @pytest.mark.skipif(os.name == "nt", reason="sends a signal")
    def test_an_interrupt_says_nothing(self, tmp_path: Path) -> None:
        with start(["check", "-"], tmp_path) as process:
            assert process.stderr is not None
            process.send_signal(signal.SIGINT) if _waits(process) else None
            process.stdin.close() if process.stdin else None
            told = process.stderr.read()
        assert (process.returncode, told) == (130, b"")

    def test_a_clean_file_needs_no_readers(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "<p>"})
        heavy = "typer click tree_sitter hyperscan pathspec subprocess concurrent.futures linter.check linter.cli".split()
        code = (
            "import sys, os, io; from linter.__main__ import main\n"
            "assert main(['check', 'a.html'], sys.stdin, io.StringIO(), sys.stderr, os.environ, os.getcwd()) == 0\n"
            f"print(*sorted(set({heavy}) & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env={**ENV, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True
        )
        assert done.stdout.strip() == b""


def start(argv: list[str], cwd: Path, stderr: Any = subprocess.PIPE, **env: str) -> subprocess.Popen[bytes]:
    """The program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "linter", *argv],
        cwd=cwd,
        env={**ENV, "PYTHONPATH": str(ROOT), **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


def _waits(process: subprocess.Popen[bytes]) -> bool:
    """Waits until the process reads standard input."""
    import time

    for _ in range(200):
        try:
            if "pipe" in Path(f"/proc/{process.pid}/wchan").read_text() or process.poll() is not None:
                return True
        except OSError:
            break
        time.sleep(0.02)
    time.sleep(1)
    return True


def test_a_console_that_lacks_a_character_gets_an_escape() -> None:
    class Console(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    raw = io.BytesIO()
    console = Console(raw, encoding="cp1252")
    commands.write(console, "caf\u00e9 \u65e5 \udce9\n")
    assert raw.getvalue() == b"caf\xe9 \\u65e5 \\xe9\n"
