"""The markup around PHP: what its elements pull in, with the addresses that PHP echoes put in; titles."""

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence

from linter.reach.model import Link
from linter.reach.php_text import php_of, with_echoes
from linter.reach.site import Site
from linter.reach.static import markup_links, title_of

_LOADS = re.compile(r"<(?:script|iframe|frame|object|embed)\b|\bdata-(?:include|load)|hx-get|<!--#include", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:src|data|data-src|hx-get)\s*+=\s*+[\"']?(?![a-z][a-z+.-]{0,20}:|/|[\"'#>])|['\"`][\w./-]{1,200}\.m?js\b", re.IGNORECASE
)
_TITLE = re.compile(r"<title\b.{0,1000}?</title", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"<\?.*?(?:\?>|\Z)", re.DOTALL)
_TITLE_SET = re.compile(
    r"(?:\$(?:page_?|meta_?|site_?)?title(?:_?tag|_?page)?|['\"](?:page_?)?title['\"]|define\s*+\(\s*+['\"](?:PAGE_?)?TITLE['\"])"
    r"\s*+(?:=>?|,)\s*+(?:'([^'\n]{1,200})'|\"([^\"\n$]{1,200})\")",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<h1\b[^>]{0,300}>([^<]{1,200})<", re.IGNORECASE)


def php_markup_links(text: str, path: str, site: Site, value: Callable[[str], str], roots: Sequence[str] = ()) -> Iterator[Link]:
    """What the elements in a PHP file pull in. `value` gives what an echoed expression stands for in an address.

    A part of a page lies elsewhere than the page: a relative address counts from the file's folder and from those above it.
    """
    if not _LOADS.search(text):
        return
    markup = with_echoes(php_of(text).text, value)
    yield from markup_links(markup, path, site, roots)
    if "/" in path and _RELATIVE.search(markup):
        folder = posixpath.dirname(path)
        while folder:
            folder = posixpath.dirname(folder)
            yield from markup_links(markup, posixpath.join(folder, "page.php"), site, roots)


def php_title(text: str) -> str:
    """The title of a page: its `<title>`, the variable put into it, or its first heading; "" where none is plain text."""
    written = _TITLE.search(text)
    title = _plain(title_of(_CODE.sub("", written[0]))) if written else ""
    if title:
        return title
    match = _TITLE_SET.search(text[:20_000])
    if match:
        return _plain(match[1] or match[2])
    heading = _HEADING.search(text)
    return _plain(heading[1]) if heading else ""


def _plain(text: str) -> str:
    """A text without blank space and separators around it, "" where no letter is left."""
    text = " ".join(text.split()).strip(" |-–—:·")
    return text if any(letter.isalpha() for letter in text) else ""
