"""Suppressions: comments of every dialect, what they cover, what is told of those that are of no use."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.suppression_comments import comments, directives
from linter.suppression_grammar import Said, parse
from tests.cli_support import Outcome, pixellint, tree

ID = "1029384756102938"
CALL = f"fbq('init', '{ID}')"
SCRIPT = f"<script>{CALL};</script>"
SAYS = "pixellint: ignore[meta-pixel/*]: approved"
NEXT = "pixellint: ignore-next-line[meta-pixel/*]: approved"

DIALECTS = {
    "a.html": f"{SCRIPT} <!-- {SAYS} -->\n",
    "script.html": f"<script>\n{CALL}; // {SAYS}\n</script>\n",
    "block.html": f"<script>\n/* {NEXT} */\n{CALL};\n</script>\n",
    "a.js": f"{CALL}; // {SAYS}\n",
    "b.js": f"/* {NEXT} */\n{CALL};\n",
    "starred.js": f"/**\n * {NEXT}\n */\n{CALL};\n",
    "a.ts": f"// {NEXT}\n{CALL};\n",
    "a.jsx": f"const a = <div>\n{{/* {NEXT} */}}\n<Script>{{`{CALL}`}}</Script></div>;\n",
    "a.php": f'<?php // {NEXT}\necho "{SCRIPT}";\n',
    "hash.php": f'<?php # {NEXT}\necho "{SCRIPT}";\n',
    "block.php": f'<?php /* {NEXT} */\necho "{SCRIPT}";\n',
    "markup.php": f"<?php if ($a): ?>\n{SCRIPT}<!-- {SAYS} -->\n<?php endif; ?>\n",
    "a.liquid": f"{{%- comment -%}} {NEXT} {{%- endcomment -%}}\n{SCRIPT}\n",
    "inline.liquid": f"{{% # {NEXT} %}}\n{SCRIPT}\n",
    "a.twig": f"{{# {NEXT} #}}\n{SCRIPT}\n",
    "script.twig": f"<script>\n{CALL}; {{# {SAYS} #}}\n</script>\n",
    "a.hbs": f"{{{{!-- {NEXT} --}}}}\n{SCRIPT}\n",
    "short.hbs": f"{{{{! {NEXT} }}}}\n{SCRIPT}\n",
    "a.gohtml": f"{{{{/* {NEXT} */}}}}\n{SCRIPT}\n",
    "a.erb": f"<%# {NEXT} %>\n{SCRIPT}\n",
    "a.aspx": f"<%-- {NEXT} --%>\n{SCRIPT}\n",
    "a.blade.php": f"{{{{-- {NEXT} --}}}}\n{SCRIPT}\n",
    "a.tpl": f"{{* {NEXT} *}}\n{SCRIPT}\n",
    "a.cshtml": f"@* {NEXT} *@\n{SCRIPT}\n",
    "a.ss": f"<%-- {NEXT} --%>\n{SCRIPT}\n",
    "a.ftl": f"<#-- {NEXT} -->\n{SCRIPT}\n",
    "a.vm": f"## {NEXT}\n{SCRIPT}\n",
    "a.cfm": f"<!--- {NEXT} --->\n{SCRIPT}\n",
    "a.heex": f"<%!-- {NEXT} --%>\n{SCRIPT}\n",
    "a.typoscript": f"# {NEXT}\npage.headerData.10.value = {SCRIPT}\n",
    "a.pug": f"//- {NEXT}\nscript {CALL}\n",
    "a.haml": f"-# {NEXT}\n%script {CALL}\n",
    "a.slim": f"/ {NEXT}\nscript {CALL}\n",
    "a.vue": f"<template><p/></template>\n<script>\n{CALL}; // {SAYS}\n</script>\n",
    "a.svelte": f"<!-- {NEXT} -->\n<svelte:head>{SCRIPT}</svelte:head>\n",
    "a.astro": f"---\nconst a = 1;\n---\n{{/* {NEXT} */}}\n{SCRIPT}\n",
    "a.md": f"# A\n\n{SCRIPT} <!-- {SAYS} -->\n",
    "a.mdx": f"# A\n\n{{/* {NEXT} */}}\n<script>{{`{CALL}`}}</script>\n",
    "a.xml": f"<a><!-- {NEXT} -->\n<b><![CDATA[{SCRIPT}]]></b></a>\n",
    "a.css": f"/* {NEXT} */\na{{background:url(https://www.facebook.com/tr?id={ID}&ev=PageView)}}\n",
    "a.yaml": f'# {NEXT}\nhead: "{SCRIPT}"\n',
    "a.toml": f'head = "{SCRIPT}" # {SAYS}\n',
    "a.ini": f"; {NEXT}\nhead = {SCRIPT}\n",
    "a.sql": f"-- {NEXT}\nINSERT INTO t VALUES (1, '{SCRIPT.replace(chr(39), chr(39) * 2)}');\n",
    "a.rb": f'# {NEXT}\nx = "{SCRIPT}"\n',
    "a.py": f'x = "{SCRIPT}"  # {SAYS}\n',
    "a.java": f'// {NEXT}\nString x = "{SCRIPT}";\n',
    "a.sh": f'# {NEXT}\necho "{SCRIPT}"\n',
}


def report(root: Path, *words: str) -> dict[str, Any]:
    """The JSON document of a check."""
    document: dict[str, Any] = json.loads(pixellint("check", "--format", "json", *words, cwd=root).out)
    return document


def rules(document: dict[str, Any]) -> list[str]:
    return [row["rule"] for row in document["findings"]]


def check(root: Path, files: dict[str, str | bytes], *words: str) -> dict[str, Any]:
    return report(tree(root, files), *words)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_comment_of_every_dialect_suppresses(tmp_path: Path, name: str) -> None:
    """With the comment nothing is found; without what it says, something is."""
    suppressed = check(tmp_path, {name: DIALECTS[name]}, name)
    assert (rules(suppressed), suppressed["summary"]["suppressed"]) == ([], 1)
    plain = check(tmp_path, {name: DIALECTS[name].replace("pixellint:", "elsewhere:")}, name)
    assert [rule.partition("/")[0] for rule in rules(plain)] == ["meta-pixel"]


NO_COMMENTS = {
    "string.js": f'var a = "// {SAYS}"; {CALL};\n',
    "template.js": f"var a = `\n// {SAYS}\n`; {CALL};\n",
    "nested.js": f"var a = `${{b ? `//` : ''}} // {SAYS} ${{{CALL}}}`;\n",
    "address.js": f"var a = 'https://pixellint: ignore[meta-pixel/*]: x'; {CALL};\n",
    "regex.js": f"var a = /'/, b = '// {SAYS}'; {CALL};\n",
    "attribute.html": f'<p title="<!-- {SAYS} -->">{SCRIPT}\n',
    "textarea.html": f"<textarea><!-- {SAYS} --></textarea>{SCRIPT}\n",
    "prose.html": f"<p>{SAYS}</p>{SCRIPT}\n",
    "string.php": f"<?php echo '<!-- {SAYS} -->', \"{SCRIPT}\";\n",
    "fence.md": f"{SCRIPT} `<!-- {SAYS} -->`\n",
    "string.py": f"x = '# {SAYS} {SCRIPT.replace(chr(39), '&#39;')}'\n",
    "string.yaml": f'head: "# {SAYS} {SCRIPT}"\n',
}


@pytest.mark.parametrize("name", NO_COMMENTS)
def test_what_is_no_comment_suppresses_nothing(tmp_path: Path, name: str) -> None:
    document = check(tmp_path, {name: NO_COMMENTS[name]}, name)
    assert (document["summary"]["suppressed"], [rule.partition("/")[0] for rule in rules(document)]) == (0, ["meta-pixel"])


def test_a_comment_behind_what_looks_like_a_string(tmp_path: Path) -> None:
    """An apostrophe in a text, a regular expression, or PHP that ends in the middle: the comment is still one."""
    files: dict[str, str | bytes] = {
        "a.jsx": f"const a = <p>it's</p>;\n{CALL}; // {SAYS}\n",
        "b.js": f"var a = /['\"`]/;\n{CALL}; // {SAYS}\n",
        "c.php": f'<?php echo \'<?xml version="1.0"?>\';\n// {NEXT}\necho "{SCRIPT}";\n',
        "d.js": f"var a = `${{b ? `c // d` : `${{e}}`}}`;\n{CALL}; // {SAYS}\n",
    }
    document = check(tmp_path, files)
    assert (rules(document), document["summary"]["suppressed"]) == ([], 4)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    code = f"<p>café</p>\n{SCRIPT} <!-- {SAYS} -->\n"
    document = check(tmp_path, {"a.html": code.encode(encoding)})
    assert (rules(document), document["summary"]["suppressed"]) == ([], 1)


SNIPPET = f"""<script>
!function(f,b,e,v){{f.fbq=1}}(window,document,'script',
'https://connect.facebook.net/en_US/fbevents.js');
fbq('init', '{ID}');@
fbq('track', 'PageView');
</script>
"""


def test_a_line_of_any_part_of_a_snippet_will_do(tmp_path: Path) -> None:
    assert rules(check(tmp_path, {"a.html": SNIPPET.replace("@", "")})) == ["meta-pixel/base-code"]
    assert rules(check(tmp_path, {"a.html": SNIPPET.replace("@", f" // {SAYS}")})) == []


def test_a_block(tmp_path: Path) -> None:
    inside = f"<!-- pixellint: ignore-start[meta-pixel/*]: approved -->\n\n{SNIPPET.replace('@', '')}<!-- pixellint: ignore-end -->\n"
    other = f"<p></p>\n{'<br>' * 9000}\n" + f"<script>fbq('init', '9{ID[1:]}');</script>\n"
    assert rules(check(tmp_path, {"a.html": inside})) == []
    assert rules(check(tmp_path, {"a.html": inside + other})) == ["meta-pixel/init"]


def test_blocks_close_by_their_rules(tmp_path: Path) -> None:
    code = """/* pixellint: ignore-start[meta-pixel/*]: a */
/* pixellint: ignore-start[tiktok/*]: b */
ttq.load('C1234567890ABCDEF');
/* pixellint: ignore-end[meta-pixel/*] */
ttq.track('Lead');
/* pixellint: ignore-end[tiktok/*] */
"""
    document = check(tmp_path, {"a.js": code})
    assert rules(document) == ["pixellint/unused-suppression"]
    assert document["findings"][0]["start"]["line"] == 1


def test_next_lines_stack(tmp_path: Path) -> None:
    code = f"""// {NEXT}
// pixellint: ignore-next-line[tiktok/*]: known
{CALL}; ttq.load('C1234567890ABCDEF');
"""
    document = check(tmp_path, {"a.js": code})
    assert (rules(document), document["summary"]["suppressed"]) == ([], 2)


def test_several_rules(tmp_path: Path) -> None:
    code = f"{CALL}; ttq.load('C1234567890ABCDEF'); // pixellint: ignore[meta-pixel/init, tiktok]: both\n"
    assert rules(check(tmp_path, {"a.js": code})) == []


def test_another_rule_does_not(tmp_path: Path) -> None:
    document = check(tmp_path, {"a.js": f"{CALL}; // pixellint: ignore[meta-pixel/loader]: no\n"})
    assert rules(document) == ["meta-pixel/init", "pixellint/unused-suppression"]


BROKEN = {
    "no reason": ("ignore[meta-pixel/*]", "gives no reason"),
    "empty reason": ("ignore[meta-pixel/*]: --", "gives no reason"),
    "no colon": ("ignore[meta-pixel/*] approved", "a colon and the reason must follow"),
    "no rule": ("ignore: approved", "names no rule"),
    "empty rule": ("ignore[ ]: approved", "names no rule"),
    "unknown rule": ("ignore[meta-pixle/init]: approved", "no rule is called 'meta-pixle/init'; did you mean 'meta-pixel/init'?"),
    "unknown vendor": ("ignore[tiktik]: approved", "no rule is called 'tiktik'; did you mean 'tiktok'?"),
    "unknown verb": ("ignore-nextline[meta-pixel/*]: approved", "did you mean 'ignore-next-line'?"),
    "no date": ("ignore[meta-pixel/*]: approved until 2026-13-45", "'2026-13-45' is no date"),
    "open": ("ignore-start[meta-pixel/*]: approved", "no ignore-end of it follows"),
    "stray end": ("ignore-end", "no open ignore-start"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_a_finding_and_does_not_count(tmp_path: Path, name: str) -> None:
    says, message = BROKEN[name]
    document = check(tmp_path, {"a.js": f"{CALL}; // pixellint: {says}\n"})
    assert rules(document) == ["meta-pixel/init", "pixellint/broken-suppression"]
    assert message in document["findings"][1]["message"]
    assert (document["findings"][1]["severity"], document["findings"][1]["start"]["column"]) == ("warning", len(CALL) + 6)


def run_on(day: str, root: Path, *words: str) -> Outcome:
    """A check on a day."""
    import io
    import os

    from linter.__main__ import main
    from tests.cli_support import ENV

    out, err = io.StringIO(), io.StringIO()
    status = main(["check", "--format", "json", *words], io.StringIO(), out, err, ENV, os.path.abspath(root), day)
    return Outcome(status, out.getvalue(), err.getvalue())


@pytest.mark.parametrize("says", ["ignore[meta-pixel/*]: approved until 2026-06-30", "ignore[meta-pixel/*] until 2026-06-30: approved"])
def test_the_last_day(tmp_path: Path, says: str) -> None:
    tree(tmp_path, {"a.js": f"{CALL}; // pixellint: {says}\n"})
    before = json.loads(run_on("2026-06-30", tmp_path).out)
    assert (rules(before), before["suppressed"][0]["until"], before["suppressed"][0]["reason"]) == ([], "2026-06-30", "approved")
    after = json.loads(run_on("2026-07-01", tmp_path).out)
    assert rules(after) == ["meta-pixel/init", "pixellint/expired-suppression"]


def test_unused(tmp_path: Path) -> None:
    """In a file with a pixel elsewhere, and in a file in which nothing is found at all."""
    document = check(tmp_path, {"a.js": f"// {SAYS}\n\n{CALL};\n", "b.js": f"clean(); // {SAYS}\n"})
    assert rules(document) == ["pixellint/unused-suppression", "meta-pixel/init", "pixellint/unused-suppression"]
    assert document["findings"][0]["message"].endswith("it is in line 3")
    assert "line" not in document["findings"][2]["message"]


def test_unused_of_several(tmp_path: Path) -> None:
    document = check(tmp_path, {"a.js": f"{CALL}; // pixellint: ignore[meta-pixel/*, tiktok/*]: approved\n"})
    assert [row["message"] for row in document["findings"]] == ["the suppression of tiktok/* is not needed: nothing of it is found here"]


def test_rules_that_are_not_selected_are_not_called_unused(tmp_path: Path) -> None:
    tree(tmp_path, {"a.js": f"{CALL}; // {SAYS}\n"})
    assert rules(report(tmp_path, "--select", "tiktok/*,pixellint/*")) == []
    assert rules(report(tmp_path, "--ignore", "pixellint/*")) == []


def test_the_own_rules_can_be_ignored_and_shown(tmp_path: Path) -> None:
    tree(tmp_path, {"a.js": f"clean(); // {SAYS}\n"})
    assert pixellint("check", cwd=tmp_path).status == 1
    assert pixellint("check", "--ignore", "pixellint/unused-suppression", cwd=tmp_path).status == 0
    told = pixellint("rule", "pixellint/unused-suppression", cwd=tmp_path)
    assert (told.status, "pixellint/unused-suppression (warning)" in told.out) == (0, True)
    assert "pixellint/" not in pixellint("vendors", cwd=tmp_path).out


def test_suppressed_findings_are_counted_and_left_out(tmp_path: Path) -> None:
    tree(tmp_path, {"index.html": f"<title>a</title>{SCRIPT} <!-- {SAYS} by A. Nurse -->\n", "b.html": "<p>"})
    document = report(tmp_path)
    assert (document["findings"], document["installations"], document["summary"]["suppressed"]) == ([], [], 1)
    row = document["suppressed"][0]
    assert (row["rule"], row["path"], row["reason"], row["by"]) == ("meta-pixel/init", "index.html", "approved by A. Nurse", "comment")
    outcome = pixellint("check", cwd=tmp_path)
    assert outcome.status == 0
    assert outcome.out == "Nothing found that is not suppressed or in the baseline; 2 files read, 1 finding suppressed.\n"
    pages = json.loads(pixellint("pages", "--format", "json", cwd=tmp_path).out)
    assert all(not page["vendors"] for page in pages["pages"])


def test_an_own_finding_is_no_installation(tmp_path: Path) -> None:
    document = check(tmp_path, {"a.js": f"{CALL};\nclean(); // {SAYS}\n"})
    assert (len(document["findings"]), [row["vendor"] for row in document["installations"]]) == (2, ["meta-pixel"])


EVERY_FORMAT = ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html"]


@pytest.mark.parametrize("format", EVERY_FORMAT)
def test_every_format_tells_of_own_findings(tmp_path: Path, format: str) -> None:
    tree(tmp_path, {"a.js": f"{CALL}; // pixellint: ignore[meta-pixel/*]\n"})
    outcome = pixellint("check", "--format", format, cwd=tmp_path)
    assert (outcome.status, "internal error" in outcome.err, "gives no reason" in outcome.out) == (1, False, True)


def test_processes_do_not_matter(tmp_path: Path) -> None:
    tree(tmp_path, {f"{number}.js": f"{CALL}; // {SAYS}\n" for number in range(4)})
    one, two = (pixellint("check", "--format", "json", "--jobs", jobs, cwd=tmp_path).out for jobs in "12")
    assert one == two
    assert json.loads(one)["summary"]["suppressed"] == 4


def test_a_line_number_is_no_part_of_what_is_suppressed(tmp_path: Path) -> None:
    """Fingerprints of findings about suppressions outlive lines that move."""
    tree(tmp_path, {"a.js": f"clean(); // {SAYS}\n"})
    before = report(tmp_path)["findings"][0]["fingerprint"]
    tree(tmp_path, {"a.js": f"\n\nclean(); // {SAYS}\n"})
    assert report(tmp_path)["findings"][0]["fingerprint"] == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ignore[a/b]: why", Said("ignore", ("a/b",), "why", "")),
        ("ignore [ a/b , c ] : why not", Said("ignore", ("a/b", "c"), "why not", "")),
        ("ignore[a]: until the contract is signed", Said("ignore", ("a",), "until the contract is signed", "")),
        ("ignore[a]: x (until 2027-01-31)", Said("ignore", ("a",), "x (until 2027-01-31)", "")),
        ("ignore-start[a]: x until 2027-01-31.", Said("ignore-start", ("a",), "x", "2027-01-31")),
        ("ignore-end[a]", Said("ignore-end", ("a",), "", "")),
    ],
)
def test_grammar(text: str, said: Said) -> None:
    assert parse(text) == said


@given(
    st.text(alphabet="pixelnt: ignore-start[]a/*:,\"'`{}#<>!-\n\\${}", max_size=300), st.sampled_from([*DIALECTS, "x", "a.json", "a.rst"])
)
def test_no_text_is_too_odd(text: str, name: str) -> None:
    """Comments stand in the text, in their order and apart; nothing fails."""
    last = 0
    for comment in comments(name, text):
        assert last <= comment.begin <= comment.inner <= comment.stop <= comment.end <= len(text)
        last = comment.end
    assert isinstance(directives(name, f"{text}\npixellint: ignore".encode()), tuple)


HOSTILE = [
    "/*",
    "`",
    "`${",
    "<!--",
    "<script>",
    '="',
    "'",
    "\\'",
    "{#",
    "{% comment %}",
    "<?php '",
    "pixellint: ignore[",
    "// pixellint: ignore\n",
    "=/[",
    "\n\n",
    "{",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """Ten times the text takes no more than about ten times the steps: a second is far above both."""
    from time import process_time

    for name in ("a.html", "a.js", "a.twig", "a.php", "a.md", "a.yaml", "a.rb"):
        code = (unit * (150_000 // len(unit)) + "pixellint:").encode()
        began = process_time()
        directives(name, code)
        assert process_time() - began < 2.5, name


def test_readme_names_every_form() -> None:
    """What is written about suppressions is what the grammar knows."""
    from linter.suppression_grammar import VERBS

    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"pixellint: (ignore[a-z-]*)", readme))
    assert not told or told == set(VERBS)
