"""Reads a text with what tells how a site is served, and tells the evidence in short lines."""

from linter.evidence import Assignment, Call, Element, Evidence, Url
from linter.languages import Language, language_of
from linter.probe import LiteralProbe
from linter.readers.serving import Serving
from linter.reading import Frame, Reading
from linter.text import Source

LITERALS = ("tracker.example", "*.tracker.example", "user_data", "userdata", "shop-verification")


def served(path: str, code: str, literals: tuple[str, ...] = LITERALS) -> list[Evidence]:
    """The evidence of `code` as the file `path`, in the order of its places."""
    source = Source(path, code.encode())
    reading = Reading(source, LiteralProbe(literals))
    language = Language(*language_of(path, source.text))
    serving = Serving(source.slice(), language, reading)
    serving.read()
    reading.read(source.slice(), language.reader, Frame(dialect=language.dialect))
    serving.settle()
    assert not reading.notices
    return sorted(reading.evidence, key=lambda piece: piece.span)


def told(path: str, code: str, *roles: str) -> list[str]:
    """One line for each address in one of `roles`: the underlined text, and the state where it is not active."""
    found = [piece for piece in served(path, code) if isinstance(piece, Url) and piece.role in roles]
    return [code[slice(*piece.span)] + ("" if piece.state == "active" else f" [{piece.state}]") for piece in found]


def policies(path: str, code: str) -> list[str]:
    """The hosts that policies let through, with their directives."""
    return [f"{piece.key}: {piece.url}" for piece in served(path, code) if isinstance(piece, Url) and piece.role == "policy"]


def proxies(path: str, code: str) -> list[str]:
    """The addresses that requests are passed on to."""
    return told(path, code, "proxy")


def payloads(path: str, code: str) -> list[str]:
    """What is said about a person: the name, and the keys."""
    found = [piece for piece in served(path, code) if isinstance(piece, Assignment) and piece.name.startswith("request#")]
    return [f"{piece.name}: {' '.join(key for key, _ in piece.value.entries)}" for piece in found]


def nodes(path: str, code: str) -> list[str]:
    """The nodes of a workflow: type, state, and how they were reached."""
    found = [piece for piece in served(path, code) if isinstance(piece, Call) and "node" in " ".join(piece.via)]
    return [f"{piece.name} {piece.state} {' > '.join(piece.via)}" for piece in found]


def elements(path: str, code: str, name: str) -> list[str]:
    """The names that elements called `name` carry."""
    found = [piece for piece in served(path, code) if isinstance(piece, Element) and piece.name == name]
    return [piece.attributes[0][1].text for piece in found]
