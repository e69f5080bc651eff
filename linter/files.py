"""Opening and reading files: regular ones only, without ever waiting. Whatever fails becomes a `Skipped` with its reason."""

import os
import stat
from typing import TYPE_CHECKING

from linter.findings import Skipped

if TYPE_CHECKING:
    from linter.discovery import Found


def read_file(found: "Found", max_bytes: int) -> bytes | Skipped | None:
    """The bytes of a file; None if it is gone and nobody named it."""
    if found.data is not None:
        return found.data
    handle = open_file(found)
    if handle is None or isinstance(handle, Skipped):
        return handle
    try:
        return _read_all(found, handle, max_bytes)
    except OSError as error:
        return unreadable(found.path, error)
    finally:
        os.close(handle)


def open_file(found: "Found") -> int | Skipped | None:
    """The file, open for reading; None if it is gone and nobody named it."""
    if found.data is not None:
        return _open_data(found.data)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(found.location, flags)
    except (FileNotFoundError, NotADirectoryError):
        return Skipped(found.path, "missing: no such file or folder", failed=True) if found.named else None
    except OSError as error:
        return unreadable(found.path, error)
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    return Skipped(found.path, f"special file: {special(mode)}")


def _open_data(data: bytes) -> int:
    """Bytes as an open file, which has no name on the disk."""
    from tempfile import TemporaryFile

    with TemporaryFile(buffering=0) as file:
        file.write(data)
        file.seek(0)
        return os.dup(file.fileno())


def _read_all(found: "Found", handle: int, max_bytes: int) -> bytes | Skipped:
    size = os.fstat(handle).st_size
    if size > max_bytes:
        return too_large(found.path, size)
    data = os.read(handle, size + 1)
    if len(data) == size:
        return data
    parts = [data]
    total = len(data)
    while data and total <= max_bytes:
        data = os.read(handle, 1 << 20)
        parts.append(data)
        total += len(data)
    return b"".join(parts) if total <= max_bytes else too_large(found.path, total)


def unreadable(path: str, error: OSError) -> Skipped:
    """What is said of a file that cannot be read."""
    return Skipped(path, f"unreadable: {error.strerror or 'unknown error'}", failed=True)


def too_large(path: str, size: int) -> Skipped:
    """What is said of a file of `size` bytes."""
    unit, word = (10**6, "MB") if size >= 10**5 else (10**3, "kB")
    return Skipped(path, f"too large: {size / unit:.1f} {word}; read it with --max-size {size // unit + 1}{word}")


def special(mode: int) -> str:
    """What a file is that is no regular one."""
    kinds = ((stat.S_ISFIFO, "named pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISBLK, "device"), (stat.S_ISCHR, "device"))
    return next((name for test, name in kinds if test(mode)), "not a regular file")
