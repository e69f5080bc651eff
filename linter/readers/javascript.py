"""JavaScript, TypeScript, JSX and TSX: seeks from literal hits into a syntax tree and tells what is called, loaded or written there.

Rejected: whole-tree queries (minutes on hostile or generated code) and regular expressions over the text (no strings,
scopes or comments). One grammar, TSX, reads JavaScript too: over 714 real files it failed on two more than the
JavaScript grammar, and only there where it stood.
"""

import re

from tree_sitter import Node

from linter.evidence import Assignment, Call, Element, Import, Library, Span, Value
from linter.reading import Frame, Reading, url_evidence
from linter.readers.strings import content_of, is_loading_markup
from linter.readers.js_context import jsx_script, placed
from linter.readers.js_names import Names, callee_of, outermost_link, promised_names
from linter.readers.js_uses import Use, jsx_name, use_of
from linter.readers.js_values import Code
from linter.readers.js_wrappers import wrapped_calls
from linter.readers.trees import parse
from linter.text import Slice

MAX_WHOLE = 1_500_000
"""Characters; in a longer text only the parts around hits are parsed."""
_WINDOW = 30_000
_TEXTS = frozenset("string string_fragment template_string escape_sequence template_literal_type jsx_text".split())
_NAMES = frozenset("identifier property_identifier shorthand_property_identifier jsx_namespace_name private_property_identifier".split())
_FOLDS = frozenset("binary_expression template_substitution template_string parenthesized_expression as_expression satisfies_expression".split())
_DECODING = re.compile(r"(?:atob|unescape|decodeURIComponent|decodeURI|fromCharCode|concat|join|trim)\Z")
_PROSE_LINE = re.compile(
    r"\s*\*?\s*(?!(?:var|let|const|return|if|new|function|else|await|async|import|export|typeof|throw|void|try)\b)[A-Za-z][\w'’-]*[,:]? +(?:[A-Za-z(`'\"][\w'’`\"-]*)"
)


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads JavaScript, JSX or TSX."""
    _read(text, frame, reading, "tsx")


def read_typescript(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads TypeScript without JSX (angle-bracket casts). Declaration files hold types only and give nothing."""
    if not reading.source.path.endswith((".d.ts", ".d.mts", ".d.cts")):
        _read(text, frame, reading, "typescript")


def _read(text: Slice, frame: Frame, reading: Reading, grammar: str) -> None:
    hits = reading.hits(text.text)
    if not hits:
        return
    frame = frame if frame.unit else frame._replace(unit=text.span(0, len(text)))
    if frame.element in ("", "script") and frame.state == "active":
        first = text.span(*hits[0])
        reading.emit(Library(span=first, block=frame.block or first, unit=frame.unit or first, state=frame.state, via=frame.via, literals=reading.present(text.text)))
    for begin, end in _windows(text.text, hits):
        part = text if (begin, end) == (0, len(text)) else text.cut(begin, end)
        tree = parse(part.text, grammar, reading)
        if tree is not None:
            _Script(Code(part, tree), frame, reading).read()


def _windows(text: str, hits: list[Span]) -> list[Span]:
    """What to parse: everything, or in a very long text the lines or statements around the hits."""
    if len(text) <= MAX_WHOLE:
        return [(0, len(text))]
    windows: list[Span] = []
    for begin, end in hits:
        start = max(text.rfind("\n", 0, max(begin - _WINDOW, 0)), text.rfind(";", 0, max(begin - _WINDOW, 0))) + 1
        start = max(start, begin - 2 * _WINDOW, 0)
        stop = min(end + _WINDOW, len(text))
        if windows and start <= windows[-1][1]:
            if stop - windows[-1][0] <= MAX_WHOLE:
                windows[-1] = (windows[-1][0], stop)
            continue
        windows.append((start, stop))
    return windows[:40]


class _Script:
    """The reading of one parsed slice."""

    def __init__(self, code: Code, frame: Frame, reading: Reading) -> None:
        self.code = code
        self.frame = frame
        self.reading = reading
        self.names = Names(code)
        self._done: set[tuple[str, int, int]] = set()

    def read(self) -> None:
        """Looks at every hit: imports first, since they say what local names stand for."""
        nodes = [node for hit in self.reading.hits(self.code.text) for node in self._nodes(*hit)]
        for node in nodes:
            self._import(node)
        for node in nodes:
            self._look(node)

    def _nodes(self, begin: int, end: int) -> list[Node]:
        """The leaves at both ends of a hit: a literal may span a name, a bracket and a string."""
        found = [node for node in (self.code.at(begin, begin + 1), self.code.at(end - 1, end)) if node is not None]
        return found[:1] if len(found) == 2 and found[0] == found[1] else found

    def _first(self, what: str, node: Node) -> bool:
        """Whether this is the first look at the node as `what`."""
        key = (what, node.start_byte, node.end_byte)
        if key in self._done:
            return False
        self._done.add(key)
        return True

    def _look(self, node: Node) -> None:
        if node.type in ("comment", "html_comment"):
            self._comment(node)
        elif node.type in _NAMES:
            self._name(node)
        elif node.type in _TEXTS or node.type in ("arguments", "array", "number"):
            self._text(node)
            self._argument(node)
            self._key(node)

    # -- imports and aliases

    def _import(self, node: Node) -> None:
        if node.type in ("string_fragment", "string"):
            literal = node if node.type == "string" else node.parent
            if literal is not None and literal.parent is not None:
                self._import_from(literal, literal.parent)
        elif node.type == "property_identifier" or node.type == "identifier":
            self._alias(node)

    def _import_from(self, literal: Node, parent: Node) -> None:
        package = self.code.of(literal).strip("'\"`")
        statement: Node | None = None
        followed: list[str] = []
        if parent.type in ("import_statement", "export_statement"):
            if any(child.type == "type" for child in parent.children) or not self._first("import", literal):
                return
            statement = parent
        elif parent.type == "arguments" and parent.parent is not None:
            function = parent.parent.child_by_field_name("function")
            if function is None or self.code.of(function) not in ("require", "import") or not self._first("import", literal):
                return
            statement = self._declarator(parent.parent)
            for name in promised_names(parent.parent, self.code):
                self.names.aliases[name] = f"{package}#"
                followed.append(name)
        else:
            return
        if package.startswith((".", "/")) or "://" in package or package.startswith("//"):
            return
        self._emit_import(package, literal)
        if statement is not None:
            followed += self.names.add_import(statement, package)
        for name in followed:
            self._follow(name)

    def _declarator(self, node: Node) -> Node | None:
        current: Node | None = node
        for _ in range(6):
            if current is None or current.type == "variable_declarator":
                return current
            current = current.parent
        return None

    def _emit_import(self, package: str, literal: Node) -> None:
        begin, end = self.code.span(literal)
        frame = placed(literal, self.code, self.frame)
        self.reading.emit(
            Import(span=(begin + 1, end - 1), block=frame.block or (begin, end), unit=self._unit(), state=frame.state, via=frame.via, package=package, ecosystem="npm")
        )

    def _alias(self, node: Node) -> None:
        """`const fb = window.fbq`: what is called `fb` here is `fbq`."""
        path = outermost_link(node)
        parent = path.parent
        if parent is None or parent.type != "variable_declarator" or parent.child_by_field_name("value") != path:
            return
        target, full = parent.child_by_field_name("name"), self.names.path(path)
        if target is None or target.type != "identifier" or full is None or len(self.code.of(target)) < 2:
            return
        name = self.code.of(target)
        if name not in self.names.aliases and name != full:
            self.names.aliases[name] = full
            self._follow(name)

    def _follow(self, name: str) -> None:
        for begin, end in self.names.uses(name):
            node = self.code.at(begin, end)
            if node is not None and node.type in _NAMES:
                self._name(node)

    def _key(self, node: Node) -> None:
        """A string that is a name: `window["_fs_org"]`."""
        literal = node.parent if node.type == "string_fragment" else node
        if literal is not None and literal.parent is not None and literal.parent.type == "subscript_expression":
            self._name(literal)

    def _argument(self, node: Node) -> None:
        """A string told by its text alone (`'setIdentity'`): the call that it is an argument of, alone or in a command array."""
        while node.type in ("string_fragment", "escape_sequence", "string", "array") and node.parent is not None:
            node = node.parent
        call = node.parent if node.type == "arguments" else None
        callee = (call.child_by_field_name("function") or call.child_by_field_name("constructor")) if call is not None else None
        path = self.names.path(callee) if callee is not None else None
        if call is not None and path is not None and self._first("call", call):
            self._call(path, call)

    # -- names

    def _name(self, node: Node) -> None:
        called = callee_of(node)
        if called is not None:
            callee, call = called
            path = self.names.path(callee)
            if path is not None and self._first("call", call):
                self._call(path, call)
            return
        parent = node.parent
        if parent is not None and parent.type in ("jsx_opening_element", "jsx_self_closing_element") and parent.child_by_field_name("name") == node:
            self._element(parent)
            return
        path_node = outermost_link(node)
        self._assigned(path_node)

    def _call(self, path: str, call: Node) -> None:
        arguments = call.child_by_field_name("arguments")
        values = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
        self._emit_call(path, call, tuple(self.code.value(value) for value in values))
        for site, args in wrapped_calls(call, values, self.code):
            if self._first("call", site):
                self._emit_call(path, site, args)

    def _emit_call(self, path: str, call: Node, args: tuple[Value, ...]) -> None:
        frame = placed(call, self.code, self.frame)
        span = self.code.span(call)
        self.reading.emit(Call(span=span, block=frame.block or span, unit=self._unit(), state=frame.state, via=frame.via, name=path, args=args))

    def _assigned(self, target: Node) -> None:
        parent = target.parent
        if parent is None:
            return
        if parent.type == "assignment_expression" and parent.child_by_field_name("left") == target:
            value, name = parent.child_by_field_name("right"), self.names.path(target)
        elif parent.type == "variable_declarator" and parent.child_by_field_name("name") == target:
            value, name = parent.child_by_field_name("value"), self.code.of(target)
        else:
            return
        if value is None or name is None or not self._first("assignment", parent):
            return
        frame, span = placed(parent, self.code, self.frame), self.code.span(parent)
        self.reading.emit(
            Assignment(span=span, block=frame.block or span, unit=self._unit(), state=frame.state, via=frame.via, name=name, value=self.code.value(value))
        )

    def _element(self, tag: Node) -> None:
        if not self._first("element", tag):
            return
        frame, span = placed(tag, self.code, self.frame), self.code.span(tag)
        whole = tag.parent if tag.parent is not None and tag.parent.type == "jsx_element" else tag
        attributes = tuple(self._attribute(child) for child in tag.named_children if child.type == "jsx_attribute" and child.named_children)
        self.reading.emit(
            Element(span=span, block=self.code.span(whole), unit=self._unit(), state=frame.state, via=frame.via, name=jsx_name(tag, self.code), attributes=attributes)
        )

    def _attribute(self, attribute: Node) -> tuple[str, Value]:
        name = self.code.of(attribute.named_children[0])
        if len(attribute.named_children) < 2:
            return name, Value("text", "", self.code.span(attribute))
        value = attribute.named_children[1]
        if value.type == "jsx_expression" and value.named_children:
            value = value.named_children[0]
        return name, self.code.value(value)

    def _unit(self) -> Span:
        return self.frame.unit or (0, 0)

    # -- texts

    def _text(self, node: Node) -> None:
        top = self._whole(node)
        if top is None or not self._first("text", top):
            return
        text = self.code.text_of(top)
        if text is None or not self.reading.hits(text.text):
            return
        use = use_of(top, self.code, self.names)
        self._tell_text(text, top, use)
        if use.element is not None and jsx_name(use.element, self.code) in ("meta", "amp-analytics"):
            self._element(use.element)

    def _whole(self, node: Node) -> Node | None:
        """The expression that a text is the constant part of: its concatenation, template or decoding call."""
        while node.type in ("string_fragment", "escape_sequence") and node.parent is not None:
            node = node.parent
        if node.type == "jsx_text" or node.type == "template_literal_type":
            return None
        for _ in range(60):
            parent = node.parent
            if parent is None:
                return node
            if parent.type == "binary_expression" and not self._adds(parent):
                return node
            if parent.type in ("arguments", "array") and parent.parent is not None:
                call = parent.parent if parent.type == "arguments" else None
                if call is not None and self._decodes(call):
                    node = call
                    continue
                return node
            if parent.type == "call_expression" and (node.type == "arguments" or self._decodes(parent)) and self._decodes(parent):
                node = parent
                continue
            if parent.type == "member_expression" and parent.parent is not None and parent.parent.type == "call_expression" and self._decodes(parent.parent):
                node = parent.parent
                continue
            if parent.type not in _FOLDS:
                return node
            node = parent
        return node

    def _adds(self, binary: Node) -> bool:
        operator = binary.child_by_field_name("operator")
        return operator is not None and operator.type == "+"

    def _decodes(self, call: Node) -> bool:
        function = call.child_by_field_name("function")
        return function is not None and _DECODING.search(self.code.of(function)[-20:]) is not None

    def _tell_text(self, text: Slice, top: Node, use: Use) -> None:
        content = content_of(text.text)
        frame = placed(top, self.code, self.frame)
        if use.element is not None:
            frame = jsx_script(use.element if use.element.type != "jsx_element" else use.element.child_by_field_name("open_tag"), self.code, frame)
            block = self.code.span(use.element.parent if use.element.type == "jsx_opening_element" and use.element.parent is not None else use.element)
            frame = frame if frame.noscript else frame._replace(block=block, unit=block)
        inner = frame._replace(unit=self.code.span(top), via=(*frame.via, "string"))
        if content == "markup" and use.writes and is_loading_markup(text.text):
            self.reading.read(text, "html", inner._replace(unit=None, element="", block=None))
        elif content == "script" and use.runs or (use.runs and not use.writes and use.role is None):
            self.reading.read(text, "javascript", inner._replace(element="script"))
        elif content == "address" and use.role is not None:
            self.reading.emit(url_evidence(text, use.role, frame, key=use.key))

    # -- comments

    def _comment(self, node: Node) -> None:
        """Commented-out code: consecutive line comments are read as one text, prose lines are left out."""
        first, last = node, node
        if self.code.of(node).startswith("//"):
            first, last = _comment_block(node)
        if not self._first("comment", first):
            return
        text = self.code.slice.cut(first.start_byte, last.end_byte)
        code = text.mask(_without_marks(text.text))
        if content_of(code.text) == "markup":
            self.reading.read(code, "html", self.frame.dormant()._replace(element="", unit=None))
        else:
            self.reading.read(code, "javascript", self.frame.dormant()._replace(element="comment", block=text.span(0, len(text))))


def _comment_block(node: Node) -> tuple[Node, Node]:
    """The first and last of the line comments that stand directly under one another around `node`."""
    first = last = node
    for _ in range(200):
        before = first.prev_sibling
        if before is None or before.type != "comment" or first.start_point.row - before.end_point.row != 1:
            break
        first = before
    for _ in range(200):
        after = last.next_sibling
        if after is None or after.type != "comment" or after.start_point.row - last.end_point.row != 1:
            break
        last = after
    return first, last


def _without_marks(text: str) -> list[tuple[int, int, str]]:
    """What to blank in a comment so that its code is left: comment marks, and whole lines of prose."""
    spans: list[tuple[int, int, str]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        mark = re.match(r"\s*(?://+|/\*+|\*+/?|<!--)?", body)
        length = mark.end() if mark is not None else 0
        if _PROSE_LINE.match(body[length:]):
            length = len(body)
        elif body.endswith("*/"):
            if length < len(body) - 2:
                spans.append((at, at + length, " "))
                spans.append((at + len(body) - 2, at + len(body), " "))
            else:
                spans.append((at, at + len(body), " "))
            at += len(line)
            continue
        spans.append((at, at + length, " "))
        at += len(line)
    return spans
