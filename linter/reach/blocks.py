"""Blocks of layouts that templates put their own in the place of: what stands in a replaced block is not on the page.

Read are `{% block %}` (Jinja, Twig, Nunjucks, Django), Blade's `@section ... @show` and `@yield` with a default, and Go's `block`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.reach.scripts import Lines

_TAG = re.compile(
    r"\{%[-+~]?\s{0,40}(?:block\s{1,40}(?P<curly>[\w.:-]{1,100})(?P<rest>(?:[^%{]|%(?!\})|\{(?!%)){0,300}+)|(?P<endcurly>endblock)\b[^%{]{0,120})%\}"
    r"|(?<![\w@])@section\s{0,10}\(\s{0,10}['\"](?P<blade>[^'\"\n]{1,100})['\"]\s{0,10}(?P<given>[,)])"
    r"|(?<![\w@])@(?P<endblade>endsection|stop|show|append|overwrite)\b"
    r"|(?<![\w@])@yield\s{0,10}\(\s{0,10}['\"](?P<yield>[^'\"\n]{1,100})['\"]\s{0,10},(?:[^()\n]|\([^()\n]{0,200}\)){0,400}\)"
    r"|\{\{-?\s{0,40}(?:(?P<word>block|define)\s{1,40}[\"`](?P<go>[^\"`\n]{1,100})[\"`]|(?P<opens>if|with|range)\b|(?P<endgo>end)\b)[^{}]{0,400}\}\}"
)
BASE = "base of layouts"
"""The note of a link from Go's layouts to the one whose blocks they define."""
_PLAIN = re.compile(r"\s*(?:scoped|required|\s)*[-+~]?\Z")
_PARENT = re.compile(r"\{\{[-~]?\s{0,40}(?:super|parent|block\.super)\b|(?<![\w@])@parent\b")
_OF = {"endcurly": ("curly",), "endblade": ("blade",), "endgo": ("block", "define", "opens")}


class Block(NamedTuple):
    """A block: its name, the offsets of it with its tags, and whether it shows what stands there in the layout (`super()`)."""

    name: str
    start: int
    end: int
    keeps: bool
    is_default: bool
    """Whether it prints where it stands: Blade's `@section ... @endsection` and Go's `define` do not."""


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a text without comments; those that never end are none."""
    opened: list[tuple[str, str, int, int]] = []
    for match in _TAG.finditer(text) if "block" in text or "@section" in text or "@yield" in text or "define" in text else ():
        if match["curly"] and not _PLAIN.match(match["rest"]):
            yield Block(match["curly"], match.start(), match.end(), False, True)
        elif match["yield"]:
            yield Block(match["yield"], match.start(), match.end(), False, True)
        elif match["blade"] and match["given"] == ",":
            yield Block(match["blade"], match.start(), match.end(), False, False)
        elif match["curly"] or match["blade"] or match["go"] or match["opens"]:
            kind = match["word"] or ("opens" if match["opens"] else "curly" if match["curly"] else "blade")
            opened.append((kind, match["curly"] or match["blade"] or match["go"] or "", match.start(), match.end()))
        elif opened and opened[-1][0] in _OF[match.lastgroup or "endgo"]:
            kind, name, start, inner = opened.pop()
            if kind != "opens":
                keeps = match["endblade"] == "append" or bool(_PARENT.search(text, inner, match.start()))
                yield Block(name, start, match.end(), keeps, match["endblade"] == "show" or kind in ("curly", "block"))


def replaced_by(text: str) -> frozenset[str]:
    """The names of the blocks of a layout that a template which extends it replaces, so that nothing of theirs is shown."""
    return frozenset(block.name for block in blocks_of(text) if not block.keeps)


def lines_of(text: str, names: frozenset[str]) -> frozenset[int]:
    """The lines on which nothing but blocks of these names stands, from 1."""
    lines = Lines(text)
    found: set[int] = set()
    for block in blocks_of(text):
        if block.name in names and block.is_default:
            first, last = lines.at(block.start), lines.at(block.end)
            begin = text.rfind("\n", 0, block.start) + 1
            end = text.find("\n", block.end)
            first += bool(text[begin : block.start].strip())
            last -= bool(text[block.end : end if end >= 0 else len(text)].strip())
            found.update(range(first, last + 1))
    return frozenset(found)
