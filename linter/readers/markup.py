"""HTML as a browser tokenises it: tags, comments and raw text with exact offsets, in linear time.

Follows the tokenizer of the WHATWG HTML standard where it decides what is a comment, raw text or an attribute.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_OPEN = re.compile(r"<(?:!--|[!?]|/?[a-zA-Z])")
_NAME = re.compile(r"[^\s/>]+")
_PLAIN_TAIL = re.compile(r"[^>\"'`]*>")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>][^\s/>=]*)(\s*=\s*)?")
_UNQUOTED = re.compile(r"[^\s>]+")
_TAG_END = re.compile(r"[\s/]*>")
_SCRIPT_TURN = re.compile(r"<!--|-->|<(/?)script(?=[\s/>])", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")

RAW_TEXT = frozenset("script style xmp iframe noembed noframes textarea title plaintext".split())
"""Elements whose content is text, not markup."""


class Attribute(NamedTuple):
    """An attribute: its name in lower case, and where its value stands (`begin` = `end` where there is none)."""

    name: str
    begin: int
    end: int


class Token(NamedTuple):
    """A tag, a comment, or the raw text of an element. `name` is as written; [begin, end) is the token, `inside` where a
    comment's or raw text's content begins and ends."""

    kind: Literal["start", "end", "comment", "raw"]
    name: str
    begin: int
    end: int
    inside: tuple[int, int] = (0, 0)


def tokens(text: str) -> Iterator[Token]:
    """All tokens of `text`. Text between tags is not told. A raw text token follows its start tag."""
    at, finder = 0, _Finder(text)
    while True:
        opening = _OPEN.search(text, at)
        if opening is None:
            return
        begin, mark = opening.start(), opening[0]
        if mark == "<!--":
            token = _comment(text, begin, finder)
        elif mark in ("<!", "<?"):
            end = finder.find(">", begin)
            at = end + 1 if end >= 0 else len(text)
            continue
        else:
            token = _tag(text, begin, mark.startswith("</"), finder)
        yield token
        at = token.end
        if token.kind == "start" and token.name.lower() in RAW_TEXT and text[at - 2 : at] != "/>":
            raw = _raw(text, token, finder)
            yield raw
            at = raw.end


def attributes(text: str, token: Token) -> list[Attribute]:
    """The attributes of a start tag; of doubles the first counts, as in a browser."""
    found: dict[str, Attribute] = {}
    at = token.begin + 1 + len(token.name)
    while True:
        match = _ATTRIBUTE.match(text, at, token.end)
        if match is None or match.end() > token.end - 1 + (0 if text[token.end - 1 : token.end] == ">" else 1):
            return list(found.values())
        name, at = match[1].lower(), match.end()
        begin = end = at
        if match[2]:
            begin, end, at = _value(text, at, token.end)
        found.setdefault(name, Attribute(name, begin, end))


def _value(text: str, at: int, stop: int) -> tuple[int, int, int]:
    """(begin, end, where to go on) of an attribute value at `at`."""
    quote = text[at : at + 1]
    if quote in ('"', "'"):
        end = text.find(quote, at + 1, stop)
        if end >= 0:
            return at + 1, end, end + 1
    unquoted = _UNQUOTED.match(text, at, stop)
    end = unquoted.end() if unquoted else at
    return at, end, end


class _Finder:
    """`str.find` that remembers what stands nowhere any more, so that unclosed quotes cost no second look.

    `patience`: how many characters may still be looked at in vain; past that, what is broken ends where it can first end.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._absent: set[str] = set()
        self.patience = 2 * len(text) + 100_000

    def find(self, what: str, at: int) -> int:
        if what in self._absent:
            return -1
        found = self._text.find(what, at)
        if found < 0:
            self._absent.add(what)
        return found


def _comment(text: str, begin: int, finder: _Finder) -> Token:
    inside = begin + 4
    if text.startswith(">", inside) or text.startswith("->", inside):
        end = text.index(">", inside) + 1
        return Token("comment", "", begin, end, (inside, inside))
    if finder.find("--", inside) < 0:
        return Token("comment", "", begin, len(text), (inside, len(text)))
    end_mark = _COMMENT_END.search(text, inside)
    if end_mark is None:
        finder._absent.add("--")
        return Token("comment", "", begin, len(text), (inside, len(text)))
    return Token("comment", "", begin, end_mark.end(), (inside, end_mark.start()))


def _tag(text: str, begin: int, closing: bool, finder: _Finder) -> Token:
    name_at = begin + (2 if closing else 1)
    name = _NAME.match(text, name_at)
    assert name is not None
    end = _tag_end(text, name.end(), finder)
    return Token("end" if closing else "start", name[0], begin, end)


def _tag_end(text: str, at: int, finder: _Finder) -> int:
    plain = _PLAIN_TAIL.match(text, at)
    if plain:
        return plain.end()
    start = at
    while finder.patience > 0:
        closed = _TAG_END.match(text, at)
        if closed:
            return closed.end()
        match = _ATTRIBUTE.match(text, at)
        if match is None:
            break
        at = match.end()
        if match[2]:
            quote = text[at : at + 1]
            if quote in ('"', "'"):
                close = finder.find(quote, at + 1)
                if close < 0:
                    break
                at = close + 1
            else:
                unquoted = _UNQUOTED.match(text, at)
                at = unquoted.end() if unquoted else at
    finder.patience -= at - start
    # A quote that is never closed swallows the rest of the page in a browser; in a part of a page the tag just ends.
    end = finder.find(">", start)
    return end + 1 if end >= 0 else len(text)


def _raw(text: str, tag: Token, finder: _Finder) -> Token:
    name = tag.name.lower()
    if name == "plaintext":
        return Token("raw", name, tag.end, len(text), (tag.end, len(text)))
    end = _script_end(text, tag.end, finder) if name == "script" else _end_tag(text, name, tag.end, finder)
    return Token("raw", name, tag.end, end, (tag.end, end))


def _end_tag(text: str, name: str, at: int, finder: _Finder) -> int:
    if f"</{name}" in finder._absent:
        return len(text)
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
    if match is None:
        finder._absent.add(f"</{name}")
        return len(text)
    return match.start()


def _script_end(text: str, at: int, finder: _Finder) -> int:
    """Where a script's text ends: at `</script`, except inside `<!-- <script>`, as the standard has it."""
    escaped = nested = False
    first = _end_tag(text, "script", at, finder)
    if first == len(text) or finder.patience <= 0:
        return first
    for turn in _SCRIPT_TURN.finditer(text, at):
        mark = turn[0]
        if mark == "<!--":
            escaped = True
        elif mark == "-->":
            escaped = nested = False
        elif not turn[1]:
            nested = escaped
        elif nested:
            nested = False
        else:
            return turn.start()
    finder.patience -= len(text) - at
    # Never closed that way: a browser would drop the page; take the first end.
    return first
