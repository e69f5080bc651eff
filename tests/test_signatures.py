"""Patterns of signatures: what arguments, addresses and server code they match, and which account they name."""

import pytest

from linter.arguments import account_of, is_value, rate_arguments
from linter.catalog import load_catalog
from linter.check import check_source
from linter.evidence import Value
from linter.globs import captures, glob
from linter.matching import match

TEXT = Value("text", "AW-123", (0, 8))
NUMBER = Value("number", "123", (0, 3))
CODE = Value("unknown", "adsId()", (0, 7), expression="adsId()")
OBJECT = Value("object", "{}", (0, 2))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [("a*c", "abc", ["b"]), ("a*", "a", [""]), ("*b*", "abc", ["a", "c"]), ("x|a*", "ab", ["b"]), ("a*", "ba", None), ("a.c", "abc", None)],
)
def test_globs(pattern: str, text: str, found: list[str] | None) -> None:
    assert captures(pattern, text) == found
    assert glob(pattern, text) == (found is not None)


@pytest.mark.parametrize(
    ("pattern", "values"),
    [
        ("AW-*", [TEXT]),
        ("text:*", [TEXT]),
        ("123", [NUMBER]),
        ("=*ads*", [CODE]),
        ("=*", [CODE]),
        ("text:*|=*", [TEXT, CODE]),
        ("AW-*|1*", [TEXT, NUMBER]),
        ("=AW-*", []),
    ],
)
def test_patterns_of_arguments(pattern: str, values: list[Value]) -> None:
    assert [value for value in (TEXT, NUMBER, CODE, OBJECT) if is_value(pattern, value)] == values


def test_what_is_told_exactly_is_more_specific() -> None:
    ratings = [rate_arguments((TEXT,), {"args": [pattern]}) or 0 for pattern in ("*", "text:*", "AW-*")]
    assert ratings == sorted(ratings)
    assert len(set(ratings)) == 3


@pytest.mark.parametrize(
    ("text", "literal", "told"), [("t", False, None), ("id", False, None), ("t", True, "t"), ("siteId", False, "siteId"), ("", True, None)]
)
def test_the_name_of_a_parameter_is_no_account(text: str, literal: bool, told: str | None) -> None:
    account = account_of(text, literal)
    assert (account.text if account else None) == told


def found(path: str, code: str) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.account) for finding in check_source(path, code.encode(), load_catalog()).findings]


def test_items_of_an_array_are_arguments_of_queues_only() -> None:
    assert found("a.js", "_fbq.push(['addPixelId', '1234509876']);") == [("meta-pixel/init", "1234509876")]
    assert found("a.js", "fbq; heap.load([3, 1, 2]);") == []


def test_a_name_of_many_counts_beside_a_certain_mark_only() -> None:
    certain = '<script src="https://cdn.segment.com/analytics.js/v1/aB3dE5gH7jK9/analytics.min.js"></script>'
    assert ("segment/advanced-matching", None) in found("a.html", certain + "<script>analytics.identify('1', { email: x });</script>")
    assert found("a.html", "<script>analytics.identify('1', { email: x }); // cdn.segment.com</script>") == []


def test_nothing_gives_nothing() -> None:
    assert match([], load_catalog()) == []


@pytest.mark.parametrize(
    ("path", "code", "rules"),
    [
        ("a.py", "import facebook_business", ["meta-capi/package"]),
        ("a.py", "import os, facebook_business.api as fb", ["meta-capi/package"]),
        ("a.py", "# import facebook_business\nname = 'facebook_business'", []),
        ("a.py", "my_facebook_business_page = 1", []),
        ("a.rb", 'require "facebookbusiness"', ["meta-capi/package"]),
        ("a.rb", "# FacebookAds::Ad.new", []),
        ("a.php", "<?php use FacebookAds\\Api;", ["meta-capi/package"]),
        ("a.php", "<?php $x = new \\FacebookAds\\Object\\CustomAudience(1);", ["meta-capi/package", "meta-capi/advanced-matching"]),
        ("a.php", "<?php // use FacebookAds\\Api;", []),
        ("a.php", "<?php $this->FacebookAds(1); $FacebookAds = 2; function FacebookAds() {}", []),
    ],
)
def test_packages_in_server_code(path: str, code: str, rules: list[str]) -> None:
    assert sorted(rule for rule, _ in found(path, code)) == sorted(rules)


@pytest.mark.parametrize(
    "code", ["use FacebookAds\\{", "new FacebookAds\\X((((", "FacebookAds::", "use FacebookAds\\A as", "FacebookAds\\"]
)
def test_broken_server_code(code: str) -> None:
    for path, text in (("a.php", "<?php " + code), ("a.rb", code), ("a.py", "from facebook_business import (" + code)):
        assert check_source(path, text.encode(), load_catalog()).skipped == ()
