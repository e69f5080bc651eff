"""Helpers of the tests of fixes: files fixed in memory, and what must hold of every fix, found out in other ways than the fixers do."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import tree_sitter_php
import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from linter.catalog import load_catalog
from linter.check import check_source
from linter.findings import Finding
from linter.fixes.together import FileChange, Fixes, Together

CATALOG = load_catalog()
_TSX = Parser(Language(tree_sitter_typescript.language_tsx()))
_PHP = Parser(Language(tree_sitter_php.language_php()))
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_MARKUP = (".html", ".htm", ".php", ".twig", ".liquid", ".hbs", ".erb", ".njk", ".blade.php")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|<\?(?:php|=).*?\?>", re.DOTALL)


class Fixed(NamedTuple):
    """Files after a fix, and what was done."""

    files: Mapping[str, bytes]
    fixes: Fixes


def told(files: Mapping[str, bytes]) -> list[Finding]:
    """The findings of files."""
    return [finding for path, data in files.items() for finding in check_source(path, data, CATALOG).findings]


def running(findings: list[Finding]) -> list[Finding]:
    """Those that `--fix` would take out."""
    return [finding for finding in findings if finding.state != "dormant" and finding.kind != "trace"]


def fix(files: Mapping[str, bytes], unsafe: bool = False) -> Fixed:
    """Files with everything fixed that can be."""
    findings = told(files)
    fixes = Together(running(findings), findings, sorted(files), files.get, CATALOG).fixes(unsafe)
    changed = {change.path: None if change.deleted else change.after for change in fixes.changes}
    return Fixed({path: data for path, data in {**files, **changed}.items() if data is not None}, fixes)


def fixed_soundly(files: Mapping[str, bytes], unsafe: bool = False) -> Fixed:
    """`fix`, after everything that must hold of a fix was tested."""
    result = fix(files, unsafe)
    for change in result.fixes.changes:
        assert change.before == files[change.path]
        only_spans_are_gone(change)
        if not unsafe:
            reads_as_before(change)
    vendors_are_gone(files, result)
    again = fix(result.files, unsafe)
    assert [(change.path, change.edits) for change in again.fixes.changes] == []
    return result


def only_spans_are_gone(change: FileChange) -> None:
    """The file is the original without the spans of its edits: text, bytes and byte order mark."""
    source = change.source
    begins = [edit.begin for edit in change.edits]
    assert begins == sorted(begins)
    left, at = [], 0
    for edit in change.edits:
        assert at <= edit.begin <= edit.end <= len(source.text)
        assert edit.text == "" or len(edit.text) < 200
        left += [source.text[at : edit.begin], edit.text]
        at = edit.end
    left.append(source.text[at:])
    assert change.after == change.before[: source.bom_length] + encoded("".join(left), source.encoding)


def encoded(text: str, encoding: str) -> bytes:
    """Text in an encoding, without a byte order mark."""
    return text.encode(encoding, "surrogatepass")


def vendors_are_gone(files: Mapping[str, bytes], result: Fixed) -> None:
    """What was fixed is not found any more, and nothing that was not found before."""
    before, after = (Counter((f.path, f.vendor, f.rule) for f in running(told(those))) for those in (files, result.files))
    done = Counter((f.path, f.vendor, f.rule) for change in result.fixes.changes for f in change.findings)
    assert (after - (before - done), (before - done) - after) == (Counter(), Counter())


def reads_as_before(change: FileChange) -> None:
    """No more syntax errors than before, and every statement that holds nothing of the fixed is there as before, in its order."""
    before, after = change.source.text, change.after[change.source.bom_length :].decode(change.source.encoding)
    assert errors(change.path, after) <= errors(change.path, before)
    spans = [(edit.begin, edit.end) for edit in change.edits]
    if not change.path.endswith(_MARKUP):
        if change.path.endswith((".js", ".ts", ".tsx", ".jsx")):
            kept = [text for begin, end, text in statements(before) if not any(b < end and begin < e for b, e in spans)]
            assert is_within(kept, [text for _, _, text in statements(after)])
        return
    kept = []
    for found in _SCRIPT.finditer(before):
        shift = found.start(2)
        for begin, end, text in statements(found[2]):
            if not any(b < shift + end and shift + begin < e for b, e in spans):
                kept.append(text)
    assert is_within(kept, [text for found in _SCRIPT.finditer(after) for _, _, text in statements(found[2])])


def is_within(some: list[str], others: list[str]) -> bool:
    """Whether all of `some` are among `others`, in this order."""
    rest = iter(others)
    return all(any(one == other for other in rest) for one in some)


def statements(code: str) -> Iterator[tuple[int, int, str]]:
    """The statements of a script: begin, end, and the text without comments, blanks and semicolons; outer before inner."""
    data = masked(code).encode("utf-16-le", "surrogatepass")
    nodes = list(walked(_TSX.parse(data, encoding="utf16le").root_node))
    words = [node for node in nodes if (not node.child_count or node.type.endswith("string")) and node.type not in ("comment", ";")]
    starts = [node.start_byte for node in words]
    for node in nodes:
        if node.type.endswith(("_statement", "_declaration")) and node.type != "empty_statement":
            inside = words[bisect_left(starts, node.start_byte) : bisect_left(starts, node.end_byte)]
            text = b"".join(data[word.start_byte : word.end_byte] for word in inside).decode("utf-16-le", "surrogatepass")
            yield node.start_byte // 2, node.end_byte // 2, f"{node.type} {text}"


def walked(root: Node) -> Iterator[Node]:
    """All nodes of a tree in the order of the text; strings are not looked into."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if not node.type.endswith("string"):
            waiting += reversed(node.children)


def masked(code: str) -> str:
    """Code with names in the place of template tags, and the line ends of JavaScript that the grammar does not know as such made LF."""
    code = re.sub("\r(?!\n)|[\u2028\u2029]", "\n", code)
    return _TAG.sub(lambda tag: ("_" * len(tag[0])) if "{%" not in tag[0] and "<?php" not in tag[0] else " " * len(tag[0]), code)


def errors(path: str, text: str) -> int:
    """Syntax errors of a file's scripts, and of its PHP."""
    count = 0
    if path.endswith(".php") and "<?" in text:
        count += faults(_PHP.parse(text.encode("utf-8", "surrogatepass")).root_node)
    if path.endswith((".js", ".jsx", ".ts", ".tsx")):
        return count + script_errors(text)
    if path.endswith(_MARKUP):
        count += sum(script_errors(found[2]) for found in _SCRIPT.finditer(text) if "json" not in found[1])
    return count


def script_errors(code: str) -> int:
    """Syntax errors of a script."""
    return faults(_TSX.parse(masked(code).encode("utf-8", "surrogatepass")).root_node)


def faults(root: Node) -> int:
    """Nodes that stand for what does not parse."""
    count, waiting = 0, [root]
    while waiting:
        node = waiting.pop()
        count += node.type == "ERROR" or node.is_missing
        waiting += [child for child in node.children if child.has_error]
    return count
