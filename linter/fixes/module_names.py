"""The statements by which files get the exports of other files, and the names they have there."""

import re
from collections.abc import Mapping

from tree_sitter import Node

from linter.fixes.component_tree import Jsx
from linter.fixes.module_inert import Kind
from linter.readers.trees import ancestors

_NO_USE = frozenset("comment html_comment string_fragment jsx_text property_identifier regex_pattern escape_sequence".split())
_LAZY = re.compile(
    r"const\s+(?P<name>[\w$]+)\s*=\s*(?:dynamic|(?:React\.)?lazy|loadable)\(\s*(?:async\s*)?\(\)\s*=>\s*import\(\s*['\"][^'\"]+['\"]\s*\)"
    r"(?:\s*\.then\(\s*\(?(?P<it>\w+)\)?\s*=>\s*(?:\(\{\s*default:\s*)?(?P=it)\.(?P<member>\w+)(?:,?\s*\}\))?\s*,?\s*\))?"
    r"\s*(?:,\s*\{[\w\s:,'\"]*\}\s*)?,?\s*\)\s*;?"
)
"""A component that is loaded when it is shown."""
MAX_PLACES = 200
"""Places of one name in a file; a module whose name stands in more stays."""


def statement_around(jsx: Jsx, node: Node) -> Node | None:
    """The statement that a string which names a module is in: an import, a re-export, or `const X = lazy(() => import("..."))`."""
    for outer in ancestors(node):
        if outer.type in ("import_statement", "export_statement"):
            return outer
        if outer.type in ("lexical_declaration", "variable_declaration"):
            return outer if _LAZY.fullmatch(jsx.of(outer)) and outer.parent is not None and outer.parent.type == "program" else None
    return None


def bindings(jsx: Jsx, statement: Node) -> list[tuple[str, str]] | None:
    """The pairs of exported (`*` for all) and local name that an import binds; None for all names at once of a re-export."""
    found: list[tuple[str, str]] = []
    lazy = _LAZY.fullmatch(jsx.of(statement)) if statement.type.endswith("declaration") else None
    if lazy is not None:
        return [(lazy["member"] or "default", lazy["name"])]
    for child in statement.named_children:
        if child.type == "namespace_export":
            return None
        for part in child.named_children if child.type == "import_clause" else [child] if child.type == "export_clause" else []:
            if part.type == "namespace_import":
                found.append(("*", jsx.of(part.named_children[-1])))
            if part.type == "identifier":
                found.append(("default", jsx.of(part)))
            for row in part.named_children if part.type in ("named_imports", "export_clause") else []:
                name = row.child_by_field_name("name")
                if name is not None:
                    found.append((jsx.of(name), jsx.of(row.child_by_field_name("alias") or name)))
    if not found and "*" in jsx.of(statement)[:40]:
        return None
    return found


def handed_on(jsx: Jsx, statement: Node, exports: Mapping[str, Kind]) -> dict[str, Kind]:
    """What a re-export makes of the exports of a module: by their new names, what they are."""
    bound = bindings(jsx, statement)
    if bound is None:
        return {name: kind for name, kind in exports.items() if name != "default"}
    return {local: exports[exported] for exported, local in bound if exported in exports}


def places_of(jsx: Jsx, name: str) -> list[Node]:
    """Where a name stands in the code."""
    found: list[Node] = []
    for match in re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", jsx.text) if name else ():
        node = jsx.at((jsx.base + match.start(), jsx.base + match.end()))
        if node is not None and node.type not in _NO_USE:
            found.append(node)
        if len(found) > MAX_PLACES:
            break
    return found
