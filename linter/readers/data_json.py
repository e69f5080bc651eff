"""String values and their keys in JSON, with what JSON5 and JSON with comments allow; broken documents are read as far as they go."""

import re
from collections.abc import Iterator

from linter import decoders
from linter.readers.data_values import Entry, Wanted
from linter.text import Slice

MAX_KEY = 200
"""Characters of a key that are kept."""

_TOKEN = re.compile(r"[\[\]{}:,]|\"|'|//[^\n]*|/\*|[A-Za-z_$][\w$]*")
_END = {'"': re.compile(r'(?:\\.)++|"', re.DOTALL), "'": re.compile(r"(?:\\.)++|'", re.DOTALL)}


class _Scope:
    __slots__ = ("array", "begin", "key", "keyed")

    def __init__(self, array: bool) -> None:
        self.array = array
        self.key = ""
        self.keyed = False
        self.begin = 0


def entries(text: Slice, wanted: Wanted) -> Iterator[Entry]:
    """The wanted string values of a JSON document, and keys themselves under the keys above them, in order. Linear time."""
    code = text.text
    scopes: list[_Scope] = []
    at = 0
    while (match := _TOKEN.search(code, at)) is not None and wanted.goes_on():
        token, at = match[0], match.end()
        if token in "[{":
            scopes.append(_Scope(token == "["))
        elif token in "]}":
            if scopes:
                scopes.pop()
        elif token == ":":
            if scopes:
                scopes[-1].keyed = True
        elif token == ",":
            if scopes:
                scopes[-1].keyed = False
        elif token == "/*":
            end = code.find("*/", at)
            at = end + 2 if end >= 0 else len(code)
        elif token in _END:
            stop = _string_end(code, at, token)
            if _names_key(scopes):
                scopes[-1].key, scopes[-1].begin = code[at : min(stop, at + MAX_KEY)], at - 1
            if wanted(at, stop):
                yield _entry(text, scopes, at, stop)
            at = stop + 1
        elif token[0] != "/" and scopes and not scopes[-1].array and not scopes[-1].keyed:
            scopes[-1].key, scopes[-1].begin = token[:MAX_KEY], match.start()


def _entry(text: Slice, scopes: list[_Scope], begin: int, stop: int) -> Entry:
    """The string whose inside is text[begin:stop], as a value or as a key."""
    raw = text.cut(begin, stop)
    above = tuple(scope.key for scope in scopes[-9:] if not scope.array and scope.keyed)
    first = scopes[-1].begin if scopes and not scopes[-1].array else begin - 1
    decode = decoders.json_string if text.text[begin - 1] == '"' else decoders.js_string
    return Entry(above, decode(raw) if len(raw) < 60 or "\\" in raw.text else raw, text.span(first, min(stop + 1, len(text))))


def _names_key(scopes: list[_Scope]) -> bool:
    return bool(scopes) and not scopes[-1].array and not scopes[-1].keyed


def _string_end(code: str, at: int, quote: str) -> int:
    for match in _END[quote].finditer(code, at):
        if match[0] == quote:
            return match.start()
    return len(code)
