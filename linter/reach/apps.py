"""The JavaScript sites of a repository: which framework in which folder."""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import NamedTuple, Protocol

from linter.reach.model import Link, Page
from linter.reach.packages import packages_of
from linter.reach.site import Site


class App(Protocol):
    """One site of one framework, in the folder `root`."""

    root: str

    def pages(self) -> Iterable[Page]:
        """Its pages, by their routes."""
        ...

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a file pulls in but for its imports: layouts, plugins, components by name."""
        ...

    def shells(self) -> frozenset[str]:
        """Whole HTML files that are no pages by themselves but what pages are put into."""
        ...

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page of the site (server code, tests, configuration)."""
        ...


class _Framework(NamedTuple):
    """How a framework is told: by packages, or by the names of files (each with how many folders above it the site is)."""

    module: str
    name: str
    packages: frozenset[str]
    files: re.Pattern[str]


_FRAMEWORKS = (
    _Framework(
        "next", "Next", frozenset({"next"}), re.compile(r"(?P<root>.*?)(?:next\.config\.\w+|(?:src/)?(?:pages/_app|app/layout)\.[jt]sx?)")
    ),
    _Framework("nuxt", "Nuxt", frozenset({"nuxt", "nuxt3", "nuxt-edge", "nuxt-nightly"}), re.compile(r"(?P<root>.*?)nuxt\.config\.\w+")),
    _Framework("gatsby", "Gatsby", frozenset(), re.compile(r"(?P<root>.*?)gatsby-(?:config|browser|ssr|node)\.(?:[jt]sx?|mjs)")),
    _Framework("astro", "Astro", frozenset({"astro"}), re.compile(r"(?P<root>.*?)astro\.config\.\w+")),
    _Framework(
        "sveltekit",
        "SvelteKit",
        frozenset({"@sveltejs/kit"}),
        re.compile(r"(?P<root>.*?)src/routes/(?:\(\w+\)/)?\+(?:page|layout)\.svelte"),
    ),
    _Framework(
        "remix",
        "Remix",
        frozenset({"@remix-run/react", "@react-router/dev"}),
        re.compile(r"(?P<root>.*?)(?:remix|react-router)\.config\.\w+"),
    ),
    _Framework("docusaurus", "Docusaurus", frozenset(), re.compile(r"(?P<root>.*?)docusaurus\.config\.\w+")),
    _Framework(
        "vitepress",
        "VitePress",
        frozenset(),
        re.compile(r"(?P<root>.*?)\.vite?press/config(?:/index)?\.\w+|(?P<vue>.*?)\.vuepress/config(?:/index)?\.\w+"),
    ),
)
_INSTALLED = re.compile(
    r"(?:\A|/)(?:node_modules|bower_components|vendor|__tests__|__fixtures__|fixtures|\.next|\.nuxt|\.output|\.svelte-kit|\.vercel|\.netlify)/"
)
_HINT = re.compile(
    r"(?:\A|/)(?:next|nuxt|astro|remix|react-router|docusaurus)\.config\.|(?:\A|/)gatsby-\w+\.|/\+|press/config|pages/_app\.|app/layout\."
)
MAX_APPS = 100


def apps_of(site: Site) -> tuple[App, ...]:
    """The sites of frameworks, the outermost first; then single-page applications in folders that have none."""
    roots: dict[tuple[str, str], None] = {}
    hints = [path for path in sorted(site.files) if _HINT.search(path) and not _INSTALLED.search(path)]
    for framework in _FRAMEWORKS:
        for root in sorted({*_by_package(framework, site), *_by_file(framework, hints)}, key=lambda root: (root.count("/"), root)):
            roots[framework.module, root] = None
    found = [_open(module, root, site) for module, root in list(roots)[:MAX_APPS]]
    spa: Callable[[Site, Iterable[str]], Iterable[App]] = import_module("linter.reach.spa").single_page_apps
    return tuple(sorted([*found, *spa(site, [app.root for app in found])], key=lambda app: (app.root.count("/"), app.root)))


def _open(module: str, root: str, site: Site) -> App:
    name = next(framework.name for framework in _FRAMEWORKS if framework.module == module)
    opened: App = getattr(import_module(f"linter.reach.{module}"), name)(site, root)
    return opened


def _by_package(framework: _Framework, site: Site) -> Iterator[str]:
    for package in packages_of(site):
        if framework.packages & package.needs.keys() and not _INSTALLED.search(package.root + "/"):
            yield package.root


def _by_file(framework: _Framework, hints: Iterable[str]) -> Iterator[str]:
    for path in hints:
        match = framework.files.fullmatch(path)
        if match:
            yield next(filter(None, match.groups()), "").rstrip("/")
