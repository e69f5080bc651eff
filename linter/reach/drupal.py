"""Drupal (and Backdrop): `page.html.twig` is every page, inside `html.html.twig`, with what modules and libraries attach."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from linter.reach.drupal_theme import Extension, Libraries, extensions_of
from linter.reach.model import Link, Page
from linter.reach.php_links import PhpReader
from linter.reach.php_paths import HERE, Known
from linter.reach.php_text import php_of
from linter.reach.scripts import Lines
from linter.reach.site import Site

_HOOKS = re.compile(
    r"\bfunction\s++\w+?_((?:page_attachments|js|library_info|html_head|page)(?:_alter)?|preprocess_(?:html|page)|process_(?:html|page)|page_(?:top|bottom|build)"
    r"|init|preprocess)\s*+\(|#\[(?:\w+\\)?Hook\(\s*+['\"](page_attachments(?:_alter)?|page_top|page_bottom|preprocess_html|preprocess_page)['\"]"
)
_LIBRARY = re.compile(r"['\"]([\w.-]{1,80}/[\w.-]{1,80})['\"]")
_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_TEMPLATE = re.compile(r"(.+?)(?:\.html\.twig|\.tpl\.php)\Z")
_PAGES = {"page": "every page", "page--front": "the front page", "maintenance-page": "maintenance", "page--user--login": "the login"}
_NODE = re.compile(r"node--([\w-]+?)(?:--full)?\Z(?<!teaser)(?<!card)(?<!search-index)(?<!search-result)(?<!rss)")
_ENDINGS = (".html.twig", ".tpl.php")
MAX_PLACED = 300


class _Theme:
    """The templates of a theme and its base theme, by name (`page--front`)."""

    def __init__(self, site: Site, theme: Extension, bases: Iterable[Extension]) -> None:
        self.extension = theme
        self.chain = (theme, *bases)
        self.templates: dict[str, str] = {}
        for each in reversed(self.chain):
            for path in site.below(each.folder, *_ENDINGS):
                match = _TEMPLATE.match(posixpath.basename(path))
                if match:
                    self.templates[match[1]] = path
        self.info = next(
            (path for path in (f"{theme.folder}/{theme.machine}{ending}".lstrip("/") for ending in (".info.yml", ".info"))), ""
        )

    def page_of(self, stem: str) -> str | None:
        """What a page's template stands for; None of templates that are parts of pages."""
        if stem in _PAGES:
            return _PAGES[stem]
        if stem.startswith("page--"):
            return f'pages of "{_plain(stem[6:])}"'
        content = _NODE.match(stem)
        if content:
            return f'the page "node/{content[1]}"' if content[1].isdigit() else f"every {_plain(content[1])}"
        return None

    def around(self, stem: str) -> str | None:
        """The template that a page's template is shown in: a page's for content, the frame of all pages for pages."""
        tail = stem.partition("--")[2]
        if stem.startswith("node--"):
            return self.templates.get(f"page--node--{tail.partition('--')[0]}") or self.templates.get("page") or self.templates.get("html")
        return self.templates.get(f"html--{tail}") or self.templates.get("html")


def _plain(name: str) -> str:
    return name.replace("--", "/").replace("-", " ").replace("%", "*")


class DrupalStack:
    """The themes of a Drupal site. Which one is in use, and which modules are, is not in a repository: all are taken to be."""

    def __init__(self, site: Site, extensions: tuple[Extension, ...]) -> None:
        self._site = site
        by_name = {extension.machine: extension for extension in extensions if extension.theme}
        based = {extension.base for extension in by_name.values()}
        self._themes = [_Theme(site, each, _bases(each, by_name)) for each in by_name.values() if each.machine not in based]
        self._modules = [extension for extension in extensions if not extension.theme]
        self._libraries = Libraries(site, extensions)
        self._folders = {extension.machine: extension.folder for extension in extensions}
        self._reader = PhpReader(site, self._known)
        self._code = [*self._hooked()]

    def _known(self, asking: str) -> Known:
        def known(name: str, arguments: object) -> str | None:
            given = [str(each) for each in arguments] if isinstance(arguments, (list, tuple)) else []
            if name in ("drupal_get_path", "backdrop_get_path") and len(given) > 1:
                return HERE + self._folders[given[1]] if given[1] in self._folders else None
            if name == "path_to_theme":
                folders = [theme.extension.folder for theme in self._themes if asking.startswith(theme.extension.folder + "/")]
                return HERE + folders[0] if folders else None
            return "" if name in ("base_path", "$base_path", "$base_url") else None

        return known

    def _hooked(self) -> Iterator[tuple[Extension, str, str]]:
        """The files of themes and modules with hooks that run for every page, and which."""
        for extension in (*(each for theme in self._themes for each in theme.chain), *self._modules):
            names = [f"{extension.machine}.module", f"{extension.machine}.theme", "template.php"]
            paths = [posixpath.join(extension.folder, name) for name in names]
            paths += self._site.below(posixpath.join(extension.folder, "src/Hook"), ".php")
            for path in paths:
                if path in self._site.files and (match := _HOOKS.search(php_of(self._site.text(path)).text)):
                    yield extension, path, match[1] or match[2]

    def pages(self) -> Iterator[Page]:
        """The templates of pages; where a theme has none, the frame of all pages or the theme itself stands for every page."""
        for theme in self._themes:
            found = False
            for stem, path in sorted(theme.templates.items()):
                meaning = theme.page_of(stem)
                if meaning:
                    found = found or stem in ("page", "page--front")
                    yield Page(path, path, stands_for=meaning)
            if not found:
                path = theme.templates.get("html") or theme.info
                if path in self._site.files:
                    yield Page(path, path, stands_for="every page")

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What surrounds and fills a page, what is attached to it, and what PHP files of themes and modules pull in."""
        for theme in self._themes:
            yield from self._theme_links(theme, path)
        if path.endswith(".twig"):
            bare = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
            yield from self._attached(bare, "attach_library")
        elif path.endswith((".module", ".theme", ".php", ".inc")) and any(_below(path, folder) for folder in self._folders.values()):
            yield from self._reader.links(path, text)
            yield from self._attached(php_of(text).text, "library")

    def _attached(self, bare: str, word: str) -> Iterator[Link]:
        if word not in bare:
            return
        lines = Lines(bare)
        for match in _LIBRARY.finditer(bare):
            if match[1] in self._libraries:
                for script in self._libraries.scripts(match[1]):
                    yield Link(script, "script", lines.at(match.start()), note=f"library {match[1]}")

    def _theme_links(self, theme: _Theme, path: str) -> Iterator[Link]:
        stem = next((stem for stem, found in theme.templates.items() if found == path), "")
        is_page = bool(theme.page_of(stem))
        if is_page:
            frame = theme.around(stem)
            if frame and frame != path:
                yield Link(frame, "layout", 1)
            for name, target in list(theme.templates.items())[:MAX_PLACED]:
                if not theme.page_of(name) and name.partition("--")[0] != "html":
                    yield Link(target, "component", 1, note="where the CMS puts it")
        if is_page or stem.startswith("html") or path == theme.info:
            yield from self._every_page(theme)

    def _every_page(self, theme: _Theme) -> Iterator[Link]:
        for each in theme.chain:
            for library in each.libraries:
                for script in self._libraries.scripts(library):
                    yield Link(script, "script", 1, note=f"library {library} of every page")
            for script in each.scripts:
                if script in self._site.files:
                    yield Link(script, "script", 1, note="script of every page")
        for extension, path, hook in self._code:
            if not extension.theme or extension in theme.chain:
                yield Link(path, "hook" if extension.theme else "plugin", 1, note=f"hook {hook}")

    def complete(self) -> bool:
        """The templates of a theme stand for all pages."""
        return bool(self._themes)

    def covers(self, path: str) -> bool:
        """Scripts and templates are placed by the CMS under names of their own, so nothing of a theme is known to be dead."""
        return False


def _bases(theme: Extension, by_name: dict[str, Extension]) -> list[Extension]:
    found: list[Extension] = []
    while theme.base in by_name and by_name[theme.base] not in found and len(found) < 5:
        theme = by_name[theme.base]
        found.append(theme)
    return found


def _below(path: str, folder: str) -> bool:
    return not folder or path.startswith(folder + "/")


def open_drupal(site: Site) -> DrupalStack | None:
    """The stack of a site with Drupal themes or modules."""
    extensions = extensions_of(site)
    return DrupalStack(site, extensions) if extensions else None
