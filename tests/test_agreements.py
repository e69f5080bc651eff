"""Agreements: what one lowers, until when, where that is told, and which cannot be named."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from linter.__main__ import main
from linter.agreements import Agreement, applied, notice
from linter.catalog import load_catalog
from tests.cli_support import ENV, Outcome, finding, pixellint, tree

SWAP = '<script src="//cdn.callrail.com/companies/123456789/abcdef123456/12/swap.js"></script>\n'
AGREEMENT = '[agreements.callrail]\nbaa = "2026-02-01"\nreference = "contract 12"\nexpires = "2027-01-31"\n'
OWN = Agreement("callrail", "2026-02-01", "2027-01-31", "contract 12")


def run_on(day: str, root: Path, *words: str) -> Outcome:
    """A command line on a day."""
    out, err = io.StringIO(), io.StringIO()
    status = main(list(words), io.StringIO(), out, err, ENV, os.path.abspath(root), day)
    return Outcome(status, out.getvalue(), err.getvalue())


def report(day: str, root: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run_on(day, root, "check", "--format", "json", "a.html").out)
    return document


def test_one_level_lower_while_in_force(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html": SWAP})
    assert report("2026-06-01", tmp_path)["findings"][0]["severity"] == "warning"
    tree(tmp_path, {"pixellint.toml": AGREEMENT})
    for day in ("2026-02-01", "2026-06-01", "2027-01-31"):
        (found,) = report(day, tmp_path)["findings"]
        assert found["severity"] == "note"
        assert found["message"].endswith("under the agreement of 2026-02-01 (contract 12), until 2027-01-31")
        assert found["agreement"] == {"vendor": "callrail", "baa": "2026-02-01", "expires": "2027-01-31", "reference": "contract 12"}


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2027-02-01", "the agreement of 2026-02-01 (contract 12) expired on 2027-01-31"),
        ("2026-01-31", "the agreement (contract 12) is not in force before 2026-02-01"),
    ],
)
def test_out_of_force_it_lowers_nothing_and_says_so(tmp_path: Path, day: str, why: str) -> None:
    tree(tmp_path, {"a.html": SWAP, "pixellint.toml": AGREEMENT})
    outcome = run_on(day, tmp_path, "check", "--format", "json", "a.html")
    (found,) = json.loads(outcome.out)["findings"]
    assert (outcome.status, found["severity"], "agreement" in found) == (1, "warning", False)
    assert why in found["message"]
    assert outcome.err == f"pixellint: agreement with callrail: {why}; its findings are not lowered\n"


def test_an_error_becomes_a_warning_not_a_note() -> None:
    lowered = applied(finding("a.html", b"fbq", 0), OWN, "2026-06-01")
    assert (lowered.severity, lowered.agreement) == ("warning", OWN)
    assert applied(lowered._replace(severity="note"), OWN, "2026-06-01").severity == "note"
    assert notice(OWN, "2026-06-01") is None


def test_every_report_tells_of_it(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html": SWAP, "pixellint.toml": AGREEMENT})
    for format in ("text", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html"):
        assert "contract 12" in run_on("2026-06-01", tmp_path, "check", "--format", format, "a.html").out, format


def test_a_configured_severity_wins(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html": SWAP, "pixellint.toml": f'{AGREEMENT}\n[severity]\n"callrail/*" = "error"\n'})
    (found,) = report("2026-06-01", tmp_path)["findings"]
    assert (found["severity"], found["agreement"]["reference"]) == ("error", "contract 12")


def test_no_vendor_that_signs_none(tmp_path: Path) -> None:
    """Whichever vendor it is; the message names the source."""
    refused = [vendor for vendor in load_catalog().vendors.values() if vendor.baa_status == "none"]
    assert refused
    tree(tmp_path, {"pixellint.toml": "\n".join(AGREEMENT.replace("callrail", vendor.id) for vendor in refused)})
    outcome = pixellint("check", cwd=tmp_path)
    assert outcome.status == 2
    for vendor in refused:
        assert f"no agreement can lower findings of {vendor.name}: {vendor.baa_statement}" in outcome.err
        assert vendor.baa_sources[0][1] in outcome.err


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('reference = "x"\nexpires = "2027-01-31"', "agreements.callrail: baa is missing"),
        ('baa = "2026-02-01"\nreference = "x"', "agreements.callrail: expires is missing"),
        ('baa = "2026-02-01"\nexpires = "2027-01-31"', "agreements.callrail: reference is missing"),
        (
            'baa = "2026-02-30"\nreference = "x"\nexpires = "2027-01-31"',
            "agreements.callrail.baa: '2026-02-30' is no date such as 2027-01-31",
        ),
        ('baa = true\nreference = "x"\nexpires = "2027-01-31"', "agreements.callrail.baa: True is no date such as 2027-01-31"),
        ('baa = "2026-02-01"\nreference = "x"\nexpires = "2026-01-31"', "the agreement with callrail would end before it begins"),
        ('baa = "2026-02-01"\nreference = "x"\nexpires = "2027-01-31"\nby = "me"', "unknown key 'by'"),
    ],
)
def test_what_is_wrong_is_an_error(tmp_path: Path, wrong: str, message: str) -> None:
    tree(tmp_path, {"a.html": "<p>", "pixellint.toml": f"[agreements.callrail]\n{wrong}\n"})
    outcome = pixellint("check", cwd=tmp_path)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
    assert "pixellint.toml:" in outcome.err


def test_unknown_vendors(tmp_path: Path) -> None:
    tree(tmp_path, {"pixellint.toml": AGREEMENT.replace("callrail", "calrail")})
    assert "pixellint.toml:1:13: no vendor is called 'calrail'; did you mean 'callrail'?" in pixellint("check", cwd=tmp_path).err


def test_dates_of_toml_are_dates(tmp_path: Path) -> None:
    tree(
        tmp_path, {"a.html": SWAP, "pixellint.toml": AGREEMENT.replace('"2026-02-01"', "2026-02-01").replace('"2027-01-31"', "2027-01-31")}
    )
    assert report("2026-06-01", tmp_path)["findings"][0]["agreement"]["expires"] == "2027-01-31"
