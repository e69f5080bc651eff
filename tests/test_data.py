"""Data files: values, their keys and places."""

import time

import pytest

from linter.evidence import Url
from tests.recording import run


@pytest.mark.parametrize(
    ("dialect", "text", "language", "expected"),
    [
        ("json", '{"head": "<script>fbq(\\"init\\", \\"1\\");<\\/script>"}', "html", '<script>fbq("init", "1");</script>'),
        ("json", "{\"code\": \"fbq('init', '1');\"}", "javascript", "fbq('init', '1');"),
        ("json", "{code: 'fbq(\"init\")', // x\n}", "javascript", 'fbq("init")'),
        ("json", '{"a": "{\\"html\\": \\"<b>fbq</b>\\"}"}', "data", '{"html": "<b>fbq</b>"}'),
        ("json", '{"a": "&lt;script&gt;fbq(1)&lt;/script&gt;"}', "html", "<script>fbq(1)</script>"),
        ("json", '{"a": "%3Cscript%3Efbq(1)%3C/script%3E"}', "html", "<script>fbq(1)</script>"),
        ("yaml", "head: |\n  <script>\n    fbq('init');\n  </script>\nnext: 1\n", "html", "<script>\n  fbq('init');\n</script>"),
        ("yaml", "- a: 1\n  head: |\n    <script>fbq(1)</script>\n  b: 2\n", "html", "<script>fbq(1)</script>"),
        ("yaml", 'head: "<script>fbq(\\"init\\")</script>"', "html", '<script>fbq("init")</script>'),
        ("yaml", "head: '<script>fbq(''init'')</script>'", "html", "<script>fbq('init')</script>"),
        ("yaml", "head: <script>fbq('init')</script>", "html", "<script>fbq('init')</script>"),
        ("toml", 'x = """\n<script>fbq(1)</script>\n"""', "html", "<script>fbq(1)</script>"),
        ("toml", "x = '''<script>fbq(1)</script>'''", "html", "<script>fbq(1)</script>"),
        ("toml", '[a]\ncode = "fbq(\\"init\\")"', "javascript", 'fbq("init")'),
        ("eno", "-- code\n<script>fbq(1)</script>\n-- code\n", "html", "<script>fbq(1)</script>"),
        ("eno", 'CODE="<script>\nfbq(1)</script>"\n', "html", "<script>\nfbq(1)</script>"),
    ],
)
def test_values(dialect: str, text: str, language: str, expected: str) -> None:
    assert run("data", text, dialect=dialect).texts(language) == [expected]


@pytest.mark.parametrize(
    ("dialect", "text", "role", "key"),
    [
        ("json", '{"scripts": ["https://connect.facebook.net/x.js"]}', "script", "scripts"),
        ("json", '{"src": "https://connect.facebook.net/x.js"}', "script", "src"),
        ("json", '{"a": {"url": "https:\\/\\/connect.facebook.net/x.js"}}', "data", "url"),
        ("json", '{"scriptSrc": ["https://connect.facebook.net"]}', "data", "scriptSrc"),
        ("json", '{"description": "https://connect.facebook.net"}', "data", "description"),
        ("yaml", "js:\n  https://connect.facebook.net/x.js: { type: external }\n", "script", "js"),
        ("yaml", "scripts:\n- https://connect.facebook.net/x.js # note\n", "script", "scripts"),
        ("yaml", "scripts: [https://connect.facebook.net/x.js, b]\n", "script", "scripts"),
        ("yaml", "a:\n  - {src: 'https://connect.facebook.net/x.js', defer: true}\n", "script", "src"),
        ("toml", '[[scripts]]\nurl = "https://connect.facebook.net/x.js"\n', "script", "url"),
        ("eno", "PIXEL_SCRIPT=https://connect.facebook.net/x.js\n", "script", "PIXEL_SCRIPT"),
        ("eno", "host: connect.facebook.net\n", "data", "host"),
    ],
)
def test_addresses(dialect: str, text: str, role: str, key: str) -> None:
    reading = run("data", text, dialect=dialect)
    assert [(item.role, item.key) for item in reading.evidence if isinstance(item, Url)] == [(role, key)]


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("json", '{"text": "We use fbq and connect.facebook.net for ads."}'),
        ("json", '{"description": "Calls fbq(\'init\') for you"}'),
        ("yaml", "# <script>fbq(1)</script>\na: 1\n"),
        ("yaml", "a: b # connect.facebook.net\n"),
        ("toml", "# fbq('init')\n"),
        ("eno", "# CODE=<script>fbq(1)</script>\n"),
    ],
)
def test_prose_gives_nothing(dialect: str, text: str) -> None:
    reading = run("data", text, dialect=dialect)
    assert reading.handed == []
    assert reading.evidence == []


def test_lock_files_give_nothing() -> None:
    assert run("data", '{"a": "https://connect.facebook.net/x"}', path="x/package-lock.json", dialect="json").evidence == []


def test_places_of_escaped_text() -> None:
    text = '{"x": "\\u00fc", "head": "a\\n<script src=\\"https://connect.facebook.net/x\\">"}'
    [(_, value, frame)] = run("data", text, dialect="json").handed
    begin = value.text.index("connect")
    assert text[slice(*value.span(begin, begin + 7))] == "connect"
    assert frame.block is not None
    assert text[slice(*frame.block)].startswith('"head"')


@pytest.mark.parametrize("dialect", ["json", "yaml", "toml", "eno"])
@pytest.mark.parametrize("text", ['"', "'", "[", "{", "- ", "a: ", '"""', "-- a\n", 'a="\n', "a: 'b\n", "|", ' "a":', "\\", "a" + " " * 50])
def test_hostile_text_takes_linear_time(dialect: str, text: str) -> None:
    start = time.process_time()
    run("data", text * (60_000 // len(text)) + " fbq(", dialect=dialect)
    assert time.process_time() - start < 2
