"""The documentation site: every command in its pages runs, in a copy of the example site, and prints what the page shows.

A page is read from top to bottom. A block with a title is a file, written where the page says; a `console` block is a shell. What begins
with `$` runs; what follows is its output, compared as a whole, where any is shown. `<!-- fresh -->` begins again with a new copy.
`UPDATE_SNAPSHOTS=1` in the environment writes the output into the page; `…` alone on a line asks for it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from linter import __version__
from tests.cli_support import git
from tests.test_hooks import Installed, head, installed, pre_commit

__all__ = ["installed"]

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = {path.name: path for path in sorted(DOCS.glob("*.md"))}
BLOCK = re.compile(
    r'^(?P<marks>`{3,})(?P<name>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^(?P=marks)$|^<!-- (?P<fresh>fresh) -->$', re.M | re.S
)

NOT_RUN = {
    "git clone https://example.com/pixellint.git": "it needs the network, and the address is the reader's",
    "cd pixellint": "the clone that was not made",
    "python3 -m venv .venv": "the next commands install into it, from the package index",
    ".venv/bin/pip install .": "it needs the package index; .ci/run does the same",
    'export PATH="$PWD/.venv/bin:$PATH"': "what was not installed has no path",
    "pip install pixellint": "it needs the package index",
    "pip install pre-commit": "it needs the package index",
    "pre-commit install": "test_the_hook_of_the_quick_start does it, with the real pre-commit",
    "pre-commit run pixellint-repo --hook-stage manual": "tests/test_hooks.py runs the hooks with the real pre-commit",
    "docker build -t pixellint .": "there is no container engine",
    'docker run --rm --network none --read-only -v "$PWD:/site:ro" pixellint check': "there is no container engine",
    "git push": "there is nowhere to push to",
    "pixellint check --format rdjson --exit-zero | reviewdog -f=rdjson -reporter=github-pr-review": "reviewdog is another program",
    "pip install -e '.[docs]'": "it needs the package index",
    "mkdocs serve": "it does not end",
}
"""Commands of the pages that no test can run, with the reason."""
PROGRAM = """\
import os, sys
from linter.__main__ import main
sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr, os.environ, os.getcwd(), "2026-11-23"))
"""
"""`pixellint` on the day on which these pages are read, whenever that is: agreements and suppressions have a last day."""


class Command(NamedTuple):
    """A command of a page, the output it shows, and whether it shows any."""

    line: str
    output: str

    @property
    def runs(self) -> bool:
        """Whether it can run here."""
        return self.line not in NOT_RUN


def commands(body: str) -> list[Command]:
    """The commands of a console block."""
    assert body.startswith("$ "), body
    parts = re.split(r"^\$ ", body, flags=re.M)[1:]
    return [Command(*part.partition("\n")[::2]) for part in parts]


class Shell:
    """A copy of the example site, and a shell in it that knows `pixellint`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        bin = root / "bin"
        bin.mkdir()
        program = bin / "pixellint"
        program.write_text(f"#!{sys.executable} -P\n{PROGRAM}", encoding="utf-8")
        program.chmod(0o755)
        (root / "gitconfig").write_text(
            "[user]\nname = A\nemail = a@example.org\n[init]\ndefaultBranch = main\n[advice]\ndetachedHead = false\n", encoding="utf-8"
        )
        self.env = {
            "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}", "HOME": str(root), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": str(root / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        self.copies = 0
        self.fresh()

    def fresh(self) -> None:
        """Begins again."""
        self.copies += 1
        self.site = self.cwd = self.root / f"copy{self.copies}" / "site"
        shutil.copytree(ROOT / "examples" / "practice-site", self.site)

    def write(self, name: str, text: str) -> None:
        """A file of a page."""
        path = self.cwd / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def run(self, lines: list[str]) -> list[tuple[str, int]]:
        """Types lines into one shell, and gives what each printed and its status."""
        script = ["exec 2>&1", "__status=0"]
        for line in lines:
            script += ["printf '\\036start\\n'; (exit $__status)", line, "__status=$?", "printf '\\036end %s\\n' $__status"]
        script += ["printf '\\036folder\\n'; pwd"]
        program = ["bash", "-c", "\n".join(script)]
        done = subprocess.run(program, cwd=self.cwd, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        text = done.stdout.decode("utf-8")
        results = re.findall(r"\x1estart\n(.*?)\x1eend (\d+)\n", text, re.S)
        assert len(results) == len(lines), text
        self.cwd = Path(text.rpartition("\x1efolder\n")[2].removesuffix("\n"))
        return [(output if output.endswith("\n") or not output else f"{output}\n", int(status)) for output, status in results]


def events(text: str) -> Iterator[re.Match[str]]:
    """The blocks of a page that count, and where it begins again."""
    yield from (match for match in BLOCK.finditer(text) if match["fresh"] or match["title"] or match["name"] == "console")


def follow(shell: Shell, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Does what a page says, and gives each console block with the body that it should have."""
    for match in events(text):
        if match["fresh"]:
            shell.fresh()
        elif match["title"]:
            shell.write(match["title"], match["body"])
        else:
            yield match, _typed(shell, commands(match["body"]))


def _typed(shell: Shell, block: list[Command]) -> str:
    can = [command for command in block if command.runs]
    results = dict(zip(map(id, can), shell.run([command.line for command in can]), strict=True))
    body = ""
    for command, following in zip(block, [*block[1:], None], strict=True):
        output, status = results.get(id(command), (command.output, 0))
        told = following is not None and following.line == "echo $?"
        assert told or status in (0, 1), f"$ {command.line}\n{output}"
        shown = command.output.strip()
        if command.runs and shown:
            assert str(shell.root) not in output, f"$ {command.line} prints a path of this machine"
        body += f"$ {command.line}\n{output if shown else command.output}"
    return body


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in a copy of the example site."""
    if shutil.which("bash") is None or shutil.which("git") is None:
        pytest.skip("bash or git is not installed: the commands of the documentation cannot run")
    return Shell(tmp_path)


@pytest.mark.parametrize("name", [name for name, path in PAGES.items() if "```console" in path.read_text(encoding="utf-8")])
def test_the_commands_of_a_page_print_what_it_shows(shell: Shell, name: str) -> None:
    text = PAGES[name].read_text(encoding="utf-8")
    said = [(match.span("body"), match["body"], body) for match, body in follow(shell, text)]
    if os.environ.get("UPDATE_SNAPSHOTS"):
        for (start, end), _, body in reversed(said):
            text = text[:start] + body + text[end:]
        PAGES[name].write_text(text, encoding="utf-8", newline="\n")
        return
    assert [shown for _, shown, _ in said] == [body for _, _, body in said]


def consoles(text: str) -> Iterator[str]:
    """The console blocks of a page."""
    yield from (match["body"] for match in events(text) if match["name"] == "console" and not match["title"])


def test_the_reasons_for_not_running_are_needed() -> None:
    lines = {one.line for path in PAGES.values() for body in consoles(path.read_text(encoding="utf-8")) for one in commands(body)}
    assert sorted(set(NOT_RUN) - lines) == []
    assert len([line for line in lines if line not in NOT_RUN]) > 60


@pytest.mark.parametrize("name", PAGES)
def test_commands_stand_in_blocks_that_run(name: str) -> None:
    """A block of another kind that looks like a shell would not be run."""
    text = PAGES[name].read_text(encoding="utf-8")
    others = [match["body"] for match in BLOCK.finditer(text) if match["name"] in ("bash", "sh", "shell", "text")]
    assert [body for body in others if re.search(r"^(?:\$ )?(?:pixellint|git|pip|python3?|pre-commit) ", body, re.M)] == []
    assert len(re.findall(r"^\s*`{3,}\w*", text, re.M)) % 2 == 0
    assert re.findall(r"^[ \t]+```console", text, re.M) == []


def test_the_hook_of_the_quick_start(installed: Installed, tmp_path: Path) -> None:
    """The configuration on the page, with the repository it names put in, blocks a commit and lets the repaired page through."""
    text = PAGES["quick-start.md"].read_text(encoding="utf-8")
    files = [(match["title"], match["body"]) for match in events(text) if match["title"]]
    config = next(body for title, body in files if title == ".pre-commit-config.yaml")
    assert f"rev: v{__version__} " in config
    config = re.sub(r"repo: \S+.*", f"repo: {installed.source}", config)
    config = re.sub(r"rev: \S+.*", f"rev: {head(installed.source)}", config)
    pages = [body for title, body in files if title == "index.html"]
    assert len(pages) == 2
    git(tmp_path, "init")
    (tmp_path / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    ran = []
    for body in pages:
        (tmp_path / "index.html").write_text(body, encoding="utf-8")
        git(tmp_path, "add", ".")
        ran.append(pre_commit(tmp_path, installed.home, "run"))
    assert [one.status for one in ran] == [1, 0], ran
    assert "error[meta-pixel/base-code]" in ran[0].out
