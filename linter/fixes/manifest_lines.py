"""Packages that manifests in lines require: the whole lines, or the items of lists, that name one."""

import re
from collections.abc import Callable, Iterator, Mapping

from linter.evidence import Span
from linter.fixes.lines import widened
from linter.fixes.manifest_items import Listing, without
from linter.fixes.model import Edit

MAX_LINES = 20
"""Lines of one requirement."""
MAX_ARRAYS = 20
"""Lists before a place that are looked at."""
_STRINGS = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_COMMENT = re.compile(r"#.*")
_HYPHENS = re.compile(r"[-_.]+")
_ARRAY = re.compile(r"=[ \t]*\[")
_TOML = re.compile(r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+'|#[^\n]*|[\[\]{},]")
_TAG = re.compile(r"<([\w.]+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>")
_OPEN, _CLOSE = "([{", ")]}"

Finder = Callable[[str, Span, str], "list[Edit] | str"]
"""Text, the place of the name, the name as it stands there -> the edits that take it out, or what stands in the way."""


def _lines(pattern: str, goes_on: Callable[[str], bool], *, any_case: bool = False, ends: str = "") -> Finder:
    """Requirements that are lines of their own: all lines that `pattern` matches, `NAME` in it being the name.

    `any_case`: names that differ in case and in their hyphens are the same. `ends`: what ends a statement within a line.
    """

    def find(text: str, span: Span, name: str) -> "list[Edit] | str":
        form = "[-_.]+".join(map(re.escape, _HYPHENS.split(name))) if any_case else re.escape(name)
        line = re.compile(pattern.replace("NAME", f"(?i:{form})" if any_case else form), re.MULTILINE)
        found: list[Edit] = []
        for match in line.finditer(text):
            end = _logical_end(text, match.start(), goes_on)
            if end < 0:
                return "it goes on over too many lines"
            if ends and ends in _bare(text[match.start() : end]):
                return "something else stands on its line"
            found.append(Edit(*widened(text, match.start(), end)))
        if not any(edit.begin <= span[0] and span[1] <= edit.end for edit in found):
            return "it does not stand on a line of its own"
        return found

    return find


def _logical_end(text: str, begin: int, goes_on: Callable[[str], bool]) -> int:
    """Where the line that begins at `begin` ends, with those in which it goes on; -1 where there are too many."""
    end = begin
    for _ in range(MAX_LINES):
        stop = text.find("\n", end)
        end = stop if stop >= 0 else len(text)
        if not goes_on(text[begin:end].rstrip("\r")) or stop < 0:
            return end - text.endswith("\r", begin, end)
        end += 1
    return -1


def _bare(code: str) -> str:
    """Code without the insides of strings and comments."""
    return "\n".join(_COMMENT.sub("", line) for line in _STRINGS.sub("''", code).split("\n"))


def _open_brackets(code: str) -> bool:
    bare = _bare(code)
    return sum(map(bare.count, _OPEN)) > sum(map(bare.count, _CLOSE))


def _in_ruby(code: str) -> bool:
    return _open_brackets(code) or _bare(code).rstrip().endswith((",", "\\"))


def _in_pip(code: str) -> bool:
    return code.endswith("\\")


def _toml(text: str, span: Span, name: str) -> "list[Edit] | str":
    """An entry `name = ...` of a table, or a string of a list."""
    found = _listing(text, span)
    if found is None:
        return _KEYS(text, span, name)
    listing, number = found
    edits = without(text, listing, {number})
    return "a comment stands between the entries" if edits is None else list(edits.values())


def _listing(text: str, span: Span) -> tuple[Listing, int] | None:
    """The list that a place stands in as an item, and the item's number."""
    starts = [match.end() for match in _ARRAY.finditer(text, 0, span[0])][-MAX_ARRAYS:]
    for begin in reversed(starts):
        items = _items(text, begin)
        if items is None or items.inside[1] < span[1]:
            continue
        return next(((items, n) for n, item in enumerate(items.items) if item[0] <= span[0] and span[1] <= item[1]), None)
    return None


def _items(text: str, begin: int) -> Listing | None:
    """The items of the list whose inside begins at `begin`; None where it is broken, or holds what is not known."""
    items: list[Span] = []
    depth, first, last = 0, -1, begin
    for token in _tokens(text, begin):
        mark = token[0]
        if mark in ('"""', "'''"):
            return None
        if mark[0] == "#" or (mark == "," and depth):
            continue
        if mark == "]" and not depth:
            return Listing((begin, token.start()), [*items, (first, last)] if first >= 0 else items, may_trail=True)
        if mark == ",":
            if first < 0:
                return None
            items.append((first, last))
            first = -1
            continue
        depth += (mark in _OPEN) - (mark in _CLOSE)
        first = token.start() if first < 0 else first
        last = token.end()
    return None


def _tokens(text: str, begin: int) -> Iterator[re.Match[str]]:
    return _TOML.finditer(text, begin, begin + 100_000)


def _element(text: str, span: Span, name: str) -> "list[Edit] | str":
    """An XML element that names the package in an attribute, with its end tag."""
    tag = _TAG.match(text, text.rfind("<", 0, span[0]))
    if tag is None:
        return "the file is not well formed"
    end = tag.end()
    if not tag[2].rstrip().endswith("/"):
        closing = re.compile(rf"</{re.escape(tag[1])}\s*>").search(text, end)
        if closing is None or f"<{tag[1]}" in text[end : closing.start()]:
            return "the file is not well formed"
        end = closing.end()
    return [Edit(*widened(text, tag.start(), end))]


_KEYS = _lines(r"^[ \t]*[\"']?NAME[\"']?[ \t]*=(?=[ \t]*[\"'{])", _open_brackets, any_case=True)
FINDERS: Mapping[str, Finder] = {
    "requirements": _lines(r"^[ \t]*NAME(?![\w.-])(?=[ \t]*(?:\[|[<>=!~;@#\\]|--|\r?$))", _in_pip, any_case=True),
    "setup_cfg": _lines(r"^[ \t]+NAME(?![\w.-])(?=[ \t]*(?:\[|[<>=!~;@#\\]|\r?$))", _in_pip, any_case=True),
    "pipfile": _KEYS,
    "pyproject": _toml,
    "gemfile": _lines(r"^[ \t]*gem[ \t(]+[\"']NAME[\"']", _in_ruby, ends=";"),
    "go_mod": _lines(r"^[ \t]*(?:require[ \t]+)?NAME(?:/v\d+)?[ \t]+v\d\S*", _in_pip),
    "nuget": _element,
}
"""Kind of manifest -> how a requirement in it is found."""
