"""Fixes of Content-Security-Policies: exact texts before and after."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.catalog import load_catalog
from linter.fixes import policies
from linter.fixes.model import WITH_CARE, Outcome, Task, applied
from linter.fixes.policies_places import DECIDED, JOINED
from linter.fixes.recorded import record


def _fix(path: str, text: str, unsafe: bool = False) -> tuple[str, Outcome]:
    recorded = record(path, text.encode(), load_catalog())
    assert recorded is not None
    matches = tuple(
        m for row in recorded.told if row.finding.kind in ("csp", "hint") and row.finding.state != "dormant" for m in row.matches
    )
    outcome = policies.fix(Task(recorded.source, recorded.parts, matches, load_catalog(), unsafe))
    assert set(outcome.edits) | set(outcome.refused) == set(range(len(matches)))
    assert not set(outcome.edits) & set(outcome.refused)
    return applied(recorded.source.text, [edit for edits in outcome.edits.values() for edit in edits]), outcome


LINK = "<https://connect.facebook.net>; rel=preconnect"
TAKEN = [
    ("_headers", f"/*\n  Link: {LINK}\n  X-A: b\n", "/*\n  X-A: b\n"),
    ("_headers", f"/*\n  Link: <a.css>; rel=preload, {LINK}; crossorigin\n", "/*\n  Link: <a.css>; rel=preload\n"),
    ("_headers", f"/*\n  Link: {LINK}, {LINK}, <a.css>; rel=preload\n", "/*\n  Link: <a.css>; rel=preload\n"),
    ("netlify.toml", f"[headers.values]\nLink = '{LINK}'\nA = 'b'\n", "[headers.values]\nA = 'b'\n"),
    ("nginx.conf", f'add_header Link "{LINK}" always;\nadd_header A b;\n', "add_header A b;\n"),
    (
        "csp_whitelist.xml",
        '<policy id="img-src"><values>\n  <value id="a">*.facebook.net</value>\n  <value id="b">a.example</value>\n</values></policy>',
        '<policy id="img-src"><values>\n  <value id="b">a.example</value>\n</values></policy>',
    ),
    (
        "netlify.toml",
        "Content-Security-Policy = \"script-src 'self' https://connect.facebook.net https://a.example; img-src 'self' www.facebook.com\"\n",
        "Content-Security-Policy = \"script-src 'self' https://a.example; img-src 'self'\"\n",
    ),
    (
        "_headers",
        "/*\n  Content-Security-Policy: script-src https://connect.facebook.net 'self'; connect-src *.facebook.net 'self'\n",
        "/*\n  Content-Security-Policy: script-src 'self'; connect-src 'self'\n",
    ),
    (
        "nginx.conf",
        "add_header Content-Security-Policy \"default-src 'self'; script-src 'self' connect.facebook.net; img-src 'self'\" always;\n",
        "add_header Content-Security-Policy \"default-src 'self'; script-src 'self'; img-src 'self'\" always;\n",
    ),
    (
        ".htaccess",
        "Header set Content-Security-Policy \"script-src 'self' https://connect.facebook.net/en_US/ 'unsafe-inline'\"\n",
        "Header set Content-Security-Policy \"script-src 'self' 'unsafe-inline'\"\n",
    ),
    (
        "index.html",
        '<meta http-equiv="Content-Security-Policy" content="script-src \'self\' https://connect.facebook.net">\n',
        '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">\n',
    ),
    (
        "index.html",
        '<meta http-equiv="Content-Security-Policy" content="script-src &#39;self&#39; https://connect.facebook.net; img-src *">\n',
        '<meta http-equiv="Content-Security-Policy" content="script-src &#39;self&#39;; img-src *">\n',
    ),
    (
        "vercel.json",
        '[{"key": "Content-Security-Policy", "value": "script-src \'self\' https://connect.facebook.net; style-src \'self\'"}]\n',
        '[{"key": "Content-Security-Policy", "value": "script-src \'self\'; style-src \'self\'"}]\n',
    ),
    (
        "next.config.js",
        "const csp = `\n  script-src 'self'\n    https://connect.facebook.net\n    https://a.example;\n  img-src 'self';\n`;\n",
        "const csp = `\n  script-src 'self'\n    https://a.example;\n  img-src 'self';\n`;\n",
    ),
    (
        "server.js",
        "app.use(helmet({ contentSecurityPolicy: { directives: {\n"
        "  scriptSrc: [\"'self'\", 'https://connect.facebook.net', 'https://a.example'],\n"
        "  imgSrc: [\"'self'\", \"https://www.facebook.com\"],\n} } }));\n",
        "app.use(helmet({ contentSecurityPolicy: { directives: {\n"
        "  scriptSrc: [\"'self'\", 'https://a.example'],\n  imgSrc: [\"'self'\"],\n} } }));\n",
    ),
    (
        "server.js",
        "helmet.contentSecurityPolicy({ directives: { scriptSrc: [\n    \"'self'\",\n    'https://connect.facebook.net', // Meta Pixel\n"
        "    'https://a.example',\n    '*.facebook.net',\n    'https://connect.facebook.net'\n  ] } });\n",
        "helmet.contentSecurityPolicy({ directives: { scriptSrc: [\n    \"'self'\",\n    'https://a.example'\n  ] } });\n",
    ),
    (
        "csp.rb",
        "config.content_security_policy do |policy|\n  policy.script_src :self, 'https://connect.facebook.net', :https\nend\n",
        "config.content_security_policy do |policy|\n  policy.script_src :self, :https\nend\n",
    ),
    (
        "csp.rb",
        "config.content_security_policy do |policy|\n  policy.script_src :self, :https, 'https://connect.facebook.net'\nend\n",
        "config.content_security_policy do |policy|\n  policy.script_src :self, :https\nend\n",
    ),
    (
        "csp.php",
        "<?php\nheader(\"Content-Security-Policy: script-src 'self' https://connect.facebook.net \" . \"https://a.example; img-src *\");\n",
        "<?php\nheader(\"Content-Security-Policy: script-src 'self' \" . \"https://a.example; img-src *\");\n",
    ),
    (
        "security.yml",
        "content_security_policy:\n  script-src:\n    - \"'self'\"\n    - https://connect.facebook.net\n  img-src:\n    - \"'self'\"\n",
        "content_security_policy:\n  script-src:\n    - \"'self'\"\n  img-src:\n    - \"'self'\"\n",
    ),
]  # fmt: skip
UNSAFE = [
    (
        "_headers",
        "/*\n  Content-Security-Policy: script-src 'self'; img-src www.facebook.com; connect-src *.facebook.net connect.facebook.net\n",
        "/*\n  Content-Security-Policy: script-src 'self'; img-src 'none'; connect-src 'none'\n",
    ),
]
REFUSED = [
    ("a.json", f'{{"key": "Link", "value": "{LINK}"}}\n', "the header would be left empty"),
    ("csp.js", "csp = { scriptSrc: [\"'self'\", pixel && 'connect.facebook.net', 'a.example'] };\n", DECIDED),
    ("csp.php", "<?php $csp->add(Directive::SCRIPT, 'https://connect.facebook.net', true); // content-security\n", JOINED),

    ("netlify.toml", "Content-Security-Policy = \"script-src https://connect.facebook.net; img-src *\"\n", policies.EMPTY),
    ("server.js", "helmet.contentSecurityPolicy({ directives: { scriptSrc: ['https://connect.facebook.net'] } });\n", policies.EMPTY),
    (
        "server.js",
        "const csp = \"script-src 'self' \" + 'https://connect.facebook.net' + \"; img-src 'self'\";\n",
        "the policy is put together from several texts",
    ),
    (
        "security.yml",
        "content_security_policy:\n  script-src:\n    - https://connect.facebook.net\n  img-src:\n    - \"'self'\"\n",
        policies.EMPTY,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "before", "after"), TAKEN)
def test_hosts_are_taken_out(path: str, before: str, after: str) -> None:
    text, outcome = _fix(path, before)
    assert outcome.edits
    assert (text, dict(outcome.refused)) == (after, {})
    assert _fix(path, text)[0] == text


@pytest.mark.parametrize(("path", "before", "after"), UNSAFE)
def test_an_empty_list_is_none_if_a_person_looks(path: str, before: str, after: str) -> None:
    assert set(_fix(path, before)[1].refused.values()) == {WITH_CARE}
    text, outcome = _fix(path, before, unsafe=True)
    assert (text, outcome.unsafe) == (after, frozenset(outcome.edits))


@pytest.mark.parametrize(("path", "text", "why"), REFUSED)
def test_what_is_in_doubt_is_refused(path: str, text: str, why: str) -> None:
    after, outcome = _fix(path, text)
    assert (after, set(outcome.refused.values())) == (text, {why})


NAMES = ["'self'", "https://connect.facebook.net", "*.facebook.net", "https://a.example", "data:", "https://b.example/x"]
SOURCES = st.lists(st.sampled_from(NAMES), max_size=6)


@given(SOURCES, SOURCES, st.sampled_from(["list", "blank", "lines"]))
@settings(max_examples=150, deadline=None)
def test_what_is_left_is_what_was_there(scripts: list[str], images: list[str], how: str) -> None:
    scripts = scripts or ["'self'"]
    if how == "list":
        both = ", ".join(f'"{one}"' for one in scripts), ", ".join(f'"{one}"' for one in images)
        text = f"helmet.contentSecurityPolicy({{ directives: {{ scriptSrc: [{both[0]}], imgSrc: [{both[1]}] }} }});\n"
    else:
        glue = " " if how == "blank" else "\n    "
        text = f"csp: `script-src {glue.join(scripts)}; img-src {glue.join(images)};`\n"
    after, outcome = _fix("csp.js", text)
    assert after.count("https://a.example") == text.count("https://a.example")
    assert after.count("data:") == text.count("data:")
    if not outcome.refused and outcome.edits:
        assert "facebook" not in after
        if how == "blank":
            words = text.replace(";", " ;").replace("`", " ` ").split()
            assert after.replace(";", " ;").replace("`", " ` ").split() == [word for word in words if "facebook" not in word]
    assert _fix("csp.js", after)[0] == after


@given(st.text(alphabet="'\"`;,[]{}() \n\\+.:-", max_size=20), st.text(alphabet="'\"`;,[]{}() \n\\+.:-", max_size=20))
@settings(max_examples=150, deadline=None)
def test_anything_around_a_host_is_answered(before: str, behind: str) -> None:
    text = f"contentSecurityPolicy script-src 'self'{before}connect.facebook.net{behind}https://a.example"
    left, outcome = _fix("csp.js", text)
    assert (left != text) == bool(outcome.edits)
