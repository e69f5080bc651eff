"""What PHP expressions evaluate to, as far as the file alone says it; the rest is holes."""

import re

from tree_sitter import Node

from linter import decoders
from linter.readers.php_constants import Constants
from linter.readers.strings import hole
from linter.readers.trees import named
from linter.text import HOLE, Piece, Slice, join

MAX_PARTS = 2000
"""Operands of one concatenation; more are a hole."""
THROUGH = frozenset(
    "esc_url esc_url_raw esc_html esc_attr esc_js trim ltrim rtrim strval stripslashes html_entity_decode htmlspecialchars_decode "
    "wp_kses wp_kses_post wp_specialchars_decode apply_filters nl2br minify set_url_scheme do_shortcode wp_unslash htmlstring "
    "sprintf printf vsprintf strtr raw base64_decode urldecode rawurldecode".split()
)
"""Functions whose (first or only) text argument comes out, in essence, as it went in."""
_LITERALS = frozenset({"string", "encapsed_string", "heredoc", "nowdoc"})
_HOLES = re.compile(f"{HOLE}+")
_VARIABLE = re.compile(r"\{?\$?\{?(\$\w+)\}?")
_FORMAT = re.compile(r"%%|%(?:(\d+)\$)?[-+ 0]*(?:'.)?\d*(?:\.\d+)?[bcdeEfFgGosuxX]")


class Values:
    """Evaluates the nodes of one tree. `shift` is what a node's offset lacks to be an offset into the slice's text."""

    def __init__(self, text: Slice, shift: int, constants: Constants) -> None:
        self.text = text
        self.shift = shift
        self.constants = constants

    def code(self, node: Node) -> str:
        """The source code of a node."""
        return self.text.text[node.start_byte + self.shift : node.end_byte + self.shift]

    def span(self, node: Node) -> tuple[int, int]:
        """Where a node stands in the slice's text."""
        return node.start_byte + self.shift, node.end_byte + self.shift

    def value(self, node: Node, hit: int = -1, depth: int = 0) -> Slice:
        """What `node` evaluates to. Of alternatives, the one that holds text offset `hit`, else the first that is a literal."""
        if depth > 8:
            return hole(self.text, *self.span(node))
        return join([self._part(part, hit, depth) for part in operands(node)] or [hole(self.text, *self.span(node))])

    def _part(self, node: Node, hit: int, depth: int) -> Slice:
        kind = node.type
        if kind in _LITERALS:
            return self._literal(node)
        if kind in {"integer", "float"}:
            return self.text.cut(*self.span(node))
        if kind == "conditional_expression":
            return self._choice(node, hit, depth)
        if kind in {"function_call_expression", "scoped_call_expression", "member_call_expression"}:
            return self._call(node, hit, depth)
        if kind == "parenthesized_expression" and node.named_child_count:
            inner = named(node, 0)
            return self.value(inner, hit, depth + 1) if inner else self._hole(node)
        return self._named(node)

    def _hole(self, node: Node) -> Slice:
        return hole(self.text, *self.span(node))

    def _named(self, node: Node) -> Slice:
        known = None
        if node.type in {"variable_name", "name"}:
            known = self.constants.value(self.code(node))
        elif node.type in {"class_constant_access_expression", "scoped_property_access_expression", "member_access_expression"}:
            name = self.code(node).rpartition("::")[2].rpartition("->")[2]
            known = self.constants.value(name) or self.constants.value("$" + name.removeprefix("$"))
        return self._hole(node) if known is None else self.text.derive([Piece(known, *self.span(node))])

    def _literal(self, node: Node) -> Slice:
        begin, end = self.span(node)
        if node.type in {"string", "encapsed_string"}:
            quote = 2 if self.text.text[begin : begin + 1] in "bB" else 1
            decode = decoders.php_single if node.type == "string" else decoders.php_double
            return self._substituted(decode(self.text.cut(begin + quote, end - 1)))
        line = self.text.text.find("\n", begin, end)
        last = self.text.text.rfind("\n", begin, end)
        inside = self.text.cut(line + 1, last) if line < last else self.text.cut(begin, begin)
        return decoders.php_nowdoc(inside) if node.type == "nowdoc" else self._substituted(decoders.php_heredoc(inside))

    def _substituted(self, value: Slice) -> Slice:
        """The value, with the text of known variables in place of their holes."""
        if HOLE not in value.text:
            return value
        parts: list[Slice] = []
        last = 0
        for match in _HOLES.finditer(value.text):
            begin, end = value.span(*match.span())
            variable = _VARIABLE.fullmatch(value.source.text[begin:end])
            known = self.constants.value(variable[1]) if variable else None
            if known is not None:
                parts += [value.cut(last, match.start()), value.derive([Piece(known, *match.span())])]
                last = match.end()
        return join([*parts, value.cut(last, len(value.text))])

    def _choice(self, node: Node, hit: int, depth: int) -> Slice:
        branches = [node.child_by_field_name("body"), node.child_by_field_name("alternative")]
        present = [branch for branch in branches if branch is not None]
        for branch in present:
            begin, end = self.span(branch)
            if begin <= hit < end:
                return self.value(branch, hit, depth + 1)
        values = [self.value(branch, hit, depth + 1) for branch in present]
        return next((value for value in values if value.text.strip(HOLE)), self._hole(node))

    def _call(self, node: Node, hit: int, depth: int) -> Slice:
        name = callee(node, self)
        arguments = argument_values(node)
        if name not in THROUGH or not arguments:
            return self._hole(node)
        first = arguments[1] if name == "apply_filters" and len(arguments) > 1 else arguments[0]
        value = self.value(first, hit, depth + 1)
        if name in {"sprintf", "printf", "vsprintf"}:
            rest = [] if name == "vsprintf" else [self.value(argument, -1, depth + 1) for argument in arguments[1:60]]
            return self._formatted(value, rest)
        if name == "base64_decode":
            return decoders.base64_text(value)
        return decoders.url_encoded(value) if name in {"urldecode", "rawurldecode"} else value

    def _formatted(self, form: Slice, arguments: list[Slice]) -> Slice:
        """The format with its conversions replaced by their arguments where these are known, else by holes."""
        parts: list[Slice] = []
        last = number = 0
        for match in _FORMAT.finditer(form.text):
            parts.append(form.cut(last, match.start()))
            last = match.end()
            if match[0] == "%%":
                parts.append(form.cut(match.start(), match.start() + 1))
                continue
            index = int(match[1]) - 1 if match[1] else number
            number += not match[1]
            known = index < len(arguments) and HOLE not in arguments[index].text and arguments[index].text
            parts.append(arguments[index] if known else form.cut(match.start(), match.end()).mask([(0, len(match[0]), HOLE)]))
        return join([*parts, form.cut(last, len(form.text))])


def operands(node: Node) -> list[Node]:
    """The operands of a concatenation from left to right, looking through parentheses; a node that is none is the only one."""
    found: list[Node] = []
    todo = [node]
    while todo and len(found) < MAX_PARTS:
        node = todo.pop()
        if is_concatenation(node):
            todo += [child for child in (node.child_by_field_name("right"), node.child_by_field_name("left")) if child is not None]
        elif node.type == "parenthesized_expression" and node.named_child_count == 1:
            todo += [child for child in node.named_children if child is not None]
        else:
            found.append(node)
    return found


def is_concatenation(node: Node) -> bool:
    """Whether `node` is `a . b`."""
    if node.type != "binary_expression":
        return False
    operator = node.child_by_field_name("operator")
    return operator is not None and operator.type == "."


def callee(node: Node, values: Values) -> str:
    """The last name of the function a call calls, lower case; of `new`, the class."""
    function = node.child_by_field_name("function") or node.child_by_field_name("name")
    if function is None and node.type == "object_creation_expression":
        function = named(node, 0)
    if function is None:
        return ""
    return values.code(function).rpartition("\\")[2].strip("$").lower()


def argument_values(node: Node) -> list[Node]:
    """The values of a call's arguments."""
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        return []
    found = []
    for argument in arguments.named_children[:100]:
        if argument.type == "argument" and argument.named_child_count:
            value = named(argument, -1)
            if value is not None:
                found.append(value)
    return found
