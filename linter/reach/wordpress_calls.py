"""What the code of a WordPress theme or plugin pulls in by WordPress functions: parts of the theme, scripts, block templates."""

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from linter.reach.model import How
from linter.reach.php_files import Files, literals_of
from linter.reach.php_paths import HERE, HOLE, Paths, arguments_of
from linter.reach.php_text import Php
from linter.reach.wordpress_theme import Theme

_CALL = re.compile(
    r"(?<![\w$>])(?P<name>get_header|get_footer|get_sidebar|get_template_part|locate_template|load_template|get_search_form|comments_template"
    r"|block_template_part|wc_get_template_part|wc_get_template|wp_(?:enqueue|register)_script(?:_module)?|Timber(?:\\Timber)?::(?:render|compile)"
    r"|glob)\s*+\("
)
_RENDERED = re.compile(r"['\"]render_template['\"]\s*+=>\s*+")
_BLOCK = re.compile(r"<!--\s*+wp:(template-part|pattern)\s++(\{[^{}]{0,500}(?:\{[^{}]{0,200}\}[^{}]{0,200})?\})")
_SLUG = re.compile(r"\"slug\"\s*+:\s*+\"([\w./-]{1,120})\"")
_PATTERN = re.compile(r"^[ \t/*#]*Slug:\s*([\w./-]{1,120})", re.MULTILINE)
_BLOCK_FILE = re.compile(r"\"(?:render|renderTemplate|viewScript|viewScriptModule|script)\"\s*+:\s*+\"(?:file:)?([\w./-]{1,200})\"")
_ASSIGNED = re.compile(r"\s*+\$\w++\s*+=(?!=)\s*+")


class Pull(NamedTuple):
    """A file that is pulled in at an offset."""

    target: str
    how: How
    offset: int
    note: str = ""


class Calls:
    """Reads the calls of one file, for one theme (None in a plugin where there is none)."""

    def __init__(self, php: Php, paths: Paths, files: Files, theme: Theme | None, asking: str) -> None:
        self._php = php
        self._paths = paths
        self._files = files
        self._theme = theme
        self._asking = asking

    def pulls(self) -> Iterator[Pull]:
        """Everything the calls of the file pull in."""
        for match in _CALL.finditer(self._php.text):
            if self._php.in_code(match.start()):
                name = match["name"]
                arguments = [
                    self._paths.values(_ASSIGNED.sub("", written, count=1)) for written in arguments_of(self._php.text, match.end())
                ]
                how: How = "script" if "script" in name else "include"
                for target in self._targets(name, arguments, match.end()):
                    yield Pull(target, how, match.start())
        for match in _RENDERED.finditer(self._php.text):
            for value in self._paths.values(self._php.text[match.end() : match.end() + 200]):
                if path := self._in_theme(value):
                    yield Pull(path, "component", match.start(), "where the CMS puts it")

    def _targets(self, name: str, arguments: Sequence[Sequence[str]], offset: int) -> list[str]:
        first = arguments[0] if arguments else [""]
        second = arguments[1] if len(arguments) > 1 else [""]
        if "script" in name:
            return self._all(second)
        if name == "glob":
            return [
                path for value in first for path in self._files.matching(value.replace("*", HOLE), self._asking) if path != self._asking
            ]
        if name == "load_template":
            return self._all(first)
        if self._theme is None:
            return []
        if name in ("locate_template", "comments_template", "wc_get_template") or "::" in name:
            return self._listed(name, first, offset)
        found: list[str] = []
        for value in first:
            for special in second:
                found += self._theme.templates(_names(name, value, special))
        return list(dict.fromkeys(found))

    def _listed(self, name: str, first: Sequence[str], offset: int) -> list[str]:
        """The files of calls that take one name or a list of names; where they are variables, the names of the file that fit."""
        assert self._theme is not None
        written = (arguments_of(self._php.text, offset) or [""])[0]
        names = literals_of(written)
        if name == "comments_template":
            names = [first[0].lstrip("/") or "comments.php"] if HOLE not in first[0] else ["comments.php"]
        elif any(HOLE in value for value in first):
            literals = literals_of(self._php.code)
            names += [value.replace(HOLE, literal) for value in first if value.count(HOLE) == 1 for literal in literals]
        else:
            names += first
        start = "woocommerce/" if name == "wc_get_template" else ""
        return [path for each in dict.fromkeys(names) if "." in each and (path := self._in_theme(start + each))]

    def _in_theme(self, value: str) -> str | None:
        """A file by its path in the theme (Timber: in its folders for views), or by its whole path."""
        if value.startswith(HERE) or self._theme is None:
            return self._files.file(value, self._asking)
        value = value.lstrip("/")
        found = self._theme.find(value, f"views/{value}", f"templates/{value}", f"resources/views/{value}")
        return found or (self._files.file(HERE + posixpath.join(self._theme.family.child, value), self._asking) if "/" in value else None)

    def _all(self, values: Sequence[str]) -> list[str]:
        found: list[str] = []
        for value in values:
            path = self._files.file(value, self._asking)
            if path:
                found.append(path)
            elif HOLE in value and value != HOLE:
                found += self._files.filled(value, self._asking, literals_of(self._php.code)) or self._files.matching(value, self._asking)
        return found


def _names(name: str, value: str, special: str) -> list[str]:
    """The files that a call asks for, the best first."""
    if name in ("get_header", "get_footer", "get_sidebar"):
        stem = name[4:]
        return [f"{stem}-{value}.php", f"{stem}.php"] if value else [f"{stem}.php"]
    if name == "get_search_form":
        return ["searchform.php"]
    if name == "block_template_part":
        return [f"parts/{value}.html", f"block-template-parts/{value}.html"]
    start = "woocommerce/" if name == "wc_get_template_part" else ""
    return [f"{start}{value}-{special}.php", f"{start}{value}.php"] if special else [f"{start}{value}.php"]


def block_pulls(text: str, theme: Theme, patterns: dict[str, str]) -> Iterator[Pull]:
    """The parts and patterns that a block template names. `patterns`: files by slug."""
    for match in _BLOCK.finditer(text):
        slug = _SLUG.search(match[2])
        if slug is None:
            continue
        names = (f"parts/{slug[1]}.html", f"block-template-parts/{slug[1]}.html")
        path = patterns.get(slug[1]) if match[1] == "pattern" else theme.find(*names)
        if path:
            yield Pull(path, "component", match.start())


def patterns_of(theme: Theme, read: Callable[[str], str]) -> dict[str, str]:
    """The block patterns of a theme by their slugs."""
    found: dict[str, str] = {}
    for name, path in theme.files.items():
        if name.startswith("patterns/") and name.endswith(".php") and (match := _PATTERN.search(read(path)[:4000])):
            found[match[1]] = path
    return found


def block_files(theme: Theme, read: Callable[[str], str]) -> Iterator[str]:
    """What the blocks of a theme print and run, by their `block.json`."""
    for name, path in theme.files.items():
        if posixpath.basename(name) == "block.json":
            for match in _BLOCK_FILE.finditer(read(path)[:20_000]):
                found = theme.find(posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1])))
                if found:
                    yield found
