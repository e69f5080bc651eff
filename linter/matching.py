"""Evidence x catalog -> matches: which vendor's signature a piece of evidence bears, and for which account."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from linter.addresses import Rated, rate_copy, rate_url
from linter.arguments import Account, account_of, event_name, given_keys, is_value, parameter_account, rate_arguments, told, value_account
from linter.catalog import Catalog, Signature
from linter.evidence import Assignment, Call, Element, Evidence, Import, Library, Plugin, Requirement, Setting, Tag, Url, Value
from linter.globs import captures, glob
from linter.urls import parse_url


class Match(NamedTuple):
    """A piece of evidence and the signature it bears; the account and the event it names, if any."""

    evidence: Evidence
    vendor: str
    kind: str
    account: Account | None
    event: str | None = None


def match(evidence: Iterable[Evidence], catalog: Catalog, path: str = "") -> list[Match]:
    """All matches, in the order of the evidence: the most specific signature of each piece, and those marked `also`.

    `path` is the file's: some settings count only in certain files.

    A signature marked `beside` counts only where another signature of the vendor matches in the same file.
    """
    found: list[Match] = []
    unsure: list[int] = []
    for piece in map(_settled, evidence):
        chosen = _choose(piece, list(_rate(piece, catalog, path)))
        unsure += [len(found) + number for number, (_, s, _) in enumerate(chosen) if s.test.get("beside")]
        found += [Match(piece, s.vendor, _kind(piece, s.kind), account, _event(piece, s)) for _, s, account in chosen]
        if isinstance(piece, Tag) and chosen:
            from linter.tags import personal_data

            found += [
                Match(handed, s.vendor, "advanced-matching", account) for _, s, account in chosen for handed in personal_data(piece, s)
            ]
        if not chosen and isinstance(piece, Url) and piece.role in ("hint", "policy", "proxy"):
            found += _by_host(piece, catalog)
    if unsure:
        doubtful = frozenset(unsure)
        certain = {row.vendor for number, row in enumerate(found) if number not in doubtful}
        found = [row for number, row in enumerate(found) if number not in doubtful or row.vendor in certain]
    if any(isinstance(row.evidence, Setting) for row in found):
        from linter.ways_in import settled

        found = settled(found)
    return found


def _choose(piece: Evidence, rated: list[Rated]) -> list[Rated]:
    if isinstance(piece, Library):
        return rated
    plain = [row for row in rated if not row[1].also]
    chosen = [max(plain, key=lambda row: row[0])] if plain else []
    return chosen + [row for row in rated if row[1].also]


def _rate(piece: Evidence, catalog: Catalog, path: str) -> Iterator[Rated]:
    match piece:
        case Url(role="policy", url=url) if "/" not in url:
            return
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
        case Setting() | Requirement() | Plugin():
            yield from _rate_way_in(piece, catalog, path)
        case Tag():
            from linter.tags import rate_tag

            yield from _rate_each(catalog.tags, lambda s: rate_tag(piece, s))
        case Library(literals=literals):
            for s in catalog.libraries:
                if all(literal.lower() in literals for literal in s.test["all"]):
                    yield 1, s, None


def _rate_each(signatures: Iterable[Signature], rate: Callable[[Signature], tuple[int, Account | None] | None]) -> Iterator[Rated]:
    for signature in signatures:
        rated = rate(signature)
        if rated:
            yield rated[0], signature, rated[1]


def _rate_way_in(piece: Setting | Requirement | Plugin, catalog: Catalog, path: str) -> Iterator[Rated]:
    from linter.ways_in import rate_plugin, rate_requirement, rate_setting

    if isinstance(piece, Setting):
        yield from rate_setting(piece, path, catalog)
    elif isinstance(piece, Requirement):
        yield from rate_requirement(piece, catalog)
    else:
        yield from rate_plugin(piece, catalog)


def _settled(piece: Evidence) -> Evidence:
    """The evidence; a setting that is empty, false or still to be filled in is dormant."""
    if not isinstance(piece, Setting):
        return piece
    from linter.ways_in import is_unset

    return piece._replace(state="dormant") if is_unset(piece) else piece


def _by_host(piece: Url, catalog: Catalog) -> list[Match]:
    """A resource hint, a policy's host, the target of a proxy: told by the host alone."""
    if piece.role == "hint":
        vendor = catalog.hint_hosts.get(parse_url(piece.url).host)
    else:
        from linter.ways_in import policy_vendor

        vendor = policy_vendor(piece, catalog)
    return [Match(piece, vendor, _kind(piece, "hint"), None)] if vendor else []


_KIND_OF_ROLE = {"hint": "hint", "policy": "csp", "proxy": "proxy"}


def _kind(piece: Evidence, kind: str) -> str:
    """What the place of the evidence makes of a signature's kind."""
    if isinstance(piece, Url):
        if piece.role in _KIND_OF_ROLE:
            return _KIND_OF_ROLE[piece.role]
        if piece.noscript and kind in ("beacon", "loader"):
            return "noscript-frame" if piece.role == "frame" else "noscript-image"
    return kind


# -- calls, assignments, elements


def _event(piece: Evidence, signature: Signature) -> str | None:
    if signature.kind == "advanced-matching":
        return _personal(piece, signature)
    if not isinstance(piece, Call) or signature.kind != "event-call":
        return None
    return event_name(_arguments(piece, signature), signature.test, signature.account)


def _personal(piece: Evidence, signature: Signature) -> str | None:
    """The names under which personal data is handed over (`em, ph`), as far as the signature asks for them."""
    keys = signature.test.get("keys")
    if isinstance(piece, Assignment):
        return ", ".join(given_keys(piece.value, keys or ())) or None
    if not isinstance(piece, Call) or not keys:
        return None
    args = _arguments(piece, signature)
    return ", ".join(given_keys(args[keys["at"] - 1], keys["any"])) or None if len(args) >= keys["at"] else None


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
    keys = signature.test.get("keys")
    if keys and not given_keys(value, keys):
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
