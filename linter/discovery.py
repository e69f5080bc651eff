"""Which files are read: named files, and the files of named folders; everything else in scope is listed with a reason.

A `Skipped` reason begins with its class ("binary", "excluded by default", "too large", "symbolic link", "special file",
"missing", "unreadable"), by which reports count, then a colon and the details.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.files import read_file, special, too_large
from linter.findings import Skipped

__all__ = ["Found", "Settings", "discover", "display_path", "read_file"]

DUMPS = (".sql", ".sql.gz")
"""Endings of files that are read in pieces, however large they are."""


class Settings(NamedTuple):
    """`cwd` (absolute) is where relative paths start; `env` is handed to git; larger files than `max_bytes` are listed."""

    cwd: str
    env: Mapping[str, str]
    max_bytes: int


class Found(NamedTuple):
    """A file to read: `path` as reports name it (POSIX, relative to the current folder when below it), `location` to open,
    `size` in bytes, and whether the person named it. `data` are its bytes where they are not those on the disk."""

    path: str
    location: str
    size: int
    named: bool
    data: bytes | None = None


def discover(paths: Iterable[str], settings: Settings) -> Iterator[Found | Skipped]:
    """The files to read and what is skipped, each once, sorted by path. Never fails on what lies on the disk."""
    discovery = _Discovery(settings)
    folders = [folder for path in paths for folder in discovery.name(path)]
    for location, path in folders:
        discovery.list(location, path)
    discovery.settle_links()
    discovery.settle_copies()
    rows: list[Found | Skipped] = [*discovery.found.values(), *discovery.skipped.values()]
    yield from sorted(rows, key=lambda row: (row.path, isinstance(row, Skipped)))


def display_path(path: str, cwd: str) -> str:
    """How reports name a path that need not exist: relative to `cwd` when below it, else as given, POSIX."""
    parts = path.replace(os.sep, "/").split("/")
    given = ("/" if parts[0] == "" and len(parts) > 1 else "") + "/".join(part for part in parts if part not in ("", "."))
    base = cwd.replace(os.sep, "/").rstrip("/") + "/"
    return given.removeprefix(base)


class _Discovery:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cwd = os.path.realpath(settings.cwd)
        self.found: dict[str, Found] = {}
        self.skipped: dict[str, Skipped] = {}
        self.roots: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []

    def name(self, given: str) -> Iterator[tuple[str, str]]:
        """Takes a named path; gives (location, path) of a folder to list."""
        location = os.path.join(self.settings.cwd, given)
        try:
            mode = os.stat(location).st_mode
            real = os.path.realpath(location)
        except (OSError, ValueError) as error:
            self._fail(display_path(given, self.settings.cwd), _failure(error))
            return
        path = _below(real, self.cwd)
        if path is None:
            path = display_path(given, self.settings.cwd)
        self.roots[real] = path
        if stat.S_ISDIR(mode):
            yield real, path
        elif stat.S_ISREG(mode):
            self.take(real, path, named=True)
        else:
            self._fail(path, f"special file: {special(mode)}; use - to read standard input")

    def list(self, location: str, path: str) -> None:
        """Takes the files of a folder; nested repositories are listed by their own rules."""
        from linter.folders import list_folder

        waiting = [(location, path)]
        while waiting:
            folder, prefix = waiting.pop()
            for kind, inner, reason in list_folder(folder, self.settings.env):
                full, name = os.path.join(folder, inner), _join(prefix, inner)
                if kind == "entry":
                    self._entry(full, name)
                elif kind == "repository":
                    waiting.append((full, name))
                elif kind == "unreadable":
                    self._fail(name, f"unreadable: {reason}")
                elif full not in self.roots:
                    self._skip(name, "excluded by default")

    def take(self, location: str, path: str, named: bool = False) -> None:
        """Takes a regular file (`location` is its real path), once."""
        if location in self.found or (path in self.skipped and not named):
            return
        try:
            size = os.lstat(location).st_size
        except OSError:
            size = 0
        ending = "" if named else binary_ending(path)
        if ending:
            self._skip(path, f"binary: {ending}")
        elif size > self.settings.max_bytes and not path.lower().endswith(DUMPS):
            self.skipped[path] = too_large(path, size)
        else:
            self.found[location] = Found(path, location, size, named)

    def _entry(self, location: str, path: str) -> None:
        try:
            mode = os.lstat(location).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            self._fail(path, _failure(error))
            return
        if stat.S_ISREG(mode):
            self.take(location, path)
        elif stat.S_ISLNK(mode):
            self._link(location, path)
        elif not stat.S_ISDIR(mode):
            self._skip(path, f"special file: {special(mode)}")

    def _link(self, location: str, path: str) -> None:
        try:
            mode = os.stat(location).st_mode
            real = os.path.realpath(location)
        except OSError as error:
            self._skip(path, "symbolic link: loop" if error.errno == errno.ELOOP else "symbolic link: what it points to is not there")
            return
        target = self._path_of(real)
        if target is None:
            self._skip(path, "symbolic link: leaves the named paths")
        elif stat.S_ISREG(mode):
            self.take(real, target)
        elif not stat.S_ISDIR(mode):
            self._skip(path, f"special file: {special(mode)}")
        elif _below(os.path.dirname(location), real) is not None:
            self._skip(path, "symbolic link: loop")
        else:
            self.links.append((path, real))

    def settle_links(self) -> None:
        """Lists links to folders in which nothing is read; the files of other folders are read under their real path."""
        read: set[str] = set()
        for found in self.found.values() if self.links else ():
            folder = os.path.dirname(found.location)
            while folder not in read:
                read.add(folder)
                folder = os.path.dirname(folder)
        for path, real in self.links:
            if real not in read:
                self._skip(path, "symbolic link: to a folder of which nothing is read")

    def settle_copies(self) -> None:
        """Lists packed copies that lie beside the file itself (`app.js.gz`); those that were named are read."""
        for location, found in [*self.found.items()]:
            if location.endswith(".gz") and not found.named and location[: -len(".gz")] in self.found:
                del self.found[location]
                self._skip(found.path, "packed copy: the file itself lies beside it")

    def _path_of(self, real: str) -> str | None:
        for root, path in self.roots.items():
            inner = _below(real, root)
            if inner is not None:
                return _join(path, inner) if inner else path
        return None

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.setdefault(path, Skipped(path or ".", reason))

    def _fail(self, path: str, reason: str) -> None:
        self.skipped[path] = Skipped(path or ".", reason, failed=True)


def binary_ending(path: str) -> str:
    """The ending of a file that holds no text, with its dot; else ""."""
    from linter.languages import BINARY_ENDINGS

    if path.lower().endswith(".tar.gz"):
        return ".tar.gz"
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    return dot + ending.lower() if name and ending.lower() in BINARY_ENDINGS else ""


def _failure(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError) or isinstance(error, FileNotFoundError | NotADirectoryError):
        return "missing: no such file or folder"
    return "symbolic link: loop" if error.errno == errno.ELOOP else f"unreadable: {error.strerror or 'unknown error'}"


def _below(location: str, folder: str) -> str | None:
    """The POSIX path of `location` from `folder`, "" for the folder itself; None outside of it."""
    if location == folder:
        return ""
    base = folder.rstrip(os.sep) + os.sep
    return location[len(base) :].replace(os.sep, "/") if location.startswith(base) else None


def _join(prefix: str, path: str) -> str:
    return (f"{prefix.rstrip('/')}/{path}" if prefix else path).replace(os.sep, "/") if path else prefix
