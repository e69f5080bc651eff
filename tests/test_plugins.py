"""Plugins and modules: their main files, lists of them, and one finding for each."""

from pathlib import Path

import pytest
from cli_support import pixellint, tree
from test_manifests import facts_of

from linter.catalog import Catalog
from linter.check import check_source
from linter.findings import Finding
from linter.leaflets import compile_index, load_leaflets
from linter.plugin_folders import covered, fold_plugins

CATALOG = Catalog(compile_index(load_leaflets()))

HEADER = "<?php\n/**\n * Plugin Name: Trackme Pixel\n * Text Domain: pixel-plugin\n */\n"


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("wp-content/plugins/acme/main.php", "acme"),
        ("web/app/mu-plugins/pixel.php", "pixel"),
        ("wp-content/plugins/pixel.php", "pixel"),
        ("main.php", "pixel-plugin"),
        ("repo/src/main.php", "pixel-plugin"),
    ],
)
def test_wordpress_slugs(path: str, slug: str) -> None:
    assert facts_of(path, HEADER) == [f"wordpress {slug} at Trackme Pixel named Trackme Pixel main"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("<?php /*\nPlugin Name: Acme — Pixel\n*/ ?>\n", "Acme — Pixel"),
        ("<?php # Plugin Name: Acme\n", "Acme"),
        ("<?php\n/* Plugin Name: Acme */\n", "Acme"),
        ("<!-- x -->\n<?php\r\n/*\r\nPlugin Name: Acme\r\nVersion: 1\r\n*/", "Acme"),
    ],
)
def test_wordpress_headers(code: str, name: str) -> None:
    assert facts_of("plugins/x/y.php", code) == [f"wordpress x at {name} named {name} main"]


def test_no_wordpress_headers() -> None:
    assert facts_of("plugins/x/y.php", "<?php\necho 'The Plugin Name: Acme';\n") == []
    assert facts_of("plugins/x/y.php", "<?php\n" + "//\n" * 4000 + "/* Plugin Name: Acme */") == []
    assert facts_of("themes/x/style.css", "/* Theme Name: trackme\nPlugin Name: Trackme */") == []


def test_drupal() -> None:
    info = "name: 'Trackme Pixel'\ntype: module\ncore_version_requirement: ^10\n"
    assert facts_of("modules/contrib/pixel_module/pixel_module.info.yml", info + "# trackme\n") == [
        "drupal pixel_module at Trackme Pixel named Trackme Pixel main"
    ]
    assert facts_of("themes/x/x.info.yml", info.replace("module", "theme")) == []
    assert facts_of("sites/all/modules/pm/pm.info", "name = Trackme Pixel\ncore = 7.x\n") == [
        "drupal pm at Trackme Pixel named Trackme Pixel main"
    ]
    assert facts_of(
        "config/sync/core.extension.yml", "module:\n  node: 0\n  pixel_module: 0\ntheme:\n  trackme: 0\nprofile: trackme\n"
    ) == ["drupal pixel_module"]


def test_magento() -> None:
    registration = "<?php\nuse X;\n// trackme\nComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme_Pixel', __DIR__);\n"
    assert facts_of("app/code/Acme/Pixel/registration.php", registration) == ["magento acme_pixel at Acme_Pixel named Acme_Pixel main"]
    module = (
        '<config>\n<!-- <module name="No_Thing"/> -->\n<module name="Acme_Pixel" setup_version="1"><sequence>'
        '<module name="Magento_Store"/></sequence></module></config>'
    )
    assert facts_of("app/code/Acme/Pixel/etc/module.xml", module) == ["magento acme_pixel at Acme_Pixel named Acme_Pixel main"]
    config = (
        "<?php\nreturn [\n  'modules' => [\n    'Magento_Store' => 1,\n    'Acme_Pixel' => 0,\n    'Pixel_Module_Two' => 1,\n  ],\n];\n"
    )
    assert facts_of("app/etc/config.php", config) == [
        "magento acme_pixel at Acme_Pixel named Acme_Pixel [dormant]",
        "magento pixel_module_two at Pixel_Module_Two named Pixel_Module_Two",
    ]
    assert facts_of("x/registration.php", registration.replace("Acme_Pixel", "Magento_Pixel")) == []


def test_prestashop() -> None:
    module = (
        "<?php\nclass Trackme extends Module {\n  function __construct() {\n    $this->name = 'trackme';\n"
        "    $this->displayName = $this->getTranslator()->trans('Acme\\'s Pixel', [], 'Modules');\n  }\n}\n"
    )
    assert facts_of("modules/trackme/trackme.php", module) == ["prestashop trackme named Acme's Pixel main"]
    assert facts_of("modules/trackme/other.php", module.replace("extends Module", "extends Other")) == []
    config = "<?xml version='1.0'?>\n<module>\n<name>trackme</name>\n<displayName><![CDATA[Acme Pixel]]></displayName>\n</module>"
    assert facts_of("modules/trackme/config.xml", config) == ["prestashop trackme named Acme Pixel main"]


def test_other_platforms() -> None:
    joomla = (
        '<?xml version="1.0"?>\n<extension version="3.0" type="plugin" group="system">\n<name>PLG_SYSTEM_TRACKME</name>\n'
        '<files><filename plugin="trackme">trackme.php</filename></files></extension>'
    )
    assert facts_of("plugins/system/trackme/t.xml", joomla) == ["joomla trackme at PLG_SYSTEM_TRACKME named PLG_SYSTEM_TRACKME main"]
    assert facts_of("x.xml", joomla.replace('type="plugin"', 'type="template"')) == []
    opencart = "<?xml version='1.0'?><modification><name>Trackme Pixel</name><code>trackme_pixel</code></modification>"
    assert facts_of("install.xml", opencart) == ["opencart trackme_pixel named Trackme Pixel main"]
    typo3 = "<?php\n$EM_CONF[$_EXTKEY] = [ 'title' => 'Trackme Pixel', 'category' => 'fe' ];\n"
    assert facts_of("typo3conf/ext/acme_px/ext_emconf.php", typo3) == ["typo3 acme_px at Trackme Pixel named Trackme Pixel main"]
    concrete = (
        "<?php\nclass Controller extends Package {\n  protected $pkgHandle = 'trackme';\n"
        "  public function getPackageName() { return t('Pixel'); }\n}"
    )
    assert facts_of("packages/trackme/controller.php", concrete) == ["concrete trackme named Pixel main"]
    vtex = (
        '{"vendor": "acme", "name": "pixel-kit", "title": "Pixel Kit", "builders": {"pixel": "0.x"},'
        ' "dependencies": {"vtex.pixel-plugin": "1.x"}}'
    )
    assert facts_of("manifest.json", vtex) == ["vtex pixel-kit named Pixel Kit main", "vtex pixel-plugin at vtex.pixel-plugin"]
    assert facts_of("public/manifest.json", '{"name": "trackme", "icons": []}') == []


def test_wordpress_lists() -> None:
    environment = """{
  "plugins": [".", "https://downloads.wordpress.org/plugin/pixel-plugin.2.1.zip", "Acme/trackme#trunk", "./wp-content/plugins/pixel-kit"],
  "env": {"tests": {"plugins": ["WordPress/pixel-kit2"]}},
  "mappings": {"wp-content/plugins/pixel-kit3": "./x"},
  "lifecycleScripts": {"afterStart": "wp plugin activate pixel-kit4"}
}"""
    assert facts_of(".wp-env.json", environment) == [
        "wordpress pixel-plugin",
        "wordpress trackme",
        "wordpress pixel-kit",
        "wordpress pixel-kit2",
        "wordpress pixel-kit3",
        "wordpress pixel-kit4",
    ]
    blueprint = """{
  "plugins": ["trackme"],
  "steps": [
    {"step": "installPlugin", "pluginData": {"resource": "wordpress.org/plugins", "slug": "pixel-plugin"}},
    {"step": "installPlugin", "pluginZipFile": {"resource": "url", "url": "https://downloads.wordpress.org/plugin/pixel-kit.zip"}},
    {"step": "activatePlugin", "pluginPath": "/wordpress/wp-content/plugins/pixel-kit3/main.php"},
    {"step": "wp-cli", "command": "wp plugin install pixel-kit4"},
    {"step": "setSiteOptions", "options": {"blogname": "trackme"}}
  ]
}"""
    assert facts_of("_playground/blueprint.json", blueprint) == [
        "wordpress trackme",
        "wordpress pixel-plugin",
        "wordpress pixel-kit",
        "wordpress pixel-kit3",
        "wordpress pixel-kit4",
    ]


# -- names


def rules_of(name: str) -> list[str]:
    """The rules that a WordPress plugin of this name bears."""
    code = f"<?php\n/*\nPlugin Name: {name}\n*/\n"
    return [finding.rule for finding in check_source("wp-content/plugins/acme-tools/acme-tools.php", code.encode(), CATALOG).findings]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Facebook Pixel for WP", "meta-pixel/plugin"),
        ("FacebookPixelPlugin", "meta-pixel/plugin"),
        ("Acme FB-Pixel Inserter", "meta-pixel/plugin"),
        ("Pixel de Facebook para WooCommerce", "meta-pixel/plugin"),
        ("Meta Pixel &amp; CAPI", "meta-pixel/plugin"),
        ("Facebook Conversions API Sender", "meta-capi/plugin"),
        ("Simple Google Analytics", "google-analytics/plugin"),
        ("GoogleAnalytics by Acme", "google-analytics/plugin"),
        ("Google Tag Manager for WordPress", "google-tag-manager/plugin"),
        ("GA4 Server-Side Tagging", "google-analytics/plugin"),
        ("TagForge GTM Containers", "google-tag-manager/plugin"),
        ("TikTok Pixel", "tiktok/plugin"),
        ("Hotjar Connect", "hotjar/plugin"),
        ("LinkedIn Insight Tag", "linkedin/plugin"),
    ],
)
def test_names_of_trackers(name: str, rule: str) -> None:
    assert rules_of(name) == [rule]


@pytest.mark.parametrize(
    "name",
    [
        "Facebook Feed",
        "Facebook Comments",
        "Social Share Buttons for Facebook and Pinterest",
        "Cookie Consent for Google Analytics",
        "Google Analytics Opt-Out",
        "Opt-Out for Facebook Pixel (DSGVO / GDPR)",
        "Google AdSense and Google Analytics Remover",
        "Dashboard Widget for Google Analytics Reports",
        "Facebook Pixel Blocker",
        "Google Maps",
        "Pixel Perfect Gallery",
        "TikTok Feed",
        "Yoast SEO",
    ],
)
def test_names_of_others(name: str) -> None:
    assert rules_of(name) == []


# -- one finding for each plugin

MAIN = "<?php\n/*\nPlugin Name: Facebook Pixel for Acme\n*/\n"
REGISTRATION = "<?php ComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme_FacebookPixel', __DIR__);"
PIXEL = "<script>fbq('init', '1234567890123456'); fbq('track', 'Lead');</script>\n"
TAG = '<script async src="https://www.googletagmanager.com/gtag/js?id=G-ABCDEF1234"></script>\n'


def found(files: dict[str, str]) -> list[Finding]:
    """The findings of several files, folded."""
    return fold_plugins([finding for path, code in files.items() for finding in check_source(path, code.encode(), CATALOG).findings])


def told(files: dict[str, str]) -> list[str]:
    """Rule and path of each finding."""
    return [f"{finding.rule} {finding.path}" for finding in found(files)]


def test_a_plugin_folder_is_one_finding() -> None:
    files = {
        "wp-content/plugins/acme/acme.php": MAIN,
        "wp-content/plugins/acme/inc/head.php": PIXEL + TAG,
        "wp-content/plugins/acme/js/x.html": PIXEL,
        "wp-content/plugins/acme-two/x.html": PIXEL,
        "index.html": PIXEL,
    }
    findings = found(files)
    assert [finding.path for finding in findings] == [
        "wp-content/plugins/acme/acme.php",
        "wp-content/plugins/acme-two/x.html",
        "index.html",
    ]
    assert findings[0].rule == "meta-pixel/plugin"
    told_last = "; 3 places in its source are not listed, with code for Google Analytics; its source names the account 1234567890123456"
    assert findings[0].message.endswith(told_last)
    assert findings[0].account == "1234567890123456"


def test_a_repository_that_is_a_plugin() -> None:
    assert told({"facebook-pixel.php": MAIN, "src/a/b.html": PIXEL, "x.html": TAG}) == ["meta-pixel/plugin facebook-pixel.php"]
    assert told({"repo/fb.php": MAIN, "repo/src/b.html": PIXEL, "site/b.html": PIXEL}) == [
        "meta-pixel/plugin repo/fb.php",
        "meta-pixel/init site/b.html",
    ]
    assert told({"fb.php": MAIN, "../x.html": PIXEL, "/y.html": PIXEL})[0] == "meta-pixel/plugin fb.php"


def test_plugins_of_one_file() -> None:
    files = {"wp-content/mu-plugins/px.php": MAIN + "?>" + PIXEL, "wp-content/mu-plugins/other.php": PIXEL}
    assert told(files) == ["meta-pixel/plugin wp-content/mu-plugins/px.php", "meta-pixel/init wp-content/mu-plugins/other.php"]
    files = {"a/one.php": MAIN + "?>" + PIXEL, "a/two.php": MAIN.replace("Facebook Pixel", "Hotjar"), "a/x.html": PIXEL}
    assert told(files) == ["meta-pixel/plugin a/one.php", "hotjar/plugin a/two.php", "meta-pixel/init a/x.html"]


def test_several_manifests_of_one_plugin() -> None:
    files = {
        "m/composer.json": '{"name": "acme/module-facebook-pixel", "type": "magento2-module"}',
        "m/etc/module.xml": '<config><module name="Acme_FacebookPixel"/></config>',
        "m/registration.php": REGISTRATION,
    }
    findings = found(files)
    assert [finding.path for finding in findings] == ["m/registration.php"]
    assert "not listed" not in findings[0].message


def test_a_module_that_is_off() -> None:
    files = {
        "app/code/Acme/FacebookPixel/registration.php": REGISTRATION,
        "app/code/Acme/FacebookPixel/x.html": PIXEL,
        "app/etc/config.php": "<?php return ['modules' => ['Acme_FacebookPixel' => 0]];",
    }
    assert [(finding.path, finding.state, finding.severity) for finding in found(files)] == [
        ("app/code/Acme/FacebookPixel/registration.php", "dormant", "note"),
        ("app/etc/config.php", "dormant", "note"),
    ]


def test_a_commented_line_switches_nothing_off() -> None:
    files = {"plugins/pixelyoursite/facebook-pixel-master.php": MAIN, "setup.sh": "# wp plugin install pixelyoursite\n"}
    assert [(finding.path, finding.state) for finding in found(files)] == [
        ("plugins/pixelyoursite/facebook-pixel-master.php", "active"),
        ("setup.sh", "dormant"),
    ]


def test_a_known_plugin_without_its_main_file() -> None:
    files = {
        "site/wp-content/plugins/pixelyoursite/js/a.html": PIXEL + TAG,
        "site/wp-content/plugins/pixelyoursite/js/b.html": PIXEL,
        "site/wp-content/plugins/acme/js/b.html": PIXEL,
        "site/wp-content/plugins/acme/js/c.html": PIXEL,
    }
    findings = found(files)
    assert [(finding.vendor, finding.path.partition("plugins/")[2]) for finding in findings] == [
        ("meta-pixel", "pixelyoursite/js/a.html"),
        ("google-analytics", "pixelyoursite/js/a.html"),
        ("meta-pixel", "acme/js/b.html"),
        ("meta-pixel", "acme/js/c.html"),
    ]
    assert findings[0].message.endswith("; this is source of the plugin pixelyoursite; 1 more of its places is not listed")


def test_what_belongs_to_a_main_file() -> None:
    assert covered("a/b/c.php") == "a/b"
    assert covered("c.php") == "."
    assert covered("wp-content/plugins/c.php") == "wp-content/plugins/c.php"
    assert covered("app/code/A/B/etc/module.xml") == "app/code/A/B"
    assert covered("etc/module.xml") == "."
    assert covered("<stdin>") == "<stdin>"


def test_a_run(tmp_path: Path) -> None:
    tree(tmp_path, {"plugins/acme/acme.php": MAIN, "plugins/acme/x.html": PIXEL, "index.html": PIXEL})
    outcome = pixellint("check", ".", cwd=tmp_path)
    assert "plugins/acme/acme.php" in outcome.out
    assert "plugins/acme/x.html" not in outcome.out
    assert "1 place in its source is not listed" in outcome.out
    assert "index.html" in outcome.out
