"""Joomla: the `index.php` of a template is every page; overrides and modules are shown in it, system plugins run on it."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.model import Link, Page
from linter.reach.php_links import PhpReader
from linter.reach.php_paths import HERE, Known
from linter.reach.site import Site

_SITE = re.compile(r"<(?:extension|install)\b[^>]{0,300}\btype\s*+=\s*+[\"']template[\"'][^>]{0,300}>", re.IGNORECASE)
_ADMIN = re.compile(r"client\s*+=\s*+[\"']administrator[\"']", re.IGNORECASE)
_NAME = re.compile(r"<name>([^<]{1,80})</name>", re.IGNORECASE)
_PLUGIN = re.compile(r"(?:\A|/)plugins/system/([\w-]+)/(?:\1\.php|src/Extension/\w+\.php|services/provider\.php)\Z")
_MODULE = re.compile(r"(?:\A|/)modules/mod_[\w-]+/(?:mod_[\w-]+\.php|tmpl/[^/]+\.php)\Z")
_OVERRIDE = re.compile(r"html/(com_[\w-]+)/([\w-]+)/([a-zA-Z0-9-]+)\.php\Z")
_PARTS = re.compile(r"html/(?:mod_[\w-]+|layouts?|com_[\w-]+)/")
_CORE = frozenset(
    "accessibility actionlogs cache debug fields guidedtours highlight httpheaders jooa11y languagecode languagefilter log logout"
    " logrotation p3p privacyconsent redirect remember schedulerunner schemaorg sef sessiongc shortcut skipto stats task"
    " updatenotification webauthn".split()
)
EMPTY = 200
"""Characters below which an `index.html` is there to hide a folder."""
_SITES = ("/administrator/", "/installation/")
_RUNS = re.compile(r"\bon(?:After|Before)(?:Render|Dispatch|Route|CompileHead|Initialise)\b")


def templates_of(site: Site) -> list[tuple[str, str]]:
    """The templates of the site, not of the administration: folders and names."""
    found: list[tuple[str, str]] = []
    for path in site.named("templateDetails.xml"):
        text = site.text(path)[:4000]
        if _SITE.search(text) and not _ADMIN.search(text) and not any(part in f"/{path}" for part in _SITES):
            name = _NAME.search(text)
            folder = posixpath.dirname(path)
            found.append((folder, (name[1] if name else posixpath.basename(folder)).strip()))
    return found


class JoomlaStack:
    """The templates, modules and system plugins of a Joomla site. Which are in use is not in a repository: all are taken to be."""

    def __init__(self, site: Site, templates: Sequence[tuple[str, str]]) -> None:
        self._site = site
        self._templates = templates
        self._reader = PhpReader(site, self._known)
        files = sorted(path for path in site.files if path.endswith(".php") and not any(part in f"/{path}" for part in _SITES))
        self._plugins = [
            path for path in files if (match := _PLUGIN.search(path)) and match[1] not in _CORE and _RUNS.search(site.text(path))
        ]
        self._modules = [path for path in files if _MODULE.search(path)]

    def _known(self, asking: str) -> Known:
        folder = next((folder for folder, _ in self._templates if _below(asking, folder)), "")

        def known(name: str, arguments: Sequence[str]) -> str | None:
            plain = name.lower()
            if plain in ("jpath_themes", "jpath_base", "jpath_root", "jpath_site"):
                above = posixpath.dirname(folder)
                return HERE + above if plain == "jpath_themes" else HERE + posixpath.dirname(above)
            if plain == "$this->template":
                return posixpath.basename(folder) if folder else None
            if plain in ("$this->baseurl", "uri::root", "uri::base", "juri::root", "juri::base"):
                return ""
            return None

        return known

    def pages(self) -> Iterator[Page]:
        """Each template's pages, and the views that it overrides."""
        for folder, name in self._templates:
            for stem, meaning in (
                ("index", "every page"),
                ("error", "errors"),
                ("offline", "the site when it is offline"),
                ("component", "pages for print"),
            ):
                path = posixpath.join(folder, f"{stem}.php")
                if path in self._site.files:
                    yield Page(path, path, name if stem == "index" else "", stands_for=meaning)
            for path in self._site.below(folder, ".php"):
                match = _OVERRIDE.search(path)
                if match and self._index(folder):
                    yield Page(
                        path, path, stands_for=f"every {match[2]} of {match[1][4:]}" + ("" if match[3] == "default" else f" ({match[3]})")
                    )

    def _index(self, folder: str) -> str | None:
        return self._site.first(posixpath.join(folder, "index.php"))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What the template shows around and in a view, the system plugins of every page, and what PHP files include and load."""
        if not path.endswith(".php"):
            return
        folder = next((folder for folder, _ in self._templates if _below(path, folder)), None)
        if folder is None and path not in self._plugins and path not in self._modules:
            return
        yield from self._reader.links(path, text)
        if folder is None:
            return
        index = self._index(folder)
        if _OVERRIDE.search(path):
            if index:
                yield Link(index, "layout", 1, note="around every view")
            part = path.removesuffix(".php") + "_"
            for target in self._site.below(posixpath.dirname(path), ".php"):
                if target.startswith(part):
                    yield Link(target, "include", 1, note="part of the view")
        elif path == index:
            yield from self._placed(folder)

    def _placed(self, folder: str) -> Iterator[Link]:
        for target in self._modules:
            yield Link(target, "component", 1, note="where the CMS puts the module")
        for target in self._site.below(posixpath.join(folder, "html").lstrip("/"), ".php"):
            if "html/com_" not in target:
                yield Link(target, "component", 1, note="where the CMS puts it")
        for target in self._plugins:
            yield Link(target, "plugin", 1, note="system plugin")

    def shells(self) -> frozenset[str]:
        """The empty `index.html` that Joomla puts into every folder."""
        return frozenset(path for path in self._site.named("index.html") if len(self._site.text(path)) < EMPTY)

    def complete(self) -> bool:
        """A template's files stand for all pages."""
        return True

    def covers(self, path: str) -> bool:
        """PHP files of templates, but for overrides."""
        folder = next((folder for folder, _ in self._templates if _below(path, folder)), None)
        return folder is not None and path.endswith(".php") and not _PARTS.search(path)


def _below(path: str, folder: str) -> bool:
    return not folder or path.startswith(folder + "/")


def open_joomla(site: Site) -> JoomlaStack | None:
    """The stack of a site with Joomla templates."""
    templates = templates_of(site)
    return JoomlaStack(site, templates) if templates else None
