"""Python web applications (Django, Flask, FastAPI and their like): which view fills in which template, under which address."""

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.reach.site import Site

TEMPLATE = re.compile(r"['\"]([\w][\w./ -]{0,200}\.(?:html?|jinja2?|j2|xhtml|njk))['\"]")
_COMMENT = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)
_DEFINED = re.compile(r"^([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+(\w{1,100})", re.MULTILINE)
_ROUTE = re.compile(
    r"^[ \t]*@(\w{1,60})\.(?:route|get|post|api_route|view|page)\(\s*(?:path\s*=\s*|rule\s*=\s*)?r?['\"]([^'\"\n]{0,200})['\"]",
    re.MULTILINE,
)
_PATTERN = re.compile(
    r"\b(?:path|re_path|url)\(\s*_?\(?\s*r?['\"]([^'\"\n]{0,200})['\"]\)?\s*,\s*(include\(\s*\(?\s*['\"]([\w.]{1,200})['\"]|[\w.]{1,200}(?:\(\s*template_name\s*=\s*['\"]([\w./-]{1,200})['\"])?)"
)
_GROUP = re.compile(r"\b(\w{1,60})\s*=\s*(?:Blueprint|APIRouter)\(([^()]{0,600})")
_MOUNTED = re.compile(r"\b(?:register_blueprint|include_router)\(\s*([\w.]{1,100})([^()]{0,300})")
_PREFIX = re.compile(r"\b(?:url_prefix|prefix)\s*=\s*['\"]([^'\"\n]{0,200})['\"]")
_DYNAMIC = re.compile(
    r"\b(?:render_template\(|(?:render|TemplateResponse)\(\s*(?:self\.)?request\s*,)\s*(?:f['\"]|(\w+)\s*[,)+]|['\"][^'\"\n]*['\"]\s*[+%])"
)
_TAG = re.compile(r"@\w{1,40}\.(inclusion_tag|simple_tag|simple_block_tag|tag)\b\(?\s*(?:filename\s*=\s*)?(?:['\"]([\w./-]{1,200})['\"])?")
_NO_VIEWS = re.compile(
    r"(?:\A|/)(?:tests?|migrations|node_modules|venv|\.venv|env|site-packages)/|(?:\A|/)(?:test_\w*|conftest|setup)\.py\Z"
)
MAX_DEPTH = 8
MAX_DEFINED = 20_000
MAX_NAMED = 40


class View(NamedTuple):
    """A function or class: the file it stands in, and the templates that it names."""

    path: str
    templates: tuple[str, ...]


class Route(NamedTuple):
    """An address and the name of a template that is filled in there."""

    address: str
    template: str
    asking: str


class PythonViews:
    """What all Python files of a site say of views, addresses and template tags."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.named: set[str] = set()
        self.views: dict[str, list[View]] = defaultdict(list)
        self.tags: dict[str, tuple[str, str]] = {}
        self.dynamic = False
        self.django = False
        self._routed: list[tuple[str, str, str, tuple[str, ...]]] = []
        self._prefixes: dict[str, str] = {}
        self._patterns: dict[str, list[tuple[str, str, str, str]]] = {}
        for path in site.below("", ".py"):
            if not _NO_VIEWS.search(path):
                self._read(path, _COMMENT.sub("", site.text(path)))

    def routes(self) -> Iterator[Route]:
        """The addresses that are written out, with what they show; `<slug>` stands for what differs."""
        for holder, address, path, templates in self._routed:
            for template in templates:
                yield Route(_joined(self._prefixes.get(holder, ""), address), template, path)
        included = {self._module(name, path) for path, rows in self._patterns.items() for _, _, name, _ in rows if name}
        for path in self._patterns:
            if path not in included:
                yield from self._django_routes(path, "", 0)

    def _read(self, path: str, code: str) -> None:
        self.django = self.django or "django" in code
        names = TEMPLATE.findall(code)
        self.named.update(names)
        self.dynamic = self.dynamic or any(not _is_set(match[1], code) for match in _DYNAMIC.finditer(code))
        for match in _GROUP.finditer(code):
            prefix = _PREFIX.search(match[2])
            self._prefixes.setdefault(match[1], prefix[1] if prefix else "")
        for match in _MOUNTED.finditer(code):
            prefix = _PREFIX.search(match[2])
            if prefix:
                self._prefixes[match[1].rpartition(".")[2]] = prefix[1]
        if "urlpatterns" in code:
            self._patterns[path] = [(match[1], match[2], match[3] or "", match[4] or "") for match in _PATTERN.finditer(code)]
        if names or "_tag" in code or ".route" in code:
            self._read_views(path, code)

    def _read_views(self, path: str, code: str) -> None:
        """Each definition gets the templates named in it, those of definitions inside it included, and what decorates it."""
        rows = [(len(match[1]), match[3], match.start(), match[2]) for match in _DEFINED.finditer(code)][:MAX_DEFINED]
        starts = [start for _, _, start, _ in rows]
        ends = _ends(rows, len(code))
        literals = [(match.start(), match[1]) for match in TEMPLATE.finditer(code)]
        places = [place for place, _ in literals]
        inside = []
        for number, (_, name, start, _) in enumerate(rows):
            first = bisect_left(places, start)
            named = tuple(dict.fromkeys(text for place, text in literals[first : first + MAX_NAMED] if place < ends[number]))
            inside.append(named)
            self.views[name].append(View(path, named))
        for match in _ROUTE.finditer(code):
            number = bisect_left(starts, match.start())
            if number < len(rows) and rows[number][3] == "def":
                self._routed.append((match[1], match[2], path, inside[number]))
        for match in _TAG.finditer(code):
            number = bisect_left(starts, match.start())
            if number < len(rows) and rows[number][3] == "def":
                self.tags.setdefault(rows[number][1], (path, match[2] or ""))

    def _django_routes(self, path: str, prefix: str, depth: int) -> Iterator[Route]:
        for pattern, target, module, template in self._patterns.get(path, ()):
            address = prefix + pattern
            if module:
                deeper = self._module(module, path)
                if deeper and depth < MAX_DEPTH:
                    yield from self._django_routes(deeper, address, depth + 1)
            elif template:
                yield Route(_cleaned(address), template, path)
            else:
                name = target.partition(".as_view")[0].rpartition(".")[2]
                for view in self._nearest(name, path):
                    for named in view.templates:
                        yield Route(_cleaned(address), named, view.path)

    def _nearest(self, name: str, path: str) -> list[View]:
        """The views of a name that an address list means: those beside it, else the only one."""
        views = [view for view in self.views.get(name, ()) if view.templates]
        folder = posixpath.dirname(path)
        beside = [view for view in views if posixpath.dirname(view.path) == folder or view.path.startswith(f"{folder}/")]
        return beside or (views if len(views) == 1 else [])

    def _module(self, name: str, asking: str) -> str:
        """The file of a module by its dotted name, as near to `asking` as may be."""
        if not name:
            return ""
        tail = name.replace(".", "/") + ".py"
        folder = posixpath.dirname(asking)
        while True:
            for candidate in (posixpath.join(folder, tail), posixpath.join(folder, name.replace(".", "/"), "__init__.py")):
                if candidate in self._site.files:
                    return candidate
            if not folder:
                return next((path for path in self._site.named(posixpath.basename(tail)) if path.endswith(f"/{tail}")), "")
            folder = posixpath.dirname(folder)


def _is_set(name: str | None, code: str) -> bool:
    """Whether a name of a file is given a text in it, so that the text is known."""
    return bool(name) and any(f"{name} = {quote}" in code for quote in ("'", '"'))


def _ends(rows: Sequence[tuple[int, str, int, str]], length: int) -> list[int]:
    """Where each definition ends: at the next that stands no further in."""
    ends = [length] * len(rows)
    opened: list[int] = []
    for number, (indent, _, start, _) in enumerate(rows):
        while opened and rows[opened[-1]][0] >= indent:
            ends[opened.pop()] = start
        opened.append(number)
    return ends


def _joined(prefix: str, address: str) -> str:
    return "/" + "/".join(part for part in (prefix.strip("/"), address.lstrip("/")) if part)


def _cleaned(address: str) -> str:
    """An address without the marks of an expression: `^contact/$` is `/contact/`, groups are `<...>`."""
    address = re.sub(r"\(\?P<(\w+)>[^()]{0,100}\)", r"<\1>", address.replace("^", "").replace("$", "").replace("\\", ""))
    return "/" + address.lstrip("/")
