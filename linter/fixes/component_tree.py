"""JSX in the scripts of a file: their trees, and the element in which a place of the source stands."""

from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.js_bindings import FUNCTIONS
from linter.fixes.js_program import GRAMMARS, MAX_TEXT
from linter.fixes.model import Part, Task
from linter.probe import LiteralProbe
from linter.readers.js_markup import jsx_name
from linter.readers.js_values import Code
from linter.readers.trees import ancestors, cost_at, first_named, parse
from linter.reading import Reading

ELEMENTS = frozenset({"jsx_element", "jsx_self_closing_element"})
DATA = frozenset("data json yaml toml sql wxr gtm xml srcdoc data-url serialised markdown".split())
"""Languages around a script in which nothing may be edited."""
MAX_CHILDREN = 400
"""Children of one element that are looked at."""


class Standing(NamedTuple):
    """Where a place stands in JSX: its node, the element right around it, and the attribute of the element that it stands in, if any."""

    jsx: "Jsx"
    node: Node
    element: Node
    attribute: Node | None


class Jsx:
    """One script that stands in the file as it is, parsed. Spans are of the source."""

    def __init__(self, part: Part, code: Code) -> None:
        self.part, self.code, self.text = part, code, code.text
        self.base = part.text.base
        self.root = code.tree.root_node

    def of(self, node: Node) -> str:
        """The text of a node."""
        return self.text[node.start_byte : node.end_byte]

    def span(self, node: Node) -> Span:
        """The source span of a node."""
        return self.base + node.start_byte, self.base + node.end_byte

    def at(self, span: Span) -> Node | None:
        """The smallest named node that covers a source span; None too deep in a tangle."""
        begin, end = span[0] - self.base, span[1] - self.base
        if not self.code.effort(cost_at(self.code.tree, begin), "hits"):
            return None
        return self.root.named_descendant_for_byte_range(begin, max(end, begin + 1))

    def name(self, element: Node) -> str:
        """The name of an element, "" of a fragment."""
        return jsx_name(element, self.code)


class Trees:
    """The scripts of a task, each parsed when first asked for."""

    def __init__(self, task: Task) -> None:
        rows = [part for part in task.parts if part.language in GRAMMARS and _is_editable(part)]
        self._parts = sorted(rows, key=lambda part: len(part.text))
        self._spans = [part.text.span(0, len(part.text)) for part in self._parts]
        self._opened: dict[int, Jsx | None] = {}

    def around(self, span: Span) -> Standing | None:
        """Where a source span stands in JSX, in the innermost script in which it does; None where no element is around it,
        or where a function is between."""
        for number, (begin, end) in enumerate(self._spans):
            text = self._parts[number].text.text
            if not begin <= span[0] < span[1] <= end or ("</" not in text and "/>" not in text):
                continue
            jsx = self._open(number)
            node = jsx.at(span) if jsx is not None else None
            standing = standing_of(jsx, node) if jsx is not None and node is not None else None
            if standing is not None:
                return standing
        return None

    def holding(self, span: Span) -> Jsx | None:
        """The largest script in which a source span stands."""
        for number in range(len(self._parts) - 1, -1, -1):
            begin, end = self._spans[number]
            if begin <= span[0] and span[1] <= end:
                return self._open(number)
        return None

    def _open(self, number: int) -> Jsx | None:
        if number not in self._opened:
            self._opened[number] = open_script(self._parts[number])
        return self._opened[number]


def open_script(part: Part) -> Jsx | None:
    """The script of a part, parsed; None where it is too long or too tangled."""
    if len(part.text) > MAX_TEXT:
        return None
    reading = Reading(part.text.source, LiteralProbe(()))
    tree = parse(part.text.text, GRAMMARS[part.language], reading)
    return Jsx(part, Code(part.text, tree, reading.effort)) if tree is not None else None


def _is_editable(part: Part) -> bool:
    """Whether a part stands in the file character for character, and nothing in it is masked."""
    text = part.text
    if text.steps or DATA.intersection(part.frame.via):
        return False
    return text.source.text.startswith(text.text, text.base)


def standing_of(jsx: Jsx, node: Node) -> Standing | None:
    """Where a node stands in JSX; None where no element is around it, or a function is between."""
    attribute: Node | None = None
    for outer in ancestors(node):
        if outer.type in FUNCTIONS:
            return None
        if outer.type == "jsx_attribute" and attribute is None:
            attribute = outer
        if outer.type in ELEMENTS:
            return Standing(jsx, node, outer, attribute)
    return None


def children(element: Node) -> list[Node]:
    """What stands between the tags of an element, texts included."""
    inside = first_named(element, MAX_CHILDREN + 2)
    return [child for child in inside if child.type not in ("jsx_opening_element", "jsx_closing_element")]


def attributes(element: Node) -> list[Node]:
    """The attributes of an element, spreads (`{...props}`) among them."""
    tag = element.child_by_field_name("open_tag") if element.type == "jsx_element" else element
    return [child for child in tag.named_children if child.type in ("jsx_attribute", "jsx_expression")] if tag is not None else []


def attribute_name(jsx: Jsx, attribute: Node) -> str:
    """The name of an attribute."""
    return jsx.of(attribute.named_children[0]) if attribute.named_children else ""


def attribute_value(attribute: Node) -> Node | None:
    """The expression of an attribute: what is in its braces, or its string; None without a value."""
    value = attribute.named_children[1] if len(attribute.named_children) > 1 else None
    if value is not None and value.type == "jsx_expression":
        return inner_expression(value)
    return value


def inner_expression(expression: Node) -> Node | None:
    """What stands in braces, without comments; None where nothing else does."""
    return next((child for child in expression.named_children if child.type != "comment"), None)


def is_blank(jsx: Jsx, child: Node) -> bool:
    """Whether a child of an element shows nothing: white space, or a comment in braces."""
    if child.type == "jsx_text":
        return not jsx.of(child).strip()
    return child.type == "comment" or (child.type == "jsx_expression" and inner_expression(child) is None)
