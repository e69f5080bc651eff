"""Lists of plugins that a site has: WordPress environments and blueprints, Drupal's active modules, apps of VTEX stores."""

import re

from linter.readers.data_json import entries
from linter.readers.data_values import Entry, Wanted
from linter.readers.data_yaml import entries as yaml_entries
from linter.readers.manifest_json import Everything, span_of
from linter.readers.manifests import WORDPRESS_ZIP, Facts
from linter.text import Slice

_FOLDER = re.compile(r"(?:.*/)?([\w-]+)(?:#[\w./-]+)?/?\Z")
_PATH = re.compile(r"(?:.*/plugins/|/?)([\w-]+)(?:/[\w.-]+\.php|\.php)?\Z")


def wp_env(text: Slice, facts: Facts) -> None:
    """.wp-env.json: the plugins that are activated, and folders that are mapped to plugins."""
    for entry in entries(text, Wanted(text.text, facts.reading)):
        if entry.keys[-1:] == ("plugins",):
            _listed(entry, facts)
        elif entry.keys[-1:] == ("mappings",):
            _matched(entry, _PATH, facts)
        elif entry.keys[:1] == ("lifecycleScripts",):
            from linter.readers.commands import read

            read(entry.value, facts)


def _listed(entry: Entry, facts: Facts) -> None:
    """A plugin by its archive's address, its repository or its folder."""
    _matched(entry, WORDPRESS_ZIP if entry.value.text.endswith(".zip") else _FOLDER, facts)


def _matched(entry: Entry, pattern: re.Pattern[str], facts: Facts) -> None:
    slug = pattern.match(entry.value.text)
    if slug is not None:
        facts.plugin(entry.value.span(*slug.span(1)), "wordpress", slug[1], block=entry.block)


def blueprint(text: Slice, facts: Facts) -> None:
    """A blueprint of WordPress Playground: its plugins, and the steps that install or activate one or run a command."""
    for entry in entries(text, Wanted(text.text, facts.reading)):
        if entry.keys == ("plugins",):
            _listed(entry, facts)
        elif entry.keys[:1] != ("steps",):
            continue
        elif entry.keys[-1] == "slug":
            _matched(entry, _FOLDER, facts)
        elif entry.keys[-1] in ("url", "pluginData", "pluginZipFile"):
            _matched(entry, WORDPRESS_ZIP, facts)
        elif entry.keys[-1] in ("pluginPath", "pluginName"):
            _matched(entry, _PATH, facts)
        elif entry.keys[-1] == "command":
            from linter.readers.commands import read

            read(entry.value, facts)


def drupal_modules(text: Slice, facts: Facts) -> None:
    """core.extension.yml: the modules that are on."""
    for entry in yaml_entries(text, Wanted(text.text, facts.reading)):
        if entry.keys == ("module",):
            facts.plugin(span_of(entry), "drupal", entry.value.text, block=entry.block)


def vtex(text: Slice, facts: Facts) -> None:
    """manifest.json of a VTEX app, with `vendor` and `builders`: the app itself, and the apps it brings with it."""
    rows = list(entries(text, Everything(text.text, facts.reading)))
    named = {row.keys[0]: row for row in rows if len(row.keys) == 1}
    if "vendor" not in named or "name" not in named or not any(row.keys == ("builders",) for row in rows):
        return
    slug, title = named["name"], named.get("title", named["name"])
    facts.plugin(span_of(slug), "vtex", slug.value.text, name=title.value.text, main=True, block=slug.block)
    for row in rows:
        if row.keys in (("dependencies",), ("peerDependencies",)) and facts.reading.hits(row.value.text):
            facts.plugin(span_of(row), "vtex", row.value.text.rpartition(".")[2], block=row.block)
