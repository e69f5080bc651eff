"""The literal scan: no file with a literal is rejected, both engines agree, short names count as whole words."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.literals import forms, lower_case, places
from linter.probe import LiteralProbe
from linter.scan import Scanner
from linter.wrapped import wrapped

LITERALS = ["connect.facebook.net", "facebook.com/tr", "fbq", "gtag", "ym(", "_linkedin_partner_id"]
LOOP = Scanner(LITERALS)
MANY = Scanner.for_many(LITERALS)
WRITTEN = ["FBQ", "fbq(", "xfbq", "fbqx", "imgtag(", "\\nfbq('init'", "\\u003efbq", "%3Efbq", "facebook.com\\/tr", "facebook.com%2Ftr"]
WRAPPED = ["base64,", "atob('", "ZmJxKCdpbml0Jyk7Cg==", "\\x66\\x62\\x71('", "fromCharCode(102,98,113,40,49,41,59,32,32)"]
OTHER = ["gym(1)", "=ym(1)", "é", "\x00", " ", "\n", "'", "<script>", "data:image/png;base64,"]
PIECES = st.sampled_from([*LITERALS, *WRITTEN, *WRAPPED, *OTHER])


def test_there_is_a_fast_engine_here() -> None:
    assert MANY._search != MANY._loop


@given(st.lists(PIECES | st.text(max_size=5), max_size=12))
def test_both_engines_agree(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "replace")
    assert MANY.might_hold(data) == LOOP.might_hold(data)
    assert MANY.present(data) == LOOP.present(data)
    assert bool(LOOP.present(data)) == LOOP.might_hold(data)


@given(st.text(max_size=30), st.sampled_from(LITERALS), st.text(max_size=30), st.booleans())
def test_a_literal_between_spaces_is_never_missed(before: str, literal: str, after: str, upper: bool) -> None:
    text = f"{before} {literal.upper() if upper else literal} {after}"
    assert LOOP.might_hold(text.encode("utf-8", "replace"))
    hits = LiteralProbe(LITERALS).hits(text)
    assert any(lower_case(text[begin:end]) == literal for begin, end in hits)


@pytest.mark.parametrize(
    "text",
    ["fbq('init')", "window.fbq&&1", "\\nfbq('init'", "\\u003efbq(1)", "\\x3efbq(1)", "%3Efbq(1)", "'fbq'", "(fbq)", "fbq"],
)
def test_a_short_name_is_found_where_a_word_begins(text: str) -> None:
    assert list(places("fbq", text)) == [(text.index("fbq"), text.index("fbq") + 3)]


@pytest.mark.parametrize("text", ["xfbq(1)", "fbqs(1)", "$fbq", "my_fbq", "fbq_id", "0fbq"])
def test_a_short_name_inside_a_word_is_none(text: str) -> None:
    assert not list(places("fbq", lower_case(text)))


@pytest.mark.parametrize(
    "write",
    [
        lambda url: url,
        lambda url: url.replace("/", "\\/"),
        lambda url: url.replace("/", "%2F"),
        lambda url: url.replace("/", "\\u002F"),
        lambda url: url.replace("/", "&#x2F;"),
        lambda url: f"atob('{base64.b64encode(url.encode()).decode()}')",
        lambda url: f"data:text/javascript;base64,{base64.b64encode(url.encode()).decode()}",
        lambda url: f"String.fromCharCode({','.join(str(ord(c)) for c in url)})",
        lambda url: "".join(f"\\x{ord(c):02x}" for c in url),
        lambda url: "".join(f"\\u{ord(c):04X}" for c in url),
    ],
)
def test_every_way_to_write_a_url_is_seen(write: Callable[[str], str]) -> None:
    text = f"x = '{write('https://www.facebook.com/tr')}'"
    for scanner in (LOOP, MANY):
        assert scanner.might_hold(text.encode())
        assert scanner.present(text.encode()) == ["facebook.com/tr"]
    assert LiteralProbe(LITERALS).hits(text)


def test_pictures_in_data_urls_are_not_unwrapped() -> None:
    inside = base64.b64encode(b"fbq('init') " * 5).decode()
    assert not list(wrapped(f"url(data:image/png;base64,{inside})"))
    assert [part.inner[:3] for part in wrapped(f"src=data:text/javascript;base64,{inside}")] == ["fbq"]


def test_forms_start_with_the_literal_itself() -> None:
    assert forms("fbq") == ("fbq",)
    assert forms("facebook.com/tr")[:2] == ("facebook.com/tr", "facebook.com\\/tr")


def test_utf_16_is_left_to_the_decoder() -> None:
    assert LOOP.might_hold("fbq".encode("utf-16-le"))
    assert LOOP.present("nothing".encode("utf-16-le")) == LITERALS


@given(st.text(alphabet="Iİiıſß KFBQfbq", max_size=20))
def test_lower_case_keeps_every_character_at_its_place(text: str) -> None:
    assert len(lower_case(text)) == len(text)
