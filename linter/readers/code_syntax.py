"""How languages write comments and strings: a row per language."""

import re
from collections.abc import Callable
from typing import NamedTuple

from linter import decoders
from linter.text import HOLE, Slice

Decode = Callable[[Slice], Slice]


def as_written(text: Slice) -> Slice:
    """A string without escapes."""
    return text


_BRACED = re.compile(r"\$\{[^{}\n]{0,200}\}|#\{[^{}\n]{0,200}\}|\\\([^()\n]{0,100}\)")
FORMATTED = re.compile(r"\{\{|\}\}|\{[^{}\n]{1,200}\}")
"""Interpolations of Python's f-strings and C#'s `$` strings; doubled braces are matched too, so that they are passed over."""


def c_string(text: Slice) -> Slice:
    """A string with the escapes of C and JavaScript; `${...}`, `#{...}` and `\\(...)` become holes."""
    return decoders.js_string(holed(text, _BRACED))


def _raw_interpolated(text: Slice) -> Slice:
    return holed(text, _BRACED)


def _verbatim(text: Slice) -> Slice:
    return decoders.sql_string(text, '"', backslash=False)


def _verbatim_interpolated(text: Slice) -> Slice:
    return _verbatim(holed(text, FORMATTED))


def holed(text: Slice, pattern: re.Pattern[str]) -> Slice:
    """The text with the matches of `pattern`, where longer than two characters, as holes."""
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
        Rule('r#"', '"#', as_written, escapes=False),
        Rule('R"(', ')"', as_written, escapes=False),
        Rule('"', '"', c_string, lines=False),
        Rule("'''", "'''", _raw_interpolated, escapes=False),
        Rule("'", "'", c_string, lines=False),
        Rule("`", "`", as_written, escapes=False),
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
        (_line("#"), Rule('"', '"', c_string), Rule("'", "'", as_written, escapes=False)),
        re.compile(r"<<-?\s?(?P<quote>[\"']?)(?P<name>[A-Z_a-z]\w*)(?P=quote)"),
    ),
    "lua": Syntax(
        (
            Rule("--[[", "]]", None, escapes=False),
            _line("--"),
            Rule("[[", "]]", as_written, escapes=False),
            Rule('"', '"', c_string, lines=False),
            Rule("'", "'", c_string, lines=False),
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
    "clojure": Syntax((_line(";"), Rule('"', '"', c_string))),
    "fsharp": Syntax(
        (
            _line("//"),
            Rule("(*", "*)", None, escapes=False),
            Rule('"""', '"""', as_written, escapes=False),
            Rule('"', '"', c_string),
        )
    ),
    "r": Syntax((_line("#"), Rule('"', '"', c_string), Rule("'", "'", c_string))),
}
"""Dialect -> its syntax; any other dialect is read as C."""
