"""Names that only removed code used: their imports and constants go with it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.component_comments import Speaks
from linter.fixes.component_items import item_spans
from linter.fixes.component_pure import is_fresh
from linter.fixes.component_spans import key_of
from linter.fixes.component_tree import Jsx
from linter.fixes.lines import widened
from linter.fixes.model import Edit
from linter.reading import covering

_NAMES = frozenset("identifier shorthand_property_identifier type_identifier shorthand_property_identifier_pattern".split())
_WORD = re.compile(r"(?<![\w$])[A-Za-z_$][\w$]*")
_NO_USE = frozenset(
    "comment html_comment string_fragment jsx_text property_identifier regex_pattern escape_sequence hash_bang_line".split()
)
_COMMENT_BEFORE = re.compile(r"(?:(?<=\n)|\A)[ \t]*(?://([^\n]*)|/\*((?:(?!\*/)[^\n])*)\*/)[ \t]*\r?\n\Z")
_ROUNDS = 6
MAX_PLACES = 300
"""Places of one name that are looked at; a name with more stays."""
MAX_NAMES = 200


class Unused(NamedTuple):
    """A declaration that goes: the edit, and the source span of what is declared."""

    edit: Edit
    span: Span


def unused(jsx: Jsx, gone: Iterable[Span], speaks: Speaks, also: Iterable[str] = ()) -> list[Unused]:
    """The imports and constants that nothing uses once the source spans `gone` are gone, though something in these used them.

    The names in `also` are looked at too.
    """
    spans, found = sorted(gone), list[Unused]()
    known: set[str] = set()
    fresh: Sequence[Span] = spans
    waiting = list(also)
    for _ in range(_ROUNDS):
        names = [name for name in dict.fromkeys([*waiting, *_names_in(jsx, fresh)]) if name not in known]
        waiting = []
        known.update(names)
        rows = [row for name in names[:MAX_NAMES] if (row := _declaration(jsx, name, spans, speaks)) is not None]
        more = _joined(jsx, rows)
        if not more:
            break
        found += more
        fresh = [row.span for row in more]
        spans = sorted([*spans, *((row.edit.begin, row.edit.end) for row in more)])
    return found


class _Row(NamedTuple):
    edit: Edit
    span: Span
    specifier: Node | None = None


def _names_in(jsx: Jsx, spans: Iterable[Span]) -> list[str]:
    """The names that stand in the spans."""
    found: dict[str, None] = {}
    for begin, end in spans:
        for match in _WORD.finditer(jsx.text, max(begin - jsx.base, 0), max(end - jsx.base, 0)):
            if match[0] not in found and len(found) < 2 * MAX_NAMES:
                node = jsx.at((jsx.base + match.start(), jsx.base + match.end()))
                if node is not None and node.type in _NAMES:
                    found[match[0]] = None
    return list(found)


def _declaration(jsx: Jsx, name: str, gone: Sequence[Span], speaks: Speaks) -> _Row | None:
    """The import or constant of a name that nothing but what is gone uses."""
    declared: Node | None = None
    if not jsx.code.scan():
        return None
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    for count, match in enumerate(word.finditer(jsx.text)):
        span = jsx.base + match.start(), jsx.base + match.end()
        if covering(span, gone):
            continue
        node = jsx.at(span)
        if count >= MAX_PLACES or node is None:
            return None
        if node.type in _NO_USE or (node.start_byte, node.end_byte) != match.span():
            continue
        if declared is not None or not _declares(node):
            return None
        declared = node
    return _removal(jsx, declared, speaks) if declared is not None else None


def _declares(node: Node) -> bool:
    parent = node.parent
    if parent is None or node.type != "identifier":
        return False
    if parent.type == "variable_declarator":
        return parent.child_by_field_name("name") == node
    return parent.type in ("import_clause", "namespace_import", "import_specifier")


def _removal(jsx: Jsx, name: Node, speaks: Speaks) -> _Row | None:
    parent = name.parent
    if parent is None:
        return None
    if parent.type == "variable_declarator":
        return _constant(jsx, parent, speaks)
    statement = parent.parent if parent.type == "import_clause" else None
    for outer in (parent, parent.parent, parent.parent.parent if parent.parent is not None else None):
        statement = outer.parent if outer is not None and outer.type == "import_clause" else statement
    if statement is None or statement.type != "import_statement":
        return None
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    if clause is None or _count(clause) == 1:
        return _whole(jsx, statement, speaks)
    return _Row(Edit(0, 0), jsx.span(name), parent if parent.type == "import_specifier" else name)


def _count(clause: Node) -> int:
    """How many names an import clause binds."""
    return sum(child.named_child_count if child.type == "named_imports" else 1 for child in clause.named_children)


def _constant(jsx: Jsx, declarator: Node, speaks: Speaks) -> _Row | None:
    statement, value = declarator.parent, declarator.child_by_field_name("value")
    if statement is None or value is None or statement.named_child_count != 1 or statement.type != "lexical_declaration":
        return None
    holder = statement.parent
    if holder is None or holder.type not in ("program", "statement_block") or not jsx.of(statement).startswith("const"):
        return None
    required = value.type == "call_expression" and jsx.of(value).startswith("require(")
    return _whole(jsx, statement, speaks) if required or is_fresh(jsx, value) else None


def _whole(jsx: Jsx, statement: Node, speaks: Speaks) -> _Row:
    """A statement with its lines, and the comment right above it if that names the vendor."""
    text = jsx.part.text.source.text
    begin, end = jsx.span(statement)
    line = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    comment = _COMMENT_BEFORE.search(text, max(line - 300, 0), line)
    if comment is not None and not text[line:begin].strip() and speaks.of(comment[1] or comment[2] or ""):
        begin = comment.start()
    return _Row(Edit(*widened(text, begin, end)), jsx.span(statement))


def _joined(jsx: Jsx, rows: Sequence[_Row]) -> list[Unused]:
    """The edits; of an import of which all names go, the statement goes whole."""
    out = [Unused(row.edit, row.span) for row in rows if row.specifier is None]
    by_clause: dict[tuple[int, int, str], list[_Row]] = {}
    clauses: dict[tuple[int, int, str], Node] = {}
    for row in rows:
        clause = row.specifier
        while clause is not None and clause.type != "import_clause":
            clause = clause.parent
        if clause is not None:
            by_clause.setdefault(key_of(clause), []).append(row)
            clauses[key_of(clause)] = clause
    for key, group in by_clause.items():
        out += _of_clause(jsx, clauses[key], group)
    return out


def _of_clause(jsx: Jsx, clause: Node, rows: Sequence[_Row]) -> list[Unused]:
    gone = [row.specifier for row in rows if row.specifier is not None]
    statement = clause.parent
    if statement is not None and len(gone) == _count(clause):
        begin, end = jsx.span(statement)
        return [Unused(Edit(*widened(jsx.part.text.source.text, begin, end)), row.span) for row in rows]
    out: list[Unused] = []
    for child in clause.named_children:
        names = child.named_children if child.type == "named_imports" else [child]
        own = [row for row in rows if row.specifier in names]
        if child.type == "named_imports" and len(own) == len(names):
            comma = jsx.text.rfind(",", clause.start_byte, child.start_byte)
            edit = Edit(jsx.base + comma, jsx.base + child.end_byte)
            out += [Unused(edit, row.span) for row in own] if comma >= 0 else []
        elif child.type == "named_imports":
            own_keys = {key_of(row.specifier) for row in own if row.specifier is not None}
            spans = item_spans(jsx.part.text.source.text, jsx.base, names, [key_of(name) in own_keys for name in names])
            out += [Unused(Edit(*span), own[0].span) for span in spans]
        elif own:
            after = jsx.text.find(",", child.end_byte, clause.end_byte) + 1
            end = after + len(jsx.text[after:]) - len(jsx.text[after:].lstrip()) if after else child.end_byte
            out.append(Unused(Edit(jsx.base + child.start_byte, jsx.base + end), own[0].span))
    return out
