"""The baseline: what is known stays known, what is new does not hide behind it, and the file is the same everywhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.baseline import NAME
from tests.cli_support import pixellint, tree

ID = "1029384756102938"
PIXEL = f"<script>fbq('init', '{ID}');</script>\n"
IMAGE = f'<img src="https://www.facebook.com/tr?id={ID}&ev=Lead">'
KNOWN = """{
  "version": 1,
  "findings": [
    {"path": "a.html", "rule": "meta-pixel/init", "state": "active", "text": "@", "count": 1}
  ]
}
"""


def created(root: Path, files: dict[str, str | bytes]) -> str:
    """The baseline of some files."""
    tree(root, files)
    outcome = pixellint("baseline", "create", cwd=root)
    assert outcome.status == 0, outcome.err
    return (root / NAME).read_text(encoding="utf-8")


def entries(root: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((root / NAME).read_text(encoding="utf-8"))["findings"]
    return rows


def left(root: Path, *words: str) -> list[str]:
    """The rules of what a check under the baseline reports."""
    document = json.loads(pixellint("check", "--format", "json", "--baseline", NAME, *words, cwd=root).out)
    return [f"{row['path']} {row['rule']}" for row in document["findings"]]


def test_what_is_known_is_counted_and_not_reported(tmp_path: Path) -> None:
    text = created(tmp_path, {"a.html": PIXEL})
    assert text == KNOWN.replace("@", entries(tmp_path)[0]["text"])
    assert pixellint("check", cwd=tmp_path).status == 1
    outcome = pixellint("check", "--baseline", NAME, cwd=tmp_path)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.endswith(", 1 finding in the baseline.\n")
    document = json.loads(pixellint("check", "--baseline", NAME, "--format", "json", cwd=tmp_path).out)
    assert (document["findings"], document["installations"], document["summary"]["baselined"]) == ([], [], 1)


def test_no_ids_lines_dates_or_versions_stand_in_it(tmp_path: Path) -> None:
    from linter import __version__

    text = created(tmp_path, {"a.html": PIXEL, "sub/b.html": f"\n\n{IMAGE}\n"})
    assert ID not in text
    assert __version__ not in text
    assert [set(row) for row in entries(tmp_path)] == [{"path", "rule", "state", "text", "count"}] * 2
    assert [row["path"] for row in entries(tmp_path)] == ["a.html", "sub/b.html"]


def test_moving_code_does_not_wake_it(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": PIXEL})
    tree(tmp_path, {"a.html": "<p>\n\n\t" + PIXEL.replace("fbq('init', ", "fbq( 'init',  ").replace("fbq( ", "fbq(")})
    assert left(tmp_path) == []


def test_a_second_pixel_on_the_same_line_does(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": f"{IMAGE}\n"})
    tree(tmp_path, {"a.html": f"{IMAGE}{IMAGE.replace(ID, '9' + ID[1:])}\n"})
    assert left(tmp_path) == ["a.html meta-pixel/beacon"]


def test_the_same_pixel_once_more_does(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": f"{IMAGE}\n"})
    tree(tmp_path, {"a.html": f"{IMAGE}\n{'<br>' * 5000}\n{IMAGE}\n"})
    assert left(tmp_path) == ["a.html meta-pixel/beacon"]


def test_a_renamed_file_does(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": PIXEL})
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    assert left(tmp_path) == ["b.html meta-pixel/init"]


def test_a_pixel_that_is_switched_on_again_does(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": f"<!-- {PIXEL} -->"})
    tree(tmp_path, {"a.html": PIXEL})
    assert left(tmp_path) == ["a.html meta-pixel/init"]


def test_stale_entries_are_told_and_pruned(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": PIXEL, "b.html": PIXEL})
    (tmp_path / "a.html").unlink()
    outcome = pixellint("check", "--baseline", NAME, cwd=tmp_path)
    assert (outcome.status, outcome.err) == (
        0,
        f"pixellint: {NAME}: 1 known finding no longer found; take out with pixellint baseline prune\n",
    )
    tree(tmp_path, {"c.html": PIXEL})
    assert pixellint("baseline", "prune", cwd=tmp_path).status == 0
    assert [row["path"] for row in entries(tmp_path)] == ["b.html"]
    assert left(tmp_path) == ["c.html meta-pixel/init"]


def test_only_what_was_looked_at_is_stale(tmp_path: Path) -> None:
    """A hook that checks one file, or a selection of rules, says nothing of the others."""
    before = created(tmp_path, {"a.html": PIXEL, "sub/b.html": PIXEL})
    tree(tmp_path, {"a.html": "<p>", "sub/b.html": "<p>"})
    assert pixellint("check", "--baseline", NAME, "--select", "tiktok/*", cwd=tmp_path).err == ""
    assert "1 known finding no" in pixellint("check", "--baseline", NAME, "a.html", cwd=tmp_path).err
    assert pixellint("baseline", "prune", "a.html", cwd=tmp_path).status == 0
    assert [row["path"] for row in entries(tmp_path)] == ["sub/b.html"]
    assert (tmp_path / NAME).read_text() != before


def test_update_takes_in_and_out(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": PIXEL, "sub/b.html": PIXEL})
    tree(tmp_path, {"a.html": IMAGE, "sub/b.html": IMAGE})
    outcome = pixellint("baseline", "update", "a.html", cwd=tmp_path)
    assert (outcome.status, f"{NAME}: 2 known findings, 1 added, 1 taken out" in outcome.err) == (0, True)
    assert [(row["path"], row["rule"]) for row in entries(tmp_path)] == [("a.html", "meta-pixel/beacon"), ("sub/b.html", "meta-pixel/init")]


def test_create_does_not_overwrite(tmp_path: Path) -> None:
    before = created(tmp_path, {"a.html": PIXEL})
    tree(tmp_path, {"b.html": PIXEL})
    outcome = pixellint("baseline", "create", cwd=tmp_path)
    assert (outcome.status, "is there already" in outcome.err) == (2, True)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == before


def test_the_same_bytes_from_anywhere(tmp_path: Path) -> None:
    """Entries are relative to the baseline, not to the current folder; the number of processes does not matter."""
    before = created(tmp_path, {"a.html": PIXEL, "sub/b.html": PIXEL})
    assert left(tmp_path / "sub", "--baseline", f"../{NAME}", "..") == []
    assert pixellint("baseline", "update", "..", "--baseline", f"../{NAME}", "--jobs", "2", cwd=tmp_path / "sub").status == 0
    assert (tmp_path / NAME).read_text(encoding="utf-8") == before


def test_the_configuration_names_it(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": PIXEL})
    tree(tmp_path, {"pixellint.toml": f'baseline = "{NAME}"\n', "sub/x.txt": ""})
    assert pixellint("check", cwd=tmp_path).status == 0
    assert pixellint("check", "../a.html", cwd=tmp_path / "sub").status == 0
    assert pixellint("check", "--isolated", cwd=tmp_path).status == 1


@pytest.mark.parametrize(
    "text",
    [
        None, "", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}', '{"version": 1, "findings": {"a": 1}}',
        '{"version": 1, "findings": [{"path": "a", "rule": "b", "state": "c", "text": "d", "count": 0}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_baseline_that_is_none_is_an_error(tmp_path: Path, text: str | None) -> None:
    tree(tmp_path, {"a.html": PIXEL, **({NAME: text} if text is not None else {})})
    outcome = pixellint("check", "a.html", "--baseline", NAME, cwd=tmp_path)
    assert (outcome.status, outcome.out) == (2, "")
    assert NAME in outcome.err


def test_nothing_is_written_where_not_everything_was_read(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html": PIXEL})
    assert pixellint("baseline", "create", "a.html", "nope.html", cwd=tmp_path).status == 2
    assert not (tmp_path / NAME).exists()


def test_suppressed_findings_are_not_taken_in(tmp_path: Path) -> None:
    created(tmp_path, {"a.html": PIXEL.replace("\n", " <!-- pixellint: ignore[meta-pixel/*]: approved -->\n")})
    assert entries(tmp_path) == []
