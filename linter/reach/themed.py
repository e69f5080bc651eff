"""MkDocs, Zola, Pelican and Sphinx: content in one folder, templates of a theme or overrides of them in another."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.reach.curly import curly_links
from linter.reach.front_matter import Matter, matter_of, page_title
from linter.reach.model import Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import Lines, script_links
from linter.reach.settings_text import mapping_of, text_at, texts_at
from linter.reach.site import Site
from linter.reach.templating import CURLY, Served, template_links, without_template_comments

_SHORTCODE = re.compile(r"\{[{%]\s*(\w{1,60})\(")
_PYTHON_TEXT = re.compile(
    r"^(THEME|PATH|ARTICLE_PATHS|PAGE_PATHS|templates_path|html_theme)\s*=\s*\[?\s*['\"]([\w./-]{1,200})['\"]", re.MULTILINE
)
_SPHINX_SCRIPTS = re.compile(r"html_js_files\s*=\s*\[([^\]]{0,3000})\]|add_js_file\(\s*(['\"][^'\"\n]{1,200}['\"])")
_TEXT = re.compile(r"['\"]([\w./-]{1,200})['\"]")
_TEMPLATE_LINE = re.compile(r"^:?[Tt]emplate:\s*([\w./-]{1,100})", re.MULTILINE)


class Layout(NamedTuple):
    """Where a site keeps what: content with its endings, folders of templates, served folders, scripts on every page.

    `entries` are the templates of overrides that a theme outside of the repository calls on every page.
    """

    content: str
    endings: tuple[str, ...]
    templates: tuple[str, ...]
    served: tuple[str, ...]
    scripts: tuple[str, ...]
    entries: tuple[str, ...]
    whole: bool
    choose: Callable[[str, Matter, str], Sequence[str]]
    """The names of templates that a page may have, the first found is taken: from its path in the content, matter and text."""


class Themed:
    """One site below the folder of its settings."""

    def __init__(self, site: Site, layout: Layout) -> None:
        self._site = site
        self._layout = layout
        self._served = Served(site, layout.served)
        self._templates = frozenset(path for folder in layout.templates for path in site.below(folder))

    def pages(self) -> Iterator[Page]:
        """The documents of the content folder."""
        for path in self._site.below(self._layout.content, *self._layout.endings):
            if path not in self._templates and not any(part[:1] in ("_", ".") for part in path.split("/")[:-1]):
                text = self._site.text(path)
                matter = matter_of(text)
                if matter is None or matter.values.get("draft") is not True:
                    yield Page(path, path, page_title(matter, text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The template of a document, what templates extend and include, and scripts."""
        if path in self._templates and path.endswith((".html", ".htm", ".jinja", ".j2", ".svg", ".xml")):
            return self._template_links(path, text)
        if path.endswith(self._layout.endings) and (not self._layout.content or inside(path, self._layout.content)):
            return self._content_links(path, text)
        return script_links(text, path, self._served) if path.endswith(".js") else ()

    def complete(self) -> bool:
        """Whether the theme lies in the repository."""
        return self._layout.whole

    def covers(self, path: str) -> bool:
        """Templates."""
        return path in self._templates

    def shells(self) -> frozenset[str]:
        """Templates are no pages."""
        return self._templates

    def _content_links(self, path: str, text: str) -> Iterator[Link]:
        matter = matter_of(text) or Matter({})
        rel = (inside(path, self._layout.content) or path) if self._layout.content else path
        found = next((file for name in self._layout.choose(rel, matter, text) if (file := self._template(name, path))), None)
        if found:
            yield Link(found, "layout", matter.line("template"), note="" if self._layout.whole else "theme")
        for entry in () if self._layout.whole else self._layout.entries:
            yield Link(entry, "layout", 1, note="theme outside of the repository")
        for script in self._layout.scripts:
            yield Link(script, "script", 1, note="every page")
        lines = Lines(text)
        for match in _SHORTCODE.finditer(text):
            shortcode = self._template(f"shortcodes/{match[1]}.html", path)
            if shortcode:
                yield Link(shortcode, "include", lines.at(match.start()), note="shortcode")
        yield from template_links(text, path, self._served, CURLY)

    def _template_links(self, path: str, text: str) -> Iterator[Link]:
        bare = without_template_comments(text, CURLY)
        yield from curly_links(bare, path, lambda name, asking: [file for file in (self._template(name, asking),) if file])
        for script in self._layout.scripts if "</head" in bare.lower() else ():
            yield Link(script, "script", 1, note="every page")
        yield from template_links(bare, path, self._served, CURLY)

    def _template(self, name: str, asking: str) -> str | None:
        """The file of a template's name, the site's own before its theme's; `!layout.html` means the theme's."""
        name = name.lstrip("!/")
        found = [path for folder in self._layout.templates if (path := under(folder, name)) in self._site.files and path != asking]
        return found[0] if found else None


def _mkdocs(site: Site, root: str) -> Stack:
    path = site.first(under(root, "mkdocs.yml"), under(root, "mkdocs.yaml")) or ""
    config = mapping_of(path, site.text(path))
    docs = under(root, text_at(config, "docs_dir") or "docs")
    custom = text_at(config, "theme", "custom_dir") or text_at(config, "theme_dir")
    folder = under(root, custom) if custom else ""
    entries = (
        [file for file in site.below(folder, ".html") if (inside(file, folder) or "").startswith(("main.html", "base.html", "partials/"))]
        if folder
        else []
    )
    served = Served(site, (docs, folder or docs))
    scripts = [found for text in texts_at(config, "extra_javascript") if (found := served.resolve(text, ""))]
    layout = Layout(
        docs, (".md", ".markdown"), (folder,) if folder else (), (docs, folder or docs), tuple(scripts), tuple(entries), False,
        lambda rel, matter, text: (matter.text("template") or "main.html", "main.html"),
    )  # fmt: skip
    return Themed(site, layout)


def _zola(site: Site, root: str) -> Stack:
    config = mapping_of("config.toml", site.text(under(root, "config.toml")))
    theme = text_at(config, "theme")
    parts = [root, *([under(root, "themes", theme)] if theme else [])]
    sections: dict[str, str] = {}
    content = under(root, "content")
    for path in site.below(content, "/_index.md"):
        matter = matter_of(site.text(path))
        if matter and matter.text("page_template"):
            sections[posixpath.dirname(path)] = matter.text("page_template")

    def choose(rel: str, matter: Matter, text: str) -> Sequence[str]:
        if matter.text("template"):
            return (matter.text("template"),)
        if posixpath.basename(rel).startswith("_index."):
            return ("section.html",) if "/" in rel else ("index.html", "section.html")
        folder = posixpath.dirname(rel)
        while True:
            chosen = sections.get(under(content, folder))
            if chosen or not folder:
                return (chosen or "page.html", "page.html")
            folder = posixpath.dirname(folder)

    whole = not theme or under(parts[-1], "templates") in site.folders
    templates, served = tuple(under(part, "templates") for part in parts), tuple(under(part, "static") for part in parts)
    return Themed(site, Layout(content, (".md",), templates, served, (), (), whole, choose))


def _pelican(site: Site, root: str) -> Stack:
    said = dict(_PYTHON_TEXT.findall(site.text(under(root, "pelicanconf.py"))))
    theme = under(root, said.get("THEME", ""))
    there = under(theme, "templates") in site.folders and bool(said.get("THEME"))
    content = under(root, said.get("PATH", "content"))

    def choose(rel: str, matter: Matter, text: str) -> Sequence[str]:
        named = _TEMPLATE_LINE.search(text[:3_000])
        kind = "page.html" if rel.startswith("pages/") else "article.html"
        return (f"{named[1].removesuffix('.html')}.html", kind) if named else (kind,)

    templates = (under(root, "templates"), under(theme, "templates")) if there else (under(root, "templates"),)
    served = (under(theme, "static") if there else content, content)
    return Themed(site, Layout(content, (".md", ".rst", ".html", ".markdown"), templates, served, (), (), there, choose))


def _sphinx(site: Site, root: str) -> Stack:
    code = site.text(under(root, "conf.py"))
    said = dict(_PYTHON_TEXT.findall(code))
    folder = under(root, said.get("templates_path", "_templates"))
    statics = (under(root, "_static"), root)
    served = Served(site, statics)
    names = [name for match in _SPHINX_SCRIPTS.finditer(code) for name in _TEXT.findall(match[1] or match[2])]
    scripts = tuple(found for name in names if (found := served.resolve(name, "")))
    entries = tuple(
        path for path in site.below(folder, ".html") if posixpath.basename(path) in ("layout.html", "page.html", "base.html", "footer.html")
    )
    return Themed(
        site,
        Layout(root, (".rst", ".md"), (folder,), statics, scripts, entries, False, lambda rel, matter, text: ("page.html", "layout.html")),
    )


def open_mkdocs(site: Site) -> Stack | None:
    """Folders with `mkdocs.yml`."""
    return nested(site, roots_of(site, "mkdocs.yml", "mkdocs.yaml"), _mkdocs)


def open_zola(site: Site) -> Stack | None:
    """Folders with a `config.toml` that has a `base_url`, beside content and templates or themes."""
    roots = []
    for root in roots_of(site, "config.toml"):
        there = under(root, "content") in site.folders and (
            under(root, "templates") in site.folders or under(root, "themes") in site.folders
        )
        if there and "base_url" in mapping_of("config.toml", site.text(under(root, "config.toml"))):
            roots.append(root)
    return nested(site, roots, _zola)


def open_pelican(site: Site) -> Stack | None:
    """Folders with `pelicanconf.py`."""
    return nested(site, roots_of(site, "pelicanconf.py"), _pelican)


def open_sphinx(site: Site) -> Stack | None:
    """Folders with a `conf.py` of Sphinx beside `index.rst` or `index.md`."""
    roots = [root for root in roots_of(site, "conf.py") if site.first(under(root, "index.rst"), under(root, "index.md"))]
    return nested(site, (root for root in roots if "extensions" in site.text(under(root, "conf.py"))), _sphinx)
