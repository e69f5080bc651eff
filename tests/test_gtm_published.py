"""Copies of what Google serves: tags, rules and variables without names, and code in lists."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.gtm.entries import rows_of
from linter.gtm.model import Condition, Container, Item, Trigger
from linter.gtm.published import html_parts, published_permissions, read_published
from linter.gtm.tree import Document, parse_json
from linter.text import HOLE, Slice, Source

PIXEL = (
    '<script type="text/gtmscript" data-gtmsrc="https://connect.example/a.js"></script>\n'
    '<script type="text/gtmscript">fbq("init","1")</script>'
)
DATA: dict[str, Any] = {
    "resource": {
        "version": "39",
        "macros": [
            {"function": "__e"},
            {"function": "__c", "vtp_value": "1234567890"},
            {"function": "__u", "vtp_component": "PATH", "vtp_enableMultiQueryKeys": False},
            {"function": "__v", "vtp_name": "ecommerce.value", "vtp_dataLayerVersion": 2},
            {"function": "__smm", "vtp_input": ["macro", 2], "vtp_map": ["list", ["map", "key", "/a", "value", "AW-1"]]},
            {"function": "__v", "vtp_name": "gtm.triggers", "vtp_dataLayerVersion": 2},
            {"function": "__jsm", "vtp_javascript": ["template", "(function(){return ", ["escape", ["macro", 1], 8, 16], "})();"]},
            {"function": "__c", "vtp_value": ["macro", 1]},
            {"function": "__c", "vtp_value": 5},
        ],
        "tags": [
            {"function": "__html", "metadata": ["map"], "consent": ["list", "ad_storage"], "vtp_html": PIXEL, "tag_id": 5},
            {"function": "__cvt_174769826_41", "setup_tags": ["list", ["tag", 0, 1]], "vtp_pixelId": ["macro", 1], "tag_id": 6},
            {"function": "__paused", "vtp_originalTagType": "html", "tag_id": 7},
            {"function": "__lcl", "vtp_uniqueTriggerId": "9_11", "tag_id": 8},
            {
                "function": "__googtag",
                "consent": ["list"],
                "teardown_tags": ["list", ["tag", 1, 0], ["tag", 2, 2]],
                "vtp_tagId": "G-ABCDEF1234",
                "vtp_configSettingsTable": ["list", ["map", "parameter", "email", "parameterValue", ["macro", 3]]],
                "tag_id": 9,
            },
            {"function": "__zone", "vtp_childContainers": ["list", ["map", "publicId", "GTM-CHILD1", "nickname", "Kid"]], "tag_id": 10},
            {"function": "__tg", "vtp_triggerIds": ["list", "9_20_3", "9_20_4"], "vtp_uniqueTriggerId": "9_20", "tag_id": 11},
            {"function": "__tg", "vtp_isListeningTag": True, "vtp_firingId": "9_20_3", "tag_id": 12},
            {"function": "__tg", "vtp_isListeningTag": True, "vtp_firingId": "9_20_4", "tag_id": 13},
        ],
        "predicates": [
            {"function": "_eq", "arg0": ["macro", 0], "arg1": "gtm.js"},
            {"function": "_cn", "arg0": ["macro", 2], "arg1": "/contact"},
            {"function": "_re", "arg0": ["macro", 2], "arg1": "^/book", "ignore_case": True},
            {"function": "_eq", "arg0": ["macro", 0], "arg1": "lead"},
            {"function": "_eq", "arg0": ["macro", 0], "arg1": "gtm.linkClick"},
            {"function": "_re", "arg0": ["macro", 5], "arg1": "(^$|((^|,)9_11($|,)))"},
            {"function": "_eq", "arg0": ["macro", 0], "arg1": "gtm.triggerGroup"},
            {"function": "_re", "arg0": ["macro", 5], "arg1": "(^$|((^|,)9_20($|,)))"},
            {"function": "_gt", "arg0": ["macro", 4], "arg1": 3},
            {"function": "_re", "arg0": ["macro", 0], "arg1": ".*"},
        ],
        "rules": [
            [["if", 0], ["add", 0, 4, 5, 7]],
            [["if", 0, 1], ["unless", 2], ["add", 1, 1]],
            [["if", 3], ["add", 0, 8]],
            [["if", 4, 5], ["add", 2]],
            [["if", 6, 7], ["add", 4]],
            [["if", 8, 9], ["block", 0]],
        ],
    },
    "runtime": [
        [50, "__cvt_174769826_41", [46, "a"], [52, "b", ["require", "injectScript"]], ["b", "https://connect.example/run.js", [15, "a"]]]
    ],
    "permissions": {
        "__cvt_174769826_41": {
            "access_globals": {"keys": [{"key": "fbq", "read": True}, {"key": "fbq.queue"}]},
            "inject_script": {"urls": ["https://connect.example/*"]},
            "send_pixel": {"allowedUrls": "specific", "urls": ["https://stale.example/"]},
        },
        "__cvt_1_2": {"send_pixel": {"urls": ["https://px.example/"]}},
        "__googtag": {"inject_script": {"urls": ["https://g.example/"]}},
    },
}
BEHIND = ';\nvar Mf={ctid:"GTM-ABC123",canonicalContainerId:"1"};a.push("https://www.facebook.com/tr/");})()'


def script(data: object = DATA, indent: int | None = None, behind: str = BEHIND) -> str:
    """A copy as it is served, with escapes as Google writes them."""
    written = json.dumps(data, indent=indent).replace("<", "\\u003C").replace("/", "\\/")
    return f"// Copyright 2012 Google Inc.\n(function(){{\nvar data = {written}{behind}"


def parsed(text: str) -> tuple[Slice, Document]:
    whole = Source("gtm.js", text.encode()).slice()
    return whole, parse_json(whole, max(text.find("{", text.find("data =")), 0))


def read(text: str) -> Container:
    container = read_published(*parsed(text))
    assert container is not None
    return container


def with_tag(**tag: object) -> Item:
    resource = DATA["resource"] | {"tags": [tag]}
    return read(script({"resource": resource})).tags[0]


def spanned(text: Slice, begin: int, end: int) -> str:
    first, last = text.span(begin, end)
    return text.source.text[first:last]


@pytest.mark.parametrize("indent", [None, 4])
def test_tags(indent: int | None) -> None:
    container = read(script(indent=indent))
    assert (container.id, container.context, container.published, container.name) == ("GTM-ABC123", "web", True, "")
    assert [(tag.index, tag.id, tag.type, tag.name, tag.pointer) for tag in container.tags] == [
        (0, "5", "html", "", "/resource/tags/0"),
        (1, "6", "cvt_174769826_41", "", "/resource/tags/1"),
        (2, "7", "html", "", "/resource/tags/2"),
        (4, "9", "googtag", "", "/resource/tags/4"),
    ]
    html, template, paused, google = container.tags
    assert [tag.paused for tag in container.tags] == [False, False, True, False]
    assert (html.consent, google.consent) == (("ad_storage",), ())
    assert (template.setup, google.teardown) == (("0",), ("1", "2"))
    assert (html.firing, html.blocking) == (("rule:0", "rule:2"), ("rule:5",))
    assert (template.firing, paused.firing, google.firing) == (("rule:1",), ("rule:3",), ("rule:0", "rule:4"))
    assert [(child, zone.entity, zone.index, zone.type) for child, zone in container.zones] == [("GTM-CHILD1", "zone", 5, "zone")]


def test_rules_are_triggers() -> None:
    path = "{{Page Path}}"
    assert list(read(script()).triggers.values()) == [
        Trigger("rule:0", "", "PAGEVIEW"),
        Trigger(
            "rule:1",
            "",
            "PAGEVIEW",
            (Condition(path, "contains", "/contact"), Condition(path, "matchregex", "^/book", negate=True, ignore_case=True)),
        ),
        Trigger("rule:2", "", "CUSTOMEVENT", (), (Condition("{{_event}}", "equals", "lead"),)),
        Trigger("rule:3", "", "LINKCLICK"),
        Trigger("rule:4", "", "TRIGGERGROUP", members=("rule:0", "rule:2")),
        Trigger("rule:5", "", "CUSTOMEVENT", (Condition("{{macro 4}}", "greater", "3"),), (Condition("{{_event}}", "matchregex", ".*"),)),
    ]


@pytest.mark.parametrize(
    ("event", "type"), [("gtm.init", "INIT"), ("gtm.init_consent", "CONSENTINIT"), ("gtm.dom", "DOMREADY"), ("gtm.load", "WINDOWLOADED")]
)
def test_events(event: str, type: str) -> None:
    resource = DATA["resource"] | {
        "predicates": [{"function": "_eq", "arg0": ["macro", 0], "arg1": event}],
        "rules": [[["if", 0], ["add", 0]]],
    }
    assert read(script({"resource": resource})).triggers["rule:0"] == Trigger("rule:0", "", type)


def test_an_event_that_must_not_come() -> None:
    resource = DATA["resource"] | {"rules": [[["unless", 0, 99], ["add", 0]], ["if"], [], [["if", "x"], ["add", -1, 1.5, None]]]}
    triggers = read(script({"resource": resource})).triggers
    assert triggers["rule:0"] == Trigger("rule:0", "", "CUSTOMEVENT", (), (Condition("{{_event}}", "equals", "gtm.js", negate=True),))
    assert [trigger.type for trigger in triggers.values()] == ["CUSTOMEVENT"] * 4


def test_variables_have_names() -> None:
    variables = read(script()).variables
    assert [(name, item.type, item.index) for name, item in variables.items()][::-1] == [
        ("_event", "e", 0),
        ("macro 1", "c", 1),
        ("Page Path", "u", 2),
        ("data layer ecommerce.value", "v", 3),
        ("macro 4", "smm", 4),
        ("data layer gtm.triggers", "v", 5),
        ("macro 6", "jsm", 6),
        ("macro 7", "c", 7),
        ("macro 8", "c", 8),
    ]
    assert variables["macro 1"].parameters["value"].text == "1234567890"
    assert variables["macro 7"].parameters["value"].text == "{{macro 1}}"
    assert [{key: node.text for key, node in row.items()} for row in rows_of(variables["macro 4"].parameters["map"])] == [
        {"key": "/a", "value": "AW-1"}
    ]
    assert html_parts(variables["macro 6"].parameters["javascript"]).text == '(function(){return "1234567890"})();'


@pytest.mark.parametrize(
    ("macro", "name"),
    [
        ({"function": "__u"}, "Page URL"),
        ({"function": "__u", "vtp_component": "HOST"}, "Page Hostname"),
        ({"function": "__u", "vtp_component": "QUERY", "vtp_queryKey": "utm_source"}, "URL query utm_source"),
        ({"function": "__u", "vtp_component": "PATH", "vtp_customUrlSource": ["macro", 3]}, "macro 0"),
        ({"function": "__f", "vtp_component": "URL"}, "Referrer"),
        ({"function": "__v", "vtp_name": "gtm.elementUrl"}, "Click URL"),
        ({"function": "__v", "vtp_name": "a}}b"}, "macro 0"),
        ({"function": "__aev", "vtp_varType": "TEXT"}, "Click Text"),
        ({"function": "__k", "vtp_name": "_fbp"}, "cookie _fbp"),
        ({"function": "__j", "vtp_name": "app.user"}, "JavaScript app.user"),
        ({"function": "__gas"}, "macro 0"),
        ({}, "macro 0"),
    ],
)
def test_names(macro: dict[str, object], name: str) -> None:
    assert list(read(script({"resource": DATA["resource"] | {"macros": [macro]}})).variables) == [name]


def test_parameters_are_as_in_exports() -> None:
    container = read(script())
    pixel, table = container.tags[1].parameters["pixelId"], container.tags[3].parameters["configSettingsTable"]
    assert (pixel.kind, pixel.text, pixel.slice().text) == ("text", "{{macro 1}}", "{{macro 1}}")
    assert pixel.document.source.text[slice(*pixel.span())] == '["macro", 1]'
    (row,) = rows_of(table)
    assert {key: node.text for key, node in row.items()} == {"parameter": "email", "parameterValue": "{{data layer ecommerce.value}}"}
    assert table.document.source.text[slice(*row["parameterValue"].span())] == '["macro", 3]'


def test_html_is_as_the_browser_gets_it() -> None:
    text = html_parts(read(script()).tags[0].parameters["html"])
    live = PIXEL.replace("data-gtmsrc", "src").replace("text/gtmscript", "text/javascript")
    assert text.text == live
    at = text.text.index("src=")
    assert spanned(text, at, at + 3) == "data-gtmsrc"
    at = text.text.index("https://connect")
    assert spanned(text, at, at + 28) == "https:\\/\\/connect.example\\/a.js"
    at = text.text.index("fbq(")
    assert spanned(text, at, at + 15) == 'fbq(\\"init\\",\\"1\\")'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (["template", "a", "b"], "ab"),
        (["template", 'fbq("init",', ["escape", ["macro", 1], 8, 16], ")"], 'fbq("init","1234567890")'),
        (["template", "q('", ["escape", ["macro", 7], 7], "')"], "q('1234567890')"),
        (["template", "?id=", ["escape", ["macro", 8], 12], "&v=", ["macro", 3]], f"?id=5&v={HOLE}"),
        (["template", "x=", ["escape", ["macro", 8], 8, 16], ";"], "x= 5 ;"),
        (
            ["template", ["escape", ["macro", 3], 8, 16], ["template", "-", ["macro", 99]], ["macro"], ["zb", 1]],
            f"{HOLE}-{HOLE}{HOLE}{HOLE}",
        ),
        (["macro", 1], "1234567890"),
        (["macro", 6], HOLE),
        (["template"], ""),
        (["escape"], HOLE),
        (True, "true"),
    ],
)
def test_texts_in_lists(value: object, text: str) -> None:
    tag = with_tag(function="__html", vtp_html=value)
    assert html_parts(tag.parameters["html"]).text == text


def test_places_in_lists() -> None:
    tag = with_tag(function="__img", vtp_url=["template", "//", "p.example.com/x.gif?id=", ["escape", ["macro", 1], 12], "&x<y"])
    text = html_parts(tag.parameters["url"])
    assert text.text == "//p.example.com/x.gif?id=1234567890&x<y"
    assert spanned(text, 0, 2) == "\\/\\/"
    assert spanned(text, 2, 15) == "p.example.com"
    at = text.text.index("1234567890")
    assert spanned(text, at, at + 10) == '["macro", 1]'
    assert spanned(text, len(text) - 2, len(text)) == "\\u003Cy"


def test_constants_that_go_in_circles() -> None:
    macros = [{"function": "__c", "vtp_value": ["macro", 1]}, {"function": "__c", "vtp_value": ["macro", 0]}]
    tag = {"function": "__html", "vtp_html": ["template", "a", ["macro", 0]]}
    container = read(script({"resource": {"macros": macros, "tags": [tag], "predicates": []}}))
    assert html_parts(container.tags[0].parameters["html"]).text == f"a{HOLE}"


def test_a_plain_list_from_elsewhere() -> None:
    whole = Source("a", b'["template", "a", ["macro", 1], "<script data-gtmsrc = x>"]').slice()
    assert html_parts(parse_json(whole).root).text == f"a{HOLE}<script src = x>"


def test_permissions() -> None:
    text, document = parsed(script())
    found = published_permissions(document)
    assert list(found) == ["cvt_174769826_41", "cvt_1_2"]
    pixel = found["cvt_174769826_41"]
    assert [(role, url.text) for role, url in pixel.loads] == [
        ("script", "https://connect.example/*"),
        ("script", "https://connect.example/run.js"),
    ]
    assert [name for name, _ in pixel.globals] == ["fbq", "fbq.queue"]
    begin = text.text.index("https:\\/\\/connect.example\\/*")
    assert pixel.loads[0][1].span(0, 1) == (begin, begin + 1)
    assert [(role, url.text) for role, url in found["cvt_1_2"].loads] == [("image", "https://px.example/")]
    assert published_permissions(parsed("data = {}")[1]) == {}


@pytest.mark.parametrize(
    ("behind", "extra", "id"),
    [
        (';a={ctid:"GTM-ABC123",b:"GTM-OTHER1"}', {}, "GTM-ABC123"),
        (";a.set(\"containerId\",'GTM-ABC123');", {}, "GTM-ABC123"),
        (';var productSettings = {"AW-946032984":{}};Lh={F: "GTM-5VPWWP",nc: ""}', {}, "GTM-5VPWWP"),
        (';var productSettings = {"AW-946032984":{}};O.J="AW-946032985"', {}, "AW-946032985"),
        ("", {"blob": {"1": "39", "5": "GTM-ABC123", "10": "GTM-ABC123"}}, "GTM-ABC123"),
        ("", {"blob": {"1": "7", "10": "G-ZKBVC1X78F|GT-5NGCKLG"}}, "G-ZKBVC1X78F"),
        (";", {}, ""),
    ],
)
def test_the_id_of_the_container(behind: str, extra: dict[str, object], id: str) -> None:
    assert read(script(DATA | extra, behind=behind)).id == id


def test_the_id_in_a_tag() -> None:
    resource = {"tags": [{"function": "__gct", "vtp_trackingId": "G-ABCDEF1234"}, {"function": "__ccd_ga_first"}], "rules": []}
    container = read(script({"resource": resource}, behind=";"))
    assert (container.id, [tag.type for tag in container.tags]) == ("G-ABCDEF1234", ["gct", "ccd_ga_first"])


@pytest.mark.parametrize(
    "data", [{}, [], {"resource": []}, {"resource": {"aws_instance": {}}}, {"resource": {"tags": {}, "rules": []}}, {"resource": "x"}]
)
def test_other_data_is_none(data: object) -> None:
    assert read_published(*parsed(script(data))) is None


def test_javascript_instead_of_json() -> None:
    text = (
        "data = { resource: { macros: [{ function: '__e' }], tags: [{ function: '__paused', vtp_originalTagType: '__ua', tag_id: 7 }] } };"
    )
    (tag,) = read(text).tags
    assert (tag.type, tag.id, tag.paused) == ("ua", "7", True)


def flat(node: object) -> Sequence[object]:
    """Everything in a value of JSON that can be put elsewhere."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [node, *(found for part in inner for found in flat(part))]


PARTS = [*flat(DATA), None, -1, 10**30, "macro", "template", "escape", "list", ["macro", "1"], ["escape", []], [[]], {"function": []}]
TEXT = script()


@given(st.data())
def test_never_raises(data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        at, length = data.draw(st.integers(0, len(TEXT))), data.draw(st.integers(0, 40))
        text = TEXT[:at] + data.draw(st.text(alphabet='[]{}",:0\\<é', max_size=4)) + TEXT[at + length :]
    else:
        drawn = st.sampled_from(PARTS)
        resource = {key: data.draw(st.one_of(st.lists(drawn, max_size=6), drawn)) for key in ("tags", "macros", "predicates", "rules")}
        text = script({"resource": resource, "runtime": data.draw(drawn), "permissions": data.draw(drawn), "blob": data.draw(drawn)})
    whole, document = parsed(text)
    for permissions in published_permissions(document).values():
        assert all(address.text for _, address in permissions.loads)
    container = read_published(whole, document)
    for item in (*container.tags, *container.variables.values()) if container is not None else ():
        for value in item.parameters.values():
            part = html_parts(value)
            part.span(0, len(part))
            value.slice()
            list(rows_of(value))
