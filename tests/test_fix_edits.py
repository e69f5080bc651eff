"""Edits, whole lines, and diffs of changes: exact on every text."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.fixes.diff import unified
from linter.fixes.lines import widened
from linter.fixes.model import Edit, applied, merged

LINES = st.lists(st.sampled_from(["a", "b", "", "  c", "\tX", "x y", "é\r"]), max_size=30)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = "\n".join(draw(LINES)) + draw(st.sampled_from(["", "\n"]))
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(marks[::2], marks[1::2], strict=False))
    edits = [Edit(begin, end, draw(st.sampled_from(["", "", "{}", "x\ny"]))) for begin, end in spans if begin < end]
    return text, [edit for number, edit in enumerate(edits) if number == 0 or edits[number - 1].end < edit.begin]


@pytest.mark.parametrize(
    ("text", "what", "left"),
    [
        ("a\n  X\nb\n", "X", "a\nb\n"),
        ("a\n\nX\n\nb\n", "X", "a\n\nb\n"),
        ("a X b", "X", "a b"),
        ("aXb", "X", "ab"),
        ("X", "X", ""),
        ("X\n", "X", ""),
        ("\n\nX\n\n\nb", "X", "\n\nb"),
        ("a\r\n\r\nX\r\n\r\nb", "X", "a\r\n\r\nb"),
        ("a\rX\rb", "X", "a\rb"),
        ("a\n\tX;\nb", "X", "a\n\t;\nb"),
        ("a\nX\nY\n", "X\nY", "a\n"),
        ("a\nX", "X", "a\n"),
        ("a\n\n \nX\n", "X", "a\n"),
        ("\n\nX\n", "X", "\n"),
    ],
)
def test_a_span_goes_with_its_lines(text: str, what: str, left: str) -> None:
    begin = text.index(what)
    first, last = widened(text, begin, begin + len(what))
    assert text[:first] + text[last:] == left


@given(st.text(alphabet="a X\t\r\n", max_size=40), st.data())
def test_widening_takes_nothing_but_blanks(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    first, last = widened(text, begin, end)
    assert first <= begin
    assert end <= last
    assert not (text[first:begin] + text[end:last]).strip()


def test_edits_in_larger_ones_are_dropped() -> None:
    assert merged([Edit(5, 7), Edit(2, 9), Edit(2, 9), Edit(12, 13, "x")]) == [Edit(2, 9), Edit(12, 13, "x")]
    assert applied("0123456789abcdef", [Edit(2, 9), Edit(5, 7, "never"), Edit(12, 13, "x")]) == "019abxdef"


def test_cuts_that_overlap_are_one() -> None:
    assert merged([Edit(4, 8), Edit(1, 5), Edit(8, 9)]) == [Edit(1, 8), Edit(8, 9)]


@pytest.mark.parametrize("edits", [[Edit(1, 5, "x"), Edit(4, 8)], [Edit(1, 5), Edit(4, 8, "x")], [Edit(1, 5, "a"), Edit(1, 5, "b")]])
def test_edits_that_contradict_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edits"):
        merged(edits)


def test_a_diff_shows_the_change_and_three_lines_around_it() -> None:
    text = "".join(f"{number}\n" for number in range(1, 21))
    begin = text.index("10\n")
    assert unified("site/a.html", text, [Edit(begin, begin + 3)]) == (
        "--- a/site/a.html\n+++ b/site/a.html\n@@ -7,7 +7,6 @@\n 7\n 8\n 9\n-10\n 11\n 12\n 13\n"
    )


def test_a_diff_tells_a_missing_line_end() -> None:
    assert unified("a", "x\ny", [Edit(0, 2)]) == "--- a/a\n+++ b/a\n@@ -1,2 +1 @@\n-x\n y\n\\ No newline at end of file\n"
    assert unified("a", "x", [Edit(0, 1)]) == "--- a/a\n+++ b/a\n@@ -1 +0,0 @@\n-x\n\\ No newline at end of file\n"


@settings(max_examples=60)
@given(edited())
def test_git_makes_the_same_change_of_a_diff(change: tuple[str, list[Edit]]) -> None:
    from tempfile import TemporaryDirectory

    text, edits = change
    wanted = applied(text, edits)
    if wanted == text:
        return
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.txt")
        file.write_bytes(text.encode())
        done = subprocess.run(
            ["git", "apply", "--unsafe-paths", "--whitespace=nowarn", "--allow-empty", "-"],
            input=unified("a.txt", text, edits).encode(),
            cwd=folder,
            capture_output=True,
            env={"PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": str(Path(folder).parent), "GIT_CONFIG_GLOBAL": "/dev/null"},
        )
        assert done.returncode == 0, done.stderr
        assert (file.read_bytes() if file.exists() else b"") == wanted.encode()
