"""Static sites: every whole HTML file is a page, and pulls in what its elements name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from linter.evidence import State
from linter.reach.model import How, Link, Page
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site

_WHOLE = re.compile(r"<!doctype\s+html|<html\b|<body\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--(?!#include)(?!\[if).*?(?:-->|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"<script\b((?:[^<>\"']|\"[^\"]*+\"|'[^']*+'|<(?!script\b))*+)>(.*?)(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_FRAME = re.compile(
    r"<(?:iframe|frame|object|embed)\b((?:[^<>\"']|\"[^\"]*+\"|'[^']*+'|<(?!(?:iframe|frame|object|embed)\b))*+)>", re.IGNORECASE
)
_SSI = re.compile(r"<!--#include\s+(?:virtual|file)\s*=\s*[\"']([^\"']{1,300})[\"']", re.IGNORECASE)
_INCLUDE = re.compile(
    r"\b(?:w3-include-html|data-include|data-include-html|hx-get|include-html|data-src-include|data-load)\s*=\s*[\"']([^\"']{1,300})[\"']"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:@][\w:.@-]*)(?:\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]+)))?")
_RUNS = re.compile(
    r"(?:|module|text/javascript|application/(?:x-)?(?:java|ecma)script|text/(?:ecma|babel|jsx|partytown|rocketscript)\S*)\Z", re.IGNORECASE
)
_LAZY = re.compile(r"rocketlazyload|litespeed|pmdelayed|-text/javascript|delay", re.IGNORECASE)
_LEFT_OUT = (
    ("{# ", "#}"), ("{{/*", "*/}}"), ("{{- /*", "*/ -}}"), ("{{!--", "--}}"), ("{{--", "--}}"), ("<%--", "--%>"), ("<%#", "%>"),
    ("{% comment %}", "{% endcomment %}"), ("{%- comment -%}", "{%- endcomment -%}"),
)  # fmt: skip
"""Comments of template languages that no script or style holds by chance."""
_BLANK = re.compile(r"[^\n]")
_NO_SITE = re.compile(r"(?:\A|/)(?:_includes|_layouts|layouts|partials|includes|snippets|node_modules|tests?|fixtures|__tests__)/")
_BUILDERS = (
    "package.json",
    "_config.yml",
    "hugo.toml",
    "config.toml",
    "Gemfile",
    "composer.json",
    "mkdocs.yml",
    "manage.py",
    "gulpfile.js",
)
MAX_TITLE = 120


class StaticStack:
    """HTML files as they are served. `alone`: no other stack reads this site, so that templates are read here as far as they are HTML."""

    def __init__(self, site: Site, alone: bool = True) -> None:
        self._site = site
        self._alone = alone

    def pages(self) -> Iterator[Page]:
        """The whole HTML files, but those in folders for parts of pages and those that hold template tags."""
        for path in self._site.below("", ".html", ".htm", ".xhtml", ".shtml"):
            if not _NO_SITE.search(path):
                text = self._site.text(path)
                if _WHOLE.search(text) and not is_template(text):
                    yield Page(path, path, title_of(text))

    def complete(self) -> bool:
        """Only where nothing builds the site from other files."""
        return not any(self._site.named(name) for name in _BUILDERS) and not self._site.below(
            "", ".php", ".liquid", ".twig", ".erb", ".njk"
        )

    def covers(self, path: str) -> bool:
        """Scripts and parts of pages; a test or a tool is told by its folder."""
        return path.endswith((".js", ".mjs", ".html", ".htm")) and not _NO_SITE.search(path)

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What an HTML file or a script pulls in; templates are left to the stacks that know their language, where there are any."""
        if path.endswith((".js", ".mjs", ".cjs", ".ts", ".jsx", ".tsx")):
            return script_links(text, path, self._site)
        if path.endswith((".html", ".htm", ".xhtml", ".shtml", ".inc", ".txt")) and (self._alone or not is_template(text)):
            return markup_links(without_comments_of_templates(text), path, self._site)
        return ()


def is_template(text: str) -> bool:
    """Whether a page's text still has to be filled in by a template engine."""
    return "{% " in text or "{%- " in text or "<?php" in text or "{{ content" in text


def without_comments_of_templates(text: str) -> str:
    """The text with what template languages leave out blanked, every line at its place. A comment that never ends is none."""
    if not any(mark in text for mark in ("{{", "{# ", "{%", "<%")):
        return text
    for opening, end in _LEFT_OUT:
        at = text.find(opening)
        if at < 0:
            continue
        parts, done = [], 0
        while at >= 0 and (stop := text.find(end, at + len(opening))) >= 0:
            parts += [text[done:at], _BLANK.sub(" ", text[at : stop + len(end)])]
            done = stop + len(end)
            at = text.find(opening, done)
        text = "".join((*parts, text[done:]))
    return text


def title_of(text: str) -> str:
    """The title of a page's text, "" where it has none."""
    match = _TITLE.search(text)
    return " ".join(unescape(match[1]).split())[:MAX_TITLE] if match else ""


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of the inside of a tag, names in small letters, the first of equal names."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return found


def script_state(attributes: dict[str, str]) -> State | None:
    """Whether a script element runs: active, consent-gated where its type is parked, None where it holds no script."""
    kind = attributes.get("type", "").strip()
    if _RUNS.match(kind) or _LAZY.search(kind):
        gated = "data-cookieblock-src" in attributes
        return "consent-gated" if gated else "active"
    return "consent-gated" if kind.lower() in ("text/plain", "text/x-consent", "opt-in") else None


def markup_links(text: str, path: str, site: Site, roots: Sequence[str] = ()) -> Iterator[Link]:
    """What the elements of markup pull in, commented-out ones apart."""
    bare = _COMMENT.sub(lambda match: _BLANK.sub(" ", match[0]), text) if "<!--" in text else text
    lines = Lines(bare)
    for match in _SCRIPT.finditer(bare):
        attributes = attributes_of(match[1])
        state = script_state(attributes)
        if state is None:
            continue
        line = lines.at(match.start())
        sources = [
            attributes[name]
            for name in ("src", "data-src", "data-rocket-src", "data-cookieblock-src", "data-litespeed-src")
            if attributes.get(name)
        ]
        for source in sources:
            yield from _link(source, "script", path, site, roots, line, state)
        if match[2].strip():
            yield from script_links(match[2], path, site, roots, state, lines.at(match.start(2)) - 1)
    for match in _FRAME.finditer(bare):
        attributes = attributes_of(match[1])
        for name in ("src", "data"):
            yield from _link(attributes.get(name, ""), "frame", path, site, roots, lines.at(match.start()), "active")
    for pattern, marks in ((_SSI, ("<!--#",)), (_INCLUDE, ("include", "hx-get", "data-load"))):
        for match in pattern.finditer(bare) if any(mark in bare for mark in marks) else ():
            yield from _link(match[1], "include", path, site, roots, lines.at(match.start()), "active")


def _link(address: str, how: How, path: str, site: Site, roots: Sequence[str], line: int, state: State) -> Iterator[Link]:
    target = site.resolve(address, path, roots)
    if target is not None:
        yield Link(target, how, line, state)
