"""The hooks for pre-commit: the manifest is one that pre-commit takes, and its file types let the right files through."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from identify import identify
from pre_commit.clientlib import load_config, load_manifest

from linter.options import CheckOptions, parse_plain
from tests.cli_support import git, pixellint, tree

ROOT = Path(__file__).parent.parent
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}
STAGES = ["pre-commit", "pre-merge-commit", "pre-push", "manual"]

PIXEL = "<script>fbq('init', '1029384756102938');</script>\n"
READ = """
index.html page.htm old.xhtml inc/head.shtml theme/header.php theme/footer.phtml mu-plugins/pixel.inc my.module
app.js app.mjs app.cjs app.jsx app.ts app.tsx App.vue App.svelte Layout.astro
layout/theme.liquid base.twig base.html.twig base.njk base.j2 post.hbs post.mustache app.html.erb head.ejs head.jsp Default.aspx
_Layout.cshtml layout.blade.php head.tpl head.latte Page.ss head.ftl head.cfm page.pug page.haml page.slim
post.md post.mdx feed.xml logo.svg site.css site.scss site.json site.yml netlify.toml
.env .htaccess _headers Gemfile dump.sql setup.sh notes.txt no-ending
""".split()
BINARY = {
    "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "logo.png": b"\x89PNG\r\n\x1a\n\0\0",
    "font.woff2": b"wOF2\0\1\0\0",
    "form.pdf": b"%PDF-1.7\n\0\1",
    "data": b"\0\1\2\3fbq(",
}


def passes(hook: dict[str, Any], tags: set[str]) -> bool:
    """Whether pre-commit hands a file with these tags to a hook."""
    return (
        set(hook["types"]) <= tags
        and (not hook["types_or"] or bool(set(hook["types_or"]) & tags))
        and not set(hook["exclude_types"]) & tags
    )


def options(hook: dict[str, Any], *files: str) -> CheckOptions | None:
    """What the command line makes of a hook's entry, its arguments and the files that pre-commit adds."""
    name, *argv = shlex.split(hook["entry"])
    assert name == "pixellint"
    return parse_plain([*argv, *hook["args"], *files])


def test_the_two_hooks() -> None:
    assert list(HOOKS) == ["pixellint", "pixellint-repo"]


@pytest.mark.parametrize("hook", HOOKS.values(), ids=list(HOOKS))
def test_stages_and_language(hook: dict[str, Any]) -> None:
    assert (hook["language"], hook["stages"]) == ("python", STAGES)
    assert "post-checkout" not in hook["stages"]


def test_changed_files_are_handed_over() -> None:
    hook = HOOKS["pixellint"]
    assert hook["pass_filenames"] is True
    assert hook["always_run"] is False
    assert options(hook, "a.html", "b.php") == CheckOptions(paths=("a.html", "b.php"))


def test_the_whole_repository_is_checked_whatever_changed() -> None:
    hook = HOOKS["pixellint-repo"]
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
    assert options(hook) == CheckOptions(paths=(".",))


@pytest.mark.parametrize("name", READ)
def test_text_of_every_kind_passes_and_is_read(tmp_path: Path, name: str) -> None:
    path = tree(tmp_path, {name: PIXEL}) / name
    assert passes(HOOKS["pixellint"], identify.tags_from_path(str(path)))
    report = pixellint("check", "--format", "json", name, cwd=tmp_path)
    assert '"files_read": 1' in report.out


def test_text_in_other_encodings_passes(tmp_path: Path) -> None:
    files = {
        "bom.html": b"\xef\xbb\xbf" + PIXEL.encode(),
        "latin.php": PIXEL.encode() + b"caf\xe9",
        "crlf.js": b"fbq('init', '1');\r\n",
        "empty.html": b"",
    }
    for name in tree(tmp_path, files).iterdir():
        assert passes(HOOKS["pixellint"], identify.tags_from_path(str(name)))


@pytest.mark.parametrize("name", BINARY)
def test_what_is_no_text_does_not_pass(tmp_path: Path, name: str) -> None:
    path = tree(tmp_path, {name: BINARY[name]}) / name
    assert not passes(HOOKS["pixellint"], identify.tags_from_path(str(path)))


def test_links_and_folders_do_not_pass(tmp_path: Path) -> None:
    tree(tmp_path, {"site/index.html": PIXEL, "link.html": "-> site/index.html"})
    for name in ("link.html", "site"):
        assert not passes(HOOKS["pixellint"], identify.tags_from_path(str(tmp_path / name)))


def test_a_commit_that_adds_a_pixel_fails_and_one_that_takes_it_out_passes(tmp_path: Path) -> None:
    tree(tmp_path, {"index.html": PIXEL, "about.html": "<p>Our team</p>\n"})
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    for hook, files in ((HOOKS["pixellint"], ["index.html", "about.html"]), (HOOKS["pixellint-repo"], [])):
        argv = [*shlex.split(hook["entry"])[1:], *files]
        assert pixellint(*argv, cwd=tmp_path).status == 1
    (tmp_path / "index.html").write_text("<p>Welcome</p>\n", encoding="utf-8")
    for hook, files in ((HOOKS["pixellint"], ["index.html"]), (HOOKS["pixellint-repo"], [])):
        assert pixellint(*shlex.split(hook["entry"])[1:], *files, cwd=tmp_path).status == 0


def test_this_project_s_own_hooks_download_nothing() -> None:
    config = load_config(str(ROOT / ".pre-commit-config.yaml"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    assert list(hooks) == ["ruff-check", "ruff-format", "mypy", "leaflets"]
    assert {hook["language"] for hook in hooks.values()} <= {"system", "unsupported"}
