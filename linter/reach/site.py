"""The files of a site, read when asked for."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable

MAX_CACHED = 16_000_000
"""Characters of texts that are kept in memory."""


class Site:
    """The files of one run by their display paths (POSIX, relative). `read` gives the text of one, "" where it cannot be read."""

    def __init__(self, files: Iterable[str], read: Callable[[str], str]) -> None:
        self.files = frozenset(files)
        self._read = read
        self._texts: dict[str, str] = {}
        self._kept = 0
        self._by_name: dict[str, list[str]] | None = None
        self._folders: frozenset[str] | None = None

    def text(self, path: str) -> str:
        """The text of a file."""
        if path not in self._texts:
            text = self._read(path)
            if self._kept + len(text) > MAX_CACHED:
                self._texts.clear()
                self._kept = 0
            self._texts[path] = text
            self._kept += len(text)
        return self._texts[path]

    def first(self, *candidates: str) -> str | None:
        """The first of the paths that is a file of the site."""
        return next((path for path in candidates if path in self.files), None)

    def named(self, name: str) -> list[str]:
        """The files with this name (the last part of the path), sorted, the shortest paths first."""
        if self._by_name is None:
            by_name: dict[str, list[str]] = defaultdict(list)
            for path in sorted(self.files, key=lambda path: (path.count("/"), path)):
                by_name[posixpath.basename(path)].append(path)
            self._by_name = dict(by_name)
        return self._by_name.get(name, [])

    def below(self, folder: str, *endings: str) -> list[str]:
        """The files below a folder ("" is all), sorted, of those with one of the endings if any is given."""
        start = f"{folder}/" if folder else ""
        return sorted(path for path in self.files if path.startswith(start) and (not endings or path.endswith(endings)))

    @property
    def folders(self) -> frozenset[str]:
        """All folders that hold a file, "" included."""
        if self._folders is None:
            found: set[str] = {""}
            for path in self.files:
                while path := posixpath.dirname(path):
                    if path in found:
                        break
                    found.add(path)
            self._folders = frozenset(found)
        return self._folders

    def resolve(self, address: str, asking: str, roots: Iterable[str] = ()) -> str | None:
        """The file that a relative or absolute path of the site, written in the file `asking`, leads to.

        An absolute path (`/js/x.js`) is looked up below each of `roots`, then below every folder above `asking`, the outermost
        first. Queries and fragments are cut off; addresses with a scheme or host lead to no file.
        """
        address = address.strip().partition("#")[0].partition("?")[0]
        if not address or "://" in address or address.startswith(("//", "data:", "mailto:", "tel:", "javascript:")):
            return None
        if address.startswith("/"):
            bases = [*roots, *folders_above(asking)]
            return self.first(*(posixpath.normpath(posixpath.join(base, address.lstrip("/"))) for base in bases))
        near = posixpath.normpath(posixpath.join(posixpath.dirname(asking), address))
        return near if near in self.files else None


def folders_above(path: str) -> list[str]:
    """The folders above a file, the outermost ("") first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts) + 1)]
