"""What helps a person at a terminal: explanations, statistics, progress, first files, completion."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from linter import __version__
from linter.__main__ import main
from linter.cli import COMMANDS, command
from linter.completion import SHELLS, commands_of
from linter.explain import line_of
from linter.first_files import files, requirement_of
from linter.options import OptionError
from linter.progress import Progress, progress_on
from tests.cli_support import ENV, Terminal, git, pixellint, tree

PIXEL = "<script>fbq('init', '1029384756102938');</script>\n"
PAGE = """<!doctype html>
<p>Read about fbq( in our blog, and <a href="https://connect.facebook.net/en_US/fbevents.js">here</a></p>
<script type="text/plain" data-cookieconsent="marketing" src="https://connect.facebook.net/en_US/fbevents.js"></script>
<!-- <script>fbq('init', '1029384756102938');</script> -->
<script src="https://cdn.example.org/facebook.net/app.js"></script>
<p>fbq is what Meta calls it</p>
<p>nothing</p>
<script>fbq('init', '8877665544332211'); fbq('track', 'Lead');</script>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A folder with a page of all sorts."""
    return tree(tmp_path, {"page.html": PAGE})


def told(cwd: Path, place: str, *argv: str) -> str:
    """An explanation."""
    outcome = pixellint("check", "--explain", place, *argv, cwd=cwd)
    assert (outcome.status, outcome.err) == (0, "")
    return outcome.out


def test_why_a_line_is_a_finding(page: Path) -> None:
    text = told(page, "page.html:8")
    assert "error[meta-pixel/init] at 8:9" in text
    assert "8:9 fbq() is called: a mark of meta-pixel, as init, account 8877665544332211" in text
    assert "read as html > script" in text
    assert "active: nothing that can be seen" in text
    assert "reported: Meta Pixel is started here" in text


def test_the_state_is_explained(page: Path) -> None:
    assert "consent-gated: it waits" in told(page, "page.html:3")
    assert "dormant: commented out" in told(page, "page.html:4:10")


def test_why_a_line_is_none(page: Path) -> None:
    link = told(page, "page.html:2")
    assert "Seen, and no finding: the address https://connect.facebook.net/en_US/fbevents.js is a link" in link
    assert "It bears a mark of meta-pixel, but is a link, which nothing loads until a visitor follows it." in link
    assert "but no reader took it for something that the site would do" in told(page, "page.html:6")
    assert "No name or host that a leaflet knows stands in this line" in told(page, "page.html:7")


def test_what_keeps_a_finding_from_the_report_is_said(page: Path) -> None:
    assert "not reported: the selection" in told(page, "page.html:8", "--ignore", "meta-pixel")
    hushed = "<!-- pixellint: ignore-next-line[meta-pixel/init]: agreed with the practice -->\n" + PIXEL
    tree(page, {"hushed.html": hushed, "legacy/a.html": PIXEL, "pixellint.toml": 'exclude = ["legacy/"]\n'})
    assert "not reported: suppressed by comment: agreed with the practice" in told(page, "hushed.html:2")
    assert "The file: excluded by configuration: legacy/." in told(page, "legacy/a.html:1")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("page.html", "is no place such as"),
        ("page.html:0", "is no place such as"),
        (":3", "is no place such as"),
        ("page.html:99", "page.html has 9 lines"),
        ("nowhere.html:1", "nowhere.html: missing"),
        (".:1", ".: no file that is read as a text"),
        ("photo.png:1", "binary"),
    ],
)
def test_places_that_cannot_be_explained(page: Path, place: str, message: str) -> None:
    (page / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0fbq(")
    outcome = pixellint("check", "--explain", place, cwd=page)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err


def test_places() -> None:
    assert line_of("C:\\a b.html:3") == ("C:\\a b.html", 3)
    assert line_of("a.html:3:14") == ("a.html", 3)
    with pytest.raises(OptionError):
        line_of("a.html:²")


def test_no_line_of_the_example_is_beyond_explanation() -> None:
    root = Path(__file__).parent.parent / "examples" / "practice-site"
    for name in ("index.html", "theme/header.php", "content/campaign.json"):
        for number, _ in enumerate((root / name).read_text(encoding="utf-8").splitlines(), 1):
            assert pixellint("check", "--explain", f"{name}:{number}", cwd=root).status == 0


def test_statistics_stand_behind_the_report(page: Path) -> None:
    tree(page, {"b.html": PIXEL, "c.html": PIXEL})
    outcome = pixellint("check", "--statistics", "page.html", "b.html", "c.html", cwd=page)
    rows = [
        "3  error    meta-pixel/init    in 3 files",
        "1  note     meta-pixel/init    in 1 file",
        "1  warning  meta-pixel/loader  in 1 file",
    ]
    assert outcome.out.endswith("\n\n" + "\n".join(rows) + "\n")
    outcome = pixellint("check", "--statistics", "--format", "json", cwd=page)
    assert json.loads(outcome.out)
    assert "in 2 files" in outcome.err
    assert pixellint("check", "--statistics", "pixellint.toml", "b.html", "--ignore", "*/*", cwd=page).out.endswith(
        "No rule has findings.\n"
    )


def test_progress_shows_after_a_second_and_goes_away() -> None:
    now = [0.0]
    stderr = Terminal()
    progress = Progress(stderr, lambda: now[0])
    progress(50, 1000)
    assert stderr.getvalue() == ""
    for second in (1.5, 1.55, 2.0):
        now[0] = second
        progress(50, 1000)
    assert stderr.getvalue() == "\rpixellint: 100 of 1000 files\rpixellint: 200 of 1000 files"
    progress.close()
    assert stderr.getvalue().endswith(f"\r{' ' * 28}\r")
    progress.close()


def test_progress_is_for_people_who_watch() -> None:
    assert progress_on(Terminal(), {}) is not None
    for stderr, env in ((io.StringIO(), {}), (Terminal(), {"CI": "true"}), (Terminal(), {"TERM": "dumb"})):
        assert progress_on(stderr, env) is None


def test_progress_changes_nothing_of_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import linter.progress

    monkeypatch.setattr(linter.progress, "AFTER", 0.0)
    monkeypatch.setattr(linter.progress, "EVERY", 0.0)
    tree(tmp_path, {f"{number}.html": PIXEL if number % 7 == 0 else "<p>" for number in range(120)})
    plain, watched = io.StringIO(), io.StringIO()
    stderr = Terminal()
    for out, err in ((plain, io.StringIO()), (watched, stderr)):
        main(["check", "--format", "json"], io.StringIO(), out, err, ENV, str(tmp_path))
    assert plain.getvalue() == watched.getvalue()
    assert "\rpixellint: 100 of 120 files" in stderr.getvalue()
    assert stderr.getvalue().endswith("\r")


def init(cwd: Path, *argv: str, stdin: str = "") -> str:
    """What `init` prints."""
    outcome = pixellint("init", *argv, cwd=cwd, stdin=stdin)
    assert (outcome.status, outcome.err) == (0, "")
    return outcome.out


def test_init_shows_asks_and_writes(tmp_path: Path) -> None:
    out = init(tmp_path, stdin="y\nn\nyes\n")
    assert [(tmp_path / file.path).exists() for file in files("pixellint==1.2.3")] == [True, False, True]
    for file in files("pixellint==1.2.3"):
        assert file.text.splitlines()[0] in out
        assert f"Write {file.path}? [y/N] " in out
    assert ".pre-commit-config.yaml: not written" in out


def test_init_writes_nothing_where_nobody_answers(tmp_path: Path) -> None:
    init(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_init_twice_changes_nothing(tmp_path: Path) -> None:
    init(tmp_path, "--yes")
    before = {file.path: (tmp_path / file.path).read_bytes() for file in files("pixellint==1.2.3")}
    assert init(tmp_path, "--yes").count("there") == 3
    assert {file.path: (tmp_path / file.path).read_bytes() for file in files("pixellint==1.2.3")} == before


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    tree(tmp_path, {".pre-commit-config.yaml": "repos: []\n", "pyproject.toml": '[tool.pixellint]\nfail-on = "error"\n'})
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "pixellint.yml").symlink_to(tmp_path / "elsewhere")
    out = init(tmp_path, "--yes")
    assert "add this to its repos:" in out
    assert "additional_dependencies" in out
    assert "not needed, pyproject.toml is there" in out
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert not (tmp_path / "elsewhere").exists()


def test_what_init_writes_is_of_use(tmp_path: Path) -> None:
    init(tmp_path, "-y")
    tree(tmp_path, {"index.html": PIXEL})
    git(tmp_path, "init")
    assert pixellint("check", cwd=tmp_path).status == 1
    assert pixellint("config", cwd=tmp_path).status == 0
    from pre_commit.clientlib import load_config

    (repo,) = load_config(str(tmp_path / ".pre-commit-config.yaml"))["repos"]
    assert repo["hooks"][0]["entry"] == "pixellint check"
    hook = files("pixellint==1.2.3")[1].text.partition("\n")[2]
    assert yaml.safe_load(f"repos:\n- repo: local\n  hooks: []\n{hook}".replace("\n  - repo", "\n- repo").replace("\n    ", "\n  "))
    workflow = yaml.safe_load((tmp_path / ".github/workflows/pixellint.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("a file\n")
    outcome = pixellint("init", "--yes", cwd=tmp_path)
    assert outcome.status == 2
    assert ".github/workflows/pixellint.yml: cannot be written" in outcome.err


def complete(shell_words: list[str], tmp_path: Path) -> list[str]:
    """What bash's function offers for the last word."""
    script = tmp_path / "completion"
    script.write_text(pixellint("completion", "bash").out)
    words = " ".join(f"'{word}'" for word in ["pixellint", *shell_words])
    code = f"source '{script}'; COMP_WORDS=({words}); COMP_CWORD={len(shell_words)}; _pixellint; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "--norc", "-u", "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes(tmp_path: Path) -> None:
    assert set(complete([""], tmp_path)) == {*COMMANDS, "--version", "--help"}
    assert complete(["ve"], tmp_path) == ["vendors"]
    assert complete(["check", "--fail-on", "w"], tmp_path) == ["warning"]
    assert complete(["check", "--fail-on", "=", "no"], tmp_path) == ["note"]
    assert complete(["check", "--fail-on", "="], tmp_path) == ["error", "warning", "note", "never"]
    assert complete(["check", "--sta"], tmp_path) == ["--staged", "--statistics"]
    assert complete(["check", "--config", "a"], tmp_path) == []
    assert complete(["check", "pa"], tmp_path) == []
    assert complete(["baseline", ""], tmp_path) == ["create", "update", "prune"]
    assert complete(["gtm", "p"], tmp_path) == ["pause"]
    assert complete(["gtm", "pause", "--se"], tmp_path) == ["--select"]
    assert complete(["completion", "f"], tmp_path) == ["fish"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_the_script(shell: str) -> None:
    script = pixellint("completion", shell).out
    for row in commands_of(command()):
        for option in row.options:
            for name in option.names:
                assert (name if shell != "fish" else f"-{'l ' if name.startswith('--') else 's '}{name.lstrip('-')}") in script
        for value in row.values:
            assert value in script
    assert {row.name for row in commands_of(command())} == {*COMMANDS, "gtm pause"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_takes_the_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(pixellint("completion", shell).out)
    flags = ["-f"] if shell == "zsh" else []
    env = {**ENV, "HOME": str(tmp_path), "TERM": "xterm"}
    done = subprocess.run([shell, *flags, "-c", f"source {script}"], capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if shell == "fish":
        asked = f"source {script}; complete -C 'pixellint check --fail-on '"
        done = subprocess.run([shell, "-c", asked], capture_output=True, text=True, env=env, check=True)
        assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == ["error", "never", "note", "warning"]


def test_a_shell_that_is_not_known() -> None:
    outcome = pixellint("completion", "fis")
    assert outcome.status == 2
    assert "'fis' is none of bash, zsh, fish; did you mean 'fish'?" in outcome.err


@pytest.mark.parametrize(
    ("origin", "requirement", "told"),
    [
        (None, f"pixellint=={__version__}", ""),
        ("no json", f"pixellint=={__version__}", ""),
        (
            '{"url": "https://example.com/pixellint.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}',
            "pixellint @ git+https://example.com/pixellint.git@c0ffee",
            "",
        ),
        ('{"url": "file:///home/ann/pixellint", "dir_info": {"editable": true}}', f"pixellint=={__version__}", ""),
        ('{"url": "file:///home/ann/pixellint", "dir_info": {}}', f"pixellint=={__version__}", "was not installed from the package index"),
    ],
)
def test_init_names_what_was_installed(origin: str | None, requirement: str, told: str) -> None:
    given, notice = requirement_of(origin)
    assert given == requirement
    assert told in notice
    assert bool(told) == bool(notice)
    hook = next(file.text for file in files(given) if file.path.endswith(".yaml"))
    assert f'additional_dependencies: ["{requirement}"]' in hook
