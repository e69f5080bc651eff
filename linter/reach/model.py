"""The words of reach: links between files, pages, forms, and how a file gets onto a page."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from linter.evidence import State

How = Literal["script", "import", "include", "layout", "component", "frame", "hook", "plugin", "content"]
"""In which way one file pulls another in."""


class Link(NamedTuple):
    """One file pulls in another: `target` is the path of a file of the site, `line` (from 1) where that is said.

    `state` is consent-gated where a consent manager holds the target back. `note` names what pulls it in where no file does
    (`hook wp_head`, `every page`).
    """

    target: str
    how: How
    line: int
    state: State = "active"
    note: str = ""


class Form(NamedTuple):
    """A form on a page. `kind`: contact, appointment, intake, insurance, payment, login, newsletter, search or other.

    `by` is what makes it: `form` (an element of the page), or the service or plugin (`Contact Form 7`, `Calendly`). `path` and
    `line` are where it stands; `fields` are the names or labels of what it asks for.
    """

    kind: str
    by: str
    path: str
    line: int
    fields: tuple[str, ...] = ()


class Page(NamedTuple):
    """A page as a visitor knows it. `path` names it in reports: its file, or its route (`/contact`); `file` is what it is made of.

    `title` is "" where unknown; `kind` an id of rules/site/page-kinds.toml, or "other". `stands_for`: a template stands for pages
    that only the CMS knows (`every single post`).
    """

    path: str
    file: str
    title: str = ""
    kind: str = "other"
    forms: tuple[Form, ...] = ()
    stands_for: str = ""


class Stack(Protocol):
    """What one kind of site (static pages, WordPress, Hugo, Next ...) knows of its pages and of who pulls in whom."""

    def pages(self) -> Iterable[Page]:
        """The pages of the site, without their forms and kinds."""
        ...

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What the file `path` with `text` pulls in. Called for files that a page is made of, and for what those pull in."""
        ...

    def complete(self) -> bool:
        """Whether all pages of the site are known, so that what no page pulls in is dead code."""
        ...

    def covers(self, path: str) -> bool:
        """Whether it would be known if a page pulled the file in."""
        ...


class Arrival(NamedTuple):
    """A file gets onto a page: `chain` from the page's file to the file, each step with the place that pulls in the next.

    `("appointment.html:12", "header.php:40 (hook wp_head)", "inc/pixel.php")`; `state` is that of the weakest link. `hidden` are the
    lines of the file (from 1) that are not on this page, because a template puts its own in the place of the block they stand in.
    """

    page: str
    chain: tuple[str, ...]
    state: State
    hidden: frozenset[int] = frozenset()
