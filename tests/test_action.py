"""The action and the workflows: the shell steps are run by bash as Actions would run them, and the files hold no trap."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from linter.options import FORMATS, check_options
from tests.cli_support import git, tree

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("examples/ci/github-*.yml")])
PIXEL = "<script>fbq('init', '1029384756102938');</script>\n"
HINT = '<link rel="preconnect" href="https://connect.facebook.net">\n'
BASH = shutil.which("bash")

bash = pytest.mark.skipif(BASH is None, reason="bash is not installed")


class Ran(NamedTuple):
    """What a step left: its status, what it printed, its outputs, and the summary."""

    status: int
    out: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner with a checkout of a small site, whose path has a blank and a quote, and with pixellint installed."""
    home = tmp_path / "run ner's"
    (home / "temp").mkdir(parents=True)
    bin = home / "bin"
    bin.mkdir()
    for name, command in (("pixellint", f'exec "{sys.executable}" -m linter "$@"'), ("python", f'exec "{sys.executable}" "$@"')):
        (bin / name).write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" {command}\n' if name == "pixellint" else f"#!/bin/sh\n{command}\n")
        (bin / name).chmod(0o755)
    tree(
        home / "site",
        {"index.html": PIXEL, "about.html": "<p>Our team</p>\n", "my page.html": PIXEL, "hint.html": HINT, "sub/a.html": PIXEL},
    )
    return home


def value_of(text: str, inputs: Mapping[str, str], more: Mapping[str, str]) -> str:
    """An expression of the action as Actions fills it in."""

    def filled(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("inputs."):
            default = str(ACTION["inputs"][name.removeprefix("inputs.")].get("default", ""))
            return inputs.get(name.removeprefix("inputs."), default)
        return more[name]

    return re.sub(r"\$\{\{\s*([\w.-]+)\s*\}\}", filled, text)


def run_step(name: str, runner: Path, inputs: Mapping[str, str] | None = None, **more: str) -> Ran:
    """Runs a step's script as Actions does: `bash --noprofile --norc -e -o pipefail FILE`, in the checkout."""
    step, output, summary = STEPS[name], runner / "output", runner / "summary"
    output.write_text("")
    summary.write_text("")
    known = {"steps.install.outputs.bin": str(runner / "bin"), "github.action_path": str(ROOT), **more}
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(runner),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_WORKSPACE": str(runner / "site"),
        "RUNNER_TEMP": str(runner / "temp"),
        **{key: value_of(str(value), inputs or {}, known) for key, value in step.get("env", {}).items()},
    }
    script = runner / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    command = [str(BASH), "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    done = subprocess.run(command, cwd=runner / "site", env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    rows = [line.partition("=") for line in output.read_text().splitlines()]
    return Ran(done.returncode, done.stdout + done.stderr, {key: value for key, _, value in rows}, summary.read_text(encoding="utf-8"))


def check(runner: Path, **inputs: str) -> Ran:
    """Runs the step that checks; `_` in a name of an input stands for `-`."""
    return run_step("Check", runner, {name.replace("_", "-"): value for name, value in inputs.items()})


def found(ran: Ran) -> list[str]:
    """The paths of what a check found."""
    document = json.loads(Path(ran.outputs["json-file"]).read_text(encoding="utf-8"))
    return sorted({row["path"] for row in document["findings"]})


@bash
def test_a_site_with_pixels(runner: Path) -> None:
    ran = check(runner)
    assert ran.status == 0
    assert ran.outputs["status"] == "1"
    assert ran.outputs["findings"] == "4"
    assert ran.outputs["errors"] == "3"
    assert set(ran.outputs) == {"status", "findings", "errors", "json-file"}
    assert "::error file=index.html,line=1" in ran.out
    assert "index.html" in ran.summary


@bash
def test_a_clean_page(runner: Path) -> None:
    ran = check(runner, paths="about.html")
    assert (ran.outputs["status"], ran.outputs["findings"]) == ("0", "0")


@bash
def test_paths_one_a_line_with_blanks_and_carriage_returns(runner: Path) -> None:
    assert found(check(runner, paths="my page.html\r\n\n  sub\n".replace("  ", ""))) == ["my page.html", "sub/a.html"]
    assert len(found(check(runner, paths=""))) == 4
    assert found(check(runner, paths="a.html", working_directory="sub")) == ["a.html"]


@bash
@pytest.mark.parametrize(
    "hostile",
    [
        "$(touch trap)",
        "`touch trap`",
        "; touch trap",
        "'; touch trap; '",
        '"; touch trap; "',
        "a && touch trap",
        "$IFS$(touch${IFS}trap)",
        "--help",
        "-v",
    ],
)
@pytest.mark.parametrize("input", ["paths", "fail_on", "diff_base", "args", "working_directory", "sarif", "html", "job_summary"])
def test_inputs_are_words_and_never_code(runner: Path, input: str, hostile: str) -> None:
    ran = check(runner, **{input: hostile})
    assert not list(runner.rglob("trap"))
    if input in ("paths", "fail_on", "diff_base"):
        assert ran.outputs["status"] == "2"


@bash
def test_further_options_and_fail_on(runner: Path) -> None:
    assert found(check(runner, args="--ignore\nmeta-pixel/init\n--max-size=5MB")) == ["hint.html"]
    assert check(runner, paths="hint.html", fail_on="error").outputs["status"] == "0"
    assert check(runner, paths="hint.html", fail_on="note").outputs["status"] == "1"
    assert check(runner, fail_on="nonsense").outputs["status"] == "2"


@bash
def test_reports_are_there_only_when_asked_for(runner: Path) -> None:
    ran = check(runner, sarif="true", html="true", job_summary="false")
    assert json.loads(Path(ran.outputs["sarif-file"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert Path(ran.outputs["html-file"]).read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert ran.summary == ""
    assert "sarif-file" not in check(runner).outputs


@bash
def test_a_switch_that_is_neither_true_nor_false(runner: Path) -> None:
    ran = check(runner, sarif="yes")
    assert ran.status == 2
    assert "::error title=pixellint::the input sarif is neither true nor false" in ran.out


@bash
def test_a_path_that_is_missing_is_told(runner: Path) -> None:
    ran = check(runner, paths="nowhere.html")
    assert (ran.status, ran.outputs["status"]) == (0, "2")
    assert "nowhere.html" in ran.out


@bash
def test_what_a_pull_request_adds(runner: Path) -> None:
    site = runner / "site"
    git(site, "init")
    git(site, "add", ".")
    git(site, "commit", "-m", "start")
    tree(site, {"new.html": PIXEL})
    git(site, "checkout", "-q", "-b", "work")
    git(site, "add", ".")
    git(site, "commit", "-m", "pixel")
    assert found(check(runner, diff_base="main")) == ["new.html"]


@bash
@pytest.mark.parametrize(("status", "expected"), [("0", 0), ("1", 1), ("2", 2), ("", 2), ("130", 2)])
def test_the_outcome(runner: Path, status: str, expected: int) -> None:
    assert run_step("Outcome", runner, **{"steps.check.outputs.status": status}).status == expected


@pytest.fixture
def stub(runner: Path) -> str:
    """A Python that makes environments whose Python only notes what it was asked for."""
    python, inner = runner / "py thon", runner / "inner"
    inner.write_text(f"#!{sys.executable}\nimport sys\nopen({str(runner / 'notes')!r}, 'w').write('\\n'.join(sys.argv[1:]))\n")
    inner.chmod(0o755)
    made = f"os.makedirs(sys.argv[3] + '/bin', exist_ok=True)\nshutil.copy({str(inner)!r}, sys.argv[3] + '/bin/python')\n"
    python.write_text(f"#!{sys.executable}\nimport os, shutil, sys\n{made}")
    python.chmod(0o755)
    return str(python)


@bash
def test_the_action_installs_itself_unless_a_version_is_named(runner: Path, stub: str) -> None:
    ran = run_step("Install pixellint", runner, **{"steps.python.outputs.python-path": stub})
    assert ran.status == 0, ran.out
    assert ran.outputs["bin"] == f"{runner}/temp/pixellint-venv/bin"
    assert (runner / "notes").read_text().splitlines() == ["-m", "pip", "install", "--quiet", "--", str(ROOT)]
    assert run_step("Install pixellint", runner, {"version": "1.2.3rc1"}, **{"steps.python.outputs.python-path": stub}).status == 0
    assert (runner / "notes").read_text().splitlines()[-1] == "pixellint==1.2.3rc1"


@bash
@pytest.mark.parametrize("version", ["1.0 --index-url=http://x", "1\n2", "$(touch trap)", "@ file:///tmp/x", "1.0; x", "latest", "../x"])
def test_what_is_no_version_is_not_installed(runner: Path, stub: str, version: str) -> None:
    ran = run_step("Install pixellint", runner, {"version": version}, **{"steps.python.outputs.python-path": stub})
    assert ran.status == 2
    assert not (runner / "notes").exists()
    assert not list(runner.rglob("trap"))


def test_scripts_hold_no_expression() -> None:
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")
        assert ("run" in step) == ("shell" in step)
        assert step.get("shell", "bash") == "bash"
    for path in WORKFLOWS:
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            assert all("${{" not in step.get("run", "") for step in job["steps"]), path


def test_other_actions_are_pinned_to_a_commit() -> None:
    for path in [ROOT / "action.yml", *WORKFLOWS]:
        for line in path.read_text(encoding="utf-8").splitlines():
            uses = re.search(r"uses: (\S+)(.*)", line)
            if uses and uses[1] != "./":
                assert re.search(r"@[0-9a-f]{40}\Z", uses[1]), f"{path}: {line}"
                assert re.match(r" # v\d+\.\d+", uses[2]), f"{path}: {line}"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_say_what_they_may_and_keep_no_token(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] in ({"contents": "read"}, {})
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_the_action_names_inputs_and_outputs_that_exist() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert all(ACTION["inputs"][name]["description"] for name in ACTION["inputs"])
    ids = {step["id"] for step in STEPS.values() if "id" in step}
    assert set(re.findall(r"steps\.([\w-]+)\.", text)) == ids


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/ci/*.yml")), ids=lambda path: path.name)
def test_the_command_lines_of_the_examples_are_ones(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    outputs = re.findall(r"--output (\S+)", text)
    assert {word.partition(":")[0] for word in outputs} <= set(FORMATS)
    assert check_options(output=outputs)
    assert "--format" not in text or "--format github" in text


def test_the_container_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    words = [line.split()[0] for line in lines if line and not line.startswith((" ", "#"))]
    assert words.count("FROM") == 2
    assert words[-1] == "CMD"
    assert "USER 10001" in lines
    assert lines.index("USER 10001") > max(number for number, line in enumerate(lines) if line.startswith("RUN"))
    assert all(":latest" not in line for line in lines if line.startswith("FROM"))
    copied = [word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]]
    assert all((ROOT / name).exists() for name in copied)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert not set(copied) & set(ignored)


def tool(name: str) -> str:
    """A tool of this environment or of PATH; the test is skipped where it is in neither."""
    beside = Path(sys.executable).with_name(name)
    path = str(beside) if beside.exists() else shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed: pip install -e '.[dev]'")
    return path


def test_zizmor_has_nothing_to_say() -> None:
    command = [tool("zizmor"), "--offline", "--no-progress", "--persona", "auditor", "action.yml", *map(str, WORKFLOWS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if "run" in step])
def test_shellcheck_has_nothing_to_say(name: str) -> None:
    done = subprocess.run([tool("shellcheck"), "--shell=bash", "-"], input=STEPS[name]["run"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
