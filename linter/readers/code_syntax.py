"""How languages write comments and strings: a row per language, and a linear scanner that works from the row."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from linter import decoders
from linter.text import HOLE, Slice

Decode = Callable[[Slice], Slice]


def _as_written(text: Slice) -> Slice:
    return text


_BRACED = re.compile(r"\$\{[^{}\n]{0,200}\}|#\{[^{}\n]{0,200}\}|\\\([^()\n]{0,100}\)")
_FORMATTED = re.compile(r"\{\{|\}\}|\{[^{}\n]{1,200}\}")


def _c_string(text: Slice) -> Slice:
    return decoders.js_string(_holed(text, _BRACED))


def _raw_interpolated(text: Slice) -> Slice:
    return _holed(text, _BRACED)


def _verbatim(text: Slice) -> Slice:
    return decoders.sql_string(text, '"', backslash=False)


def _verbatim_interpolated(text: Slice) -> Slice:
    return _verbatim(_holed(text, _FORMATTED))


def _holed(text: Slice, pattern: re.Pattern[str]) -> Slice:
    spans = [(*match.span(), HOLE) for match in pattern.finditer(text.text) if len(match[0]) > 2]
    return text.mask(spans) if spans else text


class Rule(NamedTuple):
    """A string or comment: what opens and closes it, whether `\\` escapes and a doubled close is one, and whether it may
    go over lines. `decode` is None for comments."""

    opening: str
    closing: str
    decode: Decode | None = None
    escapes: bool = True
    doubled: bool = False
    lines: bool = True


class Syntax(NamedTuple):
    """The rules of a language; `heredoc` is the pattern of a here-document's opening, with the groups `quote` and `name`."""

    rules: tuple[Rule, ...]
    heredoc: re.Pattern[str] | None = None
    percent: bool = False


class Lexeme(NamedTuple):
    """A string (`decode` set) or a comment: text[begin:end], its inside text[inner:stop]."""

    begin: int
    end: int
    inner: int
    stop: int
    decode: Decode | None
    prefix: str = ""


def _line(mark: str) -> Rule:
    return Rule(mark, "\n", None, escapes=False)


_SLASHES = (_line("//"), Rule("/*", "*/", None, escapes=False))
_RUBY_HEREDOC = re.compile(r"<<[~-]?(?P<quote>[\"'`]?)(?P<name>[A-Z_a-z]\w*)(?P=quote)")
_C = Syntax(
    (
        *_SLASHES,
        Rule('"""', '"""', _raw_interpolated, escapes=False),
        Rule('$@"', '"', _verbatim_interpolated, escapes=False, doubled=True),
        Rule('@$"', '"', _verbatim_interpolated, escapes=False, doubled=True),
        Rule('@"', '"', _verbatim, escapes=False, doubled=True),
        Rule('r#"', '"#', _as_written, escapes=False),
        Rule('R"(', ')"', _as_written, escapes=False),
        Rule('"', '"', _c_string, lines=False),
        Rule("'''", "'''", _raw_interpolated, escapes=False),
        Rule("'", "'", _c_string, lines=False),
        Rule("`", "`", _as_written, escapes=False),
    )
)
SYNTAXES: dict[str, Syntax] = {
    "c": _C,
    "ruby": Syntax(
        (
            _line("#"),
            Rule("\n=begin", "\n=end", None, escapes=False),
            Rule('"', '"', decoders.ruby_double),
            Rule("'", "'", decoders.php_single),
            Rule("`", "`", decoders.ruby_double),
        ),
        _RUBY_HEREDOC,
        percent=True,
    ),
    "python": Syntax(
        (
            _line("#"),
            Rule('"""', '"""', decoders.python_string),
            Rule("'''", "'''", decoders.python_string),
            Rule('"', '"', decoders.python_string, lines=False),
            Rule("'", "'", decoders.python_string, lines=False),
        )
    ),
    "shell": Syntax(
        (_line("#"), Rule('"', '"', _c_string), Rule("'", "'", _as_written, escapes=False)),
        re.compile(r"<<-?\s?(?P<quote>[\"']?)(?P<name>[A-Z_a-z]\w*)(?P=quote)"),
    ),
    "lua": Syntax(
        (
            Rule("--[[", "]]", None, escapes=False),
            _line("--"),
            Rule("[[", "]]", _as_written, escapes=False),
            Rule('"', '"', _c_string, lines=False),
            Rule("'", "'", _c_string, lines=False),
        )
    ),
    "elixir": Syntax(
        (
            _line("#"),
            Rule('"""', '"""', decoders.ruby_double),
            Rule("'''", "'''", decoders.ruby_double),
            Rule('"', '"', decoders.ruby_double),
            Rule("'", "'", decoders.ruby_double),
        )
    ),
    "sql": Syntax(
        (
            _line("-- "),
            Rule("/*", "*/", None, escapes=False),
            Rule("'", "'", decoders.sql_string, doubled=True),
            Rule('"', '"', lambda text: decoders.sql_string(text, '"'), doubled=True),
        )
    ),
    "perl": Syntax(
        (_line("#"), Rule('"', '"', decoders.ruby_double), Rule("'", "'", decoders.php_single)),
        re.compile(r"<<~?(?P<quote>[\"'])(?P<name>\w+)(?P=quote)|<<~?(?P<quote2>)(?P<name2>[A-Z_]{2,})\b"),
    ),
    "clojure": Syntax((_line(";"), Rule('"', '"', _c_string))),
    "fsharp": Syntax((_line("//"), Rule("(*", "*)", None, escapes=False), Rule('"""', '"""', _as_written, escapes=False), Rule('"', '"', _c_string))),
    "r": Syntax((_line("#"), Rule('"', '"', _c_string), Rule("'", "'", _c_string))),
}
"""Dialect -> its syntax; any other dialect is read as C."""

_PERCENT = re.compile(r"%([qQwW]?)([\[({<|!])")
_PAIRS = {"[": "]", "(": ")", "{": "}", "<": ">"}
_PREFIX = re.compile(r"[A-Za-z@$]{1,3}\Z")


def scan(text: str, syntax: Syntax) -> Iterator[Lexeme]:
    """The strings and comments of code, in order. Linear: what is opened is skipped to its end."""
    by_opening = {rule.opening: rule for rule in syntax.rules}
    openings = [re.escape(mark) for mark in sorted(by_opening, key=len, reverse=True)]
    if syntax.heredoc is not None:
        openings.append("<<")
    if syntax.percent:
        openings.append(_PERCENT.pattern)
    pattern = re.compile("|".join(openings))
    at = 0
    unclosed: list[str] = []
    while (match := pattern.search(text, at)) is not None:
        at = match.end()
        if match[0] in by_opening:
            lexeme = _ruled(text, match.start(), by_opening[match[0]])
        elif match[0] == "<<" and syntax.heredoc is not None:
            lexeme = _heredoc(text, match.start(), syntax.heredoc, unclosed)
        else:
            lexeme = _percent(text, match.start(), unclosed)
        if lexeme is not None:
            yield lexeme
            at = lexeme.end


def _ruled(text: str, begin: int, rule: Rule) -> Lexeme | None:
    inner = begin + len(rule.opening)
    if rule.decode is None:
        stop = text.find(rule.closing, inner)
        stop = len(text) if stop < 0 else stop
        return Lexeme(begin, stop if rule.closing == "\n" else min(stop + len(rule.closing), len(text)), inner, stop, None)
    stop = _close(text, inner, rule)
    if stop < 0:
        return None
    prefix = _PREFIX.search(text, max(begin - 3, 0), begin)
    found = prefix[0].lower() if prefix else ""
    return Lexeme(begin, min(stop + len(rule.closing), len(text)), inner, stop, _prefixed(rule, found), found)


def _prefixed(rule: Rule, prefix: str) -> Decode | None:
    """How a string with a prefix (Python's `r`, `f`, C#'s `$`) is decoded."""
    if rule.decode is decoders.python_string and prefix in {"r", "br", "rb", "fr", "rf", "f"}:
        if "f" not in prefix:
            return _as_written
        return lambda text: _holed(text, _FORMATTED) if "r" in prefix else decoders.python_string(_holed(text, _FORMATTED))
    if rule.decode is _c_string and "$" in prefix:
        return lambda text: decoders.js_string(_holed(text, _FORMATTED))
    return rule.decode


def _close(text: str, at: int, rule: Rule) -> int:
    """Where the string that begins at `at` closes: the end of the text if never, -1 if not on its line but should."""
    marks = [re.escape(rule.closing)]
    if rule.escapes:
        marks.insert(0, r"\\.")
    if not rule.lines:
        marks.append("\n")
    pattern = re.compile("|".join(marks), re.DOTALL)
    while (match := pattern.search(text, at)) is not None:
        at = match.end()
        if match[0] == "\n":
            return -1
        if match[0] == rule.closing:
            if not (rule.doubled and text.startswith(rule.closing, at)):
                return match.start()
            at += len(rule.closing)
    return len(text) if rule.lines else -1


MAX_UNCLOSED = 50
"""Openings that nothing closed, after which here-documents and percent literals are no longer looked for."""


def _heredoc(text: str, begin: int, pattern: re.Pattern[str], unclosed: list[str]) -> Lexeme | None:
    opening = pattern.match(text, begin)
    if opening is None or len(unclosed) > MAX_UNCLOSED:
        return None
    groups = opening.groupdict()
    name, quote = groups["name"] or groups.get("name2") or "", groups["quote"] or ""
    inner = text.find("\n", opening.end()) + 1
    closing = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*;?\r?$", re.MULTILINE).search(text, inner) if inner else None
    if closing is None:
        unclosed.append(name)
        return None
    decode: Decode = _as_written if quote == "'" else decoders.ruby_double
    return Lexeme(begin, closing.end(), inner, closing.start(), decode)


def _percent(text: str, begin: int, unclosed: list[str]) -> Lexeme | None:
    """Ruby's `%q(...)`; brackets of its own kind may nest in it."""
    opening = _PERCENT.match(text, begin)
    if opening is None or len(unclosed) > MAX_UNCLOSED or (not opening[1] and text[max(begin - 1, 0)] not in " (=,\n"):
        return None
    first, last = opening[2], _PAIRS.get(opening[2], opening[2])
    depth = 1
    for match in re.compile(rf"\\.|[{re.escape(first + last)}]", re.DOTALL).finditer(text, opening.end(), opening.end() + 20_000):
        if match[0] == last:
            depth -= 1
            if depth == 0:
                return Lexeme(begin, match.end(), opening.end(), match.start(), decoders.php_single if opening[1] == "q" else decoders.ruby_double)
        elif match[0] == first:
            depth += 1
    unclosed.append(first)
    return None
