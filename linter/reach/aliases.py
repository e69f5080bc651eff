"""Short names for folders in imports: `paths` of tsconfig and jsconfig, and literal aliases of bundler configurations."""

import json
import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.reach.site import Site

_CONFIGS = re.compile(
    r"(?:vite|vitest|nuxt|astro|next|svelte|vue|webpack(?:\.\w+)?|rollup|craco|babel|quasar|electron\.vite|rsbuild)\.config\.(?:js|ts|mjs|cjs|mts|cts)"
    r"|gatsby-node\.(?:js|ts|mjs)|\.babelrc(?:\.js|\.json)?|config-overrides\.js"
)
_COMMENT_OR_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_COMMA = re.compile(r",(?=\s*[}\]])")
_ALIAS = re.compile(r"\balias(?:es)?['\"]?\s{0,20}[:=]\s{0,20}([{\[])")
_PAIR = re.compile(r"(?:['\"]([^'\"\n]{1,80})['\"]|([\w$]{1,80}))\s{0,20}:(?!:)([^\n]{1,300})")
_FIND = re.compile(r"find\s{0,20}:\s{0,20}['\"]([^'\"\n]{1,80})['\"]\s{0,20},\s{0,200}replacement\s{0,20}:([^\n]{1,300})")
_TEXT = re.compile(r"['\"`]([^'\"`\n]{0,200})['\"`]")
MAX_ALIASES = 200
MAX_CONFIG = 200_000
"""Characters of a configuration that are looked at."""


class Alias(NamedTuple):
    """`written` at the beginning of an import (or all of it, if `whole`) stands for the path `target`."""

    written: str
    whole: bool
    target: str


def aliases_of(site: Site) -> dict[str, tuple[Alias, ...]]:
    """The aliases by the folder of the configuration that has them; those of TypeScript first."""
    found: dict[str, list[Alias]] = {}
    for path in sorted(site.files):
        folder, _, name = path.rpartition("/")
        if name.endswith(".json") and name.startswith(("tsconfig", "jsconfig")):
            rows = list(_of_paths(lenient_object(site.text(path)), folder))
            found[folder] = (
                [*rows, *found.get(folder, [])] if name in ("tsconfig.json", "jsconfig.json") else [*found.get(folder, []), *rows]
            )
        elif _CONFIGS.fullmatch(name):
            found.setdefault(folder, []).extend(_of_config(site.text(path)[:MAX_CONFIG], folder, site))
    return {folder: tuple(dict.fromkeys(rows))[:MAX_ALIASES] for folder, rows in found.items() if rows}


def lenient_object(text: str) -> dict[str, object]:
    """The object of a JSON text with comments and trailing commas, empty where it cannot be read."""
    bare = _COMMENT_OR_TEXT.sub(lambda match: match[0] if match[0][0] == '"' else " ", text[:MAX_CONFIG])
    try:
        value = json.loads(_COMMA.sub("", bare))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _of_paths(config: dict[str, object], folder: str) -> Iterator[Alias]:
    options = config.get("compilerOptions")
    if not isinstance(options, dict):
        return
    base = options.get("baseUrl")
    top = posixpath.normpath(posixpath.join(folder, base)) if isinstance(base, str) else folder
    paths = options.get("paths")
    for pattern, targets in paths.items() if isinstance(paths, dict) else ():
        for target in targets if isinstance(targets, list) else ():
            if isinstance(target, str) and pattern != "*":
                whole = not pattern.endswith("*")
                yield Alias(pattern.rstrip("*"), whole, _joined(top, target.rstrip("*")))
    if isinstance(base, str):
        yield Alias("", False, "" if top == "." else top)


def _of_config(text: str, folder: str, site: Site) -> Iterator[Alias]:
    """`alias: {"@": path.resolve(__dirname, "src")}` and its like: the texts of the value are the parts of a path that exists."""
    for match in _ALIAS.finditer(text):
        inside = bracket(text, match.end() - 1)
        rows = [(key or word, value) for key, word, value in _PAIR.findall(inside)] if match[1] == "{" else _FIND.findall(inside)
        for written, value in rows:
            target = _joined(folder, "/".join(part.strip("/") for part in _TEXT.findall(value)))
            if target in site.folders:
                yield from (Alias(written.rstrip("/*") + "/", False, target), Alias(written, True, target))
            elif target in site.files:
                yield Alias(written.rstrip("$"), True, target)


def bracket(text: str, start: int) -> str:
    """What stands in the bracket that opens at `start`, 4000 characters at most."""
    depth = 0
    for at in range(start, min(len(text), start + 4000)):
        depth += (text[at] in "{[(") - (text[at] in "}])")
        if depth == 0:
            return text[start + 1 : at]
    return text[start + 1 : start + 4000]


def _joined(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    return "" if joined == "." else joined
