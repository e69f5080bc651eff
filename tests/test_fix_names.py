"""The names of vendors' snippets: the table is well-formed, and every name belongs to somebody."""

import re
import tomllib
from typing import Any

import pytest

from linter.catalog import load_catalog
from linter.fixes.names import Names, kept_functions, names_of, names_of_all
from linter.leaflets import rules_folder

CATALOG = load_catalog()
ROWS: dict[str, Any] = tomllib.loads((rules_folder() / "site" / "snippet-names.toml").read_text(encoding="utf-8"))
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def test_tables_are_known() -> None:
    assert set(ROWS) == {"name", "shared", "foreign", "kept"}


@pytest.mark.parametrize("row", ROWS["name"], ids=lambda row: row["name"])
def test_names(row: dict[str, str]) -> None:
    assert set(row) == {"vendor", "name", "what"}
    assert row["vendor"] in CATALOG.vendors
    assert _NAME.fullmatch(row["name"])
    assert row["what"]
    assert row["name"] in names_of(row["vendor"], CATALOG).all


@pytest.mark.parametrize("row", ROWS["shared"], ids=lambda row: row["name"])
def test_shared_names(row: dict[str, Any]) -> None:
    assert set(row) == {"name", "vendors", "what"}
    assert len(row["vendors"]) > 1
    assert set(row["vendors"]) <= set(CATALOG.vendors)
    assert all(row["name"] in names_of(vendor, CATALOG).support for vendor in row["vendors"])


def test_other_rows() -> None:
    assert all(set(row) == {"names", "what"} and row["names"] for row in ROWS["foreign"])
    assert all(set(row) == {"name", "why"} for row in ROWS["kept"])
    assert kept_functions()["gtag_report_conversion"]


def test_no_name_is_told_twice() -> None:
    names = [row["name"] for table in ("name", "shared", "kept") for row in ROWS[table]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("vendor", "functions", "support"),
    [
        ("meta-pixel", {"fbq", "_fbq"}, set()),
        ("google-analytics", {"ga", "_gaq"}, {"gtag", "dataLayer"}),
        ("tiktok", {"ttq", "TiktokAnalyticsObject"}, set()),
        ("linkedin", {"lintrk", "_linkedin_partner_id", "_linkedin_data_partner_ids"}, set()),
        ("hotjar", {"hj", "_hjSettings"}, set()),
    ],
)
def test_what_a_vendor_has(vendor: str, functions: set[str], support: set[str]) -> None:
    names = names_of(vendor, CATALOG)
    assert functions <= names.functions
    assert support <= names.support
    assert not names.functions & names.support


def test_objects_of_others_are_no_vendors() -> None:
    everything = names_of_all(CATALOG.vendors, CATALOG).all
    assert not everything & {"this", "Vue", "proxy", "tarteaucitron", "window", "document", "$", "jQuery"}
    assert all(_NAME.fullmatch(name) for name in everything)


def test_a_vendor_without_names() -> None:
    assert names_of("no-such-vendor", CATALOG) == Names()
