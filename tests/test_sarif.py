"""SARIF: what GitHub's code scanning asks for, the fingerprint of a line, and columns in other units."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.findings import Related, Result, Skipped
from linter.reports import sarif
from linter.reports.line_hash import line_hashes
from linter.reports.paths import uri
from linter.reports.units import Line, Texts
from linter.text import Place
from tests.cli_support import finding, pixellint, places, same_as_snapshot
from tests.output_readers import PIXEL, hostile_tree
from tests.test_reports import some

NOWHERE = Texts(lambda path: None, "utf-16")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files with hostile names and texts, each with findings."""
    return hostile_tree(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def log(hostile: Path) -> dict[str, Any]:
    """The log of the hostile folder and a file that is not there."""
    told: dict[str, Any] = json.loads(pixellint("check", ".", "gone.html", "--format", "sarif", cwd=hostile).out)
    return told


class TestSarif:
    """SARIF 2.1.0, by hand: what the schema and the rules of Microsoft's validator ("Sarif;Ghas") ask for, as far as they concern us."""

    def test_log_and_run(self, log: dict[str, Any]) -> None:
        assert log["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
        assert log["version"] == "2.1.0"
        (run,) = log["runs"]
        assert run["columnKind"] == "utf16CodeUnits"
        assert run["automationDetails"]["id"] == "pixellint/"
        assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}
        assert not {"suppressions", "kind"} & {key for result in run["results"] for key in result}

    def test_rules(self, log: dict[str, Any]) -> None:
        """GH1006, GH1018, GH2012, SARIF1001, SARIF1004: ids, names, texts, levels, tags."""
        driver = log["runs"][0]["tool"]["driver"]
        assert re.fullmatch(r"\d+\.\d+\.\d+\S*", driver["semanticVersion"])
        rules = driver["rules"]
        assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in log["runs"][0]["results"]})
        for rule in rules:
            assert re.fullmatch(r"[A-Z][A-Za-z0-9]+", rule["name"])
            assert rule["shortDescription"]["text"].endswith(".")
            assert 0 < len(rule["fullDescription"]["text"]) <= 1024
            assert rule["help"]["text"]
            assert "To do: " in rule["help"]["markdown"]
            assert rule["helpUri"].startswith("https://")
            assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
            assert 0 < len(rule["properties"]["tags"]) <= 20
            assert rule["properties"]["precision"] == "high"
            assert "security-severity" not in rule["properties"]

    def test_results(self, log: dict[str, Any]) -> None:
        """GH1001, GH1003, GH1005, SARIF1002, SARIF1007, SARIF1008, SARIF2001: places, regions, URIs, messages, indices, fingerprints."""
        run = log["runs"][0]
        for result in run["results"]:
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            assert len(result["locations"]) == 1
            for place in [*result["locations"], *result.get("relatedLocations", [])]:
                artifact, region = place["physicalLocation"]["artifactLocation"], place["physicalLocation"]["region"]
                assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", artifact["uri"])
                assert artifact["uriBaseId"] == "%SRCROOT%"
                assert 1 <= region["startLine"] <= region["endLine"]
                assert region["startColumn"] >= 1
                assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
            ids = [place["id"] for place in result.get("relatedLocations", [])]
            assert ids == list(range(1, len(ids) + 1))
            linked = re.findall(r"\]\((\d+)\)", result["message"]["text"].partition("\nSee also: ")[2])
            assert [int(number) for number in linked] == ids
            assert result["message"]["text"].endswith(".")
            assert set(result["partialFingerprints"]) == {"primaryLocationLineHash", "pixellint/v1"}
            assert re.fullmatch(r"[0-9a-f]{1,16}:[1-9]\d*", result["partialFingerprints"]["primaryLocationLineHash"])

    def test_line_hashes_are_those_of_the_files(self, log: dict[str, Any], hostile: Path) -> None:
        by_uri = {uri(path): rolled((hostile / path).read_bytes()) for path in os.listdir(hostile)}
        for result in log["runs"][0]["results"]:
            place = result["locations"][0]["physicalLocation"]
            told = result["partialFingerprints"]["primaryLocationLineHash"]
            assert told == by_uri[place["artifactLocation"]["uri"]][place["region"]["startLine"]]

    def test_snippets_are_the_marked_text(self, log: dict[str, Any]) -> None:
        regions = [result["locations"][0]["physicalLocation"]["region"] for result in log["runs"][0]["results"]]
        assert all("snippet" in region for region in regions)
        assert PIXEL.removesuffix(";") in {region["snippet"]["text"] for region in regions}
        assert "fbq('init',\n  '1029384756102938',\n  {em: x})" in {region["snippet"]["text"] for region in regions}

    def test_what_was_not_read(self, log: dict[str, Any]) -> None:
        (invocation,) = log["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        (notification,) = invocation["toolExecutionNotifications"]
        assert (notification["level"], notification["message"]["text"]) == ("error", "gone.html: missing: no such file or folder.")
        partly = Result((), (Skipped("a.js", "not fully analysed: deadline", failed=True), Skipped("b.png", "binary: .png")), 1)
        (run,) = json.loads(sarif.render(partly, NOWHERE))["runs"]
        assert run["invocations"][0]["executionSuccessful"] is True
        assert [row["level"] for row in run["invocations"][0]["toolExecutionNotifications"]] == ["warning"]

    def test_more_than_code_scanning_takes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
        (run,) = json.loads(sarif.render(some(), NOWHERE))["runs"]
        assert [result["level"] for result in run["results"]] == ["error", "error"]
        assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("2 findings are left out")

    def test_a_message_makes_no_link_of_its_own(self) -> None:
        found = finding("a.html", b"fbq", 0)._replace(message="account [x](1)", related=())
        (result,) = json.loads(sarif.render(Result((found,), (), 1), NOWHERE))["runs"][0]["results"]
        assert result["message"]["text"] == "account \\[x\\](1)."

    def test_whole(self) -> None:
        log = json.loads(sarif.render(some(), NOWHERE))
        for rule in log["runs"][0]["tool"]["driver"]["rules"]:
            rule["help"] = {key: f"{text[:60]} ..." for key, text in rule["help"].items()}
        same_as_snapshot("report.sarif", json.dumps(log, ensure_ascii=False, indent=2) + "\n")


class TestLineHash:
    """GitHub's fingerprint. The vectors are those of the tests of github/codeql-action (src/fingerprints.test.ts)."""

    GREETINGS = "e9496ae3ebfced30 fb7c023a8b9ccb3f ce8ba1a563dcdaca e20e36e16fcb0cc8 b3edc88f2938467e c8e28b0b4002a3a0 c129715d7a2bc9a3"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", "c129715d7a2bc9a3"),
            (" a\nb\n  \t\tc\n d", "271789c17abda88f 54703d4cd895b18 180aee12dab6264 a23a3dc5e078b07b"),
            (
                " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
                "8b7cf3e952e7aeb2 b1ae1287ec4718d9 bff680108adb0fcc c6805c5e1288b612 b86d3392aea1be30 e6ceba753e1a442",
            ),
            (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
            (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS),
            (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
            (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS),
        ],
    )
    def test_known_files(self, text: str, expected: str) -> None:
        told = line_hashes(text.encode(), range(1, 20))
        assert list(told.values()) == [f"{value}:1" for value in expected.split()]
        assert list(told) == list(range(1, len(told) + 1))

    def test_equal_lines_are_counted(self) -> None:
        told = line_hashes(b"Lorem ipsum dolor sit amet.\n" * 10, [1, 6, 7, 8, 11, 12])
        assert told == {
            1: "a7f2ff13bc495cf2:1",
            6: "a7f2ff13bc495cf2:6",
            7: "a7f2ff1481e87703:1",
            8: "a9cf91f7bbf1862b:1",
            11: "c129715d7a2bc9a3:1",
        }

    @given(st.text(st.sampled_from("ab \t\r\n😀é\0\ufeff"), max_size=300), st.binary(max_size=3))
    def test_any_file(self, text: str, odd: bytes) -> None:
        data = (text * 2).encode() + odd
        assert line_hashes(data, range(1, 2000)) == rolled(data)

    def test_a_huge_file_takes_little_time(self) -> None:
        assert len(line_hashes(b"\n" * 1_000_000, [1, 1_000_001])) == 2
        assert len(line_hashes(b"x" * 5_000_000, range(1, 10_000))) == 1


def rolled(data: bytes) -> dict[int, str]:
    """The fingerprints, as the definition has it: a window rolls over the units of the file."""
    units = [int.from_bytes(pair, "little") for pair in _pairs(data.decode("utf-8", "replace").encode("utf-16-le"))]
    kept: list[tuple[int, bool]] = []
    start, after_cr = True, False
    for unit in [*units, 65535]:
        if unit in (32, 9) or (after_cr and unit == 10):
            after_cr = False
            continue
        after_cr = unit == 13
        kept.append((10 if after_cr else unit, start))
        start = kept[-1][0] == 10
    told: dict[int, str] = {}
    counts: dict[int, int] = {}
    padded = [unit for unit, _ in kept] + [0] * 100
    for at, (_, begins) in enumerate(kept):
        if begins:
            value = 0
            for unit in padded[at : at + 100]:
                value = (value * 37 + unit) % 2**64
            counts[value] = counts.get(value, 0) + 1
            told[len(told) + 1] = f"{value:x}:{counts[value]}"
    return told


def _pairs(data: bytes) -> list[bytes]:
    return [data[at : at + 2] for at in range(0, len(data), 2)]


class TestUnits:
    """Columns in other units."""

    @given(st.text(st.sampled_from("aé日😀\ud800\t"), max_size=60), st.integers(1, 20000), st.integers(1, 200))
    def test_any_line(self, piece: str, column: int, times: int) -> None:
        line = piece * times
        column = min(column, len(line) + 1)
        before = line[: column - 1]
        assert Line(line, "utf-16").column(column) == len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1
        assert Line(line, "utf-8").column(column) == len(before.encode("utf-8", "surrogatepass")) + 1

    def test_without_the_file_the_shown_lines_stand_for_it(self) -> None:
        code = "var x = '😀'; fbq('init')"
        (at,) = places(code, "fbq")
        found = finding("a.zip!a.js", code.encode(), at)
        assert NOWHERE.columns(found) == (at + 2, at + 5)
        cut = found._replace(lines=(code[9:],), lines_from=10)
        assert NOWHERE.columns(cut) == (at + 2, at + 5)
        beyond = found._replace(lines=(), start=Place(3, 9, 0), end=Place(9, 1, 0))
        assert NOWHERE.columns(beyond) == (9, 1)

    def test_a_file_that_was_changed_or_made_binary_meanwhile(self) -> None:
        found = finding("a.js", b"\n\n\nfbq", 3)
        assert Texts(lambda path: b"x", "utf-8").columns(found) == (1, 4)
        assert Texts(lambda path: b"\0\0\0\0\x01", "utf-8").columns(found) == (1, 4)

    def test_related_places_in_other_files(self) -> None:
        related = Related("b.js", Place(1, 3, 5), Place(1, 4, 6), "x")
        assert Texts(lambda path: "😀😀fbq".encode(), "utf-16").related_columns(related) == (5, 6)
