"""The names of Blade views: `pages.contact` is `resources/views/pages/contact.blade.php`."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Sequence

from linter.reach.site import Site

ENDINGS = (".blade.php", ".antlers.html")
_SKIP = re.compile(r"(?:\A|/)(?:node_modules|vendor/(?!.*/views/)|storage)/")
_PAGES = ("resources/js/Pages/", "resources/js/pages/", "resources/ts/Pages/")


class ViewNames:
    """The views of a site by their names, below every folder that is called `views`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._names: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in sorted(site.files):
            if path.endswith(ENDINGS) and not _SKIP.search(path):
                self._take(path)
        self.paths = frozenset(self._names)

    def _take(self, path: str) -> None:
        parts = path.split("/")
        at = max((number for number, part in enumerate(parts[:-1]) if part == "views"), default=-1)
        name = "/".join(parts[at + 1 :])
        name = name.removesuffix(next(ending for ending in ENDINGS if path.endswith(ending)))
        self._names[path] = name
        self._by_name[name].append(path)

    def name_of(self, path: str) -> str:
        """The name of a view, with slashes; "" of what is no view."""
        return self._names.get(path, "")

    def find(self, name: str, asking: str) -> Sequence[str]:
        """The views of a name as code writes it (`a.b`, `a/b`, `package::a.b`), the nearest to `asking` first; pages of Inertia too."""
        plain = name.rpartition("::")[2].replace(".", "/").strip("/")
        found = self._by_name.get(plain, [])
        if "::" in name and len(found) > 1:
            package = name.partition("::")[0].lower()
            found = [path for path in found if f"/{package}/" in path.lower()] or found
        if not found and "." not in name:
            page = self._site.first(*(f"{base}{name}{ending}" for base in _PAGES for ending in (".vue", ".jsx", ".tsx", ".svelte")))
            return [page] if page else []
        return sorted((path for path in found if path != asking), key=lambda path: -len(posixpath.commonprefix((path, asking))))

    def first(self, asking: str, *names: str) -> Sequence[str]:
        """The view of the first of the names that is one."""
        return next((found[:1] for name in names if (found := self.find(name, asking))), [])

    def beginning(self, name: str) -> Sequence[str]:
        """The views whose names begin so, none where that is less than a folder."""
        plain = name.rpartition("::")[2].replace(".", "/")
        return [path for path in self._names if self._names[path].startswith(plain)] if "/" in plain else []
