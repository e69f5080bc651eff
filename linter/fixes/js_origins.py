"""Where the value of an expression comes from: the page, a vendor, the code itself, or elsewhere.

`window`, `document`; `dom`: an element that is in the page already; `vendor`: the vendor's global or what it gives; `support`: a
helper of several vendors; `element`: an element made by the code; `fresh`: an object, array or function made by the code; `plain`:
text, a number, nothing; `unknown`: anything else.
"""

from collections.abc import Iterable, Iterator

from tree_sitter import Node

from linter.fixes.js_bindings import FUNCTIONS, Binding
from linter.fixes.js_given import Given
from linter.fixes.js_program import DEEP, Program, bare, bare_callee, function_around, walk

_WINDOWS = frozenset("window self globalThis unsafeWindow".split())
_PLAIN = frozenset(
    """string template_string number true false null undefined regex unary_expression update_expression spread_element
    template_substitution""".split()
)
_FRESH = frozenset("object array class".split()) | FUNCTIONS
_UP = frozenset(
    """parentNode parentElement ownerDocument nextSibling previousSibling nextElementSibling previousElementSibling firstChild
    children""".split()
)
_LOOKED_UP = frozenset(
    "getElementById getElementsByTagName getElementsByClassName getElementsByName querySelector querySelectorAll closest item".split()
)


class Origins:
    """The origins of the expressions of one script; each is found out once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[tuple[int, int, str], str] = {}
        self._bound: dict[tuple[str, int, int], str] = {}
        self._members: dict[tuple[str, int, int, str], str] = {}
        self._given = Given(program, self.of)

    def of(self, node: Node | None, depth: int = 0) -> str:
        """The origin of an expression."""
        if node is None or depth > DEEP:
            return "unknown"
        node = bare(node)
        key = (node.start_byte, node.end_byte, node.type)
        if key not in self._known:
            self._program.spend()
            self._known[key] = self._find(node, depth)
        return self._known[key]

    def _find(self, node: Node, depth: int) -> str:
        kind = node.type
        if kind in _PLAIN:
            return "plain"
        if kind in _FRESH:
            return "fresh"
        match kind:
            case "identifier" | "shorthand_property_identifier" | "arguments":
                return self._name(node, depth)
            case "member_expression" | "subscript_expression":
                return self._member(node, depth)
            case "call_expression" | "new_expression":
                return self._made(node, depth)
            case "assignment_expression" | "augmented_assignment_expression":
                return self.of(node.child_by_field_name("right"), depth + 1)
            case "binary_expression":
                return self._binary(node, depth)
            case "ternary_expression":
                sides = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
                return _joined(self.of(side, depth + 1) for side in sides)
            case "await_expression" | "sequence_expression":
                return self.of(node.named_children[-1], depth + 1) if node.named_children else "unknown"
            case _:
                return "unknown"

    def _binary(self, node: Node, depth: int) -> str:
        operator = node.child_by_field_name("operator")
        if operator is None or operator.type not in ("||", "&&", "??"):
            return "plain"
        right = self.of(node.child_by_field_name("right"), depth + 1)
        return right if operator.type == "&&" else _joined((self.of(node.child_by_field_name("left"), depth + 1), right))

    # -- names

    def _name(self, node: Node, depth: int) -> str:
        name = self._program.of(node)
        binding = self._program.bindings.of(node)
        if binding is None:
            return self._global(name)
        if binding.begin == 0 and name in self._program.names.all and self._is_snippets(binding):
            return self._global(name)
        if binding.key not in self._bound:
            self._bound[binding.key] = "unknown"
            values = self._given.values(binding)
            self._bound[binding.key] = _joined(value if isinstance(value, str) else self.of(value, depth + 1) for value in values)
        return self._bound[binding.key]

    def _is_snippets(self, binding: Binding) -> bool:
        """Whether a global that the script declares is what the vendor's snippet declares, and no function of the site."""
        if binding.kind != "function":
            return binding.kind == "var"
        bodies = [self._program.of(name.parent) for name in binding.declared if name.parent is not None]
        words = [word for word in (*self._program.names.all, "arguments") if word != binding.name]
        return all(any(word in body for word in words) for body in bodies)

    def _global(self, name: str) -> str:
        if name in _WINDOWS:
            return "window"
        if name in self._program.names.functions:
            return "vendor"
        if name in self._program.names.support:
            return "support"
        return {"document": "document", "arguments": "fresh", "undefined": "plain"}.get(name, "unknown")

    def values_of(self, binding: Binding) -> Iterator[Node]:
        """The expressions that a name is given, as far as they are known."""
        yield from (value for value in self._given.values(binding) if not isinstance(value, str))

    def is_complete(self, binding: Binding) -> bool:
        """Whether all that a name is given is known."""
        return not any(value == "unknown" for value in self._given.values(binding) if isinstance(value, str))

    # -- members and calls

    def _member(self, node: Node, depth: int) -> str:
        owner = self.of(node.child_by_field_name("object"), depth + 1)
        name = self.key(node)
        if owner == "unknown" and name in ("document", "defaultView", "nativeWindow"):
            return "document" if name == "document" else "window"
        match owner:
            case "window":
                return self._global(name) if name else "unknown"
            case "document":
                return "dom"
            case "element" if name in _UP:
                return "dom"
            case "element" | "fresh":
                return self._property(node, name, depth)
            case "dom" | "vendor" | "support":
                return owner
            case _:
                return "unknown"

    def _property(self, node: Node, name: str, depth: int) -> str:
        """The origin of a member of what the code made: fresh, where nothing else is put there."""
        owner = node.child_by_field_name("object")
        binding = self._program.bindings.of(bare(owner)) if owner is not None and bare(owner).type == "identifier" else None
        if binding is None or not name:
            return "unknown"
        key = (*binding.key, name)
        if key not in self._members:
            self._members[key] = "fresh"
            found = {self.of(value, depth + 1) for value in self._put(binding, name)} - {"plain", "fresh"}
            self._members[key] = "fresh" if not found else found.pop() if found in ({"vendor"}, {"element"}, {"support"}) else "unknown"
        return self._members[key]

    def _put(self, binding: Binding, name: str) -> Iterator[Node]:
        """What is put under a name of an object: where it is written out, and by assignments."""
        for value in self.values_of(binding):
            for pair in bare(value).named_children if bare(value).type == "object" else ():
                given = pair.child_by_field_name("value") if pair.type == "pair" and self._program.code.key_of(pair) == name else None
                if given is not None or pair.type == "shorthand_property_identifier":
                    yield given or pair
        for node in self._program.bindings.references(binding):
            self._program.spend()
            member = node.parent
            outer = member.parent if member is not None and member.type == "member_expression" and self.key(member) == name else None
            if outer is not None and outer.type == "assignment_expression" and outer.child_by_field_name("left") == member:
                right = outer.child_by_field_name("right")
                if right is not None:
                    yield right

    def _given_back(self, function: Node, depth: int) -> str:
        """The origin of what a function called at once returns."""
        body = function.child_by_field_name("body")
        if body is None or body.type != "statement_block":
            return self.of(body, depth + 1)
        rows = [node for node in walk(body, self._program) if node.type == "return_statement" and function_around(node) == function]
        return _joined(self.of(row.named_children[0], depth + 1) if row.named_children else "plain" for row in rows)

    def key(self, node: Node) -> str:
        """The name of the member that an expression reads or sets; "" where it is computed."""
        if node.type == "member_expression":
            name = node.child_by_field_name("property")
            return self._program.of(name) if name is not None else ""
        text = self._program.code.text_of(node.child_by_field_name("index"))
        return text.text if text is not None else ""

    def _made(self, node: Node, depth: int) -> str:
        callee = bare_callee(node)
        if callee is None:
            return "unknown"
        if node.type == "new_expression":
            return "element" if self._program.of(callee).removeprefix("window.") == "Image" else _found(self.of(callee, depth + 1), "fresh")
        if callee.type == "import":
            return "vendor" if self._program.is_marked(node) else "unknown"
        if callee.type in FUNCTIONS:
            return self._given_back(callee, depth)
        if self._program.of(callee) == "require" and self._program.is_marked(node):
            return "vendor"
        if callee.type not in ("member_expression", "subscript_expression"):
            return _found(self.of(callee, depth + 1), "unknown")
        method, owner = self.key(callee), self.of(callee.child_by_field_name("object"), depth + 1)
        if method == "createElement" and owner in ("document", "unknown", "dom"):
            return "element"
        if method in _LOOKED_UP:
            return "dom"
        if owner in ("vendor", "fresh", "plain"):
            return owner
        return "element" if owner == "element" and method == "cloneNode" else "unknown"


def _found(callee: str, otherwise: str) -> str:
    return callee if callee in ("vendor", "support") else otherwise


def _joined(origins: Iterable[str]) -> str:
    """The origin of what may be one of several; nothing and text count only where nothing else is given."""
    found = set(origins) - {"plain"}
    if not found:
        return "plain"
    if len(found) == 1:
        return found.pop()
    if found <= {"vendor", "fresh"}:
        return "vendor"
    if found in ({"vendor", "element"}, {"vendor", "dom"}):
        return (found - {"vendor"}).pop()
    if found == {"document", "dom"}:
        return "dom"
    if found <= {"support", "fresh"}:
        return "support"
    return "fresh" if found <= {"fresh", "element"} else "unknown"
