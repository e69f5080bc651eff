"""What the comments around a snippet say: whether they name its vendor and nothing else, and whether they end something."""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import combining, normalize

from linter.catalog import Catalog, Vendor
from linter.fixes.names import names_of

MAX_WORDS = 30
"""Words of a comment that is about one snippet."""
END_WORDS = frozenset(
    "end ends ende fin final fim einde slut slutt koniec konec конец kraj vege stop close closing eof ending termino termina".split()
)
FILLERS = frozenset(
    "a an and the this for of to in on at by from with here below above your our my new old main global site website page pages universal "
    "code codes snippet snippets script scripts js javascript tag tags pixel pixels tracking tracker track base basic standard event "
    "begin start starts beginning load loading loader init initialize initialization install installation installed insert add added "
    "place paste put must be is as high possible head body header footer noscript iframe img image fallback conversion conversions "
    "remarketing retargeting analytics analytic stats statistics id account property measurement audience ads ad advertising async "
    "asynchronous defer deferred consent optional version v latest v2 v3 integration integrations setup config configuration events "
    "embed embedded file files smart link widget chat lead leads call calls software platform partner service plugin tool tools "
    "html html5 amp cookie cookies marketing social media insight insights beginn anfang start codigo inicio comienzo "
    "de del la el do da e y und der die das fur von code-ende debut du le les et van het een voor di del della il per "
    "suivi seguimiento rastreamento seguimento script-tag balise etiqueta tracciamento codice inizio begin opening open".split()
)  # fmt: skip
"""Words that say nothing about whose a snippet is."""
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+")
_HTML_WORDS = frozenset("meta link script style head body title base object section".split())
_NUMBER = re.compile(r"\d+|[a-z]{1,3}\d{4,}|g|ua|aw|dc|id\d+")


class Words:
    """The words of the vendors of some companies, against the names of all others."""

    def __init__(self, vendors: Iterable[Vendor], catalog: Catalog) -> None:
        own = list(vendors)
        companies = {vendor.company for vendor in own}
        same = [vendor for vendor in catalog.vendors.values() if vendor.company in companies]
        self._phrases = {phrase for vendor in same for phrase in _phrases(vendor)}
        brands = {word for vendor in own for phrase in (*_phrases(vendor), tuple(_words(vendor.company))) for word in phrase}
        functions = {name.lower() for vendor in own for name in names_of(vendor.id, catalog).all if len(name) > 2}
        self._brands = (brands | functions) - FILLERS - _HTML_WORDS
        self._others = _names_of_others(catalog, frozenset(companies))

    def are_in(self, comment: str) -> bool:
        """Whether a comment is about a snippet of these vendors and, as far as its words tell, about nothing else."""
        words = _words(comment)
        if not 0 < len(words) <= MAX_WORDS:
            return False
        if any(_stands(phrase, words) for phrase in self._others):
            return False
        if any(_stands(phrase, words) for phrase in self._phrases):
            return True
        own = [word for word in words if word in self._brands]
        return bool(own) and all(
            w in self._brands or w in FILLERS or w in END_WORDS or w in _HTML_WORDS or _NUMBER.fullmatch(w) for w in words
        )


def ends(comment: str) -> bool:
    """Whether a comment says that something ends here."""
    words = _words(comment)
    return comment.lstrip(" -=*#").startswith("/") or bool(words and (words[0] in END_WORDS or words[-1] in END_WORDS))


def ends_like(comment: str, opening: str) -> bool:
    """Whether a comment ends, without a name or in words of `opening`, what `opening` began."""
    if comment.split() == opening.split():
        return True
    words = [word for word in _words(comment) if word not in END_WORDS]
    return ends(comment) and bool(words) and set(words) <= set(_words(opening))


def _words(text: str) -> list[str]:
    """The words of a text in lower case, without accents."""
    plain = text if text.isascii() else "".join(one for one in normalize("NFKD", text) if not combining(one))
    return _WORD.findall(_ADDRESS.sub(" ", plain.lower()))[: MAX_WORDS + 1]


def _phrases(vendor: Vendor) -> list[tuple[str, ...]]:
    named = [tuple(_words(name)) for name in (vendor.name, *vendor.aliases, vendor.id)]
    return [phrase for phrase in named if len(phrase) > 1]


def _stands(phrase: tuple[str, ...], words: list[str]) -> bool:
    """Whether the words of a phrase stand in `words` in their order, apart or as one."""
    if len(phrase) > 1 and "".join(phrase) in words:
        return True
    return any(tuple(words[at : at + len(phrase)]) == phrase for at in range(len(words) - len(phrase) + 1))


@lru_cache(maxsize=16)
def _names_of_others(catalog: Catalog, companies: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """The names of the vendors of all other companies, as words: those of one short or common word are none."""
    found = set()
    for vendor in catalog.vendors.values():
        if vendor.company not in companies:
            phrases = [*_phrases(vendor), tuple(_words(vendor.name)), tuple(_words(vendor.company))]
            found |= {phrase for phrase in phrases if len(phrase) > 1 or (phrase and len(phrase[0]) > 4 and phrase[0] not in FILLERS)}
    return tuple(sorted(found))
