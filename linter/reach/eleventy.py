"""Eleventy: templates in any of its languages are pages; layouts by front matter or data files, includes, components."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.curly import curly_links
from linter.reach.eleventy_config import NAMES, DataLayouts, EleventyConfig, eleventy_config
from linter.reach.front_matter import Matter, matter_of, page_title
from linter.reach.model import Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import Lines, resolve_import, script_links
from linter.reach.site import Site
from linter.reach.templating import CURLY, Served, chosen_at_run_time, template_links, without_template_comments

LANGUAGES = tuple(".njk .liquid .md .html .hbs .mustache .ejs .pug .haml .webc .11ty.js .11ty.cjs .11ty.mjs .vto".split())
_OTHER_CALLS = re.compile(r"\{\{~?#?>\s*['\"]?([\w./-]{1,200})|<%[-=]?\s*include\(?\s*['\"`/]([\w./-]{1,200})")
_INDENTED_CALLS = re.compile(r"^[ \t]*(?:include|extends)\s+([\w./-]{1,200})()", re.MULTILINE)
_ELEMENT = re.compile(r"<([a-z][a-z0-9]*(?:-[a-z0-9]+)+)[\s/>]")
_SCRIPT_DATA = re.compile(r"\b(layout|permalink|title)\s*:\s*(?:\(?\w*\)?\s*=>\s*)?(?:['\"`]([^'\"`\n]{1,200})['\"`]|(false))")
_REQUIRE = re.compile(r"(?:\brequire\(|\bfrom)\s*['\"](\.[\w./-]{1,200})['\"]")
_CHOSEN = re.compile(r"\{%-?\s*include\s+(?:['\"][\w./-]*['\"]\s*[+~]|[a-z]\w*\.)")
_NO_PAGE = re.compile(r"\.(?:xml|json|txt|js|css|ics|rss|atom|webmanifest|toml|svg|scss|php)\Z")
_NEVER = re.compile(r"(?:\A|/)(?:node_modules|\.[^/]*)/")


class Eleventy:
    """One site below the folder of its configuration."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        self._root = root
        self._config = eleventy_config(site, root)
        self._data = DataLayouts(site, self._config)
        self._served = Served(site, (self._config.input, root, *self._config.copied))

    def pages(self) -> Iterator[Page]:
        """Templates of the input folder that are put out as HTML."""
        for path in self._site.below(self._config.input, *LANGUAGES):
            if _NEVER.search(path) or self._is_part(path):
                continue
            text = self._site.text(path)
            matter = self._matter(path, text)
            if self._makes_page(path, matter):
                yield Page(path, path, page_title(matter, "" if ".11ty." in path else text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """Layout, includes and components of a template, and its scripts."""
        if ".11ty." in path:
            return self._layout_links(path, self._matter(path, text))
        if path.endswith((".js", ".mjs", ".ts")):
            return script_links(text, path, self._served, (self._config.input,))
        if path.endswith((*LANGUAGES, ".svg", ".xml")) and inside(path, self._config.output) is None:
            return self._template_links(path, text)
        return ()

    def complete(self) -> bool:
        """All templates of the input folder are known, unless includes are named by data; plugins may add some, which is rare."""
        return not chosen_at_run_time(self._site, self._site.below(self._config.input, ".njk", ".html", ".liquid"), _CHOSEN)

    def covers(self, path: str) -> bool:
        """Includes and layouts."""
        return self._is_part(path) and path.endswith(LANGUAGES)

    def _is_part(self, path: str) -> bool:
        config: EleventyConfig = self._config
        parts = (config.includes, config.layouts, config.data, config.output)
        others = (under(config.input, "_includes"), under(config.input, "_layouts"), under(config.input, "_components"))
        return any(folder and inside(path, folder) is not None for folder in (*parts, *others) if folder != config.input)

    def _makes_page(self, path: str, matter: Matter) -> bool:
        permalink = matter.values.get("permalink")
        if permalink is False or matter.values.get("draft") is True:
            return False
        if any(path == item or path.startswith(f"{item}/") for item in self._config.ignored):
            return False
        ending = next(ending for ending in LANGUAGES if path.endswith(ending))
        name = permalink if isinstance(permalink, str) and "{" not in permalink and "$" not in permalink else path[: -len(ending)]
        if isinstance(permalink, str) and re.search(r"\.(?:xml|json|txt|js|css)[\"'\s}]*\Z", permalink):
            return False
        return not _NO_PAGE.search(name)

    def _matter(self, path: str, text: str) -> Matter:
        if ".11ty." in path:
            values: dict[str, object] = {}
            asked = (resolve_import(match[1], path, self._site) for match in _REQUIRE.finditer(text[:20_000]))
            for code in (text, *(self._site.text(found) for found in asked if found)):
                for match in _SCRIPT_DATA.finditer(code[:20_000]):
                    values.setdefault(match[1], False if match[3] else match[2])
            return Matter(values)
        return matter_of(text) or Matter({})

    def _template_links(self, path: str, text: str) -> Iterator[Link]:
        yield from self._layout_links(path, self._matter(path, text))
        bare = without_template_comments(text, CURLY)
        yield from curly_links(bare, path, self._included, unquoted=True)
        lines = Lines(bare)
        for match in (_INDENTED_CALLS if path.endswith((".pug", ".haml")) else _OTHER_CALLS).finditer(bare):
            for target in self._included(match[1] or match[2], path):
                yield Link(target, "include", lines.at(match.start()))
        if path.endswith(".webc"):
            for match in _ELEMENT.finditer(bare):
                for target in self._site.named(f"{match[1]}.webc")[:1]:
                    yield Link(target, "component", lines.at(match.start()))
        yield from template_links(bare, path, self._served, CURLY)

    def _layout_links(self, path: str, matter: Matter) -> Iterator[Link]:
        written = matter.values.get("layout")
        name, source = (written, "") if isinstance(written, str) else ("", "")
        if not name and "layout" not in matter.values and not self._is_part(path):
            name, source = self._data.of(path)
            if not name and self._config.always:
                name, source = self._config.always, "layout of all pages"
            elif not name:
                name, source = self._global()
        for target in self._layout(name) if name else ():
            yield Link(target, "layout", matter.line("layout"), note=source)

    def _global(self) -> tuple[str, str]:
        """The layout of all pages where a file `layout.json` in the data folder gives one."""
        path = under(self._config.data, "layout.json")
        text = self._site.text(path).strip() if path in self._site.files else ""
        return (text.strip('"'), path) if text.startswith('"') else ("", "")

    def _layout(self, name: str) -> Sequence[str]:
        name = self._config.aliases.get(name, name)
        bases = [under(folder, name) for folder in (self._config.layouts, self._config.includes)]
        found = self._site.first(*(base + ending for base in bases for ending in ("", *LANGUAGES)))
        return (found,) if found else ()

    def _included(self, name: str, asking: str) -> Sequence[str]:
        near = [posixpath.normpath(posixpath.join(posixpath.dirname(asking), name))] if name.startswith(".") else []
        folders = (self._config.includes, self._config.layouts, self._config.input, posixpath.dirname(asking), self._root)
        bases = [*near, *(under(folder, name) for folder in folders)]
        found = self._site.first(*(base + ending for base in bases for ending in ("", *LANGUAGES)))
        return (found,) if found and found != asking else ()


def open_eleventy(site: Site) -> Stack | None:
    """Folders with Eleventy's configuration, and those whose package.json asks for it."""
    found = set(roots_of(site, *NAMES))
    for root in roots_of(site, "package.json"):
        if (
            root not in found
            and '"@11ty/eleventy"' in site.text(under(root, "package.json"))
            and not any(r for r in found if inside(r, root) is not None)
        ):
            found.add(root)
    return nested(site, found, Eleventy)
