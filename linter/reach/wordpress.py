"""WordPress: the templates of themes are pages; what hooks print gets onto every page that calls them."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from linter.reach.model import Link, Page
from linter.reach.php_scan import Scan
from linter.reach.php_text import php_of
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.wordpress_calls import block_files, block_pulls, patterns_of
from linter.reach.wordpress_folders import Family, Plugin, families_of, plugins_of
from linter.reach.wordpress_links import Conditional, FileLinks
from linter.reach.wordpress_pages import ThemePages
from linter.reach.wordpress_theme import Theme, known_in

_HOOK_CALL = re.compile(
    r"(?<![\w$])(?P<call>wp_head|wp_body_open|wp_footer)\b(?=\s*+(?:\(|[}'\"]))|@(?:wp_?)(?P<tag>head|body_?open|footer)\b"
)
_TESTS = re.compile(r"\bis_(?!admin\b|wp_error|array|user|numeric|null|int|string|object|callable|plugin|active|a\b)\w+\s*+\(")
_BY_NAME = re.compile(r"\b(?:spl_autoload_register|scandir|RecursiveDirectoryIterator|DirectoryIterator)\b|vendor/autoload")
_ASIDE = re.compile(r"(?:\A|/)(?:admin|vendor|node_modules|tests?|languages|lang)/", re.IGNORECASE)
_PLACED = re.compile(
    r"(?:woocommerce|bbpress|buddypress|tribe[\w-]*|learnpress|edd_templates|gravityforms|elementor|blocks|vendor|patterns)/"
)
_WRAPPED = re.compile(r"sage\.view|Roots\\\\?view|sage\.data")
MAX_BY_NAME = 500
"""Files of one plugin that are taken to be loaded where it loads classes by their names."""


class WordPressStack:
    """The themes and plugins of a WordPress site. Which plugins are active is not in a repository: all are taken to be."""

    def __init__(self, site: Site, families: Iterable[Family], plugins: Iterable[Plugin]) -> None:
        self._site = site
        self._themes = [Theme(site, family) for family in families]
        self._plugins = tuple(plugins)
        self._scan = Scan(site, sorted(self._theme_files()), lambda asking: known_in(self._theme_of(asking)))
        self._reader = FileLinks(site, self._scan)
        self._pages = [ThemePages(theme, site.text) for theme in self._themes]
        self._patterns = [patterns_of(theme, site.text) for theme in self._themes]
        self._moved: dict[str, list[Link]] = defaultdict(list)
        self._kept: dict[str, list[Link]] = {}
        for path in self._scan.facts:
            if _TESTS.search(site.text(path)):
                self._php_links(path, site.text(path))

    def _theme_files(self) -> Iterator[str]:
        for theme in self._themes:
            yield from (
                path for name, path in theme.files.items() if name.endswith(".php") and not _ASIDE.match(name) and not self._in_plugin(path)
            )

    def _in_plugin(self, path: str) -> bool:
        return any(path == plugin.main or (plugin.folder and path.startswith(plugin.folder + "/")) for plugin in self._plugins)

    def _themes_of(self, path: str) -> list[int]:
        found = [number for number, theme in enumerate(self._themes) if theme.holds(path)]
        return [] if self._in_plugin(path) else found

    def _theme_of(self, path: str) -> Theme | None:
        numbers = self._themes_of(path)
        return self._themes[numbers[0]] if numbers else None

    def pages(self) -> Iterator[Page]:
        """The templates of all themes; without a theme, each plugin stands for every page."""
        for pages in self._pages:
            yield from pages.pages()
        if not self._themes:
            for plugin in self._plugins:
                if not self._reader.hooks(plugin.main).admin_only:
                    yield Page(plugin.main, plugin.main, plugin.name, stands_for="every page")

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a file of a theme or plugin pulls in, and what hooks add where it calls them."""
        numbers = self._themes_of(path)
        if not numbers and not self._in_plugin(path):
            return
        if path.endswith(".php"):
            yield from self._php_links(path, text)
        for number in numbers:
            yield from self._theme_links(self._themes[number], self._pages[number], self._patterns[number], path, text)
        if not numbers:
            yield from self._plugin_links(path, text)
        yield from self._moved.get(path, ())

    def _php_links(self, path: str, text: str) -> list[Link]:
        """The links of a PHP file; those under a condition on the page asked for are moved to the templates of such pages."""
        if path not in self._kept:
            numbers = self._themes_of(path)
            found = list(dict.fromkeys(self._reader.of(path, text, self._themes[numbers[0]] if numbers else None)))
            self._kept[path] = [each.link for each in found if not self._move(each, path, numbers)]
        return self._kept[path]

    def _move(self, each: Conditional, path: str, numbers: list[int]) -> bool:
        pages = [page for number in numbers for tag, texts in each.tests for page in self._pages[number].asked_for(tag, texts)]
        for page in pages:
            if page.file != path:
                note = f"{path}:{each.link.line}, {each.link.note}"
                self._moved[page.file].append(each.link._replace(line=1, note=note))
        return bool(pages)

    def _theme_links(self, theme: Theme, pages: ThemePages, patterns: dict[str, str], path: str, text: str) -> Iterator[Link]:
        name = theme.name_of(path)
        if path.endswith(".html") or "<!-- wp:" in text:
            lines = Lines(text)
            for pull in block_pulls(text, theme, patterns):
                yield Link(pull.target, pull.how, lines.at(pull.offset), note=pull.note)
        if name.startswith(("templates/", "block-templates/")) and name.endswith(".html"):
            yield from self._loaded(theme, "wp_head", 1)
        elif (path.endswith((".php", ".twig")) and "wp_" in text) or "@head" in text or "@footer" in text or "@wp" in text:
            yield from self._hooked(theme, path, text)
        if path == theme.find("functions.php"):
            for target in block_files(theme, self._site.text):
                yield Link(target, "script" if target.endswith("js") else "component", 1, note="where the CMS puts the block")
        if path.endswith(".blade.php") and (wrapper := theme.find("index.php")) and _WRAPPED.search(self._site.text(wrapper)):
            yield Link(wrapper, "layout", 1)
        whole = pages.whole()
        shown = "/woocommerce/" in f"/{path}" and "get_header" not in text and any(page.file == path for page in pages.pages())
        if shown and whole and whole.file != path:
            yield Link(whole.file, "layout", 1, note="shown in a page")

    def _hooked(self, theme: Theme, path: str, text: str) -> Iterator[Link]:
        php = php_of(text)
        seen = set()
        for match in _HOOK_CALL.finditer(php.text):
            call = match["call"] or "wp_" + match["tag"].replace("bodyopen", "body_open")
            if call not in seen and (
                match["tag"] or not path.endswith(".php") or php.in_code(match.start()) or path.endswith(".blade.php")
            ):
                seen.add(call)
                yield from self._loaded(theme, call, php.line(match.start()))

    def _loaded(self, theme: Theme, call: str, line: int) -> Iterator[Link]:
        """The code that WordPress loads for every page and that prints where `call` is called."""
        for folder in theme.family.folders:
            path = posixpath.join(folder, "functions.php")
            if path in self._site.files and (note := self._note(path, call)):
                yield Link(path, "hook", line, note=note)
        for plugin in self._plugins:
            hooks = self._reader.hooks(plugin.main)
            if not hooks.admin_only and (note := self._note(plugin.main, call)):
                yield Link(plugin.main, "plugin", line, note=note)

    def _note(self, path: str, call: str) -> str:
        """Under which name a file's code gets to a place, "" where another place is nearer: what is not known prints in the head."""
        hooks = self._reader.hooks(path)
        if call in hooks.names:
            return f"hook {call}"
        if call != "wp_head" or hooks.told in ("wp_footer", "wp_body_open"):
            return ""
        return f"hook {hooks.told}" if hooks.told else "every page"

    def _plugin_links(self, path: str, text: str) -> Iterator[Link]:
        for plugin in self._plugins:
            if plugin.main == path and plugin.folder and _BY_NAME.search(text):
                files = self._site.below(plugin.folder, ".php")
                for target in [each for each in files if not _ASIDE.search(each[len(plugin.folder) :])][:MAX_BY_NAME]:
                    if not self._reader.hooks(target).admin_only:
                        yield Link(target, "plugin", 1, note="loaded by its name")

    def shells(self) -> frozenset[str]:
        """HTML files of block themes that are parts of pages."""
        names = ((name, path) for theme in self._themes for name, path in theme.files.items())
        return frozenset(path for name, path in names if name.startswith(("parts/", "block-template-parts/", "patterns/")))

    def complete(self) -> bool:
        """Templates stand for all pages of a theme."""
        return True

    def covers(self, path: str) -> bool:
        """PHP and HTML files of themes, but for classes, and for what plugins and the CMS place by names of their own."""
        theme = self._theme_of(path)
        if path not in self._scan.facts or theme is None or self._scan.dynamic:
            return False
        name = theme.name_of(path)
        return not _PLACED.match(name) and not re.search(r"^[ \t]*+(?:final |abstract )?class \w", self._site.text(path), re.MULTILINE)


def open_wordpress(site: Site) -> WordPressStack | None:
    """The stack of a site with WordPress themes or plugins."""
    families, plugins = families_of(site), plugins_of(site)
    return WordPressStack(site, families, plugins) if families or plugins else None
