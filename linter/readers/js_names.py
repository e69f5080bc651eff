"""Names in JavaScript: the dotted path that an expression names, through imports, aliases, casts and bound parameters."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from linter.readers.js_values import Code, wrapped

_GLOBALS = frozenset("window self globalThis global top parent unsafeWindow".split())
_WINDOWS = frozenset("window _window $window nativeWindow defaultView".split())
"""Members by which services hand out the window (`this.browser.window`, `this.windowRef.nativeWindow`, `document.defaultView`)."""
_WRAPPERS = frozenset(
    "parenthesized_expression as_expression satisfies_expression non_null_expression type_assertion await_expression".split()
)
_LINKS = frozenset("member_expression subscript_expression".split())
MAX_ALIAS_USES = 400


class Names:
    """The names of one parsed slice. `aliases` maps a local name to the path it stands for (`package#` for imports)."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.aliases: dict[str, str] = {}

    def path(self, node: Node | None, depth: int = 0) -> str | None:
        """The dotted path of an expression without `window.`, or None when it is no path."""
        full = self._path(node, depth)
        if full is None:
            return None
        parts = full.split(".")
        behind = max((number for number, part in enumerate(parts[:-1]) if number and part in _WINDOWS), default=-1) + 1
        parts = parts[behind:]
        while len(parts) > 1 and (parts[0] in _GLOBALS or (parts[0] == "this" and len(parts) == 2)):
            parts = parts[1:]
        return ".".join(parts)

    def _path(self, node: Node | None, depth: int) -> str | None:
        if node is None or depth > 20:
            return None
        match node.type:
            case "identifier" | "this" | "property_identifier" | "shorthand_property_identifier":
                return self._name(node, depth)
            case "member_expression":
                owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
                return self._joined(self._path(owner, depth + 1), self.code.of(name) if name is not None else None)
            case "subscript_expression":
                owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
                key = self.code.text_of(index) if index is not None else None
                return self._joined(self._path(owner, depth + 1), key.text if key is not None else None)
            case "call_expression":
                return self._required(node) or self._path(node.child_by_field_name("function"), depth + 1)
            case "sequence_expression":
                return self._path(node.named_children[-1], depth + 1)
            case kind if kind in _WRAPPERS and node.named_children:
                return self._path(wrapped(node), depth + 1)
            case "binary_expression" | "assignment_expression":
                return self._path(node.child_by_field_name("left"), depth + 1)
            case _:
                return None

    def _joined(self, owner: str | None, name: str | None) -> str | None:
        if owner is None or not name:
            return None
        if owner.endswith("#"):
            return owner if name == "default" else owner + name
        return f"{owner.removesuffix('#default')}{'#' if owner.endswith('#default') else '.'}{name}"

    def _name(self, node: Node, depth: int) -> str:
        name = self.code.of(node)
        if name in self.aliases:
            return self.aliases[name]
        if name in _GLOBALS or node.type == "this":
            return name
        bound = self.code.resolve(node) if node.type == "identifier" else None
        while bound is not None and bound.type in _WRAPPERS and bound.named_children:
            bound = wrapped(bound)
        if bound is not None and (bound.type == "this" or (bound.type == "identifier" and self.code.of(bound) in _GLOBALS)):
            return self.code.of(bound)
        member = bound.child_by_field_name("property") if bound is not None and bound.type == "member_expression" else None
        return "window" if member is not None and self.code.of(member) in _WINDOWS else name

    def _required(self, call: Node) -> str | None:
        """`require("x")` and `import("x")` name a package."""
        function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        if function is None or arguments is None or self.code.of(function) not in ("require", "import"):
            return None
        package = self.code.text_of(arguments.named_children[0]) if arguments.named_children else None
        return f"{package.text}#" if package is not None else None

    # -- aliases

    def add_import(self, statement: Node, package: str) -> list[str]:
        """Takes in the names that an import statement or a `const x = require(..)` declarator binds; gives the local names."""
        bound = dict(self._bindings(statement, package))
        self.aliases.update(bound)
        return list(bound)

    def _bindings(self, statement: Node, package: str) -> Iterator[tuple[str, str]]:
        if statement.type == "variable_declarator":
            yield from self._declared(statement, package)
            return
        clause = next((c for c in statement.named_children if c.type == "import_clause"), None)
        for child in clause.named_children if clause is not None else ():
            if child.type == "identifier":
                yield self.code.of(child), f"{package}#default"
            elif child.type == "namespace_import":
                yield self.code.of(child.named_children[-1]), f"{package}#"
            elif child.type == "named_imports":
                for specifier in child.named_children:
                    name = specifier.child_by_field_name("name")
                    alias = specifier.child_by_field_name("alias") or name
                    if name is not None and alias is not None:
                        member = self.code.of(name)
                        yield self.code.of(alias), f"{package}#{member}"

    def _declared(self, declarator: Node, package: str) -> Iterator[tuple[str, str]]:
        target, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
        if target is None:
            return
        if target.type == "identifier":
            path = self._path(value, 0)
            yield self.code.of(target), path if path else f"{package}#"
        elif target.type == "object_pattern":
            for child in target.named_children:
                if child.type == "shorthand_property_identifier_pattern":
                    yield self.code.of(child), f"{package}#{self.code.of(child)}"
                elif child.type == "pair_pattern":
                    key, bound = child.child_by_field_name("key"), child.child_by_field_name("value")
                    if key is not None and bound is not None:
                        yield self.code.of(bound), f"{package}#{self.code.of(key)}"

    def uses(self, name: str) -> Iterator[tuple[int, int]]:
        """Where `name` stands as a word that is called, made or goes on with a member; at most `MAX_ALIAS_USES`."""
        if not self.code.scan():
            return
        pattern = re.compile(rf"(?<![\w$.]){re.escape(name)}(?=\s*(?:[(.\[]|\?\.)|\s*\)\s*\()")
        for count, match in enumerate(pattern.finditer(self.code.text)):
            if count >= MAX_ALIAS_USES:
                return
            yield match.span()


def outermost_link(node: Node) -> Node:
    """The whole path that a name is a link of: `window.fbq` for the `fbq` in it, casts and parentheses included."""
    for _ in range(20):
        parent = node.parent
        if parent is None:
            return node
        is_owner = parent.type in _LINKS and parent.child_by_field_name("object") == node
        is_link = parent.type in _LINKS and not is_owner
        last_of_sequence = parent.type == "sequence_expression" and parent.named_children[-1] == node
        if not (is_link or is_owner or parent.type in _WRAPPERS or last_of_sequence):
            return node
        node = parent
    return node


def callee_of(node: Node) -> tuple[Node, Node] | None:
    """(callee, call) when the name at `node` is a link of the path that is called; None otherwise."""
    for _ in range(20):
        parent = node.parent
        if parent is None:
            return None
        if parent.type in ("call_expression", "new_expression"):
            callee = parent.child_by_field_name("function") or parent.child_by_field_name("constructor")
            return (callee, parent) if callee == node else None
        if (
            parent.type in _LINKS
            or parent.type in _WRAPPERS
            or (parent.type == "sequence_expression" and parent.named_children[-1] == node)
        ):
            node = parent
        else:
            return None
    return None


def promised_names(call: Node, code: Code) -> Iterator[str]:
    """The parameters of the functions in `import("x").then(m => ...).then(...)`: they stand for the package."""
    node = call
    for _ in range(4):
        member = node.parent
        if member is None or member.type != "member_expression" or member.parent is None or member.parent.type != "call_expression":
            return
        node = member.parent
        arguments = node.child_by_field_name("arguments")
        function = arguments.named_children[0] if arguments is not None and arguments.named_children else None
        if function is None or function.type not in ("arrow_function", "function_expression"):
            continue
        parameters = function.child_by_field_name("parameter") or function.child_by_field_name("parameters")
        if parameters is not None:
            yield from re.findall(r"[A-Za-z_$][\w$]*", code.of(parameters).split(":")[0])[:3]
