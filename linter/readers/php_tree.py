"""Catalog hits inside PHP code: the strings that hold them, evaluated in their expression and handed on by their use."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node, Tree

from linter import decoders
from linter.evidence import Span
from linter.readers.php_constants import Constants
from linter.readers.php_settings import Settings
from linter.readers.php_split import Lexeme
from linter.readers.php_uses import ROLES, SILENT, Use, role_of, use_of
from linter.readers.php_values import THROUGH, Values, callee, is_concatenation
from linter.readers.strings import hand_on
from linter.readers.trees import ancestors, cost_at, named, node_at, parse
from linter.reading import Frame, Reading
from linter.text import HOLE, Slice, join

WHOLE = 1_000_000
"""Characters of a file that is parsed whole; of a longer one only windows around the hits are."""
WINDOW = 30_000
"""Characters on each side of a hit that a window holds."""
MAX_SEEKS = 400
"""Literals of a file that are looked up in its tree: a look takes time in proportion to the tree's width and depth."""
MAX_FOLD = 100
"""Statements before and after one that are read together with it."""

_OPENING = "<?php "
_LITERALS = frozenset({"string", "encapsed_string", "heredoc", "nowdoc"})
_DECODE = {
    "single": decoders.php_single,
    "double": decoders.php_double,
    "heredoc": decoders.php_heredoc,
    "nowdoc": decoders.php_nowdoc,
    "command": decoders.php_double,
}
_CONVERSION = re.compile(r"(?<![\w)\]%])(?:%(?:\d\$)?[sd])+(?![\w(])")
_CALL_BEFORE = re.compile(r"(\w+)\s{0,9}\((?:\s{0,9}['\"][\w.-]{0,60}['\"]\s{0,9},)?\s{0,20}\Z")


def read_strings(text: Slice, strings: Sequence[Lexeme], frame: Frame, reading: Reading) -> None:
    """Reads the string literals `strings` (sorted) of PHP code, each with the expression and statements it belongs to."""
    constants = Constants(text.text)
    for lexeme in strings[MAX_SEEKS:]:
        _read_alone(text, lexeme, frame, reading)
    for group in _windows(text.text, strings[:MAX_SEEKS]):
        tree, shift = _parsed(text.text, group, reading)
        if tree is None:
            for lexeme in group:
                _read_alone(text, lexeme, frame, reading)
            continue
        reader = _TreeReader(tree, Values(text, shift, constants), frame, reading)
        for lexeme in group:
            reader.read(lexeme)


def _windows(text: str, strings: Sequence[Lexeme]) -> Iterator[list[Lexeme]]:
    """The strings that are parsed together."""
    group: list[Lexeme] = []
    for lexeme in strings:
        if group and len(text) > WHOLE and lexeme.end - group[0].begin > WINDOW:
            yield group
            group = []
        group.append(lexeme)
    if group:
        yield group


def _parsed(text: str, group: Sequence[Lexeme], reading: Reading) -> tuple[Tree | None, int]:
    if len(text) <= WHOLE:
        return parse(text, "php", reading), 0
    begin = text.rfind("\n", 0, max(group[0].begin - WINDOW, 0)) + 1
    end = text.find("\n", min(group[-1].end + WINDOW, len(text)))
    shift = begin - len(_OPENING)
    return parse(_OPENING + text[begin : end if end >= 0 else len(text)], "php", reading), shift


def _read_alone(text: Slice, lexeme: Lexeme, frame: Frame, reading: Reading) -> None:
    """Reads one literal without knowing its expression, but for the name of the function before it."""
    value = _DECODE[lexeme.kind](text.cut(lexeme.inner, lexeme.stop))
    call = _CALL_BEFORE.search(text.text, max(lexeme.begin - 200, 0), lexeme.begin)
    if call and call[1].lower() in SILENT:
        return
    role = ROLES.get(call[1].lower(), "code") if call else "code"
    hand_on(value, role, frame, reading, text.span(lexeme.begin, lexeme.end))


class _TreeReader:
    def __init__(self, tree: Tree, values: Values, frame: Frame, reading: Reading) -> None:
        self.tree = tree
        self.values = values
        self.frame = frame
        self.reading = reading
        self.settings = Settings(values, frame, reading)
        self._done: list[Span] = []

    def read(self, lexeme: Lexeme) -> None:
        if any(begin <= lexeme.begin < end for begin, end in self._done[-20:]):
            return
        shift = self.values.shift
        if not self.reading.effort(cost_at(self.tree, lexeme.begin - shift), "hits"):
            _read_alone(self.values.text, lexeme, self.frame, self.reading)
            return
        found = node_at(self.tree, lexeme.begin - shift, lexeme.end - shift)
        literal = next((node for node in ancestors(found) if node.type in _LITERALS), None)
        if literal is None or literal.start_byte + shift != lexeme.begin:
            _read_alone(self.values.text, lexeme, self.frame, self.reading)
            return
        top = _top(literal, self.values)
        use = use_of(top, self.values)
        self.settings.look(literal, use.state)
        if not use.silent:
            self._hand_on(top, use, lexeme)

    def _hand_on(self, top: Node, use: Use, lexeme: Lexeme) -> None:
        parts = _folded(top, use, self.values)
        value = join([self.values.value(part, lexeme.begin) for part in parts])
        value = value.mask([(*match.span(), HOLE) for match in _CONVERSION.finditer(value.text)])
        if not self.reading.hits(value.text):
            _read_alone(self.values.text, lexeme, self.frame, self.reading)
            return
        first, last = self.values.span(parts[0]), self.values.span(parts[-1])
        self._done.append((first[0], last[1]))
        block = self._block(use, first[0], last[1])
        unit, code = self.frame.unit, self.values.text.text
        if use.unit is not None:
            begin, end = self.values.span(use.unit)
            unit, code = self.values.text.span(begin, end), code[begin:end]
        frame = self.frame._replace(block=block, unit=unit)
        if use.state == "dormant":
            frame = frame.dormant()
        elif use.state == "consent-gated":
            frame = frame.gated()
        hand_on(value, role_of(use, code), frame, self.reading, block, use.keys[0] if use.keys else "")

    def _block(self, use: Use, begin: int, end: int) -> Span:
        """The source span of the statements that the value stands in."""
        if use.statement is not None:
            span = self.values.span(use.statement)
            begin, end = min(begin, span[0]), max(end, span[1])
        end += self.values.text.text[end : end + 1] == ";"
        return self.values.text.span(begin, end)


def _top(literal: Node, values: Values) -> Node:
    """The whole expression that a literal is a part of: concatenations, alternatives, functions that pass a text through."""
    top = literal
    for parent in ancestors(literal.parent):
        if parent.type in {"argument", "arguments"}:
            continue
        if not _passes(parent, top, values):
            return top
        top = parent
    return top


def _passes(parent: Node, top: Node, values: Values) -> bool:
    """Whether the value of `top` comes out of `parent`, alone or with text around it."""
    if parent.type in {"parenthesized_expression", "error_suppression_expression"} or is_concatenation(parent):
        return True
    if parent.type == "conditional_expression":
        return not _inside(top, parent.child_by_field_name("condition"))
    return parent.type.endswith("call_expression") and callee(parent, values) in THROUGH and _is_text_argument(top, parent)


def _inside(node: Node, outer: Node | None) -> bool:
    return outer is not None and outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


def _is_text_argument(node: Node, call: Node) -> bool:
    """Whether `node` is the first argument of `call`, or the second after a plain name (`apply_filters('name', ...)`)."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None:
        return False
    return any(_inside(node, argument) for argument in arguments.named_children[:2])


def _folded(top: Node, use: Use, values: Values) -> list[Node]:
    """The expressions that are printed or appended one after another around `top`, in order."""
    if use.call in {"implode", "join"} and use.listed:
        return _elements(top)
    statement = use.statement
    if statement is None or use.listed or use.call or top.parent is None:
        return [top]
    mine = _printed(statement, use.variable, values)
    if mine is None or not any(_inside(top, part) for part in mine):
        return [top]
    before: list[Node] = []
    if not _starts(statement, use.variable):
        for sibling in _siblings(statement, forward=False):
            parts = _printed(sibling, use.variable, values)
            if parts is None:
                break
            before[:0] = parts
            if _starts(sibling, use.variable):
                break
    after: list[Node] = []
    for sibling in _siblings(statement, forward=True):
        parts = _printed(sibling, use.variable, values)
        if parts is None or _starts(sibling, use.variable):
            break
        after += parts
    return [*before, *mine, *after]


def _elements(top: Node) -> list[Node]:
    array = next((node for node in ancestors(top) if node.type == "array_creation_expression"), None)
    if array is None:
        return [top]
    elements = [named(element, -1) for element in array.named_children[:500] if element.named_child_count]
    return [element for element in elements if element is not None] or [top]


def _siblings(statement: Node, forward: bool) -> Iterator[Node]:
    node = statement
    for _ in range(MAX_FOLD):
        following = node.next_named_sibling if forward else node.prev_named_sibling
        if following is None:
            return
        node = following
        if node.type != "comment":
            yield node


def _printed(statement: Node, variable: str, values: Values) -> list[Node] | None:
    """What a statement prints, or assigns or appends to `variable`; None where it does anything else."""
    inner = named(statement, 0)
    if inner is None:
        return None
    if not variable and statement.type == "echo_statement":
        return [part for part in inner.named_children if part is not None] if inner.type == "sequence_expression" else [inner]
    if statement.type != "expression_statement":
        return None
    if not variable and inner.type == "print_intrinsic":
        printed = named(inner, 0)
        return [printed] if printed is not None else None
    if variable and inner.type in {"assignment_expression", "augmented_assignment_expression"}:
        left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        operator = inner.child_by_field_name("operator")
        appends = inner.type == "assignment_expression" or (operator is not None and operator.type == ".=")
        if left is not None and right is not None and appends and values.code(left) == variable:
            return [right]
    return None


def _starts(statement: Node, variable: str) -> bool:
    """Whether a statement sets `variable` anew instead of appending to it."""
    inner = named(statement, 0)
    return bool(variable) and inner is not None and inner.type == "assignment_expression"
