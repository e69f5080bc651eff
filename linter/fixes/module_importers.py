"""What other files do with the exports of a module that does nothing, and the edits that do without it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.fixes.component_comments import Speaks
from linter.fixes.component_elements import Elements
from linter.fixes.component_items import rewidened
from linter.fixes.component_names import unused
from linter.fixes.component_pure import is_pure
from linter.fixes.component_spans import Going
from linter.fixes.component_tree import ELEMENTS, Jsx, Standing, attributes
from linter.fixes.lines import widened
from linter.fixes.model import Edit, merged
from linter.fixes.module_inert import Kind
from linter.fixes.module_names import MAX_PLACES, bindings, places_of
from linter.readers.trees import ancestors

_LISTENING = frozenset("on off addEventListener removeEventListener".split())


class Named(NamedTuple):
    """A statement that imports or hands on exports of a module that goes, or some of those of an index file (`partly`)."""

    statement: Node
    exports: Mapping[str, Kind]
    partly: bool = False


class Use(NamedTuple):
    """A place that names an export: the name it has there, its node, and what it is."""

    name: str
    node: Node
    kind: Kind


class Answer(NamedTuple):
    """The edits of a file that does without a module, or what stands in the way. `calls`: functions are no longer called."""

    edits: tuple[Edit, ...] = ()
    why: str = ""
    calls: bool = False


def without(jsx: Jsx, rows: Sequence[Named], speaks: Speaks) -> Answer:
    """The edits that take out what the statements import, and all uses of it."""
    uses: list[Use] = []
    names: list[str] = []
    for row in rows:
        if _is_broken(row.statement):
            return Answer(why=_at(jsx, row.statement, "the code around it does not parse"))
        if row.statement.type == "export_statement":
            continue
        bound = bindings(jsx, row.statement)
        if bound is None:
            return Answer(why=_at(jsx, row.statement, "it is imported as a whole"))
        for exported, local in bound:
            kind = row.exports.get(exported)
            if kind is None and exported != "*" and row.partly:
                continue
            if kind is None and exported != "*":
                return Answer(why=_at(jsx, row.statement, f"`{exported}` is not what it exports"))
            places = [place for place in places_of(jsx, local) if not _inside(place, row.statement)]
            if len(places) > MAX_PLACES:
                return Answer(why=_at(jsx, row.statement, f"`{local}` is used in too many places"))
            found = [Use(local, place, kind) if kind is not None else _of_all(jsx, local, place, row) for place in places]
            if None in found:
                return Answer(why=_at(jsx, row.statement, f"`{local}` is used as a whole"))
            uses += [use for use in found if use is not None]
            names.append(local)
    return _answer(jsx, rows, uses, names, speaks)


def _of_all(jsx: Jsx, local: str, place: Node, row: Named) -> Use | None:
    """The use of one export through the name of all of them (`pixel.pageview`); None for another use of that name."""
    member = place.parent
    name = member.child_by_field_name("property") if member is not None and member.type == "member_expression" else None
    if member is None or name is None or member.child_by_field_name("object") != place or row.partly:
        return None
    kind = row.exports.get(jsx.of(name))
    return Use(f"{local}.{jsx.of(name)}", member, kind) if kind is not None else None


def _answer(jsx: Jsx, rows: Sequence[Named], uses: list[Use], names: list[str], speaks: Speaks) -> Answer:
    text = jsx.part.text.source.text
    elements: list[Node] = []
    edits: list[Edit] = []
    for use in uses:
        if use.kind == "component":
            element = _element(use.node)
            why = _objection(jsx, element) if element is not None else f"`{use.name}` is more than shown"
            if why:
                return Answer(why=_at(jsx, use.node, why))
            elements += [element] if element is not None else []
        elif use.kind == "function":
            edit = _without_call(jsx, use.node, text)
            if edit is None:
                return Answer(why=_at(jsx, use.node, f"`{use.name}` is more than called"))
            edits.append(edit)
    calls = bool(edits)
    broken = next((use.node for use in uses if _is_broken(use.node)), None)
    if broken is not None:
        return Answer(why=_at(jsx, broken, "the code around it does not parse"))
    for gone in Going(jsx, speaks).settle(elements):
        if gone.edit is None:
            return Answer(why=_at(jsx, gone.node, gone.why))
        edits.append(gone.edit)
    spare = [row.edit for row in unused(jsx, [(edit.begin, edit.end) for edit in edits], speaks, names)]
    whole = [Edit(*widened(text, *jsx.span(row.statement))) for row in rows if not row.partly or row.statement.type == "export_statement"]
    everything = _outermost(text, [*edits, *spare, *whole])
    for use in uses:
        begin, end = jsx.span(use.node)
        if not any(edit.begin <= begin and end <= edit.end for edit in everything):
            return Answer(why=_at(jsx, use.node, f"`{use.name}` is used"))
    try:
        return Answer(tuple(merged(everything)), calls=calls)
    except ValueError:
        return Answer(why="its edits would overlap")


def _outermost(text: str, edits: list[Edit]) -> list[Edit]:
    """The edits without those in larger ones; deletions that overlap or touch are made one."""
    out: list[Edit] = []
    for edit in sorted(set(edits), key=lambda row: (row.begin, -row.end)):
        if out and edit.end <= out[-1].end and (edit.begin < out[-1].end):
            continue
        if out and edit.begin <= out[-1].end and not edit.text and not out[-1].text:
            out[-1] = Edit(*rewidened(text, out[-1].begin, edit.end))
        else:
            out.append(edit)
    return out


def _inside(node: Node, statement: Node) -> bool:
    return statement.start_byte <= node.start_byte and node.end_byte <= statement.end_byte


def _is_broken(node: Node) -> bool:
    """Whether a node stands in code that does not parse."""
    return any(outer.type == "ERROR" for outer in ancestors(node))


def _at(jsx: Jsx, node: Node, why: str) -> str:
    line = jsx.part.text.source.line_number(jsx.span(node)[0])
    return f"{why} in {jsx.part.text.source.path}:{line}"


# -- uses


def _element(node: Node) -> Node | None:
    """The element that a name is the name of, in its opening or closing tag."""
    parent = node.parent
    if parent is None or parent.type not in ("jsx_opening_element", "jsx_closing_element", "jsx_self_closing_element"):
        return None
    if parent.child_by_field_name("name") != node:
        return None
    return parent if parent.type in ELEMENTS else parent.parent


def _objection(jsx: Jsx, element: Node) -> str:
    why = Elements((), ()).objection(Standing(jsx, element, element, None), True)
    keyed = any(row.type == "jsx_attribute" and jsx.of(row).startswith("ref") for row in attributes(element))
    return "other code holds on to the element (`ref`)" if keyed else why


def _without_call(jsx: Jsx, name: Node, text: str) -> Edit | None:
    """The edit that does without a call of a function that does nothing; None where its result, or the function itself, is used."""
    call = name.parent
    if call is not None and call.type == "arguments":
        return _without_listener(jsx, call, text)
    if call is None or call.type != "call_expression" or call.child_by_field_name("function") != name:
        return None
    arguments = call.child_by_field_name("arguments")
    if arguments is None or not all(is_pure(jsx, value) or value.type == "comment" for value in arguments.named_children):
        return None
    node = call
    for outer in ancestors(call.parent):
        guarded = outer.type == "binary_expression" and outer.child_by_field_name("right") == node and _is_guard(jsx, outer)
        if not guarded and outer.type not in ("await_expression", "parenthesized_expression") and jsx.of(outer)[:5] != "void ":
            break
        node = outer
    return _statement(jsx, node, text)


def _statement(jsx: Jsx, node: Node, text: str) -> Edit | None:
    """What takes the place of an expression whose value nothing uses."""
    parent = node.parent
    if parent is None:
        return None
    if parent.type == "arrow_function" and parent.child_by_field_name("body") == node:
        return Edit(*jsx.span(node), "{}")
    if parent.type != "expression_statement" or parent.parent is None:
        return None
    if parent.parent.type in ("program", "statement_block", "switch_case", "switch_default"):
        return Edit(*widened(text, *jsx.span(parent)))
    return Edit(*jsx.span(parent), "{}")


def _is_guard(jsx: Jsx, binary: Node) -> bool:
    left, operator = binary.child_by_field_name("left"), binary.child_by_field_name("operator")
    return operator is not None and operator.type == "&&" and left is not None and is_pure(jsx, left)


def _without_listener(jsx: Jsx, arguments: Node, text: str) -> Edit | None:
    """The edit that takes out `x.on("event", name)`."""
    call = arguments.parent
    function = call.child_by_field_name("function") if call is not None else None
    name = function.child_by_field_name("property") if function is not None else None
    if call is None or name is None or jsx.of(name) not in _LISTENING:
        return None
    return _statement(jsx, call, text) if all(is_pure(jsx, value) for value in arguments.named_children) else None
