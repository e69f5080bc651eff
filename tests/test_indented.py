"""Pug, Haml and Slim: the HTML that their lines stand for, and where its characters come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handing import Recorder, hand

TR = "https://www.facebook.com/tr?id="
FB = "https://connect.facebook.net/a.js"


def page(dialect: str, code: str) -> Recorder:
    return hand("indented", dialect, code)


def html(dialect: str, code: str) -> str:
    return page(dialect, code).only("html").replace("\n", "")


@pytest.mark.parametrize(
    ("dialect", "code", "shown"),
    [
        ("pug", f'script(async, src="{FB}")', f'<script async src="{FB}"></script>'),
        ("pug", f"script(async src='{FB}' defer)", f'<script async src="{FB}" defer></script>'),
        ("pug", f'script(\n  async\n  src="{FB}"\n)\np a', f'<script async src="{FB}"></script><p> a'),
        ("pug", "script.\n  fbq('init', '#{id}');\n  a\np b", "<script>  fbq('init', '@@@@@');  a</script><p> b"),
        ("pug", "script\n  | fbq('a')\n  | b", "<script>    fbq('a')    b</script>"),
        ("pug", "script fbq('a')", "<script> fbq('a')</script>"),
        ("pug", f"noscript\n  img(height='1' src='{TR}' + id)", f'<noscript><img height="1" src="{TR}@"></noscript>'),
        ("pug", f"noscript: img(src=`{TR}${{id}}&b`)", f'<noscript><img src="{TR}@@@@@&b"></noscript>'),
        ("pug", "#a.b\n  a.c(onclick=\"fbq('x', 'y')\") z", "<div><a onclick=\"fbq('x', 'y')\"> z"),
        ("pug", "a(onclick='fbq(\"x\")')", "<a onclick='fbq(\"x\")'>"),
        ("pug", "if a\n  <b>fbq</b>\nelse\n  p b", "<b>fbq</b><p> b"),
        ("haml", f'%script{{src: "{FB}", :async => true}}', f'<script src="{FB}" async="true"></script>'),
        ("haml", f'%script{{:src => "{FB}"}}', f'<script src="{FB}"></script>'),
        ("haml", f'%script{{"src" => "{FB}",\n  :data => {{a: 1}}}}/', f'<script src="{FB}" data="@"></script>'),
        ("haml", f'%script(src="{FB}" async)', f'<script src="{FB}" async></script>'),
        ("haml", ":javascript\n  fbq('init', '#{ENV['A']}');\n%p a", "<script>  fbq('init', '@@@@@@@@@@@');</script><p> a"),
        ("haml", ":plain\n  <script>fbq()</script>", "  <script>fbq()</script>"),
        ("haml", f'%noscript\n  %img{{src: "{TR}#{{a}}&b"}}', f'<noscript><img src="{TR}@@@@&b"></noscript>'),
        ("haml", "%script\n  fbq('a')", "<script>  fbq('a')</script>"),
        ("haml", "- if a\n  <script>fbq()</script>", "<script>fbq()</script>"),
        ("slim", f'script src="{FB}" async=true', f'<script src="{FB}" async="true"></script>'),
        ("slim", f'script[async src="{FB}"]', f'<script async src="{FB}"></script>'),
        ("slim", 'javascript:\n  fbq("init", "#{a}");\np b', '<script>  fbq("init", "@@@@");</script><p> b'),
        ("slim", f'noscript\n  img height="1" src="{TR}#{{a}}"', f'<noscript><img height="1" src="{TR}@@@@"></noscript>'),
        ("slim", f"noscript: img src='{TR}'", f'<noscript><img src="{TR}"></noscript>'),
        ("slim", f'noscript\n  img height="1"\n  src="{TR}"', f'<noscript><img height="1"><img src="{TR}"></noscript>'),
        ("slim", "a.b onclick=\"fbq('a')\" text", "<a onclick=\"fbq('a')\"> text"),
        ("slim", "|\n  <script>\n  fbq()</script>\np a", "  <script>  fbq()</script><p> a"),
        ("slim", "script\n  | fbq()", "<script>    fbq()</script>"),
    ],
)
def test_lines_become_html(dialect: str, code: str, shown: str) -> None:
    assert html(dialect, code) == shown


@pytest.mark.parametrize(
    ("dialect", "code"),
    [
        ("pug", f'p a\n//- script(src="{FB}")\np b'),
        ("pug", f'//\n  script(src="{FB}")\np b'),
        ("pug", f'if false\n  script(src="{FB}")\np b'),
        ("haml", f'-# %script{{src: "{FB}"}}\n%p b'),
        ("haml", f'/\n  %script{{src: "{FB}"}}\n%p b'),
        ("haml", f'- if false\n  %script{{src: "{FB}"}}\n%p b'),
        ("slim", f'/ script src="{FB}"\np b'),
        ("slim", f'/!\n  script src="{FB}"\np b'),
    ],
)
def test_comments_are_dormant(dialect: str, code: str) -> None:
    recorder = page(dialect, code)
    assert recorder.only("html", "dormant").replace("\n", "") == f'<script src="{FB}"></script>'
    assert not recorder.live()


@pytest.mark.parametrize(
    ("dialect", "code", "shown"),
    [
        ("pug", "!= '<script>fbq()</script>'", "<script>fbq()</script>"),
        ("haml", '!= "<script>fbq()</script>"', "<script>fbq()</script>"),
        ("slim", '== "<script>fbq(\\"a\\")</script>"', '<script>fbq("a")</script>'),
    ],
)
def test_printed_markup(dialect: str, code: str, shown: str) -> None:
    assert html(dialect, code) == shown


@pytest.mark.parametrize("dialect", ["haml", "slim"])
def test_printed_script_tag(dialect: str) -> None:
    (url,) = page(dialect, f"= javascript_include_tag 'a',\n  '{FB}'\n").urls
    assert (url.url, url.role) == (FB, "script")


def test_element_maps_to_its_lines() -> None:
    code = f'p a\nscript(src="{FB}")\np b\n'
    (item,) = page("pug", code).handed
    begin = item.shown.index("<script")
    first, last = item.text.span(begin, item.shown.index("</script>") + 9)
    assert code[first:last] == f'script(src="{FB}")'


PARTS = st.sampled_from(
    [
        "\n",
        "\n  ",
        "\n    ",
        "script",
        "img",
        "%p",
        "(",
        ")",
        "{",
        "}",
        "[",
        "src=",
        '"',
        "'",
        "a",
        "fbq",
        ".",
        ":",
        ": ",
        "|",
        "=",
        "!=",
        "-",
        "//",
        "/",
        "-#",
        "if false",
        "javascript:",
        ":javascript",
        ",",
        "\\",
        "\t",
    ]
)


@given(st.sampled_from(["pug", "haml", "slim"]), st.lists(PARTS, max_size=40).map("".join))
def test_any_text_can_be_read(dialect: str, code: str) -> None:
    page(dialect, code)


@pytest.mark.parametrize("unit", ["a(", "a: ", "a(b='", "//\n ", "p\n", ".", "a b=c ", "%a{", "a(b=c d ", "= 'a',\n", "| "])
@pytest.mark.parametrize("dialect", ["pug", "haml", "slim"])
def test_hostile_repetition_is_linear(dialect: str, unit: str) -> None:
    page(dialect, unit * 3000 + "fbq")
    page(dialect, "".join(" " * number + "a\n" for number in range(300)) + "fbq")
