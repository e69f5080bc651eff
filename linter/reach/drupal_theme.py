"""Drupal themes and modules in a repository, and the scripts of their libraries."""

import posixpath
import re
from typing import NamedTuple

from linter.reach.site import Site

_TYPE = re.compile(r"^type\s*+:\s*+['\"]?(theme|module|profile)", re.MULTILINE)
_NAME = re.compile(r"^name\s*+[:=]\s*+['\"]?([^'\"\r\n]{1,80})", re.MULTILINE)
_BASE = re.compile(r"^base[ _]theme\s*+[:=]\s*+['\"]?([\w-]{1,60})", re.MULTILINE)
_OLD = re.compile(r"^core\s*+=\s*+[\"']?\d|^backdrop\s*+=", re.MULTILINE)
_OLD_THEME = re.compile(r"^(?:engine|regions\[|stylesheets\[|type\s*+=\s*+theme)", re.MULTILINE)
_OLD_SCRIPT = re.compile(r"^scripts\[\]\s*+=\s*+[\"']?([\w./-]{1,200}\.js)", re.MULTILINE)
_LISTED = re.compile(r"^libraries\s*+:\s*\n((?:[ \t]*+-[^\n]*\n?|[ \t]*+#[^\n]*\n)*)", re.MULTILINE)
_ITEM = re.compile(r"-\s*+['\"]?([\w.-]{1,80}/[\w.-]{1,80})")
_KEY = re.compile(
    r"^([\w.-]{1,80})\s*+:|^[ \t]++['\"]?([\w./-]{1,200}\.js)['\"]?\s*+:|^[ \t]++-\s*+['\"]?([\w.-]{1,80}/[\w.-]{1,80})", re.MULTILINE
)
_SKIP = re.compile(r"(?:\A|/)(?:core|node_modules|tests?|contrib/[^/]+/tests|vendor)/")


class Extension(NamedTuple):
    """A theme or module: its folder, machine name, name, its base theme's machine name, and the libraries of all its pages."""

    folder: str
    machine: str
    name: str
    theme: bool
    base: str
    libraries: tuple[str, ...]
    scripts: tuple[str, ...]


def extensions_of(site: Site) -> tuple[Extension, ...]:
    """The themes and modules of a site, but for those of Drupal's core."""
    found: list[Extension] = []
    for path in sorted(site.files):
        if path.endswith(".info.yml") and not _SKIP.search(path):
            text = site.text(path)
            kind = _TYPE.search(text)
            if kind and kind[1] != "profile":
                listed = _LISTED.search(text)
                found.append(_extension(path, ".info.yml", text, kind[1] == "theme", tuple(_ITEM.findall(listed[1])) if listed else ()))
        elif path.endswith(".info") and not _SKIP.search(path):
            text = site.text(path)
            if _OLD.search(text) or _OLD_THEME.search(text):
                found.append(_extension(path, ".info", text, bool(_OLD_THEME.search(text)), ()))
    return tuple(found)


def _extension(path: str, ending: str, text: str, theme: bool, libraries: tuple[str, ...]) -> Extension:
    machine = posixpath.basename(path).removesuffix(ending)
    name, base = _NAME.search(text), _BASE.search(text)
    folder = posixpath.dirname(path)
    scripts = tuple(posixpath.join(folder, script) for script in _OLD_SCRIPT.findall(text))
    return Extension(folder, machine, name[1].strip() if name else machine, theme, base[1] if base else "", libraries, scripts)


def drupal_folders(site: Site) -> frozenset[str]:
    """The folders of themes."""
    return frozenset(extension.folder for extension in extensions_of(site) if extension.theme)


class Libraries:
    """The scripts of libraries: `theme/global` by `theme.libraries.yml`, with those they depend on."""

    def __init__(self, site: Site, extensions: tuple[Extension, ...]) -> None:
        self._scripts: dict[str, list[tuple[str, int]]] = {}
        self._needs: dict[str, list[str]] = {}
        self._files: dict[str, str] = {}
        for extension in extensions:
            path = posixpath.join(extension.folder, f"{extension.machine}.libraries.yml")
            if path in site.files:
                self._read(site, path, extension)

    def _read(self, site: Site, path: str, extension: Extension) -> None:
        name = ""
        text = site.text(path)
        for match in _KEY.finditer(text):
            if match[1]:
                name = f"{extension.machine}/{match[1]}"
                self._files[name] = path
            elif match[2] and name:
                script = posixpath.normpath(posixpath.join(extension.folder, match[2]))
                if script in site.files:
                    self._scripts.setdefault(name, []).append((script, text.count("\n", 0, match.start(2)) + 1))
            elif match[3] and name:
                self._needs.setdefault(name, []).append(match[3])

    def scripts(self, name: str) -> list[str]:
        """The scripts of a library and of those it depends on."""
        found: dict[str, None] = {}
        seen = {name}
        waiting = [name]
        while waiting and len(seen) < 200:
            library = waiting.pop()
            found |= {script: None for script, _ in self._scripts.get(library, ())}
            for need in self._needs.get(library, ()):
                if need not in seen:
                    seen.add(need)
                    waiting.append(need)
        return list(found)

    def __contains__(self, name: str) -> bool:
        return name in self._files
