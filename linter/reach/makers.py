"""Who makes a page: the platform and the site below which folder, for what reaches all pages of one."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.reach.model import Page, Stack
from linter.reach.nested import Nested


class Maker(NamedTuple):
    """`platform` is the stack that makes a page (`WordPressStack`, `Hugo`), `root` the folder of its settings, None where there is none.

    `open`: what makes the pages is not wholly in the repository (a theme in a package), so what reads a setting may not be here.
    """

    platform: str
    root: str | None
    open: bool


def pages_by_maker(stacks: Iterable[Stack]) -> Iterator[tuple[Page, Maker]]:
    """The pages of all stacks, with who makes them."""
    for stack in stacks:
        if isinstance(stack, Nested):
            for root, inner in stack.sites.items():
                maker = Maker(type(inner).__name__, root, not inner.complete())
                yield from ((page, maker) for page in inner.pages())
        else:
            maker = Maker(type(stack).__name__, None, not stack.complete())
            yield from ((page, maker) for page in stack.pages())
