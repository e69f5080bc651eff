"""Static pages beside templates, and what is told of files that are none of the site's own."""

from pathlib import Path

import pytest

from linter.findings import Finding
from linter.reach.curly import curly_links
from linter.reach.follow import follow
from linter.reach.site import Site
from linter.reach.stacks import stacks_of
from linter.reach.static import StaticStack, without_comments_of_templates
from linter.text import Place
from tests.cli_support import pixellint

PAGE = "<!doctype html><title>x</title>{}"
SCRIPT = '<script src="/p.js"></script>'


def targets(path: str, text: str, alone: bool = True) -> list[tuple[str, int]]:
    site = Site([path, "p.js"], lambda asked: text if asked == path else "")
    return [(link.target, link.line) for link in StaticStack(site, alone).links(path, text)]


@pytest.mark.parametrize(
    "comment",
    [
        "{# %s #}",
        "{{/* %s */}}",
        "{{- /* %s */ -}}",
        "{{!-- %s --}}",
        "{{-- %s --}}",
        "<%%-- %s --%%>",
        "{%% comment %%}%s{%% endcomment %%}",
    ],
)
def test_what_a_template_comments_out_is_not_pulled_in(comment: str) -> None:
    assert targets("a.html", f"{comment % SCRIPT}\n{SCRIPT}") == [("p.js", 2)]
    assert targets("a.html", comment % SCRIPT) == []


def test_a_comment_that_never_ends_and_css_are_no_comments() -> None:
    assert targets("a.html", "{# \n" + SCRIPT) == [("p.js", 2)]
    assert targets("a.html", f"<style>@media print{{#a{{b:c}}}}</style>{SCRIPT}<style>{{#}}</style>") == [("p.js", 1)]
    assert without_comments_of_templates("a{# b\nc #}d{# e") == "a    \n    d{# e"


def test_templates_are_left_to_the_stacks_that_read_them() -> None:
    assert targets("a.html", "{% if x %}" + SCRIPT) == [("p.js", 1)]
    assert targets("a.html", "{% if x %}" + SCRIPT, alone=False) == []
    assert targets("a.html", SCRIPT, alone=False) == [("p.js", 1)]
    for name in ("a.php", "a.twig", "a.liquid", "a.vue", "a.md"):
        assert targets(name, SCRIPT) == []


def test_the_static_stack_knows_whether_it_is_alone() -> None:
    files = {"index.php": PAGE.format("<?php /*\n" + SCRIPT + "\n*/ ?>"), "old.html": "{% if x %}" + SCRIPT, "p.js": ""}
    site = Site(files, lambda path: files[path])
    assert [link for stack in stacks_of(site) for path in files for link in stack.links(path, files[path])] == []
    del files["index.php"]
    site = Site(files, lambda path: files[path])
    assert {link.target for stack in stacks_of(site) for path in files for link in stack.links(path, files[path])} == {"p.js"}


def finding(path: str) -> Finding:
    place = Place(0, 1, 1)
    return Finding("meta-pixel/init", "meta-pixel", "init", "error", "active", path, place, place, (), None, "", "", (), path)


def test_only_files_of_the_site_are_dead_code() -> None:
    files = {"index.html": PAGE.format("")}
    for name in ("old.js", "old.html", "site.zip!old.html", "<stdin>.html"):
        given = files | ({name: "x"} if name.startswith("old") else {})
        assert follow([finding(name)], given, given.__getitem__).dead == ({name} if name in given else frozenset()), name


def test_a_page_in_an_archive_is_no_dead_code(tmp_path: Path) -> None:
    from zipfile import ZipFile

    (tmp_path / "index.html").write_text(PAGE.format(""))
    with ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("old.html", PAGE.format("<script>fbq('init', '5039284756102938'); fbq('track', 'PageView')</script>"))
    out = pixellint("check", "--format", "json", ".", cwd=tmp_path).out
    assert "site.zip!old.html" in out
    assert "dead code" not in out


@pytest.mark.parametrize("mark", ["{% include ", "{{ include(", "{%", "{{"])
def test_many_openings_of_tags_pull_in_what_the_whole_tag_names(mark: str) -> None:
    text = mark * (200_000 // len(mark))
    found = curly_links(text + "\n{% include 'a.html' %}", "b.html", lambda name, path: (name,))
    assert [(link.target, link.line) for link in found] == [("a.html", 2)]
