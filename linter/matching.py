"""Evidence x catalog -> matches: which vendor's signature a piece of evidence bears, and for which account."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from linter.addresses import Rated, rate_copy, rate_url
from linter.arguments import Account, account_of, event_name, is_value, parameter_account, rate_arguments, told, value_account
from linter.catalog import Catalog, Signature
from linter.evidence import Assignment, Call, Element, Evidence, Import, Library, Url, Value
from linter.globs import captures, glob
from linter.urls import parse_url


class Match(NamedTuple):
    """A piece of evidence and the signature it bears; the account and the event it names, if any."""

    evidence: Evidence
    vendor: str
    kind: str
    account: Account | None
    event: str | None = None


def match(evidence: Iterable[Evidence], catalog: Catalog) -> list[Match]:
    """All matches, in the order of the evidence: the most specific signature of each piece, and those marked `also`.

    A signature marked `beside` counts only where another signature of the vendor matches in the same file.
    """
    found: list[Match] = []
    unsure: list[int] = []
    for piece in evidence:
        chosen = _choose(piece, list(_rate(piece, catalog)))
        unsure += [len(found) + number for number, (_, s, _) in enumerate(chosen) if s.test.get("beside")]
        found += [Match(piece, s.vendor, _kind(piece, s.kind), account, _event(piece, s)) for _, s, account in chosen]
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
            yield from rate_url(piece, catalog)
            yield from rate_copy(piece, catalog)
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


def _event(piece: Evidence, signature: Signature) -> str | None:
    if not isinstance(piece, Call) or signature.kind != "event-call":
        return None
    return event_name(_arguments(piece, signature), signature.test, signature.account)


def _arguments(piece: Call, signature: Signature) -> tuple[Value, ...]:
    """The arguments that a signature looks at: those of the call, or the items of the one array that a command queue is given."""
    args = piece.args
    queued = len(args) == 1 and args[0].kind == "array" and piece.name.endswith(".push")
    return args[0].items if queued and rate_arguments(args, signature.test) is None else args


def _rate_call(piece: Call, signature: Signature) -> tuple[int, Account | None] | None:
    args = _arguments(piece, signature)
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
        key, _, parameter = key.partition("?")
        account = attributes.get(key.lower())
        if parameter:
            return 1 + len(wanted), parameter_account(account, parameter)
    elif how == "json":
        account = attributes.get("json")
        for part in key.split("."):
            account = account.entry(part) if account else None
    return 1 + len(wanted), told(account)
