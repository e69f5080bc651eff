"""The proof that edits did what they should: the file is read again as it would be, and compared.

What was to go is gone, nothing else is told that was not told before, no code parses worse, and the markup that is left is the
markup that was there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tree_sitter import Tree

from linter.catalog import Catalog
from linter.fixes.model import Edit, Part, applied, merged
from linter.fixes.recorded import Recorded, Told, record
from linter.readers.markup import tokens
from linter.readers.trees import parse
from linter.reading import Reading
from linter.text import Source

_GRAMMARS = {"javascript": "tsx", "typescript": "typescript", "php": "php"}
_MARKUP = frozenset({"html", "template", "component", "php", "markdown"})


class _Nothing:
    def hits(self, text: str) -> list[tuple[int, int]]:
        return []

    def present(self, text: str) -> frozenset[str]:
        return frozenset()


class Edited(NamedTuple):
    """A file after its edits: its bytes, and how it reads."""

    data: bytes
    recorded: Recorded


def edited_bytes(source: Source, edits: Sequence[Edit]) -> bytes:
    """The bytes with the edits made; every other byte is that of the file."""
    parts, at = [], 0
    for edit in merged(edits):
        parts += [source.data[at : source.byte_offset(edit.begin)], edit.text.encode(source.encoding, "surrogatepass")]
        at = source.byte_offset(edit.end)
    return b"".join([*parts, source.data[at:]])


def prove(recorded: Recorded, fixed: Sequence[int], edits: Sequence[Edit], catalog: Catalog) -> Edited | str:
    """The edited file, or what is wrong with it. `fixed` are the numbers of the findings that should be gone."""
    source = recorded.source
    data = edited_bytes(source, edits)
    now = record(source.path, data, catalog)
    same_encoding = now is not None and now.source.encoding in (source.encoding, "ascii", "utf-8")
    if now is None or not same_encoding or now.source.text != applied(source.text, edits):
        return "the file would be read in another encoding"
    wrong = _told_differently(recorded, fixed, now) or _parses_worse(recorded, edits) or _markup_differs(recorded, edits)
    return wrong or Edited(data, now)


def _told_differently(before: Recorded, fixed: Sequence[int], now: Recorded) -> str:
    """What is told after the edits that should not be, or is not told that should."""
    gone = set(fixed)
    expected = _rules(row for number, row in enumerate(before.told) if number not in gone)
    found = _rules(now.told)
    if found == expected:
        return ""
    more = sorted((found - expected).elements())
    return f"a part of it would be left ({more[0]})" if more else "something else would go with it"


def _rules(rows: Iterable[Told]) -> Counter[str]:
    return Counter(row.finding.rule for row in rows if row.finding.state != "dormant")


def _parses_worse(before: Recorded, edits: Sequence[Edit]) -> str:
    """Each script and each code of the file that is edited is parsed as it will be: a reader may not look at it again once nothing
    of a vendor's is in it."""
    for part, grammar in _code(before):
        begin, end = part.text.span(0, len(part.text))
        inside = [_within(edit, begin, end) for edit in edits if edit.begin <= end and begin <= edit.end]
        if inside and _errors(applied(part.text.text, inside), grammar, before) > _errors(part.text.text, grammar, before):
            return "the code around it would not parse any more"
    return ""


def _code(recorded: Recorded) -> Iterator[tuple[Part, str]]:
    for part in recorded.parts:
        grammar = _GRAMMARS.get(part.language)
        if grammar is not None and part.frame.element != "expression" and not part.text.steps and len(part.text) < 1_500_000:
            yield part, grammar


def _within(edit: Edit, begin: int, end: int) -> Edit:
    """The part of an edit that lies in [begin, end), counted from `begin`."""
    text = edit.text if begin <= edit.begin and edit.end <= end else ""
    return Edit(max(edit.begin, begin) - begin, min(edit.end, end) - begin, text)


def _errors(text: str, grammar: str, recorded: Recorded) -> int:
    """Syntax errors of a text; one that cannot be parsed in time has none."""
    tree = parse(text, grammar, Reading(recorded.source, _Nothing()))
    return _faults(tree) if tree is not None else 0


def _faults(tree: Tree) -> int:
    """Nodes of a tree that stand for what does not parse; only branches with errors are walked."""
    count, waiting = 0, [tree.root_node]
    while waiting and count < 1000:
        node = waiting.pop()
        if node.type == "ERROR" or node.is_missing:
            count += 1
        waiting += [child for child in node.children if child.has_error]
    return count


def _markup_differs(before: Recorded, edits: Sequence[Edit]) -> str:
    if not any(part.language in _MARKUP for part in before.parts):
        return ""
    page, cut = _page(before), merged(edits)
    left = [name for begin, end, name in _tags(page) if not any(e.begin <= begin and end <= e.end for e in cut)]
    return "" if left == [name for _, _, name in _tags(applied(page, cut))] else "the markup around it would be another"


def _page(recorded: Recorded) -> str:
    """The text of a file with what its template language has in it masked, where a reader saw it so."""
    whole = len(recorded.source.text)
    pages = (part.text for part in recorded.parts if part.language == "html" and not part.text.steps and len(part.text) == whole)
    return next((page.text for page in pages), recorded.source.text)


def _tags(text: str) -> list[tuple[int, int, str]]:
    return [(token.begin, token.end, f"{token.kind} {token.name.lower()}") for token in tokens(text) if token.kind in ("start", "end")]
