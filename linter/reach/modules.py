"""Which file an import means: endings, index files, aliases, and packages of the same repository."""

import posixpath
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from linter.reach.aliases import Alias, aliases_of
from linter.reach.file_routes import above
from linter.reach.packages import packages_of
from linter.reach.site import Site

SCRIPTS = (".ts", ".tsx", ".mts", ".js", ".mjs", ".jsx", ".cts", ".cjs")
COMPONENTS = (".vue", ".svelte", ".astro", ".mdx")
_ENDINGS = (*SCRIPTS, *COMPONENTS[:3], ".json")
_USUAL = ("@/", "~/", "@@/", "~~/", "$lib/", "src/", "app/", "/")
"""Beginnings of imports that mean the folder of the sources in most frameworks."""


class Modules:
    """The modules of a site by what imports call them."""

    def __init__(self, site: Site) -> None:
        self._files, self._folders = site.files, site.folders
        self.sorted_files = sorted(site.files)
        self._stems, self._indexes = _by_stem(site.files)
        self._aliases = aliases_of(site)
        self._packages = {package.name: package.root for package in packages_of(site) if package.name}
        self._known: dict[tuple[str, str], str | None] = {}
        self._publics: dict[str, tuple[str, ...]] = {}

    def publics(self, asking: str) -> tuple[str, ...]:
        """The folders `public` and `static` beside and above a file: what lies in them is served from the root of the site."""
        folder = posixpath.dirname(asking)
        if folder not in self._publics:
            named = (posixpath.join(top, name) for top in above(folder, "") for name in ("public", "static", "src/static"))
            self._publics[folder] = tuple(path for path in named if path in self._folders)
        return self._publics[folder]

    def file(self, base: str) -> str | None:
        """The file of a path that may lack its ending, or that of a folder with an index file."""
        if base in self._files:
            return base
        stem, _, ending = base.rpartition(".")
        found = self._stems.get(base) or self._indexes.get(base)
        return found or (self._stems.get(stem) if ending in ("js", "mjs", "jsx", "cjs") else None)

    def resolve(self, written: str, asking: str) -> str | None:
        """The file of an import in the file `asking`; None for packages and what is not there."""
        written = written.rpartition("!")[2].partition("?")[0].partition("#" if written[:1] != "#" else "\n")[0]
        folder = posixpath.dirname(asking)
        if written.startswith("."):
            return self.file(_normal(posixpath.join(folder, written)))
        key = folder, written
        if key not in self._known:
            self._known[key] = next(filter(None, map(self.file, self._bases(written, folder))), None)
        return self._known[key]

    def folder(self, written: str, asking: str) -> str | None:
        """The folder that an import leads to: relative, or by an alias."""
        at = posixpath.dirname(asking)
        bases = [_normal(posixpath.join(at, written))] if written.startswith(".") else self._bases(written, at)
        return next((base for base in bases if base in self._folders), None)

    def _bases(self, written: str, folder: str) -> Iterator[str]:
        """The paths that an import may stand for, the most likely first."""
        folders = list(above(folder, ""))
        for top in folders:
            for alias in self._aliases.get(top, ()):
                yield from _applied(alias, written)
        if written.startswith(_USUAL):
            rest = written.partition("/")[2]
            middle = ("src/lib",) if written.startswith("$lib/") else ("src", "app", "", "resources/js", "client")
            yield from (_normal(posixpath.join(top, part, rest)) for top in folders for part in middle)
        elif written[:1] in ("~", "@") and "/" in written:
            yield from (_normal(posixpath.join(top, written[1:])) for top in folders)
        yield from self._of_package(written)

    def _of_package(self, written: str) -> Iterator[str]:
        parts = written.split("/")
        count = 2 if written.startswith("@") else 1
        root = self._packages.get("/".join(parts[:count]))
        if root is not None:
            rest = "/".join(parts[count:])
            yield from (_normal(posixpath.join(root, part, rest)) for part in ("", "src", "lib"))


def _applied(alias: Alias, written: str) -> Iterator[str]:
    if alias.whole:
        if written == alias.written:
            yield alias.target
    elif written.startswith(alias.written):
        yield _normal(posixpath.join(alias.target, written[len(alias.written) :].lstrip("/")))


def _by_stem(files: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Paths by what is before their ending, and index files by their folder."""
    stems: dict[str, tuple[int, str]] = {}
    indexes: dict[str, tuple[int, str]] = {}
    for path in files:
        stem, dot, ending = path.rpartition(".")
        rank = _ENDINGS.index("." + ending) if dot and "." + ending in _ENDINGS else -1
        if rank >= 0:
            stems[stem] = min(stems.get(stem, (99, "")), (rank, path))
            folder, _, name = stem.rpartition("/")
            if name == "index":
                indexes[folder] = min(indexes.get(folder, (99, "")), (rank, path))
    return {stem: path for stem, (_, path) in stems.items()}, {folder: path for folder, (_, path) in indexes.items()}


def _normal(path: str) -> str:
    path = posixpath.normpath(path)
    return "" if path == "." else path


_KNOWN: WeakKeyDictionary[Site, Modules] = WeakKeyDictionary()


def modules_of(site: Site) -> Modules:
    """The modules of a site, made once."""
    if site not in _KNOWN:
        _KNOWN[site] = Modules(site)
    return _KNOWN[site]
