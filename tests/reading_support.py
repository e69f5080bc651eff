"""Reads a text with a small set of literals and tells the evidence in short lines, for tests of readers."""

from linter.evidence import Assignment, Call, Element, Import, Library, Url, Value
from linter.languages import language_of
from linter.probe import LiteralProbe
from linter.reading import Frame, Reading
from linter.text import Source

LITERALS = ("fbq", "connect.facebook.net", "facebook.com/tr", "fbevents.js", "pixel-package", "_partner_id", "pixelelement", "tracked")


def reading_of(path: str, code: str, literals: tuple[str, ...] = LITERALS) -> Reading:
    """The reading of `code` as the file `path`."""
    source = Source(path, code.encode())
    reading = Reading(source, LiteralProbe(literals))
    reader, dialect = language_of(path, source.text)
    reading.read(source.slice(), reader, Frame(dialect=dialect))
    return reading


def told(path: str, code: str) -> list[str]:
    """One line for each piece of evidence but the libraries: what it is, and its state where it is not active."""
    reading = reading_of(path, code)
    lines = []
    for piece in reading.evidence:
        if isinstance(piece, Library):
            continue
        state = "" if piece.state == "active" else f" [{piece.state}]"
        lines.append(_line(piece) + state)
    return lines


def underlined(path: str, code: str) -> list[str]:
    """The source text that each piece of evidence but the libraries underlines."""
    reading = reading_of(path, code)
    return [code[slice(*piece.span)] for piece in reading.evidence if not isinstance(piece, Library)]


def _line(piece: object) -> str:
    match piece:
        case Url(url=url, role=role, noscript=noscript):
            return f"{role} {url}".replace("\ue000", "~") + (" noscript" if noscript else "")
        case Call(name=name, args=args):
            return f"{name}({', '.join(map(_value, args))})"
        case Assignment(name=name, value=value):
            return f"{name} = {_value(value)}"
        case Import(package=package):
            return f"import {package}"
        case Element(name=name, attributes=attributes):
            return f"<{name} {' '.join(f'{key}={_value(value)}' for key, value in attributes)}>"
        case _:
            raise AssertionError(piece)


def _value(value: Value) -> str:
    if value.kind == "object":
        return "{" + ", ".join(f"{key}: {_value(entry)}" for key, entry in value.entries) + "}"
    if value.kind == "array":
        return "[" + ", ".join(map(_value, value.items)) + "]"
    return f"`{value.expression or value.text}`" if value.kind == "unknown" else repr(value.expression or value.text)
