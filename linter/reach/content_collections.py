"""Content collections: folders of Markdown that a page file makes pages of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.reach.file_routes import CODE, WRITTEN, any_of, below, inside, stem_of
from linter.reach.site import Site
from linter.reach.sources import without_comments
from linter.reach.titles import matter_of

_DEFINED = re.compile(r"(?<![\w$.])([\w$]{1,80})\s{0,20}(?:=|:)\s{0,20}defineCollection\(")
_BASE = re.compile(r"base\s{0,20}:\s{0,20}(?:new URL\(\s{0,20})?['\"`](?:\./)?([^'\"`\n]{1,200})['\"`]")
_EXPORTED = re.compile(r"collections\s{0,20}=\s{0,20}\{([^{}]{0,4000})\}")
_RENAMED = re.compile(r"['\"]?([\w-]{1,80})['\"]?\s{0,20}:\s{0,20}([\w$]{1,80})")
_SLUG = re.compile(r"[^\w\s/-]")


class Collection(NamedTuple):
    """A folder of entries by the name that pages ask for it by."""

    name: str
    folder: str

    def entries(self, site: Site, drafts: bool) -> Iterator[tuple[str, str]]:
        """The Markdown files and what their addresses call them: their `slug`, or their path in lower case with hyphens."""
        for path in site.below(self.folder, *WRITTEN):
            rest = below(path, self.folder)
            if any(part.startswith("_") for part in rest.split("/")):
                continue
            matter = matter_of(site.text(path))
            draft = matter.get("draft")
            if drafts or not draft or draft.value.lower() != "true":
                said = matter.get("slug")
                yield path, said.value.strip("/") if said and said.value else _name(stem_of(rest))


def collections_of(site: Site, source: str) -> list[Collection]:
    """The collections of an Astro site: those with a `base` in its configuration, and the folders below `content`."""
    config = any_of(site, inside(source, "content.config"), CODE) or any_of(site, inside(source, "content/config"), CODE)
    found = {}
    top = inside(source, "content")
    for path in site.below(top, *WRITTEN):
        name = below(path, top).partition("/")[0]
        found[name] = inside(top, name)
    if config:
        found.update(_defined(without_comments(site.text(config)), inside(source, "..")))
    return [Collection(name, folder) for name, folder in found.items()]


def _defined(code: str, root: str) -> Iterator[tuple[str, str]]:
    block = _EXPORTED.search(code)
    renamed = {variable: name for name, variable in _RENAMED.findall(block[1])} if block else {}
    rows = list(_DEFINED.finditer(code))
    for number, match in enumerate(rows):
        base = _BASE.search(code, match.end(), rows[number + 1].start() if number + 1 < len(rows) else match.end() + 2000)
        if base:
            yield renamed.get(str(match[1]), str(match[1])), inside(root, base[1])


def _name(stem: str) -> str:
    parts = [re.sub(r"\s+", "-", _SLUG.sub("", part.lower()).strip()) for part in stem.split("/")]
    return "/".join(parts[:-1] if len(parts) > 1 and parts[-1] == "index" else parts)
