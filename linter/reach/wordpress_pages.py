"""The pages of a WordPress theme: its template files, and which of them a conditional tag is about."""

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence

from linter.reach.model import Page
from linter.reach.wordpress_names import SHOP, stands_for, template_name
from linter.reach.wordpress_theme import Theme

_VIEW = re.compile(r"(?:(?:resources/)?views/|block-templates/|templates/)?([^/]+?)(\.blade\.php|\.html|\.php)\Z")
_FOR_TAG = {
    "is_front_page": ("front-page",),
    "is_home": ("home", "index"),
    "is_404": ("404",),
    "is_search": ("search",),
    "is_archive": ("archive", "category", "tag", "taxonomy", "author", "date"),
    "is_category": ("category", "archive"),
    "is_tag": ("tag", "archive"),
    "is_tax": ("taxonomy", "archive"),
    "is_author": ("author", "archive"),
    "is_single": ("single", "singular"),
    "is_singular": ("single", "singular"),
    "is_attachment": ("attachment", "image"),
    "is_page": ("page",),
    "is_page_template": (),
    "is_product": ("woocommerce/single-product", "single-product", "woocommerce"),
    "is_shop": ("woocommerce/archive-product", "archive-product", "woocommerce"),
    "is_product_category": ("woocommerce/taxonomy-product-cat", "woocommerce/archive-product", "woocommerce"),
    "is_cart": ("woocommerce/cart/cart", "page-cart", "page"),
    "is_checkout": ("woocommerce/checkout/form-checkout", "page-checkout", "page"),
    "is_order_received_page": ("woocommerce/checkout/thankyou", "order-confirmation", "page"),
    "is_account_page": ("woocommerce/myaccount/my-account", "page"),
}
_SEVERAL = frozenset(["is_archive"])


class ThemePages:
    """The pages of one theme. `read` gives the text of a file."""

    def __init__(self, theme: Theme, read: Callable[[str], str]) -> None:
        self._theme = theme
        self._read = read
        self.by_stem: dict[str, Page] = {}
        self._named: dict[str, Page] = {}
        for name, path in sorted(theme.files.items()):
            self._take(name, path)
        for name, meaning in SHOP:
            if name in theme.files:
                page = Page(theme.files[name], theme.files[name], stands_for=meaning)
                self.by_stem[name.removesuffix(".php")] = page

    def _take(self, name: str, path: str) -> None:
        match = _VIEW.match(name)
        if match and (match[2] != ".html" or name.startswith(("templates/", "block-templates/"))):
            stem = match[1]
            plain = match[2] == ".html" or "views/" in name or "/" not in name
            meaning = stands_for(stem) if plain else None
            if meaning and not (stem == "index" and match[2] == ".php" and self._is_stub(path)):
                self.by_stem[stem] = Page(path, path, stands_for=meaning)
                return
            if match[2] == ".html" and not name.startswith("templates/parts/"):
                self._named[name] = Page(path, path, stem.replace("-", " "), stands_for=f'every page with the template "{stem}"')
                return
        if name.endswith(".php") and name.count("/") <= (3 if "views/" in name else 1):
            told = template_name(self._read(path)[:8192])
            if told:
                self._named[name] = Page(path, path, told[0], stands_for=told[1])

    def _is_stub(self, path: str) -> bool:
        """Whether an `index.php` prints nothing, because views or block templates do."""
        return any(
            key.startswith(("templates/", "resources/views/", "views/", "block-templates/")) for key in self._theme.files
        ) and not re.search(r"get_header|have_posts|<body|Timber", self._read(path))

    def pages(self) -> Iterator[Page]:
        """All pages of the theme."""
        yield from self.by_stem.values()
        yield from self._named.values()

    def whole(self) -> Page | None:
        """The page that shows what has no template of its own."""
        return next((self.by_stem[stem] for stem in ("page", "singular", "index") if stem in self.by_stem), None)

    def asked_for(self, tag: str, texts: Sequence[str]) -> list[Page]:
        """The pages on which a conditional tag may hold: those for the texts it is given, else those of its kind; none where unknown."""
        if tag not in _FOR_TAG:
            return []
        slugs = [posixpath.basename(text).removesuffix(".php").removesuffix(".blade") for text in texts]
        if tag == "is_page_template":
            wanted = set(texts)
            return [page for name, page in self._named.items() if name in wanted or posixpath.basename(name) in wanted]
        own = [self.by_stem[f"{stem}-{slug}"] for stem in _FOR_TAG[tag] for slug in slugs if f"{stem}-{slug}" in self.by_stem]
        own += [page for name, page in self._named.items() if tag == "is_page" and any(slug and slug in name for slug in slugs)]
        if own:
            return own
        stems = [
            stem
            for stem in self.by_stem
            if stem in _FOR_TAG[tag] or (not slugs and stem.startswith(tuple(f"{each}-" for each in _FOR_TAG[tag])))
        ]
        if slugs and tag == "is_page":
            stems = [stem for stem in stems if stem == "page"]
        found = [self.by_stem[stem] for stem in stems if stem in self.by_stem]
        whole = self.whole()
        return found or ([whole] if whole else [])
