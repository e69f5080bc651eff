"""Webpack: which scripts the build puts into which HTML file (`entry`, and the templates of its HTML plugin)."""

import re

from linter.reach.aliases import bracket
from linter.reach.file_routes import inside
from linter.reach.modules import modules_of
from linter.reach.site import Site
from linter.reach.sources import without_comments

_CONFIG = ("webpack.config", "webpack.common", "webpack.prod", "config/webpack.config", "config/webpack.common", "webpack/webpack.common")
_ENTRY = re.compile(r"(?<![\w$.])entry\s{0,20}:\s{0,20}(\{|\[|[^\n,]{1,300})")
_NAMED = re.compile(r"['\"]?([\w./-]{1,80})['\"]?\s{0,20}:\s{0,20}([^\n]{1,300})")
_PLUGIN = re.compile(r"new\s{1,10}HtmlWebpackPlugin\(")
_TEMPLATE = re.compile(r"template\s{0,20}:\s{0,20}([^\n]{1,300})")
_CHUNKS = re.compile(r"(?<![\w$])chunks\s{0,20}:\s{0,20}\[([^\]]{0,500})\]")
_TEXT = re.compile(r"['\"`](?:[\w!?=&-]{0,60}!)?(?:\$\{[^{}]{0,60}\}/?)?([^'\"`\n]{1,200})['\"`]")


def webpack_entries(site: Site, root: str) -> dict[str, tuple[str, ...]]:
    """The HTML templates of a webpack configuration with the scripts that get into each."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _CONFIG:
        path = inside(root, f"{name}.js")
        if path in site.files:
            code = without_comments(site.text(path))
            entries = _entries(code, root, site)
            for match in _PLUGIN.finditer(code):
                options = bracket(code, match.end() - 1)
                template, chunks = _TEMPLATE.search(options), _CHUNKS.search(options)
                html = _file(template[1], root, site) if template else None
                if html and html.endswith((".html", ".htm")):
                    wanted = _TEXT.findall(chunks[1]) if chunks else list(entries)
                    found[html] = tuple(dict.fromkeys(script for chunk in wanted for script in entries.get(chunk, ())))
    return found


def _entries(code: str, root: str, site: Site) -> dict[str, list[str]]:
    match = _ENTRY.search(code)
    if match is None:
        return {}
    if match[1] != "{":
        inner = bracket(code, match.start(1)) if match[1] == "[" else match[1]
        return {"main": [path for text in inner.split(",") if (path := _file(text, root, site))]}
    rows = {name: [_file(value, root, site)] for name, value in _NAMED.findall(bracket(code, match.start(1)))}
    return {name: [path for path in paths if path] for name, paths in rows.items()}


def _file(written: str, root: str, site: Site) -> str | None:
    """The file of a path in a configuration: a text, or the texts of `path.resolve(...)` joined."""
    texts = _TEXT.findall(written)
    joined = "/".join(text.strip("/") for text in texts)
    return (
        next(filter(None, (modules_of(site).file(inside(root, text.lstrip("/"))) for text in (joined, *texts[:3]))), None)
        if texts
        else None
    )
