"""Settings of Drupal modules, one file a module: a switch beside the setting is set to false, else the value is emptied.

Sources: the modules' code. A module with a switch of its own (`pixel_enabled`) asks for it; those that have none ask whether the
account is empty, which is what they are installed with (`account: ''`, `facebook_id: ''`).
"""

import re

from linter.catalog import Catalog
from linter.fixes.model import Edit
from linter.fixes.settings_places import Spot
from linter.globs import glob
from linter.text import Source

_FILE = re.compile(r"(?:.*/)?(?P<module>\w+)\.settings\.yml")
_SWITCH = re.compile(r"(?:is_?|pixel_?)?(?:enabled?|active|activated)", re.IGNORECASE)
_OFF = {"true": "false", "1": "0"}
_IN_MODULE = re.compile(r"(?:.*/)?config/(?:install|optional|schema)/[^/]+", re.IGNORECASE)


def module_of(path: str) -> str:
    """The module whose settings a file holds, or ""; what a module brings with it is not the site's."""
    found = _FILE.fullmatch(path)
    return found["module"] if found is not None and _IN_MODULE.fullmatch(path) is None else ""


def switched_off(source: Source, spot: Spot) -> tuple[Edit, ...] | str:
    """The edit of a switch, or of the setting itself; or what stands in the way."""
    if spot.around:
        return "it is one of several settings in one: change it in the module's form and export the configuration"
    for key, node in spot.owner.entries.items():
        written = source.text[node.begin : node.end]
        if _SWITCH.fullmatch(key) and written in _OFF:
            return (Edit(node.begin, node.end, _OFF[written]),)
    begin, end = spot.value.begin, spot.value.end
    if source.text[begin] not in "\"'":
        return "its value is no text: change it in the module's form and export the configuration"
    return (Edit(begin, end, "''"),)


def is_known(module: str, vendor: str, catalog: Catalog) -> bool:
    """Whether the catalog knows the module as one of the vendor's, so that what an empty account means is known."""
    slugs = [s.test["slug"] for s in catalog.plugins if s.vendor == vendor and s.test.get("platform") == "drupal" and "slug" in s.test]
    return any(glob(slug, module) for slug in slugs)
