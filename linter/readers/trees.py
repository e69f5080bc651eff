"""Syntax trees of JavaScript, TypeScript and PHP, within a budget.

Every tree has one byte for each character of the text it was made from, so offsets of nodes are offsets into the text.
Look into a tree only by seeking from an offset: walking or querying a whole tree takes longer than parsing it.
"""

import re
from collections.abc import Iterator
from time import process_time

from tree_sitter import Node, Parser, Tree

from linter.readers.grammars import language
from linter.reading import MAX_EFFORT, Reading

MAX_STEPS = 60_000
"""Progress calls before a parse is given up; measured: 12 to 17 microseconds each, so a second, or 1 to 2 MB of code."""
MAX_SECONDS = 4.0
"""Of one file: a net for texts on which single steps are slow; the only limit that depends on the machine."""
MAX_ANGLES = 2000
"""`<` within one statement of TypeScript: each may open type arguments, and the time is quadratic (2000: 0.3 s)."""
MAX_TREE_DEPTH = 4_000
"""Levels of a tree; what stands deeper is not looked at."""
MAX_CLIMB = 80
"""Ancestors to look at; asking for a node's parent takes time in proportion to its depth."""

_CHUNK = 65536
_TOO_LONG = "code too long or too tangled to be parsed whole"
_STATEMENT_END = re.compile(r"[;{}]|/>")
_WIDE_LINE = re.compile("[\u2028\u2029]")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
"""A line end in JavaScript, after which a statement may go without its semicolon; the grammar does not know it as one."""
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]|\ufeff")
_WIDE = re.compile(r"[^\x00-\x7f]")
_parsers: dict[str, Parser] = {}


def parse(text: str, grammar: str, reading: Reading) -> Tree | None:
    """The tree of `text`, or None, with a notice, when it takes longer than the budget.

    `grammar` is "php", "tsx" or "typescript". Characters beyond ASCII stand in the tree's bytes as a space, a line end
    or a letter; take the text of a node from `text[node.start_byte:node.end_byte]`.
    """
    if grammar != "php" and _tangled(text):
        reading.notice(_TOO_LONG)
        return None
    data = _one_byte_each(text)
    if grammar != "php" and "\r" in text:
        data = _LONE_RETURN.sub(b"\n", data)
    steps = 0
    started = process_time()
    stop_at = started + MAX_SECONDS - reading.seconds_parsed

    def used_up(_offset: int, _error: bool) -> bool:
        nonlocal steps
        steps += 1
        return steps > MAX_STEPS or (steps % 16 == 0 and process_time() > stop_at)

    try:
        return _parser(grammar).parse(lambda offset, _point: data[offset : offset + _CHUNK], progress_callback=used_up)
    except ValueError:
        _parsers.pop(grammar, None)
        reading.notice(_TOO_LONG)
        return None
    finally:
        reading.seconds_parsed += process_time() - started


def node_at(tree: Tree, begin: int, end: int) -> Node | None:
    """The smallest named node that covers [begin, end)."""
    return tree.root_node.named_descendant_for_byte_range(begin, end)


def named(node: Node, number: int) -> Node | None:
    """The named child with this number (negative: from the end), or None."""
    count = node.named_child_count
    number += count if number < 0 else 0
    return node.named_child(number) if 0 <= number < count else None


def first_named(node: Node, count: int) -> list[Node]:
    """The first `count` named children; `node.named_children` makes all of them, and may be asked once for each of them."""
    found = (node.named_child(number) for number in range(min(node.named_child_count, count)))
    return [child for child in found if child is not None]


def cost_at(tree: Tree, offset: int) -> int:
    """Units of `Reading.effort` for looking around the leaf at `offset`: each step up is a walk down from the root.

    What is not balanced in a tree are long chains, and broken code, whose pieces stand side by side.
    """
    cursor = tree.walk()
    depth = width = 0
    while depth < MAX_TREE_DEPTH:
        node = cursor.node
        if node is not None and node.type == "ERROR":
            width += node.child_count
        if cursor.goto_first_child_for_byte(offset) is None:
            break
        depth += 1
    return (depth + width // 12) * min(depth + 4, MAX_CLIMB) if depth < MAX_TREE_DEPTH else MAX_EFFORT + 1


def ancestors(node: Node | None) -> Iterator[Node]:
    """The node, its parent, and so on up, at most `MAX_CLIMB` of them."""
    for _ in range(MAX_CLIMB):
        if node is None:
            return
        yield node
        node = node.parent


def _parser(grammar: str) -> Parser:
    if grammar not in _parsers:
        _parsers[grammar] = Parser(language(grammar))
    return _parsers[grammar]


def _tangled(text: str) -> bool:
    if text.count("<") <= MAX_ANGLES:
        return False
    return any(part.count("<") - part.count("</") > MAX_ANGLES for part in _STATEMENT_END.split(text))


def _one_byte_each(text: str) -> bytes:
    if not text.isascii():
        text = _WIDE_LINE.sub("\n", text)
        text = _WIDE_SPACE.sub(" ", text)
        text = _WIDE.sub("x", text)
    return text.encode("ascii")
