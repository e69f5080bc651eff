"""The literal scan: rejects files that hold nothing from their bytes, and finds the places that readers seek from.

Literals come from the catalog, lower case, matching ignores ASCII case. A literal with a `/` also stands for its
JSON, URL and HTML forms. What is wrapped in base64, character codes or hexadecimal escapes is unwrapped first.
Two engines give identical answers: `in` over each literal (no set-up, best for one file) and hyperscan (best for a tree).
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from linter.evidence import Span

SLASHES = ("/", "\\/", "%2f", "\\u002f", "\\x2f", "&#x2f;", "&#47;", "&sol;")
"""How a slash of a URL is written in HTML, JSON, JavaScript and URL-encoded text, lower case."""

_WRAPPED = re.compile(rb"(?:base64,\s*|atob\(\s*[\"'`])([A-Za-z0-9+/_\-=\s]{16,})")
_MEDIA = re.compile(rb"data:(?:image/(?!svg)|font|audio|video|application/(?:font|x-font|octet))[^\"'()\s]{0,60}\Z", re.I)
_CODES = re.compile(rb"(?i:charcode)(?:\.apply)?\(([^()]{0,40}\[?[\d,\s]{20,})")
_ESCAPED = re.compile(rb"\\x[2-7][0-9a-fA-F]|\\u00[2-7][0-9a-fA-F]")
_LETTER_ESCAPES = ("\\x6", "\\x7", "\\u006", "\\u007")
_MANY_ESCAPES = 3


def forms(literal: str) -> Iterable[str]:
    """The ways in which a literal is written in the formats that escape slashes."""
    if "/" not in literal:
        return (literal,)
    return tuple(literal.replace("/", slash) for slash in SLASHES)


_NAME = re.compile(r"[\w$]{1,6}")
_ESCAPE_BEFORE = rb"(?:\A|[^a-z0-9_$]|\\[nrt]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|%[0-9a-f]{2})"
_AFTER = rb"(?:\Z|[^a-z0-9_$])"


def is_short_name(literal: str) -> bool:
    """Whether a literal is a name so short that it stands in other words: it counts only as a whole word, or behind an escape."""
    return _NAME.fullmatch(literal) is not None


def as_word(literal: str) -> bytes:
    """The pattern of a short name as a whole word in lower-cased text, escapes (`\\nfbq`, `%3Efbq`) in front allowed."""
    return _ESCAPE_BEFORE + re.escape(literal.encode()) + _AFTER


class Scanner:
    """Answers whether bytes may hold a literal. Instances are cheap; `for_many` compiles the fast engine."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._needles = [form.encode() for literal in literals if not is_short_name(literal) for form in forms(literal)]
        self._words = [(literal.encode(), as_word(literal)) for literal in literals if is_short_name(literal)]
        self._search: Callable[[bytes], bool] = self._loop

    @classmethod
    def for_many(cls, literals: Sequence[str]) -> "Scanner":
        """A scanner for a whole tree: the same answers, faster where hyperscan is installed."""
        scanner = cls(literals)
        scanner._search = _hyperscan_search([*map(re.escape, scanner._needles), *(word for _, word in scanner._words)]) or scanner._loop
        return scanner

    def might_hold(self, data: bytes) -> bool:
        """Whether a literal stands in `data`, as it is or wrapped. UTF-16 always might: it is decoded later."""
        if b"\0" in data[:4096] or self._search(data):
            return True
        return any(self._loop(inner) for inner in unwrapped(data))

    def _loop(self, data: bytes) -> bool:
        lower = data.lower()
        if any(needle in lower for needle in self._needles):
            return True
        return any(word in lower and re.search(pattern, lower) for word, pattern in self._words)


def unwrapped(data: bytes) -> Iterable[bytes]:
    """Texts wrapped in base64, character codes or escapes, unwrapped; data URLs of images and fonts are left out."""
    if b"base64," in data or b"atob(" in data:
        for match in _WRAPPED.finditer(data):
            if not _MEDIA.search(data, max(0, match.start() - 80), match.start()):
                yield _base64(match[1])
    if b"harCode" in data:
        for match in _CODES.finditer(data):
            yield _codes(match[1])
    if any(escape.encode() in data for escape in _LETTER_ESCAPES):
        yield from _without_escapes(data)


def _base64(text: bytes) -> bytes:
    text = b"".join(text.split()).rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(text[: len(text) - (len(text) % 4 == 1)] + b"==")
    except (binascii.Error, ValueError):
        return b""


def _codes(text: bytes) -> bytes:
    return bytes(int(number) for number in re.findall(rb"\d+", text) if len(number) < 4 and int(number) < 256)


def _without_escapes(data: bytes) -> Iterable[bytes]:
    """`data` around each run of at least three escapes, with escapes of ASCII characters decoded."""
    last = -1
    for match in _ESCAPED.finditer(data):
        if match.start() < last:
            continue
        window = data[max(0, match.start() - 40) : match.start() + 4000]
        last = match.start() + 3900
        if len(_ESCAPED.findall(window)) >= _MANY_ESCAPES:
            yield _ESCAPED.sub(_character, window)


def _character(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[0][-2:], 16)])


def _hyperscan_search(patterns: Sequence[bytes]) -> Callable[[bytes], bool] | None:
    try:
        import hyperscan
    except ImportError:
        return None
    try:
        database = hyperscan.Database()
        flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH
        database.compile(expressions=list(patterns), ids=list(range(len(patterns))), flags=[flags] * len(patterns))
    except hyperscan.error:
        return None

    def search(data: bytes) -> bool:
        found: list[int] = []

        def stop(number: int, *_: object) -> bool:
            found.append(number)
            return True

        try:
            database.scan(data, match_event_handler=stop)
        except hyperscan.ScanTerminated:
            return True
        return bool(found)

    return search


class LiteralProbe:
    """The `Probe` of one file: finds literals in its decoded texts."""

    def __init__(self, literals: Sequence[str], text: str) -> None:
        lower = _lower(text)
        everything = _worth_unwrapping(text)
        self._literals = [
            (literal, [form for form in forms(literal) if everything or form in lower])
            for literal in literals
            if everything or any(form in lower for form in forms(literal))
        ]

    def hits(self, text: str) -> list[Span]:
        """Where literals, or wrapped text that holds one, stand in `text`; sorted."""
        lower = _lower(text)
        found: set[Span] = set()
        for literal, written in self._literals:
            if is_short_name(literal):
                found.update(match.span(1) for match in _word(literal).finditer(lower))
                continue
            for form in {literal, *written}:
                start = lower.find(form)
                while start >= 0:
                    found.add((start, start + len(form)))
                    start = lower.find(form, start + len(form))
        return sorted(found | set(self._wrapped(text)))

    def present(self, text: str) -> frozenset[str]:
        """The literals that stand in `text`, lower case."""
        lower = _lower(text)
        return frozenset(literal for literal, _ in self._literals if literal in lower)

    def _wrapped(self, text: str) -> Iterable[Span]:
        if not _worth_unwrapping(text):
            return
        # One byte per character, so that offsets agree; what is wrapped is ASCII.
        data = text.encode("ascii", "replace")
        for pattern, decode in ((_WRAPPED, _base64), (_CODES, _codes)):
            for match in pattern.finditer(data):
                if self._holds(decode(match[1])):
                    yield match.span(1)
        last = -1
        for match in _ESCAPED.finditer(data):
            if match.start() >= last:
                last = match.start() + 200
                window = data[max(0, match.start() - 40) : last]
                if len(_ESCAPED.findall(window)) >= _MANY_ESCAPES and self._holds(_ESCAPED.sub(_character, window)):
                    yield match.span()

    def _holds(self, data: bytes) -> bool:
        lower = data.lower()
        return any(literal.encode() in lower for literal, _ in self._literals)


@lru_cache(maxsize=256)
def _word(literal: str) -> re.Pattern[str]:
    return re.compile(_ESCAPE_BEFORE.decode() + "(" + re.escape(literal) + ")(?=" + _AFTER.decode() + ")")


def _worth_unwrapping(text: str) -> bool:
    return "atob(" in text or "base64," in text or "harCode" in text or any(escape in text for escape in _LETTER_ESCAPES)


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):
        return text.translate(_ASCII_LOWER)
    return lower


_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
