"""Addresses against the signatures of URLs: whose host and path they have, and which account they name."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from linter.arguments import Account, account_of
from linter.catalog import Catalog, Signature
from linter.evidence import Url
from linter.globs import captures, glob
from linter.mirrors import copied_address
from linter.urls import ParsedUrl, fill_holes, first_hole, host_candidates, number_holes, open_host, parse_url

MAX_URL = 4000
"""Longer URLs are no addresses of scripts (browsers and servers stop earlier), and matching is not linear in stars."""
_NO_REQUEST = re.compile(r"\s*(?:data|blob|about|mailto|tel|javascript|file|chrome-extension):", re.I)
_PREFIXED_ID = re.compile(r"[A-Z]{1,4}-[A-Z0-9]{3,}")
_FILE_ENDING = re.compile(r"(?:\.min)?\.(?:js|html?|gif|png)\Z")

Rated = tuple[int, Signature, Account | None]
"""How specific a match is (greater wins), the signature, the account."""


def rate_url(piece: Url, catalog: Catalog) -> Iterator[Rated]:
    """The signatures that an address bears."""
    if len(piece.url) > MAX_URL or _NO_REQUEST.match(piece.url):
        return
    roles_needed = piece.role in ("link", "data")
    url = parse_url(number_holes(piece.url))
    for host in _hosts(url, catalog):
        for signature in catalog.hosts.get(host, ()):
            roles = signature.test.get("roles")
            if (roles_needed and not roles) or (roles and piece.role not in roles):
                continue
            rating = _rate_place(url, host, signature.test, piece.holes)
            if rating is not None:
                yield rating, signature, _url_account(url, signature, piece)


def rate_copy(piece: Url, catalog: Catalog) -> Iterator[Rated]:
    """A vendor's script in a folder that bears the vendor's host name."""
    address = copied_address(piece.url, catalog.hosts) if piece.role in ("script", "code") and len(piece.url) <= MAX_URL else None
    if address is not None:
        for rating, signature, account in rate_url(piece._replace(url=address), catalog):
            if signature.kind == "loader":
                yield rating, signature._replace(kind="first-party-loader"), account


def _hosts(url: ParsedUrl, catalog: Catalog) -> Iterable[str]:
    end = open_host(url.host)
    if end:
        return [host for host in catalog.hosts if f".{host.removeprefix('*.')}".endswith(end) and len(host) - len(end) < 24]
    return host_candidates(url.host) if url.host else ["*"]


def _rate_place(url: ParsedUrl, host: str, test: Mapping[str, Any], holes: Sequence[str]) -> int | None:
    _, slash, pattern = test["match"].partition("/")
    whole = f"{url.host}/{url.path}" if host == "*" and url.host else url.path
    if host == "*":
        pattern = f"*/{pattern}" if url.host else pattern
        if not (glob(pattern, whole) or glob(f"*/{pattern}", whole)):
            return None
    elif not glob(pattern, whole) and not (slash and pattern.endswith("/*") and glob(pattern[:-2], whole)):
        return None
    where = test.get("where", {})
    for name, value in where.items():
        given = url.parameter(name)
        if given is None or not _is_parameter(value, given, holes):
            return None
    return (0 if host == "*" else 100) + len(pattern.replace("*", "")) + 50 * len(where)


def _is_parameter(pattern: str, given: str, holes: Sequence[str]) -> bool:
    """Whether a query parameter is what a `|` alternative says; `=glob` is compared with the code that fills its holes."""
    code = fill_holes(given, holes) if first_hole(given) >= 0 else None
    for alternative in pattern.split("|"):
        if alternative.startswith("=") and code is not None and glob(alternative[1:], code):
            return True
        if not alternative.startswith("=") and glob(alternative, given):
            return True
    return False


def _url_account(url: ParsedUrl, signature: Signature, piece: Url) -> Account | None:
    if not signature.account:
        return None
    how, _, key = signature.account.partition(":")
    value: str | None = None
    if how == "query":
        value = url.parameter(key)
    elif how == "path":
        parts = url.path.split("/")
        value = _FILE_ENDING.sub("", parts[int(key) - 1]) if len(parts) >= int(key) else None
    elif how == "star":
        value = _FILE_ENDING.sub("", _star(url, signature.test["match"], int(key)))
    elif how == "fragment":
        value = next((v for k, _, v in (p.partition("=") for p in re.split("[&?]", url.fragment)) if k == key), None)
    elif how == "subdomain":
        value = url.host.partition(".")[0]
    return _filled(value, piece.holes) if value else None


def _star(url: ParsedUrl, match: str, number: int) -> str:
    """What the `number`-th `*` in the path of `match` stands for."""
    pattern = match.partition("/")[2]
    for skipped, whole in enumerate((pattern, f"*/{pattern}")):
        found = captures(whole, url.path)
        if found is not None:
            return found[number - 1 + skipped]
    return ""


def _filled(value: str, holes: Sequence[str]) -> Account | None:
    """A part of a URL with its holes filled; an id followed by a hole is the id."""
    hole = first_hole(value)
    if hole < 0:
        return Account(value, literal=True)
    if hole >= 5 and (any(c.isdigit() for c in value[:hole]) or _PREFIXED_ID.fullmatch(value[:hole])):
        return Account(value[:hole], literal=True)
    filled = fill_holes(value, holes)
    return account_of(filled, literal=False) if filled else None
