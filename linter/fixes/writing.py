"""Writing an edited file: all of it or nothing, in its place, with its permissions.

The new bytes are written beside the file, flushed, and put in its place in one step. A link is followed where it leads to a file
below the named paths; nothing else is ever written.
"""

import os
import stat
from collections.abc import Sequence
from contextlib import suppress


def write_change(location: str, before: bytes, after: bytes | None, roots: Sequence[str]) -> str:
    """Writes `after` to the file at `location` if it still holds `before` (None: deletes it); gives why not, or "".

    `roots` are the real paths of the files and folders that were named; a file outside of them is not touched.
    """
    try:
        target = os.path.realpath(location)
        if not any(target == root or target.startswith(root.rstrip(os.sep) + os.sep) for root in roots):
            return "it is a link to a file outside of the named paths"
        about = os.stat(target)
        if not stat.S_ISREG(about.st_mode):
            return "it is no regular file"
        if about.st_nlink > 1:
            return "it has several names (hard links), which would come apart"
        if not os.access(target, os.W_OK):
            return "it is write-protected"
        with open(target, "rb") as file:
            if file.read() != before:
                return "it was changed in the meantime; run again"
        if after is None:
            os.unlink(location)
        else:
            _replace(target, after, about)
    except (OSError, ValueError) as error:
        return (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ""


def _replace(target: str, data: bytes, about: os.stat_result) -> None:
    beside = os.path.join(os.path.dirname(target), f".{os.path.basename(target)[:100]}.{os.getpid()}.pixellint")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), stat.S_IMODE(about.st_mode) | stat.S_IWUSR)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, stat.S_IMODE(about.st_mode))
        _keep_owner(beside, about)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise


def _keep_owner(path: str, about: os.stat_result) -> None:
    """Gives the new file the owner of the old one; where that is not allowed, it is the person who runs this anyway."""
    if hasattr(os, "chown") and (about.st_uid, about.st_gid) != (os.getuid(), os.getgid()):
        with suppress(OSError):
            os.chown(path, about.st_uid, about.st_gid)
