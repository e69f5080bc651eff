"""Sources (bytes, lines, columns) and slices (which characters came from where)."""

import codecs
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.decoders import json_string
from linter.text import HOLE, NotText, Piece, Place, Slice, Source, Step, join
from tests.layers import LAYERS, layered

TEXTS = st.text(st.one_of(st.sampled_from("ab\n\r\"\\'&%é€😀"), st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
ENCODINGS = [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]
ENCODINGS += [("utf-32-le", codecs.BOM_UTF32_LE), ("utf-32-be", codecs.BOM_UTF32_BE)]


def slow_place(text: str, index: int, encoding: str, bom: bytes) -> Place:
    """The place of a character, counted one by one."""
    line, column = 1, 1
    for at in range(index):
        ends = text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n")
        line, column = (line + 1, 1) if ends else (line, column + 1)
    return Place(line, column, len(bom) + len(text[:index].encode(encoding)))


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_places_are_those_of_a_slow_count(text: str, encoding: tuple[str, bytes]) -> None:
    text = "\n" + text  # so that the text does not begin with a character that is a BOM
    source = Source("page.html", encoding[1] + text.encode(encoding[0]))
    assert (source.text, source.encoding) == (text, encoding[0])
    assert [source.place(at) for at in range(len(text) + 1)] == [slow_place(text, at, *encoding) for at in range(len(text) + 1)]


@given(TEXTS)
def test_lines_are_the_text_without_line_ends(text: str) -> None:
    source = Source("page.html", ("\n" + text).encode())
    lines = source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [source.line(number) for number in range(1, len(source.line_starts) + 1)] == lines


@pytest.mark.parametrize(("encoding", "bom"), ENCODINGS)
def test_byte_offsets_hold_far_into_a_file(encoding: str, bom: bytes) -> None:
    text = "é😀\r\nab" * 3000
    source = Source("page.html", bom + text.encode(encoding))
    for index in (0, 1, 4095, 4096, 4097, 8192, 12288, len(text) - 1, len(text)):
        assert source.byte_offset(index) == len(bom) + len(text[:index].encode(encoding))


def test_columns_count_after_the_bom() -> None:
    assert Source("a", codecs.BOM_UTF8 + b"fbq()\nfbq()").place(0) == Place(1, 1, 3)
    assert Source("a", codecs.BOM_UTF16_LE + "a\nfbq()".encode("utf-16-le")).place(3) == Place(2, 2, 8)


def test_carriage_returns_end_lines() -> None:
    source = Source("a", b"one\rtwo\r\nthree\n\nfour")
    assert list(source.line_starts) == [0, 4, 9, 15, 16]
    assert source.line(2) == "two"
    assert source.place(8) == Place(2, 5, 8)


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"", "utf-8", ""),
        (codecs.BOM_UTF8, "utf-8", ""),
        ("Praxis Grün".encode("cp1252"), "cp1252", "Praxis Grün"),
        ("„Zähne“: 5 €".encode("cp1252"), "cp1252", "„Zähne“: 5 €"),
        (b"gr\xfcn \x81", "latin-1", "grün \x81"),
        (codecs.BOM_UTF8 + b"gr\xfcn", "latin-1", "grün"),
        ("fbq('init')".encode("utf-16-le"), "utf-16-le", "fbq('init')"),
        ("fbq('init')".encode("utf-16-be"), "utf-16-be", "fbq('init')"),
        (codecs.BOM_UTF16_LE + "fbq".encode("utf-16-le") + b"x", "utf-16-le", "fbq"),
        (codecs.BOM_UTF16_BE + b"\xd8\x3d\0a", "utf-16-be", "\ud83da"),
    ],
)
def test_encodings(data: bytes, encoding: str, text: str) -> None:
    source = Source("a", data)
    assert (source.encoding, source.text) == (encoding, text)
    assert source.byte_offset(len(text)) in (len(data), len(data) - 1)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\3\4" + b"\0" * 40, b"\xff\xfe\0\0\xff\xff\xff\xff"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        Source("a", data)


@given(st.binary())
def test_any_bytes_are_text_or_not_text(data: bytes) -> None:
    try:
        source = Source("a", data)
    except NotText:
        return
    source.place(len(source.text))


# ---------------------------------------------------------------- slices


@st.composite
def slices(draw: st.DrawFn) -> Slice:
    """A slice decoded through some layers, cut out of a file."""
    layers = draw(st.lists(st.sampled_from(LAYERS), max_size=3))
    encoded = layered(draw(TEXTS), layers, Random(draw(st.integers(0, 99))))
    source = Source("a", f"x = '{encoded.text}';".encode())
    text = source.slice().cut(5, 5 + len(encoded.text))
    for layer in reversed(layers):
        text = layer.decode(text)
    return text


def characters(text: Slice) -> list[tuple[str, tuple[int, int]]]:
    """Each character with its span."""
    return [(char, text.span(at, at + 1)) for at, char in enumerate(text.text)]


@given(slices(), st.data())
def test_cut_keeps_every_character(text: Slice, data: st.DataObject) -> None:
    begin, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    part = text.cut(begin, end)
    assert characters(part) == characters(text)[begin:end]
    assert part.span(0, 0) == text.span(begin, begin)
    assert part.span(0, len(part)) == text.span(begin, end)


@given(slices(), st.data())
def test_mask_shifts_nothing(text: Slice, data: st.DataObject) -> None:
    begin, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    masked = text.mask([(begin, end, HOLE)])
    assert masked.text == text.text[:begin] + HOLE * (end - begin) + text.text[end:]
    assert [span for _, span in characters(masked)] == [span for _, span in characters(text)]


@given(slices(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1))
def test_join_keeps_every_character(text: Slice, ranges: list[tuple[int, int]]) -> None:
    parts = [text.cut(begin, end) for begin, end in ranges]
    joined = join(parts)
    assert characters(joined) == [pair for part in parts for pair in characters(part)]
    begin, end = joined.span(0, len(joined))
    assert 0 <= begin <= end <= len(text.source.text)


@given(slices(), st.integers(0, 30), st.integers(0, 30))
def test_a_span_covers_its_characters(text: Slice, begin: int, end: int) -> None:
    spans = [span for _, span in characters(text)[begin:end]]
    if spans:
        assert text.span(begin, min(end, len(text))) == (min(span[0] for span in spans), max(span[1] for span in spans))
    else:
        assert len({*text.span(begin, end)}) == 1


@given(slices(), st.integers(1, 3))
def test_derive_maps_every_character_of_a_piece(text: Slice, length: int) -> None:
    if len(text) < 4:
        return
    derived = text.derive([Piece(text.text[0], 0, 1), Piece("", 1, 1), Piece("y" * length, 1, 3), Piece(text.text[3:], 3, len(text))])
    one, two = text.span(1, 2), text.span(2, 3)
    spans = [one, two] if length == 2 else [text.span(1, 3)] * length
    assert [span for _, span in characters(derived)] == [text.span(0, 1), *spans, *(span for _, span in characters(text)[3:])]


def test_linear_pieces_stay_one_step() -> None:
    text = Source("a", rb"one two three \n four").slice()
    assert text.derive([Piece("one ", 0, 4), Piece("two", 4, 7)]).steps == [Step(0, 0, 7)]
    assert json_string(text).steps == [Step(0, 0, 14), Step(14, 14, 16), Step(15, 16, 21)]
    assert json_string(text.cut(0, 13)).steps == ()


def test_text_that_outgrows_its_source_maps_exactly_when_cut() -> None:
    derived = Source("a", b"abcdef").slice().derive([Piece("xyz", 2, 4)])
    assert derived.cut(0, 2).span(0, 1) == (2, 4)


def test_empty_slices_keep_their_place() -> None:
    text = Source("a", rb"ab\ncd").slice()
    assert json_string(text).cut(3, 3).span(0, 0) == (4, 4)
    assert text.derive([]).span(0, 0) == (0, 0)
    assert join([text.cut(3, 3), text.cut(3, 3)]).span(0, 0) == (3, 3)
    assert text.cut(5, 2).span(0, 1) == (5, 5)


def test_a_joined_text_out_of_order_is_placed_where_it_begins() -> None:
    text = Source("a", b"var h = 'facebook.net'; s.src = '//connect.' + h + '/en_US/fbevents.js'").slice()
    host, head, tail = text.cut(9, 21), text.cut(33, 43), text.cut(52, 70)
    assert join([head, host]).span(0, 22) == (33, 43)
    assert join([head, host]).span(2, 22) == (35, 43)
    assert join([head, host, tail]).span(0, 40) == (33, 70)
