"""Files that are not read from the disk but from git's store: of the index, or of a commit.

They are checked as the bytes that are stored, so line ends are those of the store whatever the work tree has.
"""

import os
from collections.abc import Iterable, Sequence

from linter.discovery import DUMPS, Found, binary_ending
from linter.files import too_large
from linter.findings import Skipped
from linter.folders import is_excluded
from linter.git import Blob, Repository

MAX_DUMP = 200_000_000
"""Bytes of a database dump, which on the disk may be of any size; from the store it is held whole."""
LINK, SUBMODULE = "120000", "160000"
LFS = b"version https://git-lfs.github.com/spec/v1\n"
"""How the file begins that stands for one kept by Git LFS."""


def taken(blobs: Iterable[Blob], repository: Repository, cwd: str, max_bytes: int) -> list[Found | Skipped]:
    """What is read of `blobs`, with its bytes, and what is listed with a reason; `cwd` is the real folder from which paths are told."""
    rows: list[Found | Skipped] = []
    wanted: list[tuple[Blob, str]] = []
    folders: dict[str, str | None] = {"": None}
    for blob in blobs:
        path = shown(os.path.join(repository.top, blob.path), cwd)
        left_out = _left_out(os.path.dirname(blob.path), repository.top, folders)
        reason = _reason(blob)
        if left_out is not None:
            rows.append(Skipped(shown(os.path.join(repository.top, left_out), cwd), "excluded by default"))
        elif reason:
            rows.append(Skipped(path, reason))
        else:
            wanted.append((blob, path))
    return [*dict.fromkeys(rows), *_read(_without_copies(wanted), repository, max_bytes)]


def shown(location: str, cwd: str) -> str:
    """How reports name a file by its absolute path: from `cwd`, POSIX."""
    return os.path.relpath(location, cwd).replace(os.sep, "/")


def _reason(blob: Blob) -> str:
    """Why a file is not read, or ""."""
    if blob.mode == LINK:
        return "symbolic link: what it points to is checked where it lies"
    if blob.mode == SUBMODULE:
        return "submodule: a repository of its own"
    ending = binary_ending(blob.path)
    return f"binary: {ending}" if ending else ""


def _left_out(folder: str, top: str, known: dict[str, str | None]) -> str | None:
    """The outermost folder left out by default that a folder of the repository is, or is in; None if there is none."""
    path = ""
    for name in folder.split("/") if folder else ():
        parent, path = path, f"{path}/{name}" if path else name
        if path not in known:
            known[path] = known[parent] or (path if is_excluded(os.path.join(top, parent), name) else None)
    return known[path]


def _without_copies(wanted: Sequence[tuple[Blob, str]]) -> list[tuple[Blob, str]]:
    """Without packed copies (`app.js.gz`) of files that are read as well."""
    paths = {path for _, path in wanted}
    return [row for row in wanted if not (row[1].endswith(".gz") and row[1][: -len(".gz")] in paths)]


def _read(wanted: Sequence[tuple[Blob, str]], repository: Repository, max_bytes: int) -> list[Found | Skipped]:
    sizes = repository.sizes(blob.of for blob, _ in wanted)
    most = {path: MAX_DUMP if path.lower().endswith(DUMPS) else max_bytes for _, path in wanted}
    contents = repository.contents(blob.of for blob, path in wanted if sizes.get(blob.of, 0) <= most[path] and blob.of in sizes)
    rows: list[Found | Skipped] = []
    for blob, path in wanted:
        data = contents.get(blob.of)
        if data is not None and data.startswith(LFS):
            rows.append(Skipped(path, "kept elsewhere: Git LFS has the contents"))
        elif data is not None and len(data) <= most[path]:
            rows.append(Found(path, os.path.join(repository.top, blob.path), len(data), True, data))
        elif blob.of in sizes:
            rows.append(too_large(path, sizes[blob.of]))
        else:
            rows.append(Skipped(path, "unreadable: git does not have its contents here", failed=True))
    return rows
