"""Configuration: which file holds, what it may say, what is told of what is wrong, own vendors, and what is in force."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.configuration_settings import SCHEMA, SETTINGS, schema_text
from linter.configuration_toml import spot, statements
from tests.cli_support import ENV, git, pixellint, tree

ROOT = Path(__file__).parent.parent
ID = "1029384756102938"
META = f"<script>fbq('init', '{ID}');</script>\n"
TIKTOK = "<script>ttq.load('C1234567890ABCDEF');</script>\n"


def report(root: Path, *words: str) -> dict[str, Any]:
    """The JSON document of a check."""
    outcome = pixellint("check", "--format", "json", *words, cwd=root)
    assert outcome.out, outcome.err
    document: dict[str, Any] = json.loads(outcome.out)
    return document


def found(root: Path, *words: str) -> list[str]:
    return [f"{row['path']} {row['rule']} {row['severity']}" for row in report(root, *words)["findings"]]


def wrong(root: Path, text: str, file: str = "pixellint.toml") -> str:
    """What is told of a configuration that must be refused."""
    tree(root, {file: text, "a.html": META})
    outcome = pixellint("check", "a.html", cwd=root)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("pixellint: error: ")
    return outcome.err.removeprefix("pixellint: error: ")


class TestWhichFile:
    def test_the_nearest_holds_for_each_file(self, tmp_path: Path) -> None:
        """The same for a whole folder, one file, and files as a hook passes them."""
        files = {"pixellint.toml": 'ignore = ["tiktok"]', "a.html": META + TIKTOK, "sub/a.html": META + TIKTOK}
        tree(tmp_path, {**files, "sub/pixellint.toml": 'ignore = ["meta-pixel"]'})
        expected = ["a.html meta-pixel/init error", "sub/a.html tiktok/init error"]
        assert found(tmp_path) == expected
        assert found(tmp_path, "a.html", "sub/a.html") == expected
        assert found(tmp_path, "sub/a.html") == expected[1:]
        assert found(tmp_path / "sub", ".") == ["a.html tiktok/init error"]

    def test_below_a_folder_without_one(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": META, "sub/a.html": META, "sub/pixellint.toml": 'ignore = ["meta-pixel"]'})
        assert found(tmp_path) == ["a.html meta-pixel/init error"]

    def test_pyproject(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pyproject.toml": '[tool.other]\nx = 1\n[tool.pixellint]\nignore = ["tiktok"]\n', "a.html": META + TIKTOK})
        assert found(tmp_path, "a.html") == ["a.html meta-pixel/init error"]
        tree(tmp_path, {"sub/pyproject.toml": "[tool.other]\n", "sub/a.html": TIKTOK})
        assert found(tmp_path, "sub/a.html") == []
        assert "pyproject.toml:2:1: unknown key 'ignored'" in wrong(tmp_path, "[tool.pixellint]\nignored = []\n", "pyproject.toml")

    def test_not_above_the_repository_nor_in_the_home_folder(self, tmp_path: Path) -> None:
        tree(
            tmp_path,
            {"pixellint.toml": "wrong = 1", "repository/a.html": META, "home/pixellint.toml": "wrong = 1", "home/site/a.html": META},
        )
        git(tree(tmp_path / "repository", {}), "init")
        assert found(tmp_path / "repository") == ["a.html meta-pixel/init error"]
        assert pixellint("check", cwd=tmp_path / "home/site", env={"HOME": str(tmp_path / "home")}).status == 1
        assert pixellint("check", cwd=tmp_path / "home/site").status == 2

    def test_config_and_isolated(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pixellint.toml": 'ignore = ["tiktok"]', "other.toml": 'ignore = ["meta-pixel"]', "a.html": META + TIKTOK})
        assert found(tmp_path, "--config", "other.toml", "a.html") == ["a.html tiktok/init error"]
        assert len(found(tmp_path, "--isolated", "a.html")) == 2
        assert "there is no file nope.toml" in pixellint("check", "--config", "nope.toml", cwd=tmp_path).err
        assert pixellint("check", "--config", "other.toml", "--isolated", cwd=tmp_path).status == 2

    def test_a_link_out_of_the_repository_is_not_followed(self, tmp_path: Path) -> None:
        """Else a message could show a line of any file."""
        tree(tmp_path, {"secret": "token = 1\n"})
        git(tree(tmp_path / "site", {"pixellint.toml": "-> ../secret", "a.html": ""}), "init")
        outcome = pixellint("check", cwd=tmp_path / "site")
        assert (outcome.status, "token" in outcome.err, "leads out of the repository" in outcome.err) == (2, False, True)

    def test_standard_input(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pixellint.toml": 'ignore = ["meta-pixel"]'})
        assert pixellint("check", "-", "--stdin-filename", "a.html", cwd=tmp_path, stdin=META).status == 0

    def test_without_one_nothing_more_is_imported(self, tmp_path: Path) -> None:
        tree(tmp_path, {"a.html": "<p>", "pyproject.toml": "[tool.other]\n"})
        heavy = "tomllib datetime fnmatch pathspec linter.configuration linter.configuration_types linter.suppressions linter.agreements"
        heavy += " linter.baseline linter.suppression_comments hashlib"
        code = (
            "import sys, os, io; from linter.__main__ import main\n"
            "assert main(['check', 'a.html'], sys.stdin, io.StringIO(), sys.stderr, os.environ, os.getcwd()) == 0\n"
            f"print(*sorted(set({heavy.split()}) & set(sys.modules)))"
        )
        env = {**ENV, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=True)
        assert done.stdout.strip() == b""


class TestExtends:
    def test_the_nearest_file_wins(self, tmp_path: Path) -> None:
        base = 'ignore = ["tiktok"]\nfail-on = "never"\n[severity]\n"meta-pixel/*" = "note"\n"tiktok/*" = "note"\n'
        tree(tmp_path, {"base.toml": base, "sub/a.html": META + TIKTOK})
        tree(tmp_path, {"sub/pixellint.toml": 'extends = "../base.toml"\nignore = []\n[severity]\n"tiktok/*" = "warning"\n'})
        assert found(tmp_path, "sub") == ["sub/a.html meta-pixel/init note", "sub/a.html tiktok/init warning"]
        assert pixellint("check", "sub", cwd=tmp_path).status == 0

    def test_patterns_start_at_their_own_file(self, tmp_path: Path) -> None:
        tree(tmp_path, {"base.toml": 'exclude = ["/sub/old/"]', "sub/old/a.html": META, "sub/sub/old/a.html": META})
        tree(tmp_path, {"sub/pixellint.toml": 'extends = "../base.toml"\n'})
        assert found(tmp_path, "sub") == ["sub/sub/old/a.html meta-pixel/init error"]

    def test_cycles(self, tmp_path: Path) -> None:
        tree(tmp_path, {"b.toml": 'extends = "pixellint.toml"'})
        told = wrong(tmp_path, 'extends = "b.toml"')
        assert told.startswith("b.toml:1:12: extends: the files extend one another: pixellint.toml -> b.toml -> pixellint.toml\n")

    def test_missing_and_outside(self, tmp_path: Path) -> None:
        assert "pixellint.toml:1:12: extends: there is no file 'nope.toml'" in wrong(tmp_path, 'extends = "nope.toml"')
        git(tree(tmp_path / "in", {"a.html": ""}), "init")
        tree(tmp_path, {"out.toml": "fail-on = 'never'"})
        assert "'../out.toml' lies outside of the repository" in wrong(tmp_path / "in", 'extends = "../out.toml"')


class TestSettings:
    def test_select_and_ignore(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pixellint.toml": 'select = ["*/init"]\nignore = ["tiktok/*"]', "a.html": META + TIKTOK})
        assert found(tmp_path, "a.html") == ["a.html meta-pixel/init error"]
        assert found(tmp_path, "--ignore", "meta-pixel", "a.html") == ["a.html tiktok/init error"]

    def test_fail_on(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pixellint.toml": 'fail-on = "never"', "a.html": META})
        assert pixellint("check", "a.html", cwd=tmp_path).status == 0
        assert pixellint("check", "--fail-on", "error", "a.html", cwd=tmp_path).status == 1

    def test_exclude_holds_for_named_files_and_is_listed(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pixellint.toml": 'exclude = ["old/", "*.bak.html", "!keep.bak.html"]', "old/a.html": META, "x.bak.html": META})
        tree(tmp_path, {"keep.bak.html": META, "b.html": "<p>"})
        for words in ([], ["old/a.html", "x.bak.html", "keep.bak.html", "b.html"]):
            document = report(tmp_path, *words)
            assert [row["path"] for row in document["findings"]] == ["keep.bak.html"]
            assert document["skipped"] == [
                {"path": "old/a.html", "reason": "excluded by configuration: old/"},
                {"path": "x.bak.html", "reason": "excluded by configuration: *.bak.html"},
            ]
        assert pixellint("check", "old/a.html", cwd=tmp_path).status == 0

    def test_per_file_ignores(self, tmp_path: Path) -> None:
        tree(
            tmp_path, {"pixellint.toml": '[per-file-ignores]\n"demo/**" = ["meta-pixel/*"]\n', "demo/a.html": META + TIKTOK, "a.html": META}
        )
        assert found(tmp_path) == ["a.html meta-pixel/init error", "demo/a.html tiktok/init error"]
        assert "1 finding left out" in pixellint("check", cwd=tmp_path).out

    def test_severity(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pixellint.toml": '[severity]\n"*/init" = "note"\n"tiktok/*" = "warning"\n', "a.html": META + TIKTOK})
        assert found(tmp_path, "a.html") == ["a.html meta-pixel/init note", "a.html tiktok/init warning"]
        tree(tmp_path, {"pixellint.toml": '[severity]\n"*" = "error"\n', "a.html": f"<!-- {META} -->"})
        assert found(tmp_path, "a.html") == ["a.html meta-pixel/init note"]

    def test_max_size_and_jobs(self, tmp_path: Path) -> None:
        tree(tmp_path, {"pixellint.toml": 'max-size = "1kb"\njobs = 2', "a.html": META + " " * 2000})
        assert report(tmp_path, "a.html")["skipped"][0]["reason"].startswith("too large")
        assert found(tmp_path, "--max-size", "1mb", "a.html") == ["a.html meta-pixel/init error"]

    def test_pages(self, tmp_path: Path) -> None:
        head = "<!doctype html><html><head><title>x</title>"
        page = f'{head}<script async src="https://www.googletagmanager.com/gtag/js?id=G-MPL7ST4X2Q"></script>\n'
        files = {"index.html": "<!doctype html><html><title>x</title></html>", "x1.html": f"{page}</head><body></body></html>"}
        tree(tmp_path, {**files})
        assert found(tmp_path) == ["x1.html google-analytics/loader warning"]
        tree(tmp_path, {"pixellint.toml": '[pages]\n"x*.html" = "appointment"\n'})
        document = report(tmp_path)
        assert {row["page"]: row["kind"] for row in document["pages"]}["x1.html"] == "appointment"
        assert found(tmp_path) == ["x1.html google-analytics/loader error"]

    def test_suppress_by_path(self, tmp_path: Path) -> None:
        entry = '[[suppress]]\nrule = "meta-pixel/*"\npath = "a.json"\nreason = "a copy"\n'
        tree(tmp_path, {"pixellint.toml": entry, "a.json": json.dumps({"head": META}), "b.html": META})
        document = report(tmp_path)
        assert [row["path"] for row in document["findings"]] == ["b.html"]
        assert (document["suppressed"][0]["by"], document["suppressed"][0]["reason"]) == ("configuration", "a copy")

    def test_suppress_by_container_and_tag(self, tmp_path: Path) -> None:
        tree(tmp_path, {"c.json": CONTAINER})
        assert len(found(tmp_path, "c.json")) == 2
        for place, kept in (
            ('tag = "7"', 1),
            ('tag = "Meta*"', 1),
            ('container = "GTM-ABC123"', 0),
            ('container = "GTM-OTHER"', 2),
            ('tag = "9"', 2),
        ):
            tree(tmp_path, {"pixellint.toml": f'[[suppress]]\nrule = "*/*"\n{place}\nreason = "paused on Monday"\n'})
            assert len(found(tmp_path, "c.json")) == kept, place

    def test_unused_and_expired_entries(self, tmp_path: Path) -> None:
        """An entry is called unused only where the run saw everything that it is for."""
        entry = '\n[[suppress]]\nrule = "meta-pixel/*"\npath = "b.html"\nreason = "gone"\n'
        tree(tmp_path, {"pixellint.toml": entry, "a.html": META})
        document = report(tmp_path)
        assert [(row["path"], row["rule"], row["start"]["line"]) for row in document["findings"]] == [
            ("a.html", "meta-pixel/init", 1),
            ("pixellint.toml", "pixellint/unused-suppression", 3),
        ]
        assert found(tmp_path, "a.html") == ["a.html meta-pixel/init error"]
        tree(tmp_path, {"pixellint.toml": f"{entry}until = 2020-01-01\n"})
        assert "pixellint.toml pixellint/expired-suppression warning" in found(tmp_path, "a.html")


def _tag(number: int, name: str, html: str) -> dict[str, Any]:
    parameter = [{"type": "template", "key": "html", "value": html}]
    return {
        "accountId": "1",
        "containerId": "2",
        "tagId": str(number),
        "name": name,
        "type": "html",
        "parameter": parameter,
        "firingTriggerId": ["2147479553"],
    }


CONTAINER = json.dumps(
    {
        "exportFormatVersion": 2,
        "containerVersion": {
            "container": {"publicId": "GTM-ABC123", "usageContext": ["WEB"]},
            "tag": [_tag(7, "Meta base", META), _tag(8, "Other", TIKTOK)],
        },
    },
    indent=1,
)


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("selct = []", "pixellint.toml:1:1: unknown key 'selct'; did you mean 'select'?\n  |\n1 | selct = []\n  | ^^^^^\n"),
            ("xyz = 1", "pixellint.toml:1:1: unknown key 'xyz'; known are extends, select,"),
            (
                '\n\nignore = ["*/init",\n  "meta-pixle/init"]',
                "pixellint.toml:4:4: no rule is called 'meta-pixle/init'; did you mean 'meta-pixel/init'?",
            ),
            ('ignore = ["tiktik"]', "pixellint.toml:1:12: no rule is called 'tiktik'; did you mean 'tiktok'?"),
            ('fail-on = "eror"', "pixellint.toml:1:12: fail-on: 'eror' is none of error, warning, note, never; did you mean 'error'?"),
            ('select = "*"', "pixellint.toml:1:1: select must be a list of texts, not a text"),
            ("select = [1]", "pixellint.toml:1:1: select must be a text, not a number"),
            ("jobs = 0", "pixellint.toml:1:1: jobs: 0 is no whole number from 1 to 999"),
            ("jobs = true", "jobs: True is no whole number"),
            ('max-size = "big"', "pixellint.toml:1:13: max-size: 'big' is no size such as 50MB"),
            ('exclude = ["**/*a*b*c*d*e"]', "has more than 5 stars"),
            ('exclude = ["# x"]', "'# x' is no pattern of files"),
            ("severity = 1", "pixellint.toml:1:1: severity must be a table, not a number"),
            ('[severity]\n"meta-pixel/*" = "grave"', "pixellint.toml:2:19: severity.meta-pixel/*: 'grave' is none of error, warning, note"),
            ('[severity]\n"nope/*" = "note"', "pixellint.toml:2:2: no rule is called 'nope/*'"),
            (
                '[pages]\n"a.html" = "appointmnt"',
                "pixellint.toml:2:13: no kind of page is called 'appointmnt'; did you mean 'appointment'?",
            ),
            ('[per-file-ignores]\n"a" = "x"', "per-file-ignores.a must be a list of texts"),
            ("suppress = 1", "suppress must be written as [[suppress]] tables"),
            ('[[suppress]]\nrule = "*"\npath = "a"', "pixellint.toml:1:3: suppress: reason is missing"),
            ('[[suppress]]\nrule = "*"\nreason = "x"', "suppress: one of container, tag, path is needed"),
            ('[[suppress]]\nrule = "nope"\nreason = "x"\npath = "a"', "pixellint.toml:2:9: no rule is called 'nope'"),
            (
                '[[suppress]]\nrule = "*"\nreason = "x"\npath = "a"\nuntil = "soon"',
                "pixellint.toml:5:10: suppress.until: 'soon' is no date",
            ),
            ("select = [", "pixellint.toml:1:11: this is no TOML: "),
            ("a = 1\na = 2", "pixellint.toml:2:"),
            ('rules = ["nope/*.toml"]', "pixellint.toml:1:11: rules: there is no file 'nope/*.toml'"),
            ('rules = ["../x.toml"]', "rules: there is no file"),
            ('rules = ["a.html"]', "rules: 'a.html' is no leaflet (a .toml file)"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_place(self, tmp_path: Path, text: str, told: str) -> None:
        assert told in wrong(tmp_path, text)

    def test_all_at_once(self, tmp_path: Path) -> None:
        told = wrong(tmp_path, "selct = []\njobs = 0\nfail-on = 1\n")
        assert [line.split(": ")[0] for line in told.split("\n") if line.startswith("pixellint.toml")] == [
            "pixellint.toml:1:1", "pixellint.toml:2:1", "pixellint.toml:3:1",
        ]  # fmt: skip

    @pytest.mark.parametrize("data", [b"\xff\xfe", b"select = [" + b"[" * 50_000, b'a = "\\', b"\0", b"=\n", b"[" * 3000])
    def test_odd_bytes(self, tmp_path: Path, data: bytes) -> None:
        tree(tmp_path, {"pixellint.toml": data, "a.html": META})
        outcome = pixellint("check", "a.html", cwd=tmp_path)
        assert (outcome.status, outcome.out, "internal error" in outcome.err) == (2, "", False)

    @given(st.text(alphabet="[]\"'=.,# \nab\\{}1", max_size=80))
    def test_places_of_any_text(self, text: str) -> None:
        known = statements(text)
        at = spot(text, known, ("a", "b", 0), "x")
        assert at.line >= 1
        assert 1 <= at.column <= len(at.text) + 1

    def test_places(self) -> None:
        text = 'a.b = 1\n[t."x y"]\nk = """\nz = 1\n""" # c\n[[s]]\nr = 1\n[[s]]\nr = [\n 2,\n]\n[s.q]\nw = 1\n'
        known = statements(text)
        lines = {trail: spot(text, known, trail).line for trail in known}
        assert lines == {
            ("a",): 1, ("a", "b"): 1, ("t", "x y"): 2, ("t", "x y", "k"): 3, ("s", 0): 6, ("s", 0, "r"): 7, ("s", 1): 8, ("s", 1, "r"): 9,
            ("s", 1, "q"): 12, ("s", 1, "q", "w"): 13,
        }  # fmt: skip


LEAFLET = """id = "acme-clicks"
name = "Acme Clicks"
company = "Acme"
category = "analytics"
severity = "warning"
consequence = "tells Acme which page each visitor opens"
last_reviewed = 2026-11-22
hosts = ["clicks.acme.example"]
[baa]
status = "not-verified"
statement = "Not verified: nothing was read."
[text]
what = "x"
why = "x"
how_in = "x"
remove = "x"
instead = "x"
[[url]]
match = "clicks.acme.example/t.js"
kind = "loader"
[[case]]
name = "the script"
file = "a.html"
code = '''<script src="https://clicks.acme.example/t.js"></script>'''
find = [{ rule = "acme-clicks/loader", text = "https://clicks.acme.example/t.js" }]
[[case]]
name = "a link"
file = "a.html"
code = '''<a href="https://acme.example/">Acme</a>'''
find = []
"""
ACME = '<script src="https://clicks.acme.example/t.js"></script>\n'


class TestOwnVendors:
    def files(self, root: Path, leaflet: str = LEAFLET) -> None:
        tree(root, {"pixellint.toml": 'rules = ["tracking/*.toml"]\n', "tracking/acme-clicks.toml": leaflet, "a.html": ACME + META})

    def test_they_are_found_like_others(self, tmp_path: Path) -> None:
        self.files(tmp_path)
        assert found(tmp_path, "a.html") == ["a.html acme-clicks/loader warning", "a.html meta-pixel/init error"]
        assert found(tmp_path, "--select", "acme-clicks", "a.html") == ["a.html acme-clicks/loader warning"]
        assert "Acme Clicks" in pixellint("vendors", cwd=tmp_path).out
        assert "Acme Clicks" in pixellint("rule", "acme-clicks", cwd=tmp_path).out

    def test_they_are_gone_with_the_configuration(self, tmp_path: Path) -> None:
        self.files(tmp_path)
        assert found(tmp_path, "--isolated", "a.html") == ["a.html meta-pixel/init error"]

    def test_their_leaflets_are_not_read_as_a_part_of_the_site(self, tmp_path: Path) -> None:
        self.files(tmp_path, LEAFLET.replace("<a href", META.strip() + "<a href"))
        document = report(tmp_path)
        assert {row["path"] for row in document["findings"]} == {"a.html"}
        assert {"path": "tracking/acme-clicks.toml", "reason": "own rules: a leaflet that the configuration names"} in document["skipped"]

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_in_every_process(self, tmp_path: Path, jobs: str) -> None:
        self.files(tmp_path)
        tree(tmp_path, {"b.html": ACME})
        assert len([row for row in found(tmp_path, "--jobs", jobs) if "acme" in row]) == 2

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (("acme-clicks", "meta-pixel"), "id 'meta-pixel' is not the file's name 'acme-clicks'"),
            (('severity = "warning"', ""), "severity is missing"),
            (('kind = "loader"', 'kind = "loadr"'), "tracking/acme-clicks.toml:18:3: [[url]] has the unknown kind 'loadr'"),
            (("find = []", 'find = [{ rule = "x" }]'), "cases that must and that must not match are needed"),
            (('aliases', 'aliases'), ""),
            (('match = "clicks.acme.example/t.js"', "match = 1"), "has not the form"),
            (("[baa]\nstatus", "baa = 1\n[x]\nstatus"), "has not the form"),
            (("hosts = [", "hosts = [["), "this is no TOML"),
            (('id = "acme-clicks"', 'id = "acme-clicks"\naliases = ["meta-pixel"]'), "'meta-pixel' is a vendor of the catalog already"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_in_a_leaflet(self, tmp_path: Path, change: tuple[str, str], told: str) -> None:
        self.files(tmp_path, LEAFLET.replace(*change, 1) if told else LEAFLET)
        outcome = pixellint("check", "a.html", cwd=tmp_path)
        assert outcome.status == (2 if told else 1)
        assert told in outcome.err
        assert "internal error" not in outcome.err

    def test_outside_of_the_repository(self, tmp_path: Path) -> None:
        tree(tmp_path, {"acme-clicks.toml": LEAFLET})
        git(tree(tmp_path / "in", {"link.toml": "-> ../acme-clicks.toml"}), "init")
        for path in ("../acme-clicks.toml", "link.toml", str(tmp_path / "acme-clicks.toml")):
            assert "lies outside of the repository" in wrong(tmp_path / "in", f"rules = [{json.dumps(path)}]")

    def test_their_cases(self, tmp_path: Path) -> None:
        self.files(tmp_path)
        for words in ([], ["tracking/acme-clicks.toml"]):
            outcome = pixellint("test-rules", *words, cwd=tmp_path)
            assert (outcome.status, outcome.out) == (0, "2 cases of 1 leaflet, 0 failed\n")
        self.files(
            tmp_path,
            LEAFLET.replace('text = "https://clicks', 'text = "http://clicks').replace(
                'href="https://acme', f'x="">{ACME}<a href="https://acme'
            ),
        )
        outcome = pixellint("test-rules", cwd=tmp_path)
        assert outcome.status == 1
        assert "acme-clicks: the script: finding 1: text is 'https://clicks.acme.example/t.js', not 'http://" in outcome.out
        assert (
            "acme-clicks: a link: acme-clicks/loader is found in line 1, but should not be\n2 cases of 1 leaflet, 2 failed\n" in outcome.out
        )
        assert pixellint("test-rules", "a.html", cwd=tmp_path).status == 2


class TestWhatIsInForce:
    def test_each_setting_and_where_it_comes_from(self, tmp_path: Path) -> None:
        tree(tmp_path, {"base.toml": 'fail-on = "error"\n[severity]\n"tiktok/*" = "note"\n', "site/a.html": ""})
        tree(tmp_path, {"pixellint.toml": 'extends = "base.toml"\n\nignore = ["tiktok"]\n[severity]\n"meta-pixel/*" = "warning"\n'})
        outcome = pixellint("config", "site/a.html", cwd=tmp_path)
        assert (outcome.status, outcome.err) == (0, "")
        lines = outcome.out.splitlines()
        assert lines[0] == "Configuration for site/a.html: pixellint.toml"
        for line in (
            'fail-on = "error"  # base.toml:1',
            'ignore = ["tiktok"]  # pixellint.toml:3',
            'severity."meta-pixel/*" = "warning"  # pixellint.toml:5',
            'severity."tiktok/*" = "note"  # base.toml:3',
            'max-size = "10MB"  # default',
        ):
            assert line in lines
        document = json.loads(pixellint("config", "--format", "json", cwd=tmp_path).out)
        rows = {row["setting"]: (row["value"], row["from"]) for row in document["settings"]}
        assert (document["file"], rows["fail-on"], rows["jobs"]) == ("pixellint.toml", ("error", "base.toml:1"), ("as many as pay", None))

    def test_none(self, tmp_path: Path) -> None:
        assert pixellint("config", cwd=tmp_path).out.startswith("Configuration for .: none")
        assert pixellint("config", "nope", cwd=tmp_path).status == 2
        assert pixellint("config", "--format", "xml", cwd=tmp_path).status == 2


def test_the_schema_is_up_to_date() -> None:
    """Run `python -m linter.configuration_settings` where it is not."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    assert set(json.loads(schema_text())["properties"]) == set(SETTINGS.fields)


def test_readme_tells_of_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    if "pixellint.toml" in readme:
        assert [key for key in SETTINGS.fields if f"`{key}`" not in readme and f"`[{key}" not in readme and f"`[[{key}" not in readme] == []


def test_nothing_from_a_configuration_is_run(tmp_path: Path) -> None:
    """Own leaflets and configurations are data, whatever their names."""
    trap = f"import os\nopen({str(tmp_path / 'ran')!r}, 'w')\n"
    tree(tmp_path, {"pixellint.toml": 'rules = ["rules.py"]', "rules.py": trap, "pixellint.py": trap, "a.html": META})
    assert pixellint("check", "a.html", cwd=tmp_path).status == 2
    assert not os.path.exists(tmp_path / "ran")
