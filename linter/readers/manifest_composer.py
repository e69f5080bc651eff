"""composer.json: packages, plugins and modules that are required, and whether the package itself is a plugin."""

from linter.readers.data_json import entries
from linter.readers.data_values import Entry
from linter.readers.manifest_json import Everything, span_of
from linter.readers.manifests import Facts, plain_name
from linter.text import Slice

_TYPES = {
    "wordpress-plugin": "wordpress",
    "wordpress-muplugin": "wordpress",
    "drupal-module": "drupal",
    "drupal-custom-module": "drupal",
    "magento2-module": "magento",
    "magento-module": "magento",
    "contao-bundle": "contao",
    "contao-module": "contao",
    "typo3-cms-extension": "typo3",
    "craft-plugin": "craft",
    "silverstripe-vendormodule": "silverstripe",
    "silverstripe-module": "silverstripe",
    "shopware-platform-plugin": "shopware",
    "prestashop-module": "prestashop",
    "concrete5-package": "concrete",
    "october-plugin": "october",
    "statamic-addon": "statamic",
    "kirby-plugin": "kirby",
}
"""Type of a package -> the platform that it is a plugin of."""

_OWNERS = {
    "wpackagist-plugin": "wordpress",
    "wpackagist-muplugin": "wordpress",
    "wp-plugin": "wordpress",
    "drupal": "drupal",
    "typo3-ter": "typo3",
}
"""First part of a package's name -> the platform of whose plugins the second part is the slug."""


def composer(text: Slice, facts: Facts) -> None:
    """Reads composer.json. A plugin that has no owner of its own in `_OWNERS` is a requirement and a plugin of composer."""
    rows = list(entries(text, Everything(text.text, facts.reading)))
    named = {row.keys[0]: row for row in rows if len(row.keys) == 1 and row.keys[0] in ("name", "type")}
    if "name" in named and "type" in named:
        _own(named["name"], named["type"].value.text, facts)
    for row in rows:
        section = row.keys[0] if row.keys else ""
        if section in ("require", "require-dev") and len(row.keys) == 1 and facts.reading.hits(row.value.text):
            required(row.value, facts, row.block, development=section == "require-dev")
        elif section == "scripts" and len(row.keys) > 1:
            from linter.readers.commands import read

            read(row.value, facts)


def _own(name: Entry, kind: str, facts: Facts) -> None:
    if kind in _TYPES:
        slug = name.value.text.rpartition("/")[2]
        facts.plugin(span_of(name), _TYPES[kind], slug, name=name.value.text, main=True, block=name.block)


def required(name: Slice, facts: Facts, block: tuple[int, int], *, development: bool = False, dormant: bool = False) -> None:
    """A package of Composer by its full name; plugins and modules of platforms by their slug."""
    owner, _, slug = name.text.partition("/")
    if owner in _OWNERS and slug:
        facts.plugin(name.span(len(owner) + 1, len(name)), _OWNERS[owner], slug, block=block, dormant=dormant)
        return
    span = name.span(0, len(name))
    facts.requirement(span, plain_name(name.text, "composer"), "composer", block=block, development=development, dormant=dormant)
    facts.plugin(span, "composer", name.text, block=block, dormant=dormant)
