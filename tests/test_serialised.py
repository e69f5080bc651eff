"""PHP-serialised values: as PHP writes them, as search and replace leaves them, and as nobody wrote them."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.gtm.nodes import Node
from linter.readers.serialised import is_serialised, parse_serialised
from linter.text import Slice, Source
from tests.test_sql import SCRIPT, php, told


def whole(text: str) -> Slice:
    return Slice(Source("a", b""), text, 0)


def plain(node: Node | None) -> object:
    """A tree as Python values; numbers as texts."""
    if node is None or node.kind not in ("object", "array"):
        return node.text if node is not None else None
    return {key: plain(child) for key, child in node.entries.items()}


def parsed(text: str) -> object:
    return plain(parse_serialised(whole(text)))


def test_every_kind_of_value() -> None:
    assert parsed('a:6:{i:0;s:2:"ab";i:1;i:-5;i:2;d:0.5;i:3;b:1;i:4;N;s:1:"k";a:0:{}}') == {
        "0": "ab", "1": "-5", "2": "0.5", "3": "1", "4": "", "k": {},
    }  # fmt: skip
    assert parsed('O:8:"stdClass":2:{s:1:"a";s:1:"b";s:4:"\0*\0c";R:1;}') == {"a": "b", "c": ""}
    assert parsed('a:2:{i:0;C:5:"Thing":3:{xyz}i:1;E:11:"Suit:Hearts";}') == {"0": "xyz", "1": "Suit:Hearts"}
    assert parsed('s:3:"a"b";') == 'a"b'


_VALUES = st.recursive(
    st.text(max_size=8) | st.sampled_from(['";', '"', ";}", "é", "日本", "😀", 's:1:"x";', "\\"]) | st.integers(-9, 9).map(str),
    lambda inner: st.dictionaries(st.text(max_size=4).filter(lambda key: "\0" not in key), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(_VALUES.filter(lambda value: isinstance(value, dict)))
def test_what_php_wrote_is_read_as_it_was(value: object) -> None:
    assert parsed(php(value)) == value


@settings(deadline=None)
@given(_VALUES, st.text(max_size=20), st.integers(0, 200))
def test_no_text_fails(value: object, other: str, cut: int) -> None:
    text = php(value)
    for broken in (text[:cut], text[:cut] + other + text[cut:], text + other, other):
        root = parse_serialised(whole(broken))
        assert root is None or 0 <= root.begin <= root.end <= len(broken)


def test_places() -> None:
    text = php({"é": {"日本": "wert"}, "b": "zwei"})
    root = parse_serialised(whole(text))
    assert root is not None
    inner = root.entries["é"].entries["日本"].slice()
    assert text[slice(*inner.span(0, len(inner)))] == "wert"
    assert text[slice(*root.keys["b"])] == "b"


@pytest.mark.parametrize("length", [0, 3, 9, 11, 400, 99999999])
def test_wrong_lengths_after_search_and_replace(length: int) -> None:
    text = f'a:3:{{s:3:"url";s:{length}:"http://new";s:4:"code";s:{length}:"{SCRIPT}";s:1:"z";i:5;}}'
    assert parsed(text) == {"url": "http://new", "code": SCRIPT, "z": "5"}


def test_wrong_lengths_around_code_that_looks_like_an_end() -> None:
    code = 'if(a){b="x";}c="y";d()'
    for wrong in (len(code) - 5, len(code) + 5):
        assert parsed(f'a:2:{{s:1:"a";s:{wrong}:"{code}";s:1:"b";b:0;}}') == {"a": code, "b": "0"}


def test_line_ends_between_length_and_text() -> None:
    assert parsed('a:1:{s:\n7:"version";s:\n5:"1.4.5";}') == {"version": "1.4.5"}


def test_quotes_that_were_escaped_once_more() -> None:
    text = r"a:1:{s:4:\"code\";s:27:\"<script src=\'x\'>\"a\"</script>\";}"
    assert parsed(text) == {"code": "<script src='x'>\"a\"</script>"}


def test_what_is_cut_off_is_kept() -> None:
    assert parsed('a:9:{s:1:"a";s:1:"b";s:4:"code";s:900:"<script>fbq(1)') == {"a": "b", "code": "<script>fbq(1)"}
    assert parsed('a:9:{s:1:"a";?? <b>') == {"?0": ";?? <b>"}


@pytest.mark.parametrize("text", ["", "a", "a:b", "s:5", "http://x", "{}", "i:5 people", "b:2", 'as:1:"a";', "<p>"])
def test_what_is_no_serialised_value(text: str) -> None:
    assert not is_serialised(text)


def test_a_file_of_customizer_settings() -> None:
    mods = {"html_scripts_header": SCRIPT, "colour": "red", "facebook_pixel_id": "123456789012345"}
    assert told(php({"template": "t", "mods": mods, "options": {"x": "y"}}), "export.dat") == [
        "html > script | fbq: fbq('init', '102938475610293')",
        " | mods.facebook_pixel_id = 123456789012345",
    ]


PIECES = ["a:1:{", 's:5:"', '";', "}", "i:0;", 'O:1:"a":1:{', 's:0:"";', 's:999:"', 'C:1:"a":5:{', "N;", "{", '\\"', "r:1;", 'a";}']


@pytest.mark.parametrize("seed", range(30))
def test_hostile_values_take_linear_time(seed: int) -> None:
    chosen = random.Random(seed).choices(PIECES, k=3)
    text = "a:9:{" + "".join(chosen) * 30_000
    start = time.process_time()
    parse_serialised(whole(text))
    assert time.process_time() - start < 4
