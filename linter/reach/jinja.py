"""Django, Flask, FastAPI and their like: templates in `templates/`, filled in by views, extending and including one another."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.curly import curly_links
from linter.reach.model import Link, Page, Stack
from linter.reach.python_views import PythonViews
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import CURLY, Served, chosen_at_run_time, template_links, without_template_comments

ENDINGS = (".html", ".htm", ".jinja", ".jinja2", ".j2", ".xhtml", ".djhtml")
_FOLDER = re.compile(r"\b(?:template_folder|directory|searchpath|DIRS)['\"]?\s*[=:]\s*(\[[^\]]{0,300}\]|[^,)\n]{0,200})")
_LITERAL = re.compile(r"['\"]([\w./-]{1,100})['\"]")
_LOAD = re.compile(r"\{%-?\s*(\w{2,60})")
_MAKES_PAGE = re.compile(r"\{%-?\s*extends\b|<html\b|<!doctype html", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"(?:\A|/)(?:emails?|mails?|mailers?|mailing|admin|partials?|includes?|components?|macros?|snippets|layouts?|registration/password_reset_email)/|(?:\A|/)_"
)
_MAIL = re.compile(r"(?:\A|/)(?:e?mails?|mailers?|mailing)/", re.IGNORECASE)
_PART = re.compile(r"(?:\A|/)(?:partials?|includes?|inc|components?|snippets)/|(?:\A|/)_")
_CHOSEN = re.compile(r"\{%-?\s*(?:include|extends|import|from)\s+(?:(?!['\"\[(])\w|['\"][^'\"\n]{0,200}['\"]\s*[+~|])")
_ROOTS = frozenset(("static", "assets", "public", "staticfiles"))
_SKIP = re.compile(r"(?:\A|/)(?:node_modules|site-packages|venv|\.venv|env|staticfiles)/")


class JinjaTemplates:
    """All templates of the Python applications in a repository."""

    def __init__(self, site: Site, views: PythonViews) -> None:
        self._site = site
        self._views = views
        self._named_folders: frozenset[str] | None = None
        self._code_named: set[str] | None = None
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._roots: dict[str, str] = {}
        for path in site.below("", *ENDINGS):
            for name in () if _SKIP.search(path) else self._names(path):
                self._by_name[name].append(path)
        statics = sorted(folder for folder in site.folders if posixpath.basename(folder) in _ROOTS and not _SKIP.search(folder + "/"))
        self._served = Served(site, statics[:60])

    def has_templates(self) -> bool:
        """Whether there are any templates."""
        return bool(self._roots)

    def pages(self) -> Iterator[Page]:
        """The templates that views name, at their addresses where these are written out, and those that no other pulls in."""
        routed: dict[str, list[str]] = defaultdict(list)
        taken: set[str] = set()
        for route in self._views.routes():
            for path in self._resolve(route.template, route.asking):
                if route.address not in taken and not _MAIL.search(path):
                    taken.add(route.address)
                    routed[path].append(route.address)
        used = self._used()
        named = {path for name in self._views.named for path in self._resolve(name, "")}
        leaves = self._views.django or self._views.dynamic
        for path in sorted(self._roots):
            text = self._site.text(path)
            whole = _MAKES_PAGE.search(text) is not None
            if path in routed:
                for address in routed[path]:
                    yield Page(
                        address, path, title_of(text), stands_for="every address of this form" if "<" in address or "{" in address else ""
                    )
            elif whole and not _NO_PAGE.search(path) and path not in used and (path in named or leaves):
                yield Page(path, path, title_of(text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a template extends, includes, imports, and the scripts and template tags it has."""
        if path in self._roots:
            return self._template_links(path, text)
        return script_links(text, path, self._served) if path.endswith((".js", ".mjs")) else ()

    def complete(self) -> bool:
        """Views and templates may choose templates by names that are put together."""
        return not self._views.dynamic and not chosen_at_run_time(self._site, sorted(self._roots), _CHOSEN)

    def covers(self, path: str) -> bool:
        """Templates that no code names; with Django, which finds some by the names of models, only parts of pages."""
        if self._code_named is None:
            self._code_named = {path for name in self._views.named for path in self._resolve(name, "")}
        return path in self._roots and path not in self._code_named and (not self._views.django or bool(_PART.search(path)))

    def shells(self) -> frozenset[str]:
        """Templates that are served only as something else fills them in."""
        return frozenset(self._roots) - {page.path for page in self.pages()}

    def _template_links(self, path: str, text: str) -> Iterator[Link]:
        bare = without_template_comments(text, CURLY)
        yield from curly_links(bare, path, self._resolve)
        if self._views.tags:
            lines = Lines(bare)
            for match in _LOAD.finditer(bare):
                source, template = self._views.tags.get(match[1], ("", ""))
                targets = self._resolve(template, path) if template else [source] if source else []
                for target in targets:
                    yield Link(target, "component", lines.at(match.start()), note=f"tag {match[1]}")
        yield from template_links(bare, path, self._served, CURLY)

    def _names(self, path: str) -> Iterator[str]:
        """The names that a template goes by: its path below each folder that holds templates."""
        parts = path.split("/")
        for number, part in enumerate(parts[:-1]):
            if part in self._folders():
                self._roots[path] = "/".join(parts[: number + 1])
                yield "/".join(parts[number + 1 :])

    def _folders(self) -> frozenset[str]:
        """The names of folders that hold templates: `templates`, and those that settings name."""
        if self._named_folders is None:
            found = {"templates", "jinja2"}
            for path in self._site.below("", ".py"):
                text = self._site.text(path) if not _SKIP.search(path) else ""
                if "DIRS" in text or "template_folder" in text or "Jinja2Templates" in text:
                    for match in _FOLDER.finditer(text):
                        found |= {literal.strip("./").rpartition("/")[2] for literal in _LITERAL.findall(match[1])}
            self._named_folders = frozenset(name for name in found if name)
        return self._named_folders

    def _resolve(self, name: str, asking: str) -> Sequence[str]:
        """The file of a template's name: below the folder of templates of the one who asks, else the nearest to it."""
        if name.startswith(("./", "../")):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(asking), name))
            return (name,) if name in self._roots else ()
        found = self._by_name.get(name.lstrip("/"), [])
        if len(found) > 1:
            root = self._roots.get(asking, posixpath.dirname(asking))
            found = sorted(
                found, key=lambda path: (self._roots[path] != root, -len(posixpath.commonprefix((path, asking))), path.count("/"), path)
            )
        return [path for path in found if path != asking][:1]

    def _used(self) -> set[str]:
        """The templates that another one pulls in."""
        return {
            link.target
            for path in self._roots
            for link in curly_links(without_template_comments(self._site.text(path), CURLY), path, self._resolve)
        }


def open_jinja(site: Site) -> Stack | None:
    """Repositories with Python code beside folders that hold templates."""
    if not any(path.endswith(".py") for path in site.files):
        return None
    views = PythonViews(site)
    if not views.named and not views.django:
        return None
    stack = JinjaTemplates(site, views)
    return stack if stack.has_templates() else None
