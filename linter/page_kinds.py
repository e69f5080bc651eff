"""Kinds of pages on the site of a practice, told by the words of names, paths, addresses, events and conditions.

The words are data: `rules/site/page-kinds.toml` says which kinds there are and how words are compared.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

LONGEST_TEXT = 4000
"""Of a longer text only so many characters are looked at."""

# A camelCase part, capitals that a camelCase word follows (the APIKey), capitals, small letters.
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


class PageKind(NamedTuple):
    """A kind of page. `name` completes "pages: ..."; `words` and `exclusions` are as in the file, in no particular language."""

    id: str
    name: str
    sensitive: bool
    words: tuple[str, ...]
    exclusions: tuple[str, ...]


class _Phrase(NamedTuple):
    """Words that follow one another, and what they speak of: a kind's id, "" of an exclusion."""

    words: tuple[str, ...]
    kind: str


_Phrases = Mapping[str, list[_Phrase]]
"""Phrases by their first word, without its `*`."""


@lru_cache(maxsize=1)
def load_page_kinds() -> tuple[PageKind, ...]:
    """All kinds, in the order in which they are told."""
    import tomllib

    from linter.leaflets import rules_folder

    rows = tomllib.loads((rules_folder() / "site" / "page-kinds.toml").read_text(encoding="utf-8"))["kind"]
    return tuple(
        PageKind(row["id"], row["name"], row["sensitive"], (*row.get("en", ()), *row.get("es", ())), tuple(row.get("not", ())))
        for row in rows
    )


def kinds_of(text: str) -> tuple[str, ...]:
    """The ids of the sensitive kinds that the words of a name, path, URL, event or condition speak of, in the order of the file."""
    return in_order(all_kinds_of(text), sensitive=True)


@lru_cache(maxsize=4096)
def all_kinds_of(text: str) -> tuple[str, ...]:
    """As `kinds_of`, with the kinds that are not sensitive (legal, careers)."""
    words = words_of(text)
    found = set()
    at = 0
    while at < len(words):
        best = max(_matches(words, at), key=_precise, default=None)
        if best and best.kind:
            found.add(best.kind)
        at += len(best.words) if best else 1
    return in_order(found)


def in_order(kinds: Iterable[str], *, sensitive: bool = False) -> tuple[str, ...]:
    """Ids of kinds, each once, in the order of the file; others than sensitive ones only unless asked."""
    wanted = set(kinds)
    return tuple(kind.id for kind in load_page_kinds() if kind.id in wanted and (kind.sensitive or not sensitive)) if wanted else ()


def words_of(text: str) -> list[str]:
    """The words of a text: split at everything that is no letter and at camelCase, %20 decoded, lower case, without accents."""
    text = text[:LONGEST_TEXT]
    if "%" in text:
        from urllib.parse import unquote

        text = unquote(text)
    if not text.isascii():
        from unicodedata import combining, normalize

        text = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    return [word.lower() for word in _WORD.findall(text)]


def _precise(phrase: _Phrase) -> tuple[int, int, bool]:
    """Of several phrases at one place the one of most words counts, then the longer one; an exclusion before a kind."""
    return len(phrase.words), sum(map(len, phrase.words)), not phrase.kind


def _matches(words: list[str], at: int) -> Iterator[_Phrase]:
    word, phrases = words[at], _phrases()
    for length in range(1, min(len(word), 40) + 1):
        for phrase in phrases.get(word[:length], ()):
            here = words[at : at + len(phrase.words)]
            if len(here) == len(phrase.words) and all(map(_same, phrase.words, here)):
                yield phrase


def _same(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    phrases: dict[str, list[_Phrase]] = {}
    for kind in load_page_kinds():
        for texts, id_ in ((kind.words, kind.id), (kind.exclusions, "")):
            for text in texts:
                words = tuple(text.split())
                phrases.setdefault(words[0].rstrip("*"), []).append(_Phrase(words, id_))
    return phrases
