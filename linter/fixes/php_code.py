"""PHP code as fixers look at it: its tree, what its expressions say, and small questions about nodes."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node, Tree

from linter.evidence import Span
from linter.readers.php_constants import Constants
from linter.readers.php_values import Values, argument_values, callee
from linter.readers.trees import ancestors, node_at, parse
from linter.reading import Reading
from linter.text import Source

MAX_TEXT = 1_000_000
"""Characters of a file whose hooks are looked for."""
MAX_NODES = 4000
"""Nodes below one that are looked at."""
FUNCTIONS = frozenset({"function_definition", "anonymous_function", "anonymous_function_creation_expression"})
_WRITTEN = frozenset({"string_content", "escape_sequence"})
LITERALS = frozenset({"string", "encapsed_string", "heredoc", "nowdoc"})
_STATEMENTS = frozenset(
    {"compound_statement", "program", "colon_block", "if_statement", "else_clause", "else_if_clause", "namespace_definition"}
)


class _Nothing:
    def hits(self, text: str) -> list[Span]:
        return []

    def present(self, text: str) -> frozenset[str]:
        return frozenset()


class Code:
    """The tree of one PHP file. All offsets are those of the source's text."""

    def __init__(self, source: Source, tree: Tree) -> None:
        self.source = source
        self.text = source.text
        self.tree = tree
        self.values = Values(source.slice(), 0, Constants(source.text))

    def of(self, node: Node) -> str:
        """The code of a node."""
        return self.text[node.start_byte : node.end_byte]

    def at(self, span: Span) -> list[Node]:
        """The smallest node that covers a span, and those around it."""
        return list(ancestors(node_at(self.tree, *span)))

    def plain(self, node: Node) -> str | None:
        """The text of a string as it is written, without its quotes; None for what is none, or holds variables."""
        if node.type not in ("string", "encapsed_string") or any(child.type not in _WRITTEN for child in node.named_children):
            return None
        return self.text[node.start_byte + 1 : node.end_byte - 1]


def read_code(source: Source) -> Code | None:
    """The code of a PHP file; None where it is too long, or does not parse."""
    if len(source.text) > MAX_TEXT:
        return None
    tree = parse(source.text, "php", Reading(source, _Nothing()))
    return Code(source, tree) if tree is not None else None


def called(node: Node, code: Code) -> str:
    """The last name, in small letters, of the function that a statement or a call calls; "" where it is no call of one."""
    call = call_of(node)
    return callee(call, code.values) if call is not None and call.type == "function_call_expression" else ""


def call_of(node: Node) -> Node | None:
    """The call that a statement is."""
    if node.type == "expression_statement" and node.named_child_count:
        node = node.named_children[0]
    return node if node.type.endswith("call_expression") else None


def arguments(node: Node) -> Sequence[Node]:
    """The values of the arguments of a call, or of the call that a statement is."""
    call = call_of(node)
    return argument_values(call) if call is not None else ()


def statement_of(node: Node | None) -> Node | None:
    """The statement that a node stands in: the nearest one whose parent holds statements."""
    for one in ancestors(node):
        if one.parent is None or one.parent.type in _STATEMENTS:
            return one
    return None


def below(node: Node) -> Iterator[Node]:
    """A node and those below it, at most `MAX_NODES`, in the order of the code."""
    waiting = [node]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)
