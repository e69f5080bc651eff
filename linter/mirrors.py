"""Saved copies: site mirrors (HTTrack, wget) and proxies keep a vendor's host name as a folder, `../cdn.vendor.com/x.js`."""

import re
from collections.abc import Container

from linter.urls import host_candidates

_QUERY = re.compile(r"%3F|@(?=[\w-]+=)", re.I)
MAX_SEGMENTS = 12


def copied_address(url: str, hosts: Container[str]) -> str | None:
    """The address that a path is a copy of: from its first folder on that bears the name of one of `hosts` (`*.` forms too).

    A query that was made part of the file's name (`js%3Fid=X`, `js@id=X`) is a query again.
    """
    path = url.partition("?")[0] if "//" not in url[:8] else url.partition("//")[2].partition("/")[2]
    segments = path.split("/")[:MAX_SEGMENTS]
    for segment in segments[:-1]:
        if "." in segment.strip(".") and any(key in hosts for key in host_candidates(segment.lower())[:-1]):
            rest = url[url.index(segment + "/") :]
            return "//" + _QUERY.sub("?", rest, count=1)
    return None
