"""What the files of a WordPress theme are for, by their names."""

import re

_WHOLE = {
    "front-page": "the front page",
    "home": "the blog's front page",
    "index": "every page that no other template is for",
    "single": "every single post",
    "singular": "every single post and page",
    "page": "every page",
    "archive": "every archive",
    "category": "every category",
    "tag": "every tag",
    "taxonomy": "every taxonomy",
    "author": "every author",
    "date": "every archive by date",
    "search": "search results",
    "404": "404",
    "attachment": "every attachment",
    "image": "every image",
    "privacy-policy": "the privacy policy",
    "woocommerce": "every shop page",
    "single-product": "every product",
    "archive-product": "the shop",
    "taxonomy-product-cat": "every product category",
    "taxonomy-product-tag": "every product tag",
    "page-cart": "the cart",
    "page-checkout": "the checkout",
    "order-confirmation": "the page after an order",
    "product-search-results": "search results of the shop",
}
_PARTS = {
    "single": "every single {}",
    "singular": "every single {}",
    "page": 'the page "{}"',
    "archive": "every archive of {}",
    "category": "the category {}",
    "tag": "the tag {}",
    "taxonomy": "every {}",
    "author": "the author {}",
}
_NAMED = re.compile(r"Template Name:\s*([^\r\n]{1,120})", re.IGNORECASE)
_TYPES = re.compile(r"Template Post Type:\s*([\w, -]{1,80})", re.IGNORECASE)
SHOP = (
    ("woocommerce/single-product.php", "every product"),
    ("woocommerce/archive-product.php", "the shop"),
    ("woocommerce/taxonomy-product-cat.php", "every product category"),
    ("woocommerce/taxonomy-product-tag.php", "every product tag"),
    ("woocommerce/cart/cart.php", "the cart"),
    ("woocommerce/checkout/form-checkout.php", "the checkout"),
    ("woocommerce/checkout/thankyou.php", "the page after an order"),
    ("woocommerce/myaccount/my-account.php", "the account pages"),
    ("woocommerce/myaccount/form-login.php", "the login of the shop"),
)
"""Overrides of WooCommerce's templates that are pages, or what a page shows."""
EVERY_TEMPLATE = frozenset(_WHOLE)


def stands_for(stem: str) -> str | None:
    """The pages that a file of the template hierarchy is for, by its name without ending; None where the name is no such one."""
    if stem in _WHOLE:
        return _WHOLE[stem]
    kind, _, rest = stem.partition("-")
    return _PARTS[kind].format(rest) if rest and kind in _PARTS else None


def template_name(head: str) -> tuple[str, str] | None:
    """The name in the header of a page template, and the pages it is for."""
    match = _NAMED.search(head)
    if match is None:
        return None
    name = re.split(r"\*/|--\}\}|\?>", match[1], maxsplit=1)[0].strip(" *#-")
    types = _TYPES.search(head)
    of = types[1].split(",")[0].strip() if types else "page"
    return name, f'every {of} with the template "{name}"'
