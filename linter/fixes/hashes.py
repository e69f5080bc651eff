"""Scripts whose hash stands somewhere: a Content-Security-Policy (`'sha256-...'`) or `integrity` lets them run only as they are.

Removing such a script whole is harmless; changing a part of it stops the rest.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256, sha384, sha512

from linter.fixes.model import Edit, merged
from linter.readers.markup import tokens
from linter.text import Source

_HASH = re.compile(rb"sha(?:256|384|512)-([A-Za-z0-9+/_-]{40,90}={0,2})")
_SCRIPTS = (".js", ".mjs", ".cjs")


def hashes_in(files: Iterable[str], read: Callable[[str], bytes | None]) -> Mapping[str, str]:
    """The digests (base64) that stand in the files, with the first file of each."""
    found: dict[str, str] = {}
    for path in files:
        for digest in _HASH.findall(read(path) or b""):
            found.setdefault(digest.decode("ascii").replace("-", "+").replace("_", "/"), path)
    return found


def changed_under_hash(path: str, data: bytes, edits: Sequence[Edit], hashes: Mapping[str, str]) -> str:
    """The file that holds the hash of a script which the edits change in part, or ""."""
    if not hashes:
        return ""
    for script in _changed(path, Source(path, data), merged(edits)):
        for digest in (sha256(script), sha384(script), sha512(script)):
            holder = hashes.get(b64encode(digest.digest()).decode("ascii"))
            if holder is not None:
                return holder
    return ""


def _changed(path: str, source: Source, edits: Sequence[Edit]) -> Iterator[bytes]:
    """The scripts that edits change, as bytes: a file, or what stands in an element."""
    if path.lower().endswith(_SCRIPTS):
        yield source.data
        return
    for token in tokens(source.text):
        begin, end = token.inside
        if token.kind == "raw" and token.name == "script" and any(begin <= e.begin and e.end <= end for e in edits):
            yield source.text[begin:end].encode("utf-8", "surrogatepass")
