"""Files that cannot be read, or not as what they seem: each is told by name, with a reason, and the others are checked."""

import codecs
import json
import os
from pathlib import Path
from typing import Any

import pytest
from cli_support import Outcome, pixellint, tree

from linter.check import check_source
from linter.reading import MAX_EVIDENCE

CALL = b"fbq('init', '1029384756102938');"
PIXEL = b"<script>" + CALL + b"</script>\n"


def document(outcome: Outcome) -> dict[str, Any]:
    """The JSON report of a command line."""
    report: dict[str, Any] = json.loads(outcome.out)
    return report


def refuse(monkeypatch: pytest.MonkeyPatch, function: str, name: str, error: OSError) -> None:
    """Makes a function of `os` fail for paths that end in `name`, or for any where it is given no path."""
    real = getattr(os, function)

    def failing(path: Any, *rest: Any) -> Any:
        if isinstance(path, int) or os.fspath(path).endswith(name):
            raise error
        return real(path, *rest)

    monkeypatch.setattr(os, function, failing)


@pytest.mark.parametrize(
    ("function", "error", "reason"),
    [
        ("open", PermissionError(13, "Permission denied"), "unreadable: Permission denied"),
        ("open", OSError(24, "Too many open files"), "unreadable: Too many open files"),
        ("read", OSError(5, "Input/output error"), "unreadable: Input/output error"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, error: OSError, reason: str
) -> None:
    tree(tmp_path, {"locked.html": PIXEL, **({"open.html": PIXEL} if function == "open" else {})})
    refuse(monkeypatch, function, "locked.html", error)
    outcome = pixellint("check", ".", cwd=tmp_path)
    assert outcome.status == 2
    assert f"locked.html: {reason}" in outcome.err
    assert ("open.html:1:" in outcome.out) == (function == "open")
    assert "No tracking pixels found.\n" not in outcome.out


def test_a_file_that_vanishes_is_an_error_only_if_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"gone.html": PIXEL, "clean.html": b"<p>"})
    refuse(monkeypatch, "open", "gone.html", FileNotFoundError(2, "No such file or directory"))
    assert pixellint("check", ".", cwd=tmp_path).status == 0
    outcome = pixellint("check", "gone.html", "clean.html", cwd=tmp_path)
    assert outcome.status == 2
    assert "gone.html: missing: no such file or folder" in outcome.err


def test_a_file_that_shrinks_while_it_is_read_is_read_as_far_as_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"a.html": PIXEL})
    real = os.fstat

    def larger(handle: int) -> os.stat_result:
        status = list(real(handle))
        status[6] += 1000
        return os.stat_result(status)

    monkeypatch.setattr(os, "fstat", larger)
    assert pixellint("check", ".", cwd=tmp_path).status == 1


def test_a_folder_that_is_named_like_a_file(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html/b.html": PIXEL, "c.js/nothing.txt": b"", "d.html": b""})
    assert [row["path"] for row in document(pixellint("check", "--format", "json", "a.html", "c.js", cwd=tmp_path))["findings"]] == [
        "a.html/b.html"
    ]
    outcome = pixellint("check", "d.html/e.html", cwd=tmp_path)
    assert (outcome.status, outcome.err) == (2, "pixellint: d.html/e.html: missing: no such file or folder\n")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + CALL, b"\0" * 500 + PIXEL, os.urandom(16) + b"\0\1\2\3" * 500 + PIXEL])
@pytest.mark.parametrize("name", ["a.html", "a.js", "a.php", "a.json", "a.css"])
def test_binary_data_under_a_name_of_text_is_listed(tmp_path: Path, data: bytes, name: str) -> None:
    tree(tmp_path, {name: data, "b.html": PIXEL})
    outcome = pixellint("check", "--format", "json", name, "b.html", cwd=tmp_path)
    report = document(outcome)
    assert outcome.status == 1
    assert [row["path"] for row in report["findings"]] == ["b.html"]
    assert [(row["path"], row["reason"][:6]) for row in report["skipped"]] == [(name, "binary")]


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"caf\xe9 " + PIXEL, 13),
        (b"caf\xc3\xa9 " + PIXEL + b"\xc3", 14),
        (b"\xed\xa0\x80 " + PIXEL, 12),
        (b"\xf0\x9f\x98\x80 " + PIXEL, 13),
        (b"\xef\xbb\xbf" + PIXEL, 11),
        (codecs.BOM_UTF16_LE + PIXEL.decode().encode("utf-16-le"), 18),
        (codecs.BOM_UTF16_LE + PIXEL.decode().encode("utf-16-le") + b"\n", 18),
        (codecs.BOM_UTF16_BE + PIXEL.decode().encode("utf-16-be"), 18),
        (PIXEL[:-6], 8),
        (PIXEL[:-10] + b"\x80\x81\x8d", 8),
    ],
)
def test_wrong_or_cut_off_encodings_keep_the_place(data: bytes, offset: int) -> None:
    report = check_source("a.html", data)
    assert [(finding.rule, finding.start.offset) for finding in report.findings] == [("meta-pixel/init", offset)]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", codecs.BOM_UTF16_LE, b"\xff", b"\r\r\r", b"<", b"{", b"<?php", b"'"])
def test_next_to_nothing(tmp_path: Path, data: bytes) -> None:
    names = ["a.html", "a.js", "a.php", "a.json", "a.yml", "a.md", "a.vue", "a.pug", "a.xml", "a.css", "a.sql", "a"]
    tree(tmp_path, dict.fromkeys(names, data))
    outcome = pixellint("check", ".", cwd=tmp_path)
    assert (outcome.status, outcome.err) == (0, "")


def test_a_very_long_line_is_shown_in_part(tmp_path: Path) -> None:
    tree(tmp_path, {"a.js": b"var a=1;" * 60_000 + CALL + b"var b=2;" * 60_000})
    outcome = pixellint("check", "a.js", cwd=tmp_path)
    assert outcome.status == 1
    assert "a.js:1:480001:" in outcome.out
    assert max(map(len, outcome.out.splitlines())) < 1000


def test_very_long_paths(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(10):
        folder = folder / ("d" * 200)
        folder.mkdir()
    (folder / ("n" * 200 + ".html")).write_bytes(PIXEL)
    outcome = pixellint("check", ".", cwd=tmp_path)
    assert outcome.status == 1
    assert "n.html:1:9:" in outcome.out
    beyond = pixellint("check", "x" * 5000 + ".html", cwd=tmp_path)
    assert (beyond.status, "File name too long" in beyond.err) == (2, True)


def test_more_than_a_file_may_hold_is_told_and_what_was_found_is_reported(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html": b"<img src='https://www.facebook.com/tr?id=1029384756102938&ev=PageView'>" * (MAX_EVIDENCE + 10)})
    outcome = pixellint("check", "--format", "json", "a.html", cwd=tmp_path)
    assert outcome.status == 1
    assert len(document(outcome)["findings"]) == MAX_EVIDENCE
    assert outcome.err == f"pixellint: a.html: not fully analysed: more than {MAX_EVIDENCE} places to look at\n"


@pytest.mark.parametrize("depth", [11, 200, 5000])
def test_layers_without_end_are_told(depth: int) -> None:
    text = PIXEL.decode()
    for _ in range(min(depth, 14)):
        text = '<iframe srcdoc="' + text.replace("&", "&amp;").replace('"', "&quot;") + '"></iframe>'
    report = check_source("a.html", text.encode())
    assert bool(report.findings) != bool(report.skipped)
    deep = json.dumps(PIXEL.decode()).join(("[" * depth, "]" * depth))
    assert [finding.rule for finding in check_source("a.json", deep.encode()).findings] == ["meta-pixel/init"]


@pytest.mark.parametrize("opening", ["(", "[", "{", "`${", "a(", "function a(){", "if(a){", "'a'+", "!", "a?", "a=>", "<b>", "a<b<"])
@pytest.mark.parametrize("ending", ["js", "ts", "php", "html", "vue", "twig"])
def test_deep_nesting_raises_nothing(opening: str, ending: str) -> None:
    text = f"<script>{CALL.decode()}{opening * 4000}fbq('track','Lead')</script>" if ending in ("html", "vue", "twig") else opening * 4000
    text = f"<?php echo '{PIXEL.decode()}'; {text}" if ending == "php" else text
    report = check_source(f"a.{ending}", (CALL.decode() + text).encode())
    assert all(skip.reason.startswith("not fully analysed") for skip in report.skipped)


def test_variables_of_variables_do_not_explode() -> None:
    lines = ["var v0 = 'https://connect.facebook.net/';"]
    lines += [f"var v{number} = {' + '.join([f'v{number - 1}'] * 10)};" for number in range(1, 12)]
    report = check_source("a.js", "\n".join([*lines, "s.src = v11 + 'en_US/fbevents.js';", CALL.decode()]).encode())
    assert "meta-pixel/init" in [finding.rule for finding in report.findings] or report.skipped
