"""The settings at the top of a page's file (front matter), and what a page without a title is called."""

import json
import re
from functools import lru_cache
from typing import NamedTuple

from linter.reach.settings_text import Mapping, mapping_of

_TOLD = frozenset(("layout", "type", "template"))
MAX_MATTER = 60_000
_OPEN = re.compile(r"\ufeff?(?:(---)(js|json|yaml|yml|toml|javascript)?[ \t]*\r?\n|(\+\+\+)[ \t]*\r?\n|(?=\{\s*\"))")
_HEADING = re.compile(r"^#{1,2}[ \t]+([^\n]{1,200}?)[ \t#]*$", re.MULTILINE)
_JS_PAIR = re.compile(r"[\"']?\b(layout|title|permalink|draft|tags)[\"']?\s*:\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|(true|false|null))")
_MARKUP_HEADING = re.compile(r"<h1\b[^>]{0,500}>([^<]{1,200})<", re.IGNORECASE)


MAX_KEPT = 2000
"""Characters of a front matter that is read once, though it is asked for when pages are listed and when they are followed."""


class Matter(NamedTuple):
    """`values` of the front matter; `body`: the line (from 1) where the rest of the file begins; `lines`: keys that choose layouts."""

    values: Mapping
    body: int = 1
    lines: tuple[tuple[str, int], ...] = ()

    def text(self, key: str) -> str:
        """A value as text, "" where it has none."""
        found = self.values.get(key)
        return found if isinstance(found, str) else ""

    def line(self, key: str) -> int:
        """The line of a key, 1 where it is not written."""
        return next((number for name, number in self.lines if name == key), 1)


def matter_of(text: str) -> Matter | None:
    """The front matter of a file (YAML, TOML, JSON or a JavaScript object), None where it has none."""
    match = _OPEN.match(text)
    if match is None:
        return None
    start = match.end()
    if match[1] is None and match[3] is None:
        return _json_matter(text)
    fence = match[1] or match[3]
    end = _fence_end(text, fence, start)
    if end is None:
        return None
    block = text[start:end]
    kind = ".js" if match[2] in ("js", "javascript") else "." + match[2] if match[2] in ("toml", "json") else ".yml"
    kind = ".toml" if fence == "+++" and kind == ".yml" else kind
    return _kept(kind, block) if len(block) <= MAX_KEPT else _matter(kind, block)


@lru_cache(maxsize=8192)
def _kept(kind: str, block: str) -> Matter:
    return _matter(kind, block)


def _matter(kind: str, block: str) -> Matter:
    values = _script_values(block) if kind == ".js" else mapping_of(kind, block)
    lines = tuple((name, number) for number, line in enumerate(block.splitlines(), 2) if (name := _key_of(line)) in _TOLD)
    return Matter(values, block.count("\n") + 3, lines)


def _fence_end(text: str, fence: str, start: int) -> int | None:
    """Where the closing fence begins; an empty front matter closes at once."""
    if text.startswith(fence, start):
        return start
    end = text.find("\n" + fence, start - 1, start + MAX_MATTER)
    return None if end < 0 else max(end + 1, start)


def _key_of(line: str) -> str:
    name = re.match(r"[\"']?([\w-]{1,60})[\"']?\s*[:=]", line)
    return name[1] if name else ""


def _json_matter(text: str) -> Matter | None:
    try:
        found, end = json.JSONDecoder().raw_decode(text.lstrip("\ufeff")[:MAX_MATTER])
    except (ValueError, RecursionError):
        return None
    return Matter(found, text[:end].count("\n") + 1) if isinstance(found, dict) else None


def _script_values(block: str) -> Mapping:
    return {match[1]: next((group for group in match.groups()[1:] if group is not None), "") for match in _JS_PAIR.finditer(block)}


def heading_of(text: str) -> str:
    """The first heading of a Markdown or HTML text, "" where it has none in its first 5,000 characters."""
    match = _HEADING.search(text[:5_000]) or _MARKUP_HEADING.search(text[:5_000])
    return " ".join(match[1].split()) if match else ""


def page_title(matter: Matter | None, text: str) -> str:
    """What a page is called: its front matter's title, or its first heading."""
    title = matter.values.get("title") if matter else None
    return str(title).strip()[:120] if isinstance(title, (str, int)) and not isinstance(title, bool) else heading_of(text)
