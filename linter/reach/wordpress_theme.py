"""The files of a WordPress theme and its parent, and what WordPress functions that name folders stand for."""

import posixpath
from collections.abc import Iterable, Sequence

from linter.reach.php_paths import HERE, HOLE, ROOT, Known
from linter.reach.site import Site
from linter.reach.wordpress_folders import Family

_URLS = frozenset("content_url home_url site_url get_home_url get_site_url network_site_url network_home_url".split())
_TEMPLATE = frozenset(
    "get_template_directory get_template_directory_uri templatepath get_parent_theme_file_path get_parent_theme_file_uri".split()
)
_STYLE = frozenset("get_stylesheet_directory get_stylesheet_directory_uri stylesheetpath get_theme_file_path get_theme_file_uri".split())
_ABOUT = {"template_url": 1, "template_directory": 1, "stylesheet_directory": 0, "stylesheet_url": 0}


class Theme:
    """A theme with its parent: files by their path in the theme, those of the child first."""

    def __init__(self, site: Site, family: Family) -> None:
        self.family = family
        self.files: dict[str, str] = {}
        for folder in reversed(family.folders):
            start = len(folder) + 1 if folder else 0
            self.files |= {path[start:]: path for path in site.below(folder)}
        self._names = {path: name for name, path in self.files.items()}

    def name_of(self, path: str) -> str:
        """The path of a file in the theme, "" where another file is used in its place or it lies elsewhere."""
        return self._names.get(path, "")

    def holds(self, path: str) -> bool:
        """Whether a file lies in the theme or its parent."""
        return any(not folder or path.startswith(folder + "/") for folder in self.family.folders)

    def find(self, *names: str) -> str | None:
        """The first of the names that is a file of the theme."""
        return next((self.files[name] for name in names if name in self.files), None)

    def templates(self, names: Iterable[str]) -> list[str]:
        """The first of the names that is a file, or, of a name with holes, all files that may be meant, at most 200."""
        found: list[str] = []
        for name in names:
            name = name.lstrip("/")
            if HOLE in name:
                before, _, rest = name.partition(HOLE)
                after = rest.rpartition(HOLE)[2]
                if before.strip("/"):
                    found += [path for key, path in self.files.items() if key.startswith(before) and key.endswith(after)][:200]
            elif name in self.files:
                return [*found, self.files[name]]
        return list(dict.fromkeys(found))


def known_in(theme: Theme | None) -> Known:
    """What WordPress functions and constants stand for in a file of a theme, or of a plugin (None)."""

    def known(name: str, arguments: Sequence[str]) -> str | None:
        first = arguments[0] if arguments else ""
        if name in _URLS:
            return ROOT + "/" + first.lstrip("/")
        if name == "plugins_url" and len(arguments) > 1 and arguments[1].startswith(HERE):
            return f"{posixpath.dirname(arguments[1])}/{first.lstrip('/')}"
        if theme is None:
            return _content(name, first, None)
        if name in ("get_theme_file_path", "get_theme_file_uri") and (path := theme.find(first.lstrip("/"))):
            return HERE + path
        if name in ("get_bloginfo", "bloginfo"):
            return HERE + theme.family.folders[-_ABOUT[first]] if first in _ABOUT else ROOT if first in ("url", "wpurl", "") else None
        if name in _TEMPLATE or name in _STYLE:
            folder = theme.family.parent if name in _TEMPLATE else theme.family.child
            return HERE + posixpath.join(folder, first.lstrip("/")) if first else HERE + folder
        if name in ("get_template", "get_stylesheet"):
            return posixpath.basename(theme.family.parent if name == "get_template" else theme.family.child)
        return _content(name, first, theme)

    return known


def _content(name: str, first: str, theme: Theme | None) -> str | None:
    """Folders above themes: known where the theme lies in `wp-content/themes`."""
    themes = posixpath.dirname(theme.family.child) if theme else ""
    content = HERE + posixpath.dirname(themes) if posixpath.basename(themes) == "themes" else HOLE
    if name == "get_theme_root":
        return HERE + themes if theme else None
    if name in ("wp_content_dir", "wp_content_url"):
        return content
    if name in ("wp_plugin_dir", "wpmu_plugin_dir", "wp_plugin_url"):
        return content + ("/mu-plugins" if "mu" in name else "/plugins")
    if name == "plugins_url":
        return f"{content}/plugins/{first.lstrip('/')}"
    return ROOT + "/" if name == "abspath" else None
