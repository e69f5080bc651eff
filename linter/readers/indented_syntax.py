"""What tells the lines of Pug, Haml and Slim apart. Facts are from the languages' own references."""

import re
from collections.abc import Mapping
from typing import NamedTuple


class Line(NamedTuple):
    """A line that is not blank: where its text begins (behind the indentation) and ends, and its indentation in characters."""

    begin: int
    end: int
    indent: int


class Syntax(NamedTuple):
    """What tells one language's lines apart; patterns are matched where a line's text begins."""

    comment: re.Pattern[str]
    raw: re.Pattern[str]
    engine: re.Pattern[str]
    code: re.Pattern[str]
    output: re.Pattern[str]
    element: re.Pattern[str]


_MARKS = r"(?:[.#][\w\-]+)*"
SYNTAXES: Mapping[str, Syntax] = {
    "pug": Syntax(
        comment=re.compile(r"//-?"),
        raw=re.compile(r"\|[ \t]?|(?=<)"),
        engine=re.compile(r":([\w\-]+)[^\n]*"),
        code=re.compile(r"-|(?:if|else|unless|each|for|while|case|when|default|mixin|block|extends|include|append|prepend|doctype)\b(?![.(#=])|\+"),
        output=re.compile(r"!?="),
        element=re.compile(rf"(?:[A-Za-z][\w\-]*(?::[A-Za-z][\w\-]*)*(?=\W|$))?{_MARKS}"),
    ),
    "haml": Syntax(
        comment=re.compile(r"-#|/(?!\[)"),
        raw=re.compile(r"\\|(?=<)|(?=[^%.#\-=!&~:/\s])"),
        engine=re.compile(r":([\w\-]+)[^\n]*"),
        code=re.compile(r"-|!!!|/\["),
        output=re.compile(r"[!&]?==?|~|[!&] "),
        element=re.compile(rf"%[\w:\-]+{_MARKS}|[.#][\w\-]+{_MARKS}"),
    ),
    "slim": Syntax(
        comment=re.compile(r"/!?(?!\[)"),
        raw=re.compile(r"[|'][<>]*[ \t]?|(?=<)"),
        engine=re.compile(r"([a-z]+):[ \t]*(?:\w+=[^\n]*)?$", re.M),
        code=re.compile(r"-|doctype\b|/\["),
        output=re.compile(r"==?[<>']*"),
        element=re.compile(rf"[A-Za-z][\w\-]*(?::[A-Za-z][\w\-]*)*{_MARKS}|[.#][\w\-]+{_MARKS}"),
    ),
}  # fmt: skip
"""Dialect -> its syntax."""
LINE = re.compile(r"([ \t]*)(\S[^\n]*)")
"""A line that is not blank: indentation and text."""
SCRIPTS = frozenset({"javascript", "js", "uglify-js", "babel", "es6", "typescript", "coffee", "coffeescript"})
"""Filters and engines whose block is a script."""
TEXTS = frozenset({"plain", "html", "cdata", "erb", "markdown", "md", "markdown-it"})
"""Filters whose block is markup."""
CLOSED = frozenset("script style noscript template iframe textarea title object amp-analytics pre code".split())
"""Elements whose end decides how what is inside is read."""
