"""The imports of JavaScript code: what is asked for, and under which names it is used."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["static", "export", "bare", "dynamic", "glob", "context"]
"""`import x from`, `export x from`, `import "x"`, `import("x")` and `require("x")`, `import.meta.glob("x")`, `require.context("x")`."""

_STATEMENT = re.compile(r"(?<![\w$.])(?:import|export)(?![\w$(])")
_FROM = re.compile(r"(?<![\w$.])from\s{0,20}(['\"])([^'\"\n]{1,300})\1")
_BARE = re.compile(r"(?<![\w$.])import\s{0,20}(['\"])([^'\"\n]{1,300})\1")
_DYNAMIC = re.compile(r"(?<![\w$.])(?:import|require(?:\.resolve)?)\s{0,20}\(\s{0,80}\[?\s{0,80}(['\"`])([^'\"`\n]{1,300})\1")
_GLOB = re.compile(
    r"(?<![\w$])import\.meta\.glob(?:Eager|EagerDefault)?\b[^(;]{0,100}\(\s{0,80}(\[?)((?:\s{0,40}['\"`][^'\"`\n]{1,300}['\"`],?){1,20})"
)
_CONTEXT = re.compile(r"(?<![\w$.])require\.context\(\s{0,80}(['\"`])([^'\"`\n]{1,300})\1")
_TEXT = re.compile(r"['\"`]([^'\"`\n]{1,300})['\"`]")
_NOT_IN_CLAUSE = re.compile(r"['\"`;()]|=>")
_NAMED = re.compile(r"(?:\btype\s{1,20})?([\w$]{1,200})(?:\s{1,20}as\s{1,20}([\w$]{1,200}))?")
_BINDING = re.compile(r"(?<![\w$.])(?:const|let|var)\s{1,20}([\w$]{1,200})\s{0,20}(?::[^=;\n]{1,200})?=[^;]{0,250}\Z")
_IDENTIFIER = re.compile(r"(?<![\w$\\/])[A-Za-z_$][\w$]*")
MAX_CLAUSE = 4000
"""Characters between `import` and `from`."""


class Import(NamedTuple):
    """One file asked for: `written` as it stands there, `at` the offset of the statement.

    `names` are pairs of the name it has where it comes from (`default`, `*`) and the name it is used by here.
    """

    written: str
    at: int
    kind: Kind
    names: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=8)
def imports_of(code: str) -> tuple[Import, ...]:
    """The imports of code without comments, in its order; type imports are none."""
    if "import" not in code and "require" not in code and "export" not in code:
        return ()
    found = [*_with_clause(code), *_others(code)]
    return tuple(sorted(found, key=lambda row: row.at))


def _with_clause(code: str) -> Iterator[Import]:
    starts = [match.start() for match in _STATEMENT.finditer(code)]
    for match in _FROM.finditer(code):
        number = bisect_right(starts, match.start()) - 1
        if number < 0 or match.start() - starts[number] > MAX_CLAUSE:
            continue
        clause = code[starts[number] : match.start()]
        if _NOT_IN_CLAUSE.search(clause):
            continue
        word, clause = clause[:6], clause[6:].strip()
        if clause.startswith("type") and clause[4:5] in (" ", "{", "\n") and not clause[4:].lstrip().startswith(","):
            continue
        names = tuple(_names(clause))
        if names or "{" not in clause:
            yield Import(match[2], starts[number], "export" if word == "export" else "static", names)


def _names(clause: str) -> Iterator[tuple[str, str]]:
    """The pairs of a clause: `a, {b as c, type D}` is default a, and b as c."""
    outside, brace, inside = clause.partition("{")
    for part in outside.split(","):
        words = part.split()
        if words and words[0].startswith("*"):
            yield "*", words[-1]
        elif len(words) == 1:
            yield "default", words[0]
    for part in inside.partition("}")[0].split(",") if brace else ():
        match = _NAMED.search(part)
        if match and not part.strip().startswith("type "):
            yield match[1], match[2] or match[1]


def _others(code: str) -> Iterator[Import]:
    for match in _BARE.finditer(code) if "import" in code else ():
        yield Import(match[2], match.start(), "bare")
    for match in _DYNAMIC.finditer(code) if "require" in code or "import(" in code or "import (" in code else ():
        yield Import(match[2], match.start(), "dynamic", _bound(code, match.start()))
    for match in _GLOB.finditer(code) if "import.meta.glob" in code else ():
        for text in _TEXT.findall(match[2])[: None if match[1] else 1]:
            yield Import(text, match.start(), "glob")
    for match in _CONTEXT.finditer(code) if "require.context" in code else ():
        yield Import(match[2], match.start(), "context")


def _bound(code: str, at: int) -> tuple[tuple[str, str], ...]:
    """The name that what is imported at an offset gets: `const X = lazy(() => import(...))`."""
    before = code[max(0, at - 300) : at]
    start = max(before.rfind(word) for word in ("const ", "let ", "var "))
    match = _BINDING.match(before, start) if start >= 0 else None
    return (("*", match[1]),) if match else ()


@lru_cache(maxsize=8)
def identifiers_of(code: str) -> dict[str, int]:
    """How often each name stands in the code; what follows a slash is the part of a path, or a closing tag."""
    return Counter(_IDENTIFIER.findall(code))
