"""Gatsby: pages by files and by `createPage`, and what reaches every page: browser and server hooks, `html.js`, configuration, plugins."""

import posixpath
import re
from collections.abc import Iterator

from linter.reach.aliases import bracket
from linter.reach.configs import config_of, named_files
from linter.reach.file_routes import EVERY, VIEWS, address, any_of, below, inside, is_source, linked, stands_for, stem_of
from linter.reach.model import Link, Page
from linter.reach.modules import COMPONENTS, SCRIPTS, modules_of
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.sources import without_comments
from linter.reach.titles import title_in

_ENDINGS = (*VIEWS, ".mdx")
_CODE = (".js", ".ts", ".tsx", ".jsx", ".mjs")
_CREATE = re.compile(r"(?<![\w$])createPage\(")
_PATH = re.compile(r"(?<![\w$])path\s{0,20}:\s{0,20}['\"`](/[^'\"`$\n]{0,200})['\"`]")
_VIEW = re.compile(r"(?<![\w$])component\s{0,20}:\s{0,20}([^\n]{1,300})")
_TEXT = re.compile(r"['\"`](?:\$\{__dirname\}/|\$\{[^{}]{0,100}\})?([^'\"`\n]{1,300})['\"`]")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_PLUGIN = re.compile(r"['\"`]([\w@./-]{1,100})['\"`]")
_ELSEWHERE = re.compile(r"(?:\A|/)gatsby-node\.|(?:\A|/)src/api/")


class Gatsby:
    """A Gatsby site whose folder is `root`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self.root = site, root
        self._config = config_of(site, root, "gatsby-config")
        self._node = config_of(site, root, "gatsby-node", "gatsby/node/index", "gatsby-node/index")
        self._files = {path: self._route(path) for path in site.below(inside(root, "src/pages"), *_ENDINGS) if self._is_page(path)}
        self._made = dict.fromkeys(self._templates()) if self._is_site() else {}
        self._made_of = frozenset(path for path, _ in self._made)

    def pages(self) -> Iterator[Page]:
        """The pages of files, and those of templates: by their literal path, else the template stands for them."""
        for path, route in self._files.items():
            dynamic = "[" in route or "{" in route
            yield Page(route, path, title_in(self._site.text(path), path), stands_for=stands_for(route) if dynamic else "")
        for path, route in self._made:
            if path not in self._files:
                title = title_in(self._site.text(path), path) if route else ""
                yield Page(route or path, path, title, stands_for="" if route else f"every page made with {posixpath.basename(path)}")

    def shells(self) -> frozenset[str]:
        """HTML files that are no pages: none."""
        return frozenset()

    def elsewhere(self, path: str) -> bool:
        """Whether a file runs without a page: `gatsby-node`, functions."""
        return bool(_ELSEWHERE.search(below(path, self.root)))

    def links(self, path: str, text: str) -> Iterator[Link]:
        """What reaches every page, and what the configuration names."""
        if path in self._files or path in self._made_of:
            for name in ("gatsby-browser", "gatsby-ssr"):
                yield from linked([any_of(self._site, inside(self.root, name), _CODE)], "hook", EVERY)
            yield from linked([any_of(self._site, inside(self.root, "src/html")), self._config], "layout", EVERY)
        elif path == self._config:
            yield from named_files(text, path, self.root, self._site)
            yield from self._plugins(text)

    def _is_site(self) -> bool:
        return self._config is not None or bool(self._files)

    def _is_page(self, path: str) -> bool:
        rest = below(path, inside(self.root, "src/pages"))
        return is_source(path) and not any(part.startswith(("_", ".", "template-")) for part in rest.split("/"))

    def _route(self, path: str) -> str:
        parts = stem_of(below(path, inside(self.root, "src/pages"))).split("/")
        return address(parts[:-1] if parts[-1] == "index" else parts)

    def _templates(self) -> Iterator[tuple[str, str]]:
        """The components that `gatsby-node` makes pages of, with their literal path or ""."""
        if self._node is None:
            return
        code = without_comments(self._site.text(self._node))
        known: set[str] = set()
        for match in _CREATE.finditer(code):
            call = bracket(code, match.end() - 1)[:1500]
            view, path = _VIEW.search(call), _PATH.search(call)
            target = self._view(view[1], code) if view else None
            if target:
                known.add(target)
                yield target, path[1].rstrip("/") or "/" if path else ""
        for text in _TEXT.findall(code):
            target = self._file(text)
            if target and target not in known and ("/templates/" in target or "/pages/" not in target) and _CREATE.search(code):
                yield target, ""

    def _view(self, written: str, code: str) -> str | None:
        """The file of a `component:` value: a path in it, or in the constant that it names."""
        texts = _TEXT.findall(written)
        for name in () if texts else _NAME.findall(written)[:3]:
            match = re.search(rf"(?<![\w$.]){re.escape(name)}\s{{0,20}}=\s{{0,20}}([^;]{{1,300}})", code)
            texts += _TEXT.findall(match[1].partition("\n\n")[0])[:2] if match else []
        return next(filter(None, map(self._file, ["/".join(part.strip("/") for part in texts), *texts])), None) if texts else None

    def _file(self, text: str) -> str | None:
        text = text.partition("?")[0]
        if not self._node or "/" not in text:
            return None
        modules = modules_of(self._site)
        found = modules.resolve(text, self._node) if text.startswith(".") else None
        found = found or modules.file(inside(self.root, text.lstrip("/")))
        return found if found and found.endswith((*SCRIPTS, *COMPONENTS)) and "/src/" in f"/{found}" else None

    def _plugins(self, text: str) -> Iterator[Link]:
        """The files of local plugins that the configuration lists, and the layout of the layout plugin."""
        code = without_comments(text)
        lines = Lines(code)
        for match in _PLUGIN.finditer(code):
            folder = inside(self.root, "plugins", match[1])
            for name in ("gatsby-browser", "gatsby-ssr", "index", "gatsby-config"):
                yield from linked([any_of(self._site, f"{folder}/{name}", _CODE)], "plugin", match[1], lines.at(match.start()))
            if match[1] == "gatsby-plugin-layout":
                yield from linked([any_of(self._site, inside(self.root, "src/layouts/index"))], "plugin", match[1], lines.at(match.start()))
