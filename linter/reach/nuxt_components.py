"""What Nuxt pulls in by name alone: components by their elements, composables and utilities by their functions."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from linter.reach.file_routes import CODE, below, inside, is_source, stem_of
from linter.reach.imports import identifiers_of
from linter.reach.model import Link
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.sources import code_of, kebab, without_comments

_TAG = re.compile(r"<([A-Za-z][\w.-]*)|^:{2,4}([a-z][a-z0-9-]{1,80})", re.MULTILINE)
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_MODE = re.compile(r"\.(?:client|server|global|lazy)\Z")
_EXPORT = re.compile(r"(?<![\w$])export\s{1,20}(?:async\s{1,20})?(?:const|let|var|function\*?|class|enum)\s{1,20}([\w$]{1,100})")
_DIRECTORIES = re.compile(r"(?<![\w$])components['\"]?\s{0,20}:\s{0,20}([\[{][^;]{0,2000})")
_FOLDER = re.compile(r"['\"`](?:~|@|~~|@@|\.)/([\w./-]{1,100})['\"`]")


class Named:
    """Components and functions of the folders `tops` of a Nuxt site (its own, and those of layers)."""

    def __init__(self, site: Site, tops: Iterable[str], config: str) -> None:
        self._components: dict[str, str] = {}
        self._functions: dict[str, str] = {}
        block = _DIRECTORIES.search(without_comments(config))
        bare = bool(block) and "pathPrefix: false" in config
        extra = [folder for folder in _FOLDER.findall(block[1]) if folder != "components"] if block else []
        for top in tops:
            for folder in ("components", *extra):
                self._add_components(site, inside(top, folder), bare)
            for folder in ("composables", "utils", "stores"):
                self._add_functions(site, inside(top, folder))

    def links(self, text: str, path: str) -> Iterator[Link]:
        """Links for the elements and functions that a file uses, each once."""
        code = code_of(text, path) if not path.endswith(".md") else text
        lines = Lines(code)
        seen: set[str] = set()
        for match in _TAG.finditer(code) if path.endswith((".vue", ".md", ".jsx", ".tsx", ".js", ".ts")) else ():
            name = kebab(match[1] or match[2])
            target = self._components.get(name) or self._components.get(name.removeprefix("lazy-"))
            if target and target != path and target not in seen:
                seen.add(target)
                yield Link(target, "component", lines.at(match.start()))
        if not path.endswith(".md"):
            for name in identifiers_of(code).keys() & self._functions.keys():
                target = self._functions[name]
                if target != path and target not in seen:
                    seen.add(target)
                    yield Link(target, "import", lines.at(code.find(name)), note=f"{name}()")

    def _add_components(self, site: Site, folder: str, bare: bool) -> None:
        for path in site.below(folder, ".vue", ".tsx", ".jsx", ".js", ".ts"):
            if not is_source(path):
                continue
            parts = _MODE.sub("", stem_of(below(path, folder))).split("/")
            parts = parts[1:] if parts[0] in ("content", "global") and len(parts) > 1 else parts
            parts = parts[:-1] if parts[-1].lower() == "index" and len(parts) > 1 else parts
            self._components.setdefault(kebab(_joined(parts[-1:] if bare else parts)), path)

    def _add_functions(self, site: Site, folder: str) -> None:
        for path in site.below(folder, *CODE):
            rest = below(path, folder)
            if not is_source(path) or (rest.count("/") and not stem_of(rest).endswith("/index")):
                continue
            code = without_comments(site.text(path))
            for name in _EXPORT.findall(code):
                self._functions.setdefault(name, path)
            if "export default" in code:
                words = _WORD.findall(posixpath.basename(stem_of(path)))
                self._functions.setdefault(
                    "".join(word.capitalize() if number else word.lower() for number, word in enumerate(words)), path
                )


def _joined(parts: list[str]) -> str:
    """`base/foo/BaseFooButton` is BaseFooButton: words of folders that the name repeats are said once."""
    words: list[str] = []
    for part in parts:
        own = [word.lower() for word in _WORD.findall(part)]
        same = next((count for count in range(min(len(own), len(words)), 0, -1) if words[-count:] == own[:count]), 0)
        words += own[same:]
    return "".join(word.capitalize() for word in words)
