"""Containers, from bytes to findings."""

import json
from typing import Any

import pytest

from linter.check import check_source
from linter.findings import Finding
from tests.containers import ALL_PAGES, BASE, EVENT, container, export, html, parameter, tag, variable


def findings(data: bytes, path: str = "gtm/container.json") -> list[Finding]:
    return list(check_source(path, data).findings)


def underlined(finding: Finding, data: bytes) -> str:
    return data[finding.start.offset : finding.end.offset].decode("utf-8-sig")


def said(rows: list[Finding]) -> list[tuple[str, str, str | None]]:
    return [(row.rule, row.state, row.account) for row in rows]


def test_one_finding_for_a_tag_at_its_code_with_its_place_in_the_container() -> None:
    data = export([html(3, "Meta - base")])
    (found,) = findings(data)
    assert underlined(found, data) == "https://connect.facebook.net/en_US/fbevents.js"
    assert (found.rule, found.state, found.account, found.severity) == ("meta-pixel/gtm-tag", "active", "5039284756102938", "error")
    assert found.gtm is not None
    assert found.gtm[:8] == ("tag", "GTM-AB12CD3", "/containerVersion/tag/0", 0, "3", "Meta - base", "html", False)
    assert found.gtm.scope.where == "all-pages"
    for word in ('"Meta - base"', "id 3", "html", "/containerVersion/tag/0", "GTM-AB12CD3", "on all pages"):
        assert word in found.message
    assert found.via == ("gtm", "html", "script")


def test_a_tag_without_code_is_underlined_at_its_type() -> None:
    data = export([tag(5, "Ads", "awct", parameters={"conversionId": "123456789"}, firingTriggerId=ALL_PAGES)])
    (found,) = findings(data)
    assert (underlined(found, data), found.rule, found.account) == ("awct", "google-ads/gtm-tag", "123456789")


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, "active"),
        ({"paused": True}, "dormant"),
        ({"firingTriggerId": []}, "dormant"),
        (
            {"consentSettings": {"consentStatus": "NEEDED", "consentType": parameter("", [parameter("", "ad_storage")], "LIST")}},
            "consent-gated",
        ),
        ({"consentSettings": {"consentStatus": "NOT_NEEDED"}}, "active"),
        ({"consentSettings": {"consentStatus": "NEEDED", "consentType": {"type": "LIST"}}}, "active"),
    ],
)
def test_states(more: dict[str, Any], state: str) -> None:
    assert [row.state for row in findings(export([html(1, "Base", **more)]))] == [state]


def test_a_setup_tag_fires_with_the_tag_that_names_it() -> None:
    rows = findings(export([html(1, "Base", firingTriggerId=[]), html(2, "Event", EVENT, setupTag=[{"tagName": "Base"}])]))
    assert said(rows) == [("meta-pixel/gtm-tag", "active", "5039284756102938"), ("meta-pixel/gtm-tag", "active", None)]


def test_an_account_comes_out_of_tables() -> None:
    rows = [{"type": "MAP", "map": [parameter("key", k), parameter("value", v)]} for k, v in (("a", "111111111111"), ("b", "222222222222"))]
    table = {**variable(91, "Pixel", "smm", input="{{Page Hostname}}"), "parameter": [parameter("map", rows, "LIST")]}
    (found,) = findings(export([html(1, "Base")], variable=[table]))
    assert found.account == "111111111111 or 222222222222"


def test_googtag_is_told_by_its_id() -> None:
    tags = [
        tag(n, str(n), "googtag", parameters={"tagId": id}, firingTriggerId=ALL_PAGES)
        for n, id in enumerate(("G-AB12CD34EF", "AW-123456789", "DC-1234567"))
    ]
    assert [row.vendor for row in findings(export(tags))] == ["google-analytics", "google-ads", "floodlight"]


def test_code_in_a_variable_is_a_finding_of_its_own_that_names_its_tags() -> None:
    code = variable(91, "Track it", "jsm", javascript="function(){ fbq('track', 'Lead'); }")
    rows = findings(export([html(1, "Caller", "<script>{{Track it}}</script>")], variable=[code]))
    assert [(row.rule, row.state) for row in rows] == [("meta-pixel/gtm-variable", "active")]
    assert '"Caller"' in rows[0].message
    (unused,) = findings(export([], variable=[code]))
    assert unused.state == "dormant"


def test_personal_data_is_a_finding_of_its_own() -> None:
    row = {"type": "MAP", "map": [parameter("parameter", "em"), parameter("parameterValue", "{{Email}}")]}
    table = parameter("eventSettingsTable", [row], "LIST")
    data = export([tag(1, "GA", "gaawe", parameters={"eventName": "lead"}, tables=[table], firingTriggerId=ALL_PAGES)])
    rows = findings(data)
    assert [row.rule for row in rows] == ["google-analytics/gtm-tag", "google-analytics/advanced-matching"]
    assert underlined(rows[1], data) == "em"


def test_a_template_counts_where_a_tag_uses_it() -> None:
    code = (
        '___INFO___\n\n{"type": "TAG", "id": "cvt_temp_public_id", "displayName": "Loader", "containerContexts": ["WEB"]}\n\n'
        "___TEMPLATE_PARAMETERS___\n\n[]\n\n___SANDBOXED_JS_FOR_WEB_TEMPLATE___\n\n"
        "const injectScript = require('injectScript');\n"
        "injectScript('https://connect.facebook.net/en_US/fbevents.js', data.gtmOnSuccess);\n"
    )
    template = {"templateId": "41", "name": "Loader", "templateData": code}
    used = export([tag(1, "Mine", "cvt_777_41", firingTriggerId=ALL_PAGES)], customTemplate=[template])
    assert [(row.rule, row.state, underlined(row, used)) for row in findings(used)] == [("meta-pixel/gtm-tag", "active", "cvt_777_41")]
    unused = export([], customTemplate=[template])
    assert [(row.rule, row.state) for row in findings(unused)] == [("meta-pixel/gtm-template", "dormant")]


def test_a_zone_loads_another_container() -> None:
    zone = {"zoneId": "1", "name": "Shop", "childContainer": [{"publicId": "GTM-ZZ99YY8", "nickname": "shop"}]}
    rows = findings(export([], zone=[zone]))
    assert said(rows) == [("google-tag-manager/gtm-tag", "active", "GTM-ZZ99YY8")]


def _variants() -> dict[str, bytes]:
    whole = container([html(3, "Meta - base")])
    text = json.dumps(whole, indent=2)
    camel = {"tag": [{**tag, "workspaceId": "7"} for tag in whole["containerVersion"]["tag"]]}
    plural = {"tags": camel["tag"], "triggers": [], "variables": whole["containerVersion"]["variable"]}
    bare = {**whole["containerVersion"], "containerVersionId": "4"}
    return {
        "minified": json.dumps(whole, separators=(",", ":")).encode(),
        "bom and crlf": b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        "utf-16": b"\xff\xfe" + text.encode("utf-16-le"),
        "tabs": json.dumps(whole, indent="\t").encode(),
        "escaped": text.replace("<", "\\u003c").replace("/", "\\/").encode(),
        "bare version": json.dumps(bare).encode(),
        "list": json.dumps(camel["tag"], indent=1).encode(),
        "answer": json.dumps(camel).encode(),
        "snapshot": json.dumps(plural).encode(),
        "list of answers": json.dumps([{"trigger": []}, camel]).encode(),
        "stray text": b"saved from the console:\n" + text.encode(),
        "wrapped": b"export default " + text.encode() + b";\n",
    }


@pytest.mark.parametrize("form", sorted(_variants()))
@pytest.mark.parametrize("path", ["container.json", "GTM-AB12CD3_v3.json.js", "config_json.txt", "nothing"])
def test_forms_and_names(form: str, path: str) -> None:
    rows = findings(_variants()[form], path)
    assert [(row.rule, row.state) for row in rows] == [("meta-pixel/gtm-tag", "active")]
    assert rows[0].gtm is not None
    assert (rows[0].gtm.index, rows[0].gtm.name) == (0, "Meta - base")


def test_an_export_in_a_readme_is_a_warning() -> None:
    text = "# Tags\n\nImport this:\n\n```json\n" + json.dumps(container([html(3, "Meta - base")]), indent=2) + "\n```\n"
    assert [(row.rule, row.severity) for row in findings(text.encode(), "README.md")] == [("meta-pixel/gtm-tag", "warning")]


def test_a_broken_export_says_where_and_gives_what_can_be_read() -> None:
    data = export([html(3, "Meta - base"), html(4, "Event", EVENT)])
    cut = data.index(b'"tagId": "4"')
    report = check_source("container.json", data[:cut] + b'"tagId": ')
    assert [row.rule for row in report.findings] == ["meta-pixel/gtm-tag", "google-tag-manager/gtm-broken"]
    assert len(report.skipped) == 1
    assert "broken in line" in report.skipped[0].reason
    assert report.skipped[0].failed


def test_look_alikes() -> None:
    tags = [
        tag(1, "Facebook click", "gaawe", parameters={"eventName": "facebook_click"}, firingTriggerId=ALL_PAGES),
        html(2, "Share", "<a href='https://www.facebook.com/sharer/sharer.php?u=x'>Share</a>"),
        html(3, "Consent", "<script>gtag('consent', 'default', {ad_storage: 'denied'});</script>"),
        html(4, "Empty", "<!-- fbq was here -->"),
    ]
    assert [(row.vendor, row.severity) for row in findings(export(tags)) if row.severity != "note"] == [("google-analytics", "warning")]


def test_the_base_code_stays_whole_with_line_ends_of_all_kinds() -> None:
    for code in (BASE, BASE.replace("\n", "\r\n"), BASE.replace("\n", "\r")):
        (found,) = findings(export([html(1, "Base", code)]))
        assert found.account == "5039284756102938"


YAML = """\
triggers:
  - &booked
    name: Booked
    type: customEvent
    customEventFilter:
      - type: equals
        parameter:
          - {type: template, key: arg0, value: "{{_event}}"}
          - {type: template, key: arg1, value: appointment_booked}
tags:
  - name: Meta - booked
    type: html
    parameter:
      - type: template
        key: html
        value: |
          <script>
            fbq('track', 'Schedule');
          </script>
    firingTriggerId:
      - *booked
"""


def test_a_trigger_that_is_an_alias_in_yaml() -> None:
    (found,) = findings(YAML.encode(), "gtm.yml")
    assert (found.rule, found.state, underlined(found, YAML.encode())) == ("meta-pixel/gtm-tag", "active", "fbq('track', 'Schedule')")
    assert found.gtm is not None
    assert (found.gtm.scope.where, found.gtm.scope.events, found.gtm.scope.sensitive) == (
        "event",
        ("appointment_booked",),
        ("appointment",),
    )
