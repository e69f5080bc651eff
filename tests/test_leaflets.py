"""The catalog is whole: every leaflet is well formed, every vendor we promise is there, every statement has a source, and
the index is what the leaflets say."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from linter import leaflets
from linter.catalog import Catalog
from linter.kinds import KINDS
from linter.leaflets import EVIDENCE_TABLES, INDEX, compile_index, index_text, load_leaflets, problems, rules_folder

LEAFLETS = load_leaflets()
CATALOG = Catalog(compile_index(LEAFLETS))
VENDORS = """
meta-pixel meta-sdk meta-capi google-ads google-analytics floodlight google-tag-manager tiktok linkedin microsoft-uet
microsoft-clarity x pinterest snap reddit quora nextdoor criteo taboola outbrain adroll trade-desk stackadapt simplifi yahoo
amazon-ads spotify hotjar fullstory logrocket mouseflow lucky-orange crazy-egg smartlook inspectlet hubspot segment tealium
adobe-tags yandex-metrica mixpanel amplitude heap callrail call-tracking-metrics klaviyo mailchimp sharethis tawk
""".split()
CATEGORIES = "advertising analytics session-replay tag-manager marketing call-tracking social server-side".split()
VERDICTS = re.compile(
    r"hipaa.violat|violat\w*.{0,20}\bhipaa\b|\billegal|\bunlawful|against the law|breaks the law"
    r"|(?:is|are|not) (?:hipaa.)?compliant|wiretapp?ing",
    re.IGNORECASE,
)
"""Legal conclusions, which are not ours to draw."""

every_leaflet = pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet["id"])


def texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a leaflet that a person reads, with its place; signatures and the code of cases are left out."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in (*EVIDENCE_TABLES, "code", "find", "file", "url"):
                yield from texts(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, where)


def is_source(source: dict[str, Any]) -> bool:
    """Whether a source has a title, a link, and the date of the document or of the look at it."""
    return bool(source["title"]) and re.match(r"https?://[\w.-]+\.\w+", source["url"]) is not None and isinstance(source["date"], date)


def test_every_promised_vendor_has_a_leaflet() -> None:
    assert sorted(set(VENDORS) - {leaflet["id"] for leaflet in LEAFLETS}) == []


def test_every_leaflet_of_the_folder_is_read() -> None:
    assert [leaflet["id"] for leaflet in LEAFLETS] == sorted(path.stem for path in rules_folder().glob("*.toml"))


@every_leaflet
def test_leaflet_is_well_formed(leaflet: dict[str, Any]) -> None:
    assert problems(leaflet, leaflet["id"]) == []


@every_leaflet
def test_vendor_is_told(leaflet: dict[str, Any]) -> None:
    assert leaflet["category"] in CATEGORIES
    assert isinstance(leaflet["last_reviewed"], date)
    assert leaflet["consequence"][0].islower()
    assert not leaflet["consequence"].endswith(".")
    assert leaflet["sources"]
    assert all(is_source(source) for source in leaflet["sources"])
    assert all(host == host.lower() and "/" not in host for host in leaflet.get("hosts", ()))


@every_leaflet
def test_baa_position_has_a_source_and_a_date_or_is_not_verified(leaflet: dict[str, Any]) -> None:
    baa = leaflet["baa"]
    assert baa["status"] in ("none", "conditional", "available", "not-verified")
    assert baa["statement"].endswith(".")
    assert all(is_source(source) for source in baa.get("sources", ()))
    assert baa.get("sources") or baa["status"] == "not-verified"


@every_leaflet
def test_a_pixel_of_a_vendor_that_signs_no_baa_is_an_error(leaflet: dict[str, Any]) -> None:
    if leaflet["category"] == "advertising" and leaflet["baa"]["status"] == "none":
        assert leaflet["severity"] == "error"
    if leaflet["category"] == "analytics" or leaflet["baa"]["status"] == "conditional":
        assert leaflet["severity"] == "warning"


@every_leaflet
def test_cases(leaflet: dict[str, Any]) -> None:
    cases = leaflet["case"]
    assert len([case for case in cases if case["find"]]) >= 3
    assert len([case for case in cases if not case["find"]]) >= 2
    assert len({case["name"] for case in cases}) == len(cases)
    for case in cases:
        assert {row["rule"].partition("/")[0] for row in case["find"]} <= set(CATALOG.vendors)
        assert {row["rule"] for row in case["find"]} <= set(CATALOG.rules)


@every_leaflet
def test_every_signature_kind_is_shown_by_a_case(leaflet: dict[str, Any]) -> None:
    """At least the kinds that are errors or warnings and not folded into base code: what cannot be shown cannot be tested."""
    own = f"{leaflet['id']}/"
    shown = {row["rule"].removeprefix(own) for case in leaflet["case"] for row in case["find"] if row["rule"].startswith(own)}
    used = {row.get("kind", "package") for table in EVIDENCE_TABLES for row in leaflet.get(table, ())}
    folded = {"loader", "init", "event-call", "package", "beacon", "first-party-loader"}
    assert sorted(kind for kind in used - shown - folded if CATALOG.severity(leaflet["id"], kind) == "error") == []


@every_leaflet
def test_no_text_draws_a_legal_conclusion(leaflet: dict[str, Any]) -> None:
    said = [(where, VERDICTS.search(text)) for where, text in texts(leaflet)]
    assert [(where, match[0]) for where, match in said if match and ".sources" not in where] == []


def test_every_rule_has_a_text() -> None:
    for rule in CATALOG.rules:
        kind = KINDS[rule.partition("/")[2]]
        assert len(kind.says) > 10
        assert len(kind.help) > 10


@pytest.mark.parametrize("name", KINDS)
def test_no_kind_draws_a_legal_conclusion(name: str) -> None:
    assert VERDICTS.search(KINDS[name].says) is VERDICTS.search(KINDS[name].help) is None


def test_names_and_old_names_are_one_vendor_each() -> None:
    names = [name for vendor in CATALOG.vendors.values() for name in (vendor.id, *vendor.aliases)]
    assert sorted(names) == sorted(set(names))


def test_every_signature_can_be_reached_by_the_literal_scan() -> None:
    """A signature whose literals are empty or very short would make every file worth parsing."""
    assert sorted(literal for literal in CATALOG.literals if len(literal) < 3 or literal != literal.lower()) == []


def test_problems_are_told() -> None:
    """The check itself notices what is missing."""
    whole = LEAFLETS[0]
    assert problems({}, "x") != []
    for key in ("id", "name", "company", "category", "severity", "consequence", "last_reviewed", "baa", "text", "case"):
        assert problems({name: value for name, value in whole.items() if name != key}, whole["id"]) != [], key
    assert problems(whole, "another-name") != []


def test_the_index_is_up_to_date() -> None:
    assert INDEX.is_file(), "linter/index.json is missing: run `python -m linter.leaflets` and commit it"
    same = INDEX.read_text(encoding="utf-8") == index_text()
    assert same, "linter/index.json is out of date: run `python -m linter.leaflets` and commit it"


def test_an_installed_package_finds_its_leaflets(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaflets, "HERE", tmp_path / "linter")
    assert rules_folder() == tmp_path / "rules"
    (tmp_path / "linter" / "rules").mkdir(parents=True)
    assert rules_folder() == tmp_path / "linter" / "rules"
