"""Scripts of a Rails application: tags that load them, Sprockets directives, importmaps and packs."""

import posixpath
import re
from collections.abc import Iterator

from linter.reach.model import Link
from linter.reach.nested import under
from linter.reach.scripts import Lines, script_links, without_comments
from linter.reach.site import Site
from linter.reach.templating import Served

_TAG = re.compile(
    r"\b(javascript_include_tag|javascript_pack_tag|javascript_packs_with_chunks_tag|vite_javascript_tag|vite_typescript_tag|javascript_importmap_tags|"
    r"append_javascript_pack_tag|shakapacker_javascript\w*)\b([^%\n]{0,400})"
)
_NAME = re.compile(r"['\"]([\w./@-]{1,150})['\"]|(?<!\w):(\w{1,80})\b(?!\s*=>)")
_DIRECTIVE = re.compile(
    r"^[ \t]*(?://|#|\*)=\s*(require|require_tree|require_directory|include|link|link_tree|stub)\s+['\"]?([\w./@-]{1,200})", re.MULTILINE
)
_BARE = re.compile(r"\bimport\s+(?:[\w*{}\s,$]{1,500}?\s+from\s+)?['\"]([\w@][\w./@-]{0,150})['\"]")
_FOLDERS = tuple(
    (
        "app/assets/javascripts lib/assets/javascripts vendor/assets/javascripts app/assets/builds app/javascript/packs "
        "app/javascript/entrypoints app/frontend/entrypoints app/javascript app/frontend vendor/javascript public/javascripts public"
    ).split()
)
_ENDINGS = ("", *".js .js.erb .coffee .js.coffee .js.coffee.erb .ts .tsx .jsx .mjs /index.js /index.ts /index.jsx".split())
SCRIPT_ENDINGS = (".js", ".mjs", ".ts", ".tsx", ".jsx", ".coffee", ".js.erb")
MAX_TREE = 500


class RailsAssets:
    """The scripts of the application below a folder."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        self._folders = [under(root, folder) for folder in _FOLDERS]
        self._scripts: dict[str, str | None] = {}
        self.served = Served(site, (*self._folders, under(root, "public")))

    def tag_links(self, bare: str) -> Iterator[Link]:
        """The scripts that the tags of a view load."""
        lines = Lines(bare)
        for match in _TAG.finditer(bare) if "javascript" in bare or "vite_" in bare else ():
            names = [one or other for one, other in _NAME.findall(match[2])][:20]
            for name in names or (["application"] if "importmap" in match[1] else []):
                target = self._script(name)
                if target:
                    yield Link(target, "script", lines.at(match.start()))

    def script_links(self, path: str, text: str) -> Iterator[Link]:
        """What a script pulls in: by directives, imports by name, and as scripts do."""
        lines = Lines(text)
        for match in _DIRECTIVE.finditer(text) if "=" in text[:20_000] else ():
            for target in self._required(match[1], match[2], path):
                yield Link(target, "import", lines.at(match.start()))
        code = without_comments(text)
        for match in _BARE.finditer(code):
            bare = self._script(match[1])
            if bare and bare != path:
                yield Link(bare, "import", lines.at(match.start()))
        yield from script_links(text, path, self.served)

    def _script(self, name: str) -> str | None:
        if name.startswith(("http", "//")):
            return None
        if name not in self._scripts:
            bases = [under(folder, name.lstrip("/")) for folder in self._folders]
            self._scripts[name] = self._site.first(*(base + ending for base in bases for ending in _ENDINGS))
        return self._scripts[name]

    def _required(self, how: str, name: str, path: str) -> list[str]:
        if how == "stub":
            return []
        folder = posixpath.dirname(path)
        if "tree" in how or how == "require_directory":
            top = posixpath.normpath(posixpath.join(folder, name))
            found = self._site.below("" if top == "." else top, *SCRIPT_ENDINGS)[:MAX_TREE]
            return found if "tree" in how else [path for path in found if posixpath.dirname(path) == top]
        near = [posixpath.normpath(posixpath.join(folder, name)) + ending for ending in _ENDINGS]
        target = self._site.first(*near) if name.startswith(".") else self._script(name) or self._site.first(*near)
        return [target] if target else []
