"""Where the keys of a TOML text stand, for messages. The text is known to be valid; what is unknown here gets a place nearby."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

Trail = tuple[str | int, ...]
"""The way to a value: keys, and numbers in arrays of tables from 0."""

_KEY = re.compile(r"[A-Za-z0-9_-]++|\"(?:\\.|[^\"\\\n])*+\"|'[^'\n]*+'")
_IN_VALUE = re.compile(r'"""|\'\'\'|"|\'|[\[\]{}\n#]')
_ENDS = {'"""': re.compile(r'(?:\\.|[^\\])*?"""', re.DOTALL), "'''": re.compile(r".*?'''", re.DOTALL)}
_ENDS |= {'"': re.compile(r'(?:\\.|[^"\\\n])*+"?'), "'": re.compile(r"[^'\n]*+'?")}


class Statement(NamedTuple):
    """A key with its value, or a table's header: [key, key_end) is its name, [key, end) all of it, in characters."""

    key: int
    key_end: int
    end: int


class Spot(NamedTuple):
    """What a message points at: line and column from 1, the line's text, and how many characters of it are meant."""

    line: int
    column: int
    text: str
    length: int


def statements(text: str) -> dict[Trail, Statement]:
    """All keys and headers by their trail. Linear in the text."""
    out: dict[Trail, Statement] = {}
    counts: dict[Trail, int] = {}
    table: Trail = ()
    at = 0
    while at < len(text):
        at = _blank(text, at)
        if text.startswith("[", at):
            several = text.startswith("[[", at)
            start, keys, at = _keys(text, at + 1 + several)
            key_end = at
            table = _numbered(keys, counts)
            if several:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            at = _line_end(text, at)
            out.setdefault(table, Statement(start, key_end, at))
            continue
        start, keys, at = _keys(text, at)
        key_end = at
        at = _value_end(text, at)
        for depth in range(1, len(keys) + 1):
            out.setdefault((*table, *keys[:depth]), Statement(start, key_end, at))
    return out


def _numbered(keys: Trail, counts: Mapping[Trail, int]) -> Trail:
    """A header's trail: arrays of tables on its way are their last element."""
    out: Trail = ()
    for number, key in enumerate(keys):
        out = (*out, key)
        if out in counts and number + 1 < len(keys):
            out = (*out, counts[out])
    return out


def _blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n#":
        at = _line_end(text, at) if text[at] == "#" else at + 1
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _keys(text: str, at: int) -> tuple[int, Trail, int]:
    """(begin, the keys of a dotted name, its end)."""
    while at < len(text) and text[at] in " \t":
        at += 1
    start, end = at, at
    keys: list[str] = []
    while match := _KEY.match(text, at):
        keys.append(match[0] if match[0][0] not in "\"'" else _unquoted(match[0]))
        end = at = match.end()
        while at < len(text) and text[at] in " \t.":
            at += 1
    return start, tuple(keys), max(end, start) if keys else start + 1


def _unquoted(word: str) -> str:
    import tomllib

    try:
        return str(next(iter(tomllib.loads(f"{word} = 0"))))
    except (tomllib.TOMLDecodeError, StopIteration):
        return word[1:-1]


def _value_end(text: str, at: int) -> int:
    """The end of the line in which a value that begins behind `at` ends."""
    depth = 0
    while match := _IN_VALUE.search(text, at):
        sign, at = match[0], match.end()
        if sign in _ENDS:
            closed = _ENDS[sign].match(text, at)
            at = closed.end() if closed else len(text)
        elif sign == "#":
            at = text.find("\n", at) if "\n" in text[at : at + 100_000] else len(text)
        elif sign == "\n":
            if depth <= 0:
                return at
        else:
            depth += 1 if sign in "[{" else -1
    return len(text)


def spot(text: str, known: Mapping[Trail, Statement], trail: Trail, word: str | None = None) -> Spot:
    """Where the value of a trail stands, or the text `word` in it; the closest known place around it otherwise."""
    length = len(trail)
    while length and trail[:length] not in known:
        length -= 1
    if not length:
        return spot_at(text, 0, 0)
    found = known[trail[:length]]
    begin, end = found.key, found.key_end
    region = text[found.key_end : found.end]
    for sought in _sought(trail[length:], word):
        at = region.find(sought)
        if at >= 0:
            begin = found.key_end + at
            end = begin + len(sought)
    if word is not None and begin == found.key and word in text[begin:end]:
        begin = text.index(word, begin)
        end = begin + len(word)
    return spot_at(text, begin, end - begin)


def _sought(rest: Trail, word: str | None) -> Iterator[str]:
    yield from (part for part in rest if isinstance(part, str))
    if word:
        yield word


def spot_at(text: str, at: int, length: int) -> Spot:
    """The spot of `length` characters at `at`, cut at the end of the line."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start : _line_end(text, at)].rstrip("\r\n")
    return Spot(text.count("\n", 0, at) + 1, at - start + 1, line, max(1, min(length, len(line) - (at - start))))
