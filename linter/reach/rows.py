"""What reports say of pages: one row a page, with the vendors on it and how each got there."""

from typing import NamedTuple

from linter.evidence import State
from linter.reach.model import Page


class Carried(NamedTuple):
    """A vendor on a page: by which finding (its rule and place, `path:line`), in which state, and on which way (see `Arrival.chain`).

    `without_js`: it is contacted even where JavaScript is off. `scope` says when a tag of a container fires, "" for all else.
    """

    vendor: str
    rule: str
    installation: str
    state: State
    chain: tuple[str, ...]
    without_js: bool = False
    scope: str = ""


class PageRow(NamedTuple):
    """A page and what is on it."""

    page: Page
    vendors: tuple[Carried, ...]
