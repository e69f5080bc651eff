"""Templates of no known generator (Gulp, staticjinja, plain Pug or Handlebars): those that no other pulls in are pages."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.front_matter import matter_of
from linter.reach.model import Link, Page
from linter.reach.scripts import script_links
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import Served
from linter.reach.views import VIEW_ENDINGS, view_links

_SKIP = re.compile(r"(?:\A|/)(?:node_modules|vendor|bower_components|dist|build|public|tests?|fixtures|docs?|\.[^/]+)/")
_PART = re.compile(
    r"(?:\A|/)(?:_|(?:partials?|includes?|layouts?|components?|macros?|snippets|blocks|emails?|mixins?|templates/(?:partials|macros))/)"
)
_WHOLE = re.compile(r"<html\b|<!doctype html|^doctype\b|^html\b|\{%-?\s*extends\b|^extends\s|@@include\(", re.IGNORECASE | re.MULTILINE)
_TAGS = re.compile(r"\{%-?\s*(?:extends|include|import)\b|<%-?\s*include|@@include\(|\{\{#?>")
_PLAIN = (".html", ".htm")


class Leaves:
    """All templates of a repository of which no other stack knows."""

    def __init__(self, site: Site) -> None:
        self._site = site
        rows = [path for path in site.below("", *VIEW_ENDINGS) if not _SKIP.search(path)]
        self._templates = {path for path in rows if not path.endswith(_PLAIN) or _TAGS.search(site.text(path)[:200_000])}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in rows:
            self._by_name[posixpath.basename(path).rsplit(".", 1)[0]].append(path)
        folders = [path for path in sorted(site.folders) if posixpath.basename(path) in ("public", "static", "assets", "src")]
        self._served = Served(site, ("", *folders[:30]))
        self._layouts = self._default_layouts()
        self._kept: dict[str, tuple[Link, ...]] = {}
        self._found: dict[tuple[str, str], Sequence[str]] = {}

    def any(self) -> bool:
        """Whether there is any template."""
        return bool(self._templates)

    def pages(self) -> Iterator[Page]:
        """Whole templates that no other extends or includes."""
        self._kept = {path: tuple(self._links(path, self._site.text(path))) for path in sorted(self._templates)}
        used = {link.target for links in self._kept.values() for link in links}
        for path in sorted(self._templates - used):
            text = self._site.text(path)
            if not _PART.search(path) and (_WHOLE.search(text) or matter_of(text) or self._layout_of(path)):
                yield Page(path, path, title_of(text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a template includes, extends and loads."""
        if path in self._templates or (path.endswith(VIEW_ENDINGS) and "{%" in text):
            return self._kept.pop(path, None) or self._links(path, text)
        return script_links(text, path, self._served) if path.endswith((".js", ".mjs")) else ()

    def complete(self) -> bool:
        """What fills in the templates is not known."""
        return False

    def covers(self, path: str) -> bool:
        """Nothing for sure."""
        return False

    def shells(self) -> frozenset[str]:
        """Templates that are served only as something else fills them in."""
        return frozenset(self._templates) - {page.path for page in self.pages()}

    def _links(self, path: str, text: str) -> Iterator[Link]:
        matter = matter_of(text) if text.startswith("---") else None
        layout = self._near(matter.text("layout"), path) if matter and matter.text("layout") else self._layout_of(path)
        for target in layout:
            yield Link(target, "layout", matter.line("layout") if matter else 1)
        yield from view_links(path, text, self._served, self._near)

    def _default_layouts(self) -> dict[str, str]:
        """Folders that hold `pages/` beside a layout named `default`: such generators put it around every page."""
        found = {}
        for path in self._by_name.get("default", []):
            if posixpath.basename(posixpath.dirname(path)) == "layouts":
                found[posixpath.dirname(posixpath.dirname(path))] = path
        return found

    def _layout_of(self, path: str) -> Sequence[str]:
        if "/pages/" not in f"/{path}" or not path.endswith((".hbs", ".handlebars", ".html")):
            return ()
        top = f"/{path}".partition("/pages/")[0].lstrip("/")
        return (self._layouts[top],) if top in self._layouts else ()

    def _near(self, name: str, asking: str) -> Sequence[str]:
        if (name, asking) not in self._found:
            self._found[name, asking] = self._looked_for(name, asking)
        return self._found[name, asking]

    def _looked_for(self, name: str, asking: str) -> Sequence[str]:
        """The file of a name: beside the one who asks, or the nearest whose path ends so."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(asking), name.strip()))
        tail = name.strip().lstrip("./")
        base = posixpath.basename(tail)
        rows = [row for stem in {base, base.rsplit(".", 1)[0]} for row in self._by_name.get(stem, []) if row != asking]
        near = [row for row in rows if row in (beside, *(beside + ending for ending in VIEW_ENDINGS))]
        ends = tuple(f"/{tail}{ending}" for ending in ("", *VIEW_ENDINGS))
        found = near or [row for row in rows if f"/{row}".endswith(ends)]
        return (max(found, key=lambda row: (len(posixpath.commonprefix((row, asking))), row)),) if found else ()


def open_leaves(site: Site) -> Leaves | None:
    """Repositories in which templates include or extend one another; those with PHP or Twig are filled in by that."""
    if any(path.endswith((".php", ".twig")) for path in site.files):
        return None
    stack = Leaves(site)
    return stack if stack.any() else None
