"""Decoders: what literals mean, and that every character leads back to the bytes that wrote it."""

import codecs
import html
import json
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linter import decoders
from linter.text import HOLE, NotText, Slice, Source
from tests.layers import LAYERS, Layer, layered

Decoder = Callable[[Slice], Slice]
CHARACTERS = st.one_of(
    st.sampled_from("ab01fux \n\r\t\"\\'/&<>;#%$+={}é€“😀"), st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)
ENCODINGS = [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]
ALL: dict[str, Decoder] = {name: getattr(decoders, name) for name in decoders.__all__ if name != "dedent"}
ALL["dedent"] = partial(decoders.dedent, width=2)
ALL["html text"] = partial(decoders.html_entities, attribute=False)
ALL["heredoc 4"] = partial(decoders.php_heredoc, indent=4)

ESCAPE_PARTS = ["\\ux", "\\u{", "\\x", "\\ud83d", "\\ude00", "\\N{", "}", "{", "{$", "${", "$a", "#{", "[", "]", "->", " "]
ESCAPE_PARTS += ["&", "#", ";", "%C3", "%A9", "%u", "'", '"', "<![CDATA[", "]]>", "1", "0x"]


def whole(text: str) -> Slice:
    """A slice over a file that holds just `text`."""
    return Source("a", text.encode()).slice()


@given(
    st.text(CHARACTERS, max_size=20), st.lists(st.sampled_from(LAYERS), min_size=1, max_size=5), st.integers(), st.sampled_from(ENCODINGS)
)
def test_layers_decode_to_the_bytes_that_wrote_each_character(
    text: str, layers: list[Layer], seed: int, encoding: tuple[str, bytes]
) -> None:
    check_layers(text, layers, seed, *encoding)


@given(
    st.text(st.sampled_from("aZ09<>\"'\\&%äöüß€“ \r\n"), max_size=20),
    st.lists(st.sampled_from(LAYERS), min_size=1, max_size=5),
    st.integers(),
)
def test_layers_in_a_cp1252_file(text: str, layers: list[Layer], seed: int) -> None:
    check_layers(text, layers, seed, "cp1252", b"")


def check_layers(text: str, layers: list[Layer], seed: int, encoding: str, bom: bytes) -> None:
    encoded = layered(text, layers, Random(seed))
    before, after = "“ü\r\nx = '", "';\rü"
    source = Source("a", bom + (before + encoded.text + after).encode(encoding))
    assume(source.encoding == encoding)
    decoded = source.slice().cut(len(before), len(before) + len(encoded.text))
    for layer in reversed(layers):
        decoded = layer.decode(decoded)
    assert decoded.text == text
    for at, (begin, end) in enumerate(encoded.spans):
        first, last = decoded.span(at, at + 1)
        span = slice(source.byte_offset(first), source.byte_offset(last))
        assert span.start == len(bom) + len((before + encoded.text[:begin]).encode(encoding))
        assert source.data[span] == encoded.text[begin:end].encode(encoding)


@given(st.sampled_from(sorted(ALL)), st.text(st.one_of(st.sampled_from("\\ux{}0123dD8c%$#&;'\"<![CDATA]>\r\n \tN"), st.characters())))
def test_no_text_makes_a_decoder_fail(name: str, text: str) -> None:
    check_any(name, text)


@given(
    st.sampled_from(sorted(ALL)),
    st.lists(st.sampled_from(ESCAPE_PARTS)),
)
def test_no_pieces_of_escapes_make_a_decoder_fail(name: str, parts: list[str]) -> None:
    check_any(name, "".join(parts))


def check_any(name: str, text: str) -> None:
    try:
        source = Source("a", codecs.BOM_UTF16_LE + text.encode("utf-16-le", "surrogatepass"))
    except NotText:
        return
    decoded = ALL[name](source.slice())
    spans = [decoded.span(at, at + 1) for at in range(len(decoded))]
    assert spans == sorted(spans)
    assert all(0 <= begin < end <= len(source.text) for begin, end in spans)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_json_as_the_library_reads_it(text: str, ascii_only: bool) -> None:
    assert decoders.json_string(whole("\n" + json.dumps(text, ensure_ascii=ascii_only)).cut(2, 10**6)).text.rstrip('"') == text.rstrip('"')


@given(st.text(st.sampled_from("&;#xX0123456789abcnot ltgpmquroe=")))
def test_references_in_text_as_the_library_reads_them(text: str) -> None:
    expected = html.unescape(text)
    assume("\x00" not in expected and "&#" not in text)
    assert decoders.html_entities(whole(text), attribute=False).text == expected


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("json_string", r"a\/b\"c\\\u00e9\u003Cscript\u003e", 'a/b"c\\é<script>'),
        ("json_string", r"\ud83d\ude00 \ud83d \ude00 \q \u12", "😀 \\ud83d \\ude00 \\q \\u12"),
        ("js_string", r"\x3cscript\u003e\u{1F600}\/\101\0\v\q", "<script>😀/A\0\vq"),
        ("js_string", "one\\\r\ntwo\\\nthree\\\rfour\\\u2028five", "onetwothreefourfive"),
        ("js_string", "a\r\nb\rc\n", "a\nb\nc\n"),
        ("js_string", r"\u12 \xg \u{110000} \u{} \ud83d\ude00 \ud83d", r"\u12 \xg \u{110000} \u{} 😀 \ud83d"),
        ("js_string", "\\'\\\"\\`\\$\\", "'\"`$\\"),
        ("js_string", r"\377\400\08", "\xff\x200\x008"),
        ("php_single", r"it\'s \\ \n \"", "it's \\ \\n \\\""),
        ("php_double", r"\n\t\r\v\e\f\\\$\"\x41\u{1f600}\101\q\'", "\n\t\r\v\x1b\f\\$\"A😀A\\q\\'"),
        ("php_double", r"\xc3\xA9 \303\251 \xe9", "é é é"),
        ("php_double", "a$id[0]b", f"a{HOLE * 6}b"),
        ("php_double", "$id[key]$id[$i]$o->p$o?->p$o->", HOLE * 28 + "->"),
        ("php_double", r"a\$b $1 $ {a} {\$a}", "a$b $1 $ {a} {$a}"),
        ("php_double", "x{$a['}']->b(\"{\")}y", f"x{HOLE * 17}y"),
        ("php_double", "x${a}{$b", f"x{HOLE * 4}{{{HOLE * 2}"),
        ("php_double", "fbq('init', '{$pixel->id()}');", f"fbq('init', '{HOLE * 14}');"),
        ("php_heredoc", r"a\"b\n$c", 'a\\"b\n' + HOLE * 2),
        ("heredoc 4", "    a\n      b\r\n  c\n\n    \\x41", "a\n  b\r\nc\n\nA"),
        ("php_nowdoc", r"a\n$b", r"a\n$b"),
        ("html_entities", "&lt;script&gt;&amp;&quot;&#039;&#x2F;&eacute;&nbsp;", "<script>&\"'/é\xa0"),
        ("html_entities", "?a=1&copy=2&region=3&ampev=4&lt&amp", "?a=1&copy=2&region=3&ampev=4<&"),
        ("html_entities", "&unknown; & &; &#; &#x; &#128; &#0; &#xD800; &#99999999999;", "&unknown; & &; &#; &#x; € \ufffd \ufffd \ufffd"),
        ("html text", "&notit; &ampev &lt1", "¬it; &ev <1"),
        ("xml_cdata", "a&lt;<![CDATA[<b>&amp;]]]]><![CDATA[>]]>&gt;", "a<<b>&amp;]]>>"),
        ("xml_cdata", "<![CDATA[open &amp;", "open &amp;"),
        ("xml_cdata", "&amp &amp;", "&amp &"),
        ("url_encoded", "%3Cscript%3e+%C3%A9%E9%f0%9f%98%80%zz%4", "<script>+é%E9😀%zz%4"),
        ("percent_u", "%u003Cb%uD83D%uDE00%e9%uzz", "<b😀é%uzz"),
        ("base64_text", b64encode("fbq('init') é".encode()).decode(), "fbq('init') é"),
        ("base64_text", "ZmJx\n ZmJx\t", "fbqfbq"),
        ("base64_text", "ZmI", "fb"),
        ("base64_text", "ZmI==", "fb"),
        ("base64_text", "_-9_", "ÿï\x7f"),
        ("base64_text", "Zm_+", ""),
        ("base64_text", "ZmJxZ", ""),
        ("base64_text", "Zm=Jx", ""),
        ("base64_text", "fbq('init')", ""),
        ("base64_text", "", ""),
        ("sql_string", r"it''s \'a\' \" \\ \n \0 \% \_ \q", "it's 'a' \" \\ \n \0 \\% \\_ q"),
        ("python_string", r"\x41\u00e9\U0001F600\N{EURO SIGN}\N{NO SUCH}\101\'\q", "Aé😀€\\N{NO SUCH}A'\\q"),
        ("python_string", "a\\\nb\\\r\nc", "abc"),
        ("ruby_double", r"\x41\u00e9\u{1F600}\xC3\xA9\e\s\q\#{a}", "Aé😀é\x1b q#{a}"),
        ("ruby_double", 'a#{b["}"]}c#@d#$e#f', f"a{HOLE * 9}c{HOLE * 6}#f"),
        ("ruby_double", r"\u{66 62 71}", "fbq"),
        ("yaml_double", r"\x41\u00e9\U0001F600\ud83d\ude00\N\_\L\/\"\ \q", 'Aé😀😀\x85\xa0\u2028/" \\q'),
        ("yaml_double", "one \n  two\n\n  three \\\n  four  five", "one two\nthree four  five"),
        ("yaml_single", "it''s\n  one \\n", "it's one \\n"),
        ("char_codes", "102, 98,0x71 , 55357, 56832", "fbq😀"),
        ("char_codes", "102, x + 1, 98, 55357", f"f{HOLE}b{HOLE}"),
    ],
)
def test_literals(name: str, written: str, expected: str) -> None:
    assert ALL[name](whole(written)).text == expected


def test_quotes_and_backslashes_of_sql_dialects() -> None:
    assert decoders.sql_string(whole("a\"\"b''c"), '"').text == "a\"b''c"
    assert decoders.sql_string(whole(r"a\n''b"), backslash=False).text == r"a\n'b"


def test_a_surrogate_pair_is_one_character_of_twelve() -> None:
    decoded = decoders.json_string(whole(r"a\ud83d\ude00b"))
    assert [decoded.span(at, at + 1) for at in range(3)] == [(0, 1), (1, 13), (13, 14)]


def test_codes_in_braces_map_to_their_own_digits() -> None:
    decoded = decoders.ruby_double(whole(r"\u{66 62}"))
    assert [decoded.span(at, at + 1) for at in range(2)] == [(3, 5), (6, 8)]


def test_what_holds_no_escape_comes_back_itself() -> None:
    text = whole("plain")
    for name, decoder in ALL.items():
        assert decoder(text) is text or name in ("base64_text", "char_codes")
