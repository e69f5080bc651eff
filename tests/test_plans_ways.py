"""The ways out as data: well-formed, sourced, complete; how rows are chosen and filled in; what lies around; rows of dumps."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.catalog import load_catalog
from linter.kinds import KINDS
from linter.leaflets import rules_folder
from linter.own_rules import OWN_RULES
from linter.plans.stored import Stored, stored_at
from linter.plans.surroundings import surroundings
from linter.plans.ways import CONDITIONS, KEYS, ROLES, SITE_KEYS, VENDOR_KEYS, load_ways
from linter.plans.wording import filled, pieces
from linter.readers import manifest_composer
from tests.plans_support import ID, OPTIONS

FILES = sorted((rules_folder() / "site").glob("ways-out*.toml"))
HOLES = frozenset(
    "kind vendor category way slug path table key nested type ecosystem tool container folder name company account id package search host "
    "variable which".split()
)
VENDOR_HOLES = frozenset({"name", "company", "whose"})
SITE_HOLES = frozenset({"at", "host", "name"})
TEXTS = ("steps", "partner", "verify", "second", "copies", "left", "publish", "clear")
_PROGRAMS = "wp drush bin php composer npm yarn pnpm bun pip poetry bundle dotnet go shopify netlify firebase vtex vendor nginx hs".split()
FOREIGN = re.compile(rf"`(?:{'|'.join(_PROGRAMS)})[ /]")
"""Commands of other programs, which must have a source. `git` needs none."""


def rows(table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The file and the row of each row of a table."""
    for path in FILES:
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get(table, ()):
            yield path.name, row


ALL = [*rows("way"), *rows("vendor"), *rows("site")]


def told(row: dict[str, Any]) -> list[str]:
    """All texts of a row."""
    return [text for name in TEXTS for text in (row.get(name, ()) if isinstance(row.get(name), list) else ())]


def name_of(row: dict[str, Any]) -> str:
    return str(row.get("id") or row.get("vendor") or row.get("category"))


@pytest.mark.parametrize(("file", "row"), ALL, ids=[f"{file}-{name_of(row)}" for file, row in ALL])
def test_a_row_is_well_formed(file: str, row: dict[str, Any]) -> None:
    assert told(row)
    assert all(text and text == text.strip() and text[-1] != "." and text.count("`") % 2 == 0 and len(text) < 300 for text in told(row))
    assert isinstance(row["date"], date)
    given_source = row.get("source", [])
    sources = [given_source] if isinstance(given_source, str) else given_source
    assert all(re.fullmatch(r"https://[\w./~%#=?:+-]+", url) for url in sources)
    assert sources or not any(FOREIGN.search(text) for text in told(row)), "a command without a source"


def test_the_names_of_rows_and_of_what_they_ask() -> None:
    for _, row in rows("way"):
        assert set(row) - KEYS <= CONDITIONS
        assert all(isinstance(row.get(name, False), bool) for name in ("left", "also", "first", "elsewhere", "by_hand"))
        assert row.get("kind", "*") == "*" or set(row["kind"].split("|")) <= set(KINDS)
        assert {hole for text in told(row) for hole in re.findall(r"\{(\w+)\}", text)} <= HOLES
    for _, row in rows("vendor"):
        assert set(row) <= VENDOR_KEYS
        assert {hole for text in told(row) for hole in re.findall(r"\{(\w+)\}", text)} <= VENDOR_HOLES
    for _, row in rows("site"):
        assert set(row) <= SITE_KEYS
        assert row["role"] in ROLES
        assert row.get("files") or row.get("folders") or row.get("beside")
        assert {hole for text in told(row) for hole in re.findall(r"\{(\w+)\}", text)} <= SITE_HOLES
    for table in ("way", "site"):
        names = [row["id"] for _, row in rows(table)]
        assert len(names) == len(set(names))


def test_vendors_of_rows_are_in_the_catalog() -> None:
    known = set(load_catalog().vendors)
    named = {vendor for _, row in [*rows("vendor"), *rows("way")] for vendor in row.get("vendor", "").split("|") if vendor}
    assert {vendor for vendor in named if "*" not in vendor} <= known


def test_no_text_draws_a_legal_conclusion() -> None:
    words = re.compile(r"violat|illegal|unlawful|breach|complian(?!z)|liab|must by law|hipaa|gdpr(?!-)|\bphi\b", re.IGNORECASE)
    assert [text for _, row in ALL for text in told(row) if words.search(text)] == []


# ---------------------------------------------------------------- completeness
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {rule.partition("/")[2] for rule in OWN_RULES}))
def test_every_kind_has_a_way_out(kind: str) -> None:
    best = load_ways().best({"kind": (kind,), "vendor": ("meta-pixel",), "category": ("advertising",), "path": ("x/y.html",)})
    assert best is not None
    assert best.id != "anything"


def test_every_platform_of_a_plugin_has_a_way_out() -> None:
    asked = {row.test["platform"] for row in load_catalog().plugins if "platform" in row.test}
    named = {platform for table in (manifest_composer._OWNERS, manifest_composer._TYPES) for platform in table.values()}
    assert {"wordpress", "drupal", "shopify", "vtex", "gem", "npm"} <= asked
    assert {"typo3", "craft", "shopware"} <= named
    for platform in sorted(asked | named):
        best = load_ways().best({"kind": ("plugin",), "platform": (platform,), "slug": ("x",), "path": ("a/b.php",)})
        assert best is not None
        assert best.conditions.get("platform"), platform


@pytest.mark.parametrize("category", sorted({vendor.category for vendor in load_catalog().vendors.values()}))
def test_every_category_has_steps_in_the_account(category: str) -> None:
    way = load_ways().vendor("unknown", category)
    assert way is not None
    assert way.partner


# ---------------------------------------------------------------- choice
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "base-code", "path": "a.html"}, "code"),
        ({"kind": "base-code", "path": "site/dist/a.html"}, "generated"),
        ({"kind": "base-code", "path": "a.js", "via": "javascript"}, "code-module"),
        ({"kind": "setting", "path": ".env.production"}, "environment"),
        ({"kind": "setting", "path": "a/b.sql", "table": "options", "key": "x"}, "wordpress-option-setting"),
        ({"kind": "setting", "path": "b.sql", "table": "options", "key": "x", "nested": "y"}, "wordpress-option-setting-nested"),
        ({"kind": "base-code", "path": "b.sql", "table": "options", "key": "theme_mods", "nested": "y"}, "wordpress-option-nested"),
        ({"kind": "base-code", "path": "b.sql", "table": "options", "key": "ihaf_insert_header"}, "wpcode-header"),
        ({"kind": "base-code", "path": "b.sql", "table": "core_config_data", "key": "design/head/includes"}, "magento-head"),
        ({"kind": "base-code", "path": "b.sql"}, "dump"),
        ({"kind": "plugin", "path": "b.sql", "platform": "wordpress", "slug": "x"}, "wordpress-plugin"),
        ({"kind": "plugin", "path": "b.sql", "platform": "joomla", "slug": "x"}, "joomla-extension"),
        ({"kind": "plugin", "path": "wp-content/mu-plugins/a.php", "platform": "wordpress", "slug": "x"}, "wordpress-plugin-must-use"),
        ({"kind": "plugin", "path": "a.php", "platform": "wordpress", "slug": "pixelyoursite-pro"}, "pixelyoursite"),
        ({"kind": "plugin", "path": "a.php", "platform": "another", "slug": "x"}, "other-plugin"),
        ({"kind": "gtm-tag", "path": "gtm.js", "published": "yes"}, "tag-published"),
        ({"kind": "event-call", "path": "a.php", "way": "server", "category": "server-side"}, "server"),
    ],
)  # fmt: skip
def test_the_row_that_asks_most_counts(fields: dict[str, str], expected: str) -> None:
    best = load_ways().best({name: (value,) for name, value in fields.items()})
    assert best is not None
    assert best.id == expected


def test_texts_are_filled_in_or_left_out() -> None:
    assert filled("run `x {slug}` in {path}", {"slug": "a-b", "path": "a b"}) == "run `x a-b` in a b"
    assert filled("run `x {slug}`", {"slug": "a b"}) == "run `x 'a b'`"
    assert filled("run `x {slug}`", {"slug": "-x"}) is None
    assert filled("run `x {slug}`", {}) is None
    assert filled("run `x {slug}`", {"slug": "{path}`", "path": "y"}) == "run `x '{path}'\"'\"''`"
    assert filled("run `x {slug} {path}`", {"slug": "{path}", "path": "a;b"}) == "run `x '{path}' 'a;b'`"


@given(st.text())
def test_nothing_that_is_filled_in_ends_a_command(value: str) -> None:
    text = filled("run `x {slug} y` now", {"slug": value})
    if text is not None:
        assert [is_code for is_code, _ in pieces(text)] == [False, True, False]
        assert text.isprintable()


# ---------------------------------------------------------------- what lies around
def test_platforms_hosts_and_caches_are_told_by_files() -> None:
    paths = [
        "site/wp-content/plugins/wp-rocket/wp-rocket.php", "site/wp-content/themes/x/style.css", "site/wp-content/cache/a.html",
        "netlify.toml", "app/package-lock.json", "app/inner/package.json", "sw.js", "theme/functions.php", "theme/style.css",
    ]  # fmt: skip
    around = surroundings(paths, load_ways())
    assert {one.row.id for one in around.there} == {"wordpress", "wp-rocket", "page-cache-folder", "netlify", "service-worker"}
    assert [one.path for one in around.there if one.row.id == "page-cache-folder"] == ["site/wp-content/cache"]
    assert around.platforms == ("wordpress",)
    assert around.tool("app/inner/package.json", "npm") == "npm"
    assert around.tool("other/package.json", "npm") == "npm"
    assert surroundings([], load_ways()).there == ()


def test_the_package_manager_is_that_of_the_nearest_lock_file() -> None:
    around = surroundings(["yarn.lock", "site/pnpm-lock.yaml", "site/poetry.lock"], load_ways())
    assert [around.tool(path, "npm") for path in ("package.json", "site/a/package.json", "x/package.json")] == ["yarn", "pnpm", "yarn"]
    assert [around.tool("site/pyproject.toml", "pypi"), around.tool("pyproject.toml", "pypi")] == ["poetry", "pip"]
    assert around.tool("a", "unknown") == ""


# ---------------------------------------------------------------- dumps and exports
def test_where_in_a_dump_something_stands() -> None:
    data = ("-- MySQL dump 10.13\n" + OPTIONS).encode()
    at = {word: data.index(word.encode()) for word in ("official-facebook-pixel", ID, "fbq(\\'track")}
    found = stored_at("site.sql", data, at.values())
    assert found[at[ID]] == Stored("options", "ihaf_insert_header")
    assert found[at["fbq(\\'track"]] == Stored("options", "et_divi", "divi_integration_head")
    assert found[at["official-facebook-pixel"]].key == "active_plugins"


def test_deeper_keys_are_not_guessed() -> None:
    value = 'a:1:{s:1:"a";a:1:{s:1:"b";s:4:"fbq(";}}'
    data = f"INSERT INTO `wp_options` (`option_id`,`option_name`,`option_value`) VALUES (1,'x','{value}');\n".encode()
    assert stored_at("a.sql", data, [data.index(b"fbq")])[data.index(b"fbq")] == Stored("options", "x")


def test_posts_of_dumps_and_exports() -> None:
    post = "(77,1,'2020','2020','fbq(','T','','publish','','','','n','','','','','',0,'g',0,'wpcode','',0)"
    data = f"INSERT INTO `wp_posts` VALUES {post};\n".encode()
    assert stored_at("a.sql", data, [data.index(b"fbq")])[data.index(b"fbq")] == Stored("posts", "", "", "77", "wpcode")
    export = (
        b"<rss><item><title>A</title><content:encoded><![CDATA[fbq(1)]]></content:encoded><wp:post_id>12</wp:post_id>"
        b"<wp:post_type><![CDATA[page]]></wp:post_type><wp:postmeta><wp:meta_key><![CDATA[_code]]></wp:meta_key>"
        b"<wp:meta_value><![CDATA[fbq(2)]]></wp:meta_value></wp:postmeta></item></rss>"
    )
    first, second = export.index(b"fbq(1)"), export.index(b"fbq(2)")
    assert stored_at("a.xml", export, [first, second]) == {
        first: Stored("posts", "", "", "12", "page"),
        second: Stored("postmeta", "_code", "", "12", "page"),
    }


@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_dump_is_too_odd(data: bytes, offset: int) -> None:
    for name in ("a.sql", "a.xml"):
        assert set(stored_at(name, data, [offset])) <= {offset}
        assert set(stored_at(name, b"INSERT INTO `wp_options` VALUES (" + data, [offset])) <= {offset}
