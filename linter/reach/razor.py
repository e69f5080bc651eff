"""ASP.NET: Razor views and pages with `_ViewStart` and layouts, partials, view components, and Blazor components."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.model import How, Link, Page, Stack
from linter.reach.nested import inside, under
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import RAZOR, Served, chosen_at_run_time, template_links, without_template_comments

ENDINGS = (".cshtml", ".vbhtml")
_LAYOUT = re.compile(r"\bLayout\s*=(?!=)([^;\n}]{0,300})")
_TEXT = re.compile(r"\"([^\"\n]{1,200})\"")
_CALLS: tuple[tuple[re.Pattern[str], How], ...] = (
    (
        re.compile(r"\b(?:Partial|PartialAsync|RenderPartial|RenderPartialAsync|CachedPartial|RenderPage)\(\s*\"([^\"\n]{1,200})\""),
        "include",
    ),
    (re.compile(r"<partial\b[^<>]{0,300}?\bname\s*=\s*\"([^\"\n]{1,200})\"", re.IGNORECASE), "include"),
)
_ACTION = re.compile(r"\bHtml\.(?:Render)?Action\(\s*\"(\w{1,100})\"(?:\s*,\s*\"(\w{1,100})\")?")
_COMPONENT = re.compile(r"\bComponent\.InvokeAsync\(\s*(?:\"(\w{1,100})\"|typeof\((\w{1,100})\))|<vc:([\w-]{1,100})")
_BUNDLE = re.compile(r"\bScripts\.Render(?:Format)?\(([^()\n]{1,500})\)")
_BUNDLE_SET = re.compile(r"new\s+ScriptBundle\(\s*\"([^\"\n]{1,200})\"\s*\)\s*(?:\.\w+\([^()]{0,3000}\)\s*){1,6}")
_PAGE = re.compile(r"^@page\b[ \t]*(?:\"([^\"\n]{0,200})\")?", re.MULTILINE)
_BODY = re.compile(r"@RenderBody\(\)|@RenderBody\b|@Body\b")
_ELEMENT = re.compile(r"<([A-Z]\w{1,80})[\s/>]")
_BLAZOR_LAYOUT = re.compile(r"^@layout\s+([\w.]{1,100})|\bDefaultLayout\s*=\s*\"@typeof\(([\w.]{1,100})\)", re.MULTILINE)
_CHOSEN = re.compile(r"\b(?:Render)?Partial(?:Async)?\(\s*(?![\"\s])|<partial\b[^<>]{0,300}?\bname\s*=\s*\"@")
_NO_PAGE = re.compile(
    r"(?:\A|/)(?:Shared|Components|EditorTemplates|DisplayTemplates|Partials|MacroPartials|\w*Mailer|Emails?|EmailTemplates|Mail|Templates)/|(?:\A|/)_",
    re.IGNORECASE,
)


class Razor:
    """All views of the ASP.NET applications in a repository."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._views = frozenset(site.below("", *ENDINGS, ".razor"))
        roots = dict.fromkeys(self._root(path) for path in sorted(self._views))
        self._served = Served(site, [folder for root in list(roots)[:40] for folder in (under(root, "wwwroot"), root)])
        self._said: set[str] | None = None
        self._bundles: dict[str, list[str]] | None = None

    def pages(self) -> Iterator[Page]:
        """Views of actions (by their files), and pages and components with `@page` at their addresses."""
        taken: set[str] = set()
        for path in sorted(self._views):
            text = self._site.text(path)
            routes = [match[1] or self._own_route(path) for match in (_PAGE.finditer(text) if "@page" in text else ())]
            for route in routes:
                address = route if route.startswith("/") else f"{self._own_route(path)}/{route}"
                if address not in taken:
                    taken.add(address)
                    yield Page(address, path, title_of(text), stands_for="every address of this form" if "{" in address else "")
            if not routes and not path.endswith(".razor") and not _NO_PAGE.search(self._rel(path)) and not _BODY.search(text):
                yield Page(path, path, title_of(text))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout of a view (its own, or that of the nearest `_ViewStart`), partials, components, bundles and scripts."""
        if path not in self._views:
            return script_links(text, path, self._served) if path.endswith(".js") else ()
        bare = without_template_comments(text, RAZOR)
        return (*self._layout_links(path, bare), *self._part_links(path, bare), *template_links(bare, path, self._served, RAZOR))

    def complete(self) -> bool:
        """All views are taken for pages; partials may be named by data."""
        return not chosen_at_run_time(self._site, sorted(self._views), _CHOSEN)

    def covers(self, path: str) -> bool:
        """Partials that no code of the application names."""
        if path not in self._views or path.endswith(".razor") or not posixpath.basename(path).startswith("_"):
            return False
        if self._said is None:
            codes = (self._site.text(path) for path in self._site.below("", ".cs", ".vb"))
            self._said = {
                text.rpartition("/")[2].removesuffix(".cshtml") for code in codes if "View" in code for text in _TEXT.findall(code)
            }
        return posixpath.basename(path).rsplit(".", 1)[0] not in self._said | {"_ViewStart", "_ViewImports"}

    def _root(self, path: str) -> str:
        """The folder of the application: the one that holds `Views`, `Pages` or `Areas`."""
        parts = path.split("/")
        return next(
            ("/".join(parts[:number]) for number, part in enumerate(parts[:-1]) if part in ("Views", "Pages", "Areas", "Components")),
            posixpath.dirname(path),
        )

    def _rel(self, path: str) -> str:
        rel = inside(path, self._root(path)) or path
        return rel.partition("/")[2] if rel.startswith(("Views/", "Pages/")) else rel

    def _own_route(self, path: str) -> str:
        """The address of a page by its place: `Pages/Book/Index.cshtml` is `/Book`."""
        parts = path.rsplit(".", 1)[0].partition("Pages/")[2].split("/")
        area = re.search(r"Areas/([\w.-]+)/Pages/", path)
        return "/" + "/".join([*([area[1]] if area else []), *(parts[:-1] if parts[-1] == "Index" else parts)])

    def _layout_links(self, path: str, bare: str) -> Iterator[Link]:
        said = False
        for match in _LAYOUT.finditer(bare) if "Layout" in bare else ():
            said = True
            for name in _TEXT.findall(match[1])[:3]:
                for target in self._found(name, path):
                    yield Link(target, "layout", bare.count("\n", 0, match.start()) + 1)
        if path.endswith(".razor"):
            yield from self._blazor_links(path, bare)
        elif not said and not posixpath.basename(path).startswith("_") and not _BODY.search(bare) and not _NO_PAGE.search(self._rel(path)):
            folder = posixpath.dirname(path)
            while True:
                start = self._site.first(*(posixpath.join(folder, f"_ViewStart{ending}") for ending in ENDINGS))
                if start and _LAYOUT.search(self._site.text(start)):
                    yield Link(start, "layout", 1, note="views below its folder")
                    return
                if folder in ("", self._root(path)):
                    return
                folder = posixpath.dirname(folder)

    def _blazor_links(self, path: str, bare: str) -> Iterator[Link]:
        lines = Lines(bare)
        if _PAGE.search(bare):
            root = self._root(path)
            hosts = (
                "App.razor",
                "Components/App.razor",
                "Pages/_Host.cshtml",
                "wwwroot/index.html",
                "Routes.razor",
                "Components/Routes.razor",
            )
            for host in hosts:
                if under(root, host) in self._site.files:
                    yield Link(under(root, host), "layout", 1, note="every page")
        for match in _BLAZOR_LAYOUT.finditer(bare):
            for target in self._site.named(f"{(match[1] or match[2]).rpartition('.')[2]}.razor")[:1]:
                yield Link(target, "layout", lines.at(match.start()))
        for match in _ELEMENT.finditer(bare):
            for target in self._site.named(f"{match[1]}.razor")[:1]:
                yield Link(target, "component", lines.at(match.start()))

    def _part_links(self, path: str, bare: str) -> Iterator[Link]:
        lines = Lines(bare)
        for pattern, how in _CALLS if "artial" in bare or "RenderPage" in bare else ():
            for match in pattern.finditer(bare):
                for target in self._found(match[1], path):
                    yield Link(target, how, lines.at(match.start()))
        for match in _ACTION.finditer(bare) if "Action(" in bare else ():
            name = f"../{match[2]}/{match[1]}" if match[2] else match[1]
            for target in self._found(name, path) or self._found(f"_{match[1]}", path):
                yield Link(target, "component", lines.at(match.start()))
        for match in _COMPONENT.finditer(bare) if "Component." in bare or "<vc:" in bare else ():
            name = (
                match[1] or (match[2] or "").removesuffix("ViewComponent") or "".join(part.title() for part in (match[3] or "").split("-"))
            )
            for target in self._found(f"Components/{name}/Default", path):
                yield Link(target, "component", lines.at(match.start()))
        for match in _BUNDLE.finditer(bare) if "Scripts." in bare else ():
            for name in _TEXT.findall(match[1]):
                for target in self._bundle(name):
                    yield Link(target, "script", lines.at(match.start()), note=name)

    def _found(self, name: str, asking: str) -> Sequence[str]:
        """The file of a layout's or partial's name: from the root (`~/`), beside the one who asks, above it, or in `Shared`."""
        root = self._root(asking)
        if name.startswith(("~/", "/")):
            bases = [under(root, name.lstrip("~/"))]
        else:
            folder = posixpath.dirname(asking)
            places = [folder]
            while inside(folder, root) and folder != root:
                folder = posixpath.dirname(folder)
                places.append(folder)
            places += [under(place, "Shared") for place in places] + [
                under(root, "Views/Shared"),
                under(root, "Pages/Shared"),
                under(root, "Views"),
            ]
            bases = [posixpath.normpath(posixpath.join(place, name)) for place in places]
        found = self._site.first(*(base + ending for base in bases for ending in ("", *ENDINGS)))
        return (found,) if found and found != asking else ()

    def _bundle(self, name: str) -> Sequence[str]:
        """The scripts of a bundle as `BundleConfig` puts it together; of a name with a `*` all that fit."""
        if self._bundles is None:
            self._bundles = {}
            for path in self._site.named("BundleConfig.cs") + self._site.named("BundleConfig.vb"):
                for match in _BUNDLE_SET.finditer(self._site.text(path)):
                    files = [text for text in _TEXT.findall(match[0])[1:] if ".js" in text or "*" in text]
                    self._bundles[match[1]] = [found for text in files for found in self._bundled(text)]
        direct = self._served.resolve(name, "")
        return self._bundles.get(name, [direct] if direct else [])

    def _bundled(self, written: str) -> list[str]:
        if "*" not in written and "{version}" not in written:
            found = self._served.resolve(written, "")
            return [found] if found else []
        start = re.split(r"[*{]", written.lstrip("~/"))[0]
        return [path for path in self._site.below("", ".js") if path.startswith(start) or f"/{start}" in path][:50]


def open_razor(site: Site) -> Stack | None:
    """Repositories with Razor views."""
    return Razor(site) if any(path.endswith((*ENDINGS, ".razor")) for path in site.files) else None
