"""Jekyll: pages and posts with front matter, layouts that wrap them, and includes."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from linter.reach.front_matter import Matter, matter_of, page_title
from linter.reach.model import Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import Lines, script_links
from linter.reach.settings_text import dig, mapping_of, text_at, texts_at
from linter.reach.site import Site
from linter.reach.switches import LIQUID_BLOCKS, Switches
from linter.reach.templating import LIQUID, Served, chosen_at_run_time, template_links, without_template_comments

MAX_ROWS = 200
CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
_MARKUP = (".html", ".htm", ".xhtml")
_WRITTEN = (".md", ".markdown", ".mkd", ".mkdn", ".textile", ".adoc", ".org", ".rst")
_INCLUDE = re.compile(r"\{%-?\s*(include|include_cached|include_relative|render)\s+['\"]?([\w./@+-]{1,200})['\"]?(?=[\s%-])")
_CHOSEN = re.compile(r"\{%-?\s*include(?:_cached)?\s+\{\{")
_NO_LAYOUT = frozenset(("none", "null", "nil", "false", "~"))
_NEVER = re.compile(r"(?:\A|/)(?:node_modules|_site|_drafts|vendor/(?:bundle|cache|gems|ruby))/|(?:\A|/)(?:Gemfile|[^/]*~\Z)")
_NO_PAGES = re.compile(
    r"(?:LICEN[SC]E|COPYING|CODE_OF_CONDUCT|CONTRIBUTING|CHANGELOG|ISSUE_TEMPLATE|PULL_REQUEST_TEMPLATE)\b", re.IGNORECASE
)
_THEME_CALLS = frozenset("head header foot footer script scripts analytics tracking custom gtag pixel meta".split())
_SETTING = re.compile(r"(!\s*)?site\.([\w.-]{1,100})(?:\s*==\s*(true|false|['\"][^'\"]*['\"]))?\Z")


class Jekyll:
    """One site below the folder of its `_config.yml`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        path = site.first(*(under(root, name) for name in CONFIGS)) or ""
        self._config = mapping_of(path, site.text(path)) if path else {}
        self._source = under(root, text_at(self._config, "source"))
        self._layouts = under(self._source, text_at(self._config, "layouts_dir") or "_layouts")
        self._includes = under(self._source, text_at(self._config, "includes_dir") or "_includes")
        self._theme = text_at(self._config, "remote_theme") or text_at(self._config, "theme")
        gems = site.text(under(root, "Gemfile")) if under(root, "Gemfile") in site.files else "github-pages"
        self._github = "github-pages" in gems or "jekyll-default-layout" in gems
        self._served = Served(site, (self._source,))
        self._collections = self._collection_folders()
        self._excluded = tuple(item.strip("/") for item in texts_at(self._config, "exclude")[:MAX_ROWS] if item)
        self._included = frozenset(item.strip("/") for item in texts_at(self._config, "include"))

    def pages(self) -> Iterator[Page]:
        """Files with front matter outside of folders for parts, and the documents of collections that are put out."""
        for path in self._site.below(self._source, *_MARKUP, *_WRITTEN):
            rel = inside(path, self._source) or ""
            if not self._is_content(rel):
                continue
            text = self._site.text(path)
            matter = matter_of(text)
            if matter is None and not (self._github and path.endswith(_WRITTEN) and self._is_written(rel)):
                continue
            if matter is None or matter.values.get("published") is not False:
                yield Page(path, path, page_title(matter, text))
        yield from self._made_pages()

    def _made_pages(self) -> Iterator[Page]:
        """The lists that the plugin for archives makes, by their layouts."""
        archives = dig(self._config, "jekyll-archives")
        chosen = dig(archives, "layouts")
        names = [text_at(archives, "layout") or "archive"] if isinstance(archives, dict) else []
        names += [name for name in chosen.values() if isinstance(name, str)] if isinstance(chosen, dict) else []
        for name in dict.fromkeys(names):
            layout = self._site.first(*(under(self._layouts, name + ending) for ending in _MARKUP))
            if layout:
                yield Page(layout, layout, stands_for="every archive")

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout and the includes of a page, layout or include, and the scripts it loads."""
        if path.endswith((".js", ".mjs")):
            return script_links(text, path, self._served)
        if path.endswith((*_MARKUP, *_WRITTEN, ".liquid", ".svg", ".xml")):
            return self._template_links(path, text)
        return ()

    def complete(self) -> bool:
        """A theme in a gem or another repository may pull in what is not known, and so may includes named by data."""
        parts = [path for folder in (self._layouts, self._includes) for path in self._site.below(folder, *_MARKUP)]
        return not self._theme and not chosen_at_run_time(self._site, parts, _CHOSEN)

    def covers(self, path: str) -> bool:
        """Includes; layouts may be those of pages that plugins make."""
        return inside(path, self._includes) is not None

    def _template_links(self, path: str, text: str) -> Iterator[Link]:
        matter = matter_of(text)
        if matter is not None or inside(path, self._includes) is None:
            yield from self._layout_links(path, matter or Matter({}))
        bare = without_template_comments(text, LIQUID)
        lines = Lines(bare)
        switches = Switches(bare, LIQUID_BLOCKS, self._holds)
        for match in _INCLUDE.finditer(bare):
            folder = posixpath.dirname(path) if match[1] == "include_relative" else self._includes
            target = posixpath.normpath(posixpath.join(folder, match[2]))
            if target in self._site.files and not switches.off(match.start()):
                yield Link(target, "include", lines.at(match.start()))
        yield from template_links(bare, path, self._served, LIQUID)

    def _layout_links(self, path: str, matter: Matter) -> Iterator[Link]:
        name, note = self._layout(path, matter)
        if not name:
            return
        base = under(self._layouts, name)
        target = self._site.first(*(base + ending for ending in ("", *_MARKUP, ".liquid", *_WRITTEN)))
        if target:
            yield Link(target, "layout", matter.line("layout"), note=note)
        elif self._theme:
            for part in self._theme_parts():
                yield Link(part, "layout", matter.line("layout"), note=f"theme {self._theme}")

    def _layout(self, path: str, matter: Matter) -> tuple[str, str]:
        """The name of a file's layout, "" for none, and what says so where not the file itself does."""
        if "layout" in matter.values:
            written = matter.values["layout"]
            return (written, "") if isinstance(written, str) and written.lower() not in _NO_LAYOUT else ("", "")
        if inside(path, self._layouts) is not None:
            return "", ""
        rel = inside(path, self._source) or ""
        preset = self._preset(rel)
        if preset is not None:
            return ("" if preset.lower() in _NO_LAYOUT else preset), "defaults of _config.yml"
        if self._github and path.endswith(_WRITTEN):
            kinds = ("post",) if "_posts/" in rel else ("home",) if posixpath.splitext(rel)[0] in ("index", "README") else ("page",)
            there = [kind for kind in (*kinds, "default") if self._site.first(*(under(self._layouts, kind + end) for end in _MARKUP))]
            return (there[0] if there else kinds[0]), "default layout"
        return "", ""

    def _preset(self, rel: str) -> str | None:
        """The layout that `defaults` of the configuration give a file: of the longest path that fits, the last of equals."""
        best, found = -1, None
        folder = rel.partition("/")[0]
        kind = "posts" if "_posts/" in rel else folder[1:] if folder in self._collections else "pages"
        rows = dig(self._config, "defaults")
        for row in rows[:MAX_ROWS] if isinstance(rows, list) else []:
            scope = text_at(row, "scope", "path").strip("/")
            wanted = text_at(row, "scope", "type")
            layout = dig(row, "values", "layout")
            if not isinstance(layout, str) or (wanted and wanted.rstrip("s") != kind.rstrip("s")):
                continue
            stem = scope.partition("*")[0]
            if rel.startswith(stem) and len(stem) >= best:
                best, found = len(stem), layout
        return found

    def _is_content(self, rel: str) -> bool:
        if _NEVER.search(rel) or any(rel == item or rel.startswith(f"{item}/") for item in self._excluded):
            return False
        folders = rel.split("/")[:-1]
        if folders and folders[0] in self._collections:
            folders = folders[1:]
        named = [*folders, rel.rpartition("/")[2]]
        return all(part == "_posts" or part in self._included or part[:1] not in ("_", ".", "#") for part in named)

    def _is_written(self, rel: str) -> bool:
        """Whether GitHub's Jekyll makes a page of a Markdown file without front matter; of a readme where there is no index."""
        if posixpath.basename(rel).upper().startswith("README"):
            return (
                self._site.first(*(under(self._source, f"{posixpath.dirname(rel)}/index{ending}") for ending in (".html", ".md"))) is None
            )
        return not _NO_PAGES.match(posixpath.basename(rel))

    def _collection_folders(self) -> frozenset[str]:
        rows = dig(self._config, "collections")
        if isinstance(rows, dict):
            return frozenset(f"_{name}" for name, row in rows.items() if dig(row, "output") is True) | {"_posts"}
        return frozenset({"_posts"})

    def _theme_parts(self) -> list[str]:
        """Includes of the site that stand in for those that themes call: by their names."""
        parts = self._site.below(self._includes, *_MARKUP)
        return [path for path in parts if _THEME_CALLS & set(re.split(r"[/_.-]", (inside(path, self._includes) or "").lower()))]

    def _holds(self, condition: str) -> bool | None:
        """Whether a condition on one setting holds; None where it asks for something else, or where a theme brings settings."""
        if condition.replace('"', "'") == "jekyll.environment == 'production'":
            return True
        match = _SETTING.match(condition)
        if match is None or not self._config or self._theme or match[2].split(".")[0] in _BUILT_IN:
            return None
        value = dig(self._config, *match[2].split("."))
        answer = value not in (None, False) if match[3] is None else _same(value, match[3])
        return not answer if match[1] else answer


def _same(value: object, written: str) -> bool:
    return value is (written == "true") if written in ("true", "false") else str(value) == written[1:-1]


_BUILT_IN = frozenset(
    "time pages posts related_posts static_files html_pages html_files collections data documents categories tags url github".split()
)


def open_jekyll(site: Site) -> Stack | None:
    """Folders with a `_config.yml` that is Jekyll's: beside layouts, includes, posts or a Gemfile, or naming a theme."""

    def is_jekyll(root: str) -> bool:
        path = site.first(*(under(root, name) for name in CONFIGS)) or ""
        config = mapping_of(path, site.text(path))
        source = under(root, text_at(config, "source"))
        folders = (under(source, name) for name in ("_layouts", "_includes", "_posts", "_pages"))
        if under(root, "themes") in site.folders and under(root, "source") in site.folders:
            return any(folder in site.folders for folder in folders)
        return any(folder in site.folders for folder in folders) or bool(text_at(config, "remote_theme") or text_at(config, "theme"))

    return nested(site, (root for root in roots_of(site, *CONFIGS) if is_jekyll(root)), Jekyll)
