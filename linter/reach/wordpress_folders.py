"""Where WordPress themes and plugins lie in a repository."""

import posixpath
import re
from typing import NamedTuple

from linter.reach.site import Site

_THEME = re.compile(r"^[ \t/*#@]*Theme Name:\s*(.{1,120})", re.MULTILINE | re.IGNORECASE)
_PARENT = re.compile(r"^[ \t/*#@]*Template:\s*([\w.-]{1,80})", re.MULTILINE | re.IGNORECASE)
_PLUGIN = re.compile(r"^[ \t/*#@]*Plugin Name:\s*(.{1,120})", re.MULTILINE | re.IGNORECASE)
_CALLS = re.compile(r"\b(?:get_header|wp_head|get_template_part|block_template_part)\s*\(")
_BUNDLED = re.compile(r"twenty(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|nineteen|twenty\w*)\Z")
_OLD = re.compile(r"(?:\A|/)(?:node_modules|vendor|tests?|\.git|docs?)/")
HEADER = 8192
"""Characters of a file in which WordPress looks for a header."""


class Family(NamedTuple):
    """A theme and, where it is a child of another in the repository, that one: folders, the child's first."""

    folders: tuple[str, ...]
    name: str

    @property
    def child(self) -> str:
        """The folder of the theme itself."""
        return self.folders[0]

    @property
    def parent(self) -> str:
        """The folder of the parent, of the theme itself where it has none here."""
        return self.folders[-1]


class Plugin(NamedTuple):
    """A plugin: its main file, its folder ("" where it is a single file) and its name."""

    main: str
    folder: str
    name: str


def families_of(site: Site) -> tuple[Family, ...]:
    """The themes of a site that are not only the parent of another. Themes that come with WordPress are left out beside others."""
    names = _themes(site)
    parents = {folder: _parent(site, folder, names) for folder in names}
    used = set(parents.values())
    found = [
        Family((folder, parent) if (parent := parents[folder]) else (folder,), name)
        for folder, name in sorted(names.items())
        if folder not in used
    ]
    own = [family for family in found if not _BUNDLED.match(posixpath.basename(family.child))]
    return tuple(own or found)


def _themes(site: Site) -> dict[str, str]:
    """The names of themes by their folders."""
    found: dict[str, str] = {}
    for path in site.named("style.css")[:500]:
        match = _THEME.search(site.text(path)[:HEADER])
        if match and not _OLD.search(path):
            found[posixpath.dirname(path)] = match[1].strip(" */")
    for path in site.named("functions.php")[:500]:
        folder = posixpath.dirname(path)
        if folder not in found and not _OLD.search(path) and _looks_like_theme(site, folder):
            found[folder] = posixpath.basename(folder)
    return found


def _looks_like_theme(site: Site, folder: str) -> bool:
    files = (posixpath.join(folder, name) for name in ("header.php", "index.php", "templates/index.html"))
    return any(_CALLS.search(site.text(path)) or path.endswith(".html") for path in files if path in site.files)


def _parent(site: Site, folder: str, themes: dict[str, str]) -> str | None:
    style = posixpath.join(folder, "style.css")
    match = _PARENT.search(site.text(style)[:HEADER]) if style in site.files else None
    if match is None:
        return None
    beside = posixpath.join(posixpath.dirname(folder), match[1])
    named = [path for path in themes if posixpath.basename(path) == match[1]]
    return beside if beside in themes and beside != folder else next((path for path in named if path != folder), None)


def plugins_of(site: Site) -> tuple[Plugin, ...]:
    """The plugins of a site, and every file right in a folder of must-use plugins."""
    found: list[Plugin] = []
    for path in sorted(site.files):
        if not path.endswith(".php") or _OLD.search(path):
            continue
        folder = posixpath.dirname(path)
        above = posixpath.basename(posixpath.dirname(folder))
        place = posixpath.basename(folder)
        if place == "mu-plugins":
            found.append(Plugin(path, "", posixpath.basename(path)))
        elif (above in ("plugins", "mu-plugins") or place == "plugins" or path.count("/") <= 1) and (match := _plugin(site, path)):
            found.append(Plugin(path, "" if place == "plugins" else folder, match[1].strip(" */")))
    return tuple(found)


def _plugin(site: Site, path: str) -> re.Match[str] | None:
    text = site.text(path)[:HEADER]
    return _PLUGIN.search(text) if "lugin" in text or "LUGIN" in text else None


def wordpress_folders(site: Site) -> frozenset[str]:
    """The folders of themes and plugins."""
    return frozenset(_themes(site)) | {plugin.folder or posixpath.dirname(plugin.main) for plugin in plugins_of(site)}
