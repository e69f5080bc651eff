"""Imported names that only what is cut out used (`import { useEffect } from "react"`): a strict build fails on unused ones."""

from collections.abc import Iterator

from tree_sitter import Node

from linter.fixes.js_groups import Cut, cut_of
from linter.fixes.js_program import Program
from linter.fixes.js_removal import Removal
from linter.fixes.js_slots import Slot

_FRAMEWORKS = ("react", "react-dom", "preact", "vue", "svelte", "solid-js", "next/", "nuxt/", "@angular/", "#imports", "$app/", "astro")
"""Packages that do nothing when they are imported."""
MAX_IMPORTS = 300


def drop_unused(removal: Removal) -> None:
    """Takes unused names out of the script's imports: one of several, or whole imports of frameworks."""
    if not removal.marked:
        return
    statements = [child for child in removal.program.root.named_children[:MAX_IMPORTS] if child.type == "import_statement"]
    cuts = [cut for statement in statements if not removal.is_gone(statement.start_byte) for cut in _cuts(removal, statement)]
    if cuts:
        removal.cuts.add(cuts)


def _cuts(removal: Removal, statement: Node) -> Iterator[Cut]:
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    listed = next((child for child in clause.named_children if child.type == "named_imports"), None) if clause is not None else None
    if clause is None or listed is None:
        return
    names = [child for child in listed.named_children if child.type == "import_specifier"]
    unused = [name for name in names if _is_unused(removal, name)]
    if not unused:
        return
    if len(unused) < len(names):
        for name in unused:
            yield cut_of(Slot("item", name, listed))
    elif len(clause.named_children) > 1:
        yield cut_of(Slot("item", listed, clause))
    elif _is_framework(removal.program, statement):
        yield cut_of(Slot("statement", statement, removal.program.root))


def _is_unused(removal: Removal, specifier: Node) -> bool:
    name = specifier.child_by_field_name("alias") or specifier.child_by_field_name("name")
    binding = removal.program.bindings.of(name) if name is not None else None
    if binding is None:
        return False
    places = removal.program.bindings.references(binding)
    known = {node.start_byte for node in (*places, *binding.declared)}
    others = [at for at in removal.program.words(binding.name) if at not in known]
    return bool(places) and not others and all(removal.is_gone(node.start_byte) for node in places)


def _is_framework(program: Program, statement: Node) -> bool:
    source = statement.child_by_field_name("source")
    package = program.of(source)[1:-1] if source is not None else ""
    return package.startswith(tuple(name for name in _FRAMEWORKS if name.endswith("/"))) or package in _FRAMEWORKS
