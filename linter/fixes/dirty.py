"""Which files git could not give back: a fix leaves those alone, so that `git checkout` or `git restore` undoes all of it."""

import os
from collections.abc import Mapping, Sequence
from hashlib import sha1, sha256

from linter.git import Repository
from linter.options import OptionError

OPTION = "--fix"


def unsaved(paths: Sequence[str], cwd: str, env: Mapping[str, str], data: Mapping[str, bytes]) -> frozenset[str]:
    """Those of `paths` (relative to `cwd`) in a work tree of git whose bytes are neither in its index nor in its last commit.

    `data` are the bytes of the files. Files that lie in no work tree are not among them. Raises `OptionError` where git cannot tell.
    """
    found: set[str] = set()
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        by_folder.setdefault(_top(os.path.dirname(os.path.realpath(os.path.join(cwd, path)))), []).append(path)
    for top, members in by_folder.items():
        if top:
            found |= _unsaved_in(top, members, cwd, env, data)
    return frozenset(found)


def _top(folder: str) -> str:
    """The nearest folder with a `.git`, from `folder` up, or ""."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent
    return folder


def _unsaved_in(top: str, paths: Sequence[str], cwd: str, env: Mapping[str, str], data: Mapping[str, bytes]) -> set[str]:
    try:
        rows = Repository(top, env, OPTION).demand("ls-files", "-s", "-z", "--full-name")
    except OptionError as error:
        raise OptionError(f"{error}; with --allow-dirty files are fixed without asking git") from None
    staged = {}
    for row in rows.split(b"\0"):
        about, tab, name = row.partition(b"\t")
        if tab:
            staged[os.fsdecode(name)] = about.split()[1].decode("ascii")
    out = set()
    for path in paths:
        inner = os.path.relpath(os.path.realpath(os.path.join(cwd, path)), os.path.realpath(top)).replace(os.sep, "/")
        if inner not in staged or not _same(staged[inner], data[path]):
            out.add(path)
    return out


def _same(name: str, data: bytes) -> bool:
    """Whether an object of git called `name` holds `data`, or `data` with the line ends that git stores (`core.autocrlf`)."""
    make = sha1 if len(name) == 40 else sha256
    forms = (data, data.replace(b"\r\n", b"\n"))
    return any(make(b"blob %d\0" % len(form) + form, usedforsecurity=False).hexdigest() == name for form in forms)
