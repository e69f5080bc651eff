"""`--staged`: what the next commit changes, as the index holds it. Unstaged parts of the same files are not looked at.

Renamed files are checked under their new name; what is deleted, or only intended to be added, is in no commit and not checked.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linter.blobs import taken
from linter.discovery import Found, Settings, display_path
from linter.findings import Skipped
from linter.git import Refused, Repository, changes
from linter.options import CheckOptions
from linter.selection import Settled

OPTION = "--staged"

Look = Callable[[CheckOptions, "Sequence[Found | Skipped] | None"], Settled]
"""Checks given files as the options say."""


class Staged(NamedTuple):
    """The options with the files that were read as their paths, what is reported, and the bytes that were read, by path."""

    options: CheckOptions
    settled: Settled
    blobs: dict[str, bytes]


def look_at_staged(options: CheckOptions, settings: Settings, look: Look) -> Staged:
    """Checks what is staged below the paths of `options`. Raises `OptionError`."""
    rows = staged(options.paths, settings)
    blobs = {row.path: row.data for row in rows if isinstance(row, Found) and row.data is not None}
    options = options._replace(paths=tuple(blobs))
    return Staged(options, look(options, rows), blobs)


def staged(paths: Iterable[str], settings: Settings) -> list[Found | Skipped]:
    """The staged files below `paths`, with their bytes, and what of them is not read. Raises `OptionError` where git does not help."""
    repository = Repository(settings.cwd, settings.env, OPTION)
    cwd = os.path.realpath(settings.cwd)
    rows = list(changes(repository.demand(*_COMPARE, _parent(repository), "--")))
    named = {path: _inner(os.path.realpath(os.path.join(cwd, path)), repository.top) for path in paths if "\0" not in path}
    missing = [
        Skipped(display_path(path, settings.cwd), "missing: no such file or folder", failed=True)
        for path, inner in named.items()
        if inner is None or not (os.path.lexists(os.path.join(repository.top, inner)) or any(_below(blob.path, inner) for _, blob in rows))
    ]
    asked = [inner for inner in named.values() if inner is not None]
    within = [(letter, blob) for letter, blob in rows if any(_below(blob.path, inner) for inner in asked)]
    conflicts = {blob.path for letter, blob in within if letter == "U"}
    unmerged = [
        Skipped(display_path(os.path.join(repository.top, path), cwd), "unmerged: resolve the conflict and stage the file", failed=True)
        for path in sorted(conflicts)
    ]
    blobs = [blob for letter, blob in within if letter in "AMT" and blob.path not in conflicts]
    return sorted([*missing, *unmerged, *taken(blobs, repository, cwd, settings.max_bytes)], key=lambda row: row.path)


_COMPARE = ("diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--ita-invisible-in-index")


def _parent(repository: Repository) -> str:
    """What the index is compared with: the commit it will follow, or nothing at all before the first one."""
    try:
        return repository.ask("rev-parse", "--quiet", "--verify", "HEAD^{commit}").decode().strip()
    except Refused:
        return repository.demand("hash-object", "-t", "tree", "--stdin").decode().strip()


def _inner(location: str, top: str) -> str | None:
    """A path from the repository's top, POSIX, "" for the top itself or a folder around it; None elsewhere."""
    if location == top or top.startswith(location.rstrip(os.sep) + os.sep):
        return ""
    base = top.rstrip(os.sep) + os.sep
    return location[len(base) :].replace(os.sep, "/") if location.startswith(base) else None


def _below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
