"""Magento: layout XML says which scripts and `.phtml` templates pages have, `default` on all of them."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from linter.reach.model import Link, Page
from linter.reach.php_links import PhpReader
from linter.reach.scripts import Lines
from linter.reach.site import Site

_LAYOUT = re.compile(r"(?:\A|/)(?:view/(?:frontend|base)|[A-Z]\w*_\w+)/(?:layout|page_layout)(?:/override/[\w/]+)?/([\w-]+)\.xml\Z")
_OLD_LAYOUT = re.compile(r"(?:\A|/)app/design/frontend/[^/]+/[^/]+/layout/([\w-]+)\.xml\Z|(?:\A|/)layout/(local)\.xml\Z")
_ADMIN = re.compile(r"(?:\A|/)(?:adminhtml|vendor/magento|tests?|dev)/")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TEMPLATE = re.compile(
    r"\btemplate\s*+=\s*+\"([^\"\n]{1,200})\"|<argument\b[^>]{0,100}name=\"template\"[^>]{0,100}>([^<\n]{1,200})<|<template>([^<\n]{1,200})<"
)
_SCRIPT = re.compile(
    r"<(?:script|link)\b[^>]{0,200}\bsrc\s*+=\s*+\"([^\"\n]{1,200}\.js)\"|<(?:script|name)>((?:skin_js|js/)?[\w./-]{1,200}\.js)</"
)
_UPDATE = re.compile(r"<update\b[^>]{0,100}\bhandle\s*+=\s*+\"(\w{1,100})\"")
_IN_CODE = re.compile(
    r"(?:getTemplate|setTemplate|fetchView|getTemplateFile)\s*+\(\s*+['\"]([^'\"\n]{1,200}\.phtml)['\"]|=\s*+['\"](\w+_\w+::[\w./-]{1,150}\.phtml)['\"]"
)
_MEANINGS = {
    "default": "every page",
    "default_head_blocks": "every page",
    "cms_index_index": "the front page",
    "cms_page_view": "every page of the CMS",
    "catalog_product_view": "every product",
    "catalog_category_view": "every category",
    "catalogsearch_result_index": "search results",
    "checkout_cart_index": "the cart",
    "checkout_index_index": "the checkout",
    "checkout_onepage_index": "the checkout",
    "checkout_onepage_success": "the page after an order",
    "contact_index_index": "the contact page",
    "contacts_index_index": "the contact page",
    "customer_account_login": "the login",
    "customer_account_create": "the registration",
    "customer_account": "the account pages",
    "cms_noroute_index": "404",
}
_NO_PAGE = re.compile(r"email|print|ajax|configure|_form_|_item|creditmemo_items|sidebar")
_EVERY = frozenset(["default", "default_head_blocks"])


class MagentoStack:
    """The layouts of a shop's themes and modules."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._reader = PhpReader(site)
        self._handles: dict[str, list[str]] = defaultdict(list)
        self._old: list[str] = []
        for path in sorted(site.files):
            match = _LAYOUT.search(path) if path.endswith(".xml") and not _ADMIN.search(path) else None
            if match:
                self._handles[match[1]].append(path)
            elif path.endswith(".xml") and _OLD_LAYOUT.search(path) and not _ADMIN.search(path) and "<layout" in site.text(path):
                self._old.append(path)
        self._frames = sorted(
            path for path in site.files if "Magento_Theme/templates/" in path and path.endswith(".phtml") and not _ADMIN.search(path)
        )

    @property
    def empty(self) -> bool:
        """Whether there are no layouts."""
        return not self._handles and not self._old

    def pages(self) -> Iterator[Page]:
        """A page for each handle that is one; the layout of all pages stands for every other."""
        every = [path for handle in sorted(_EVERY) for path in self._handles.get(handle, ())] or self._old
        if every:
            yield Page(every[0], every[0], stands_for="every page")
        for handle, paths in sorted(self._handles.items()):
            if handle not in _EVERY and (handle in _MEANINGS or (handle.count("_") == 2 and not _NO_PAGE.search(handle))):
                yield Page(paths[0], paths[0], stands_for=_MEANINGS.get(handle, f"the page {handle.replace('_', '/')}"))

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The other layouts of a page, and the templates and scripts that layouts name; what templates pull in."""
        match = _LAYOUT.search(path) if path.endswith(".xml") else None
        if match:
            yield from self._layouts(match[1], path, text)
            yield from self._named(text, path)
        elif path in self._old:
            for other in self._old:
                yield Link(other, "layout", 1, note="every page")
            yield from self._named(text, path)
        elif path.endswith(".phtml"):
            yield from self._reader.links(path, text)
            lines = Lines(text)
            for call in _IN_CODE.finditer(text):
                for target in self._template(call[1] or call[2], path):
                    yield Link(target, "include", lines.at(call.start()))

    def _layouts(self, handle: str, path: str, text: str) -> Iterator[Link]:
        for other in self._handles[handle]:
            yield Link(other, "layout", 1, note=f"layout {handle}")
        for every in sorted(_EVERY - {handle}):
            for other in self._handles.get(every, ()):
                yield Link(other, "layout", 1, note="every page")
        if handle in _EVERY:
            for target in self._frames:
                yield Link(target, "include", 1, note="in the place of a part that every page has")
        lines = Lines(text)
        for match in _UPDATE.finditer(text):
            for other in self._handles.get(match[1], ()):
                yield Link(other, "layout", lines.at(match.start()))

    def _named(self, text: str, path: str) -> Iterator[Link]:
        bare = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        lines = Lines(bare)
        for match in _TEMPLATE.finditer(bare):
            for target in self._template(next(filter(None, match.groups()), ""), path):
                yield Link(target, "include", lines.at(match.start()))
        for match in _SCRIPT.finditer(bare):
            for target in self._script(match[1] or match[2], path):
                yield Link(target, "script", lines.at(match.start()))

    def _template(self, name: str, asking: str) -> list[str]:
        """The files of `Vendor_Module::a/b.phtml`: in the module, and in themes that override it."""
        module, _, rest = name.strip().rpartition("::")
        rest = rest.lstrip("/")
        ends = [path for path in self._site.named(posixpath.basename(rest)) if path.endswith((f"/templates/{rest}", f"/template/{rest}"))]
        ends = [path for path in ends if not _ADMIN.search(path)]
        if not module:
            own = asking.partition("/layout/")[0]
            return [path for path in ends if path.startswith(own)] or ends[:3]
        plain = module.replace("_", "/")
        return [
            path
            for path in ends
            if f"/{module}/" in f"/{path}" or f"/{plain}/" in f"/{path}" or f"/{module.lower()}/" in f"/{path}".lower()
        ]

    def _script(self, name: str, asking: str) -> list[str]:
        """The files of `js/a.js` (of the theme) and `Vendor_Module::js/a.js`."""
        module, _, rest = name.rpartition("::")
        if "://" in name or name.startswith("//"):
            return []
        ends = [path for path in self._site.named(posixpath.basename(rest)) if path.endswith("/" + rest) and not _ADMIN.search(path)]
        if module:
            plain = module.replace("_", "/")
            return [path for path in ends if f"/{module}/" in f"/{path}" or f"/{plain}/" in f"/{path}"]
        return ends[:3]

    def complete(self) -> bool:
        """Code may show any template."""
        return False

    def covers(self, path: str) -> bool:
        """What code shows is not known."""
        return False


def open_magento(site: Site) -> MagentoStack | None:
    """The stack of a shop with Magento's layouts."""
    stack = MagentoStack(site)
    return None if stack.empty else stack
