"""The `package.json` files of a site: which folder is which package, and what it depends on."""

import json
import posixpath
from typing import NamedTuple
from weakref import WeakKeyDictionary

from linter.reach.site import Site

MAX_PACKAGE = 500_000


class Package(NamedTuple):
    """A folder with a `package.json`: its name, and the versions by name of what it depends on (peers apart)."""

    root: str
    name: str
    needs: dict[str, str]


_KNOWN: WeakKeyDictionary[Site, tuple[Package, ...]] = WeakKeyDictionary()


def packages_of(site: Site) -> tuple[Package, ...]:
    """The packages of a site, those of installed dependencies apart, the outermost first."""
    if site not in _KNOWN:
        paths = [path for path in site.named("package.json") if "node_modules/" not in path]
        _KNOWN[site] = tuple(_package(posixpath.dirname(path), site.text(path)) for path in paths)
    return _KNOWN[site]


def _package(root: str, text: str) -> Package:
    try:
        value = json.loads(text) if len(text) <= MAX_PACKAGE else {}
    except (ValueError, RecursionError):
        value = {}
    value = value if isinstance(value, dict) else {}
    needs = [value.get(key) for key in ("devDependencies", "dependencies")]
    name = value.get("name")
    rows = {str(key): str(version) for part in needs if isinstance(part, dict) for key, version in part.items()}
    return Package(root, name if isinstance(name, str) else "", rows)
