"""Angular: components by their selectors and templates, and the entry files that `angular.json` names."""

import re
from collections.abc import Iterator

from linter.reach.aliases import lenient_object
from linter.reach.file_routes import inside, is_source
from linter.reach.model import Link
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.sources import without_comments

_SELECTOR = re.compile(
    r"@(?:Component|Directive)\s{0,20}\(\s{0,20}\{[^;]{0,2000}?(?<![\w$])selector\s{0,20}:\s{0,20}['\"`]([^'\"`\n]{1,200})['\"`]"
)
_TEMPLATE = re.compile(r"(?<![\w$])templateUrl\s{0,20}:\s{0,20}['\"`]([^'\"`\n]{1,200})['\"`]")
_INLINE = re.compile(r"(?<![\w$])template\s{0,20}:\s{0,20}`([^`]{0,100000})`")
_TAG = re.compile(r"<([a-z][\w]*(?:-[\w-]{1,100}))")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Elements:
    """The components of an Angular application by the names of their elements."""

    def __init__(self, site: Site, files: list[str]) -> None:
        self._by_name: dict[str, str] = {}
        self._templates: set[str] = set()
        for path in files:
            text = site.text(path)
            for match in _SELECTOR.finditer(without_comments(text)) if "@Component" in text or "@Directive" in text else ():
                for name in match[1].split(","):
                    self._by_name.setdefault(name.strip(), path)
            for written in _TEMPLATE.findall(text) if "templateUrl" in text else ():
                target = site.resolve(written, path)
                if target:
                    self._templates.add(target)

    def links(self, path: str, text: str, site: Site) -> Iterator[Link]:
        """The template of a component, and the components whose elements stand in a template."""
        if path.endswith(".ts") and "@Component" in text:
            code = without_comments(text)
            lines = Lines(code)
            for match in _TEMPLATE.finditer(code):
                target = site.resolve(match[1], path)
                if target:
                    yield Link(target, "component", lines.at(match.start()))
            for match in _INLINE.finditer(code):
                yield from self._used(match[1], lines.at(match.start(1)) - 1)
        elif path in self._templates:
            yield from self._used(text, 0)
        elif path.endswith("/environment.ts"):
            target = site.first(path.removesuffix(".ts") + ".prod.ts", path.removesuffix(".ts") + ".production.ts")
            if target:
                yield Link(target, "import", 1, note="in its place in the build for production")

    def _used(self, markup: str, offset: int) -> Iterator[Link]:
        bare = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), markup)
        lines = Lines(bare)
        seen: set[str] = set()
        for match in _TAG.finditer(bare):
            target = self._by_name.get(match[1])
            if target and target not in seen:
                seen.add(target)
                yield Link(target, "component", lines.at(match.start()) + offset)


def workspace_entries(site: Site, root: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The HTML file of each project of `angular.json`, and the scripts that the build puts into it."""
    path = site.first(inside(root, "angular.json"), inside(root, ".angular-cli.json"))
    projects = lenient_object(site.text(path)).get("projects") if path else None
    for project in projects.values() if isinstance(projects, dict) else ():
        yield from _entries(project, site, root)


def _entries(project: object, site: Site, root: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    at = project
    for key in ("architect", "build", "options"):
        at = (at.get(key) or at.get("targets")) if isinstance(at, dict) else None
    if not isinstance(at, dict):
        return
    index = at.get("index")
    index = index.get("input") if isinstance(index, dict) else index
    polyfills = at.get("polyfills")
    rows = [at.get("main"), at.get("browser"), *(polyfills if isinstance(polyfills, list) else [polyfills])]
    scripts = at.get("scripts")
    rows += [row.get("input") if isinstance(row, dict) else row for row in (scripts if isinstance(scripts, list) else [])]
    html = inside(root, index) if isinstance(index, str) else inside(root, "src/index.html")
    if html in site.files:
        yield html, tuple(path for row in rows if isinstance(row, str) and (path := inside(root, row)) in site.files and is_source(path))
