"""Just enough of URLs to match them: host, path, query, fragment, of absolute, scheme-less and relative URLs with holes."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.text import HOLE

_NUMBERED = "\ue100-\ue1ff"
_FIRST_NUMBERED = 0xE100
_HOLES = re.compile(HOLE + "+")
_NUMBERED_HOLE = re.compile(f"[{_NUMBERED}]")
_SCHEME = re.compile(rf"\s*(?:[a-z][a-z0-9+.\-]*:|[{_NUMBERED}]+:?)?(?://|\\\\)", re.I)
_HOST = re.compile(rf"[\w.\-{_NUMBERED}]+\Z")


MAX_HOST = 253
"""Characters of a host name (RFC 1035); of what is longer no parent domain is looked up."""


class ParsedUrl(NamedTuple):
    """`host` is lower case, "" for a relative URL; `path` has no leading slash; query pairs are as written."""

    host: str
    path: str
    query: tuple[tuple[str, str], ...]
    fragment: str

    def parameter(self, name: str) -> str | None:
        """The value of the first parameter `name` of the query or of a fragment written like one."""
        return next((value for key, value in (*self.query, *_pairs(self.fragment)) if key == name), None)


def parse_url(url: str) -> ParsedUrl:
    """Parses leniently: a URL without `//` whose first segment looks like a host name is taken as absolute."""
    text = url.strip()
    scheme = _SCHEME.match(text)
    rest = text[scheme.end() :] if scheme else text.lstrip("/")
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, _, path = rest.partition("/")
    host = host.lower().partition(":")[0].rpartition("@")[2]
    if not scheme and (text.startswith("/") or "." not in host or not _HOST.match(host)):
        host, path = "", rest
    return ParsedUrl(host, path.strip("/") if path != "/" else "", _pairs(query), fragment)


def _pairs(query: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in re.split(r"&amp;|&|;", query):
        key, _, value = part.partition("=")
        if key:
            pairs.append((key, value))
    return tuple(pairs)


def host_candidates(host: str) -> list[str]:
    """The keys under which a host's signatures may stand: itself, `*.` and each parent domain, and `*`."""
    labels = host.split(".") if len(host) <= MAX_HOST else [host]
    parents = [".".join(labels[first:]) for first in range(len(labels) - 1)]
    return [host, *(f"*.{parent}" for parent in parents), "*"]


def number_holes(url: str) -> str:
    """The URL with each run of holes made one character that tells its number, so that parts of it can be filled again."""
    number = -1

    def mark(_: re.Match[str]) -> str:
        nonlocal number
        number = min(number + 1, 255)
        return chr(_FIRST_NUMBERED + number)

    return _HOLES.sub(mark, url)


def fill_holes(part: str, holes: Sequence[str]) -> str | None:
    """A part of a URL with numbered holes, filled by the code that gives them; None where that code is not known."""
    numbers = [ord(mark) - _FIRST_NUMBERED for mark in _NUMBERED_HOLE.findall(part)]
    if any(number >= len(holes) for number in numbers):
        return None
    return _NUMBERED_HOLE.sub(lambda mark: holes[ord(mark[0]) - _FIRST_NUMBERED], part)


def first_hole(part: str) -> int:
    """Where the first numbered hole stands in a part of a URL, -1 without one."""
    match = _NUMBERED_HOLE.search(part)
    return match.start() if match else -1


def open_host(host: str) -> str | None:
    """The known end of a host that begins with a hole (`?.google-analytics.com` -> `.google-analytics.com`), else None."""
    marks = list(_NUMBERED_HOLE.finditer(host))
    if not marks:
        return None
    end = host[marks[-1].end() :]
    return end if end.count(".") >= 1 and len(end) > 4 else None
