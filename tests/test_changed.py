"""`--diff-base REF`: what a branch adds, compared with where it left REF, in real repositories."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli_support import git, pixellint, tree

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PIXEL = "<script>fbq('init', '1029384756102938');</script>\n"
OTHER = "<script>fbq('init', '8877665544332211');</script>\n"
CLEAN = "<p>Our team</p>\n"
HINT = '<link rel="preconnect" href="https://connect.facebook.net">\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository whose main branch has a pixel in `old.html`; HEAD is a branch `work` of it."""
    root = tree(tmp_path / "site", {"old.html": PIXEL, "clean.html": CLEAN})
    git(root, "init")
    commit(root)
    git(root, "checkout", "-q", "-b", "work")
    return root


def commit(root: Path) -> None:
    """Commits everything."""
    git(root, "add", "--all")
    git(root, "commit", "-q", "--allow-empty", "-m", "change")


def added(root: Path, *argv: str, base: str = "main") -> list[tuple[str, int, str]]:
    """Path, line and account of what is new."""
    return [(row["path"], row["start"]["line"], row["account"]) for row in document(root, *argv, base=base)["findings"]]


def document(root: Path, *argv: str, base: str = "main") -> dict[str, Any]:
    """The JSON report."""
    outcome = pixellint("check", "--diff-base", base, "--format", "json", *argv, cwd=root)
    assert outcome.out, outcome.err
    report: dict[str, Any] = json.loads(outcome.out)
    return report | {"status": outcome.status, "err": outcome.err}


def test_what_was_there_is_not_reported(site: Path) -> None:
    report = document(site)
    assert (report["findings"], report["status"]) == ([], 0)
    assert "1 finding known from main not reported" in report["err"]


def test_a_new_pixel_is_in_a_new_file_and_in_an_old_one(site: Path) -> None:
    tree(site, {"new.html": PIXEL, "clean.html": CLEAN + OTHER})
    commit(site)
    report = document(site)
    assert [row["path"] for row in report["findings"]] == ["clean.html", "new.html"]
    assert report["status"] == 1


def test_what_is_not_committed_counts_too(site: Path) -> None:
    tree(site, {"new.html": PIXEL, "clean.html": OTHER})
    git(site, "add", "clean.html")
    assert [row[0] for row in added(site)] == ["clean.html", "new.html"]


def test_moved_code_is_known_and_a_second_one_is_not(site: Path) -> None:
    tree(site, {"old.html": CLEAN * 5 + PIXEL.replace("<script>", "<script>\n  ")})
    commit(site)
    assert added(site) == []
    tree(site, {"old.html": PIXEL + CLEAN + OTHER})
    commit(site)
    assert added(site) == [("old.html", 3, "8877665544332211")]
    assert [row[1] for row in added(site, "--fail-on", "never")] == [3]


def test_of_equal_findings_as_many_as_there_were_are_known(site: Path) -> None:
    tree(site, {"hints.html": HINT * 3})
    git(site, "checkout", "-q", "main")
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    assert added(site) == []
    tree(site, {"hints.html": HINT * 5})
    assert [row[1] for row in added(site)] == [4, 5]


def test_one_pixel_for_another_is_new(site: Path) -> None:
    tree(site, {"old.html": OTHER})
    commit(site)
    assert added(site) == [("old.html", 1, "8877665544332211")]


def test_a_pixel_that_comes_to_life_is_new(site: Path) -> None:
    git(site, "checkout", "-q", "main")
    tree(site, {"old.html": f"<!-- {PIXEL} -->"})
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    tree(site, {"old.html": PIXEL})
    commit(site)
    assert added(site) == [("old.html", 1, "1029384756102938")]


def test_a_renamed_file_is_known_unless_it_was_a_test(site: Path) -> None:
    git(site, "checkout", "-q", "main")
    tree(site, {"old.html": CLEAN * 9 + PIXEL, "__tests__/page.html": CLEAN * 9 + OTHER})
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    (site / "theme").mkdir()
    git(site, "mv", "old.html", "theme/old.html")
    git(site, "mv", "__tests__/page.html", "page.html")
    commit(site)
    assert added(site) == [("page.html", 10, "8877665544332211")]
    tree(site, {"theme/old.html": CLEAN * 9 + PIXEL + OTHER})
    commit(site)
    assert added(site) == [("page.html", 10, "8877665544332211"), ("theme/old.html", 11, "8877665544332211")]


def test_main_may_have_gone_on(site: Path) -> None:
    tree(site, {"new.html": CLEAN})
    commit(site)
    git(site, "checkout", "-q", "main")
    git(site, "rm", "-q", "old.html")
    tree(site, {"elsewhere.html": OTHER})
    commit(site)
    git(site, "checkout", "-q", "work")
    assert added(site) == []


def test_a_suppression_that_is_taken_out_shows_its_finding(site: Path) -> None:
    hushed = "<!-- pixellint: ignore-next-line[meta-pixel/init]: agreed with the practice -->\n" + OTHER
    git(site, "checkout", "-q", "main")
    tree(site, {"hushed.html": hushed})
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    assert added(site) == []
    tree(site, {"hushed.html": OTHER})
    commit(site)
    assert added(site) == [("hushed.html", 1, "8877665544332211")]


def test_with_a_baseline_that_counts_one_of_two(site: Path) -> None:
    tree(site, {"hints.html": HINT})
    assert pixellint("baseline", "create", cwd=site).status == 0
    git(site, "checkout", "-q", "main")
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    assert added(site, "--baseline", ".pixellint-baseline.json") == []
    tree(site, {"hints.html": HINT * 2})
    assert [row[1] for row in added(site, "--baseline", ".pixellint-baseline.json")] == [2]


def test_paths_and_folders(site: Path) -> None:
    tree(site, {"theme/a.html": PIXEL, "b.html": PIXEL})
    commit(site)
    assert [row[0] for row in added(site, "theme")] == ["theme/a.html"]
    assert [row[0] for row in added(site / "theme")] == ["a.html"]
    assert [row[0] for row in added(site / "theme", "..")] == ["../b.html", "../theme/a.html"]
    assert [row[0] for row in added(site, "b.html")] == ["b.html"]
    assert [row[0] for row in added(site, "old.html")] == []


def test_pages_are_followed_and_name_only_what_is_new(site: Path) -> None:
    page = "<!doctype html><html><head><title>Book an appointment</title>{}</head><body><form><input name=email></form></body></html>"
    tree(site, {"index.html": page.format(""), "book.html": page.format(PIXEL)})
    report = document(site)
    (finding,) = report["findings"]
    assert finding["reaches"] == ["book.html"]
    assert [row["page"] for row in report["pages"] if row["vendors"]] == ["book.html"]


def test_members_of_archives(site: Path) -> None:
    import zipfile

    with zipfile.ZipFile(site / "plugin!.zip", "w") as archive:
        archive.writestr("a.html", PIXEL)
    git(site, "checkout", "-q", "main")
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    assert added(site) == []
    with zipfile.ZipFile(site / "plugin!.zip", "a") as archive:
        archive.writestr("b.html", OTHER)
    commit(site)
    assert [row[0] for row in added(site)] == ["plugin!.zip!b.html"]


def test_a_file_that_was_never_read_to_its_end_is_no_failure_of_the_branch(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import linter.check
    from tests.cli_support import fake_check

    monkeypatch.setattr(linter.check, "check_source", fake_check)
    tree(site, {"new.html": "<script src=https://connect.facebook.net/en_US/fbevents.js> deadline"})
    assert document(site)["status"] == 2
    git(site, "checkout", "-q", "main")
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    report = document(site)
    assert report["status"] == 0
    assert [row["path"] for row in report["skipped"]] == ["new.html"]


def test_submodules(site: Path, tmp_path: Path) -> None:
    other = tree(tmp_path / "other", {"index.html": PIXEL})
    git(other, "init")
    commit(other)
    git(site, "checkout", "-q", "main")
    git(site, "-c", "protocol.file.allow=always", "submodule", "add", str(other), "theme")
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    assert added(site) == []
    tree(site, {"theme/index.html": OTHER})
    git(site / "theme", "commit", "-qam", "more")
    commit(site)
    assert [row[0] for row in added(site)] == ["theme/index.html"]


def failure(root: Path, base: str) -> str:
    """What is told of a base that is none."""
    outcome = pixellint("check", "--diff-base", base, cwd=root)
    assert (outcome.status, outcome.out) == (2, "")
    return outcome.err


def test_what_is_told_of_a_base_that_is_none(site: Path, tmp_path: Path) -> None:
    assert "--diff-base: '-x' is no branch, tag or commit" in failure(site, "-x") or "-x" in failure(site, "-x")
    assert "--diff-base: git knows no 'nowhere' here\n" in failure(site, "nowhere")
    assert "'' is no branch" in failure(site, "")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--branch", "work", str(site), str(clone))
    assert "git knows no 'main' here; did you mean 'origin/main'?" in failure(clone, "main")
    assert added(clone, base="origin/main") == []
    git(site, "checkout", "-q", "--orphan", "island")
    tree(site, {"island.html": CLEAN})
    commit(site)
    assert "have no commit in common\n" in failure(site, "main")
    outside = tmp_path / "outside"
    outside.mkdir()
    outcome = pixellint("check", "--diff-base", "main", cwd=outside, env={"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert "--diff-base: this is no work tree of git" in outcome.err
    git(outside, "init")
    assert "there is no commit yet" in failure(outside, "main")


def test_a_shallow_clone_says_what_to_do(site: Path, tmp_path: Path) -> None:
    tree(site, {"new.html": CLEAN})
    commit(site)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", "--branch", "work", site.as_uri(), str(shallow))
    assert "only part of the history; fetch all of it (fetch-depth: 0 of actions/checkout" in failure(shallow, "main")
    git(site, "checkout", "-q", "main")
    commit(site)
    git(shallow, "fetch", "-q", "--depth=1", "origin", "main:main")
    assert "no commit in common: this clone has only part of the history" in failure(shallow, "main")


def test_nothing_in_the_repository_is_run(site: Path, tmp_path: Path) -> None:
    trap, alarm = tmp_path / "trap", tmp_path / "alarm.sh"
    alarm.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    alarm.chmod(0o755)
    tree(site, {".gitattributes": "*.html filter=x diff=x\n", "new.html": PIXEL})
    commit(site)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
    ):
        git(site, "config", key, str(alarm))
    tree(site, {"old.html": PIXEL + OTHER})
    assert [row[0] for row in added(site)] == ["new.html", "old.html"]
    assert not trap.exists()


def test_the_order_of_processes_does_not_matter(site: Path) -> None:
    tree(site, {f"{number}.html": PIXEL for number in range(9)})
    git(site, "checkout", "-q", "main")
    commit(site)
    git(site, "checkout", "-q", "-B", "work")
    tree(site, {f"new{number}.html": PIXEL for number in range(3)})
    assert added(site, "--jobs", "2") == added(site, "--jobs", "1") == [(f"new{number}.html", 1, "1029384756102938") for number in range(3)]
