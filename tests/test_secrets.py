"""Access tokens never appear in full: not in frames, messages, accounts, or any report."""

import json

import pytest

from linter.check import check_source
from linter.findings import Result
from linter.reports.document import render as render_json
from linter.reports.text import render as render_text
from linter.secrets import mask

TOKEN = "EAAB" + "wzLixnjYBO" * 6


@pytest.mark.parametrize(
    "text",
    [
        f"https://graph.facebook.com/v19.0/1/events?access_token={TOKEN}",
        f"'access_token' => '{TOKEN}'",
        f'"accessToken": "{TOKEN}"',
        f"api_secret='{'a1B2' * 6}'",
        TOKEN,
    ],
)
def test_a_token_is_masked_at_its_place(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert "******" in masked
    assert TOKEN[:6] not in text or TOKEN[:6] in masked
    assert TOKEN not in masked


@pytest.mark.parametrize("text", ["access_token = get_token()", "fbq('init', '1234509876123450')", "const EAA = 1", "access_token: ''"])
def test_what_is_no_token_stays(text: str) -> None:
    assert mask(text) == text


def test_no_report_shows_a_token() -> None:
    code = f'fetch("https://graph.facebook.com/v19.0/1234509876123450/events?access_token={TOKEN}", {{method: "POST"}});\n'
    report = check_source("api/track.js", code.encode())
    assert [finding.rule for finding in report.findings] == ["meta-capi/beacon"]
    result = Result(report.findings, (), 1)
    for text in (render_text(result), render_json(result)):
        assert TOKEN not in text
        assert TOKEN[10:40] not in text
    assert json.loads(render_json(result))["findings"]
