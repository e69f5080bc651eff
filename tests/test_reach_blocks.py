"""Blocks of layouts that a page replaces: what stands in them is not on that page."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.reach.blade import open_blade
from linter.reach.blocks import Block, blocks_of, lines_of, replaced_by
from linter.reach.hugo import open_hugo
from linter.reach.jinja import open_jinja
from linter.reach.model import Arrival
from linter.reach.spread import Spread
from linter.reach.twig import open_twig
from tests.cli_support import pixellint
from tests.reach_stack_support import Opening, stacks_of


def told(text: str) -> list[tuple[str, str, bool]]:
    return [(block.name, text[block.start : block.end], block.keeps) for block in blocks_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a{% block x %}b{% endblock %}c", [("x", "{% block x %}b{% endblock %}", False)]),
        ("{%- block x -%}{{ super() }}{%- endblock x -%}", [("x", "{%- block x -%}{{ super() }}{%- endblock x -%}", True)]),
        ("{% block x %}{{ block.super }}{% endblock %}", [("x", "{% block x %}{{ block.super }}{% endblock %}", True)]),
        ("{% block x %}{{ parent() }}{% endblock %}", [("x", "{% block x %}{{ parent() }}{% endblock %}", True)]),
        ("{% block x scoped required %}{% endblock %}", [("x", "{% block x scoped required %}{% endblock %}", False)]),
        ("{% block title 'A' %}b", [("title", "{% block title 'A' %}", False)]),
        ("{% block x %}b", []),
        ("{% endblock %}{% blocktrans %}x{% endblocktrans %}", []),
        ("@section('x') @show", [("x", "@section('x') @show", False)]),
        ("@section('x', 'A')b", [("x", "@section('x',", False)]),
        ("@section('x')@parent b @endsection", [("x", "@section('x')@parent b @endsection", True)]),
        ("@section('x') @append", [("x", "@section('x') @append", True)]),
        ("@yield('x', view('y'))b@yield('z')", [("x", "@yield('x', view('y'))", False)]),
        ('{{ block "x" . }}{{ if a }}b{{ end }}{{ end }}c', [("x", '{{ block "x" . }}{{ if a }}b{{ end }}{{ end }}', False)]),
        ('{{- define "x" -}}b{{- end -}}', [("x", '{{- define "x" -}}b{{- end -}}', False)]),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert told(text) == expected


def test_blocks_in_blocks_come_innermost_first() -> None:
    text = "{% block a %}\n{% block b %}{{ super() }}{% endblock %}\n{% endblock %}"
    assert [block.name for block in blocks_of(text)] == ["b", "a"]
    assert replaced_by("{% block a %}{% endblock %}{% block b %}{{ super() }}{% endblock %}") == {"a"}


def test_only_lines_that_hold_nothing_else_are_replaced() -> None:
    text = "1\n {% block a %}\n3\n{% endblock %} \n5{% block a %}\n6\n{% endblock %}7\n{% block b %}8{% endblock %}"
    assert lines_of(text, frozenset("a")) == {2, 3, 4, 6}
    assert lines_of(text, frozenset("b")) == {8}
    assert lines_of("{% block a %}1{% endblock %}2", frozenset("a")) == frozenset()
    assert lines_of("@section('a')\n2\n@endsection\n@section('b')\n5\n@show", frozenset("ab")) == {4, 5, 6}


def arrivals(files: dict[str, str], wanted: str, *openings: Opening) -> dict[str, tuple[tuple[str, ...], list[int]]]:
    """For each page that a file gets onto: the chain, and the lines of the file that are not on it."""
    site, stacks = stacks_of(files, *openings)
    found: list[Arrival] = [way for stack in stacks for page in stack.pages() for _, way in Spread(site, stacks).arrivals(page, [wanted])]
    return {way.page: (way.chain, sorted(way.hidden)) for way in found}


BASE = "<html>\n{% block head %}\n{% include 'pixel.html' %}\n{% endblock %}\n{% block body %}{% endblock %}"
DJANGO = {
    "manage.py": "import django\n",
    "urls.py": "urlpatterns = []\n",
    "views.py": "\n".join(f"def {name}(r):\n    return render(r, '{name}.html')" for name in ("keeps", "drops", "deep", "leaves")),
    "templates/base.html": BASE,
    "templates/pixel.html": "<script>fbq('init', '5039284756102938')</script>",
    "templates/mid.html": "{% extends 'base.html' %}\n{% block head %}\n{{ block.super }}\n{% endblock %}",
    "templates/keeps.html": "{% extends 'base.html' %}{% block head %}{{ block.super }}{% endblock %}",
    "templates/leaves.html": "{% extends 'base.html' %}{% block body %}x{% endblock %}",
    "templates/drops.html": "{% extends 'base.html' %}{% block head %}none{% endblock %}",
    "templates/deep.html": "{% extends 'mid.html' %}{% block head %}none{% endblock %}",
}


def test_a_child_that_replaces_a_block_does_not_pull_in_what_stands_in_it() -> None:
    reached = arrivals(DJANGO, "templates/pixel.html", open_jinja)
    assert {path: chain for path, (chain, _) in reached.items()} == {
        f"templates/{name}.html": (f"templates/{name}.html:1", "templates/base.html:3", "templates/pixel.html")
        for name in ("keeps", "leaves")
    }
    base = arrivals(DJANGO, "templates/base.html", open_jinja)
    assert {path.partition("/")[2]: hidden for path, (_, hidden) in base.items()} == {
        "keeps.html": [], "leaves.html": [5], "drops.html": [2, 3, 4], "deep.html": [2, 3, 4],
    }  # fmt: skip
    assert arrivals(DJANGO, "templates/mid.html", open_jinja)["templates/deep.html"][1] == [2, 3, 4]


def test_twig_keeps_what_parent_shows() -> None:
    files = {
        "templates/base.html.twig": BASE.replace("pixel.html", "pixel.html.twig") + "</html>",
        "templates/pixel.html.twig": "x",
        "templates/a.html.twig": "{% extends 'base.html.twig' %}{% block head %}{% endblock %}",
        "templates/b.html.twig": "{% extends 'base.html.twig' %}{% block head %}{{ parent() }}{% endblock %}",
        "composer.json": "{}",
    }
    assert list(arrivals(files, "templates/pixel.html.twig", open_twig)) == ["templates/b.html.twig"]


def test_blade_sections() -> None:
    files = {
        "artisan": "",
        "routes/web.php": "<?php Route::view('/a', 'a'); Route::view('/b', 'b'); Route::view('/c', 'c');",
        "resources/views/base.blade.php": "<html>\n@section('head')\n@include('pixel')\n@show\n@yield('body')",
        "resources/views/pixel.blade.php": "x",
        "resources/views/a.blade.php": "@extends('base')\n@section('head')\n@endsection",
        "resources/views/b.blade.php": "@extends('base')\n@section('head')\n@parent\n@endsection",
        "resources/views/c.blade.php": "@extends('base')\n@section('body', 'x')",
    }
    assert sorted(arrivals(files, "resources/views/pixel.blade.php", open_blade)) == ["/b", "/c"]


def test_hugo_blocks() -> None:
    files = {
        "hugo.toml": "",
        "content/a.md": "+++\n+++\n",
        "content/news/b.md": "+++\n+++\n",
        "layouts/_default/baseof.html": '<html>\n{{ block "head" . }}\n{{ partial "pixel.html" . }}\n{{ end }}\n'
        '{{ block "main" . }}{{ end }}',
        "layouts/_default/single.html": '{{ define "main" }}x{{ end }}',
        "layouts/news/single.html": '{{ define "main" }}x{{ end }}{{ define "head" }}{{ end }}',
        "layouts/partials/pixel.html": "x",
    }
    assert list(arrivals(files, "layouts/partials/pixel.html", open_hugo)) == ["content/a.md"]


def test_findings_and_forms_in_a_replaced_block_are_not_on_the_page(tmp_path: Path) -> None:
    code = "<script>fbq('init', '5039284756102938'); fbq('track', 'PageView')</script>"
    form = "<form><input name='email'></form>"
    files = DJANGO | {"templates/base.html": f"<html>\n{{% block head %}}\n{code}\n{form}\n{{% endblock %}}"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    document = json.loads(pixellint("check", "--format", "json", ".", cwd=tmp_path).out)
    rows = {row["page"]: (len(row["vendors"]), len(row["forms"])) for row in document["pages"]}
    assert rows == {
        "templates/deep.html": (0, 0), "templates/drops.html": (0, 0), "templates/keeps.html": (1, 1), "templates/leaves.html": (1, 1),
    }  # fmt: skip
    found = next(row for row in document["findings"] if row["path"] == "templates/base.html")
    assert found["reaches"] == ["templates/keeps.html", "templates/leaves.html"]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("{}%@ blockendsection('x')show\n\"define.if")), st.lists(st.sampled_from("ax"), max_size=2))
def test_no_text_breaks_the_blocks(text: str, names: list[str]) -> None:
    assert all(isinstance(block, Block) and 0 <= block.start < block.end <= len(text) for block in blocks_of(text))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text, frozenset(names)))


MARKS = ("{% block x ", "{% block x %}", "@section('x", "@yield('x',", '{{ block "x" ', "{{ if ", "{% endblock", "{%" + " " * 30)


@pytest.mark.parametrize("mark", MARKS)
def test_many_openings_hide_no_block_behind_them(mark: str) -> None:
    text = mark * (100_000 // len(mark)) + "\n}}{% block last %}{% endblock %}"
    assert "last" in {block.name for block in blocks_of(text)}
