"""PrestaShop: what its modules show where a theme calls a hook."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from linter.reach.model import Link, Page
from linter.reach.php_files import Files
from linter.reach.php_paths import HERE, Paths, arguments_of
from linter.reach.php_text import php_of
from linter.reach.site import Site

MEANINGS = {
    "index": "the front page",
    "catalog/product": "every product",
    "product": "every product",
    "catalog/listing/category": "every category",
    "category": "every category",
    "catalog/listing/search": "search results",
    "search": "search results",
    "cms/page": "every page",
    "cms": "every page",
    "cms/category": "every category of pages",
    "checkout/cart": "the cart",
    "checkout/checkout": "the checkout",
    "checkout/order-confirmation": "the page after an order",
    "order-confirmation": "the page after an order",
    "customer/authentication": "the login",
    "authentication": "the login",
    "customer/registration": "the registration",
    "contact": "the contact page",
    "contact-form": "the contact page",
    "errors/404": "404",
    "404": "404",
}
"""What the templates of a theme stand for, by their names."""
_MODULE = re.compile(r"\bextends\s++(?:\\?\w+\\)*(?:Module|PaymentModule|CarrierModule)\b")
_HOOK = re.compile(r"\bfunction\s++hook(\w{1,80})\s*+\(", re.IGNORECASE)
_SHOWS = re.compile(r"->(?:display|fetch|setTemplate|addJS|addJs|registerJavascript)\s*+\(")
_EVERY = (
    "displayheader",
    "header",
    "actionfrontcontrollersetmedia",
    "displayfooter",
    "footer",
    "displaybeforebodyclosingtag",
    "displayafterbodyopeningtag",
)
_AT_HEAD = frozenset(["displayheader", "header", "actionfrontcontrollersetmedia"])


class Modules:
    """The modules of a shop by the hooks that they have."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._files = Files(site)
        self.files: dict[str, str] = {}
        self._hooks: dict[str, dict[str, str]] = defaultdict(dict)
        for path in sorted(site.files):
            name = posixpath.basename(posixpath.dirname(path))
            if path.endswith(f"/{name}.php") and "vendor/" not in path and _MODULE.search(text := site.text(path)):
                self.files[path] = name
                for match in _HOOK.finditer(php_of(text).text):
                    self._hooks[match[1].lower()].setdefault(path, match[1])

    def pages(self) -> Iterator[Page]:
        """Modules that show something on every page, where there is no theme."""
        for path, name in self.files.items():
            if any(path in self._hooks.get(hook, ()) for hook in _EVERY):
                yield Page(path, path, name, stands_for="every page")

    def shown_at(self, hook: str, line: int) -> Iterator[Link]:
        """The modules that a hook of a theme shows: `displayHeader`, or the variable `HOOK_HEADER`."""
        low = hook.lower()
        low = f"display{low[5:]}".replace("_", "") if low.startswith("hook_") else low
        names: Sequence[str] = (*_AT_HEAD,) if low in _AT_HEAD else (low, low.removeprefix("display"))
        for name in sorted(names):
            for path, written in self._hooks.get(name, {}).items():
                yield Link(path, "plugin", line, note=f"hook {written[0].lower()}{written[1:]}")

    def named(self, name: str, line: int) -> Iterator[Link]:
        """The module that a theme names."""
        for path, module in self.files.items():
            if module == name:
                yield Link(path, "plugin", line, note="widget")

    def links(self, path: str, text: str) -> Iterator[Link]:
        """The templates and scripts that a module shows."""
        if path not in self.files:
            return
        folder, name = posixpath.dirname(path), self.files[path]
        told = {"$this->name": [f"'{name}'"], "$this->_path": [f"'{HERE}{folder}/'"], "$this->local_path": [f"'{HERE}{folder}/'"]}
        paths = Paths(path, lambda each: told.get(each, ()))
        php = php_of(text)
        for match in _SHOWS.finditer(php.text):
            for written in arguments_of(php.text, match.end())[:4]:
                for value in paths.values(written):
                    target = self._file(value, path, folder)
                    if target:
                        yield Link(target, "script" if target.endswith(".js") else "include", php.line(match.start()))

    def _file(self, value: str, path: str, folder: str) -> str | None:
        if not value.endswith((".tpl", ".js")):
            return None
        if value.startswith("module:"):
            return self._files.file(f"{HERE}{posixpath.dirname(folder)}/{value[7:]}", path)
        base = posixpath.join(folder, "views/templates")
        near = (f"{base}/hook/{value}", f"{base}/front/{value}", f"{folder}/{value}")
        found = self._site.first(*near) or self._files.file(value, path)
        return self._overridden(found, folder) if found else None

    def _overridden(self, path: str, folder: str) -> str:
        """The file that a theme puts in the place of a module's."""
        end = f"/modules/{posixpath.basename(folder)}{path[len(folder) :]}"
        places = self._site.named(posixpath.basename(path)) if path.startswith(folder) else []
        return next((each for each in places if each.endswith(end) and "themes/" in each), path)
