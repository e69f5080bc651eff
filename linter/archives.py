"""What is read otherwise than whole: dumps of any size, and the texts in `.gz` and `.zip`. Nothing is ever written to disk.

A member is named `outer.zip!inner/path`, whatever its name says: it is only shown. Encrypted, broken and oversized ones are told.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from linter.discovery import Found, binary_ending
from linter.files import open_file, too_large
from linter.findings import Skipped
from linter.folders import EXCLUDED, VERSION_CONTROL
from linter.languages import ARCHIVE_ENDINGS, by_name

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from linter.survey import Stream

MAX_MEMBERS = 20_000
MAX_TOTAL = 500_000_000
"""Unpacked bytes of one `.zip`, dumps apart."""
MAX_DUMP = 8_000_000_000
"""Unpacked bytes of a dump."""
MAX_RATIO = 400
"""How many times its packed size a member may have, from `RATIO_FROM` bytes on: texts reach 5 to 50, bombs 1000."""
RATIO_FROM = 5_000_000

_DUMP = ".sql"
_DUMP_HEADS = (
    b"-- MySQL dump",
    b"-- MariaDB dump",
    b"/*M!",
    b"-- phpMyAdmin",
    b"-- PostgreSQL database dump",
    b"# WordPress MySQL",
    b"PRAGMA foreign",
)


class Unreadable(Exception):
    """A member cannot be read, or not to its end; the message is the reason."""


class Member(NamedTuple):
    """A file to check: `path` as it is shown, its unpacked size as far as it is known (else -1), and how to open it anew."""

    path: str
    size: int
    opened: "Callable[[], Stream]"

    @property
    def is_dump(self) -> bool:
        """Whether it is read in pieces."""
        return self.path.lower().endswith(_DUMP)

    def read(self, max_bytes: int) -> bytes | Skipped:
        """All bytes. Raises `Unreadable`."""
        stream = self.opened()
        try:
            parts, total = [], 0
            while total <= max_bytes and (data := stream.read(1 << 20)):
                parts.append(data)
                total += len(data)
        finally:
            stream.close()
        return b"".join(parts) if total <= max_bytes else too_large(self.path, max(total, self.size))


def is_archive(path: str) -> bool:
    """Whether `path` is one whose texts are read."""
    return path.lower().rpartition(".")[2] in ARCHIVE_ENDINGS


def members(found: Found, max_bytes: int) -> Iterator[Member | Skipped]:
    """What is to be checked of a large dump or an archive; each member is to be read before the next one is asked for."""
    handle = open_file(found)
    if handle is None:
        return
    if isinstance(handle, Skipped):
        yield handle
        return
    with os.fdopen(handle, "rb") as file:
        lower = found.path.lower()
        if lower.endswith(".zip"):
            yield from _zip(found.path, file, max_bytes)
        elif lower.endswith(".gz"):
            yield _gzip(found, file)
        else:
            yield Member(found.path, found.size, lambda: _Again(file))


class _Again:
    """A file from its start, which stays open."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self.read = file.read

    def close(self) -> None:
        """Nothing: whoever opened the file closes it."""


class _Guarded:
    """A packed stream: every way in which it can be broken is `Unreadable`, and it ends where it is far too large."""

    def __init__(self, stream: "Stream", packed: int, limit: int) -> None:
        self._stream = stream
        self._left = min(limit, max(packed * MAX_RATIO, RATIO_FROM))

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        from struct import error as struct_error
        from zipfile import BadZipFile
        from zlib import error as zlib_error

        try:
            data = self._stream.read(size)
        except (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, BadZipFile, zlib_error, struct_error) as error:
            raise Unreadable(f"broken archive: {str(error).partition(chr(10))[0][:100] or type(error).__name__}") from None
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("too large: it unpacks to far more than it is")
        return data

    def close(self) -> None:
        """Ends reading."""
        self._stream.close()


def _gzip(found: Found, file: BinaryIO) -> Member:
    from gzip import GzipFile

    packed = file.read(2) == b"\x1f\x8b"  # a browser that saved the file has unpacked it

    def opened() -> "Stream":
        file.seek(0)
        return _Guarded(GzipFile(fileobj=file, mode="rb"), found.size, MAX_DUMP) if packed else _Again(file)

    name = found.path.rpartition("/")[2][: -len(".gz")]
    if by_name(name.lower()) is None:
        try:
            head = opened().read(200).lstrip(b"\xef\xbb\xbf \r\n")
        except Unreadable:
            head = b""
        name += _DUMP if head.startswith(_DUMP_HEADS) else ""
    return Member(f"{found.path}!{name}", -1, opened)


def _zip(path: str, file: BinaryIO, max_bytes: int) -> Iterator[Member | Skipped]:
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(file)
        listed = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Skipped(path, f"broken archive: {str(error)[:100]}")
        return
    if len(listed) > MAX_MEMBERS:
        yield Skipped(path, f"too large: {len(listed)} files in it, and {MAX_MEMBERS} are read at most")
        return
    names = [info.filename.replace("\\", "/") for info in listed]
    vendors = {name.rpartition("/")[0] for name in names if name.endswith("vendor/autoload.php")}
    left, told = MAX_TOTAL, set()
    for name, info in sorted(zip(names, listed, strict=True), key=lambda row: row[0]):
        folder = _excluded(name, vendors)
        shown = f"{path}!{folder or name}"
        if name.endswith("/") or folder is None or shown in told:
            continue
        told.add(shown)
        reason = "excluded by default" if folder else _refused(name, info, max_bytes)
        if not reason and not name.lower().endswith(_DUMP):
            left -= info.file_size
            reason = "" if left >= 0 else f"too large: more than {MAX_TOTAL // 10**6} MB in one archive"
        yield Skipped(shown, reason) if reason else Member(shown, info.file_size, _opener(archive, info))
    if not told:
        yield Skipped(path, "empty archive")


def _opener(archive: "ZipFile", info: "ZipInfo") -> "Callable[[], Stream]":
    def opened() -> "Stream":
        from zipfile import BadZipFile

        limit = MAX_DUMP if info.filename.lower().endswith(_DUMP) else MAX_TOTAL
        try:
            return _Guarded(archive.open(info), info.compress_size, limit)
        except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise Unreadable(f"broken archive: {str(error)[:100]}") from None

    return opened


def _excluded(name: str, vendors: Iterable[str]) -> str | None:
    """The folder on the way to a member that is left out by default; "" where there is none, None for version control's own."""
    folders = name.split("/")[:-1]
    for number, folder in enumerate(folders, 1):
        if folder in VERSION_CONTROL or folder == "__MACOSX":
            return None
        if folder in EXCLUDED or "/".join(folders[:number]) in vendors:
            return "/".join(folders[:number])
    return ""


def _refused(name: str, info: "ZipInfo", max_bytes: int) -> str:
    """Why a member is not opened, or ""."""
    ending = binary_ending(name)
    if ending:
        return f"binary: {ending}"
    if is_archive(name):
        return "archive in an archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "symbolic link: in an archive"
    if info.flag_bits & 1:
        return "encrypted: it needs a password"
    if info.file_size > max(RATIO_FROM, info.compress_size * MAX_RATIO):
        return "too large: it unpacks to far more than it is"
    if info.file_size > max_bytes and not name.lower().endswith(_DUMP):
        return too_large(name, info.file_size).reason
    return ""
