"""Commented-out JavaScript: read without its comment marks and its prose."""

import re

from tree_sitter import Node

from linter.readers.js_script import Script
from linter.readers.strings import content_of
from linter.text import Piece

_PROSE_LINE = re.compile(
    r"\s*+\*?+\s*+(?!(?:var|let|const|return|if|new|function|else|await|async|import|export|typeof|throw|void|try)\b)"
    r"[A-Za-z][\w'’-]*[,:]? +(?:[A-Za-z(`'\"][\w'’`\"-]*)"
)

_JSX = re.compile(r"[\w-]\s*=\s*\{")


def look_at_comment(script: Script, node: Node) -> None:
    """Commented-out code: consecutive line comments are read as one text, prose lines are left out."""
    first, last = node, node
    if script.code.of(node).startswith("//"):
        first, last = _comment_block(node)
    if not script.first("comment", first):
        return
    text = script.code.slice.cut(first.start_byte, last.end_byte)
    code = text.mask(_without_marks(text.text))
    dormant = script.frame.dormant()
    if content_of(code.text) == "markup" and first.parent is not None and first.parent.type == "jsx_expression" and _JSX.search(code.text):
        whole = [Piece("<>", 0, 0), Piece(code.text, 0, len(code)), Piece("</>", len(code), len(code))]
        script.reading.read(code.derive(whole), "javascript", dormant._replace(element="", unit=None, block=None))
    elif content_of(code.text) == "markup":
        script.reading.read(code, "html", dormant._replace(element="", unit=None))
    else:
        script.reading.read(code, "javascript", dormant._replace(element="comment", block=text.span(0, len(text))))


def _comment_block(node: Node) -> tuple[Node, Node]:
    """The first and last of the line comments that stand directly under one another around `node`."""
    first = last = node
    for _ in range(200):
        before = first.prev_sibling
        if before is None or before.type != "comment" or first.start_point.row - before.end_point.row != 1:
            break
        first = before
    for _ in range(200):
        after = last.next_sibling
        if after is None or after.type != "comment" or after.start_point.row - last.end_point.row != 1:
            break
        last = after
    return first, last


def _without_marks(text: str) -> list[tuple[int, int, str]]:
    """What to blank in a comment so that its code is left: comment marks, and whole lines of prose."""
    spans: list[tuple[int, int, str]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        mark = re.match(r"\s*(?://+|/\*+|\*+/?|<!--)?", body)
        length = mark.end() if mark is not None else 0
        if _PROSE_LINE.match(body[length:]):
            length = len(body)
        elif body.endswith("*/"):
            if length < len(body) - 2:
                spans.append((at, at + length, " "))
                spans.append((at + len(body) - 2, at + len(body), " "))
            else:
                spans.append((at, at + len(body), " "))
            at += len(line)
            continue
        spans.append((at, at + length, " "))
        at += len(line)
    return spans
