"""Modules that do nothing any more: what each of their exports is, where all of them are functions without effect, or constants.

Left: asking whether a module is only about a vendor (its code does more than its name says). Taken: whether its code does anything at
all, once the fixes of the file are made: then it may go whatever it was for.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from tree_sitter import Node

from linter.fixes.component_pure import is_pure
from linter.fixes.component_tree import Jsx, open_script
from linter.fixes.model import Part
from linter.languages import by_name
from linter.reading import Frame
from linter.text import Source

Kind = Literal["component", "function", "constant", "type"]
_FUNCTIONS = frozenset("function_declaration function_expression arrow_function".split())
_TYPES = frozenset("interface_declaration type_alias_declaration ambient_declaration comment empty_statement".split())
_EFFECTS = frozenset("useEffect useLayoutEffect useInsertionEffect onMounted onMount useMemo useCallback".split())
_HOOKS = re.compile(r"use[A-Z]\w*")
_HOOK_PACKAGES = re.compile(r"react|react-dom|next/\w+|react-router(?:-dom)?|@remix-run/react|gatsby|@reach/router|preact/hooks|wouter")
_NOTHING = re.compile(r"\(?\s*(?:null|undefined|void 0|<>\s*</>)?\s*\)?;?")
_EMPTY = re.compile(r"<(?:React\.)?(?:Fragment|Suspense)?(?:\s+fallback=\{null\})?\s*>\s*</(?:React\.)?(?:Fragment|Suspense)?>")
_LONGEST = 200
MAX_MODULE = 60_000
"""Characters of a module that is looked at."""
MAX_STATEMENTS = 300
_DEEP = 12


class Module(NamedTuple):
    """A module that does nothing: its exports by name (`default`), each with what it is."""

    exports: Mapping[str, Kind]


def open_module(path: str, text: str, longest: int = MAX_MODULE) -> Jsx | None:
    """The parsed script of a file; None for other files, and for long ones."""
    language = by_name(path.rpartition("/")[2].lower())
    if language is None or language.reader not in ("javascript", "typescript") or len(text) > longest:
        return None
    jsx = open_script(Part(Source(path, text.encode("utf-8", "surrogatepass")).slice(), language.reader, Frame()))
    return None if jsx is None or jsx.text != text else jsx


def inert(jsx: Jsx) -> Module | None:
    """What a module exports, if none of its code does anything; else None."""
    hooks = _hooks(jsx)
    kinds: dict[str, Kind] = {}
    exports: dict[str, Kind | str] = {}
    if jsx.root.has_error or jsx.root.named_child_count > MAX_STATEMENTS:
        return None
    for statement in jsx.root.named_children:
        if not _take(jsx, statement, hooks, kinds, exports):
            return None
    named: dict[str, Kind] = {}
    for name, kind in exports.items():
        known = kind if kind in ("component", "function", "constant", "type") else kinds.get(kind)
        if known is None:
            return None
        named[name] = known
    return Module(named) if named else None


def _take(jsx: Jsx, statement: Node, hooks: frozenset[str], kinds: dict[str, Kind], exports: dict[str, Kind | str]) -> bool:
    """Notes what a statement declares and exports; False where it does something."""
    kind = statement.type
    if kind in _TYPES:
        return True
    if kind == "import_statement":
        return any(child.type == "import_clause" for child in statement.named_children)
    if kind == "expression_statement":
        only = statement.named_child(0)
        return only is not None and (only.type == "string" or _is_memo(jsx, only))
    if kind != "export_statement":
        declared = _declared(jsx, statement, hooks)
        kinds.update(declared or {})
        return declared is not None
    return _export(jsx, statement, hooks, kinds, exports)


def _is_memo(jsx: Jsx, node: Node) -> bool:
    """Whether an assignment only names a component (`Pixel.displayName = "Pixel"`)."""
    return node.type == "assignment_expression" and re.fullmatch(r"[\w$]+\.displayName = (['\"])[\w ]*\1", jsx.of(node)) is not None


def _export(jsx: Jsx, statement: Node, hooks: frozenset[str], kinds: dict[str, Kind], exports: dict[str, Kind | str]) -> bool:
    if statement.child_by_field_name("source") is not None:
        return False
    clause = next((child for child in statement.named_children if child.type == "export_clause"), None)
    if clause is not None:
        for row in clause.named_children:
            name = row.child_by_field_name("name")
            if name is not None:
                exports[jsx.of(row.child_by_field_name("alias") or name)] = jsx.of(name)
        return True
    default = any(child.type == "default" for child in statement.children)
    inside = statement.child_by_field_name("declaration") or statement.child_by_field_name("value")
    if inside is None:
        return False
    if inside.type in _TYPES:
        name = inside.child_by_field_name("name")
        exports[jsx.of(name) if name is not None else "default"] = "type"
        return True
    if default and inside.type == "identifier":
        exports["default"] = jsx.of(inside)
        return True
    if default:
        found = _function(jsx, inside, hooks, True) if inside.type in _FUNCTIONS else None
        if found is None:
            return False
        exports["default"] = found
        name = inside.child_by_field_name("name")
        kinds.update({jsx.of(name): found} if name is not None else {})
        return True
    declared = _declared(jsx, inside, hooks)
    exports.update(declared or {})
    kinds.update(declared or {})
    return declared is not None


def _declared(jsx: Jsx, statement: Node, hooks: frozenset[str]) -> dict[str, Kind] | None:
    """What a declaration declares; None where it does something."""
    if statement.type in _TYPES:
        return {}
    if statement.type == "function_declaration":
        name, found = statement.child_by_field_name("name"), _function(jsx, statement, hooks, False)
        return {jsx.of(name): found} if name is not None and found is not None else None
    if statement.type not in ("lexical_declaration", "variable_declaration"):
        return None
    declared: dict[str, Kind] = {}
    for row in statement.named_children:
        name, value = row.child_by_field_name("name"), row.child_by_field_name("value")
        if row.type != "variable_declarator" or name is None or name.type != "identifier" or value is None:
            return None
        kind: Kind | None = "constant" if is_pure(jsx, value) else None
        if value.type in _FUNCTIONS:
            kind = _function(jsx, value, hooks, jsx.of(name)[:1].isupper())
        if kind is None:
            return None
        declared[jsx.of(name)] = kind
    return declared


def _function(jsx: Jsx, function: Node, hooks: frozenset[str], shown: bool) -> Kind | None:
    """Whether a function is a component that shows nothing, or a function that does nothing; None where it does something."""
    body, name = function.child_by_field_name("body"), function.child_by_field_name("name")
    if body is None or any(child.type == "*" for child in function.children):
        return None
    shown = shown or (name is not None and jsx.of(name)[:1].isupper())
    idle = _is_idle(jsx, body, hooks, 0) if body.type == "statement_block" else shows_nothing(jsx.of(body))
    return ("component" if shown else "function") if idle else None


def _is_idle(jsx: Jsx, block: Node, hooks: frozenset[str], depth: int) -> bool:
    """Whether the statements of a function do nothing, and give nothing."""
    return depth < _DEEP and all(_is_idle_statement(jsx, row, hooks, depth) for row in block.named_children[:MAX_STATEMENTS])


def _is_idle_statement(jsx: Jsx, statement: Node, hooks: frozenset[str], depth: int) -> bool:
    match statement.type:
        case "comment" | "empty_statement":
            return True
        case "return_statement":
            return shows_nothing(jsx.of(statement).removeprefix("return"))
        case "statement_block":
            return _is_idle(jsx, statement, hooks, depth + 1)
        case "if_statement":
            condition, taken, other = (statement.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
            rows = [
                row for row in (taken, other.named_children[0] if other is not None and other.named_children else None) if row is not None
            ]
            pure = condition is not None and is_pure(jsx, condition)
            return pure and all(_is_idle_statement(jsx, row, hooks, depth + 1) for row in rows)
        case "lexical_declaration" | "variable_declaration":
            values = [row.child_by_field_name("value") for row in statement.named_children]
            return all(value is not None and (is_pure(jsx, value) or _is_hook(jsx, value, hooks, depth)) for value in values)
        case "expression_statement":
            only = statement.named_child(0)
            return only is not None and (_is_hook(jsx, only, hooks, depth) or _is_note(jsx, only))
        case _:
            return False


def shows_nothing(code: str) -> bool:
    """Whether an expression is nothing, or markup without anything in it."""
    code = code.strip()
    return len(code) < _LONGEST and _NOTHING.fullmatch(_EMPTY.sub("", code)) is not None


def _is_note(jsx: Jsx, node: Node) -> bool:
    """Whether an expression only writes to the console, or changes what a component remembers for itself (`first.current = false`)."""
    if node.type == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        found = re.fullmatch(r"([\w$]+)\.current", jsx.of(left)) if left is not None else None
        held = found is not None and re.search(rf"\b(?:const|let)\s+{re.escape(found[1])}\s*=\s*(?:React\.)?useRef\b", jsx.text)
        return bool(held) and right is not None and is_pure(jsx, right)
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if node.type != "call_expression" or function is None or arguments is None:
        return False
    return jsx.of(function).startswith("console.") and all(is_pure(jsx, value) for value in arguments.named_children)


def _is_hook(jsx: Jsx, call: Node, hooks: frozenset[str], depth: int) -> bool:
    """Whether a call is that of a framework's hook, with nothing to do in it."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if call.type != "call_expression" or function is None or arguments is None or arguments.type != "arguments":
        return False
    name = jsx.of(function).removeprefix("React.")
    if name not in hooks and not jsx.of(function).startswith("React.use"):
        return False
    for value in arguments.named_children:
        if value.type in _FUNCTIONS:
            body = value.child_by_field_name("body")
            if body is None or (body.type == "statement_block" and not _is_idle(jsx, body, hooks, depth + 1)):
                return False
            if body.type != "statement_block" and not is_pure(jsx, body):
                return False
        elif not is_pure(jsx, value):
            return False
    return name in _EFFECTS or _HOOKS.fullmatch(name) is not None


def _hooks(jsx: Jsx) -> frozenset[str]:
    """The hooks that a module imports from frameworks."""
    found: set[str] = set()
    for statement in jsx.root.named_children[:MAX_STATEMENTS]:
        source = statement.child_by_field_name("source") if statement.type == "import_statement" else None
        if source is not None and _HOOK_PACKAGES.fullmatch(jsx.of(source)[1:-1]):
            found |= set(re.findall(r"\buse[A-Z]\w*", jsx.of(statement)))
    return frozenset(found)
