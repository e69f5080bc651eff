"""Markdown and its relatives."""

import time

import pytest

from tests.recording import run

SCRIPT = "<script>fbq('init', '1');</script>"


@pytest.mark.parametrize(
    "text",
    [
        f"```html\n{SCRIPT}\n```\n",
        f"~~~\n```\n{SCRIPT}\n~~~\n",
        f"Paste this:\n\n    {SCRIPT}\n",
        f"Paste `{SCRIPT}` there.",
        f"Paste ``a ` {SCRIPT}`` there.",
        f"- item\n\n  ```\n  {SCRIPT}\n  ```\n",
        "The fbq function of connect.facebook.net.",
        f"{{% highlight html %}}{SCRIPT}{{% endhighlight %}}",
        f"```\n{SCRIPT}",
    ],
)
def test_samples_give_nothing(text: str) -> None:
    assert run("markdown", text).handed == []


@pytest.mark.parametrize(
    "text",
    [
        f"# Title\n\n{SCRIPT}\n",
        f"```\na\n```\n{SCRIPT}\n",
        f"a ` b\n\n{SCRIPT} `\n",
        f"- a\n\n    {SCRIPT}\n",
    ],
)
def test_raw_markup_is_live(text: str) -> None:
    [found] = run("markdown", text).texts("html")
    assert SCRIPT in found


def test_blank_lines_and_indentation_inside_a_script() -> None:
    [found] = run("markdown", "<script>\nvar a = `x`;\n\n    fbq('init');\n\n```\n</script>\n").texts("html")
    assert "    fbq('init');" in found
    assert "`x`" in found


def test_front_matter_is_data() -> None:
    reading = run("markdown", "---\nhead: <script>fbq(1)</script>\n---\nText\n")
    assert [(name, frame.dialect) for name, _, frame in reading.handed] == [("data", "yaml")]


def test_template_tags_are_masked() -> None:
    [found] = run("markdown", "<script>fbq('init', '{{ site.id }}'); {% if a %}x(){% endif %}</script>").texts("html")
    assert found == "<script>fbq('init', '" + "_" * 13 + "');" + " " * 11 + "x()" + " " * 11 + "</script>"


def test_mdx() -> None:
    text = "import x from 'y'\n\nexport const a = () => fbq('init')\n\n<Script>{`fbq('track')`}</Script>\n\nText {/* fbq */}\n"
    reading = run("markdown", text, dialect="mdx")
    assert reading.texts("javascript") == ["export const a = () => fbq('init')", "`fbq('track')`"]
    assert len(reading.texts("html")) == 1


def test_rst_and_asciidoc() -> None:
    assert run("markdown", f"Text fbq\n\n.. raw:: html\n\n   {SCRIPT}\n\nText fbq\n", dialect="rst").texts("html") == [SCRIPT]
    assert run("markdown", f"Text\n\n++++\n{SCRIPT}\n++++\nText fbq\n", dialect="rst").texts("html") == [SCRIPT]
    assert run("markdown", f".. code-block:: html\n\n   {SCRIPT}\n", dialect="rst").handed == []


@pytest.mark.parametrize("dialect", ["", "mdx", "rst"])
@pytest.mark.parametrize(
    "text", ["`", "` `` ", "```\n", "{{", "{% ", "{", "<script>\n", "{% raw %}", "import {\n", "- ", "> ", "{fbq", "\n    fbq"]
)
def test_hostile_text_takes_linear_time(dialect: str, text: str) -> None:
    start = time.process_time()
    run("markdown", text * (60_000 // len(text)) + " fbq( <script>", dialect=dialect)
    assert time.process_time() - start < 3
