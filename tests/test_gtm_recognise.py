"""Which texts are containers: by content, whatever stands around them, and never because they speak of one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.gtm.recognise import container_format, json_begin
from linter.gtm.tree import parse_json
from linter.text import Source

TAG: dict[str, Any] = {
    "accountId": "1",
    "containerId": "2",
    "tagId": "3",
    "name": "Base",
    "type": "html",
    "parameter": [{"type": "TEMPLATE", "key": "html", "value": "<script>\nfbq('init', '1')\n</script>"}],
    "firingTriggerId": ["2147479553"],
}
BARE_TAG = {key: TAG[key] for key in ("name", "type", "parameter")}
TRIGGER = {"triggerId": "4", "name": "All", "type": "PAGEVIEW"}
VARIABLE = {"accountId": "1", "containerId": "2", "variableId": "5", "name": "Id", "type": "c", "parameter": TAG["parameter"]}
VERSION = {"path": "accounts/1/containers/2/versions/3", "containerVersionId": "3", "container": {"publicId": "GTM-ABC123"}, "tag": [TAG]}
EXPORT = {"exportFormatVersion": 2, "exportTime": "2025-01-01 10:00:00", "containerVersion": VERSION}
RESOURCE = {
    "version": "1",
    "macros": [{"function": "__e"}],
    "tags": [{"function": "__html", "vtp_html": "x", "tag_id": 1}],
    "predicates": [],
}
PUBLISHED = {"resource": RESOURCE, "runtime": [], "permissions": {}}
CONTAINERS: list[tuple[str, Any]] = [
    ("export", EXPORT),
    ("export", {"exportFormatVersion": 1, "containerVersion": {"container": {"publicId": "GTM-A"}}}),
    ("export", {"containerVersion": VERSION, "compilerError": False}),
    ("export", {"containerVersion": VERSION, "exportFormatVersion": 2}),
    ("export", {"note": "ours", "exportFormatVersion": "2", "containerVersion": {"tag": [BARE_TAG]}}),
    ("version", VERSION),
    ("version", {"tag": [BARE_TAG], "containerVersionId": 0}),
    ("dump", [TAG, TAG]),
    ("dump", [VARIABLE]),
    ("dump", {"tag": [TAG]}),
    ("dump", {"tag": [BARE_TAG]}),
    ("dump", {"variable": [VARIABLE], "trigger": [TRIGGER]}),
    ("dump", {"customTemplate": [{"templateId": "1", "name": "x", "templateData": "\n___INFO___\n\n{}\n"}]}),
    ("snapshot", {"tags": [TAG], "triggers": [TRIGGER], "variables": []}),
    ("snapshot", {"container": {"publicId": "GTM-A"}, "tags": [], "variables": [VARIABLE]}),
    ("snapshot", {"tags": {"Base": {"type": "html", "firingTriggerId": ["1"], "tagId": 1}}}),
    ("published", PUBLISHED),
    ("published", {"resource": {"version": "1", "macros": [], "tags": [], "predicates": [], "rules": []}, "function": "__"}),
]
SHAPES: list[dict[str, Any]] = [{}, {"indent": 4}, {"indent": "\t", "ensure_ascii": False}, {"separators": (",", ":")}, {"indent": 0}]
AROUND = [
    ("", ""),
    ("\ufeff\r\n", "\n"),
    ("// saved by a tool\n/* {x} */ ", ""),
    ("var x = ", ";\nuse(x);"),
    ("const a = {};\nexport const x: Container = ", " as const;"),
    ("import x from 'y';\nexport default ", ""),
    ("module.exports =\n", ";"),
    ("load(", ");"),
    ("const a = 1,\n  x = ", ", y = {};"),
    ("# Title\n\nImport it:\n\n```json\n", "\n```\n"),
]


@pytest.mark.parametrize(("form", "value"), CONTAINERS)
@pytest.mark.parametrize("shape", SHAPES, ids=range(len(SHAPES)))
@pytest.mark.parametrize(("before", "after"), AROUND)
def test_containers_in_json(form: str, value: Any, shape: dict[str, Any], before: str, after: str) -> None:
    written = json.dumps(value, **shape)
    text = before + written + after
    assert container_format(text) == form
    assert json_begin(text, form) == len(before)
    assert json_begin(text, "yaml") == json_begin(text, "template") == -1


def bare(text: str) -> str:
    """JSON as a formatter of JavaScript writes it: keys without quotes, commas behind the last value."""
    for key in (
        "exportFormatVersion",
        "containerVersion",
        "tag",
        "tagId",
        "type",
        "name",
        "parameter",
        "key",
        "value",
        "resource",
        "macros",
        "function",
    ):
        text = text.replace(f'"{key}":', f"{key}:")
    return text.replace("}\n", "},\n").replace('"html"', "'html'")


@pytest.mark.parametrize(("form", "value"), [("export", EXPORT), ("dump", [TAG]), ("dump", {"tag": [TAG]}), ("published", PUBLISHED)])
def test_containers_as_javascript_writes_them(form: str, value: Any) -> None:
    text = "export const container = " + bare(json.dumps(value, indent=2)) + ";\n"
    assert container_format(text) == form
    assert json_begin(text, form) == len("export const container = ")


@pytest.mark.parametrize("before", ["", "\ufeff", "I'mការ", "saved on Monday\n", "<<<<<<< HEAD\n"])
def test_half_of_an_export_is_one(before: str) -> None:
    whole = json.dumps({**EXPORT, "containerVersion": {**VERSION, "tag": [TAG] * 5}}, indent=4)
    for end in (300, 800, 1500, len(whole) - 1):
        text = before + whole[:end]
        assert container_format(text) == "export"
        assert json_begin(text, "export") == len(before)
    text = before + whole[:120] + whole[1500:]
    assert container_format(text) == "export"


def test_a_published_container_in_its_file() -> None:
    data = json.dumps(PUBLISHED).replace("<", "\\u003C")
    text = f"\n// Copyright 2012 Google Inc. All rights reserved.\n\n(function(){{\n\nvar data = {data};\nvar a,b={{}};\n}})();"
    assert container_format(text) == "published"
    assert json_begin(text, "published") == text.index('{"resource"')
    assert container_format("data = {" + data[1:]) == "published"


YAML = """\
# the container
variables:
  - name: Id
    type: v
    parameter: &ref_1
      - type: INTEGER
        key: dataLayerVersion
        value: '2'
triggers:
  - &ref_2
    name: Custom
    type: CUSTOM_EVENT
tags:
  - name: Code
    type: html
    parameter:
      - type: TEMPLATE
        key: html
        value: |-
          <script>x</script>
    firingTriggerId:
      - *ref_2
"""


@pytest.mark.parametrize(
    "text",
    [
        YAML,
        YAML.replace("\n", "\r\n"),
        "---\n" + YAML,
        YAML[YAML.index("tags:") :].replace("*ref_2", "4"),
        YAML[: YAML.index("triggers:")],
        "exportFormatVersion: 2\ncontainerVersion:\n" + "".join(f"  {line}\n" for line in YAML.replace("s:\n  -", ":\n  -").splitlines()),
        "tags: # all\n- {name: x, type: ua, parameter: [{type: template, key: trackingId, value: UA-1}]}\n",
    ],
)
def test_containers_in_yaml(text: str) -> None:
    assert container_format(text) == "yaml"


TEMPLATE = """\
___INFO___

{"type": "TAG", "id": "cvt_temp_public_id"}


___TEMPLATE_PARAMETERS___

[]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const log = require('logToConsole');
"""


@pytest.mark.parametrize("before", ["", "\ufeff", "___TERMS_OF_SERVICE___\n\nBy using...\n\n\n", "/**\n * @license\n */\n\n", "\n  "])
def test_templates(before: str) -> None:
    assert container_format(before + TEMPLATE) == "template"
    assert container_format((before + TEMPLATE).replace("\n", "\r\n")) == "template"


TYPES = (
    "export interface Tag {\n  tagId: string;\n  name: string;\n  type: string;\n  parameter?: Array<{ type: string; key: string }>;\n}\n"
)
BUILDER = """\
export function build(cfg) {
  const tag = buildTags(cfg);
  return {
    exportFormatVersion: 2,
    exportTime: new Date().toISOString(),
    containerVersion: { path: `accounts/${cfg.id}`, container: { publicId: cfg.id || 'GTM-X' }, tag, trigger: [makeTrigger()] },
  };
}
"""
PYTHON = """\
import json

def read(path):
    data = json.load(open(path))
    if "exportFormatVersion" not in data or "containerVersion" not in data:
        raise ValueError('no {"exportFormatVersion": 2, "containerVersion": ...} in it')
    return [tag["tagId"] for tag in data["containerVersion"].get("tag", []) if tag["type"] == "html" and tag["firingTriggerId"]]

def write(tags):
    return {"exportFormatVersion": 2, "exportTime": now(), "containerVersion": {"path": "accounts/0", "container": {}, "tag": tags}}
"""
PUSH = "await api.create({ requestBody: { name: tag.name, type: 'html', parameter: [{ type: 'template', key: 'html', value: code }] } });"
SCHEMA = {"properties": {"exportFormatVersion": {"type": "integer"}, "containerVersion": {"type": "object", "tagId": {"type": "string"}}}}
OTHERS: dict[str, str] = {
    "nothing": "",
    "blog": "---\ntitle: Tag Manager\ntags:\n  - gtm\n  - exportFormatVersion\ntype: post\n---\nSet the parameter: x\n",
    "compose": "services:\n  web:\n    image: x\n    type: html\n    labels:\n      - tags: a\nparameter: 1\n",
    "openapi yaml": "openapi: 3.0.0\ntags:\n  - name: pets\n    type: html\npaths:\n  /x:\n    parameter: []\n",
    "openapi json": json.dumps({"openapi": "3.0.0", "tags": [{"name": "pets", "type": "html"}], "parameter": {"type": "TEMPLATE"}}),
    "pipeline": "trigger:\n- main\nvariables:\n- name: x\n  type: string\n  parameter: y\n",
    "ansible": "- hosts: all\n  tags:\n  - web\n  parameter: x\n  type: y\n",
    "composer": json.dumps({"name": "a/b", "type": "library", "tags": ["gtm"], "extra": {"tagId": "GTM-ABC", "parameter": []}}),
    "npm": json.dumps({"name": "gtm-tool", "version": "1.0.0", "keywords": ["exportFormatVersion"], "containerVersion": "3"}),
    "other export": json.dumps({"exportFormatVersion": 2, "measurements": [{"id": 1}]}),
    "mails": json.dumps({"templates": [{"templateId": 1, "type": "mail", "templateData": "<p>Hello</p>"}]}),
    "requests": json.dumps({"variable": [{"key": "parameter", "value": "x", "type": "string"}], "parameter": [{"key": "a", "type": "x"}]}),
    "chips": json.dumps([{"tagId": 7, "type": "rfid", "name": "door"}]),
    "schema": json.dumps(SCHEMA, indent=2),
    "notebook": json.dumps({"cells": [{"source": ['{"exportFormatVersion": 2,\n', '"containerVersion": {"tag": [{"tagId": 1}]}}']}]}),
    "smarty": "{if $a}\n<script>var tagId: {$id}; // ___INFO___\n</script>{/if}\n___TEMPLATE_PARAMETERS___\n",
    "rules": '[[tag]]\ntype = "html"\nparameter = { exportFormatVersion = 2 }\n# resource: {"macros": "function": "__e"}\n',
    "types": TYPES
    + "interface Export {\n  exportFormatVersion: 2;\n  containerVersion: { tag: Tag[]; container: { publicId: string } };\n}\n",
    "builder": BUILDER,
    "python": PYTHON,
    "api call": "const tagId = 'x';\n" + PUSH,
    "builder of tags": "const TAGS = [\n"
    "  { tagId: '1', name: 'x', type: 'awct', parameter: [p('conversionId', AW)], firingTriggerId: ['21'] },\n];",
    "decoder": "const data = JSON.parse(text);\n"
    "for (const tag of data.resource.tags) {\n  if (tag.function === '__html') report(tag['vtp_html']);\n}\n",
    "resource": 'const r = {"resource": {"version": 1, "tags": ["a"]}}; function x() { return "__"; }',
    "template notes": "# Templates\n\nA file has\n\n" + TEMPLATE,
    "template in a bundle": json.dumps({"file": TEMPLATE}),
    "only a heading": "___INFO___\n\nnothing else",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_container(name: str) -> None:
    assert container_format(OTHERS[name]) == ""


PARTS = ["{", "[", '"tagId": ', '"type": "html",', '"exportFormatVersion": 2', "containerVersion", "resource: {tags", "function", "__"]
PARTS += ["parameter:", "\ntags:\n", "type:", "___INFO___\n", "/*", "*/", "//", "\n", " ", "=", '"', "'", "é", "}", "]", ","]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_no_text_makes_it_fail(text: str) -> None:
    form = container_format(text)
    for name in {form, "export", "version", "dump", "snapshot", "published"}:
        begin = json_begin(text, name)
        assert begin == -1 or text[begin] in "[{"
        if begin >= 0:
            parse_json(Source("a", text.encode()).slice(), begin)


@pytest.mark.parametrize(
    "part", ["{", "{\n", "resource: {", '{"exportTime" ', "/*", "//\n", "tagId ", "parameter: {", "tags:\ntype:\nparameter:\n", "= {"]
)
def test_long_text_of_another_kind_takes_linear_time(part: str) -> None:
    text = part * (2_000_000 // len(part)) + "tagId: function __ containerVersion"
    assert container_format(text) == ""
