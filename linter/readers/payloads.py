"""What code says about a person to an address it sends events to: objects under names such as `user_data`, in any language.

`{ user_data: { em: ..., ph: ... } }`, `'user_data' => ['em' => ...]`, `"user_data": {"em": ...}`, `userData.em = ...`. Each is an
`Assignment` of the name `request#user_data` (a member of what is sent), with the keys that are given as entries.
"""

import re
from collections.abc import Iterator

from linter.evidence import Assignment, Span, State, Value
from linter.languages import Language
from linter.readers.text_comments import is_commented
from linter.reading import PIECES, Reading
from linter.text import Slice

MAX_OBJECT = 6000
MAX_OBJECTS = 50
MAX_KEYS = 40

_NAMES = "user_data|userData|user_identifiers|userIdentifiers|userInfo|userIds|user"
_OBJECT = re.compile(
    rf"(?P<name>{_NAMES})(?:\\?[\"'])?(?:\s{{0,4}}:\s{{0,4}}[A-Z][\w<>\[\], .|]{{0,60}}?)?"  # the name, and perhaps a type
    r"\s{0,9}(?:=>|:|=)(?![=>])\s{0,20}(?:array\s?\(|dict\s?\(|\[|\{)"
)
_MEMBER = re.compile(rf"(?P<name>{_NAMES})(?:\.|->|\[\s{{0,4}}[\"'])(?P<key>\w{{1,40}})(?:[\"']\s{{0,4}}\])?\s{{0,9}}=(?![=>])")
_KEY = re.compile(
    r"\\?[\"']?(?P<key>[A-Za-z_]\w{0,40})\\?[\"']?\s{0,9}(?:=>|:(?!:)|=(?![=>]))|[()\[\]{}]"
    r"|(?P<short>(?<=[{,])\s{0,40}[a-z_]{2,40}(?=\s{0,9}[,}]))"
)
_TYPE = re.compile(r"\s{0,9}(?:string|number|boolean|any|unknown|Record|Array|Maybe|Optional|str|int|list|dict|List|Dict)\b(?!\()")
"""A declared type: such an object is a declaration."""


def read_payloads(text: Slice, language: Language, reading: Reading) -> None:
    """Emits the objects about a person that `text` builds."""
    code = text.text
    count, told = 0, set[str]()
    members: dict[str, list[tuple[str, Span]]] = {}
    for at in _places(code):
        if count >= MAX_OBJECTS or not reading.effort(20, PIECES):
            break
        made = _OBJECT.match(code, at)
        keys = _keys(code, made.end()) if made else []
        if made and keys:
            count += 1
            told.add(made["name"])
            _emit(text, made["name"], made.span(), keys, language, reading)
        member = _MEMBER.match(code, at)
        if member and len(members.setdefault(member["name"], [])) < MAX_KEYS:
            members[member["name"]].append((member["key"], member.span()))
    for name, rows in members.items():
        if name not in told:
            _emit(text, name, rows[0][1], rows, language, reading)


def _places(code: str) -> Iterator[int]:
    """Where a name begins that is no part of another."""
    at = code.find("user")
    while at >= 0:
        before = code[at - 1 : at]
        if not (before.isalnum() or before in ("_", ".", "-", ">")) or not before:
            yield at
        at = code.find("user", at + 4)


def _keys(code: str, begin: int) -> list[tuple[str, Span]]:
    """The keys of the object that was opened before `begin`."""
    depth = 1
    keys: list[tuple[str, Span]] = []
    for match in _KEY.finditer(code, begin, begin + MAX_OBJECT):
        if match[0] in "([{":
            depth += 1
        elif match[0] in ")]}":
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and len(keys) < MAX_KEYS and not _TYPE.match(code, match.end()):
            name = match["key"] or match["short"].strip()
            keys.append((name, match.span()))
    return keys


def _emit(text: Slice, name: str, span: Span, keys: list[tuple[str, Span]], language: Language, reading: Reading) -> None:
    state: State = "dormant" if is_commented(text.text, span[0], language) else "active"
    label = language.dialect or language.reader
    last = max(keys[-1][1][1], span[1])
    whole = text.span(span[0], last)
    entries = tuple((key, Value("unknown", key, text.span(*place), expression=key)) for key, place in keys)
    named = text.span(*_name_in(text.text, span, name))
    reading.emit(
        Assignment(span=named, block=whole, unit=(0, len(text.source.text)), state=state, via=("text" if label == "plain" else label,),
                   name=f"request#{name}", value=Value("object", text.text[span[0] : last][:400], whole, entries=entries))
    )  # fmt: skip


def _name_in(code: str, span: Span, name: str) -> Span:
    at = code.find(name, *span)
    return at, at + len(name)
