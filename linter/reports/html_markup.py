"""HTML that is put together of elements: what is no `Markup` is escaped, so no text of a file can become markup."""

from collections.abc import Iterable, Sequence
from html import escape

from linter.reports import printable

SHORT = 8
"""Rows of a table that is kept on one page when printed."""
_VOID = frozenset({"meta", "br"})


class Markup(str):
    """HTML that needs no escaping."""

    __slots__ = ()


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """The parts one after another, each as HTML."""
    return Markup(str(_html(between)).join(map(_html, parts)))


def _html(part: str) -> str:
    return part if isinstance(part, Markup) else escape(printable(part))


def element(tag: str, *children: str, **attributes: str) -> Markup:
    """An element. Names of attributes are written with underscores (`class_`, `aria_label`); one that is "" is left out."""
    told = "".join(f' {name.rstrip("_").replace("_", "-")}="{_html(value)}"' for name, value in attributes.items() if value)
    if tag in _VOID:
        return Markup(f"<{tag}{told}>")
    return Markup(f"<{tag}{told}>{joined(children)}</{tag}>")


def link(text: str, url: str) -> Markup:
    """A link to a page of the web; its text alone where the address is none of the web."""
    if not url.startswith(("https://", "http://")):
        return joined([text])
    return element("a", text, href=url, rel="noopener noreferrer")


def items(rows: Iterable[str], class_: str = "") -> Markup:
    """A list, "" where there is nothing to list."""
    inner = [element("li", row) for row in rows]
    return element("ul", *inner, class_=class_) if inner else Markup("")


def section(level: int, title: str, anchor: str, *children: str) -> Markup:
    """A part of the report with its heading, which links lead to by `anchor`."""
    heading = element(f"h{level}", title, id=f"{anchor}-title")
    return element("section", heading, *children, id=anchor, aria_labelledby=f"{anchor}-title")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table; the first cell of a row is its heading.

    On narrow screens the rows are laid out as cards, each cell under its column's name. The roles keep it a table for screen readers.
    """
    head = element("tr", *(element("th", name, scope="col", role="columnheader") for name in heads), role="row")
    body = [element("tr", *_cells(heads, row), role="row") for row in rows]
    return element(
        "table",
        element("caption", caption),
        element("thead", head, role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        role="table",
        class_="short" if len(body) <= SHORT else "",
    )


def _cells(heads: Sequence[str], row: Sequence[str]) -> Iterable[Markup]:
    for number, (name, cell) in enumerate(zip(heads, row, strict=True)):
        inner = element("div", cell or "–")
        if number == 0:
            yield element("th", inner, scope="row", role="rowheader", data_label=name)
        else:
            yield element("td", inner, role="cell", data_label=name)
