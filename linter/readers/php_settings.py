"""Settings in PHP: entries of arrays, defined constants, options that are set, overrides of a configuration."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from linter.evidence import Span, State, Value
from linter.readers.php_values import Values, argument_values, callee
from linter.readers.settings import Row, below, beside, holds_settings, tell
from linter.readers.settings_objects import MAX_BELOW, MAX_NESTING, Entry, label_of, switched
from linter.readers.settings_values import MIN_VALUE, scalar
from linter.readers.trees import ancestors, first_named, named
from linter.reading import Frame, Reading
from linter.text import HOLE

SETTERS = frozenset(
    "define update_option add_option update_site_option set_theme_mod updatevalue updateglobalvalue saveconfig setconfig set setvalue "
    "setconfigvalue savesetting setsetting update_field config_set putenv setparameter".split()
)
"""Functions (lower case) that are given the name of a setting, then its value: of PHP, WordPress, PrestaShop, Magento."""
_OUTSIDE = frozenset("env getenv".split())
_CONFIG = re.compile(
    r"(?:.*/)?(?:config|configs|settings|conf|app/etc)/[^/]+\.php|(?:.*/)?(?:[\w.-]*(?:config|settings|parameters|constants)[\w.-]*)\.php",
    re.IGNORECASE,
)


class Settings:
    """The settings of one parsed piece of PHP; each value is told once."""

    def __init__(self, values: Values, frame: Frame, reading: Reading) -> None:
        self.values = values
        self.frame = frame
        self.reading = reading
        self.path = reading.source.path
        self._told: set[Span] = set()
        self._on = holds_settings(self.path)

    def look(self, literal: Node, state: State) -> None:
        """A string with a hit: what it names is told, or what stands beside it where it says what an array is about."""
        holder = _holder(literal) if self._on and self.reading.effort(200, "settings") else None
        if holder is None:
            return
        frame = self.frame._replace(state=state) if self.frame.state == "active" else self.frame
        if holder.type == "array_element_initializer":
            self._element(holder, literal, frame)
        elif holder.type == "assignment_expression":
            self._assignment(holder, literal, frame)
        elif holder.type in ("const_element", "property_element"):
            name = named(holder, 0)
            value = named(holder, -1)
            if name is not None and value is not None and value != name:
                self._tell(below((self.values.code(name).lstrip("$"),), self._entry("", name, value, holder, 0), frame), plain=True)
        else:
            self._call(holder, literal, frame)

    def _tell(self, rows: Iterator[Row], plain: bool) -> None:
        """Emits values; `plain`: only those that are written out and not empty."""
        plain = plain or _CONFIG.fullmatch(self.path) is None
        for keys, entry, frame in rows:
            written = len(entry.value.text.strip())
            if entry.block in self._told or 0 < written < MIN_VALUE or (plain and (entry.value.expression or not written)):
                continue
            self._told.add(entry.block)
            tell(keys, entry, frame, self.reading)

    def _element(self, element: Node, literal: Node, frame: Frame) -> None:
        key, value = named(element, 0), named(element, -1)
        array = element.parent
        if key is None or value is None or array is None:
            return
        keys, frame = self._path(element, frame)
        if element.named_child_count < 2:
            self._tell(below(keys, self._entry("", value, value, element, 0), frame), plain=False)
            return
        rows = self._rows(array, 1)
        own = next((row for row in rows if row.block == self._span(element)), None)
        label = label_of(rows, self.reading.hits)
        if own is not None and label is own and key != literal:
            rows = [row for row in self._rows(array, MAX_NESTING) if row.block != own.block]
            self._tell(beside(keys, own.value.text, rows, frame), plain=False)
            return
        name = self._text(key)
        entry = self._entry(name, key, value, element, MAX_NESTING if key == literal else 0)
        if name and (key == literal or entry.value.kind not in ("object", "array")):
            self._tell(below((*keys, name), entry, switched(entry, rows, frame)), plain=False)

    def _assignment(self, node: Node, literal: Node, frame: Frame) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        inside = left.start_byte <= literal.start_byte < left.end_byte
        entry = self._entry("", left, right, node, MAX_NESTING if inside else 0)
        if inside or entry.value.kind not in ("object", "array"):
            self._tell(below(self._target(left), entry, frame), plain=not inside)

    def _call(self, call: Node, literal: Node, frame: Frame) -> None:
        """`define('NAME', value)`, `update_option('name', value)`, `env('NAME', default)` that is no entry's value."""
        arguments = argument_values(call)
        if len(arguments) < 2 or arguments[0] != literal or callee(call, self.values) not in SETTERS | _OUTSIDE:
            return
        name = self._text(literal)
        keys = tuple(part for part in name.split("/") if part) if "/" in name else (name,)
        entry = self._entry(name, literal, arguments[1], call, MAX_NESTING)
        self._tell(below(keys, entry, frame), plain=callee(call, self.values) != "define")

    # -- where an entry stands

    def _path(self, element: Node, frame: Frame) -> tuple[tuple[str, ...], Frame]:
        """The keys above an element of an array, outermost first; of a file that returns its configuration its name is one."""
        keys: list[str] = []
        node = element
        for outer in ancestors(element.parent):
            if outer.type == "array_element_initializer":
                key = named(outer, 0)
                if outer.named_child_count == 2 and key is not None:
                    keys.insert(0, self._text(key))
                array = outer.parent
                if array is not None and key is not None:
                    rows = self._rows(array, 0)
                    own = next((row for row in rows if row.block == self._span(outer)), None)
                    frame = frame if own is None else switched(own, rows, frame)
                node = outer
            elif outer.type in ("assignment_expression", "const_element", "property_element"):
                name = outer.child_by_field_name("left") or named(outer, 0)
                keys[:0] = self._target(name) if name is not None else ()
                break
            elif outer.type == "return_statement":
                keys.insert(0, self.path.rpartition("/")[2].partition(".")[0])
                break
            elif outer.type == "arguments":
                called = outer.parent
                first = argument_values(called)[:1] if called is not None else []
                if first and first[0].type == "string" and first[0].end_byte < node.start_byte:
                    keys.insert(0, self._text(first[0]))
                break
            elif outer.type.endswith("_statement"):
                break
        return tuple(key for key in keys if key)[-8:], frame

    def _target(self, left: Node) -> tuple[str, ...]:
        """What is assigned, as keys: the subscripts of an array with its name, a variable, a property."""
        keys: list[str] = []
        node: Node | None = left
        for _ in range(8):
            if node is None or node.type != "subscript_expression":
                break
            index = named(node, 1)
            keys.insert(0, self._text(index) if index is not None else "")
            node = named(node, 0)
        if node is not None:
            keys.insert(0, self.values.code(node).rpartition("->")[2].rpartition("::")[2].strip("$&"))
        return tuple(key for key in keys if key)

    # -- entries and values

    def _span(self, node: Node) -> Span:
        return self.values.text.span(*self.values.span(node))

    def _text(self, node: Node) -> str:
        if node.type in ("string", "encapsed_string"):
            return self.values.code(node)[1:-1][:120]
        return self.values.code(node).rpartition("::")[2][:120]

    def _rows(self, array: Node, nesting: int) -> list[Entry]:
        rows = []
        for element in first_named(array, MAX_BELOW):
            key, value = named(element, 0), named(element, -1)
            if element.type != "array_element_initializer" or key is None or value is None or not self.reading.effort(60, "settings"):
                continue
            rows.append(self._entry(self._text(key) if element.named_child_count == 2 else "", key, value, element, nesting))
        return rows

    def _entry(self, key: str, name: Node, value: Node, holder: Node, nesting: int) -> Entry:
        entry = Entry(key, self._span(name), self._span(holder), Value("array", "", self._span(value)))
        if value.type == "array_creation_expression":
            rows = tuple(self._rows(value, nesting - 1)) if nesting > 0 else ()
            keyed = any(row.key for row in rows)
            return entry._replace(entries=rows, value=entry.value._replace(kind="object") if keyed else entry.value)
        return entry._replace(value=self._scalar(value))

    def _scalar(self, node: Node) -> Value:
        kind = node.type
        if kind in ("string", "encapsed_string", "integer"):
            text = self.values.value(node)
            return scalar(text)
        if kind in ("boolean", "null"):
            return Value("text", self.values.code(node).lower(), self._span(node))
        if kind == "function_call_expression" and callee(node, self.values) in _OUTSIDE:
            return self._default(node, argument_values(node)[1:2])
        if kind == "binary_expression" and self._is_choice(node):
            right = node.child_by_field_name("right")
            return self._default(node, [right] if right is not None else [])
        return Value("unknown", self.values.code(node)[:80], self._span(node))

    def _default(self, node: Node, given: Sequence[Node]) -> Value:
        """What comes from the environment: its default where one is written out, else the code."""
        default = self._scalar(given[0]) if given and given[0].type in ("string", "encapsed_string", "integer") else None
        if default is not None and default.text.strip() and HOLE not in default.text:
            return default
        code = self.values.code(node)[:80]
        return Value("text", code, self._span(node), expression=code)

    def _is_choice(self, node: Node) -> bool:
        operator = node.child_by_field_name("operator")
        return operator is not None and self.values.code(operator) in ("??", "?:", "||")


def _holder(literal: Node) -> Node | None:
    """The array element, assignment, constant or call whose name or value a string is, or is a part of."""
    for node in ancestors(literal.parent):
        kind = node.type
        if kind in ("array_element_initializer", "assignment_expression", "const_element", "property_element"):
            return node
        if kind in ("function_call_expression", "scoped_call_expression", "member_call_expression"):
            above = node.parent
            if above is not None and above.type in ("array_element_initializer", "assignment_expression", "binary_expression"):
                continue
            return node
        if kind not in ("argument", "arguments", "subscript_expression", "binary_expression", "parenthesized_expression"):
            return None
    return None
