"""Which files are read, and what is said of the others."""

import os
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter import folders
from linter.discovery import Found, Settings, discover, display_path, read_file
from linter.files import too_large
from linter.findings import Skipped
from tests.cli_support import ENV, git, tree

SITE = {"index.html": "a", "js/app.js": "b", "dist/app.min.js": "c", "node_modules/x/index.js": "d", "photo.JPG": "e"}


def rows(root: Path, *paths: str, max_bytes: int = 1000, cwd: Path | None = None) -> list[Found | Skipped]:
    return list(discover(paths or (".",), Settings(str(cwd or root), ENV, max_bytes)))


def read(root: Path, *paths: str, cwd: Path | None = None) -> list[str]:
    return [row.path for row in rows(root, *paths, cwd=cwd) if isinstance(row, Found)]


def skipped(root: Path, *paths: str, cwd: Path | None = None) -> dict[str, str]:
    return {row.path: row.reason for row in rows(root, *paths, cwd=cwd) if isinstance(row, Skipped)}


def test_a_folder_is_walked_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    tree(tmp_path, SITE)
    assert read(tmp_path) == ["dist/app.min.js", "index.html", "js/app.js"]
    assert skipped(tmp_path) == {"node_modules": "excluded by default", "photo.JPG": "binary: .jpg"}


@pytest.mark.parametrize("mark", ["vendor/autoload.php", "vendor/modules.txt", "composer.json", "Gemfile", "go.mod"])
def test_a_vendor_folder_is_left_out_if_a_package_manager_made_it(tmp_path: Path, mark: str) -> None:
    tree(tmp_path, {"lib/vendor/a.php": "", f"lib/{mark}": ""})
    assert skipped(tmp_path)["lib/vendor"] == "excluded by default"


def test_another_vendor_folder_is_read(tmp_path: Path) -> None:
    assert read(tree(tmp_path, {"assets/vendor/slick.js": ""})) == ["assets/vendor/slick.js"]


def test_named_files_and_folders_are_read_whatever_the_rules_say(tmp_path: Path) -> None:
    tree(tmp_path, {**SITE, ".gitignore": "js/\n"})
    git(tmp_path, "init")
    assert read(tmp_path, "photo.JPG", "node_modules/x/index.js", "js") == ["js/app.js", "node_modules/x/index.js", "photo.JPG"]
    assert "node_modules" not in skipped(tmp_path, ".", "node_modules")


def test_an_ignored_folder_that_is_named_is_read_without_git_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {".gitignore": "js/\n*.tmp\n", "js/app.js": ""})
    git(tmp_path, "init")
    monkeypatch.setattr(folders, "git_files", lambda *_: None)
    assert read(tmp_path, "js") == ["js/app.js"]


def test_a_path_that_does_not_exist_is_a_failure(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html": "", "broken": "-> nowhere", "loop": "-> loop"})
    assert rows(tmp_path, "nope.html") == [Skipped("nope.html", "missing: no such file or folder", failed=True)]
    assert rows(tmp_path, "a.html/b", "nul\0", "broken") == [
        Skipped("a.html/b", "missing: no such file or folder", failed=True),
        Skipped("broken", "missing: no such file or folder", failed=True),
        Skipped("nul\0", "missing: no such file or folder", failed=True),
    ]
    assert rows(tmp_path, "loop") == [Skipped("loop", "symbolic link: loop", failed=True)]
    assert rows(tmp_path, "x" * 5000) == [Skipped("x" * 5000, "unreadable: File name too long", failed=True)]


def test_a_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    tree(tmp_path, {"sub/a.html": "", "link.html": "-> sub/a.html", "alias": "-> sub"})
    assert read(tmp_path, ".", "sub", "./sub//a.html", str(tmp_path / "sub/a.html"), "link.html", "alias") == ["sub/a.html"]


def test_paths_are_relative_to_the_current_folder_when_below_it(tmp_path: Path) -> None:
    tree(tmp_path, {"site/a.html": "", "site/css/b.css": "", "other/c.html": ""})
    assert read(tmp_path, str(tmp_path / "site/a.html"), cwd=tmp_path) == ["site/a.html"]
    assert read(tmp_path, "../other", "css/../a.html", cwd=tmp_path / "site") == ["../other/c.html", "a.html"]
    assert read(tmp_path, str(tmp_path / "other"), cwd=tmp_path / "site") == [f"{tmp_path}/other/c.html".replace(os.sep, "/")]
    assert display_path("./a//b.html", str(tmp_path)) == "a/b.html"
    assert display_path(f"{tmp_path}/a.html", str(tmp_path)) == "a.html"


def test_too_large_files_are_told_with_what_to_do(tmp_path: Path) -> None:
    tree(tmp_path, {"dump.json": "x" * 1001, "named.html": "x" * 1001, "dump.sql": "x" * 1001, "b.sql.gz": "x" * 1001})
    reason = "too large: 1.0 kB; read it with --max-size 2kB"
    assert skipped(tmp_path, ".", "named.html") == {"dump.json": reason, "named.html": reason}
    assert read(tmp_path) == ["b.sql.gz", "dump.sql"]


def test_packed_copies_beside_the_file_are_told(tmp_path: Path) -> None:
    tree(tmp_path, {"app.js": "", "app.js.gz": "", "other.js.gz": "", "site.tar.gz": ""})
    assert read(tmp_path) == ["app.js", "other.js.gz"]
    assert skipped(tmp_path) == {"app.js.gz": "packed copy: the file itself lies beside it", "site.tar.gz": "binary: .tar.gz"}
    assert read(tmp_path, "app.js.gz", "app.js") == ["app.js", "app.js.gz"]


def test_links(tmp_path: Path) -> None:
    tree(tmp_path / "outside", {"o.html": ""})
    site = tree(
        tmp_path / "site",
        {
            "theme/a.html": "",
            "a.html": "-> theme/a.html",
            "again.html": "-> a.html",
            "alias": "-> theme",
            "theme/up": "-> ..",
            "self": "-> self",
            "gone": "-> nowhere",
            "away": "-> ../outside",
            "away.html": "-> ../outside/o.html",
            "node_modules/x/x.js": "",
            "x.js": "-> node_modules/x/x.js",
            "modules": "-> node_modules",
            "empty": "-> nothing/inside",
            "nothing/inside/deep": "-> nowhere",
        },
    )
    assert read(site) == ["node_modules/x/x.js", "theme/a.html"]
    assert skipped(site) == {
        "away": "symbolic link: leaves the named paths",
        "away.html": "symbolic link: leaves the named paths",
        "empty": "symbolic link: to a folder of which nothing is read",
        "gone": "symbolic link: what it points to is not there",
        "node_modules": "excluded by default",
        "nothing/inside/deep": "symbolic link: what it points to is not there",
        "self": "symbolic link: loop",
        "theme/up": "symbolic link: loop",
    }
    git(site, "init")
    assert read(site) == ["node_modules/x/x.js", "theme/a.html"]
    assert read(site, ".", "../outside", cwd=site) == ["../outside/o.html", "node_modules/x/x.js", "theme/a.html"]


def test_special_files_are_told_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    tree(tmp_path, {"link.html": "-> pipe.html"})
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened"))
        assert skipped(tmp_path) == {
            "link.html": "special file: named pipe",
            "pipe.html": "special file: named pipe",
            "s": "special file: socket",
        }
    (row,) = rows(tmp_path, "pipe.html")
    assert isinstance(row, Skipped)
    assert row.failed


def test_reading_does_not_wait_for_a_file_that_became_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    row = read_file(Found("a.html", str(tmp_path / "a.html"), 0, False), 1000)
    assert row == Skipped("a.html", "special file: named pipe")


def test_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"a.html": "hello"})
    found = Found("a.html", str(tmp_path / "a.html"), 5, False)
    gone = Found("b.html", str(tmp_path / "b.html"), 5, False)
    assert read_file(found, 1000) == b"hello"
    assert read_file(found, 4) == Skipped("a.html", "too large: 0.0 kB; read it with --max-size 1kB")
    assert read_file(gone, 1000) is None
    assert read_file(gone._replace(named=True), 1000) == Skipped("b.html", "missing: no such file or folder", failed=True)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert read_file(found, 1000) == Skipped("a.html", "unreadable: Permission denied", failed=True)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"a.html": "x" * 50})
    status = os.stat_result((stat.S_IFREG, 0, 0, 0, 0, 0, 10, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda _: status)
    found = Found("a.html", str(tmp_path / "a.html"), 10, False)
    assert read_file(found, 1000) == b"x" * 50
    assert isinstance(read_file(found, 40), Skipped)


def test_an_unreadable_folder_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"a.html": "", "locked/b.html": ""})
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert Skipped("locked", "unreadable: Permission denied", failed=True) in rows(tmp_path)
    assert read(tmp_path) == ["a.html"]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_in_any_encoding(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    names = [b"caf\xe9.html", b"\xff\xfe.js", "日本.php".encode(), b"new\nline.html", b"-flag.html", b" space .html"]
    for name in names:
        with open(folder + b"/" + name, "wb"):
            pass
    expected = sorted(os.fsdecode(name) for name in names)
    assert sorted(read(tmp_path)) == expected
    git(tmp_path, "init")
    assert sorted(read(tmp_path)) == expected


class TestGit:
    """In a work tree."""

    def test_tracked_and_untracked_but_not_ignored(self, tmp_path: Path) -> None:
        tree(tmp_path, {**SITE, ".gitignore": "*.log\n/tracked.log\n", "a.log": "", "tracked.log": ""})
        git(tmp_path, "init")
        git(tmp_path, "add", "-f", "tracked.log", "index.html")
        assert read(tmp_path) == [".gitignore", "dist/app.min.js", "index.html", "js/app.js", "tracked.log"]
        assert skipped(tmp_path) == {"node_modules": "excluded by default", "photo.JPG": "binary: .jpg"}

    def test_deleted_but_tracked_files_are_not_there(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "", "b/c.html": "", "d/e.html": ""})
        git(tmp_path, "init")
        git(tmp_path, "add", ".")
        (tmp_path / "a.html").unlink()
        (tmp_path / "b/c.html").unlink()
        (tmp_path / "b").rmdir()
        tree(tmp_path, {"b": "now a file"})
        (tmp_path / "d/e.html").rename(tmp_path / "e.html")
        (tmp_path / "d").rmdir()
        (tmp_path / "d").symlink_to("/usr")
        assert read(tmp_path) == ["b", "e.html"]
        assert skipped(tmp_path) == {"d": "symbolic link: leaves the named paths"}

    def test_submodules_and_nested_repositories_are_read(self, tmp_path: Path) -> None:
        theme = tree(tmp_path / "theme", {"t.html": "", ".gitignore": "skip.html"})
        git(theme, "init")
        git(theme, "add", ".")
        git(theme, "commit", "-m", "x")
        site = tree(tmp_path / "site", {"a.html": "", "plugin/p.php": "", ".gitignore": "t.html"})
        git(site, "init")
        git(site, "-c", "protocol.file.allow=always", "submodule", "add", "../theme", "themes/t")
        git(site / "plugin", "init")
        tree(site, {"themes/t/skip.html": ""})
        expected = [".gitignore", ".gitmodules", "a.html", "plugin/p.php", "themes/t/.gitignore", "themes/t/t.html"]
        assert read(site) == expected
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(folders, "git_files", lambda *_: None)
            assert read(site) == expected

    def test_sparse_checkouts_and_worktrees(self, tmp_path: Path) -> None:
        site = tree(tmp_path / "site", {"a/a.html": "", "b/b.html": ""})
        git(site, "init")
        git(site, "add", ".")
        git(site, "commit", "-m", "x")
        git(site, "worktree", "add", "../second")
        git(site, "sparse-checkout", "set", "a")
        assert read(site) == ["a/a.html"]
        assert read(tmp_path / "second") == ["a/a.html", "b/b.html"]

    def test_no_program_that_the_repository_names_is_run(self, tmp_path: Path) -> None:
        site = tree(tmp_path / "site", {"a.html": ""})
        git(site, "init")
        marker = tmp_path / "ran"
        program = tree(tmp_path, {"evil.sh": f"#!/bin/sh\ntouch {marker}\n"}) / "evil.sh"
        program.chmod(0o755)
        for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.alternateRefsCommand"):
            git(site, "config", key, str(program))
        assert read(site) == ["a.html"]
        assert not marker.exists()

    @pytest.mark.parametrize("how", ["missing", "fails", "complains", "hangs", "from the tree"])
    def test_without_a_working_git_the_walk_gives_the_same(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
        ignores = {".gitignore": "*.log\n!keep.log\n/build\n", "sub/.gitignore": "build2/\n!x.log\n"}
        files = {"a.log": "", "keep.log": "", "build/a": "", "sub/build/a": "", "sub/build2/a": "", "sub/x.log": "", "sub/y.log": ""}
        tree(tmp_path, {**SITE, **ignores, **files})
        git(tmp_path, "init")
        expected, told = read(tmp_path), skipped(tmp_path)
        inner = read(tmp_path, "sub")
        env = dict(ENV)
        if how in ("missing", "from the tree"):
            tree(tmp_path, {"git": "#!/bin/sh\nexit 1\n"})
            (tmp_path / "git").chmod(0o755)
            env["PATH"] = "/nonexistent" if how == "missing" else str(tmp_path)
            expected = sorted([*expected, "git"])
        else:
            monkeypatch.setattr(subprocess, "run", _broken_git(how))
        again = list(discover(["."], Settings(str(tmp_path), env, 1000)))
        assert [row.path for row in again if isinstance(row, Found)] == expected
        assert {row.path: row.reason for row in again if isinstance(row, Skipped)} == told
        assert [row.path for row in discover(["sub"], Settings(str(tmp_path), env, 1000))] == inner

    def test_git_variables_of_a_hook_do_not_lead_elsewhere(self, tmp_path: Path) -> None:
        site, other = tree(tmp_path / "site", {"a.html": ""}), tree(tmp_path / "other", {"b.html": ""})
        git(site, "init")
        git(other, "init")
        env = {**ENV, "GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other), "GIT_INDEX_FILE": str(other / "index")}
        assert [row.path for row in discover(["."], Settings(str(site), env, 1000))] == ["a.html"]


def _broken_git(how: str) -> object:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        if how == "hangs":
            raise subprocess.TimeoutExpired(command, 60)
        refused = b"fatal: detected dubious ownership in repository"
        return subprocess.CompletedProcess(command, 128 if how == "fails" else 0, b"a.html\0", refused)

    return run


NAMES = st.sampled_from(["a", "b", "a.log", "keep.log", "build", "x y"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
LINES = "* *.log !*.log **/build build/** !*/ a/* !a/* #note \\!a [ab] ? a** !keep.log b/ / !".split()
PATTERNS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["", "!", "/", "!/"]), PATHS, st.sampled_from(["", "/"])).map("".join),
        st.sampled_from([*LINES, "", "a\\ "]),
    ),
    max_size=4,
).map("\n".join)


@given(files=st.sets(PATHS, min_size=1, max_size=8), ignores=st.dictionaries(st.sampled_from(["", "a", "b", "a/b"]), PATTERNS, max_size=2))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_walk_ignores_what_git_ignores(tmp_path_factory: pytest.TempPathFactory, files: set[str], ignores: dict[str, str]) -> None:
    root = tmp_path_factory.mktemp("site")
    kept = {path for path in files if not any(other.startswith(f"{path}/") for other in files)}
    folders_there = {"/".join(path.split("/")[:depth]) for path in kept for depth in range(path.count("/") + 1)}
    tree(root, dict.fromkeys(kept, ""))
    tree(root, {f"{folder}/.gitignore".lstrip("/"): text for folder, text in ignores.items() if folder in folders_there})
    git(root, "init")
    listed = folders.git_files(str(root), ENV)
    assert listed is not None
    walked = [entry.path for entry in folders.walk(str(root), []) if entry.kind == "entry"]
    assert sorted(walked) == sorted(listed)


def test_order_does_not_depend_on_the_order_of_names(tmp_path: Path) -> None:
    tree(tmp_path, dict.fromkeys(("b.html", "a/z.html", "a.html", "c/d.html"), ""))
    assert read(tmp_path, "c", "b.html", "a", "a.html") == read(tmp_path, "a.html", "b.html", "c", "a") == sorted(read(tmp_path))


def test_the_public_names_of_reasons_do_not_change() -> None:
    assert too_large("a", 31_200_000).reason == "too large: 31.2 MB; read it with --max-size 32MB"
