"""One parsed script: its code, names and frame, and how it gives evidence."""

from tree_sitter import Node

from linter.evidence import Assignment, Call, Element, Import, Span, Value
from linter.readers.js_arguments import value_of
from linter.readers.js_context import placed
from linter.readers.js_markup import jsx_name
from linter.readers.js_names import Names
from linter.readers.js_values import Code
from linter.readers.settings_objects import Entry
from linter.reading import Frame, Reading

NAMES = frozenset("identifier property_identifier shorthand_property_identifier jsx_namespace_name private_property_identifier".split())
"""Node types of names."""
_STRINGIFY = "JSON.stringify("


class Script:
    """What the looks at one parsed slice share. Each node is looked at once in each way."""

    def __init__(self, code: Code, frame: Frame, reading: Reading) -> None:
        self.code = code
        self.frame = frame
        self.reading = reading
        self.names = Names(code)
        self.commented_until = -1
        """Where the last comment that was looked at ends; hits come in order."""
        self.told: set[Span] = set()
        """The values that were told as settings."""
        self.beside: dict[tuple[int, int], list[Entry]] = {}
        """The entries of objects, without what is below them, by where the objects stand."""
        self._done: set[tuple[str, int, int]] = set()

    @property
    def unit(self) -> Span:
        """The source span of the script that evidence belongs to."""
        return self.frame.unit or (0, 0)

    def first(self, what: str, node: Node) -> bool:
        """Whether this is the first look at the node as `what`."""
        key = (what, node.start_byte, node.end_byte)
        if key in self._done:
            return False
        self._done.add(key)
        return True

    def tell_import(self, package: str, literal: Node) -> None:
        """`package` is imported by the string `literal`."""
        begin, end = self.code.span(literal)
        frame = placed(literal, self.code, self.frame)
        block = frame.block or (begin, end)
        self.reading.emit(
            Import(
                span=(begin + 1, end - 1), block=block, unit=self.unit, state=frame.state, via=frame.via, package=package, ecosystem="npm"
            )
        )

    def tell_call(self, path: str, call: Node, args: tuple[Value, ...]) -> None:
        """The function named `path` is called by `call`."""
        frame, span = placed(call, self.code, self.frame), self.code.span(call)
        block = frame.block or span
        self.reading.emit(Call(span=span, block=block, unit=self.unit, state=frame.state, via=frame.via, name=path, args=args))

    def tell_assignment(self, name: str, value: Node, whole: Node) -> None:
        """`name` is assigned `value` by the assignment or declarator `whole`."""
        frame, span = placed(whole, self.code, self.frame), self.code.span(whole)
        block = frame.block or span
        given = value_of(self.code, value)
        self.reading.emit(Assignment(span=span, block=block, unit=self.unit, state=frame.state, via=frame.via, name=name, value=given))

    def tell_element(self, tag: Node) -> None:
        """The JSX element of the opening or self-closing tag `tag` stands here."""
        if not self.first("element", tag):
            return
        frame, span = placed(tag, self.code, self.frame), self.code.span(tag)
        whole = tag.parent if tag.parent is not None and tag.parent.type == "jsx_element" else tag
        attributes = tuple(self._attribute(child) for child in tag.named_children if child.type == "jsx_attribute" and child.named_children)
        block, name = self.code.span(whole), jsx_name(tag, self.code)
        config = self._json(whole) if name == "amp-analytics" else None
        attributes += (("json", config),) if config is not None else ()
        self.reading.emit(
            Element(span=span, block=block, unit=self.unit, state=frame.state, via=frame.via, name=name, attributes=attributes)
        )

    def _json(self, element: Node) -> Value | None:
        """The object that a script in an element gets by `JSON.stringify({...})`."""
        at = self.code.of(element).find(_STRINGIFY)
        begin = element.start_byte + at + len(_STRINGIFY)
        node = self.code.at(begin, begin + 1) if at >= 0 else None
        return value_of(self.code, node) if node is not None and node.type in ("object", "identifier") else None

    def _attribute(self, attribute: Node) -> tuple[str, Value]:
        name = self.code.of(attribute.named_children[0])
        if len(attribute.named_children) < 2:
            return name, Value("text", "", self.code.span(attribute))
        value = attribute.named_children[1]
        if value.type == "jsx_expression" and value.named_children:
            value = value.named_children[0]
        return name, value_of(self.code, value)
