"""Commented-out JavaScript: read without its comment marks and its prose."""

import re

from tree_sitter import Node

from linter.evidence import Span
from linter.readers.js_script import Script
from linter.readers.strings import content_of
from linter.text import Piece

_PROSE_LINE = re.compile(
    r"\s*+\*?+\s*+(?!(?:var|let|const|return|if|new|function|else|await|async|import|export|typeof|throw|void|try)\b)"
    r"[A-Za-z][\w'’-]*[,:]? +(?:[A-Za-z(`'\"][\w'’`\"-]*)"
)

_LINE_COMMENT = re.compile(r"\n?[ \t]*//")
MAX_LINES = 200
"""Line comments above and below one that are read with it."""
_JSX = re.compile(r"[\w-]\s*=\s*\{")


def look_at_comment(script: Script, node: Node) -> None:
    """Commented-out code: consecutive line comments are read as one text, prose lines are left out."""
    begin, end = node.start_byte, node.end_byte
    if begin < script.commented_until:
        return
    if script.code.text.startswith("//", begin):
        begin, end = _comment_block(script.code.text, begin, end)
    script.commented_until = end
    text = script.code.slice.cut(begin, end)
    code = text.mask(_without_marks(text.text))
    dormant = script.frame.dormant()
    if content_of(code.text) == "markup" and node.parent is not None and node.parent.type == "jsx_expression" and _JSX.search(code.text):
        whole = [Piece("<>", 0, 0), Piece(code.text, 0, len(code)), Piece("</>", len(code), len(code))]
        script.reading.read(code.derive(whole), "javascript", dormant._replace(element="", unit=None, block=None))
    elif content_of(code.text) == "markup":
        script.reading.read(code, "html", dormant._replace(element="", unit=None))
    else:
        script.reading.read(code, "javascript", dormant._replace(element="comment", block=text.span(0, len(text))))


def _comment_block(text: str, begin: int, end: int) -> Span:
    """The line comments that stand directly under one another around the one at text[begin:end], each alone on its line."""
    for _ in range(MAX_LINES):
        line = text.rfind("\n", 0, begin) + 1
        above = text.rfind("\n", 0, max(line - 1, 0)) + 1
        mark = _LINE_COMMENT.match(text, above, line)
        if line == 0 or mark is None or text[line:begin].strip():
            break
        begin = mark.end() - 2
    for _ in range(MAX_LINES):
        mark = _LINE_COMMENT.match(text, end + 1) if text.startswith(("\n", "\r\n"), end) else None
        if mark is None:
            break
        line_end = text.find("\n", mark.end())
        end = len(text) if line_end < 0 else line_end - (text[line_end - 1] == "\r")
    return begin, end


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
