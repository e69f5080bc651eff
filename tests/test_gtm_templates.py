"""Custom templates of Tag Manager: what they may load, and which one a tag's type means."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.gtm.model import Template
from linter.gtm.templates import TemplateCode, parse_template, resolve
from linter.gtm.tree import Node, parse_json
from linter.text import Slice, Source

INFO = '{"type": "TAG", "id": "cvt_AB12C", "displayName": "Some \\u0027Pixel\\u0027", "containerContexts": ["WEB"], "brand": {"id": "b"}}'
PERMISSIONS = """[
  {"instance": {"key": {"publicId": "access_globals", "versionId": "1"}, "param": [{"key": "keys", "value": {"type": 2, "listItem": [
    {"type": 3, "mapKey": [{"type": 1, "string": "key"}, {"type": 1, "string": "read"}],
     "mapValue": [{"type": 1, "string": "pxl"}, {"type": 8, "boolean": true}]},
    {"type": 3, "mapKey": [{"type": 1, "string": "key"}], "mapValue": [{"type": 1, "string": "pxl.queue.push"}]}]}}]}},
  {"instance": {"key": {"publicId": "inject_script"}, "param": [{"key": "urls", "value": {"type": 2, "listItem": [
    {"type": 1, "string": "https://cdn.pixel.example/a.js?v\\u003d1"}, {"type": 1, "string": "https://*.example.com/*"}]}}]},
   "clientAnnotations": {"isEditedByUser": true}, "isRequired": true},
  {"instance": {"key": {"publicId": "send_pixel"}, "param": [{"key": "allowedUrls", "value": {"type": 1, "string": "specific"}},
    {"key": "urls", "value": {"type": 2, "listItem": [{"type": 1, "string": "https://px.example/"}]}}]}},
  {"instance": {"key": {"publicId": "inject_hidden_iframe"}, "param": [{"key": "urls", "value": {"type": 2, "listItem": [
    {"type": 1, "string": "https://frame.example/"}]}}]}},
  {"instance": {"key": {"publicId": "send_http"}, "param": [{"key": "allowedUrls", "value": {"type": 1, "string": "any"}},
    {"key": "urls", "value": {"type": 2, "listItem": [{"type": 1, "string": "https://old.example/"}]}}]}},
  {"instance": {"key": {"publicId": "logging"}}}
]"""
CODE = "const injectScript = require('injectScript');\n// ___NOTES___ of the author\ninjectScript('https://cdn.pixel.example/a.js');"
TPL = f"""___TERMS_OF_SERVICE___

By creating this file you agree.


___INFO___

{INFO}


___TEMPLATE_PARAMETERS___

[{{"type": "TEXT", "name": "id", "help": "see ___TESTS___\\n"}}]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

{CODE}


___WEB_PERMISSIONS___

{PERMISSIONS}


___TESTS___

scenarios: []


___NOTES___

Created on 1/1/2024
"""
LOADS = [
    ("script", "https://cdn.pixel.example/a.js?v=1"),
    ("script", "https://*.example.com/*"),
    ("image", "https://px.example/"),
    ("frame", "https://frame.example/"),
]


def whole(text: str) -> Slice:
    """A slice over a file that holds just `text`."""
    return Source("a", text.encode()).slice()


def inside_json(text: str) -> Slice:
    """The same text as the value of a string in a JSON file."""
    found = parse_json(whole(json.dumps({"templateData": text}))).root.get("templateData")
    assert found is not None
    return found.slice()


def spanned(text: Slice) -> str:
    begin, end = text.span(0, len(text))
    return text.source.text[begin:end]


def loads(template: TemplateCode) -> list[tuple[str, str]]:
    return [(role, address.text) for role, address in template.loads]


@pytest.mark.parametrize("text", [TPL, TPL.replace("\n", "\r\n"), TPL.replace("\n", "\r")], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("made", [whole, inside_json])
def test_a_template(text: str, made) -> None:  # type: ignore[no-untyped-def]
    template = parse_template(made(text))
    assert template.info[:4] == ("TAG", "cvt_AB12C", "Some 'Pixel'", ("web",))
    assert loads(template) == LOADS
    assert [name for name, _ in template.globals] == ["pxl", "pxl.queue.push"]
    assert template.code is not None
    assert template.code.text.replace("\r\n", "\n").replace("\r", "\n").strip() == CODE


def test_places_in_a_file() -> None:
    template = parse_template(whole(TPL))
    assert template.info.place is not None
    assert spanned(template.info.place) == "Some \\u0027Pixel\\u0027"
    assert spanned(template.loads[0][1]) == "https://cdn.pixel.example/a.js?v\\u003d1"
    assert template.info.place.source.place(template.loads[1][1].span(0, 1)[0]).line == 1 + TPL[: TPL.index("https://*.")].count("\n")
    assert [spanned(name) for _, name in template.globals] == ["pxl", "pxl.queue.push"]


def test_places_inside_json_inside_json() -> None:
    template = parse_template(inside_json(TPL))
    assert [spanned(address) for _, address in template.loads[:2]] == [
        "https://cdn.pixel.example/a.js?v\\\\u003d1",
        "https://*.example.com/*",
    ]
    assert template.code is not None
    assert template.code.text[template.code.text.index("injectScript('") :].startswith("injectScript('https")
    begin = template.code.text.index("https://")
    assert spanned(template.code.cut(begin, begin + 20)) == "https://cdn.pixel.ex"


def test_sections_in_any_order_and_missing_ones() -> None:
    permissions = f"___SERVER_PERMISSIONS___\n{PERMISSIONS}\n"
    template = parse_template(whole(f"{permissions}___SANDBOXED_JS_FOR_SERVER___\nlet a;\n___INFO___\n{INFO}"))
    assert (template.info.name, loads(template)) == ("Some 'Pixel'", LOADS)
    only = parse_template(whole(permissions))
    assert (only.info.kind, only.info.place, loads(only), only.code) == ("", None, LOADS, None)
    assert parse_template(whole("___INFO___\n{}")).loads == ()


@pytest.mark.parametrize("code", ["", "\n  \n", "// <script src=x>\n/* injectScript('a') */\n", "/* never closed injectScript('a')"])
def test_comments_alone_are_nothing(code: str) -> None:
    template = parse_template(whole(TPL.replace(CODE, code)))
    assert (template.loads, template.globals, template.code) == ((), (), None)


@pytest.mark.parametrize("code", ["/**/let a;", "// a\nb()", "a() // b", "/ 2/", "/*/ a(); /**/ b()"])
def test_code_behind_comments_is_code(code: str) -> None:
    assert parse_template(whole(TPL.replace(CODE, code))).code is not None


def test_headings_stand_on_lines_of_their_own() -> None:
    template = parse_template(whole(TPL.replace("Created on", "see ___INFO___\n ___INFO___\n___INFO___ x\n___info___\n")))
    assert template.info.name == "Some 'Pixel'"
    assert loads(template) == LOADS


def test_a_template_of_smarty_is_none() -> None:
    template = parse_template(whole("{literal}<script>fbq('init', '{$id}')</script>{/literal}\n<b>___</b>\n___x___\n"))
    assert template == (("", "", "", (), None), (), (), None)


def made(id: str, gallery_id: str = "", info: str = "") -> Template:
    """A template of a container."""
    code: Node | None = parse_json(whole(json.dumps([f"___INFO___\n{info}\n___NOTES___\ncvt_NOTES"]))).root.items[0] if info else None
    root = parse_json(whole("{}")).root
    return Template(root, "", 0, id, "", "", gallery_id, code)


def test_types_and_their_templates() -> None:
    old, gallery, named = made("41"), made("7", "MQ7RL", INFO), made("8", "", '{"id": "cvt_5TP8W"}')
    unnamed = made("9", "", '{"id": "cvt_temp_public_id"}')
    templates = [unnamed, old, gallery, named]
    assert resolve("cvt_174769826_41", templates) is old
    assert resolve("cvt_1_41", templates) is old
    assert resolve("cvt_MQ7RL", templates) is gallery
    assert resolve("cvt_AB12C", templates) is gallery
    assert resolve("cvt_199416058_7", templates) is gallery
    assert resolve("cvt_5TP8W", templates) is named
    for type in ["cvt_174769826_42", "cvt_41", "cvt_1", "cvt_temp_public_id", "cvt_NOTES", "cvt_fb_capi", "html", "cvt_", "", "cvt_b"]:
        assert resolve(type, templates) is None, type


@given(st.data())
def test_never_raises(data: st.DataObject) -> None:
    lines = TPL.split("\n")
    begin = data.draw(st.integers(0, len(lines)))
    kept = data.draw(st.lists(st.sampled_from([*lines, "___INFO___", "[]", '{"type": []}', '[{"instance": []}]']), max_size=8))
    at, char = data.draw(st.integers(0, len(TPL))), data.draw(st.text(max_size=3))
    text = "\n".join([*lines[:begin], *kept, *lines[begin + 1 :]])
    text = (text[:at] + char + text[at + 1 :]).encode("utf-8", "replace").decode()
    for built in (whole, inside_json):
        template = parse_template(built(text))
        for _, part in (*template.loads, *template.globals):
            part.span(0, len(part))
