"""Paths of findings as other programs want them: from the folder that holds the whole repository, and as URIs."""

import re
from urllib.parse import quote

from linter.reports import valid_text

_DRIVE = re.compile(r"[A-Za-z]:/")


def is_absolute(path: str) -> bool:
    """Whether a POSIX path begins at a root or a drive."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def from_base(path: str, base: str) -> str:
    """A path below `base` (where the run's current folder is, from the repository's folder; "" for that itself), seen from there.

    `<stdin>` and absolute paths stay.
    """
    if not base or is_absolute(path) or path.startswith("<"):
        return path
    parts: list[str] = []
    for part in f"{base}/{path}".split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or "."


def uri(path: str) -> str:
    """A path as a URI reference: relative, or `file:` where it is absolute. Bytes that are no UTF-8 are written as reports show them."""
    path = valid_text(path)
    if path.startswith("/"):
        return f"file://{quote(path, safe='/')}"
    return f"file:///{path[:2]}{quote(path[2:], safe='/')}" if _DRIVE.match(path) else quote(path, safe="/")
