"""Uses of a vendor's functions that would throw, or hold up other code, if nothing defined the functions any more.

Left: the text's own words (`fbq` in a string, a comment, a guard is no use). Left: the matches alone (calls with computed arguments
are none). Taken: every place of a name in every script of a file, and what stands around it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.evidence import Span
from linter.fixes.js_bindings import TooTangled
from linter.fixes.js_elsewhere import Regions
from linter.fixes.js_missing import is_harmless
from linter.fixes.js_program import GRAMMARS, Program, bare, open_program
from linter.fixes.model import Part
from linter.fixes.names import Names
from linter.languages import named_language
from linter.reading import Frame
from linter.text import Source

_WINDOWS = frozenset("window self globalThis unsafeWindow".split())
_MARKUP = frozenset("html template component php markdown".split())
_MEMBERS = frozenset("member_expression subscript_expression".split())
MAX_PLACES = 400
"""Places of one name in one script; where there are more, the rest counts as unguarded."""


class Use(NamedTuple):
    """A reference to a vendor's function. `guarded`: it does no harm where the function is missing."""

    span: Span
    guarded: bool


def uses(source: Source, parts: Sequence[Part], names: Collection[str]) -> list[Use]:
    """All references to globals called `names` in the scripts of a file, which do not define them themselves."""
    found: dict[Span, bool] = {}
    for part in _scripts(source, parts, names):
        program = open_program(part, Names(frozenset(names)), ())
        if program is None:
            span = part.text.span(0, len(part.text))
            found[span] = False
            continue
        try:
            rows = list(_uses_in(program, names))
        except TooTangled:
            rows = [Use(part.text.span(0, len(part.text)), False)]
        for use in rows:
            found[use.span] = found.get(use.span, True) and use.guarded
    found |= dict.fromkeys(_in_handlers(source, parts, names), False)
    own = defines(source, parts, names)
    return [Use(span, guarded) for span, guarded in sorted(found.items()) if guarded or _name_in(source, span) not in own]


def defines(source: Source, parts: Sequence[Part], names: Collection[str]) -> frozenset[str]:
    """Those of `names` that the scripts of a file give a value themselves, for all scripts of its page."""
    found: set[str] = set()
    for part in _scripts(source, parts, names):
        program = open_program(part, Names(frozenset(names)), ())
        if program is not None:
            try:
                found |= {name for name in names for node in _places(program, name) if _defines(program, node, name)}
            except TooTangled:
                continue
    return frozenset(found)


def _scripts(source: Source, parts: Sequence[Part], names: Collection[str]) -> Iterator[Part]:
    """The scripts in which a name stands, each text once; also those that no reader was handed, since nothing else stood in them."""
    seen: set[tuple[Span, int]] = set()
    word = _word(names)
    for part in (*parts, *_unread(source, parts, word)):
        key = (part.text.span(0, len(part.text)), hash(part.text.text))
        live = part.frame.state != "dormant" and part.language in GRAMMARS
        if live and key not in seen and word.search(part.text.text):
            seen.add(key)
            yield part


def _unread(source: Source, parts: Sequence[Part], word: re.Pattern[str]) -> Iterator[Part]:
    """The scripts with a name in them that are in no part."""
    covered = [part.text.span(0, len(part.text)) for part in parts if part.language in GRAMMARS or part.frame.state == "dormant"]
    reader = named_language(source.path, source.text).reader
    regions = Regions(source.text)
    told: set[int] = set()
    for found in word.finditer(source.text):
        at = found.start()
        if any(begin <= at < end for begin, end in covered):
            continue
        if reader in GRAMMARS:
            yield Part(source.slice(), reader, Frame())
            return
        place = regions.at(at) if reader in _MARKUP else None
        if place is not None and place.is_script and place.begin not in told:
            told.add(place.begin)
            yield Part(source.slice().cut(place.begin, place.end), "javascript", Frame(element="script"))


def _word(names: Collection[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$])(?:{'|'.join(map(re.escape, sorted(names))) or '(?!)'})(?![\w$])")


def _name_in(source: Source, span: Span) -> str:
    text = source.text[span[0] : span[1]]
    return re.split(r"[.\[\]'\"`?]+", text.strip("'\"`]"))[-1]


def _in_handlers(source: Source, parts: Sequence[Part], names: Collection[str]) -> Iterator[Span]:
    """Names in handlers that no reader was handed."""
    if named_language(source.path, source.text).reader not in _MARKUP:
        return
    covered = [part.text.span(0, len(part.text)) for part in parts if part.language != "html" or part.frame.state == "dormant"]
    regions = Regions(source.text)
    for found in _word(names).finditer(source.text):
        at = found.start()
        place = regions.at(at)
        whole = place is not None and not place.is_script and regions.is_code(at)
        if whole and not any(begin <= at < end and end - begin < len(source.text) for begin, end in covered):
            yield found.span()


# -- places


def _places(program: Program, name: str) -> Iterator[Node]:
    """Names, members of the window and keys of it, in code."""
    for count, found in enumerate(re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", program.text)):
        if count >= MAX_PLACES:
            raise TooTangled
        program.spend(6)
        node = program.code.at(*found.span())
        if node is None:
            continue
        if node.type == "string_fragment":
            node = node.parent
        if node is not None and _is_global(program, node, name):
            yield node


def _is_global(program: Program, node: Node, name: str) -> bool:
    """Whether a node names the global: unbound, or as a member of the window."""
    if node.type in ("identifier", "shorthand_property_identifier"):
        binding = program.bindings.of(node)
        return binding is None or (binding.begin == 0 and not program.is_module and binding.kind in ("var", "function"))
    parent = node.parent
    if parent is None or parent.type not in _MEMBERS:
        return False
    if node.type == "string" and program.of(node)[1:-1] != name:
        return False
    owner = parent.child_by_field_name("object")
    if owner is None or owner == node:
        return False
    owner = bare(owner)
    if owner.type != "identifier":
        return owner.type == "member_expression" and program.of(owner).rsplit(".", 1)[-1] in ("window", "defaultView")
    known = program.code.resolve(owner)
    return program.of(owner) in _WINDOWS or (known is not None and program.of(bare(known)) in _WINDOWS)


def _path_of(node: Node) -> Node:
    """`window.fbq` for the `fbq` in it."""
    parent = node.parent
    if parent is not None and parent.type in _MEMBERS and parent.child_by_field_name("object") != node:
        return parent
    return node


# -- what becomes of a place


def _defines(program: Program, node: Node, name: str) -> bool:
    path = _path_of(node)
    outer = path.parent
    while outer is not None and outer.type in ("parenthesized_expression", "as_expression"):
        path, outer = outer, outer.parent
    if outer is None:
        return False
    if outer.type == "assignment_expression" and outer.child_by_field_name("left") == path:
        return True
    binding = program.bindings.of(node) if node.type == "identifier" else None
    return binding is not None and any(declared.start_byte == node.start_byte for declared in binding.declared)


def _uses_in(program: Program, names: Collection[str]) -> Iterator[Use]:
    for name in sorted(names):
        for node in _places(program, name):
            path = _path_of(node)
            if not _defines(program, node, name):
                span = program.source_span(path.start_byte, path.end_byte)
                yield Use(span, is_harmless(program, path))
