"""Reports: whole outputs, frames, and text that cannot drive a terminal."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.findings import Finding, Related, Result, Skipped
from linter.reports import counted, document, listed, printable, skip_class, text, valid_text
from linter.reports.frames import WIDTH, rows, width
from linter.text import Place
from tests.cli_support import finding, places, same_as_snapshot

HOSTILE = "\x1b[2J\x1b]0;owned\x07\r\x9b31m\u202egnp.exe\u200b\x7f"


def at(path: str, code: str, word: str, length: int | None = None, severity: str = "error") -> Finding:
    (start,) = places(code, word)[:1]
    return finding(path, code.encode("utf-8", "surrogatepass"), start, severity, length=length or len(word))  # type: ignore[arg-type]


def some() -> Result:
    tabs = at("theme/header.php", "<?php\n\techo '日本é e\u0301';\tfbq('init');\n", "fbq('init')")
    lines = at("a.html", "x\n" * 9 + "  fbq(\n    'init',\n    1,\n    2);\n", "fbq(\n    'init',\n    1,\n    2)")
    minified = at("app.min.js", "var a=1;" * 400 + "fbq('track','PageView')" + ";b=2" * 400, "fbq('track','PageView')", severity="warning")
    huge = at("one.js", "fbq(" + "x" * 5000 + ")", "fbq(", 5005, severity="note")
    related = tuple(Related("a.html", Place(n, 1, n), Place(n, 2, n), "event call") for n in range(1, 12))
    found = (lines._replace(related=related), minified, huge._replace(account=None, via=(), state="dormant"), tabs)
    skips = (Skipped("logo.png", "binary: .png"), Skipped("node_modules", "excluded by default"), Skipped("x.png", "binary: .png"))
    return Result(found, skips, 120)


def test_text() -> None:
    same_as_snapshot("report.txt", text.render(some()))


def test_text_in_color_and_in_full() -> None:
    same_as_snapshot("report-verbose-color.txt", text.render(some(), text.COLORED, verbose=True).replace("\x1b", "<ESC>"))


def test_json() -> None:
    same_as_snapshot("report.json", document.render(some()))


def test_a_clean_result_does_not_promise_more_than_it_knows() -> None:
    assert text.render(Result((), (), 1)) == f"No tracking pixels found; 1 file read.\n{text.LIVE_SITE}\n"
    failed = text.render(Result((), (Skipped("a", "unreadable: x", failed=True),), 1))
    assert failed == "No tracking pixels found in what could be read, but not everything could; 1 file read, 1 skipped (1 unreadable).\n"


def test_carets_stand_under_the_text() -> None:
    for found in some().findings:
        for row in rows(found):
            assert width(row.text) <= 2 * WIDTH
            assert row.before + row.under <= width(row.text) + 1


@given(
    st.text(st.sampled_from("a\t日é\u0301\x1b\u202e\u00a0\x00\ud800😀")).map(lambda line: line.replace("\n", "")),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(1, 30),
)
def test_any_span_of_any_line_has_a_frame(line: str, begin: int, length: int, times: int) -> None:
    line = line * times
    begin = min(begin, len(line))
    end = min(begin + length, len(line))
    found = at("a", "fbq", "fbq")._replace(start=Place(1, begin + 1, 0), end=Place(1, end + 1, 0), lines=(line,))
    (row,) = rows(found)
    assert printable(row.text) == row.text
    assert row.under >= 1
    shown = text.render(Result((found,), (), 1))
    assert shown.replace("\n", "").isprintable()


def test_the_exact_text_is_underlined() -> None:
    line = "日本\tfbq('x') 日"
    (row,) = rows(at("a", line, "fbq('x')"))
    assert row.text == "日本    fbq('x') 日"
    assert (row.before, row.under) == (8, 8)
    (row,) = rows(at("a", line, "日本"))
    assert (row.before, row.under) == (0, 4)


def test_a_hostile_file_cannot_drive_the_terminal() -> None:
    code = f"{HOSTILE} fbq {HOSTILE}"
    related = Related(HOSTILE, Place(1, 1, 0), Place(1, 1, 0), HOSTILE)
    found = at(f"a{HOSTILE}.html", code, "fbq")._replace(message=HOSTILE, help=HOSTILE, related=(related,))
    shown = text.render(Result((found,), (Skipped(HOSTILE, HOSTILE),), 1), verbose=True)
    assert not [character for character in shown if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character != "\n"]
    same_as_snapshot("hostile.txt", shown)


def test_json_of_hostile_text_and_of_names_in_any_encoding() -> None:
    found = at("caf\udce9.html", "fbq", "fbq")._replace(message=f"{HOSTILE}\ud83d", account='"\\')
    told = document.render(Result((found,), (Skipped("\udcff", "unreadable: x", failed=True),), 1))
    again = json.loads(told.encode("utf-8"))
    assert again["findings"][0]["path"] == "caf\\xe9.html"
    assert again["findings"][0]["message"] == f"{HOSTILE}\ufffd"
    assert again["skipped"] == [{"path": "\\xff", "reason": "unreadable: x"}]
    assert list(again) == ["version", "tool", "findings", "installations", "pages", "suppressed", "skipped", "summary"]


def test_the_keys_of_a_finding_are_the_interface() -> None:
    (found,) = json.loads(document.render(Result((at("a", "fbq", "fbq"),), (), 1)))["findings"]
    keys = "rule vendor kind severity state path start end via account message help related fingerprint reaches"
    assert list(found) == keys.split()
    assert list(found["start"]) == ["line", "column", "offset"]
    assert list(found["related"][0]) == ["path", "start", "end", "message"]


@given(st.text(st.characters()))
def test_printable_text_stays_one_line(words: str) -> None:
    assert printable(words).isprintable()
    assert valid_text(words).encode("utf-8").decode() == words or not words.isprintable()


@pytest.mark.parametrize(("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_listed(words: list[str], expected: str) -> None:
    assert listed(words) == expected


def test_words() -> None:
    assert (counted(1, "file"), counted(0, "file")) == ("1 file", "0 files")
    assert [skip_class(reason) for reason in ("binary: .png", "binary file", "excluded by default")] == [
        "binary",
        "binary",
        "excluded by default",
    ]
