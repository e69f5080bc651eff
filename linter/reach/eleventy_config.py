"""What an Eleventy site's configuration says: its folders, layout aliases, copied folders, and layouts given by data files."""

import posixpath
import re
from typing import NamedTuple

from linter.reach.nested import inside, under
from linter.reach.scripts import without_comments
from linter.reach.settings_text import mapping_of, text_at
from linter.reach.site import Site

NAMES = (".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs", "eleventy.config.ts")
_DIR = re.compile(r"\bdir\s*[:=]\s*\{([^{}]{0,800})\}")
_FOLDER = re.compile(r"\b(input|includes|layouts|data|output)\s*:\s*['\"`]([^'\"`\n]{1,200})['\"`]")
_SET = re.compile(r"\bset(Input|Includes|Layouts|Data|Output)Directory\(\s*['\"`]([^'\"`\n]{1,200})['\"`]")
_ALIAS = re.compile(r"\baddLayoutAlias\(\s*['\"`]([^'\"`\n]{1,100})['\"`]\s*,\s*['\"`]([^'\"`\n]{1,200})['\"`]")
_GLOBAL = re.compile(r"\baddGlobalData\(\s*['\"`]layout['\"`]\s*,\s*(?:\(\)\s*=>\s*)?['\"`]([^'\"`\n]{1,200})['\"`]")
_COPY = re.compile(r"\baddPassthroughCopy\(\s*(?:\{\s*)?(['\"`])([^'\"`\n*]{1,200})")
_INPUT_OPTION = re.compile(r"eleventy\b[^\"&|]{0,200}?--input[= ]([\w./-]{1,200})")
_DATA_LAYOUT = re.compile(r"[\"']?\blayout[\"']?\s*:\s*['\"`]([^'\"`\n]{1,200})['\"`]")
_DATA_ENDINGS = (".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs", ".json")


class EleventyConfig(NamedTuple):
    """Folders as paths of the repository; `always` is the layout of all pages that name none."""

    input: str
    includes: str
    layouts: str
    data: str
    output: str
    aliases: dict[str, str]
    copied: tuple[str, ...]
    always: str
    ignored: tuple[str, ...]


def eleventy_config(site: Site, root: str) -> EleventyConfig:
    """The configuration of the site below a folder; what it does not say is as Eleventy has it."""
    path = site.first(*(under(root, name) for name in NAMES))
    code = without_comments(site.text(path)) if path else ""
    said: dict[str, str] = {}
    for block in _DIR.finditer(code):
        for match in _FOLDER.finditer(block[1]):
            said.setdefault(match[1], match[2])
    for match in _SET.finditer(code):
        said.setdefault(match[1].lower(), match[2])
    option = _INPUT_OPTION.search(site.text(under(root, "package.json"))) if under(root, "package.json") in site.files else None
    if option:
        said.setdefault("input", option[1])
    top = under(root, said.get("input", ""))
    includes = under(top, said.get("includes", "_includes"))
    copied = [under(root, match[2]) for match in _COPY.finditer(code)]
    always = _GLOBAL.search(code)
    ignore = under(root, ".eleventyignore")
    ignored = [line.strip().strip("/") for line in (site.text(ignore) if ignore in site.files else "").splitlines()]
    return EleventyConfig(
        top,
        includes,
        under(top, said["layouts"]) if "layouts" in said else includes,
        under(top, said.get("data", "_data")),
        under(root, said.get("output", "_site")),
        {match[1]: match[2] for match in _ALIAS.finditer(code)},
        tuple(dict.fromkeys((*copied, *(posixpath.dirname(folder) for folder in copied)))),
        always[1] if always else "",
        tuple(under(root, line) for line in ignored[:200] if line and not line.startswith(("#", "!"))),
    )


class DataLayouts:
    """The layouts that data files beside pages give them."""

    def __init__(self, site: Site, config: EleventyConfig) -> None:
        self._site = site
        self._config = config
        self._folders: dict[str, tuple[str, str]] = {}

    def of(self, path: str) -> tuple[str, str]:
        """A page's layout by its own data file or the nearest of its folders, and the file that says so; "" for none."""
        stem = path.removesuffix(".11ty.js").rsplit(".", 1)[0]
        own = self._said(stem)
        return own if own[0] else self._folder(posixpath.dirname(path))

    def _folder(self, folder: str) -> tuple[str, str]:
        if folder not in self._folders:
            self._folders[folder] = ("", "")
            said = self._said(under(folder, posixpath.basename(folder))) if folder else ("", "")
            above = inside(folder, self._config.input) if folder else None
            self._folders[folder] = said if said[0] or not above else self._folder(posixpath.dirname(folder))
        return self._folders[folder]

    def _said(self, stem: str) -> tuple[str, str]:
        for ending in _DATA_ENDINGS:
            path = stem + ending
            if path not in self._site.files:
                continue
            text = self._site.text(path)
            match = None if path.endswith(".json") else _DATA_LAYOUT.search(text)
            layout = match[1] if match else text_at(mapping_of(path, text), "layout") if path.endswith(".json") else ""
            if layout:
                return layout, path
        return "", ""
