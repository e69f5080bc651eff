"""The documents say what is so: commands run, the output shown is the output, tables are whole, links lead somewhere."""

import ast
import json
import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from linter import __version__
from linter.catalog import load_catalog
from linter.cli import app
from linter.kinds import KINDS
from linter.languages import READERS, by_name
from linter.leaflets import EVIDENCE_TABLES, load_leaflets
from tests.cli_support import pixellint
from tests.containers import export

ROOT = Path(__file__).parent.parent
DOCUMENTS = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("*.md")}
README, CONTRIBUTING = DOCUMENTS["README.md"], DOCUMENTS["CONTRIBUTING.md"]
SHOWN = ["check", "examples/practice-site/index.html", "examples/practice-site/content"]
FIRST = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/pixellint check examples/practice-site"
TESTS = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/python -m pytest"


def blocks(document: str) -> list[str]:
    """The fenced blocks of a document."""
    return re.findall(r"^```\w*\n(.*?)^```", document, re.M | re.S)


def section(document: str, name: str) -> str:
    """The text between `<!-- name -->` and `<!-- /name -->`."""
    return document.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0]


def module_table() -> str:
    """A line for each module of the package that the rest of CONTRIBUTING does not tell of: the first sentence of its docstring."""
    rest = CONTRIBUTING.replace(section(CONTRIBUTING, "modules"), "")
    told = set(re.findall(r"`(?:linter/)?(?:readers/)?(\w+\.py)`", rest))
    rows = []
    for path in sorted(ROOT.glob("linter/**/*.py")):
        name = path.relative_to(ROOT / "linter").as_posix()
        if path.name != "__init__.py" and not ((path.name in told and name.count("/") == 0) or name in {f"readers/{one}" for one in told}):
            said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
            rows.append(f"| `{name}` | {said.replace('|', chr(92) + '|')} |")
    return "\n\n| module below `linter/` | what it does |\n|---|---|\n" + "\n".join(rows) + "\n\n"


def same_as_section(name: str, expected: str, file: str = "README.md") -> None:
    """Compares a part of a document with what is so; `UPDATE_SNAPSHOTS=1` in the environment writes it anew."""
    path = ROOT / file
    document = path.read_text(encoding="utf-8")
    told = section(document, name)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        marks = f"<!-- {name} -->", f"<!-- /{name} -->"
        path.write_text(document.replace(told.join(marks), expected.join(marks)), encoding="utf-8", newline="\n")
        return
    assert told == expected


def commands(document: str) -> list[list[str]]:
    """The `pixellint` command lines in a document's blocks, as words, comments and redirections cut off."""
    lines = [line for block in blocks(document) for line in block.splitlines() if re.match(r"(?:cat \S+ \| |\$ )?pixellint ", line)]
    words = [shlex.split(line.partition("pixellint ")[2], comments=True) for line in lines]
    return [line[: line.index(">")] if ">" in line else line for line in words]


class TestReadme:
    """README.md."""

    def test_the_two_commands(self) -> None:
        assert [block.strip() for block in blocks(README)][:2] == [FIRST, TESTS]

    def test_the_first_command_finds_pixels_in_every_part_of_the_example(self) -> None:
        outcome = pixellint(*shlex.split(FIRST.partition("bin/pixellint ")[2]), "--format", "json", cwd=ROOT)
        document = json.loads(outcome.out)
        assert (outcome.status, outcome.err, document["skipped"]) == (1, "", [])
        found = {row["path"].removeprefix("examples/practice-site/") for row in document["findings"]}
        table = (ROOT / "examples" / "practice-site" / "README.md").read_text(encoding="utf-8")
        assert found == set(re.findall(r"^\| `(\S+)`", table, re.M)) - {"about.html"}
        assert {row["severity"] for row in document["findings"]} == {"error", "warning", "note"}
        assert {row["state"] for row in document["findings"]} == {"active", "consent-gated", "dormant"}

    def test_the_output_shown_is_the_output(self) -> None:
        outcome = pixellint(*SHOWN, cwd=ROOT)
        assert (outcome.status, outcome.err) == (1, "")
        same_as_section("output", f"\n```\n$ pixellint {' '.join(SHOWN)}\n{outcome.out}```\n")

    def test_the_output_fits_on_a_screen(self) -> None:
        assert 20 < section(README, "output").count("\n") < 50

    def test_the_number_of_vendors(self) -> None:
        same_as_section("vendors", str(len(load_catalog().vendors)))

    def test_every_option_is_told(self) -> None:
        command: Any = get_command(app)
        options = {option for parameter in command.commands["check"].params for option in parameter.opts if option.startswith("--")}
        told = set(re.findall(r"^\| `(--[\w-]+)", README, re.M))
        assert told == options

    @pytest.mark.parametrize("words", commands(README), ids=" ".join)
    def test_every_command_line_is_taken(self, words: list[str], tmp_path: Path) -> None:
        for name in ("page.html", "index.html", "examples/practice-site/index.html", "examples/practice-site/content/a.json"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("<p>", encoding="utf-8")
        (tmp_path / "theme").mkdir()
        (tmp_path / "theme/header.php").write_text("<p>\n" * 20, encoding="utf-8")
        (tmp_path / "gtm").mkdir()
        (tmp_path / "gtm/container.json").write_bytes(export([]))
        if words[-1] in ("--staged", "origin/main"):
            for line in ("init -q", "add -A", "commit -qm x", "update-ref refs/remotes/origin/main HEAD"):
                subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.com", *line.split()], cwd=tmp_path, check=True)
        assert pixellint(*words, cwd=tmp_path, stdin="<p>").status == 0

    def test_every_key_of_the_json_document_is_told(self) -> None:
        document = json.loads(pixellint(*SHOWN, "--format", "json", cwd=ROOT).out)
        told = section(README.replace("### The JSON document", "<!-- json -->").replace("## What it reads", "<!-- /json -->"), "json")
        finding = next(row for row in document["findings"] if row["related"])
        for keys in (document, finding, document["summary"], finding["start"], finding["related"][0], document["tool"]):
            assert [key for key in keys if not re.search(rf"[`.]{key}(?:\[\])?`", told)] == []

    def test_every_reader_and_only_known_endings_are_told(self) -> None:
        table = section(README.replace("## What it reads", "<!-- reads -->").replace("Any of these inside", "<!-- /reads -->"), "reads")
        assert [name for name in READERS if f"`{name}`" not in table] == []
        assert [ending for ending in re.findall(r"(?<=[` ])\.[\w.]+(?=[ `])", table) if by_name(f"x{ending}") is None] == []

    def test_the_statement_on_packages_is_true(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        names = {re.split(r"[\[<>=!~; ]", line)[0] for line in project["dependencies"]}
        assert {"tree-sitter-typescript", "tree-sitter-php", "typer-slim"} <= names
        assert not {"tree-sitter-languages", "tree-sitter-language-pack", "tree-sitter-javascript", "typer"} & names


class TestContributing:
    """CONTRIBUTING.md."""

    def test_it_opens_with_what_is_refused(self) -> None:
        assert CONTRIBUTING.split("\n## ")[1].startswith("What we refuse")

    def test_the_test_command_is_readme_s(self) -> None:
        assert TESTS in [block.strip() for block in blocks(CONTRIBUTING)]

    def test_every_module_has_its_line(self) -> None:
        same_as_section("modules", module_table(), "CONTRIBUTING.md")
        told = set(re.findall(r"`(?:linter/)?(?:[a-z]+/)*(\w+\.py)`", CONTRIBUTING))
        assert sorted(name for name in told - {path.name for path in ROOT.glob("linter/**/*.py")} if not name.startswith("test_")) == []
        packages = {path.parent.name for path in ROOT.glob("linter/*/__init__.py")}
        assert packages == set(re.findall(r"`linter/(\w+)/`", CONTRIBUTING))

    @pytest.mark.parametrize("leaflet", load_leaflets(), ids=lambda leaflet: leaflet["id"])
    def test_every_field_of_a_leaflet_is_told(self, leaflet: dict[str, Any]) -> None:
        told = set(re.findall(r"`\"?(?:\[+(?:baa\.)?)?([\w-]+)", CONTRIBUTING))
        fields = set(leaflet) | set(leaflet["baa"]) | set(leaflet["text"])
        for table in (*EVIDENCE_TABLES, "case", "sources"):
            fields |= {key for row in leaflet.get(table, ()) for key in row}
        fields |= {key for case in leaflet["case"] for row in case["find"] for key in row}
        assert sorted(fields - told - {"kinds"}) == []

    def test_every_kind_table_and_ecosystem_is_told(self) -> None:
        assert [kind for kind in KINDS if f"`{kind}`" not in CONTRIBUTING] == []
        assert [table for table in EVIDENCE_TABLES if f"**`[[{table}]]`**" not in CONTRIBUTING] == []
        used = {row.get("ecosystem", "npm") for leaflet in load_leaflets() for row in leaflet.get("package", ())}
        assert [name for name in used if f"`{name}`" not in CONTRIBUTING] == []


def test_the_changelog_has_this_version() -> None:
    versions = re.findall(r"^## \[(.+?)\](?: - \d{4}-\d\d-\d\d)?$", DOCUMENTS["CHANGELOG.md"], re.M)
    assert versions[:2] == ["Unreleased", __version__]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_to_files_lead_somewhere(name: str) -> None:
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", DOCUMENTS[name]) if "://" not in target]
    assert [target for target in targets if not (ROOT / target.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_are_named_exist(name: str) -> None:
    named = re.findall(r"`((?:tests|linter|rules|examples|benchmarks)/[\w./-]+\.\w+)`", DOCUMENTS[name])
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_external_link_of_readme_is_https() -> None:
    assert re.findall(r"http://\S+", README) == []


def test_the_ci_script_runs_readme_s_commands() -> None:
    """It takes them from README, so that what CI runs is what README says."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "pip install -e" not in script
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in script
