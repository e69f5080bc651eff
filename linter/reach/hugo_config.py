"""What a Hugo site's settings say: where its parts lie, which themes it has, and whether a parameter is set."""

import re
from typing import NamedTuple

from linter.reach.nested import under
from linter.reach.settings_text import Mapping, dig, mapping_of, text_at, texts_at
from linter.reach.site import Site

ENDINGS = (".toml", ".yaml", ".yml", ".json")
MAX_THEMES = 20
_PARAM = re.compile(r"(?:not\s+)?(?:\$?\.|\$\.)?[sS]ite\.Params\.([\w.]{1,100})\Z")
_TRUE = re.compile(
    r"hugo\.IsProduction|not\s+(?:hugo\.IsServer|\.?[sS]ite\.IsServer)"
    r"|\(?eq\s+(?:hugo\.Environment|\(getenv \"HUGO_ENV\"\)) \"production\"\)?"
)


class HugoConfig(NamedTuple):
    """`tables` are the settings, the site's own before those of its themes; folders are paths of the repository.

    `parts` are the folders of the site and of its themes, in the order in which files are looked for; `whole` is whether
    all themes lie in the repository.
    """

    tables: tuple[Mapping, ...]
    parts: tuple[str, ...]
    content: tuple[str, ...]
    layouts: tuple[str, ...]
    served: tuple[str, ...]
    whole: bool

    def holds(self, condition: str) -> bool | None:
        """Whether a template's condition holds by the settings alone, None where it asks for more."""
        if _TRUE.fullmatch(condition):
            return True
        match = _PARAM.match(condition)
        if match is None or not self.whole:
            return None
        values = (dig(table, "params", *match[1].split(".")) for table in self.tables)
        answer = next((bool(value) for value in values if value is not None), False)
        return not answer if condition.startswith("not") else answer


def hugo_config(site: Site, root: str) -> HugoConfig:
    """The settings of the site below a folder."""
    own = _tables(site, root)
    themes, whole = _themes(site, root, own)
    parts = (root, *themes)
    content = [folder for table in own for folder in _content_folders(table)] or ["content"]
    statics = [folder for table in own for key in ("staticDir", "static_dir") for folder in texts_at(table, key)] or ["static"]
    layouts = next((folder for table in own if (folder := text_at(table, "layoutDir"))), "layouts")
    served = [under(root, folder) for folder in statics] + [under(part, folder) for part in parts for folder in ("assets", "static")]
    return HugoConfig(
        (*own, *(table for theme in themes for table in _tables(site, theme))),
        parts,
        tuple(dict.fromkeys(under(root, folder) for folder in content)),
        (under(root, layouts), *(under(theme, "layouts") for theme in themes)),
        tuple(dict.fromkeys(served)),
        whole,
    )


def _tables(site: Site, root: str) -> list[Mapping]:
    """The settings files of a folder, those of `config/_default` and `config/production` named for a table put into it."""
    found = [under(root, stem + ending) for stem in ("hugo", "config") for ending in ENDINGS]
    tables = [mapping_of(path, site.text(path)) for path in found if path in site.files]
    for folder in ("config/production", "config/_default"):
        for path in site.below(under(root, folder), *ENDINGS):
            stem = path.rpartition("/")[2].partition(".")[0]
            table = mapping_of(path, site.text(path))
            tables.append(table if stem in ("hugo", "config") else {stem: table})
    return tables


def _content_folders(table: Mapping) -> list[str]:
    languages = dig(table, "languages")
    rows = [table, *(languages.values() if isinstance(languages, dict) else ())]
    return [folder for row in rows if (folder := text_at(row, "contentDir"))]


def _themes(site: Site, root: str, tables: list[Mapping]) -> tuple[list[str], bool]:
    """The folders of the themes that lie in the repository, and whether those are all of them."""
    base = under(root, next((folder for table in tables if (folder := text_at(table, "themesDir"))), "themes"))
    named = [name for table in tables for name in texts_at(table, "theme")]
    imports = [row for table in tables if isinstance(rows := dig(table, "module", "imports"), list) for row in rows]
    named += [path for row in imports if (path := text_at(row, "path"))]
    there = sorted(folder for folder in site.folders if folder.startswith(f"{base}/") and folder.endswith("/layouts"))
    if not named:
        only = [folder.removesuffix("/layouts") for folder in there if folder.count("/") == base.count("/") + 2]
        return only[:MAX_THEMES], True
    found = []
    for name in dict.fromkeys(named[:MAX_THEMES]):
        places = (under(base, name), under(base, name.rpartition("/")[2]), under(root, "_vendor", name))
        found += [place for place in places if under(place, "layouts") in site.folders][:1]
    return found, len(found) == len(set(named))
