"""Code of languages that are told by their strings and comments."""

import time

import pytest

from tests.recording import run


@pytest.mark.parametrize(
    ("dialect", "code", "language", "expected"),
    [
        ("ruby", "x = \"<script>fbq('init', '#{id}')</script>\"", "html", "<script>fbq('init', '_____')</script>"),
        ("ruby", "x = <<~HTML\n  <script>fbq('init')</script>\nHTML\ny", "html", "<script>fbq('init')</script>"),
        ("ruby", "x = %Q(<script>fbq('init', (1))</script>)", "html", "<script>fbq('init', (1))</script>"),
        ("python", 'x = """<script>fbq("init")</script>"""', "html", '<script>fbq("init")</script>'),
        ("python", "x = f\"fbq('init', '{pixel}');\"", "javascript", "fbq('init', '_______');"),
        ("python", "x = ('<script>'\n  'fbq(\"init\")'\n  '</script>')", "html", '<script>fbq("init")</script>'),
        ("c", 'var s = "<script>" + "fbq(\'init\', \'" + id + "\')</script>";', "html", "<script>fbq('init', '__')</script>"),
        ("c", 'var s = @"<script>fbq(""init"")</script>";', "html", '<script>fbq("init")</script>'),
        ("c", "s := `<script>fbq('init')</script>`", "html", "<script>fbq('init')</script>"),
        ("sql", "INSERT INTO t VALUES (1, '<script>fbq(''init'')</script>');", "html", "<script>fbq('init')</script>"),
        ("sql", "INSERT INTO t VALUES (1, '<script>fbq(\\'init\\')</script>');", "html", "<script>fbq('init')</script>"),
        ("lua", "x = [[<script>fbq('init')</script>]]", "html", "<script>fbq('init')</script>"),
        ("elixir", 'x = """\n<script>fbq("init")</script>\n"""', "html", '<script>fbq("init")</script>'),
        ("plain", "<script>fbq('init')</script>", "html", "<script>fbq('init')</script>"),
    ],
)
def test_strings(dialect: str, code: str, language: str, expected: str) -> None:
    assert run("code", code, dialect=dialect).texts(language) == [expected]


@pytest.mark.parametrize(
    ("dialect", "code", "role"),
    [
        ("ruby", '= javascript_include_tag "https://connect.facebook.net/en_US/fbevents.js"', "script"),
        ("python", 'requests.post("https://graph.facebook.com/v9/1/events", json=x)', "request"),
        ("ruby", 'Net::HTTP.post(URI("https://graph.facebook.com/v9/1/events"))', "request"),
        ("c", 'await client.PostAsync("https://graph.facebook.com/v9/1/events", body);', "request"),
        ("shell", "curl -X POST https://graph.facebook.com/v9/1/events -d x", "request"),
        ("shell", 'curl -X POST "https://graph.facebook.com/v9/1/events" -d x', "request"),
        ("python", 'HOSTS = ["connect.facebook.net"]', "data"),
        ("ruby", 'policy.script_src :self, "https://connect.facebook.net"', "data"),
        ("python", 'CSP_SCRIPT_SRC = ("\'self\'", "https://connect.facebook.net")', "data"),
    ],
)
def test_addresses(dialect: str, code: str, role: str) -> None:
    assert [found for found, _ in run("code", code, dialect=dialect).urls()] == [role]


@pytest.mark.parametrize(
    ("dialect", "code"),
    [
        ("python", 'def f():\n    """Calls fbq() with <script> tags."""\n'),
        ("python", "# we call fbq() here"),
        ("ruby", "fbq = 1"),
        ("c", "// see connect.facebook.net for fbq"),
        ("plain", "We use fbq and connect.facebook.net."),
    ],
)
def test_prose_gives_nothing(dialect: str, code: str) -> None:
    reading = run("code", code, dialect=dialect)
    assert reading.handed == []
    assert reading.evidence == []


def test_names_that_hold_prose() -> None:
    assert run("code", "<script>fbq('init')</script>", path="a/README.txt").handed == []


def test_commented_out_code_is_dormant() -> None:
    assert run("code", "# <script>\n# fbq('init')\n# </script>\n", dialect="ruby").texts("html", "dormant") != []


@pytest.mark.parametrize("dialect", ["c", "ruby", "python", "shell", "sql", "lua", "elixir", "perl"])
@pytest.mark.parametrize("text", ["'", '"', "`", "<<A\n", "%q(", "/*", "--[[", '"""', "\\", '"a" + ', "[[", "'a' x "])
def test_hostile_text_takes_linear_time(dialect: str, text: str) -> None:
    start = time.process_time()
    run("code", text * (60_000 // len(text)) + " fbq(", dialect=dialect)
    assert time.process_time() - start < 2
