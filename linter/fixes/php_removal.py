"""Taking statements out of PHP: with the conditions that are left empty, the comments that belong to them, and their lines."""

import re
from collections.abc import Iterable, Iterator

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.lines import widened
from linter.fixes.model import Edit
from linter.fixes.php_code import Code, below

_HEADER = re.compile(r"@package|@file\b|@subpackage|\b(?:Theme|Plugin) Name:", re.IGNORECASE)
"""What stands in the comment that heads a file, not a function."""
_CHANGES = frozenset({"assignment_expression", "augmented_assignment_expression", "update_expression"})
MAX_COMMENTS = 30


def removed(code: Code, nodes: Iterable[Node], gone: set[Span]) -> tuple[Edit, ...] | None:
    """The edits that take statements out; None where one is all that a loop or the like repeats, or an alternative.

    `gone` are the spans of all statements that go from the file, to which conditions are added that would then hold nothing.
    """
    spans = []
    for node in nodes:
        whole = _grown(node, gone)
        if whole is None:
            return None
        spans.append(_with_comments(code, whole))
    return tuple(Edit(*widened(code.text, *span)) for span in _joined(code.text, spans))


def _key(node: Node) -> Span:
    return node.start_byte, node.end_byte


def _grown(node: Node, gone: set[Span]) -> Node | None:
    """The node, or the condition around it that would hold nothing without what is gone."""
    while True:
        parent = node.parent
        if parent is None or parent.type in ("program", "namespace_definition"):
            return node
        if parent.type == "if_statement":
            outer = parent
        elif parent.type in ("compound_statement", "colon_block"):
            if parent.parent is None or parent.parent.type != "if_statement" or not _is_emptied(parent, gone):
                return node
            outer = parent.parent
        else:
            return None
        if outer.child_by_field_name("alternative") is not None or _changes(outer) or _prints(outer):
            return node if parent is not outer else None
        gone.add(_key(outer))
        node = outer


def _is_emptied(block: Node, gone: set[Span]) -> bool:
    return all(_key(child) in gone or child.type == "comment" for child in block.named_children)


def _changes(statement: Node) -> bool:
    condition = statement.child_by_field_name("condition")
    return condition is None or any(child.type in _CHANGES for child in below(condition))


def _prints(statement: Node) -> bool:
    return any(child.type == "text_interpolation" for child in statement.children)


def _with_comments(code: Code, node: Node) -> Span:
    """The span of a statement, and of the comments right above it and behind it on its last line."""
    begin, end = _key(node)
    for comment in _above(node):
        between = code.text[comment.end_byte : begin]
        if between.strip() or between.count("\n") > 1 or _HEADER.search(code.of(comment)) or _shares_line(code, comment):
            break
        begin = comment.start_byte
    behind = node.next_sibling
    if behind is not None and behind.type == "comment" and not code.text[end : behind.start_byte].strip(" \t"):
        end = behind.end_byte
    return begin, end


def _above(node: Node) -> Iterator[Node]:
    sibling = node.prev_sibling
    for _ in range(MAX_COMMENTS):
        if sibling is None or sibling.type != "comment":
            return
        yield sibling
        sibling = sibling.prev_sibling


def _shares_line(code: Code, comment: Node) -> bool:
    """Whether something else stands before a comment on its line."""
    line = code.text[max(code.text.rfind("\n", 0, comment.start_byte), comment.start_byte - 500) + 1 : comment.start_byte]
    return bool(line.strip()) and not line.strip().startswith("<?")


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that lie in one another or have only blanks between them as one."""
    out: list[Span] = []
    for begin, end in sorted(spans):
        if out and (begin < out[-1][1] or not text[out[-1][1] : begin].strip()):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    return out
