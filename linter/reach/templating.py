"""What stacks that fill in templates share: comments of their languages, addresses in tags, what the markup of a template pulls in."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.reach.model import Link
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.static import markup_links

_MARKUP_COMMENT = r"<!--(?!\[if|#include).*?(?:-->|\Z)"
_LITERAL = re.compile(r"['\"`]([^'\"`\s<>{}]{1,300})['\"`]")
_SCRIPT_LITERAL = re.compile(r"['\"]([^'\"\s<>{}]{1,300}?\.m?js)['\"]")
_LOADING = ("<script", "frame", "<object", "<embed", "include", "hx-get", "data-load")
_CONTROL = re.compile(
    r"(?:[{<]%[-=+~]?|\{\{[-~#^]?)\s*(?:if|elsif|elseif|elif|else|unless|for|each|case|when|assign|set|with|block|range|end\w*|capture|include|"
    r"partial|render|extends|import|from|load|define|template|liquid|macro|call|comment|section|sections|schema|style|layout)\b"
)


class Dialect(NamedTuple):
    """A template language: `comments` matches what is never read, `tags` what is put in when the page is made.

    Each comment begins with one of `openings`, if there are any.
    """

    comments: re.Pattern[str]
    tags: re.Pattern[str]
    openings: tuple[str, ...] = ()


def _dialect(comments: str, tags: str, *openings: str) -> Dialect:
    return Dialect(re.compile(f"{_MARKUP_COMMENT}|{comments}", re.DOTALL), re.compile(tags), ("<!--", *openings))


_CURLY_TAGS = r"\{\{[^{}]{0,1000}\}\}|\{%(?:[^%{]|%(?!\})|\{(?!%)){0,1000}+%\}"
_CURLY_RAW = r"\{%-?\s*(comment|raw|doc|verbatim)\b.*?(?:\{%-?\s*end(?:comment|raw|doc|verbatim)\b[^%]{0,80}%\}|\Z)"
LIQUID = _dialect(_CURLY_RAW, _CURLY_TAGS, "{%")
CURLY = _dialect(r"\{#.*?(?:#\}|\Z)|" + _CURLY_RAW, _CURLY_TAGS, "{%", "{#")
HANDLEBARS = _dialect(r"\{\{~?!--.*?(?:--~?\}\}|\Z)|\{\{~?!(?!--)[^<}][^}]{0,2000}\}\}", r"\{\{\{?[^{}]{0,1000}\}?\}\}", "{{")
GO = _dialect(r"\{\{-?\s*/\*.*?(?:\*/\s*-?\}\}|\Z)", r"\{\{[^{}]{0,1000}\}\}", "{{")
ERB = _dialect(r"<%#.*?(?:%>|\Z)|<%--.*?(?:--%>|\Z)", r"<%(?:[^%<]|%(?!>)|<(?!%)){0,2000}+%>", "<%")
RAZOR = _dialect(r"@\*.*?(?:\*@|\Z)", r"@(?:Url|Href|Html)\.?\w*\([^()<>\n]{0,300}\)|<%(?:[^%<]|%(?!>)|<(?!%)){0,2000}+%>", "@*")
INDENTED = Dialect(re.compile(r"^([ \t]*)(?://-?|-#|/)[^\n]*(?:\n(?:\1[ \t]+[^\n]*|[ \t]*)(?=\n|\Z))*", re.MULTILINE), re.compile(r"(?!)"))
"""Pug, Haml and Slim: a comment goes on for as long as the lines below it stand further in."""


def without_template_comments(text: str, dialect: Dialect) -> str:
    """The text with comments of its markup and of its template language blanked, every line at its place."""
    if dialect.openings and not any(opening in text for opening in dialect.openings):
        return text
    return dialect.comments.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


class Served(Site):
    """A site as its pages see it: what stands in the folders `roots` lies at the top of the site's addresses.

    Scripts that are built (`main.min.js`) are taken for the one file of the site that they can be built from (`main.js`).
    """

    def __init__(self, site: Site, roots: Sequence[str]) -> None:
        super().__init__((), site.text)
        self.files = site.files
        self._site = site
        self.roots = tuple(dict.fromkeys(roots))
        self._ordered: dict[str, tuple[str, ...]] = {}

    def text(self, path: str) -> str:
        """The text of a file."""
        return self._site.text(path)

    def named(self, name: str) -> list[str]:
        """The files with this name."""
        return self._site.named(name)

    def resolve(self, address: str, asking: str, roots: Sequence[str] = ()) -> str | None:  # type: ignore[override]
        """The file that an address in a page leads to (see `Site.resolve`); relative ones are looked for in the roots too."""
        address = address.strip().removeprefix("~").partition("#")[0].partition("?")[0]
        if not address or "://" in address or address.startswith(("//", "data:", "mailto:", "tel:", "javascript:")):
            return None
        paths = [posixpath.normpath(posixpath.join(root, address.lstrip("/"))) for root in (*self._near(asking), *roots)]
        found = self.first(*paths, *(f"{path}.liquid" for path in paths)) or self._site.resolve(address, asking)
        return found or self._built(address)

    def _near(self, asking: str) -> tuple[str, ...]:
        """The roots, those first that share the most with the place of the one who asks."""
        if len(self.roots) < 2:
            return self.roots
        folder = posixpath.dirname(asking)
        if folder not in self._ordered:
            shared = {root: len(posixpath.commonprefix((root.split("/") if root else [], folder.split("/")))) for root in self.roots}
            self._ordered[folder] = tuple(sorted(self.roots, key=lambda root: -shared[root]))
        return self._ordered[folder]

    def _built(self, address: str) -> str | None:
        """The one script that may have been made into `address`: of its name, and below the same folder where there are several."""
        name = posixpath.basename(address)
        if not name.endswith(".js"):
            return None
        for stem in dict.fromkeys((name, name.replace(".min.js", ".js"))):
            found = [path for path in self.named(stem) if "node_modules/" not in path]
            if len(found) > 1:
                ending = f"/{posixpath.basename(posixpath.dirname(address))}/{stem}"
                found = [path for path in found if f"/{path}".endswith(ending)]
            if len(found) == 1:
                return found[0]
        return None


def chosen_at_run_time(site: Site, paths: Iterable[str], pattern: re.Pattern[str]) -> bool:
    """Whether a template pulls in what only its data name, so that no other can be said to be dead."""
    return any(pattern.search(site.text(path)) for path in paths)


def written_address(tag: str) -> str:
    """The address that a template tag writes, as far as it is a literal: `/js/x.js` of `{{ 'js/x.js' | asset_url }}`."""
    if _CONTROL.match(tag):
        return ""
    for match in _LITERAL.finditer(tag):
        literal = match[1]
        if "." in literal or "/" in literal:
            outside = literal.startswith(("/", "~", "http:", "https:")) or "://" in literal
            return literal if outside else f"/{literal}"
    return ""


def with_addresses(text: str, dialect: Dialect) -> str:
    """The text with each template tag replaced by the address it writes, every line at its place."""
    return dialect.tags.sub(lambda match: written_address(match[0]) + "\n" * match[0].count("\n"), text)


def template_links(text: str, path: str, site: Served, dialect: Dialect) -> Iterator[Link]:
    """What the markup of a template without comments pulls in: scripts, frames and parts, with addresses that its tags write."""
    small = text.lower()
    if any(word in small for word in _LOADING):
        yield from markup_links(with_addresses(text, dialect), path, site)
    if ".js" not in text or dialect.tags.pattern == "(?!)":
        return
    lines = Lines(text)
    for tag in dialect.tags.finditer(text):
        for match in _SCRIPT_LITERAL.finditer(tag[0]) if ".js" in tag[0] and _MAKES_SCRIPT.search(tag[0]) else ():
            target = site.resolve(match[1], path)
            if target:
                yield Link(target, "script", lines.at(tag.start()))


_MAKES_SCRIPT = re.compile(
    r"script_tag|javascript|Scripts?\.Render|js_tag|vite|add_js|asset_tags?|resources\.|js\.Build|\bscript\b", re.IGNORECASE
)
