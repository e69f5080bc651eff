"""`pixellint plan`: whole outputs for small made-up repositories, what plans are made of, and odd input."""

import io
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from linter.commands import CLEAN, FOUND, Context
from linter.findings import Finding
from linter.options import OptionError, check_options
from linter.plan_commands import plan
from linter.plans.model import PHASES, FixNote
from tests.cli_support import ENV, same_as_snapshot, tree
from tests.plans_support import BASE, HARDCODED, ID, SERVER, SITES, WORDPRESS, page, planned, some_fixes


@pytest.mark.parametrize("name", SITES)
def test_the_whole_plan_as_text(name: str, tmp_path: Path) -> None:
    same_as_snapshot(f"plan-{name}.txt", planned(tmp_path, SITES[name]))


@pytest.mark.parametrize("name", ["hardcoded", "wordpress"])
def test_the_whole_plan_as_the_body_of_an_issue(name: str, tmp_path: Path) -> None:
    same_as_snapshot(f"plan-{name}.md", planned(tmp_path, SITES[name], "markdown"))


def test_the_whole_plan_as_json(tmp_path: Path) -> None:
    same_as_snapshot("plan-server.json", planned(tmp_path, SERVER, "json"))


def test_what_only_verbose_text_says(tmp_path: Path) -> None:
    out = io.StringIO()
    tree(tmp_path, WORDPRESS)
    options = check_options((".",), isolated=True, verbose=True)
    plan(options, "text", Context(io.StringIO(), out, io.StringIO(), ENV, str(tmp_path)))
    assert "see https://developer.wordpress.org/cli/commands/plugin/uninstall/ (2026-11-23)\n" in out.getvalue()


def made(folder: Path, files: Mapping[str, str | bytes], *select: str) -> dict[str, Any]:
    """The JSON document of a repository."""
    document: dict[str, Any] = json.loads(planned(folder, files, "json", some_fixes, *select))
    return document


def texts(plan: dict[str, Any], phase: str) -> list[str]:
    """What the steps of a phase say."""
    return [step["text"] for step in plan["steps"] if step["phase"] == phase]


@pytest.mark.parametrize("name", SITES)
def test_each_plan_is_whole_and_in_order(name: str, tmp_path: Path) -> None:
    order = list(PHASES)
    for one in made(tmp_path, SITES[name])["plans"]:
        phases = [order.index(step["phase"]) for step in one["steps"]]
        assert phases == sorted(phases)
        assert {"remove", "left", "partner", "publish", "verify", "record"} <= {step["phase"] for step in one["steps"]}
        assert len({json.dumps(step) for step in one["steps"]}) == len(one["steps"])


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_equal_repositories_give_equal_bytes(name: str, format: str, tmp_path: Path) -> None:
    backwards = dict(reversed(SITES[name].items()))
    assert planned(tmp_path / "a", SITES[name], format) == planned(tmp_path / "b", backwards, format)


@pytest.mark.parametrize("name", SITES)
def test_every_place_is_named(name: str, tmp_path: Path) -> None:
    for one in made(tmp_path, SITES[name])["plans"]:
        named = json.dumps(one["steps"])
        assert one["way"] == "container" or one["by"].partition("/")[2] in named or one["by"] in named


def test_what_pixellint_does_and_what_it_refuses(tmp_path: Path) -> None:
    steps = made(tmp_path, HARDCODED)["plans"][0]["steps"]
    own = [step for step in steps if step["by"] == "pixellint" and step["phase"] == "remove"]
    assert [step["text"] for step in own] == [
        "`pixellint check --fix --select meta-pixel .` takes these places out; `--diff` instead of `--fix` shows the change first"
    ]
    assert {"where": "index.html:3", "said": "the script element and its noscript twin"} in own[0]["places"]
    assert [{"where": "js/book.js:2", "said": "not by --fix: its result is used in `sent`"}] in [step["places"] for step in steps]


def test_without_fixes_a_person_does_everything(tmp_path: Path) -> None:
    out = planned(tmp_path, HARDCODED, "text", lambda finding: None)
    assert "--fix" not in out
    assert "Take its hosts out of the Content-Security-Policy" in out


def test_an_unsafe_fix_is_looked_over(tmp_path: Path) -> None:
    out = planned(tmp_path, {"a.html": page("A", BASE)}, "text", lambda finding: FixNote("unsafe", "the script"))
    told = "`pixellint check --fix --unsafe-fixes --select meta-pixel .` takes these places out; look over the change"
    assert told in " ".join(out.split())


def test_what_is_to_be_done_after_a_fix_takes_the_place_of_the_command(tmp_path: Path) -> None:
    files = {"package.json": '{"dependencies": {"react-facebook-pixel": "^1.0.4"}}\n', "package-lock.json": "{}\n"}
    by_hand = planned(tmp_path, files, "json", lambda finding: None)
    assert "Once nothing imports it: `npm uninstall react-facebook-pixel`" in by_hand
    fixed = planned(tmp_path, files, "json", lambda finding: FixNote("safe", after=("run npm install",)))
    assert "Run npm install" in fixed
    assert "npm uninstall" not in fixed


def test_pages_with_forms_are_checked_first(tmp_path: Path) -> None:
    out = planned(tmp_path, HARDCODED)
    assert "load `appointment.html`, `index.html`," in out


def test_the_same_account_by_another_way_is_told(tmp_path: Path) -> None:
    from tests.containers import export, html

    files = {"index.html": page("A", BASE), "container.json": export([html(1, "Meta - base")])}
    plans = made(tmp_path, files)["plans"]
    assert len(plans) == 2
    assert all("These send to the same account; take them out in the same change" in texts(one, "second")[0] for one in plans)


def test_a_container_that_the_selection_leaves_out_is_still_told(tmp_path: Path) -> None:
    loads = "<script async src='https://www.googletagmanager.com/gtm.js?id=GTM-ZZ98YX7'></script>\n"
    plans = made(tmp_path, {"index.html": page("A", BASE + loads)}, "meta-pixel")["plans"]
    assert [one["vendor"] for one in plans] == ["meta-pixel"]
    assert texts(plans[0], "second")[0].startswith("The site loads the container `GTM-ZZ98YX7`")


def test_installations_that_are_only_notes_have_no_plan(tmp_path: Path) -> None:
    parked = BASE.replace("<script>", "<!--<script>").replace("</noscript>", "</noscript>-->")
    out = planned(tmp_path, {"index.html": page("A", parked)})
    assert out.splitlines()[-2:] == [
        "Only notes, without a plan: number 1 (what is commented out, in tests, or only announced).",
        "Nothing that runs was found.",
    ]


@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_a_clean_repository(format: str, tmp_path: Path) -> None:
    out = planned(tmp_path, {"index.html": page("A")}, format)
    assert "Nothing to take out was found." in out or json.loads(out)["plans"] == []


def run(folder: Path, format: str = "text", **options: Any) -> int:
    """The exit status."""
    streams = io.StringIO(), io.StringIO(), io.StringIO()
    return plan(check_options((".",), isolated=True, **options), format, Context(*streams, ENV, str(folder)))


def test_the_exit_status_is_that_of_check(tmp_path: Path) -> None:
    tree(tmp_path, {"index.html": page("A", BASE)})
    assert run(tmp_path) == FOUND
    assert run(tmp_path, exit_zero=True) == CLEAN
    with pytest.raises(OptionError, match="--format: 'html' is none of text, markdown, json"):
        run(tmp_path, "html")


def test_standard_input(tmp_path: Path) -> None:
    out = io.StringIO()
    options = check_options((), stdin_filename="page.html", isolated=True)
    plan(options, "text", Context(io.StringIO(page("A", BASE)), out, io.StringIO(), ENV, str(tmp_path)))
    assert "at page.html:3" in out.getvalue()


HOSTILE = ["a`b`.html", "a$(touch x).html", "a'b;c.html", "-rf.html", "a b\u202e.html", "<script>.html", "a](b).html", "@team #12.html"]


@pytest.mark.skipif(os.name == "nt", reason="names that Windows has no room for")
@pytest.mark.parametrize("format", ["text", "markdown", "json"])
@pytest.mark.parametrize("name", HOSTILE)
def test_odd_names_change_nothing_around_them(name: str, format: str, tmp_path: Path) -> None:
    out = planned(tmp_path / "a", {name: page("A", BASE)}, format)
    usual = planned(tmp_path / "b", {"plain.html": page("A", BASE)}, format)
    assert "\u202e" not in out or format == "json"
    assert len(out.splitlines()) <= len(usual.splitlines()) + 3
    for mark in ("[ ]", "](", "<script", "@team"):
        assert format != "markdown" or re.sub(r"`[^`\n]*`", "", out).count(mark) == usual.count(mark)


@pytest.mark.parametrize("slug", ["x; rm -rf .", "--exec=x", "$(x)", "a`b"])
def test_what_files_say_is_one_word_of_a_command_or_none(slug: str, tmp_path: Path) -> None:
    code = f"<?php\n/*\nPlugin Name: Facebook Pixel\nText Domain: {slug}\n*/\n"
    out = planned(tmp_path, {f"wp-content/plugins/{slug.replace('/', '')}/main.php": code})
    for line in out.splitlines():
        assert f"deactivate {slug}" not in line


def test_all_findings_are_asked_about(tmp_path: Path) -> None:
    asked: list[str] = []

    def fixable(finding: Finding) -> None:
        asked.append(f"{finding.path}:{finding.kind}")

    planned(tmp_path, HARDCODED, "text", fixable)
    assert sorted(asked) == ["_headers:csp", "appointment.html:base-code", "index.html:base-code", "js/book.js:event-call"]


def test_the_account_is_named_for_the_record(tmp_path: Path) -> None:
    assert f"git log --reverse --format='%as %h %s' -S {ID}" in planned(tmp_path, HARDCODED)
    placeholder = planned(tmp_path / "b", {"a.html": page("A", BASE.replace(ID, "YOUR_PIXEL_ID"))})
    assert "git log" not in placeholder
