"""Imports and aliases in JavaScript: what local names stand for, and where they are used."""

from tree_sitter import Node

from linter.readers.js_calls import look_at_name
from linter.readers.js_names import outermost_link, promised_names
from linter.readers.js_script import NAMES, Script


def look_for_import(script: Script, node: Node) -> None:
    """Whether an import, a `require` or an alias stands at `node`; then what its local names are used for."""
    if node.type in ("string_fragment", "string"):
        literal = node if node.type == "string" else node.parent
        if literal is not None and literal.parent is not None:
            _import_from(script, literal, literal.parent)
    elif node.type == "property_identifier" or node.type == "identifier":
        _alias(script, node)


def _import_from(script: Script, literal: Node, parent: Node) -> None:
    package = script.code.of(literal).strip("'\"`")
    statement: Node | None = None
    followed: list[str] = []
    if parent.type in ("import_statement", "export_statement"):
        if any(child.type == "type" for child in parent.children) or not script.first("import", literal):
            return
        statement = parent
    elif parent.type == "arguments" and parent.parent is not None:
        function = parent.parent.child_by_field_name("function")
        if function is None or script.code.of(function) not in ("require", "import") or not script.first("import", literal):
            return
        statement = _declarator(parent.parent)
        for name in promised_names(parent.parent, script.code):
            script.names.aliases[name] = f"{package}#"
            followed.append(name)
    else:
        return
    if package.startswith((".", "/")) or "://" in package:
        return
    script.tell_import(package, literal)
    if parent.type == "arguments" and parent.parent is not None:
        look_at_name(script, parent.parent)
    if statement is not None:
        followed += script.names.add_import(statement, package)
    for name in followed:
        _follow(script, name)


def _declarator(node: Node) -> Node | None:
    current: Node | None = node
    for _ in range(6):
        if current is None or current.type == "variable_declarator":
            return current
        current = current.parent
    return None


def _alias(script: Script, node: Node) -> None:
    """`const fb = window.fbq`: what is called `fb` here is `fbq`."""
    path = outermost_link(node)
    parent = path.parent
    if parent is None or parent.type != "variable_declarator" or parent.child_by_field_name("value") != path:
        return
    target, full = parent.child_by_field_name("name"), script.names.path(path)
    if target is None or target.type != "identifier" or full is None or len(script.code.of(target)) < 2:
        return
    name = script.code.of(target)
    if name not in script.names.aliases and name != full:
        script.names.aliases[name] = full
        _follow(script, name)


def _follow(script: Script, name: str) -> None:
    for begin, end in script.names.uses(name):
        node = script.code.at(begin, end)
        if node is not None and node.type in NAMES:
            look_at_name(script, node)
