"""Plugins, settings, required packages and options of dumps: which pages they get onto, and which not."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.reach.words import Words, is_telling
from tests.cli_support import pixellint

ID = "5039284756102938"
PIXELYOURSITE = "<?php\n/*\nPlugin Name: PixelYourSite\n*/\n"
STYLE = "/*\nTheme Name: Praxis\n*/"
THEME = {"style.css": STYLE, "header.php": "<html><head>\n<?php wp_head(); ?>", "page.php": "<?php get_header(); ?>"}
DUMP = f"""INSERT INTO `wp_options` (`option_id`, `option_name`, `option_value`, `autoload`) VALUES
(1, 'insert_header', '<script>fbq(\\'init\\', \\'{ID}\\'); fbq(\\'track\\', \\'PageView\\');</script>', 'yes'),
(2, 'active_plugins', 'a:1:{{i:0;s:31:"pixelyoursite/facebook-pixel.php";}}', 'yes');
INSERT INTO `wp_posts` (`ID`, `post_content`, `post_title`, `post_status`, `post_type`) VALUES
(5, '<script>fbq(\\'init\\', \\'7039284756102931\\');</script>', 'Thanks', 'publish', 'page');
"""


def below(folder: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": text for path, text in files.items()}


def checked(folder: Path, files: dict[str, str]) -> dict[str, Any]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found: dict[str, Any] = json.loads(pixellint("check", "--format", "json", ".", cwd=folder).out)
    return found


def ways(folder: Path, files: dict[str, str]) -> dict[str, list[tuple[str, str, str]]]:
    """For each page the rules on it with state and chain, nearest step first."""
    return {
        row["page"]: [(one["rule"], one["state"], " <- ".join(reversed(one["chain"]))) for one in row["vendors"]]
        for row in checked(folder, files)["pages"]
    }


def test_a_plugin_is_on_the_pages_of_its_own_site(tmp_path: Path) -> None:
    files = {
        **below("a/wp-content/themes/t", THEME),
        **below("b/wp-content/themes/t", THEME),
        "a/wp-content/plugins/pixelyoursite/pixelyoursite.php": PIXELYOURSITE,
        "c/index.html": "<!doctype html><title>x</title>",
    }
    rows = ways(tmp_path, files)
    (on_a,) = rows.pop("a/wp-content/themes/t/page.php")
    assert on_a[:2] == ("meta-pixel/plugin", "active")
    assert on_a[2].startswith("a/wp-content/plugins/pixelyoursite/pixelyoursite.php")
    assert rows.pop("c/index.html") == []


def test_a_repository_that_is_the_plugin_has_no_pages_of_a_site(tmp_path: Path) -> None:
    document = checked(
        tmp_path, {"composer.json": '{"name": "facebook/magento2-pixel", "type": "magento2-module"}', "etc/module.xml": "<a/>"}
    )
    assert document["pages"] == []
    assert [row["reaches"] for row in document["findings"]] == [[] for _ in document["findings"]]


@pytest.mark.parametrize("listed", ["config/sync/core.extension.yml", "web/sites/default/config/core.extension.yml"])
def test_a_plugin_in_a_list_is_on_all_pages_of_the_platform(tmp_path: Path, listed: str) -> None:
    theme = {
        "web/themes/t/t.info.yml": "name: T\ntype: theme\ncore_version_requirement: ^10\n",
        "web/themes/t/templates/page.html.twig": "<p>",
        "web/themes/t/templates/page--front.html.twig": "<p>",
        "index.html": "<!doctype html><title>x</title>",
    }
    rows = ways(tmp_path, theme | {listed: "module:\n  facebook_pixel: 0\n  node: 0\ntheme:\n  t: 0\n"})
    page = "web/themes/t/templates/page.html.twig"
    assert rows[page] == [("meta-pixel/plugin", "active", f"{listed}:2 <- {page} (plugin facebook_pixel)")]
    assert sorted(path for path, found in rows.items() if found) == ["web/themes/t/templates/page--front.html.twig", page]


def test_options_of_a_dump_are_on_all_pages_and_posts_on_theirs_alone(tmp_path: Path) -> None:
    files = below("wp-content/themes/t", THEME) | {"db/dump.sql": DUMP, "about.html": "<!doctype html><title>x</title>"}
    rows = ways(tmp_path, files)
    page = "wp-content/themes/t/page.php"
    assert rows == {
        page: [
            ("meta-pixel/init", "active", f"db/dump.sql:2 <- {page} (option in the database)"),
            ("meta-pixel/plugin", "active", f"db/dump.sql:3 <- {page} (plugin pixelyoursite)"),
        ],
        "about.html": [],
    }


def test_a_dump_beside_several_sites_is_of_the_one_it_lies_in(tmp_path: Path) -> None:
    files = {**below("a/wp-content/themes/t", THEME), **below("b/wp-content/themes/t", THEME), "b/db/dump.sql": DUMP}
    assert {path: len(found) for path, found in ways(tmp_path, files).items()} == {
        "a/wp-content/themes/t/page.php": 0,
        "b/wp-content/themes/t/page.php": 2,
    }
    (tmp_path / "b/db/dump.sql").rename(tmp_path / "dump.sql")
    del files["b/db/dump.sql"]
    assert {len(found) for found in ways(tmp_path, files).values()} == {0}


JEKYLL = {
    "_config.yml": f"title: x\nfacebook_pixel_id: '{ID}'\n",
    "index.html": "---\nlayout: a\n---\nx",
    "print.html": "---\nlayout: b\n---\nx",
    "_layouts/a.html": "<html>{% include head.html %}",
    "_layouts/b.html": "<html>",
    "_includes/head.html": "\n{% if site.facebook_pixel_id %}{% include custom.html %}{% endif %}",
    "_includes/custom.html": "",
}


def test_a_setting_is_on_the_pages_that_pull_in_what_reads_it(tmp_path: Path) -> None:
    assert ways(tmp_path, JEKYLL) == {
        "index.html": [
            (
                "meta-pixel/setting",
                "active",
                "_config.yml:2 <- _includes/head.html:2 (reads facebook_pixel_id) <- _layouts/a.html:1 <- index.html:2",
            )
        ],
        "print.html": [],
    }


def test_a_setting_that_nothing_reads_is_on_all_pages_where_the_theme_lies_elsewhere(tmp_path: Path) -> None:
    files = JEKYLL | {"_includes/head.html": ""}
    assert {len(found) for found in ways(tmp_path, files).values()} == {0}
    files["_config.yml"] += "remote_theme: someone/theme\n"
    assert ways(tmp_path, files)["print.html"] == [("meta-pixel/setting", "active", "_config.yml:2 <- print.html (setting of the site)")]


def test_a_setting_concerns_its_own_folder(tmp_path: Path) -> None:
    page = "<!doctype html><title>x</title><script>load(window.FACEBOOK_PIXEL_ID)</script>"
    files = {"a/.env": f"FACEBOOK_PIXEL_ID={ID}\n", "a/index.html": page, "b/index.html": page}
    assert {path: [one[2] for one in found] for path, found in ways(tmp_path, files).items()} == {
        "a/index.html": ["a/.env:1 <- a/index.html:1 (reads FACEBOOK_PIXEL_ID)"],
        "b/index.html": [],
    }


def test_a_setting_is_not_on_pages_that_only_show_it_to_the_owner(tmp_path: Path) -> None:
    files = {
        "package.json": '{"dependencies": {"next": "*"}}',
        "lib/tracking.js": f"export const tracking = {{ facebookPixelId: '{ID}' }}\n",
        "lib/pixel.js": "import { tracking } from './tracking'\nfbq('init', tracking.facebookPixelId)\n",
        "pages/index.js": "import '../lib/pixel'\nexport default () => <p/>",
        "pages/admin.js": "import { tracking } from '../lib/tracking'\nexport default () => <p>{tracking}</p>",
    }
    rows = ways(tmp_path, files)
    assert rows["/admin"] == []
    assert [rule for rule, _, _ in rows["/"]] == ["meta-pixel/init", "meta-pixel/setting"]


def test_embeds_of_apps_are_on_all_pages_of_a_shop_but_the_checkout(tmp_path: Path) -> None:
    app = "shopify://apps/klaviyo-email-marketing-sms/blocks/klaviyo-onsite-embed/2632fe16-c075-4321-a88b-50b567f42507"
    files = {
        "layout/theme.liquid": "<html>{{ content_for_layout }}",
        "layout/checkout.liquid": "<html>",
        "templates/page.json": "{}",
        "config/settings_data.json": json.dumps({"current": {"blocks": {"1": {"type": app, "disabled": False, "settings": {}}}}}, indent=1),
    }
    rows = ways(tmp_path, files)
    assert {path: [one[0] for one in found] for path, found in rows.items()} == {
        "layout/checkout.liquid": [],
        "templates/page.json": ["klaviyo/plugin"],
    }
    by = "app embed, config/settings_data.json:5"
    assert rows["templates/page.json"][0][2] == (
        f"config/settings_data.json <- layout/theme.liquid:1 ({by}) <- templates/page.json:1 (every page)"
    )


PACKAGE = '{"name": "x", "dependencies": {"next": "*", "react-facebook-pixel": "*"}}'


def test_a_required_package_is_on_the_pages_that_import_it(tmp_path: Path) -> None:
    files = {
        "package.json": PACKAGE,
        "pages/index.js": "export default () => <p/>",
        "pages/book.js": f"import ReactPixel from 'react-facebook-pixel'\nReactPixel.init('{ID}')\nexport default () => <p/>",
    }
    rows = ways(tmp_path, files)
    assert rows["/"] == []
    chains = {rule: chain for rule, _, chain in rows["/book"]}
    assert chains["meta-pixel/dependency"] == "package.json:1 <- pages/book.js:1"
    del files["pages/book.js"]
    (tmp_path / "pages/book.js").unlink()
    assert ways(tmp_path, files) == {"/": []}


def test_what_the_server_sends_and_what_is_switched_off_is_on_no_page(tmp_path: Path) -> None:
    code = f"<script>fbq('init', '{ID}')</script>"
    files = {
        "_config.yml": f"title: x\nfacebook_conversions_api_access_token: 'EAAG{ID}abcdefghijklmnopq'\nfacebook_pixel_id: ''\n",
        "index.html": f"---\nlayout: a\n---\n{{{{ site.facebook_conversions_api_access_token }}}} {{{{ site.facebook_pixel_id }}}} {code}",
        "_layouts/a.html": "<html>",
    }
    assert {path: [one[0] for one in found] for path, found in ways(tmp_path, files).items()} == {"index.html": ["meta-pixel/init"]}


def test_names_of_settings_however_they_are_written() -> None:
    words = Words(["googleAnalytics", "FACEBOOK_PIXEL_ID"])
    text = 'x\n{{ template "_internal/google_analytics.html" }}\n{{ facebookPixelId }}\nhttps://google-analytics.com/a.js'
    assert words.lines_in(text) == {"googleAnalytics": 2, "FACEBOOK_PIXEL_ID": 3}
    assert words.lines_in("https://google-analytics.com/a.js xgoogleAnalytics googleAnalyticsx") == {}
    assert not Words([])
    assert Words([]).lines_in("x") == {}
    assert [word for word in ("id", "pixel", "ga_id", "pixel_id", "fbPixelId") if is_telling(word)] == ["pixel_id", "fbPixelId"]
