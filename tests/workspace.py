"""Odd trees for tests: files in any encoding, links, named pipes, unreadable files, empty folders."""

import codecs
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


class Encoded(NamedTuple):
    """A text file in `encoding` (a Python name that fixes the byte order: `utf-16-le`), with its byte order mark or without."""

    text: str
    encoding: str
    bom: bool = False

    def data(self) -> bytes:
        """The bytes of the file."""
        return (_BOMS[self.encoding] if self.bom else b"") + self.text.encode(
            self.encoding, "surrogatepass" if "utf" in self.encoding else "strict"
        )


class Link(NamedTuple):
    """A symbolic link; `target` is written into it as it is, relative to the link's folder, and need not exist."""

    target: str


class Mode(NamedTuple):
    """A file with permissions: `Mode("...", 0o000)` is unreadable (but not for root, see `reads_everything`)."""

    content: str | bytes
    mode: int


class Folder(NamedTuple):
    """An empty folder."""


class Pipe(NamedTuple):
    """A named pipe, which blocks whoever opens it."""


Entry = str | bytes | Encoded | Link | Mode | Folder | Pipe


def workspace(root: Path, entries: Mapping[str, Entry]) -> Path:
    """Writes `entries` (path with `/`, below `root`, -> what is there) and returns `root`.

    Text is written as UTF-8 with its line ends as they are. Folders are made as needed; links come last, so that they may
    lead anywhere. A path may hold any characters the file system takes, also surrogate escapes for bytes that are no UTF-8.
    """
    root.mkdir(parents=True, exist_ok=True)
    for name, entry in sorted(entries.items(), key=lambda item: isinstance(item[1], Link)):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, entry)
    return root


def _write(path: Path, entry: Entry) -> None:
    match entry:
        case str() | bytes() | Encoded():
            path.write_bytes(_bytes(entry))
        case Link(target):
            path.symlink_to(target, target_is_directory=(path.parent / target).is_dir())
        case Mode(content, mode):
            path.write_bytes(_bytes(content))
            path.chmod(mode)
        case Folder():
            path.mkdir(exist_ok=True)
        case Pipe():
            os.mkfifo(path)


def _bytes(content: str | bytes | Encoded) -> bytes:
    if isinstance(content, Encoded):
        return content.data()
    return content.encode() if isinstance(content, str) else content


def snapshot(root: Path) -> dict[str, bytes | Link]:
    """What lies below `root`: regular files with their bytes, links with their targets; `.git` is left out.

    Two equal snapshots prove that a run wrote nothing.
    """
    found: dict[str, bytes | Link] = {}
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in [*folders, *files]:
            path = Path(folder, name)
            if path.is_symlink():
                found[path.relative_to(root).as_posix()] = Link(os.readlink(path))
            elif path.is_file():
                found[path.relative_to(root).as_posix()] = path.read_bytes() if os.access(path, os.R_OK) else b"<unreadable>"
    return found


def repository(root: Path, entries: Mapping[str, Entry], *, staged: bool = True) -> Path:
    """A workspace that is a git repository with one empty commit; its files are `staged` or untracked.

    Runs git without the settings of user and system, so that the tree is the same everywhere.
    """
    workspace(root, entries)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "commit", "--quiet", "--allow-empty", "--message=start")
    if staged:
        git(root, "add", "--all")
    return root


def git(root: Path, *arguments: str) -> str:
    """Runs git in `root` and returns what it prints; fails where git fails."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(root),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Test",
        "GIT_AUTHOR_EMAIL": "test@example.com",
        "GIT_COMMITTER_NAME": "Test",
        "GIT_COMMITTER_EMAIL": "test@example.com",
    }
    done = subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)
    return os.fsdecode(done.stdout)


def reads_everything() -> bool:
    """Whether permissions do not bind this user, so that tests of unreadable files must be skipped."""
    return not hasattr(os, "geteuid") or os.geteuid() == 0
