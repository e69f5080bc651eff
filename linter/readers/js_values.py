"""Values in JavaScript: constants followed through simple variables, concatenation, templates and decoding calls.

What the code alone does not say is a hole of the same length, so that every character of a value maps to the source.
"""

from collections.abc import Callable

from tree_sitter import Node, Tree

from linter.decoders import js_string
from linter.evidence import Span
from linter.readers.js_scope import bound_argument, find_declared, returned
from linter.readers.trees import first_named
from linter.text import HOLE, Slice, join

MAX_FOLLOWED = 12
"""Variables followed one into another, and nesting of expressions and of objects in values."""
_MAX_PARTS = 400
WRAPPERS = frozenset("parenthesized_expression as_expression satisfies_expression non_null_expression type_assertion".split())
_DECODERS = {"atob": "base64_text", "unescape": "percent_u", "decodeURIComponent": "url_encoded", "decodeURI": "url_encoded"}


class Code:
    """A parsed slice of JavaScript: the slice, its tree, and what both say together."""

    def __init__(self, text: Slice, tree: Tree, effort: Callable[..., bool]) -> None:
        self.slice = text
        self.text = text.text
        self.tree = tree
        self.effort = effort
        self.released: dict[int, bool] = {}
        self._declared: dict[str, Node | None] = {}

    def of(self, node: Node) -> str:
        """The text of a node."""
        return self.text[node.start_byte : node.end_byte]

    def span(self, node: Node) -> Span:
        """The source span of a node."""
        return self.slice.span(node.start_byte, node.end_byte)

    def hole(self, node: Node) -> Slice:
        """A node as a hole."""
        part = self.slice.cut(node.start_byte, node.end_byte)
        return part.mask([(0, len(part), HOLE)])

    def scan(self) -> bool:
        """Counts a search through the whole text; False where no more is to be done. See `Reading.effort`."""
        return self.effort(len(self.text) // 15, "searches")

    def at(self, begin: int, end: int) -> Node | None:
        """The smallest named node that covers text[begin:end]."""
        return self.tree.root_node.named_descendant_for_byte_range(begin, end)

    # -- what a name stands for

    def resolve(self, name: Node) -> Node | None:
        """The expression that an identifier stands for: an argument of a function called at once, or the value it is declared with."""
        bound, shadowed = bound_argument(self, name)
        if bound is not None or shadowed:
            return bound
        return self.declared(self.of(name))

    def declared(self, name: str) -> Node | None:
        """The value that `name` is declared with (first `const`, `let` or `var` of the file), or None."""
        if name not in self._declared:
            self._declared[name] = find_declared(self, name)
        return self._declared[name]

    # -- texts

    def text_of(self, node: Node | None, depth: int = 0) -> Slice | None:
        """The text that an expression evaluates to, holes where it is not constant; None when it is no text at all."""
        if node is None or depth > MAX_FOLLOWED or not self.effort(40):
            return None
        match node.type:
            case "string":
                return js_string(self.slice.cut(node.start_byte + 1, node.end_byte - 1))
            case "template_string":
                return self._template(node, depth)
            case "number":
                return self.slice.cut(node.start_byte, node.end_byte)
            case "identifier" | "undefined":
                return self.text_of(self.resolve(node), depth + 1)
            case "binary_expression":
                return self._binary(node, depth)
            case "call_expression":
                return self._call(node, depth)
            case "member_expression":
                return self.text_of(self.member(node, depth), depth + 1)
            case kind if kind in WRAPPERS and node.named_children:
                return self.text_of(wrapped(node), depth + 1)
            case _:
                return None

    def text_or_hole(self, node: Node, depth: int = 0) -> Slice:
        """The same, a hole where the expression is not constant."""
        found = self.text_of(node, depth + 1)
        return self.hole(node) if found is None else found

    def _template(self, node: Node, depth: int) -> Slice:
        parts: list[Slice] = []
        at = node.start_byte + 1
        for child in first_named(node, _MAX_PARTS):
            if child.type != "template_substitution":
                continue
            parts.append(js_string(self.slice.cut(at, child.start_byte)))
            inner = child.named_children[0] if child.named_children else None
            known = self.text_of(inner, depth + 1)
            parts.append(known if known is not None and HOLE not in known.text else self.hole(child))
            at = child.end_byte
        parts.append(js_string(self.slice.cut(at, max(node.end_byte - 1, at))))
        return self._joined(parts)

    def _binary(self, node: Node, depth: int) -> Slice | None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return None
        if operator.type in ("||", "??"):
            return self.text_of(left, depth + 1) or self.text_of(right, depth + 1)
        if operator.type != "+":
            return None
        # A long concatenation leans left: unrolled, so that its length is no depth.
        parts = [right]
        while left.type == "binary_expression" and len(parts) < 200:
            inner, last, plus = (left.child_by_field_name(field) for field in ("left", "right", "operator"))
            if inner is None or last is None or plus is None or plus.type != "+":
                break
            parts.append(last)
            left = inner
        parts.append(left)
        texts = [self.text_of(part, depth + 1) for part in parts]
        if all(text is None for text in texts):
            return None
        return self._joined(
            [text if text is not None else self.hole(part) for part, text in zip(reversed(parts), reversed(texts), strict=True)]
        )

    def _call(self, node: Node, depth: int) -> Slice | None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        name = self.of(function).removeprefix("window.")
        values = first_named(arguments, _MAX_PARTS)
        if name in _DECODERS and len(values) == 1:
            inner = self.text_of(values[0], depth + 1)
            return _decoder(_DECODERS[name])(inner) if inner is not None else None
        if name.endswith("fromCharCode"):
            return _decoder("char_codes")(self.slice.cut(arguments.start_byte + 1, arguments.end_byte - 1))
        if function.type == "identifier" and not values:
            return self.text_of(returned(self, name), depth + 1)
        if function.type == "member_expression":
            return self._method(function, values, depth)
        return None

    def _method(self, function: Node, values: list[Node], depth: int) -> Slice | None:
        this, method = function.child_by_field_name("object"), function.child_by_field_name("property")
        if this is None or method is None:
            return None
        name = self.of(method)
        if name == "concat":
            first = self.text_of(this, depth + 1)
            return None if first is None else self._joined([first, *(self.text_or_hole(value, depth) for value in values)])
        if name == "join" and this.type == "array":
            between = self.text_of(values[0], depth + 1) if values else None
            parts: list[Slice] = []
            for item in first_named(this, _MAX_PARTS):
                if parts and between is not None and between.text:
                    parts.append(between)
                parts.append(self.text_or_hole(item, depth))
            return self._joined(parts) if parts else None
        return self.text_of(this, depth + 1) if name in ("trim", "toString") else None

    def _joined(self, parts: list[Slice]) -> Slice:
        """The parts as one text; where variables of variables make it long without end, the first alone."""
        return join(parts) if self.effort(sum(len(part.text) for part in parts) // 10) else parts[0]

    def member(self, node: Node, depth: int = 0) -> Node | None:
        """The expression under a property of an object that is written out in the file (`CONFIG.pixelId`)."""
        this, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        if this is None or name is None or depth > MAX_FOLLOWED:
            return None
        if this.type == "identifier":
            this = self.resolve(this)
        elif this.type == "member_expression":
            this = self.member(this, depth + 1)
        while this is not None and this.type in WRAPPERS and this.named_children:
            this = wrapped(this)
        if this is None or this.type != "object" or not self.effort(2 * min(this.named_child_count, _MAX_PARTS)):
            return None
        for pair in first_named(this, _MAX_PARTS):
            if pair.type == "pair" and self.key_of(pair) == self.of(name):
                return pair.child_by_field_name("value")
        return None

    def key_of(self, pair: Node) -> str:
        """The key of an object's pair, without quotes."""
        key = pair.child_by_field_name("key")
        return self.of(key).strip("'\"`[]") if key is not None else ""


def wrapped(node: Node) -> Node:
    """The expression in parentheses or under a cast; of `<any>window` the last part, else the first."""
    return node.named_children[-1 if node.type == "type_assertion" else 0]


def _decoder(name: str) -> Callable[[Slice], Slice]:
    """A decoder that few files need, imported when one does."""
    import linter.decoders

    decoder: Callable[[Slice], Slice] = getattr(linter.decoders, name)
    return decoder
