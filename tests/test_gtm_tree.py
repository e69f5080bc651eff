"""Documents as trees: JSON as `json` reads it, YAML as it is written, broken text as far as it goes; every place exact."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.gtm.builder import MAX_DEPTH
from linter.gtm.tree import Document, Node, parse_json, walk
from linter.gtm.yaml_tree import parse_yaml
from linter.text import NotText, Slice, Source

TEXTS = st.text(st.one_of(st.sampled_from("ab0 \n\r\t\"\\'/{}[]:,é“😀\u2028\x01"), st.characters(exclude_categories=["Cs"])), max_size=12)
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=20,
)
ROOTS = st.one_of(st.lists(VALUES, max_size=4), st.dictionaries(TEXTS, VALUES, max_size=4))
SHAPES: list[dict[str, Any]] = [{}, {"indent": 4}, {"indent": "\t"}, {"separators": (",", ":")}, {"ensure_ascii": False, "indent": 1}]
PARTS = "{}[],:\"'`\\/*-#&|>!?%@ab1 \n\t"
BITS = [
    "//",
    "/*",
    "*/",
    '"a": ',
    "'b',",
    "null",
    "\\u00e9",
    '{"tagId": "1", "name": "x"}',
    "- ",
    "a: ",
    "  ",
    "\n",
    "<script>",
    "\ud800",
    "---\n",
]


def whole(text: str) -> Slice:
    """A slice over a file that holds just `text`."""
    try:
        return Source("a", text.encode("utf-8", "surrogatepass")).slice()
    except NotText:
        return whole(text.replace("\0", ""))


def plain(node: Node) -> Any:
    """The value of a tree as `json.loads` would give it."""
    if node.kind == "object":
        return {key: plain(value) for key, value in node.entries.items()}
    if node.kind == "array":
        return [plain(value) for value in node.items]
    return node.text if node.kind == "text" else json.loads(node.text)


def texts(node: Node) -> Any:
    """The value of a tree with words as they are written."""
    if node.kind == "object":
        return {key: texts(value) for key, value in node.entries.items()}
    return [texts(value) for value in node.items] if node.kind == "array" else node.text


def check_places(document: Document, text: Slice) -> None:
    """Each node within the text, each text's slice is its text, and each of its characters has a place in the node."""
    for node in walk(document.root):
        assert 0 <= node.begin <= node.end <= len(text)
        for begin, end in node.keys.values():
            assert 0 <= begin <= end <= len(text)
        if node.kind in {"text", "word"}:
            part = node.slice()
            assert part.text == node.text
            first, last = node.span()
            last += len(text.text[last:]) - len(text.text[last:].lstrip(" \t\r\n"))  # the last line breaks of block scalars
            spans = [part.span(at, at + 1) for at in range(len(part))]
            assert all(first <= begin <= end <= last for begin, end in spans)


@given(
    ROOTS,
    st.sampled_from(SHAPES),
    st.sampled_from(["", " \n", "// a {\n", "/* [ */ "]),
    st.sampled_from(["", "\n", ";\nx = {", "```", " \n[1]"]),
)
def test_json_reads_as_json_does(value: Any, shape: dict[str, Any], before: str, after: str) -> None:
    written = json.dumps(value, **shape)
    text = whole(before + written + after)
    document = parse_json(text)
    assert document.broken is None
    assert document.end == len(before + written)
    assert plain(document.root) == json.loads(written)
    for node in walk(document.root):
        begin, end = node.span()
        if node.kind == "text":
            assert json.loads(text.text[begin:end], strict=False) == node.text
        for key, (first, last) in node.keys.items():
            assert json.loads(text.text[first:last], strict=False) == key


@given(TEXTS, st.booleans(), st.sampled_from(["utf-8", "utf-16-le", "utf-8-sig"]))
def test_each_character_of_a_text_leads_to_what_wrote_it(value: str, escaped: bool, encoding: str) -> None:
    written = json.dumps({"é": ["x", value]}, ensure_ascii=escaped)
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    source = Source("a", (mark + written).encode(encoding))
    part = parse_json(source.slice()).root.entries["é"].items[1].slice()
    assert part.text == value
    for at, char in enumerate(value):
        begin, end = part.span(at, at + 1)
        assert json.loads(f'"{source.text[begin:end]}"', strict=False) == char
        from_disk = source.data[source.byte_offset(begin) : source.byte_offset(end)]
        assert from_disk.decode(source.encoding) == source.text[begin:end]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 1, $b_2: 'x', \"c\": `y\nz`,}", {"a": "1", "$b_2": "x", "c": "y\nz"}),
        ("[1, // one\n2,] // end", ["1", "2"]),
        ("{'it\\'s': 'a\\x41\\u{1F600}\\\nb'}", {"it's": "aA😀b"}),
        ('{"a": 1, // one\n /* two */ "b": .5, c: +Infinity}', {"a": "1", "b": ".5", "c": "+Infinity"}),
        ('{"a": "x\ny\tz\x01"}', {"a": "x\ny\tz\x01"}),
        ('{"a": 1, "a": 2, "\\u0061": 3}', {"a": "3"}),
        ("\ufeff\n\u00a0{a: true}", {"a": "true"}),
        ('["\\ud83d\\ude00", "\\ud800", "\\x", "\\/"]', ["😀", "\\ud800", "\\x", "/"]),
        ("[]", []),
        ('{"": {"": ""}}', {"": {"": ""}}),
    ],
)
def test_what_json5_allows(text: str, value: Any) -> None:
    document = parse_json(whole(text))
    assert (texts(document.root), document.broken) == (value, None)


@pytest.mark.parametrize(
    ("text", "value", "at", "why"),
    [
        ("", {}, 0, "no { or ["),
        ("x {}", {}, 0, "no { or ["),
        ('{"a": 1 "b": 2}', {"a": "1", "b": "2"}, 8, "a comma or } is missing"),
        ("[1 2]", ["1", "2"], 3, "a comma or ] is missing"),
        ('{"a": , "b": 2}', {"b": "2"}, 6, "a value is missing"),
        ('{"a" 1, "b": 2}', {"b": "2"}, 5, "a colon is missing"),
        ('{"a": {"b": 1, "c": [2}', {"a": {"b": "1", "c": ["2"]}}, 22, "the array begun at line 1 is not closed before this }"),
        ('{"a": [1, 2]], "b": 3}', {"a": ["1", "2"], "b": "3"}, 12, "this ] closes nothing"),
        ('[{"a": 1}, {"b": [{"c": 2, {"d": 3}], "e": 4}]', [{"a": "1"}, {"b": [{"c": "2"}, {"d": "3"}], "e": "4"}], 27, "a key, a comma"),
        ('{"a": [{"b": 1}, "c": {"d": 2}}]}', {"a": [{"b": "1"}, {"c": {"d": "2"}}]}, 20, "a colon stands where none may"),
        ('[\n{"a": "b', [{"a": "b"}], 10, "the document ends inside a string begun at line 2"),
        ('{"a":\n[1, {"b": 2}, ', {"a": ["1", {"b": "2"}]}, 20, "the document ends inside an array begun at line 2"),
        ('[{"a": "x }, {"b": "y"}]', [{"a": "x"}, {"b": "y"}], 7, "a string begins here and is not closed"),
        ('[{"a": "x\n }, {"b": "y"}]', [{"a": "x"}, {"b": "y"}], 7, "a string begins here and is not closed"),
        ("[1, // 2]", ["1", "2"], 4, "a comment begins here and never ends"),
        ("[1, /* 2]", ["1", "2"], 4, "a comment begins here and never ends"),
        ('{"a": 1, {"b": 2}, {"c": 3}}', {"a": "1", "?2": {"b": "2"}, "?3": {"c": "3"}}, 9, "a key"),
        ('{"a": 1}, "b": 2}', {"a": "1", "b": "2"}, 8, "the document goes on"),
        ('{"a": 1}}', {"a": "1"}, 8, "the document goes on"),
        ('{"a": 1 2, // "b"\n // "c"\n "d": 3, /* "e" */ "f": 4}', {"a": "1", "d": "3", "f": "4"}, 8, "a comma"),
        ('{"a": 1]}, "b": 2}', {"a": "1", "b": "2"}, 7, "this ] closes nothing"),
    ],
)
def test_broken_json_tells_the_first_break_and_goes_on(text: str, value: Any, at: int, why: str) -> None:
    document = parse_json(whole(text))
    assert texts(document.root) == value
    assert document.broken is not None
    assert document.broken.at == at
    assert document.broken.why.startswith(why)


def test_text_behind_the_root_is_no_break() -> None:
    document = parse_json(whole('var x = {"a": {"b": 1}}, y = 2;'), 8)
    assert (texts(document.root), document.end, document.broken) == ({"a": {"b": "1"}}, 23, None)


def export(count: int, **shape: Any) -> str:
    """A container of that many tags, each with code in it, and of triggers."""
    html = "<script>\n!function(f,b){if(f.fbq)return;n=f.fbq=function(){n.q.push(arguments)};t=b.createElement('x')}(window);\n"
    html += 'fbq("init", \'1\', {em: "{{e}}"}); // it\'s https://a.example/x?y=[1]\n</script>'
    tags = [
        {"tagId": str(n), "name": f"Tag {n}", "parameter": [{"key": "html", "value": html}, {"key": "l", "list": [{"map": [{"a": 1}]}]}]}
        for n in range(count)
    ]
    triggers = [{"triggerId": str(n), "filter": [{"type": "EQUALS", "negate": False}]} for n in range(5)]
    return json.dumps({"exportFormatVersion": 2, "containerVersion": {"tag": tags, "trigger": triggers}}, **shape)


@given(st.integers(0, 9999), st.integers(1, 4000), st.sampled_from(SHAPES))
def test_what_is_whole_beside_a_hole_is_in_the_tree(at: int, length: int, shape: dict[str, Any]) -> None:
    text = export(8, **shape)
    at = text.index("[") + 1 + at % (len(text) - 200)
    kept = text[:at] + text[at + length :]
    tags = [node for node in walk(parse_json(whole(text)).root) if node.get("tagId")]
    expected = {text[node.begin : node.end] for node in tags if node.end <= at or node.begin >= at + length}
    document = parse_json(whole(kept))
    found = {kept[node.begin : node.end] for node in walk(document.root) if node.get("tagId")}
    assert len(expected - found) <= 1, "the one behind the hole, where what is left of code looks like JSON"
    check_places(document, whole(kept))


def mutated(text: str, seed: int) -> str:
    """The text with a few parts cut out, doubled or put in."""
    random = Random(seed)
    for _ in range(random.randint(1, 6)):
        at, length = random.randrange(len(text) + 1), random.choice([0, 1, 2, 9, 99])
        text = text[:at] + random.choice(["", text[at : at + length] * 2, *BITS]) + text[at + length :]
    return text


@given(st.one_of(st.text(max_size=40), st.text(PARTS, max_size=60), st.lists(st.sampled_from([*PARTS, *BITS]), max_size=40).map("".join)))
def test_no_text_makes_it_fail(text: str) -> None:
    part = whole(text)
    check_places(parse_json(part), part)
    check_places(parse_yaml(part), part)


@given(st.integers(), st.sampled_from(SHAPES))
def test_no_change_of_a_document_makes_it_fail(seed: int, shape: dict[str, Any]) -> None:
    part = whole(mutated(export(2, **shape), seed))
    check_places(parse_json(part), part)
    check_places(parse_yaml(part), part)
    part = whole(mutated(YAML, seed))
    check_places(parse_yaml(part), part)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "[" * 100_000 + "}" * 100_000,
        '["' + "x\n\\'y" * 100_000 + '"k": 1',
        '{"a":1 x ' + "'\\ " * 100_000,
        "[/*" * 100_000,
        "[{a " * 100_000,
        "- " * 100_000,
        "a: 'x\n" * 50_000,
        '- "\\"\n' * 50_000,
        "a: [\n" * 50_000,
        "".join(" " * n + "a:\n" for n in range(1000)),
        "&a\n" * 100_000,
        "---\nx\n" * 50_000,
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 80)),
    ],
    ids=range(16),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    part = whole(text)
    for document in (parse_json(part), parse_yaml(part)):
        assert sum(1 for _ in walk(document.root)) <= len(text)


def test_what_is_too_deep_is_told_and_passed_over() -> None:
    document = parse_json(whole("[" * 300 + "]" * 300 + ";"))
    assert document.broken is not None
    assert document.broken.at == MAX_DEPTH
    assert document.end == 600
    assert sum(1 for _ in walk(document.root)) == MAX_DEPTH
    document = parse_json(whole('{"a": ' + "[" * 300 + '"]"' + "]" * 300 + ', "b": 2}'))
    assert document.root.entries["b"].text == "2"


YAML = """\
# a container
tags: &all
  - &ref_1   # first
    name: 'It''s "one"'
    type: html
    parameter:
      - {type: TEMPLATE, key: "html\\n", list: [1, two words, 'three']}
      - type: TEMPLATE
        value: |
          <script>
            fbq('init', '1');

          </script>
  - *ref_1
triggers:
- name: plain over
    two lines
  id: !!int 7
  more: >-
    folded
    text

    end
empty:
nothing: ~
"""


def test_yaml_with_its_places() -> None:
    text = whole(YAML)
    document = parse_yaml(text)
    assert document.broken is None
    first, second = document.root.entries["tags"].items
    assert first is second
    check_places(document, text)
    script = first.entries["parameter"].items[1].entries["value"].slice()
    assert script.text == "<script>\n  fbq('init', '1');\n\n</script>\n"
    begin, end = script.span(script.text.index("fbq"), script.text.index(";"))
    assert text.text[begin:end] == "fbq('init', '1')"
    name = first.entries["name"]
    assert text.text[slice(*name.span())] == "'It''s \"one\"'"
    assert [slice_of(name, at, text) for at in (2, 3, 4)] == ["''", "s", " "]
    begin, end = first.keys["type"]
    assert text.text[begin:end] == "type"


def slice_of(node: Node, at: int, text: Slice) -> str:
    """What wrote one character of a node's text."""
    begin, end = node.slice().span(at, at + 1)
    return text.text[begin:end]


def test_yaml_values() -> None:
    parameter = {"type": "TEMPLATE", "key": "html\n", "list": ["1", "two words", "three"]}
    code = {"type": "TEMPLATE", "value": "<script>\n  fbq('init', '1');\n\n</script>\n"}
    tag = {"name": 'It\'s "one"', "type": "html", "parameter": [parameter, code]}
    trigger = {"name": "plain over two lines", "id": "7", "more": "folded text\nend"}
    assert texts(parse_yaml(whole(YAML)).root) == {"tags": [tag, tag], "triggers": [trigger], "empty": "", "nothing": "~"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: two words # c\nc:\n  - x\n  - y: 1\n    z: 2\n", {"a": "1", "b": "two words", "c": ["x", {"y": "1", "z": "2"}]}),
        ("- - a\n  - b\n- - - c\n-\n  d: e\n-\n- f", [["a", "b"], [["c"]], {"d": "e"}, "", "f"]),
        ("a:\n- b:\n  - c\n  d: e\n- f\ng: h", {"a": [{"b": ["c"], "d": "e"}, "f"], "g": "h"}),
        ("a: \"x \\\n   y\\u00e9\n\n  z\"\nb: 'x\n  y'", {"a": "x yé\nz", "b": "x y"}),
        ("a: |-\n  x\n   y\n\n  z\n\nb: |+\n  x\n\nc: |2\n    x\n   y\n", {"a": "x\n y\n\nz", "b": "x\n\n", "c": "  x\n y\n"}),
        ("a: >\n  x\n  y\n\n  z\n    w\n  v\n\n\nb: >+\n\n  x\n\n", {"a": "x y\nz\n  w\nv\n", "b": "\nx\n\n"}),
        ("a: |\n\n  x\r\n\r\n  y", {"a": "\nx\n\ny"}),
        (
            "a: [1, {b: c, d}, [e: f, \"g\":h], 'i\n  j', k\n  l,]\nm: {\n  n: o\n}",
            {"a": ["1", {"b": "c", "d": ""}, [{"e": "f"}, {"g": "h"}], "i j", "k l"], "m": {"n": "o"}},
        ),
        ("a: [http://x.example/y?z, b#c, d # e\n ]", {"a": ["http://x.example/y?z", "b#c", "d"]}),
        (
            "a: &x {b: 1}\nc: *x\nd: [&y e, *y, &z [f], *z]\n<<: *x",
            {"a": {"b": "1"}, "c": {"b": "1"}, "d": ["e", "e", ["f"], ["f"]], "<<": {"b": "1"}},
        ),
        ("a: !!str 1\nb: !x {c: d}\ne: ! f\ng: !y\n  h: i", {"a": "1", "b": {"c": "d"}, "e": "f", "g": {"h": "i"}}),
        ("%YAML 1.2\n---\njust text\n---\n# c\n...\n--- # d\na: b\n---\nc: d", {"a": "b"}),
        (
            "\ufeff\"a b\": 1\n'c''d': 2\ne f: http://g.example/#h\ni:j: k#l",
            {"a b": "1", "c'd": "2", "e f": "http://g.example/#h", "i:j": "k#l"},
        ),
        ('{"a": {"b": [1, "c\\u00e9"]},\n "d": "e"}', {"a": {"b": ["1", "cé"]}, "d": "e"}),
        ("a:\n    b:\n        c: 1\n\n    # x\n    d: 2\ne: -1\nf: -x", {"a": {"b": {"c": "1"}, "d": "2"}, "e": "-1", "f": "-x"}),
    ],
)
def test_yaml(text: str, value: Any) -> None:
    part = whole(text)
    document = parse_yaml(part)
    assert (texts(document.root), document.broken) == (value, None)
    check_places(document, part)


@pytest.mark.parametrize(
    ("text", "value", "at"),
    [
        ("", {}, 0),
        ("just text", {}, 0),
        ("a: 'x\nb: c", {"a": "x", "b": "c"}, 3),
        ("a: [1, 2\nb: c", {"a": ["1", "2"], "b": "c"}, 8),
        ("a: b\n  c: d\ne: f", {"a": "b c: d", "e": "f"}, 7),
        ("a: 1\nnonsense\nb: 2", {"a": "1", "b": "2"}, 5),
        ("a:\n  b: 1\n c: 2\nd: 3", {"a": {"b": "1"}, "d": "3"}, 11),
        ("a: *none\nb: 1", {"a": "*none", "b": "1"}, 3),
        ('a: "x" y\nb: 1', {"a": "x", "b": "1"}, 6),
        ("- a\n- [b, {c: d]\n- e\n- [f}]\n- [g, }, h]\n- i", ["a", ["b", {"c": "d"}], "e", ["f"], ["g", "h"], "i"], 15),
    ],
)
def test_broken_yaml_goes_on(text: str, value: Any, at: int) -> None:
    document = parse_yaml(whole(text))
    assert texts(document.root) == value
    assert document.broken is not None
    assert document.broken.at == at


def test_words_and_texts_of_yaml() -> None:
    document = parse_yaml(whole("[1, -2.5e3, true, False, null, ~, '1', yes, 1.2.3, 0x1F, a b]"))
    assert [node.kind for node in document.root.items] == ["word"] * 6 + ["text"] * 3 + ["word", "text"]


@given(ROOTS)
def test_json_is_yaml(value: Any) -> None:
    written = json.dumps(value)
    document = parse_yaml(whole(written))
    json_document = parse_json(whole(written))
    assert document.broken is None
    assert texts(document.root) == texts(json_document.root)
