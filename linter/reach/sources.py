"""The code of a source file of a component framework: its text with comments blanked, and the parts of it that are code."""

import re
from functools import lru_cache

from linter.reach.modules import COMPONENTS

_COMMENT_OR_STRING = re.compile(
    r"/\*.*?(?:\*/|\Z)|(?<![:\\\"'/])//[^\n]*|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`", re.DOTALL
)
_MARKUP_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|\{\s{0,40}/\*.*?(?:\*/\s{0,40}\}|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"(<script\b[^<>]{0,1000}>)(.*?)(</script|\Z)", re.IGNORECASE | re.DOTALL)
_FRONT = re.compile(r"\s{0,200}---[^\S\n]*\n(.*?)(?:\n---|\Z)", re.DOTALL)
_FENCE = re.compile(r"^(```+|~~~+)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)|`[^`\n]{1,500}`", re.DOTALL | re.MULTILINE)
_TAGS = re.compile(r"<([A-Za-z][\w.-]*)")
_KEBAB = re.compile(r"['\"]([a-z][a-z0-9]{0,60}(?:-[a-z0-9]{1,60}){1,10})['\"]")
_REGISTERED = re.compile(r"(?<![\w$])components\s{0,20}:\s{0,20}\{([^{}]{0,4000})\}")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def blanked(text: str) -> str:
    """Spaces in place of a text, lines kept."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


@lru_cache(maxsize=4)
def without_comments(code: str) -> str:
    """The code with its comments blanked, every character at its place."""
    if "//" not in code and "/*" not in code:
        return code
    return _COMMENT_OR_STRING.sub(lambda match: blanked(match[0]) if match[0][0] == "/" else match[0], code)


@lru_cache(maxsize=4)
def code_of(text: str, path: str) -> str:
    """The text of a script or a component with comments and code samples blanked, every character at its place."""
    if not path.endswith((*COMPONENTS, ".md")):
        return without_comments(text)
    if path.endswith((".mdx", ".md")):
        text = _FENCE.sub(lambda match: blanked(match[0]), text)
    text = _MARKUP_COMMENT.sub(lambda match: blanked(match[0]), text)
    text = _SCRIPT.sub(lambda match: match[1] + without_comments(match[2]) + match[3], text)
    front = _FRONT.match(text) if path.endswith(".astro") else None
    return text[: front.start(1)] + without_comments(front[1]) + text[front.end(1) :] if front else text


def front_of(text: str, path: str) -> tuple[int, str]:
    """The code that runs before a component's markup, and its offset: the front of an Astro file, all of an MDX file, else nothing."""
    if path.endswith(".mdx"):
        return 0, code_of(text, path)
    front = _FRONT.match(text) if path.endswith(".astro") else None
    return (front.start(1), without_comments(front[1])) if front else (0, "")


@lru_cache(maxsize=4)
def tags_of(text: str) -> frozenset[str]:
    """The names of elements in a text, and the hyphenated words in quotes, which may name elements."""
    return frozenset(_TAGS.findall(text)) | frozenset(_KEBAB.findall(text))


@lru_cache(maxsize=4)
def registered_of(text: str) -> frozenset[str]:
    """The names that a Vue component registers in `components: {...}`, which pulls in nothing without an element."""
    return frozenset(name for block in _REGISTERED.findall(text) for name in _NAME.findall(block))


def kebab(name: str) -> str:
    """`FacebookPixel` as it may be written in a template: `facebook-pixel`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()
