"""Docusaurus: docs, blog and pages, and what reaches all of them: the configuration, client modules, plugins, swizzled theme parts."""

import re
from collections.abc import Iterator

from linter.reach.configs import config_of, named_files
from linter.reach.file_routes import EVERY, VIEWS, WRITTEN, address, any_of, below, inside, is_source, linked, stem_of
from linter.reach.model import Link, Page
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.sources import without_comments
from linter.reach.titles import matter_of, title_in

_NUMBER = re.compile(r"\A\d{1,5}\s{0,5}[-_.]\s{0,5}(?!\d)")
_DATE = re.compile(r"\A(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/]")
_KEY = re.compile(r"(?<![\w$.])(docs|blog|pages)['\"]?\s{0,20}:\s{0,20}(?:(\{)|(false))")
_PLUGIN = re.compile(r"plugin-content-(docs|blog|pages)['\"`]\)?\s{0,20},\s{0,40}(\{)")
_SAID = re.compile(r"(?<![\w$.])(path|routeBasePath)['\"]?\s{0,20}:\s{0,20}['\"`]([^'\"`\n]{0,200})['\"`]")
_BASE = re.compile(r"(?<![\w$])baseUrl['\"]?\s{0,20}:\s{0,20}['\"`]/?([^'\"`\n]{0,200})['\"`]")
_SCRIPT = re.compile(r"['\"`](/?[^'\"`\s{}]{1,200}\.js)['\"`]")
_VERSION = re.compile(r"\Aversioned_docs/version-([^/]+)/")
_PARTS = {"Doc": "docs", "Blog": "blog", "MDX": ""}
_ELSEWHERE = re.compile(r"(?:\A|/)(?:sidebars|babel\.config|i18n)")


class Docusaurus:
    """A Docusaurus site whose folder is `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._config = config_of(site, root, "docusaurus.config")
        self._code = without_comments(site.text(self._config)) if self._config else ""
        base = _BASE.search(self._code)
        self._base = base[1].strip("/") if base else ""
        self._themes: frozenset[str] | None = None
        self._pages: dict[str, tuple[str, str]] = {}
        if self._config:
            for kind, folder, route in self._folders():
                for path in self._site.below(inside(root, folder), *(WRITTEN if kind != "pages" else (*VIEWS, *WRITTEN))):
                    self._add(kind, path, folder, route)

    def pages(self) -> Iterator[Page]:
        """All pages, and the list of the blog."""
        for path, (_, route) in self._pages.items():
            yield Page(route, path, title_in(self._site.text(path), path))

    def shells(self) -> frozenset[str]:
        """HTML files that are no pages: none."""
        return frozenset()

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: sidebars, configuration of the build."""
        return bool(_ELSEWHERE.search(below(path, self.root)))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """What reaches every page, and what the configuration names."""
        if path in self._pages:
            yield from linked([self._config], "plugin", EVERY)
            yield from self._theme(self._pages[path][0])
        elif path != self._config:
            yield from self._of_plugin(path, text)
        else:
            yield from named_files(text, path, self.root, self._site)
            lines = Lines(self._code)
            for match in _SCRIPT.finditer(self._code):
                for folder in ("static", ""):
                    target = self._site.first(inside(self.root, folder, self._local(match[1])))
                    yield from linked([target], "script", "", lines.at(match.start()))

    def _of_plugin(self, path: str, text: str) -> Iterator[Link]:
        """What a local plugin brings: the modules and the theme that it names."""
        if "getThemePath" in text or "getClientModules" in text:
            yield from named_files(text, path, self.root, self._site)
            folder = path.rpartition("/")[0]
            for target in self._site.below(folder, *VIEWS)[:300]:
                if "/theme/" in target[len(folder) :]:
                    yield Link(target, "plugin", 1, note="theme of the plugin")

    def _local(self, address_of: str) -> str:
        rest = address_of.lstrip("/")
        return rest.removeprefix(self._base + "/") if self._base else rest

    def _folders(self) -> Iterator[tuple[str, str, str]]:
        """The folders of content: kind, folder, and the beginning of its addresses."""
        off: set[str] = set()
        said: dict[tuple[str, str], str] = {}
        for match in (*_KEY.finditer(self._code), *_PLUGIN.finditer(self._code)):
            if match.re is _KEY and match[3]:
                off.add(match[1])
                continue
            kind = str(match[1])
            keys: dict[str, str] = dict(reversed(_SAID.findall(self._object(match.end()))))
            if match.re is _KEY or keys:
                folder = keys.get("path", "src/pages" if kind == "pages" else kind)
                said[kind, folder] = keys.get("routeBasePath", "" if kind == "pages" else kind)
        for kind, folder in (("docs", "docs"), ("blog", "blog"), ("pages", "src/pages")):
            if kind not in off and not any(one == kind and (path == folder or kind != "docs") for one, path in said):
                said[kind, folder] = "" if kind == "pages" else kind
        for (kind, folder), route in said.items():
            yield kind, folder, route
        docs = next((route for (kind, _), route in said.items() if kind == "docs"), "docs")
        yield "docs", "versioned_docs", docs

    def _object(self, start: int) -> str:
        """The inside of the object that opens before `start`, at its own level."""
        depth, found, last = 1, [], start
        for at in range(start, min(len(self._code), start + 6000)):
            char = self._code[at]
            if char in "{[":
                if depth == 1:
                    found.append(self._code[last:at])
                depth += 1
            elif char in "}]":
                depth -= 1
                last = at if depth == 1 else last
                if depth == 0:
                    return "".join([*found, self._code[last:at]])
        return "".join(found)

    def _add(self, kind: str, path: str, folder: str, route: str) -> None:
        rest = below(path, inside(self.root, folder))
        if not is_source(path) or any(part.startswith("_") for part in rest.split("/")):
            return
        matter = matter_of(self._site.text(path)) if path.endswith(WRITTEN) else {}
        version = _VERSION.match(f"{folder}/{rest}") if folder == "versioned_docs" else None
        if version:
            rest, route = f"{folder}/{rest}"[version.end() :], f"{route}/{version[1]}"
        slug = matter["slug"].value if "slug" in matter else ""
        parts = self._parts(kind, stem_of(rest), matter["id"].value if "id" in matter and kind == "docs" else "")
        if slug:
            parts = slug.strip("/").split("/") if slug.startswith("/") or kind == "blog" else [*parts[:-1], slug]
        draft = matter.get("draft")
        if not draft or draft.value != "true":
            self._pages[path] = kind, address([self._base, *route.strip("/").split("/"), *parts])

    def _parts(self, kind: str, stem: str, named: str) -> list[str]:
        """The parts of an address: numbers before names are left out, dates of the blog become folders, an index is its folder."""
        date = _DATE.match(stem) if kind == "blog" else None
        if date:
            return [date[1], date[2], date[3], *(part for part in stem[date.end() :].split("/") if part != "index")]
        parts = [_NUMBER.sub("", part) if kind == "docs" else part for part in stem.split("/")]
        if named:
            parts[-1] = named
        is_index = parts[-1].lower() in ("index", "readme") or (len(parts) > 1 and kind == "docs" and parts[-1] == parts[-2])
        return parts[:-1] if is_index else parts

    def _theme(self, kind: str) -> Iterator[Link]:
        """The parts of the theme that the site has put its own in the place of."""
        top = inside(self.root, "src/theme")
        for folder in sorted(self._theme_folders()):
            name = below(folder, top)
            only = next((kind_of for start, kind_of in _PARTS.items() if name.startswith(start)), "")
            if not only or only == kind:
                yield from linked([any_of(self._site, folder), any_of(self._site, f"{folder}/index")], "layout", f"theme {name}")

    def _theme_folders(self) -> frozenset[str]:
        if self._themes is None:
            top = inside(self.root, "src/theme")
            found = {stem_of(path).removesuffix("/index") for path in self._site.below(top, *VIEWS) if is_source(path)}
            self._themes = frozenset(found)
        return self._themes
