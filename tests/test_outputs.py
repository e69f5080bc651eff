"""Outputs: findings are the same in each, files are written as a whole, and each format is what its readers take."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.findings import Finding, Related, Result, Skipped
from linter.options import FORMATS, OptionError, check_options, parse_plain
from linter.outputs import Scene, base_of, render, write_file
from linter.reports import github, junit, markdown, printable, valid_text, visible
from linter.reports.paths import from_base, uri
from linter.text import Place, decode_bytes
from tests.cli_support import finding, git, pixellint, same_as_snapshot, tree
from tests.output_readers import HOSTILE_TREE, MACHINES, PIXEL, READERS, Row, hostile_tree
from tests.test_promises import WATCH
from tests.test_reports import HOSTILE, some


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files with hostile names and texts, each with findings."""
    return hostile_tree(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def expected(hostile: Path) -> list[dict[str, Any]]:
    """The findings, as the JSON document has them."""
    rows: list[dict[str, Any]] = json.loads(pixellint("check", "--format", "json", cwd=hostile).out)["findings"]
    assert {row["path"] for row in rows} >= {valid_text(name) for name in HOSTILE_TREE}
    return rows


class TestEveryFormatTellsTheSame:
    """Each output is read back; rule, path, line, column, severity and message are those of the result."""

    @pytest.mark.parametrize("format", FORMATS)
    def test_read_back(self, format: str, hostile: Path, expected: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(github, "MAX_OF_A_KIND", 100)
        told = pixellint("check", "--output", format, cwd=hostile).out
        texts = {valid_text(path): decode_bytes((hostile / path).read_bytes())[2] for path in os.listdir(hostile)}
        rows = READERS[format](told, texts)
        assert sorted(rows, key=str) == sorted((expected_row(format, row) for row in expected), key=str)

    def test_the_tree_is_hostile_enough(self, expected: list[dict[str, Any]]) -> None:
        assert {row["severity"] for row in expected} == {"error", "warning", "note"}
        assert any(row["start"]["line"] != row["end"]["line"] for row in expected)
        assert any("|" in row["message"] for row in expected)
        assert any("\n" in row["message"] for row in expected)

    def test_columns_are_not_just_characters(self, hostile: Path) -> None:
        document = json.loads(pixellint("check", "--format", "json", cwd=hostile).out)
        run = json.loads(pixellint("check", "--format", "sarif", cwd=hostile).out)["runs"][0]
        bytes_of = json.loads(pixellint("check", "--format", "rdjson", cwd=hostile).out)["diagnostics"]
        starts = [row["start"]["column"] for row in document["findings"]]
        units = [row["locations"][0]["physicalLocation"]["region"]["startColumn"] for row in run["results"]]
        counted = [row["location"]["range"]["start"]["column"] for row in bytes_of]
        assert len([1 for a, b in zip(starts, units, strict=True) if a < b]) >= 5
        assert len([1 for a, b in zip(units, counted, strict=True) if a < b]) >= 6


def expected_row(format: str, row: dict[str, Any]) -> Row:
    """What a format is to tell of a finding."""
    path, message = row["path"], row["message"]
    if format not in MACHINES:
        path, message = printable(path), printable(message)
    if format == "github":
        path, message = ("".join(char if char in "\r\n" else visible(char) for char in text) for text in (path, message))
    column = None if format == "gitlab" else row["start"]["column"]
    if format == "github" and row["start"]["line"] != row["end"]["line"]:
        column = None
    return Row(row["rule"], path, row["start"]["line"], column, row["severity"], message)


class TestOptions:
    """`--output` and `--format`."""

    def test_what_is_asked_for(self) -> None:
        assert check_options().format == "text"
        assert check_options(format="sarif").format == "sarif"
        options = check_options(output=["sarif:out/a.sarif", "json", "html:C:\\x.html"])
        assert (options.format, options.outputs) == ("json", (("sarif", "out/a.sarif"), ("html", "C:\\x.html")))
        assert check_options(output=["sarif:-"]).format == "sarif"

    @pytest.mark.parametrize(
        ("output", "format", "message"),
        [
            (["sarf:x"], None, "did you mean 'sarif'?"),
            (["sarif:"], None, "lacks a file name"),
            (["sarif", "json"], None, "only one report goes to standard output"),
            (["sarif"], "text", "only one report goes to standard output; name a file for the other, as in sarif:FILE"),
            (["sarif:x", "json:x"], None, "'x' is named for two reports"),
        ],
    )
    def test_what_cannot_be(self, output: list[str], format: str | None, message: str) -> None:
        with pytest.raises(OptionError) as error:
            check_options(output=output, format=format)
        assert str(error.value).startswith("--output: ")
        assert message in str(error.value)

    def test_plain_command_lines(self) -> None:
        options = parse_plain(["check", "--output", "sarif:a.sarif", "--output=json", "x"])
        assert options == check_options(["x"], output=["sarif:a.sarif", "json"])

    def test_nothing_of_this_is_imported_for_text_and_json(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": f"<script>{PIXEL}</script>"})
        code = (
            "import sys; from linter.__main__ import main; import os, io;"
            f"main(['check', '--format', '%s', 'a.html'], io.StringIO(), io.StringIO(), sys.stderr, {{}}, {str(tmp_path)!r});"
            "print([name for name in sys.modules if name == 'linter.outputs' or 'reports.vendors' in name or name == 'urllib.parse'])"
        )
        for format in ("text", "json"):
            told = subprocess.run([sys.executable, "-c", code % format], capture_output=True, text=True, check=True)
            assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_opens_a_socket_or_writes(format: str, tmp_path: Path) -> None:
    """Under the watch of `tests/test_promises.py`, which ends the program where it would."""
    tree(tmp_path, {"a.html": f"<script>{PIXEL}</script>", "watch.py": WATCH})
    words = [sys.executable, "watch.py", str(tmp_path), "check", "--format", format, "a.html"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout


class TestFiles:
    """Reports that go to files."""

    def test_several_at_once(self, tmp_path: Path) -> None:
        site, out = tree(tmp_path / "site", {"a.html": f"<script>{PIXEL}</script>"}), tmp_path / "out"
        out.mkdir()
        words = [word for format in FORMATS for word in ("--output", f"{format}:{out / format}")]
        outcome = pixellint("check", "a.html", *words, cwd=site)
        assert (outcome.status, outcome.err) == (1, "")
        assert outcome.out == pixellint("check", "a.html", cwd=site).out
        for format in FORMATS:
            assert (out / format).read_text(encoding="utf-8") == pixellint("check", "a.html", "--format", format, cwd=site).out
        assert sorted(os.listdir(out)) == sorted(FORMATS)

    def test_a_path_is_relative_to_the_current_folder(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "<p>"})
        assert pixellint("check", "a.html", "--output", "json:report.json", cwd=tmp_path).status == 0
        assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"] == []

    def test_what_cannot_be_written_is_told_and_the_rest_is(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "<p>", "folder/x": ""})
        words = ["--output", "json:gone/a.json", "--output", "json:folder", "--output", "sarif:b.sarif"]
        outcome = pixellint("check", "a.html", *words, cwd=tmp_path)
        assert outcome.status == 2
        assert "No tracking pixels found" in outcome.out
        assert outcome.err.splitlines() == [
            "pixellint: gone/a.json: the report cannot be written: No such file or directory",
            "pixellint: folder: the report cannot be written: Is a directory",
        ]
        assert sorted(os.listdir(tmp_path)) == ["a.html", "b.sarif", "folder"]

    def test_a_file_is_replaced_as_a_whole_or_not_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        target = tmp_path / "report"
        target.write_text("before", encoding="utf-8")
        target.chmod(0o640)
        assert write_file(str(target), "after\ud800é") == ""
        assert target.read_bytes() == "after\ufffdé".encode()
        assert stat.S_IMODE(target.stat().st_mode) == 0o640

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", fail)
        assert write_file(str(target), "later") == "No space left on device"
        assert target.read_bytes() == "after\ufffdé".encode()
        assert os.listdir(tmp_path) == ["report"]

    def test_a_link_that_came_with_the_repository_leads_nowhere(self, tmp_path: Path) -> None:
        tree(tmp_path, {"home/.profile": "mine", "site/report.sarif": "-> ../home/.profile", "site/gone.sarif": "-> ../home/new"})
        for name in ("report.sarif", "gone.sarif"):
            assert write_file(str(tmp_path / "site" / name), "report") == ""
            assert not (tmp_path / "site" / name).is_symlink()
            assert (tmp_path / "site" / name).read_text(encoding="utf-8") == "report"
        assert (tmp_path / "home" / ".profile").read_text(encoding="utf-8") == "mine"
        assert os.listdir(tmp_path / "home") == [".profile"]

    def test_standard_output_may_be_a_file(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "<p>"})
        with open(tmp_path / "out", "wb") as out:
            words = ["-m", "linter", "check", "a.html", "--output", "gitlab:/dev/stdout"]
            env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
            assert subprocess.run([sys.executable, *words], stdout=out, cwd=tmp_path, env=env, check=True).returncode == 0
        assert (tmp_path / "out").read_text(encoding="utf-8")
        assert os.path.lexists("/dev/stdout")

    def test_what_is_no_regular_file_is_written_to(self) -> None:
        assert write_file(os.devnull, "x") == ""
        assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
        assert write_file("a\0b", "x") == "embedded null byte"

    def test_same_input_same_bytes(self, hostile: Path) -> None:
        for format in FORMATS:
            told = pixellint("check", "--format", format, cwd=hostile).out
            assert told == pixellint("check", "--format", format, "--jobs", "2", cwd=hostile).out
            assert told.encode("utf-8")

    def test_reports_find_what_is_found_on_standard_input(self, tmp_path: Path) -> None:
        code = f"<p>😀</p><script>{PIXEL}</script>"
        told = pixellint("check", "-", "--stdin-filename", "a.html", "--format", "sarif", cwd=tmp_path, stdin=code).out
        (result,) = json.loads(told)["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == code.index("fbq") + 2
        assert "primaryLocationLineHash" in result["partialFingerprints"]


class TestPaths:
    """Paths from the repository's folder."""

    @pytest.mark.parametrize(
        ("path", "base", "expected"),
        [
            ("a/b.html", "", "a/b.html"),
            ("a/b.html", "site/x", "site/x/a/b.html"),
            ("../b.html", "site/x", "site/b.html"),
            ("../../../b.html", "site", "../../b.html"),
            ("/abs/b.html", "site", "/abs/b.html"),
            ("C:/b.html", "site", "C:/b.html"),
            ("<stdin>", "site", "<stdin>"),
        ],
    )
    def test_from_base(self, path: str, base: str, expected: str) -> None:
        assert from_base(path, base) == expected

    def test_uris(self) -> None:
        assert uri("a b/日#?%:.html") == "a%20b/%E6%97%A5%23%3F%25%3A.html"
        assert uri("/a b") == "file:///a%20b"
        assert uri("C:/a b") == "file:///C:/a%20b"
        assert uri("caf\udce9") == "caf%5Cxe9"

    def test_below_the_repository(self, tmp_path: Path) -> None:
        git(tmp_path, "init")
        site = tree(tmp_path / "sites" / "one", {"a.html": f"<script>{PIXEL}</script>"})
        assert (base_of(str(site)), base_of(str(tmp_path))) == ("sites/one", "")
        told = {format: pixellint("check", "a.html", "--format", format, cwd=site).out for format in ("sarif", "github", "gitlab", "json")}
        assert '"uri": "sites/one/a.html"' in told["sarif"]
        assert "file=sites/one/a.html," in told["github"]
        assert '"path": "sites/one/a.html"' in told["gitlab"]
        assert '"path": "a.html"' in told["json"]


def many(**counts: int) -> Result:
    """So many findings of each severity."""
    found = [
        finding(f"{severity}{number:03}.html", b"fbq", 0, severity)  # type: ignore[arg-type]
        for severity, count in counts.items()
        for number in range(count)
    ]
    return Result(tuple(found), (), len(found))


class TestGithub:
    """Annotations and the job summary."""

    def test_whole(self) -> None:
        same_as_snapshot("report.github.txt", github.render(some()))

    def test_no_more_than_github_takes_the_gravest_first(self) -> None:
        lines = github.render(many(note=12, warning=3, error=25)).splitlines()
        kinds = [line[2:].partition(" ")[0] for line in lines if line.startswith("::")]
        assert kinds == ["error"] * 10 + ["warning"] * 3 + ["notice"] * 10
        assert lines[-2] == "::notice title=pixellint::15 more errors and 3 more notices; the job summary has them all"
        assert lines[-1] == "Found 25 errors, 3 warnings and 12 notes in 40 files; 40 files read."

    def test_exactly_as_many_as_github_takes(self) -> None:
        assert "more" not in github.render(many(note=10, error=10)).partition("Found")[0]

    def test_escapes(self) -> None:
        found = finding("a:b,c%\r\n.html", b"fbq", 0)._replace(message="100% a\r\nb::c,d\x1b[0m", help="")
        told = github.render(Result((found,), (), 1)).splitlines()[0]
        assert told == (
            "::error file=a%3Ab%2Cc%25%0D%0A.html,line=1,endLine=1,col=1,endColumn=4,title=meta-pixel/init::100%25 a%0D%0Ab::c,d\u241b[0m"
        )

    def test_what_was_not_read_is_a_warning(self) -> None:
        told = github.render(Result((), (Skipped("a.html", "unreadable: x", failed=True), Skipped("b.png", "binary: .png")), 0))
        assert told.splitlines()[:-1] == ["::warning file=a.html,title=pixellint%3A not read::unreadable: x"]

    def test_the_job_summary_is_added_to_what_is_there(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": f"<script>{PIXEL}</script>", "summary.md": "before\n"})
        env = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
        pixellint("check", "a.html", cwd=tmp_path, env=env)
        assert (tmp_path / "summary.md").read_text(encoding="utf-8") == "before\n"
        outcome = pixellint("check", "a.html", "--output", f"github:{os.devnull}", cwd=tmp_path, env=env)
        told = (tmp_path / "summary.md").read_text(encoding="utf-8")
        assert told == "before\n" + pixellint("check", "a.html", "--format", "markdown", cwd=tmp_path).out
        assert "error[meta-pixel/init]" in outcome.out

    def test_a_job_summary_that_cannot_be_written(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "<p>"})
        env = {"GITHUB_STEP_SUMMARY": str(tmp_path / "gone" / "summary.md")}
        outcome = pixellint("check", "a.html", "--format", "github", cwd=tmp_path, env=env)
        assert outcome.status == 2
        assert "the report cannot be written: No such file or directory" in outcome.err

    @pytest.mark.parametrize("used", [0, 5000, 20_000, 1024 * 1024])
    def test_the_job_summary_fits(self, used: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(github, "MAX_SUMMARY", 20_000)
        result = many(error=400)
        told = github.step_summary(result, used)
        assert used + len(told.encode()) <= max(20_000, used)
        assert (told == "") == (used >= 20_000)
        if told:
            assert re.search(r"\d+ more lines: the report is longer than what fits here\.\n\Z", told)


class TestJunit:
    """JUnit XML."""

    def test_whole(self) -> None:
        skip = Skipped("locked.html", "unreadable: Permission denied", failed=True)
        same_as_snapshot("report.junit.xml", junit.render(some()._replace(skipped=(*some().skipped, skip))))

    def test_a_clean_run_has_one_case_that_passes(self) -> None:
        (suite,) = ElementTree.fromstring(junit.render(Result((), (), 3)))
        assert (suite.attrib["tests"], suite.attrib["failures"], [len(case) for case in suite]) == ("1", "0", [0])

    def test_notes_alone_do_not_fail(self) -> None:
        (suite,) = ElementTree.fromstring(junit.render(many(note=2, warning=1)))
        assert (suite.attrib["tests"], suite.attrib["failures"]) == ("3", "1")
        assert [case[0].tag for case in suite] == ["system-out", "system-out", "failure"]

    @given(st.text(st.characters()))
    def test_any_text_is_xml(self, words: str) -> None:
        found = finding(f"a{words}", b"fbq", 0)._replace(message=words)
        told = junit.render(Result((found,), (Skipped(words, words, failed=True),), 1))
        (suite,) = ElementTree.fromstring(told.encode())
        assert suite[0].attrib["name"] == printable(f"a{words}")
        assert suite[1][0].attrib["message"] == printable(words)


class TestOthers:
    """GitLab, rdjson, Markdown."""

    def test_whole(self) -> None:
        scene = Scene(os.path.abspath(os.sep), 1000)
        for format, name in (("gitlab", "report.gitlab.json"), ("rdjson", "report.rdjson"), ("markdown", "report.md")):
            same_as_snapshot(name, render(format, some(), scene))

    def test_gitlab_of_nothing_and_of_equal_findings(self) -> None:
        scene = Scene(os.path.abspath(os.sep), 1000)
        assert render("gitlab", Result((), (), 1), scene) == "[]\n"
        found = finding("a.html", b"fbq fbq", 0)
        told = json.loads(render("gitlab", Result((found, found, found._replace(occurrence=2)), (), 1), scene))
        assert len({row["fingerprint"] for row in told}) == 3
        assert {row["severity"] for row in told} <= {"info", "minor", "major", "critical", "blocker"}

    def test_rdjson_ends_are_exclusive_and_in_bytes(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": f"<p>日😀</p><script>{PIXEL}</script>"})
        (row,) = json.loads(pixellint("check", "a.html", "--format", "rdjson", cwd=tmp_path).out)["diagnostics"]
        data = (tmp_path / "a.html").read_bytes()
        start, end = row["location"]["range"]["start"], row["location"]["range"]["end"]
        assert data[start["column"] - 1 : end["column"] - 1] == PIXEL.removesuffix(";").encode()

    def test_markdown_mentions_nobody_and_makes_no_markup(self) -> None:
        words = "@team #12 <b>x</b> [a](http://b) `c` *d* _e_ f_g ~~h~~ $i$ | \\ &amp; \n # j"
        found = finding(words, b"fbq", 0)._replace(message=words, account=words)
        told = markdown.render(Result((found,), (Skipped(words, words, failed=True),), 1))
        shown = told.replace("Meta Pixel", "")
        assert not re.search(r"@team|(?<!&)#12|<b>|\[a\]|\*d\*|_e_|~~h|\$i", shown)
        assert told.count("\n| ") == 2
        assert markdown.prose("f_g PIXEL_ID a-b (c) d.") == "f_g PIXEL_ID a-b (c) d."

    def test_hidden_findings_are_told(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": f"<script>{PIXEL}</script>"})
        for format in ("github", "markdown", "html"):
            assert "left out" in pixellint("check", "a.html", "--ignore", "meta-pixel", "--format", format, cwd=tmp_path).out

    @pytest.mark.parametrize("format", FORMATS)
    def test_nothing_at_all_and_hostile_text(self, format: str) -> None:
        scene = Scene(os.path.abspath(os.sep), 1000)
        assert render(format, Result((), (), 0), scene)
        related = Related(HOSTILE, Place(1, 1, 0), Place(1, 1, 0), HOSTILE)
        found: Finding = finding(f"a{HOSTILE}.html", b"fbq", 0)._replace(message=HOSTILE, help=HOSTILE, related=(related,), account=HOSTILE)
        told = render(format, Result((found,), (Skipped(HOSTILE, HOSTILE, failed=True),), 1), scene)
        assert told.encode("utf-8")
        if format not in ("json", "sarif", "gitlab", "rdjson"):
            assert "\x1b" not in told
            assert "\u202e" not in told
