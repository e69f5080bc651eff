"""Evidence x catalog -> matches: which vendor's signature a piece of evidence bears, and for which account."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linter.arguments import Account, account_of, is_value, rate_arguments, told, value_account
from linter.catalog import Catalog, Signature
from linter.evidence import Assignment, Call, Element, Evidence, Import, Library, Url, Value
from linter.globs import captures, glob
from linter.mirrors import copied_address
from linter.urls import ParsedUrl, fill_holes, first_hole, host_candidates, number_holes, open_host, parse_url

MAX_URL = 4000
"""Longer URLs are no addresses of scripts (browsers and servers stop earlier), and matching is not linear in stars."""
_NO_REQUEST = re.compile(r"\s*(?:data|blob|about|mailto|tel|javascript|file|chrome-extension):", re.I)
_PREFIXED_ID = re.compile(r"[A-Z]{1,4}-[A-Z0-9]{4,}")
_FILE_ENDING = re.compile(r"(?:\.min)?\.(?:js|html?|gif|png)\Z")


class Match(NamedTuple):
    """A piece of evidence and the signature it bears, and the account it names, if any."""

    evidence: Evidence
    vendor: str
    kind: str
    account: Account | None


Rated = tuple[int, Signature, Account | None]
"""How specific a match is (greater wins), the signature, the account."""


def match(evidence: Iterable[Evidence], catalog: Catalog) -> list[Match]:
    """All matches, in the order of the evidence: the most specific signature of each piece, and those marked `also`.

    A signature marked `beside` counts only where another signature of the vendor matches in the same file.
    """
    found: list[Match] = []
    unsure: list[int] = []
    for piece in evidence:
        chosen = _choose(piece, list(_rate(piece, catalog)))
        unsure += [len(found) + number for number, (_, s, _) in enumerate(chosen) if s.test.get("beside")]
        found += [Match(piece, s.vendor, _kind(piece, s.kind), account) for _, s, account in chosen]
        if not chosen and isinstance(piece, Url) and piece.role == "hint":
            found += _hint(piece, catalog)
    if not unsure:
        return found
    doubtful = frozenset(unsure)
    certain = {row.vendor for number, row in enumerate(found) if number not in doubtful}
    return [row for number, row in enumerate(found) if number not in doubtful or row.vendor in certain]


def _choose(piece: Evidence, rated: list[Rated]) -> list[Rated]:
    if isinstance(piece, Library):
        return rated
    plain = [row for row in rated if not row[1].also]
    chosen = [max(plain, key=lambda row: row[0])] if plain else []
    return chosen + [row for row in rated if row[1].also]


def _rate(piece: Evidence, catalog: Catalog) -> Iterator[Rated]:
    match piece:
        case Url():
            yield from _rate_url(piece, catalog)
            yield from _rate_copy(piece, catalog)
        case Call(name=name):
            yield from _rate_each(catalog.named("call", name), lambda s: _rate_call(piece, s))
        case Assignment(name=name):
            yield from _rate_each(catalog.named("global", name), lambda s: _rate_value(piece.value, s))
        case Import(package=package, ecosystem=ecosystem):
            for s in catalog.names.get(("package", package), ()):
                if s.test.get("ecosystem", "npm") == ecosystem:
                    yield 1, s, None
        case Element(name=name):
            yield from _rate_each(catalog.names.get(("element", name.lower()), ()), lambda s: _rate_element(piece, s))
        case Library(literals=literals):
            for s in catalog.libraries:
                if all(literal.lower() in literals for literal in s.test["all"]):
                    yield 1, s, None


def _rate_each(signatures: Iterable[Signature], rate: Callable[[Signature], tuple[int, Account | None] | None]) -> Iterator[Rated]:
    for signature in signatures:
        rated = rate(signature)
        if rated:
            yield rated[0], signature, rated[1]


# -- URLs


def _rate_url(piece: Url, catalog: Catalog) -> Iterator[Rated]:
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


def _rate_copy(piece: Url, catalog: Catalog) -> Iterator[Rated]:
    """A vendor's script in a folder that bears the vendor's host name."""
    address = copied_address(piece.url, catalog.hosts) if piece.role in ("script", "code") and len(piece.url) <= MAX_URL else None
    if address is not None:
        for rating, signature, account in _rate_url(piece._replace(url=address), catalog):
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


def _hint(piece: Url, catalog: Catalog) -> list[Match]:
    vendor = catalog.hint_hosts.get(parse_url(piece.url).host)
    return [Match(piece, vendor, "hint", None)] if vendor else []


def _kind(piece: Evidence, kind: str) -> str:
    """What the place of the evidence makes of a signature's kind."""
    if isinstance(piece, Url):
        if piece.role == "hint":
            return "hint"
        if piece.noscript and kind in ("beacon", "loader"):
            return "noscript-frame" if piece.role == "frame" else "noscript-image"
    return kind


# -- calls, assignments, elements


def _rate_call(piece: Call, signature: Signature) -> tuple[int, Account | None] | None:
    args = piece.args
    rating = rate_arguments(args, signature.test)
    if rating is None and len(args) == 1 and args[0].kind == "array" and piece.name.endswith(".push"):
        args = args[0].items
        rating = rate_arguments(args, signature.test)
    if rating is None:
        return None
    return rating, _name_account(piece.name, signature) if signature.account == "name" else value_account(args, signature.account)


def _name_account(name: str, signature: Signature) -> Account | None:
    """The part of a function's name that stands for the account (`yaCounter1234.reachGoal`)."""
    found = next((parts for pattern in signature.test["name"].split("|") if (parts := captures(pattern, name))), None)
    return account_of(found[0], literal=True) if found else None


def _rate_value(value: Value, signature: Signature) -> tuple[int, Account | None] | None:
    wanted = signature.test.get("value")
    if wanted and not is_value(wanted, value):
        return None
    key = signature.account.partition(":")[2]
    account = value if signature.account == "value" else value.entry(key) if key else None
    if key and account is None:
        return None
    return (10 if wanted else 1), told(account)


def _rate_element(piece: Element, signature: Signature) -> tuple[int, Account | None] | None:
    attributes = {name.lower(): value for name, value in piece.attributes}
    wanted = signature.test.get("attributes", {})
    for name, pattern in wanted.items():
        value = attributes.get(name.lower())
        if value is None or (pattern != "*" and not glob(pattern, value.text)):
            return None
    how, _, key = signature.account.partition(":")
    account: Value | None = None
    if how == "attr":
        account = attributes.get(key.lower())
    elif how == "json":
        account = attributes.get("json")
        for part in key.split("."):
            account = account.entry(part) if account else None
    return 1 + len(wanted), told(account)
