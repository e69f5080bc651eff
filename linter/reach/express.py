"""Node.js servers with views: EJS, Pug, Handlebars, Nunjucks and their like."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.express_routes import ExpressRoutes
from linter.reach.indented import INDENTED_ENDINGS
from linter.reach.model import Link, Page, Stack
from linter.reach.nested import under
from linter.reach.scripts import script_links
from linter.reach.settings_text import dig, mapping_of
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import Served, chosen_at_run_time
from linter.reach.views import VIEW_ENDINGS, view_links

_FOLDERS = frozenset(("views", "templates", "view"))
_SKIP = re.compile(r"(?:\A|/)(?:node_modules|bower_components|vendor|dist|resources/views|app/views)/")
_NO_PAGE = re.compile(r"(?:\A|/)(?:e?mails?|mailers?|mailing|messages|layouts?|includes?|partials?|mixins?|components?)/")
_CHOSEN = re.compile(
    r"<%[-=_]?\s*include\(\s*(?:[a-zA-Z_`]|['\"][^'\"\n]{0,200}['\"]\s*\+)|\{\{~?#?>\s*\(|\{%-?\s*include\s+(?!['\"\[(])\w"
)
_WHOLE = re.compile(r"<html\b|^(?:doctype|html|extends)\b|\{%-?\s*extends\b|<%[-=]?\s*layout\(", re.IGNORECASE | re.MULTILINE)


class Express:
    """All views of the Node.js servers in a repository."""

    def __init__(self, site: Site, routes: ExpressRoutes) -> None:
        self._site = site
        self._routes = routes
        self._folders = _FOLDERS | {folder.strip("./").rpartition("/")[2] for folder in (routes.settings.get("views", ""),) if folder}
        self._views: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in site.below("", *VIEW_ENDINGS):
            root = None if _SKIP.search(path) else self._root_of(path)
            if root is not None:
                self._views[path] = root
                self._by_name[path[len(root) + 1 :].rsplit(".", 1)[0]].append(path)
        self._served = Served(site, (*routes.statics, "public", ""))
        self._layouts: dict[str, set[str]] = defaultdict(set)
        self._rendered: dict[str, list[str]] = defaultdict(list)
        self._read_renders()
        self._wrapped = self._wrapping()

    def pages(self) -> Iterator[Page]:
        """The views that are filled in, at their addresses where these are written out."""
        taken: set[str] = set()
        for path, addresses in self._rendered.items():
            new = [address for address in dict.fromkeys(addresses) if address and address not in taken and not self._is_error(path)]
            taken.update(new)
            title = title_of(self._site.text(path))
            for address in new or [path]:
                yield Page(address, path, title, stands_for="every address of this form" if ":" in address or "*" in address else "")
        if self._routes.dynamic:
            for path in sorted(self._views.keys() - self._rendered.keys() - self._used()):
                if not _NO_PAGE.search(path) and _WHOLE.search(self._site.text(path)[:5_000]):
                    yield Page(path, path, title_of(self._site.text(path)))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout, includes and scripts of a view."""
        if path in self._views:
            return self._view_links(path, text)
        return script_links(text, path, self._served, self._routes.statics) if path.endswith((".js", ".mjs")) else ()

    def complete(self) -> bool:
        """Views and what they include may be chosen by names that are put together."""
        return not self._routes.dynamic and not chosen_at_run_time(self._site, sorted(self._views), _CHOSEN)

    def covers(self, path: str) -> bool:
        """Views that no script names; some may be filled in for mails."""
        if path not in self._views:
            return False
        name = path[len(self._views[path]) + 1 :]
        return not any(text in self._routes.texts for text in (path, name, name.rsplit(".", 1)[0], posixpath.basename(name)))

    def shells(self) -> frozenset[str]:
        """Templates that are served only as something else fills them in."""
        return frozenset(self._views) - {page.path for page in self.pages()}

    def has_views(self) -> bool:
        """Whether any view is filled in."""
        return bool(self._rendered)

    def _view_links(self, path: str, text: str) -> Iterator[Link]:
        for layout in self._layout_of(path):
            yield Link(layout, "layout", 1, note="layout of views")
        yield from view_links(path, text, self._served, self._near)

    def _root_of(self, path: str) -> str | None:
        parts = path.split("/")
        return next(("/".join(parts[: number + 1]) for number, part in enumerate(parts[:-1]) if part in self._folders), None)

    def _read_renders(self) -> None:
        for render in self._routes.renders():
            path = self._view(render.view, render.asking)
            if path is not None:
                self._rendered[path].append(render.address)
                if render.layout is not None:
                    self._layouts[path].add(render.layout)

    def _view(self, name: str, asking: str) -> str | None:
        """The file of a view's name, the nearest to the script that asks for it."""
        name = name.strip("/").removeprefix("./")
        found = self._by_name.get(name) or self._by_name.get(name.rsplit(".", 1)[0] if name.endswith(VIEW_ENDINGS) else name, [])
        return max(found, key=lambda path: (len(posixpath.commonprefix((path, asking))), -path.count("/"), path), default=None)

    def _wrapping(self) -> str:
        """The name of the layout around all views: of express-ejs-layouts, express-handlebars or hbs; "" where there is none."""
        packages = [mapping_of(path, self._site.text(path)) for path in self._site.named("package.json") if "node_modules/" not in path]
        has = {
            name
            for table in packages
            for key in ("dependencies", "devDependencies")
            if isinstance(rows := dig(table, key), dict)
            for name in rows
        }
        said = self._routes.settings
        if "express-handlebars" in has:
            return said.get("defaultLayout", "main")
        if "express-ejs-layouts" in has or "hbs" in has or "sails" in has:
            return said.get("layout", "layouts/layout" if "sails" in has else "layout")
        return said.get("layout", said.get("defaultLayout", ""))

    def _layout_of(self, path: str) -> list[str]:
        if path not in self._rendered or path.endswith(INDENTED_ENDINGS):
            return []
        names = self._layouts.get(path) or {self._wrapped}
        found = (self._view(f"{folder}{name}", path) for name in sorted(names) if name for folder in ("", "layouts/"))
        return [layout for layout in found if layout and layout != path][:2]

    def _near(self, name: str, asking: str) -> Sequence[str]:
        """The file that a view includes: beside it, below its folder of views, or a partial of that name."""
        root = self._views.get(asking, "")
        places = (posixpath.dirname(asking), root, under(root, "partials"), under(root, "layouts"))
        bases = [posixpath.normpath(posixpath.join(place, name.strip().lstrip("/"))) for place in places]
        found = self._site.first(*(base + ending for base in bases for ending in ("", *VIEW_ENDINGS)))
        return (found,) if found and found != asking else ()

    def _is_error(self, path: str) -> bool:
        return posixpath.basename(path).rsplit(".", 1)[0] in ("404", "error", "500")

    def _used(self) -> set[str]:
        return {link.target for path in self._views for link in self._view_links(path, self._site.text(path))}


def open_express(site: Site) -> Stack | None:
    """Repositories with a package.json and views that a script fills in."""
    if not site.named("package.json") or not any(folder.rpartition("/")[2] in _FOLDERS for folder in site.folders):
        return None
    stack = Express(site, ExpressRoutes(site))
    return stack if stack.has_views() else None
