"""Every case of every leaflet: what must be found, exactly, and what must not."""

from typing import Any

import pytest

from linter.catalog import Catalog
from linter.check import check_source
from linter.findings import Finding
from linter.leaflets import compile_index, load_leaflets
from linter.rule_tests import fixed

LEAFLETS = load_leaflets()
CATALOG = Catalog(compile_index(LEAFLETS))
CASES = [pytest.param(case, id=f"{leaflet['id']}: {case['name']}") for leaflet in LEAFLETS for case in leaflet.get("case", ())]


def underlined(finding: Finding, code: str) -> str:
    """The text that a finding underlines."""
    return code.encode()[finding.start.offset : finding.end.offset].decode()


def told(finding: Finding, code: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the case asks of a finding, as the finding has it."""
    answers = {
        "rule": finding.rule,
        "text": underlined(finding, code),
        "state": finding.state,
        "severity": finding.severity,
        "account": finding.account,
        "related": len(finding.related),
        "via": list(finding.via),
    }
    return {key: answers[key] for key in wanted}


@pytest.mark.parametrize("case", [case for case in CASES if "fixed" in case.values[0]])
def test_what_fixes_leave(case: dict[str, Any]) -> None:
    assert fixed(case["file"], case["code"].encode(), CATALOG).decode() == case["fixed"]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    code = case["code"]
    report = check_source(case["file"], code.encode(), CATALOG)
    assert report.skipped == ()
    wanted = [{"state": "active", **row} for row in case["find"]]
    given = [told(finding, code, row) for finding, row in zip(report.findings, wanted, strict=False)]
    assert given == wanted
    assert [finding.rule for finding in report.findings] == [row["rule"] for row in wanted]
