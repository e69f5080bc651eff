"""Smarty and Latte: templates that include and extend one another, PrestaShop's and WHMCS's themes, hooks of PrestaShop's modules."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.model import How, Link, Page
from linter.reach.prestashop import MEANINGS, Modules
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import Dialect, Served, template_links
from linter.reach.wholes import OPENS, prints_page

ENDINGS = (".tpl", ".latte")
_COMMENT = re.compile(r"\{\*.*?(?:\*\}|\Z)|<!--(?!\[if).*?(?:-->|\Z)", re.DOTALL)
_DIALECT = Dialect(_COMMENT, re.compile(r"\{[$=/\w][^{}\n]{0,300}\}"))
_TAG = re.compile(r"\{(include|extends|layout|embed|import|sandbox|includeblock)\b([^{}]{0,500}(?:\{[^{}]{0,100}\}[^{}]{0,300})?)\}")
_NAME = re.compile(r"['\"]([^'\"\n]{1,200})['\"]|[\s=]((?:\.{1,2}/)*[\w@/-]{1,150}\.(?:tpl|latte))")
_BEFORE = re.compile(r"\A(?:parent:|file:|\[[^\]]{0,40}\]|(?:\{?`?\$[\w.>-]{1,60}`?\}?)/?\.?/?)+")
_HOOK = re.compile(r"\{hook\s[^{}]{0,100}?\bh\s*+=\s*+['\"]?(\w{1,80})|\{(?:\\?\$)(HOOK_\w{1,40})")
_WIDGET = re.compile(r"\{widget\s[^{}]{0,100}?\bname\s*+=\s*+['\"]?(\w{1,60})")
_NO_PAGE = re.compile(
    r"(?:\A|/)(?:_partials|partials?|components?|layouts?|includes?|mails?|emails?|pdf|admin|hook|_[^/]*)/|(?:\A|/)(?:[@_][^/]*|header|footer|layout|base)\.\w+\Z"
)
_SKIP = re.compile(r"(?:\A|/)(?:vendor|node_modules|tests?|cache|compile|templates_c|temp|smarty/sysplugins|admin[\w-]*)/")


class SmartyStack:
    """The Smarty and Latte templates of a site, and the modules of PrestaShop."""

    def __init__(self, site: Site, paths: Iterable[str], modules: Modules) -> None:
        self._site = site
        self._paths = frozenset(paths)
        self._modules = modules
        roots = sorted({posixpath.dirname(posixpath.dirname(path)) for path in self._paths} & site.folders, key=len)
        self._served = Served(site, roots[:40])
        self._frames = self._framed()

    def _framed(self) -> dict[str, tuple[str, ...]]:
        """Folders of themes in which a header and footer go around every template by themselves."""
        heads = [path for path in self._paths if posixpath.basename(path) == "header.tpl"]
        found: dict[str, tuple[str, ...]] = {}
        for head in heads:
            folder = posixpath.dirname(head)
            foot = f"{folder}/footer.tpl".lstrip("/")
            if foot in self._paths and OPENS.search(self._bare(head)) and not self._is_included(head, folder):
                found[folder] = (head, foot)
        return found

    def _is_included(self, path: str, folder: str) -> bool:
        beside = [other for other in self._paths if posixpath.dirname(other) == folder]
        return any(link.target == path for other in beside[:200] for link in self._references(self._bare(other), other))

    def pages(self) -> Iterator[Page]:
        """The templates that print whole pages and that no other one pulls in; without any, each module of PrestaShop stands for all."""
        used = {link.target for path in self._paths for link in self._references(self._bare(path), path)}
        found = False
        for path in sorted(path for path in self._paths if path not in used or _meaning(path)):
            if not _NO_PAGE.search(path) and (posixpath.dirname(path) in self._frames or self._is_whole(path)):
                found = True
                yield Page(path, path, self._title(path), stands_for=_meaning(path))
        if not found:
            yield from self._modules.pages()

    def _title(self, path: str) -> str:
        title = title_of(self._bare(path))
        return "" if "{" in title else title

    def _is_whole(self, path: str) -> bool:
        return prints_page(path, self._bare, self._references)

    def _bare(self, path: str) -> str:
        return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self._site.text(path))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a template includes and extends, the modules that its hooks show, and what modules show."""
        if path in self._paths:
            yield from self._template_links(path)
        elif path.endswith(".php"):
            yield from self._modules.links(path, text)

    def _template_links(self, path: str) -> Iterator[Link]:
        bare = self._bare(path)
        yield from self._references(bare, path)
        yield from template_links(bare, path, self._served, _DIALECT)
        lines = Lines(bare)
        for match in _HOOK.finditer(bare):
            yield from self._modules.shown_at(match[1] or match[2], lines.at(match.start()))
        for match in _WIDGET.finditer(bare):
            yield from self._modules.named(match[1], lines.at(match.start()))
        for target in self._frames.get(posixpath.dirname(path), ()):
            if path not in self._frames[posixpath.dirname(path)]:
                yield Link(target, "layout", 1, note="around every page")

    def _references(self, bare: str, path: str) -> Iterator[Link]:
        lines = Lines(bare)
        wrapped = False
        for match in _TAG.finditer(bare):
            how: How = "layout" if match[1] in ("extends", "layout") else "include"
            wrapped = wrapped or how == "layout"
            for target in self._named(match[2], path):
                yield Link(target, how, lines.at(match.start()))
            if how == "layout" and "$layout" in match[2]:
                for target in self._layouts(path):
                    yield Link(target, how, lines.at(match.start()), note="the layout is a setting")
        if path.endswith(".latte") and not wrapped and not posixpath.basename(path).startswith(("@", "_")):
            layout = self._layout_above(path)
            if layout:
                yield Link(layout, "layout", 1, note="the layout of its folder")

    def _layouts(self, path: str) -> list[str]:
        """The layouts of PrestaShop that a setting chooses from."""
        start = f"{path.rpartition('/templates/')[0]}/templates/layouts/"
        return [other for other in sorted(self._paths) if other.startswith(start) and other != path] if "/templates/" in path else []

    def _layout_above(self, path: str) -> str | None:
        folder = posixpath.dirname(path)
        while folder:
            found = self._site.first(f"{folder}/@layout.latte", f"{folder}/templates/@layout.latte")
            if found:
                return found
            folder = posixpath.dirname(folder)
        return None

    def _named(self, given: str, asking: str) -> Sequence[str]:
        """The template that a tag names, looked for beside it, in the folders above, then anywhere if only one file ends so."""
        match = _NAME.search(given)
        if match is None:
            return []
        name = _BEFORE.sub("", match[1] or match[2])
        if name.startswith("module:"):
            name = "modules/" + name[7:]
        if not name.endswith(ENDINGS) or "$" in name:
            return []
        folder = posixpath.dirname(asking)
        rest = re.sub(r"\A(?:\.{1,2}/)+", "", name)
        paths = [posixpath.normpath(posixpath.join(folder, name))]
        while folder:
            folder = posixpath.dirname(folder)
            paths += [posixpath.join(folder, rest), posixpath.join(folder, "templates", rest)]
        found = next((path for path in paths if path in self._paths and path != asking), None)
        if found is None:
            ends = [path for path in self._site.named(posixpath.basename(rest)) if path.endswith("/" + rest) and path in self._paths]
            found = ends[0] if len(ends) == 1 and "/" in rest else None
        return [found] if found and found != asking else []

    def shells(self) -> frozenset[str]:
        """The mails of PrestaShop."""
        return frozenset(path for path in self._site.files if path.endswith(".html") and "/mails/" in f"/{path}")

    def complete(self) -> bool:
        """Code may show any template."""
        return False

    def covers(self, path: str) -> bool:
        """What code shows is not known."""
        return False


def _meaning(path: str) -> str:
    plain = path.rpartition("/templates/")[2] if "/templates/" in path else posixpath.basename(path)
    return MEANINGS.get(plain.rpartition(".")[0], "")


def open_smarty(site: Site) -> SmartyStack | None:
    """The stack of a site with Smarty or Latte templates, or PrestaShop's modules."""
    paths = [path for path in site.files if path.endswith(ENDINGS) and not path.endswith(".html.tpl") and not _SKIP.search(path)]
    paths = [path for path in paths if not path.endswith(".tpl") or "{" in site.text(path)]
    modules = Modules(site)
    return SmartyStack(site, paths, modules) if paths or modules.files else None
