"""XML and CSS."""

import time

import pytest

from linter.evidence import Url
from tests.recording import run


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("<a><content:encoded><![CDATA[<script>fbq(1)</script>]]></content:encoded></a>", "html", "<script>fbq(1)</script>"),
        ("<a><b>&lt;script&gt;fbq(1)&lt;/script&gt;</b></a>", "html", "<script>fbq(1)</script>"),
        ("<mj-raw><script>fbq('init')</script></mj-raw>", "javascript", "fbq('init')"),
        ("<script>//<![CDATA[\nfbq('init')\n//]]></script>", "javascript", "//\nfbq('init')\n//"),
        ("<a><b>a</b><!-- <script>fbq(1)</script> --></a>", "dormant", "<script>fbq(1)</script>"),
    ],
)
def test_texts(text: str, language: str, expected: str) -> None:
    reading = run("xml", text)
    found = reading.texts("html", "dormant") if language == "dormant" else reading.texts(language)
    assert found == [expected]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ('<head><script src="https://connect.facebook.net/x.js" src_type="url"/></head>', "script"),
        ('<head><link src="https://connect.facebook.net/x.js" src_type="url"/></head>', "script"),
        ('<link rel="preconnect" href="https://connect.facebook.net"/>', "hint"),
        ("<noscript><img src='https://www.facebook.com/tr?id=1&amp;ev=PageView'/></noscript>", "image"),
        ("<url><loc>https://connect.facebook.net/x</loc></url>", "data"),
    ],
)
def test_addresses(text: str, role: str) -> None:
    [url] = run("xml", text).evidence
    assert isinstance(url, Url)
    assert url.role == role
    assert url.noscript == ("noscript" in text)
    assert "&amp;" not in url.url


def test_prose_gives_nothing() -> None:
    reading = run("xml", "<!-- fbq --><a title='about fbq'>We use fbq.</a>")
    assert reading.handed == []
    assert reading.evidence == []


@pytest.mark.parametrize(
    ("text", "role", "state"),
    [
        ("a{background:url(https://www.facebook.com/tr?id=1)}", "image", "active"),
        ("a{background:url( 'https://www.facebook.com/tr?id=1' )}", "image", "active"),
        ("@import 'https://connect.facebook.net/x.css';", "style", "active"),
        ("@import url(https://connect.facebook.net/x.css);", "style", "active"),
        ("/* a{background:url(https://www.facebook.com/tr?id=1)} */", "image", "dormant"),
    ],
)
def test_css(text: str, role: str, state: str) -> None:
    [url] = run("css", text).evidence
    assert isinstance(url, Url)
    assert (url.role, url.state) == (role, state)


@pytest.mark.parametrize("language", ["xml", "css"])
@pytest.mark.parametrize("text", ["<", "<a ", "<a '", '<a b="', "<!--", "<![CDATA[", "<a>", "</a>", "url(", "/*", "@import ", "url('"])
def test_hostile_text_takes_linear_time(language: str, text: str) -> None:
    start = time.process_time()
    run(language, text * (100_000 // len(text)) + " fbq(")
    assert time.process_time() - start < 2
