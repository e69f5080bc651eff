"""A linear scanner for the strings and comments of any language in `code_syntax`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter import decoders
from linter.readers.code_syntax import FORMATTED, Decode, Rule, Syntax, as_written, c_string, holed

MAX_UNCLOSED = 50
"""Openings that nothing closed, after which here-documents and percent literals are no longer looked for."""

_PERCENT = re.compile(r"%([qQwW]?)([\[({<|!])")
_PAIRS = {"[": "]", "(": ")", "{": "}", "<": ">"}
_PREFIX = re.compile(r"[A-Za-z@$]{1,3}\Z")


class Lexeme(NamedTuple):
    """A string (`decode` set) or a comment: text[begin:end], its inside text[inner:stop]."""

    begin: int
    end: int
    inner: int
    stop: int
    decode: Decode | None
    prefix: str = ""


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
            if lexeme is None:
                at = max(at, _rest_of_line(text, at, unclosed))
        elif match[0] == "<<" and syntax.heredoc is not None:
            lexeme = _heredoc(text, match.start(), syntax.heredoc, unclosed)
        else:
            lexeme = _percent(text, match.start(), unclosed)
        if lexeme is not None:
            yield lexeme
            at = lexeme.end


def _rest_of_line(text: str, at: int, unclosed: list[str]) -> int:
    """Where to go on behind a quote that nothing on its line closes: behind it, or behind the line once there were many."""
    unclosed.append("")
    if len(unclosed) <= MAX_UNCLOSED:
        return at
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


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
            return as_written
        return lambda text: holed(text, FORMATTED) if "r" in prefix else decoders.python_string(holed(text, FORMATTED))
    if rule.decode is c_string and "$" in prefix:
        return lambda text: decoders.js_string(holed(text, FORMATTED))
    return rule.decode


def _close(text: str, at: int, rule: Rule) -> int:
    """Where the string that begins at `at` closes: the end of the text if never, -1 if not on its line but should."""
    marks = [re.escape(rule.closing)]
    if rule.escapes:
        marks.insert(0, r"(?:\\.)++")
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
    decode: Decode = as_written if quote == "'" else decoders.ruby_double
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
                decode = decoders.php_single if opening[1] == "q" else decoders.ruby_double
                return Lexeme(begin, match.end(), opening.end(), match.start(), decode)
        elif match[0] == first:
            depth += 1
    unclosed.append(first)
    return None
