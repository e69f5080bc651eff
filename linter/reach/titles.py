"""Titles of pages as their source says them: front matter, metadata objects, elements, the first heading."""

import re
from html import unescape
from typing import NamedTuple

from linter.reach.sources import code_of

_PATTERNS = (
    re.compile(r"<title\b[^<>{}]{0,200}>\s*(?:\{['\"`])?([^<>{}`]{1,200}?)(?:['\"`]\})?\s*</title", re.IGNORECASE),
    re.compile(
        r"(?<![\w$])(?:metadata|useHead|useSeoMeta|useServerSeoMeta|definePageMeta|head|meta|metaInfo|generateMetadata)(?![\w$])[^;]{0,200}?"
        r"(?<![\w$])title['\"]?\s{0,10}:\s{0,10}(?:\{\s{0,20}(?:absolute|default)\s{0,10}:\s{0,10})?(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|`([^`$\n]{1,200})`)"
    ),
    re.compile(
        r"<\w{0,30}(?:Layout|Head|SEO|Seo|Meta|Helmet|Html|HTML|Page|Shell|Root)\w{0,20}\s(?:[^<>{}]{0,200}\s)?(?:title|pageTitle|metaTitle)=(?:\{\s{0,5})?(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|`([^`$\n]{1,200})`)"
    ),
    re.compile(
        r"(?<![\w$.])(?:title|pageTitle|metaTitle|seoTitle)\s{0,10}=\s{0,10}(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|`([^`$\n]{1,200})`)"
    ),
    re.compile(r"<h1\b[^<>]{0,300}>\s{0,40}(?:<\w[^<>]{0,200}>\s{0,40}){0,3}([^<>{}\n]{2,120})<", re.IGNORECASE),
)
_HEADING = re.compile(r"^#\s{1,5}([^\n]{1,200})$", re.MULTILINE)
_FENCE = re.compile(r"^---[^\S\n]*$", re.MULTILINE)
_KEY = re.compile(r"([A-Za-z_][\w.-]{0,60})\s{0,5}:(?:[^\S\n]{1,20}(.{0,500}))?$")
_ELEMENT = re.compile(r"<[^<>]{1,200}>|<[^<>]{0,200}\Z")
_LOOKED_AT = 20_000
MAX_TITLE = 120
MAX_LINES = 300


class Said(NamedTuple):
    """A value of front matter and its line."""

    value: str
    line: int


def title_in(text: str, path: str) -> str:
    """The title that a component or a Markdown page gives itself, "" where it says none literally."""
    if path.endswith((".md", ".mdx", ".markdown")):
        said = matter_of(text).get("title")
        heading = None if said else _HEADING.search(text[:_LOOKED_AT])
        return _plain(said.value if said else heading[1] if heading else "")
    code = code_of(text, path)[:_LOOKED_AT]
    for pattern in _PATTERNS:
        match = pattern.search(code)
        if match:
            return _plain(next(filter(None, match.groups()), ""))
    return ""


def _plain(text: str) -> str:
    text = _ELEMENT.sub("", text) if "<" in text else text
    return " ".join(unescape(text).split())[:MAX_TITLE]


def matter_of(text: str) -> dict[str, Said]:
    """The plain values of YAML front matter by their keys."""
    if not text.lstrip("\ufeff").startswith("---"):
        return {}
    end = _FENCE.search(text, 4)
    found: dict[str, Said] = {}
    for number, line in enumerate(text[: end.start() if end else 0].split("\n", MAX_LINES)[:MAX_LINES], 1):
        match = _KEY.match(line.rstrip("\r"))
        if match:
            found.setdefault(match[1], Said(_unquoted((match[2] or "").strip()), number))
    return found


def _unquoted(value: str) -> str:
    if value[:1] in ("'", '"'):
        end = value.find(value[0], 1)
        return value[1:end] if end > 0 else value[1:]
    return value.partition(" #")[0].strip()
