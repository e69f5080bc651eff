"""Parts of a template that are not read with the rest: blocks that never run, and second branches inside one expression."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.evidence import Span
from linter.readers.flow import FALSE, TRUE_ELSE
from linter.readers.tags import Tag
from linter.reading import Reading


class Region(NamedTuple):
    """text[begin:end] is taken out of the page; a dormant one is read apart, another is only an alternative."""

    begin: int
    end: int
    dormant: bool


class _Block(NamedTuple):
    """An open block: its first tag and the tags that start its further branches."""

    first: Tag
    others: list[Tag]


_CALL = re.compile(r"[(;<]")


def regions(masked: str, tags: Sequence[Tag], text: str, reading: Reading) -> list[Region]:
    """The regions of the masked text, sorted, not overlapping: of nested ones the outermost."""
    found = [region for block, end in _blocks(tags) for region in _of_block(block, end, masked, text, reading)]
    kept: list[Region] = []
    for region in sorted(found, key=lambda region: (region.begin, -region.end)):
        if region.begin < region.end and (not kept or kept[-1].end <= region.begin):
            kept.append(region)
    return kept


def _blocks(tags: Sequence[Tag]) -> Iterator[tuple[_Block, Tag]]:
    open_blocks: list[_Block] = []
    for tag in tags:
        if tag.flow == "open":
            open_blocks.append(_Block(tag, []))
        elif tag.flow == "else" and open_blocks:
            open_blocks[-1].others.append(tag)
        elif tag.flow == "end" and open_blocks:
            yield open_blocks.pop(), tag


def _of_block(block: _Block, end: Tag, masked: str, text: str, reading: Reading) -> Iterator[Region]:
    inside = text[block.first.inside[0] : block.first.inside[1]]
    branch_end = block.others[0].begin if block.others else end.begin
    if len(inside) < 80 and FALSE.match(inside):
        yield Region(block.first.end, branch_end, True)
    elif block.others and len(inside) < 80 and TRUE_ELSE.match(inside):
        yield Region(block.others[0].end, end.begin, True)
    elif block.others and end.begin - block.first.end < 2000 and "\n" not in masked[block.first.end : end.begin]:
        branches = [(tag.end, follower.begin) for tag, follower in zip(block.others, [*block.others[1:], end], strict=True)]
        if masked[block.first.end : branch_end].strip():
            yield from (Region(*branch, False) for branch in branches if _is_alternative(branch, masked, reading))


def _is_alternative(branch: Span, masked: str, reading: Reading) -> bool:
    """Whether a branch only holds another value: no markup, and no call that the page would be judged by."""
    part = masked[branch[0] : branch[1]]
    return "<" not in part and not (_CALL.search(part) and reading.hits(part))
