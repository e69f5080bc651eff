"""Sites built with JavaScript frameworks: Next, Nuxt, Gatsby, Astro, SvelteKit, Remix, Docusaurus, VitePress, single-page applications."""

import posixpath
import re
from collections import deque
from collections.abc import Iterator

from linter.reach.apps import App, apps_of
from linter.reach.file_routes import is_source
from linter.reach.model import Link, Page
from linter.reach.modules import COMPONENTS, SCRIPTS, modules_of
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site
from linter.reach.sources import code_of, front_of

_TOOL = re.compile(
    r"(?:\A|/)(?:scripts|bin|tools|functions|netlify|api|server|workers?|supabase|amplify|studio|plop-templates|\.\w[^/]*)/"
    r"|\.config\.\w+\Z|(?:\A|/)(?:sw|service-worker|middleware|proxy|gatsby-node|server)\.\w+\Z|\.server\.\w+\Z|\+server\.\w+\Z",
    re.IGNORECASE,
)
_TEST = re.compile(r"(?:\A|/)(?:tests?|e2e|cypress|playwright|fixtures|examples?|\.storybook|\.github)/", re.IGNORECASE)
_SERVED = re.compile(r"(?:\A|/)(?:public|static|dist|build|out|_site)/")


def open_javascript(site: Site) -> "JavascriptStack | None":
    """The stack of a repository that has such a site, else None."""
    apps = apps_of(site)
    return JavascriptStack(site, apps) if apps else None


class JavascriptStack:
    """All JavaScript sites of a repository. Routes are told with the site's folder before them where there is more than one site."""

    def __init__(self, site: Site, apps: tuple[App, ...]) -> None:
        self._site = site
        rows = [(app, tuple(app.pages())) for app in apps]
        self._busy = [(app, pages) for app, pages in rows if pages]
        self._apps: dict[str, list[App]] = {}
        self._by_file: dict[str, App] = {}
        for app, pages in self._busy:
            self._apps.setdefault(app.root, []).append(app)
            self._by_file.update((page.file, app) for page in pages)
        self._elsewhere: frozenset[str] | None = None

    def pages(self) -> Iterator[Page]:
        """The pages of all sites."""
        roots = {app.root for app, _ in self._busy}
        for app, pages in self._busy:
            for page in pages:
                yield page._replace(path=app.root + page.path) if len(roots) > 1 and app.root and page.path.startswith("/") else page

    def shells(self) -> frozenset[str]:
        """Whole HTML files that are no pages by themselves but what pages are put into."""
        return frozenset().union(*(app.shells() for app, _ in self._busy))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """Layouts and plugins of a page's file, what components import, and the imports of configurations."""
        near = self._of(path)
        maker = self._by_file.get(path)
        for app in near if maker is None or maker in near else [*near, maker]:
            yield from app.links(path, text)
        if path.endswith(COMPONENTS) or (path.endswith(".md") and maker is not None):
            yield from self._component_links(path, text)

    def complete(self) -> bool:
        """Whether there are pages: frameworks know all of theirs."""
        return bool(self._busy)

    def covers(self, path: str) -> bool:
        """Whether a file is a module of a site with pages that nothing but pages could run."""
        if not self._may_be_dead(path):
            return False
        if self._elsewhere is None:
            self._elsewhere = frozenset(self._run_elsewhere())
        return path not in self._elsewhere

    def _of(self, path: str) -> list[App]:
        """The sites with pages in the nearest folder above a file that has any."""
        folder = posixpath.dirname(path)
        while folder.strip("/") and folder not in self._apps:
            folder = posixpath.dirname(folder)
        return self._apps.get(folder, [])

    def _may_be_dead(self, path: str) -> bool:
        apps = self._of(path)
        rest = path[len(apps[0].root) :].lstrip("/") if apps else ""
        return "/" in rest and self._is_live(path) and not _TOOL.search(rest) and not any(app.elsewhere(path) for app in apps)

    def _is_live(self, path: str) -> bool:
        return path.endswith((*SCRIPTS, *COMPONENTS)) and is_source(path) and not _TEST.search(path) and not _SERVED.search(path)

    def _run_elsewhere(self) -> set[str]:
        """The files that server code, tools and configurations are, or import."""
        sources = (*SCRIPTS, *COMPONENTS)
        waiting = deque(path for path in sorted(self._site.files) if self._is_live(path) and not self._may_be_dead(path))
        seen = set(waiting)
        while waiting:
            path = waiting.popleft()
            text = self._site.text(path)
            found = self._component_links(path, text) if path.endswith(COMPONENTS) else script_links(text, path, self._site)
            for link in found:
                if link.target not in seen and link.target.endswith(sources):
                    seen.add(link.target)
                    waiting.append(link.target)
        return seen

    def _component_links(self, path: str, text: str) -> Iterator[Link]:
        """What a component pulls in: by its code and its elements."""
        from linter.reach.static import markup_links

        roots = modules_of(self._site).publics(path)
        start, front = front_of(text, path)
        if front:
            yield from script_links(front, path, self._site, roots, offset=Lines(text).at(start) - 1 if start else 0)
        if not path.endswith(".mdx"):
            yield from markup_links(code_of(text, path), path, self._site, roots)
