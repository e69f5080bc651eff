"""How the insides of template tags open, divide and end blocks, language by language."""

import re
from collections.abc import Callable
from typing import Literal

Flow = Literal["", "open", "else", "end"]
"""What a tag does to the block structure."""

_WORD = re.compile(r"[\s~+#/^@-]*([\w.]+)")
FALSE = re.compile(
    r"[\s~+#@-]*(?:(?:if|elseif|elsif|elif)\b[\s(]*(?:false|0|nil|null|none)|unless\b[\s(]*true)[\s){:~+-]*(?:then[\s~+-]*)?$",
    re.IGNORECASE,
)
"""A tag's inside that opens a block which never runs."""
TRUE_ELSE = re.compile(r"[\s~+#@-]*(?:if\b[\s(]*true|unless\b[\s(]*(?:false|nil))[\s){:~+-]*(?:then[\s~+-]*)?$", re.IGNORECASE)
"""A tag's inside that opens a block whose other branches never run."""


def word(inside: str) -> str:
    """The first word of a tag's inside, lower case."""
    match = _WORD.match(inside)
    return match[1].lower() if match else ""


def by_words(opens: str, elses: str = "else elsif elseif elif") -> Callable[[str], Flow]:
    """Blocks told by words: `if` ... `else` ... `endif`, `end_if` or `/if`."""
    names, branches = frozenset(opens.split()), frozenset(elses.split())

    def flow(inside: str) -> Flow:
        name = word(inside)
        if inside.lstrip(" \t\r\n~-").startswith("/"):
            return "end" if name in names else ""
        if name in names:
            return "open"
        if name in branches:
            return "else"
        return "end" if name.startswith("end") and name[3:].lstrip("_") in names else ""

    return flow


def go(inside: str) -> Flow:
    """Blocks of Go templates, which all end with `end`."""
    name = word(inside)
    if name in ("if", "range", "with", "block", "define"):
        return "open"
    return "else" if name == "else" else "end" if name == "end" else ""


def handlebars(inside: str) -> Flow:
    """Blocks of Handlebars and Mustache: `#x` or `^x`, `else` or `^`, `/x`."""
    text = inside.strip(" \t\r\n~")
    if text[:1] == "#" or (text[:1] == "^" and len(text) > 1):
        return "open"
    return "end" if text[:1] == "/" else "else" if text == "^" or word(text) == "else" else ""


_RUBY_OPEN = re.compile(r"(?:if|unless|case|while|until|for|begin)\b|.*\bdo\b(?:\s*\|[^|]*\|)?$|.*(?:->|=>)$", re.DOTALL | re.IGNORECASE)


def code(inside: str) -> Flow:
    """Blocks of Ruby, Elixir, JavaScript, C#, Java and VBScript code between `<% %>`."""
    text = inside.strip(" \t\r\n-_=")
    if text.endswith(("{", ":")):
        return "else" if text.startswith("}") or word(text) == "else" else "open"
    if text.startswith("}"):
        return "end"
    name = word(text)
    if name in ("end", "endif", "next", "loop", "wend"):
        return "end"
    if name in ("else", "elsif", "elseif", "when"):
        return "else"
    return "open" if _RUBY_OPEN.match(text) else ""


def none(inside: str) -> Flow:
    """A dialect whose blocks are told otherwise."""
    return ""
