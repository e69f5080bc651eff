"""`--staged`: what the next commit changes, read from the index of a real repository."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linter.git import Repository, changes
from linter.options import CheckOptions, OptionError, check_options, parse_plain
from tests.cli_support import ENV, git, pixellint, tree
from tests.workspace import snapshot

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PIXEL = "<script>fbq('init', '1029384756102938');</script>\n"
OTHER = "<script>fbq('init', '8877665544332211');</script>\n"
CLEAN = "<p>Our team</p>\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository with one commit of two clean pages."""
    root = tree(tmp_path / "site", {"index.html": CLEAN, "about.html": CLEAN})
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "start")
    return root


def staged(cwd: Path, *argv: str, env: dict[str, str] | None = None) -> dict[str, Any]:
    """The JSON report of a staged check, with its status."""
    outcome = pixellint("check", "--staged", "--format", "json", *argv, cwd=cwd, env=env)
    assert outcome.out, outcome.err
    document: dict[str, Any] = json.loads(outcome.out)
    return document | {"status": outcome.status, "err": outcome.err}


def found(cwd: Path, *argv: str) -> list[tuple[str, int, str | None]]:
    """Path, line and account of what a staged check finds."""
    return [(row["path"], row["start"]["line"], row["account"]) for row in staged(cwd, *argv)["findings"]]


def skips(document: dict[str, Any]) -> dict[str, str]:
    """Reasons by path."""
    return {row["path"]: row["reason"] for row in document["skipped"]}


def test_nothing_staged_is_nothing_found(site: Path) -> None:
    (site / "index.html").write_text(PIXEL)
    report = staged(site)
    assert (report["findings"], report["status"]) == ([], 0)
    assert "there are no files to check" in report["err"]


def test_the_index_counts_and_not_the_work_tree(site: Path) -> None:
    (site / "index.html").write_text(PIXEL)
    git(site, "add", "index.html")
    (site / "index.html").write_text(CLEAN)
    assert found(site) == [("index.html", 1, "1029384756102938")]
    assert pixellint("check", cwd=site).status == 0


def test_a_file_that_is_staged_in_part(site: Path) -> None:
    (site / "index.html").write_text(CLEAN + PIXEL)
    git(site, "add", "index.html")
    (site / "index.html").write_text(CLEAN + CLEAN + PIXEL + OTHER)
    assert found(site) == [("index.html", 2, "1029384756102938")]


def test_a_file_that_is_gone_from_the_disk_is_read(site: Path) -> None:
    (site / "index.html").write_text(PIXEL)
    git(site, "add", "index.html")
    (site / "index.html").unlink()
    assert found(site) == [("index.html", 1, "1029384756102938")]


def test_before_the_first_commit_everything_staged_is_new(tmp_path: Path) -> None:
    root = tree(tmp_path, {"index.html": PIXEL, "later.html": OTHER})
    git(root, "init")
    git(root, "add", "index.html")
    assert found(root) == [("index.html", 1, "1029384756102938")]


def test_renames_deletions_and_modes(site: Path) -> None:
    tree(site, {"old.html": PIXEL, "gone.html": OTHER, "tool.php": PIXEL, "kept.html": PIXEL})
    git(site, "add", ".")
    git(site, "commit", "-m", "pixels")
    git(site, "mv", "old.html", "new name.html")
    git(site, "rm", "-q", "gone.html")
    git(site, "update-index", "--chmod=+x", "tool.php")
    assert [row[0] for row in found(site)] == ["new name.html", "tool.php"]


def test_intent_to_add_is_not_in_the_commit(site: Path) -> None:
    (site / "soon.html").write_text(PIXEL)
    git(site, "add", "--intent-to-add", "soon.html")
    assert found(site) == []


def test_line_ends_are_those_of_the_index(site: Path) -> None:
    (site / ".gitattributes").write_text("*.html text eol=crlf\n")
    (site / "index.html").write_bytes((CLEAN + PIXEL).replace("\n", "\r\n").encode())
    git(site, "add", ".")
    (row,) = staged(site)["findings"]
    assert (row["start"]["line"], row["start"]["offset"]) == (2, len(CLEAN) + PIXEL.index("fbq"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_and_submodules_are_listed(site: Path, tmp_path: Path) -> None:
    other = tree(tmp_path / "other", {"index.html": PIXEL})
    git(other, "init")
    git(other, "add", ".")
    git(other, "commit", "-m", "x")
    git(site, "-c", "protocol.file.allow=always", "submodule", "add", str(other), "theme")
    (site / "link.html").symlink_to("about.html")
    (site / "photo.jpg").write_bytes(b"\xff\xd8\0")
    tree(site, {"node_modules/x/a.js": "fbq('init', '1029384756102938')", "node_modules/x/b.js": "1"})
    git(site, "add", "--force", ".")
    report = staged(site)
    assert report["findings"] == []
    assert report["status"] == 0
    assert skips(report) == {
        "link.html": "symbolic link: what it points to is checked where it lies",
        "node_modules": "excluded by default",
        "photo.jpg": "binary: .jpg",
        "theme": "submodule: a repository of its own",
    }


def test_a_large_file_is_listed_and_a_large_dump_is_read(site: Path) -> None:
    tree(
        site,
        {
            "big.js": "//" + "x" * 3000,
            "dump.sql": "-- " + "x" * 3000 + "\nINSERT INTO `p` VALUES (1,'" + PIXEL.replace("'", "\\'") + "');\n",
        },
    )
    git(site, "add", ".")
    report = staged(site, "--max-size", "2kb")
    assert skips(report) == {"big.js": "too large: 3.0 kB; read it with --max-size 4kB"}
    assert [row["path"] for row in report["findings"]] == ["dump.sql"]


def test_archives_are_read_from_the_index(site: Path) -> None:
    import gzip

    (site / "page.html.gz").write_bytes(gzip.compress(PIXEL.encode()))
    git(site, "add", ".")
    (site / "page.html.gz").unlink()
    assert [row[2] for row in found(site)] == ["1029384756102938"]


def test_what_git_lfs_keeps_is_listed(site: Path) -> None:
    tree(site, {"dump.sql": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"})
    git(site, "add", ".")
    assert skips(staged(site)) == {"dump.sql": "kept elsewhere: Git LFS has the contents"}


def test_a_conflict_is_a_failure(site: Path) -> None:
    git(site, "checkout", "-q", "-b", "other")
    (site / "index.html").write_text(PIXEL)
    git(site, "commit", "-qam", "one")
    git(site, "checkout", "-q", "main")
    (site / "index.html").write_text(OTHER)
    git(site, "commit", "-qam", "two")
    with pytest.raises(subprocess.CalledProcessError):
        git(site, "merge", "other")
    report = staged(site)
    assert skips(report) == {"index.html": "unmerged: resolve the conflict and stage the file"}
    assert report["status"] == 2


def test_paths_restrict_and_are_told_from_the_current_folder(site: Path) -> None:
    tree(site, {"theme/header.php": PIXEL, "theme/inc/a.php": OTHER, "page.html": PIXEL})
    git(site, "add", ".")
    assert [row[0] for row in found(site, "theme/inc")] == ["theme/inc/a.php"]
    assert [row[0] for row in found(site / "theme")] == ["header.php", "inc/a.php"]
    assert [row[0] for row in found(site / "theme", "..")] == ["../page.html", "header.php", "inc/a.php"]
    assert [row[0] for row in found(site, "page.html")] == ["page.html"]


def test_a_path_that_is_nowhere_is_a_failure(site: Path) -> None:
    git(site, "rm", "-q", "about.html")
    report = staged(site, "nowhere.html", "about.html")
    assert report["status"] == 2
    assert skips(report) == {"nowhere.html": "missing: no such file or folder"}


def test_configuration_suppressions_and_baseline_hold(site: Path) -> None:
    tree(site, {"a.html": PIXEL, "b.html": PIXEL, "sub/c.html": PIXEL, "d.html": PIXEL, "e.html": PIXEL})
    tree(site, {"pixellint.toml": 'exclude = ["b.html"]\n', "sub/pixellint.toml": 'ignore = ["meta-pixel/*"]\n'})
    tree(site, {"d.html": "<!-- pixellint: ignore-next-line[meta-pixel/init]: agreed with the practice -->\n" + PIXEL})
    git(site, "add", ".")
    assert pixellint("check", "baseline", cwd=site).status == 2
    assert pixellint("baseline", "create", "e.html", cwd=site).status == 0
    report = staged(site, "--baseline", ".pixellint-baseline.json")
    assert [row["path"] for row in report["findings"]] == ["a.html"]
    git(site, "rm", "-q", "--cached", "e.html")
    assert "no longer found" not in staged(site, "--baseline", ".pixellint-baseline.json")["err"]


def test_reports_look_at_the_staged_bytes(site: Path) -> None:
    (site / "index.html").write_text("<p>日本</p>" + PIXEL)
    git(site, "add", ".")
    (site / "index.html").unlink()
    outcome = pixellint("check", "--staged", "--format", "sarif", cwd=site)
    (result,) = json.loads(outcome.out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 18
    assert result["partialFingerprints"]["primaryLocationLineHash"]


def test_as_a_hook_of_git_itself(site: Path) -> None:
    hook = site / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    root = Path(__file__).parent.parent
    hook.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m linter check --staged\n')
    hook.chmod(0o755)
    (site / "index.html").write_text(PIXEL)
    (site / "about.html").write_text(CLEAN * 2)
    git(site, "commit", "-m", "only the clean file", "about.html")
    with pytest.raises(subprocess.CalledProcessError):
        git(site, "commit", "-a", "-m", "both")
    git(site, "worktree", "add", "-q", str(site.parent / "second"), "-b", "second")
    second = site.parent / "second"
    (second / "index.html").write_text(PIXEL)
    with pytest.raises(subprocess.CalledProcessError) as error:
        git(second, "commit", "-a", "-m", "there too")
    assert b"error[meta-pixel/init]" in error.value.stderr + error.value.stdout


def test_nothing_is_written_and_nothing_of_the_repository_is_run(site: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    alarm = tmp_path / "alarm.sh"
    alarm.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    alarm.chmod(0o755)
    (site / ".gitattributes").write_text("*.html filter=x diff=x\n")
    (site / "index.html").write_text(PIXEL)
    git(site, "add", ".")
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "core.alternateRefsCommand",
    ):
        git(site, "config", key, str(alarm))
    for key in ("filter.x.clean", "filter.x.smudge", "filter.x.process", "alias.diff-index", "uploadpack.packObjectsHook"):
        git(site, "config", key, str(alarm))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "pre-commit", "reference-transaction"):
        shutil.copy(alarm, hooks / name)
    git(site, "config", "core.hooksPath", str(hooks))
    before = snapshot(site)
    index = (site / ".git" / "index").read_bytes()
    hostile = {"GIT_EXTERNAL_DIFF": str(alarm), "GIT_PAGER": str(alarm), "GIT_SSH_COMMAND": str(alarm)}
    assert [row["path"] for row in staged(site, env=hostile)["findings"]] == ["index.html"]
    assert not trap.exists()
    assert snapshot(site) == before
    assert (site / ".git" / "index").read_bytes() == index


def test_what_a_partial_clone_lacks_is_not_fetched(site: Path, tmp_path: Path) -> None:
    (site / "index.html").write_text(PIXEL)
    git(site, "commit", "-qam", "pixel")
    git(site, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", site.as_uri(), str(partial))
    git(partial, "read-tree", "HEAD")
    git(partial, "update-ref", "--no-deref", "HEAD", "HEAD~1")
    packs = sorted((partial / ".git" / "objects").rglob("*"))
    outcome = pixellint("check", "--staged", cwd=partial)
    assert outcome.status == 2
    assert "could not fetch" in outcome.err or "git does not have its contents here" in outcome.err
    assert sorted((partial / ".git" / "objects").rglob("*")) == packs


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--staged", "-"], "--staged: standard input is not in git"),
        (["--staged", "--diff-base", "main"], "--staged and --diff-base exclude one another"),
    ],
)
def test_options_that_exclude_one_another(site: Path, argv: list[str], message: str) -> None:
    outcome = pixellint("check", *argv, cwd=site)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err


def test_without_a_repository_or_git(tmp_path: Path, site: Path) -> None:
    outcome = pixellint("check", "--staged", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert outcome.status == 2
    assert "--staged: this is no work tree of git (not a git repository" in outcome.err
    outcome = pixellint("check", "--staged", cwd=site, env={"PATH": ""})
    assert outcome.status == 2
    assert "--staged: git is not installed, or not in PATH" in outcome.err
    (site / "git").write_text("#!/bin/sh\n")
    (site / "git").chmod(0o755)
    assert pixellint("check", "--staged", cwd=site, env={"PATH": os.fspath(site)}).status == 2


def test_names_of_any_bytes(site: Path) -> None:
    name = os.fsdecode(b"caf\xe9 \xe6\x97\xa5 [x]*\n.html")
    try:
        (site / name).write_text(PIXEL)
        git(site, "add", "--all")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the file system does not take such a name")
    assert len(found(site)) == 1


def test_the_raw_format() -> None:
    zero, one = b"0" * 40, b"1" * 40
    raw = b":100644 100755 " + one + b" " + zero + b" R100\0old\0new\0:000000 120000 " + zero + b" " + one + b" A\0link\0"
    rows = list(changes(raw))
    assert [(letter, blob.path, blob.was, blob.mode) for letter, blob in rows] == [
        ("R", "new", "old", "100755"),
        ("A", "link", "", "120000"),
    ]
    assert list(changes(b"")) == []


def test_the_plain_parser_knows_it() -> None:
    assert parse_plain(["check", "--staged", "a"]) == CheckOptions(paths=("a",), staged=True)
    assert check_options(["a"], staged=True).staged


def test_git_is_asked_with_an_environment_of_its_own(site: Path) -> None:
    with pytest.raises(OptionError):
        Repository(str(site.parent), {**ENV, "GIT_CEILING_DIRECTORIES": str(site.parent.parent)}, "--staged")
    repository = Repository(str(site), {**ENV, "GIT_TRACE": "1"}, "--staged")
    assert repository.top == str(site.resolve())
    assert repository.contents([]) == {} == repository.sizes([])
