"""Single-file components (Vue, Svelte, Astro, Riot, Marko): HTML whose expressions are masked, with their code read apart.

Scripts, styles, handlers and Vue's bindings are attributes and elements that the HTML reader knows; what it cannot know is
where a `{expression}` ends and what it prints.
"""

import re
from collections.abc import Iterator

from linter.evidence import Span
from linter.readers.expressions import Expressions
from linter.readers.markup import attributes, tokens
from linter.readers.masks import Filler, blank, in_order
from linter.reading import Frame, Reading
from linter.text import HOLE, Slice

_FENCE = re.compile(r"\s*---[ \t]*\r?$", re.MULTILINE)
_FENCE_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_MUSTACHE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TEMPLATE_LANG = re.compile(r"<template\b[^<>]{0,400}\blang\s*=\s*[\"']?(pug|jade|haml|slim)\b[^<>]{0,400}>", re.IGNORECASE)
_SUBSTITUTION = re.compile(r"\$\{[^{}]*\}")
_CONCATENATED = re.compile(r"(\s*(['`]))((?:(?!\2)[^\\]|\\.)*+)\2(\s*\+.*)", re.DOTALL)
_FALSE_BLOCK = re.compile(r"\{#if\s+false\s*\}")
_SCRIPT = re.compile(r"<script\b[^<>]{0,400}>([^<]*+(?:<(?!/script)[^<]*+)*+)</script", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"\{([#:/])(?:if|else|each|await|key)\b")


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a component of `frame.dialect` ("vue", "svelte", "astro", "riot", "marko")."""
    _Component(text, frame, reading).read()


class _Component:
    """The reading of one component: what is masked, and which parts never run."""

    def __init__(self, text: Slice, frame: Frame, reading: Reading) -> None:
        self._slice = text
        self._text = text.text
        self._frame = frame
        self._reading = reading
        self._fillers: list[Filler] = []

    def read(self) -> None:
        """Masks, then reads the markup."""
        dead: list[Span] = []
        if self._frame.dialect == "vue":
            self._bindings(self._foreign_template())
        else:
            start = self._front_matter() if self._frame.dialect == "astro" else 0
            expressions = Expressions(self._slice, self._frame, self._reading)
            expressions.read(start)
            self._fillers += expressions.fillers
            dead = [*expressions.dead, *_false_blocks(self._text)]
        if self._frame.dialect == "svelte":
            for match in _SCRIPT.finditer(self._text):
                if not self._reading.hits(match[1]):
                    self._script(self._slice.cut(*match.span(1)))
        masked = self._slice.mask(in_order(self._fillers))
        last, blanks = 0, list[Filler]()
        for begin, end in sorted(dead):
            if begin < last:
                continue
            last = end
            self._reading.read(masked.cut(begin, end), "html", self._frame.dormant())
            blanks += blank(masked.text, begin, end)
        self._reading.read(masked.mask(blanks), "html", self._frame)

    def _front_matter(self) -> int:
        """Astro's component script, which is TypeScript that runs when the page is built; returns where it ends."""
        start = _FENCE.match(self._text)
        end = _FENCE_END.search(self._text, start.end()) if start else None
        if not start or not end:
            return 0
        self._script(self._slice.cut(start.end(), end.start()))
        self._fillers += blank(self._text, 0, end.end())
        return end.end()

    def _script(self, code: Slice) -> None:
        """A script that gives the component's properties: where it has no hit, their defaults may be settings all the same."""
        if self._reading.hits(code.text):
            self._reading.read(code, "typescript", self._frame)
            return
        from linter.readers.javascript import read_defaults

        read_defaults(code, self._frame, self._reading)

    def _foreign_template(self) -> int:
        """A Vue template in Pug is read by its own reader; returns where it ends."""
        match = _TEMPLATE_LANG.search(self._text)
        end = self._text.rfind("</template") if match else -1
        if not match or end < match.end():
            return 0
        inside = self._slice.cut(match.end(), end)
        self._reading.read(inside, "indented", self._frame._replace(dialect="pug" if match[1] == "jade" else match[1].lower()))
        self._fillers += blank(self._text, match.end(), end)
        return end

    def _bindings(self, start: int) -> None:
        """Vue: `{{ }}` between tags, and what a bound attribute adds to a string."""
        at = start
        for token in tokens(self._text):
            self._mustaches(at, token.begin)
            at = max(at, token.end)
            if token.kind == "start" and token.begin >= start and self._reading.hits(self._text[token.begin : token.end]):
                for attribute in attributes(self._text, token):
                    if attribute.name.startswith((":", "v-bind:")):
                        self._binding(attribute.begin, attribute.end)
        self._mustaches(at, len(self._text))

    def _binding(self, begin: int, end: int) -> None:
        """Only the text of a string or template is left of a bound attribute; what is added to it becomes holes."""
        match = _CONCATENATED.fullmatch(self._text, begin, end)
        if match and ">" not in match[4]:
            self._fillers += [(*match.span(1), " "), (match.end(3), end, HOLE)]
            end = match.end(3)
        self._fillers += [(*hole.span(), HOLE) for hole in _SUBSTITUTION.finditer(self._text, begin, end)]

    def _mustaches(self, begin: int, end: int) -> None:
        while True:
            begin = self._text.find("{{", begin, end)
            close = self._text.find("}}", begin, end) if begin >= 0 else -1
            if close < 0 or not self._reading.effort(12, "expressions"):
                return
            self._reading.read(self._slice.cut(begin + 2, close), "javascript", self._frame)
            self._fillers.append((begin, close + 2, HOLE))
            begin = close + 2


def _false_blocks(text: str) -> Iterator[Span]:
    """Svelte's `{#if false}` blocks, up to their `{:else}` or `{/if}`."""
    at = 0
    while match := _FALSE_BLOCK.search(text, at):
        depth, at = 0, match.end()
        for tag in _BLOCK_TAG.finditer(text, match.end()):
            if depth == 0 and tag[1] != "#":
                yield match.end(), tag.start()
                at = tag.end()
                break
            depth += {"#": 1, ":": 0, "/": -1}[tag[1]]
        else:
            return
