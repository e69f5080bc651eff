"""Laravel and other users of Blade: views by routes and controllers, layouts, includes and components."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.blade_names import ViewNames
from linter.reach.model import How, Link, Page
from linter.reach.php_markup import php_title
from linter.reach.php_routes import Routes
from linter.reach.php_text import Php, php_of
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.templating import Dialect, Served, template_links
from linter.reach.wholes import OPENS
from linter.reach.wordpress_folders import wordpress_folders

_COMMENT = re.compile(r"\{\{--.*?(?:--\}\}|\Z)", re.DOTALL)
_DIALECT = Dialect(_COMMENT, re.compile(r"\{\{[^{}]{0,1000}\}\}|\{!![^{}]{0,1000}!!\}"))
_DIRECTIVE = re.compile(
    r"(?<![@\w])@(?P<name>extends|extendsFirst|include|includeIf|includeWhen|includeUnless|includeFirst|each|component|componentFirst|livewire|inertia|vite|scripts?)"
    r"\s*+\((?P<given>(?:[^()]|\([^()]{0,200}\)){0,600}+)"
)
_ELEMENT = re.compile(r"<(?P<kind>x-|livewire:|s-)(?P<name>[\w.:-]{1,100})(?=[\s/>])")
_NAME = re.compile(r"'([\w./:@-]{1,200})'(\s*+\.)?|\"([\w./:@-]{1,200})\"(\s*+\.)?")
_HOW: dict[str, How] = {"extends": "layout", "extendsFirst": "layout", "component": "component", "each": "include", "livewire": "component"}
_SCRIPT = re.compile(r"['\"]([\w./@-]{1,200}\.(?:js|ts|jsx|tsx|mjs))['\"]")
_VIEW_IN_CLASS = re.compile(r"\bview\s*+\(\s*+['\"]([\w.:/-]{1,150})['\"]|layout\s*+\(\s*+['\"]([\w.:/-]{1,150})['\"]")
_LAYOUT = re.compile(r"#\[Layout\(\s*['\"]([\w.:/-]{1,150})['\"]")
_WRAPS = re.compile(r"@extends|<x-[\w.:-]*(?:layout|app|guest|master|base)|@component\s*\(\s*['\"][\w.:-]*layout", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"(?:\A|/)(?:layouts?|components?|partials?|includes?|e?mails?|mail|notifications|vendor|errors/layout)/|(?:\A|/)_", re.IGNORECASE
)
_MAIL = re.compile(r"(?:\A|/)(?:e?mails?|notifications|vendor/mail|pdf)/", re.IGNORECASE)
_CODE = re.compile(r"(?:\A|/)(?:routes|app|src|Modules|packages|modules|workbench)/")
_SKIP = re.compile(
    r"(?:\A|/)(?:vendor/(?!.*views)|tests?|database|node_modules|storage|Mail|Notifications|Console)/|(?:api|console|channels)\.php\Z"
)
MAX_OPEN = 300


class BladeStack:
    """The Blade views of a site, and what its routes show."""

    def __init__(self, site: Site, names: ViewNames) -> None:
        self._site = site
        self._names = names
        self._kept: dict[str, tuple[Link, ...]] = {}
        self._wordpress = tuple(f"{folder}/" if folder else "" for folder in wordpress_folders(site))
        self._classes = {
            posixpath.basename(path): path for path in sorted(site.files) if path.endswith(".php") and _is_component_class(path)
        }
        code = [
            path
            for path in site.files
            if path.endswith(".php") and _CODE.search(path) and not _SKIP.search(path) and not path.endswith(".blade.php")
        ]
        self._routes = Routes(site, code)
        roots = [folder for folder in site.folders if posixpath.basename(folder) == "public" and "node_modules" not in folder]
        self._served = Served(site, sorted(roots, key=len)[:20])

    def pages(self) -> Iterator[Page]:
        """The routes that show a view, and views that code shows or nothing pulls in where no route tells."""
        taken: set[str] = set()
        shown: set[str] = set()
        for route in self._routes.rows():
            for path in self._names.find(route.template, route.asking)[:1]:
                shown.add(path)
                if route.address not in taken and not route.address.startswith("/api/") and self._is_page(path):
                    taken.add(route.address)
                    yield Page(
                        route.address, path, self._title(path), stands_for="every address of this form" if "{" in route.address else ""
                    )
        rest = self._named() if shown else self._unused()
        for path in sorted(rest - shown):
            if not _NO_PAGE.search(self._names.name_of(path)) and self._is_page(path):
                yield Page(path, path, self._title(path))

    def _named(self) -> set[str]:
        """The views that code names outside the classes of routes, all those of a name that goes on unknown, and those of errors."""
        views = self._routes.views
        found = {path for name, asking in views.named(self._routes.classes()) for path in self._names.find(name, asking)[:1]}
        for name in views.open:
            found |= set(self._names.beginning(name)[:MAX_OPEN])
        by_place = ("errors/", "pages/") if self._has_folio() else ("errors/",)
        return found | {path for path in self._names.paths if self._names.name_of(path).startswith(by_place)}

    def _has_folio(self) -> bool:
        """Whether every file of `views/pages` is a page by where it lies."""
        return any("laravel/folio" in self._site.text(path) for path in self._site.named("composer.json")[:5])

    def _unused(self) -> set[str]:
        used = {link.target for path in self._names.paths for link in self._references(_bare(self._site.text(path)), path)}
        return {path for path in self._names.paths if path not in used}

    def _is_page(self, path: str) -> bool:
        """Whether a view, with what it extends, is a whole page. Themes of WordPress know their own."""
        if _MAIL.search(path) or path.startswith(self._wordpress or ("\0",)):
            return False
        seen = {path}
        waiting = [path]
        while waiting and len(seen) < 60:
            path = waiting.pop()
            text = _bare(self._site.text(path))
            if OPENS.search(text.text) or _WRAPS.search(text.text) or not path.endswith(".php"):
                return True
            for link in self._references(text, path):
                if link.target not in seen:
                    seen.add(link.target)
                    waiting.append(link.target)
        return False

    def _title(self, path: str) -> str:
        text = self._site.text(path)
        match = re.search(r"@section\(\s*['\"](?:page_?|meta_?)?title['\"]\s*,\s*['\"]([^'\"\n]{1,120})['\"]", text)
        return match[1] if match and "$" not in match[1] else php_title(_DIALECT.tags.sub("", text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a view extends, includes and loads, and the views of the classes behind its components."""
        if path.endswith(".blade.php"):
            bare = _bare(text)
            yield from self._references(bare, path)
            yield from template_links(bare.text, path, self._served, _DIALECT)
            yield from self._built(bare, path)
        elif path in self._classes.values():
            yield from self._class_links(text, path)
        elif path.endswith((".vue", ".jsx", ".tsx", ".svelte")) and "/Pages/" in path:
            for root in self._names.find("app", path)[:1]:
                yield Link(root, "layout", 1, note="Inertia")

    def _references(self, bare: Php, path: str) -> tuple[Link, ...]:
        """What a view without comments pulls in by its directives and components; looked for once."""
        if path not in self._kept:
            self._kept[path] = tuple(self._read(bare, path))
        return self._kept[path]

    def _read(self, bare: Php, path: str) -> Iterator[Link]:
        for match in _DIRECTIVE.finditer(bare.text):
            name = match["name"]
            if name in ("vite", "inertia", "script", "scripts"):
                continue
            line = bare.line(match.start())
            for target in self._targets(name, match["given"], path):
                yield Link(target, _HOW.get(name, "include"), line)
        for match in _ELEMENT.finditer(bare.text):
            for target in self._component(match["kind"], match["name"], path):
                yield Link(target, "component", bare.line(match.start()))

    def _targets(self, directive: str, given: str, path: str) -> Iterator[str]:
        names = list(_NAME.finditer(given))
        if not directive.endswith("First"):
            names = names[:1] if directive not in ("each", "includeWhen", "includeUnless") else names[:3]
        for match in names:
            name = match[1] or match[3]
            if match[2] or match[4]:
                yield from self._names.beginning(name)[:MAX_OPEN]
            else:
                yield from self._component("livewire:", name, path) if directive == "livewire" else self._names.find(name, path)[:1]

    def _component(self, kind: str, name: str, path: str) -> Sequence[str]:
        """The view, or else the class, of a component's element."""
        name = name.replace("::", ":").rpartition(":")[2] if kind == "x-" else name
        folder = "livewire" if kind == "livewire:" else "components"
        last = name.rpartition(".")[2]
        views = self._names.first(path, f"{folder}.{name}", f"{folder}.{name}.index", f"{folder}.{name}.{last}")
        written = "".join(part.title() for part in re.split(r"[-_]", last))
        known = self._classes.get(f"{written}.php")
        return [*([known] if known else []), *views][:2]

    def _class_links(self, text: str, path: str) -> Iterator[Link]:
        lines = Lines(text)
        for pattern in (_VIEW_IN_CLASS, _LAYOUT):
            for match in pattern.finditer(text):
                name = next(filter(None, match.groups()), "")
                for target in self._names.find(name, path)[:1]:
                    yield Link(target, "component", lines.at(match.start()))
        if "Livewire" in path and "layout" not in text.lower():
            for target in self._names.first(path, "components.layouts.app", "layouts.app"):
                yield Link(target, "layout", 1, note="the layout of Livewire pages")

    def _built(self, bare: Php, path: str) -> Iterator[Link]:
        """Scripts that Vite builds: `@vite(['resources/js/app.js'])`."""
        for match in _DIRECTIVE.finditer(bare.text):
            if match["name"] == "vite":
                for script in _SCRIPT.finditer(match["given"]):
                    target = self._site.resolve("/" + script[1], path)
                    if target:
                        yield Link(target, "script", bare.line(match.start()))

    def complete(self) -> bool:
        """Whether code names all views it shows."""
        return not self._routes.views.dynamic

    def covers(self, path: str) -> bool:
        """Views, but for those of mails."""
        return path in self._names.paths and not _MAIL.search(path)


def _bare(text: str) -> Php:
    """A view without comments."""
    return php_of(_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "{{--" in text else text)


def _is_component_class(path: str) -> bool:
    return "/View/Components/" in path or "/Livewire/" in path


def open_blade(site: Site) -> BladeStack | None:
    """The stack of a site with Blade views."""
    names = ViewNames(site)
    return BladeStack(site, names) if names.paths else None
