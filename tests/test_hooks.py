"""The hooks for pre-commit: the manifest is one that pre-commit takes, its file types let the right files through, and
pre-commit itself installs and runs them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from identify import identify
from pre_commit.clientlib import load_config, load_manifest

from linter.options import CheckOptions, parse_plain
from tests.cli_support import git, pixellint, tree

ROOT = Path(__file__).parent.parent
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}
STAGES = ["pre-commit", "pre-merge-commit", "pre-push", "manual"]

PIXEL = "<script>fbq('init', '1029384756102938');</script>\n"
READ = """
index.html page.htm old.xhtml inc/head.shtml theme/header.php theme/footer.phtml mu-plugins/pixel.inc my.module
app.js app.mjs app.cjs app.jsx app.ts app.tsx App.vue App.svelte Layout.astro
layout/theme.liquid base.twig base.html.twig base.njk base.j2 post.hbs post.mustache app.html.erb head.ejs head.jsp Default.aspx
_Layout.cshtml layout.blade.php head.tpl head.latte Page.ss head.ftl head.cfm page.pug page.haml page.slim
post.md post.mdx feed.xml logo.svg site.css site.scss site.json site.yml netlify.toml
.env .htaccess _headers Gemfile dump.sql setup.sh notes.txt no-ending
""".split()
BINARY = {
    "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "logo.png": b"\x89PNG\r\n\x1a\n\0\0",
    "font.woff2": b"wOF2\0\1\0\0",
    "form.pdf": b"%PDF-1.7\n\0\1",
    "data": b"\0\1\2\3fbq(",
}


def passes(hook: dict[str, Any], tags: set[str]) -> bool:
    """Whether pre-commit hands a file with these tags to a hook."""
    return (
        set(hook["types"]) <= tags
        and (not hook["types_or"] or bool(set(hook["types_or"]) & tags))
        and not set(hook["exclude_types"]) & tags
    )


def options(hook: dict[str, Any], *files: str) -> CheckOptions | None:
    """What the command line makes of a hook's entry, its arguments and the files that pre-commit adds."""
    name, *argv = shlex.split(hook["entry"])
    assert name == "pixellint"
    return parse_plain([*argv, *hook["args"], *files])


def test_the_two_hooks() -> None:
    assert list(HOOKS) == ["pixellint", "pixellint-repo"]


@pytest.mark.parametrize("hook", HOOKS.values(), ids=list(HOOKS))
def test_stages_and_language(hook: dict[str, Any]) -> None:
    assert (hook["language"], hook["stages"]) == ("python", STAGES)
    assert "post-checkout" not in hook["stages"]


def test_changed_files_are_handed_over() -> None:
    hook = HOOKS["pixellint"]
    assert hook["pass_filenames"] is True
    assert hook["always_run"] is False
    assert options(hook, "a.html", "b.php") == CheckOptions(paths=("a.html", "b.php"))


def test_the_whole_repository_is_checked_whatever_changed() -> None:
    hook = HOOKS["pixellint-repo"]
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
    assert options(hook) == CheckOptions(paths=(".",))


@pytest.mark.parametrize("name", READ)
def test_text_of_every_kind_passes_and_is_read(tmp_path: Path, name: str) -> None:
    path = tree(tmp_path, {name: PIXEL}) / name
    assert passes(HOOKS["pixellint"], identify.tags_from_path(str(path)))
    report = pixellint("check", "--format", "json", name, cwd=tmp_path)
    assert '"files_read": 1' in report.out


def test_text_in_other_encodings_passes(tmp_path: Path) -> None:
    files = {
        "bom.html": b"\xef\xbb\xbf" + PIXEL.encode(),
        "latin.php": PIXEL.encode() + b"caf\xe9",
        "crlf.js": b"fbq('init', '1');\r\n",
        "empty.html": b"",
    }
    for name in tree(tmp_path, files).iterdir():
        assert passes(HOOKS["pixellint"], identify.tags_from_path(str(name)))


@pytest.mark.parametrize("name", BINARY)
def test_what_is_no_text_does_not_pass(tmp_path: Path, name: str) -> None:
    path = tree(tmp_path, {name: BINARY[name]}) / name
    assert not passes(HOOKS["pixellint"], identify.tags_from_path(str(path)))


def test_links_and_folders_do_not_pass(tmp_path: Path) -> None:
    tree(tmp_path, {"site/index.html": PIXEL, "link.html": "-> site/index.html"})
    for name in ("link.html", "site"):
        assert not passes(HOOKS["pixellint"], identify.tags_from_path(str(tmp_path / name)))


def test_a_commit_that_adds_a_pixel_fails_and_one_that_takes_it_out_passes(tmp_path: Path) -> None:
    tree(tmp_path, {"index.html": PIXEL, "about.html": "<p>Our team</p>\n"})
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    for hook, files in ((HOOKS["pixellint"], ["index.html", "about.html"]), (HOOKS["pixellint-repo"], [])):
        argv = [*shlex.split(hook["entry"])[1:], *files]
        assert pixellint(*argv, cwd=tmp_path).status == 1
    (tmp_path / "index.html").write_text("<p>Welcome</p>\n", encoding="utf-8")
    for hook, files in ((HOOKS["pixellint"], ["index.html"]), (HOOKS["pixellint-repo"], [])):
        assert pixellint(*shlex.split(hook["entry"])[1:], *files, cwd=tmp_path).status == 0


def test_this_project_s_own_hooks_download_nothing() -> None:
    config = load_config(str(ROOT / ".pre-commit-config.yaml"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    assert list(hooks) == ["ruff-check", "ruff-format", "mypy", "leaflets"]
    assert {hook["language"] for hook in hooks.values()} <= {"system", "unsupported"}


class Installed(NamedTuple):
    """The hooks as a repository with one commit, and where pre-commit keeps what it installs."""

    source: Path
    home: Path


class Ran(NamedTuple):
    """What pre-commit gave: its status, and what it printed without colours."""

    status: int
    out: str


def pre_commit(cwd: Path, home: Path, *argv: str) -> Ran:
    """Runs the real pre-commit."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHON"))} | quiet
    command = [sys.executable, "-m", "pre_commit", *argv]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    return Ran(done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The hooks of this tree, installed once. Skips where there is no git, or, outside of CI, no package index."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed: pre-commit does not run without it")
    source, home = tmp_path_factory.mktemp("hooks"), tmp_path_factory.mktemp("pre-commit")
    for name in ("linter", "rules"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    git(source, "init")
    git(source, "add", ".")
    git(source, "commit", "-m", "hooks")
    hooks = Installed(source, home)
    ran = pre_commit(site(tmp_path_factory.mktemp("first"), hooks), home, "install-hooks")
    if ran.status and not os.environ.get("CI"):
        pytest.skip(f"pre-commit cannot install the hooks here: {ran.out[-500:]}")
    assert ran.status == 0, ran.out
    return hooks


def site(root: Path, hooks: Installed, hook: str = "pixellint", *args: str) -> Path:
    """A repository with a clean page and a pixel in its one commit, in which one hook is configured."""
    config = f"repos:\n- repo: {hooks.source}\n  rev: {head(hooks.source)}\n  hooks:\n  - id: {hook}\n    args: [{', '.join(args)}]\n"
    tree(root, {".pre-commit-config.yaml": config, "about.html": "<p>Our team</p>\n", "old.html": PIXEL})
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "start")
    return root


def head(repository: Path) -> str:
    """The commit of a repository."""
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, check=True, capture_output=True, text=True).stdout.strip()


def told(ran: Ran) -> list[str]:
    """The files with findings that were reported, in their order."""
    return re.findall(r"^(\S.*?):\d+:\d+: (?:error|warning|note)\[", ran.out, re.MULTILINE)


def test_try_repo(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    ran = pre_commit(root, installed.home, "try-repo", str(installed.source), "pixellint", "--files", "old.html", "about.html")
    assert ran.status == 1, ran.out
    assert told(ran) == ["old.html"]


def test_the_staged_part_counts(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    tree(root, {"about.html": PIXEL})
    git(root, "add", ".")
    tree(root, {"about.html": "<p>Our team</p>\n"})
    assert told(pre_commit(root, installed.home, "run")) == ["about.html"]
    assert (root / "about.html").read_text(encoding="utf-8") == "<p>Our team</p>\n"
    git(root, "add", ".")
    tree(root, {"about.html": PIXEL, "new.html": PIXEL})
    assert pre_commit(root, installed.home, "run").status == 0
    assert (root / "about.html").read_text(encoding="utf-8") == PIXEL


def test_renamed_and_deleted_files(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    git(root, "mv", "old.html", "new name's.html")
    git(root, "rm", "-q", "about.html")
    ran = pre_commit(root, installed.home, "run")
    assert (ran.status, told(ran)) == (1, ["new name's.html"])
    git(root, "rm", "-q", "-f", "new name's.html")
    assert pre_commit(root, installed.home, "run").status == 0


def test_batches_in_parallel(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    names = [f"pages/{'long' * 40}-{number:03}.html" for number in range(400)]
    tree(root, dict.fromkeys(names, PIXEL))
    git(root, "add", ".")
    ran = pre_commit(root, installed.home, "run")
    assert ran.status == 1
    assert sorted(told(ran)) == names
    assert ran.out.count("files read.") > 1 or os.cpu_count() == 1


def test_excludes_hold_for_files_that_are_named(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    tree(root, {"pixellint.toml": 'exclude = ["legacy/"]\n', "legacy/a.html": PIXEL, "theme/pixellint.toml": 'ignore = ["meta-pixel/*"]\n'})
    tree(root, {"theme/b.html": PIXEL, "c.html": PIXEL})
    git(root, "add", ".")
    ran = pre_commit(root, installed.home, "run")
    assert (ran.status, told(ran)) == (1, ["c.html"])
    git(root, "rm", "-q", "-f", "c.html")
    assert pre_commit(root, installed.home, "run").status == 0


def test_odd_endings(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    names = [
        "a.cshtml",
        "a.ftl",
        "a.haml.txt",
        "a.hbs",
        "a.inc",
        "a.latte",
        "a.liquid",
        "a.module",
        "a.phtml",
        "a.tpl",
        "a.vm",
        "no-ending",
    ]
    tree(root, dict.fromkeys(names, PIXEL) | {"photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0fbq('init', '1')"})
    git(root, "add", ".")
    ran = pre_commit(root, installed.home, "run")
    assert sorted(told(ran)) == names


def test_the_hook_for_the_whole_repository(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed, "pixellint-repo")
    tree(root, {"about.html": "<p>Contact</p>\n"})
    git(root, "add", ".")
    ran = pre_commit(root, installed.home, "run")
    assert (ran.status, told(ran)) == (1, ["old.html"])
    git(root, "rm", "-q", "old.html")
    assert pre_commit(root, installed.home, "run").status == 0


def test_arguments_and_what_cannot_be_done(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path / "never", installed, "pixellint", "--fail-on", "never")
    tree(root, {"new.html": PIXEL})
    git(root, "add", ".")
    assert pre_commit(root, installed.home, "run").status == 0
    tree(root, {"pixellint.toml": "nonsense = 1\n"})
    git(root, "add", ".")
    ran = pre_commit(root, installed.home, "run")
    assert ran.status == 1
    assert "exit code: 2" in ran.out
    assert "nonsense" in ran.out


def test_from_a_folder_below_and_for_all_files(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    tree(root, {"theme/new.html": PIXEL})
    git(root, "add", ".")
    assert told(pre_commit(root / "theme", installed.home, "run")) == ["theme/new.html"]
    assert sorted(told(pre_commit(root / "theme", installed.home, "run", "--all-files"))) == ["old.html", "theme/new.html"]


def test_a_commit_is_blocked(installed: Installed, tmp_path: Path) -> None:
    root = site(tmp_path, installed)
    assert pre_commit(root, installed.home, "install").status == 0
    tree(root, {"new.html": PIXEL})
    git(root, "add", ".")
    before = head(root)
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {"PRE_COMMIT_HOME": str(installed.home)}
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-m", "pixel"]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "error[meta-pixel/init]" in done.stdout + done.stderr
    assert head(root) == before
