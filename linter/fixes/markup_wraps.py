"""Conditions that would be left around nothing: `{% if settings.pixel %}...{% endif %}`, where asking has no effect of its own."""

import re

from linter.evidence import Span
from linter.fixes.balance import holds_whole_blocks
from linter.fixes.markup_elements import before_blanks, behind_blanks

_ASKS = r"\b(?:config|env|isset|empty|defined|get_\w+|is_\w+|has_\w+|settings?|theme_option|current_user_can)\s{0,3}\([^()]{0,120}\)"
_PLAIN = r"(?:[\w.$@\s\"'&|?:,\[\]/-]|[!<>](?!=)|[=!<>]={1,2}(?!=))"
"""A character of a condition that only compares names and values, or an operator that compares."""
_PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "liquid": ((rf"\{{%-?\s*(?:if|unless)\s{_PLAIN}{{1,200}}-?%\}}", r"\{%-?\s*end(?:if|unless)\s*-?%\}"),),
    "twig": ((rf"\{{%[-+]?\s*if\s{_PLAIN}{{1,200}}[-+]?%\}}", r"\{%[-+]?\s*endif\s*[-+]?%\}"),),
    "handlebars": ((r"\{\{~?#(?:if|unless)\s+[\w.@/-]{1,100}\s*~?\}\}", r"\{\{~?/(?:if|unless)\s*~?\}\}"),),
    "go": ((rf"\{{\{{-?\s*(?:if|with)\s{_PLAIN}{{1,200}}-?\}}\}}", r"\{\{-?\s*end\s*-?\}\}"),),
    "erb": (
        (rf"<%-?\s*(?:if|unless)\s{_PLAIN}{{1,200}}-?%>", r"<%-?\s*end\s*-?%>"),
        (rf"<%[-_]?\s*if\s*\({_PLAIN}{{1,200}}\)\s*\{{\s*[-_]?%>", r"<%[-_]?\s*\}\s*[-_]?%>"),
    ),
    "blade": (
        (rf"@(?:if|isset|env)\s*\((?:{_PLAIN}|{_ASKS}){{1,200}}\)", r"@end(?:if|isset|env)\b"),
        (r"@(?:production|guest|auth)\b", r"@end(?:production|guest|auth)\b"),
    ),
    "smarty": ((rf"\{{if\s{_PLAIN}{{1,200}}\}}", r"\{/if\}"),),
    "silverstripe": ((rf"<%\s*if\s{_PLAIN}{{1,200}}%>", r"<%\s*end_if\s*%>"),),
    "razor": ((rf"@if\s*\({_PLAIN}{{1,200}}\)\s*\{{", r"\}"),),
    "svelte": ((rf"\{{#if\s{_PLAIN}{{1,200}}\}}", r"\{/if\}"),),
    "astro": (
        (rf"\{{{_PLAIN}{{1,200}}&&\s*\(", r"\)\s*\}"),
        (rf"\{{{_PLAIN}{{1,200}}&&", r"\}"),
    ),
    "": (
        (rf"<\?php\s+if\s*\((?:{_PLAIN}|{_ASKS}){{1,200}}\)\s*[:{{]\s*\?>", r"<\?php\s+(?:endif\s*;?|\})\s*\?>"),
    ),
}  # fmt: skip
"""How a condition and its end are written, by dialect; PHP's is in pages of no dialect. What calls a function is none of these, but
for those that only tell how a site is set up."""
_TABLE = {name: tuple((re.compile(opening), re.compile(closing)) for opening, closing in rows) for name, rows in _PATTERNS.items()}
REACH = 300
"""Characters of the longest condition."""


def wrapping(text: str, span: Span, dialect: str) -> Span | None:
    """The condition around a span that holds nothing but it, from its first to its last tag; None where there is none."""
    begin, end = before_blanks(text, span[0]), behind_blanks(text, span[1])
    window = text[max(begin - REACH, 0) : begin]
    for opening, closing in _TABLE.get(dialect, ()):
        behind = closing.match(text, end)
        first = next((at for at in _starts(window) if opening.fullmatch(window, at)), None) if behind else None
        if behind is None or first is None:
            continue
        outer = begin - len(window) + first, behind.end()
        if holds_whole_blocks(text, *outer, dialect):
            return outer
    return None


def _starts(window: str) -> list[int]:
    """Where a tag could begin, the last first."""
    return [at for at in range(len(window) - 1, -1, -1) if window[at] in "{<@"][:6]
