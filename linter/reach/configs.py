"""What configurations of JavaScript sites say literally: folders, and the files that they name."""

import re
from collections.abc import Iterator

from linter.reach.file_routes import inside
from linter.reach.model import Link
from linter.reach.modules import COMPONENTS, SCRIPTS, modules_of
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.sources import without_comments

_STRING = re.compile(r"['\"`](?:\$\{__dirname\}/)?([^'\"`\s{}]{2,200})(?:\?[^'\"`\s]{0,200})?['\"`]")
_FOLDER = re.compile(r"(?<![\w$])(?:path|root|include|exclude|content|dirs?|folder)['\"]?\s{0,10}:\s{0,10}[^,\n]{0,40}\Z")
ENDINGS = (".ts", ".js", ".mjs", ".cjs", ".mts", ".tsx", ".jsx")


def config_of(site: Site, root: str, *names: str) -> str | None:
    """The configuration file with one of the names (without ending) in a folder."""
    return site.first(*(inside(root, name + ending) for name in names for ending in ENDINGS))


def literal(text: str, key: str) -> str | None:
    """The literal text of a key in a configuration: `srcDir: "source"`."""
    match = re.search(rf"(?<![\w$.]){re.escape(key)}['\"]?\s{{0,20}}:\s{{0,20}}['\"`]([^'\"`\n]{{0,200}})['\"`]", without_comments(text))
    return match[1] if match else None


def folder_of(text: str, key: str, root: str, usual: str) -> str:
    """The folder that a configuration sets under a key, or the usual one."""
    said = literal(text, key)
    return inside(root, (said if said is not None else usual).lstrip("/")) if said is None or ".." not in said else inside(root, usual)


def named_files(text: str, path: str, root: str, site: Site) -> Iterator[Link]:
    """Links to the scripts and components that a configuration names in strings: `"./src/pixel.js"`, `"~/plugins/pixel"`."""
    code = without_comments(text)
    lines = Lines(code)
    modules = modules_of(site)
    for match in _STRING.finditer(code):
        written = match[1]
        if (
            "/" not in written
            or "://" in written
            or written.startswith("//")
            or _FOLDER.search(code, max(0, match.start() - 80), match.start())
        ):
            continue
        target = modules.resolve(written, path)
        if target is None and not written.startswith((".", "@", "~")):
            target = modules.file(inside(root, written.lstrip("/")))
        if target is None and written.startswith("/"):
            target = site.resolve(written, path, modules.publics(path))
        if target is not None and target != path and target.endswith((*SCRIPTS, *COMPONENTS)):
            yield Link(target, "plugin", lines.at(match.start()))
