"""Settings in data files: JSON and YAML as trees, TOML and `name = value` files by lines."""

import re
from collections.abc import Iterator, Sequence

from linter.evidence import Value
from linter.gtm.nodes import Node
from linter.readers.settings import Near, assigned, below, beside, holds_settings, shopify_app, tell, tell_all
from linter.readers.settings_objects import MAX_BELOW, MAX_NESTING, Entry, is_firebase, is_form_field, label_of, switched
from linter.readers.settings_values import scalar
from linter.reading import Frame, Reading
from linter.text import Slice

MAX_VALUE = 4_000
"""Characters of a value as written; longer ones are code or prose, which other readers look at."""
MAX_TREE = 4_000_000
"""Characters of a JSON or YAML document whose settings are looked for."""
MAX_DEPTH = 40
_NAMED = re.compile(r"(?:\A|/)(\w+\.settings)\.yml\Z")
"""Settings of a Drupal module, which the file is named after."""
_NUMBER = re.compile(r"\d{1,7}")


def read(text: Slice, dialect: str, frame: Frame, reading: Reading) -> None:
    """Emits the settings of a document in `dialect` ("json", "yaml", "toml" or "eno")."""
    hits = reading.hits(text.text)
    if not hits or not holds_settings(reading.source.path):
        return
    near = Near(hits)
    if dialect in ("toml", "eno"):
        from linter.readers.settings_lines import lines

        lines(text, dialect, near, frame, reading)
        return
    if len(text.text) > MAX_TREE:
        reading.notice(f"a data document of more than {MAX_TREE} characters: settings in it were not looked for")
        return
    if dialect == "yaml":
        from linter.gtm.yaml_tree import parse_yaml as parse
    else:
        from linter.gtm.tree import parse_json as parse
    document = _Document(text, near, frame, reading)
    root = parse(text).root
    document.walk(root, ())
    named = _NAMED.search(reading.source.path)
    if dialect == "yaml" and named is not None and len(frame.via) == 1:
        document.named(root, named[1])


class _Document:
    """The walk through one tree, along its hits."""

    def __init__(self, text: Slice, near: Near, frame: Frame, reading: Reading) -> None:
        self.text = text
        self.near = near
        self.frame = frame
        self.reading = reading
        self._seen: set[int] = set()

    def walk(self, node: Node, keys: tuple[str, ...], depth: int = 0, frame: Frame | None = None) -> None:
        """Looks at what a node holds; an aliased one is looked at once."""
        frame = frame or self.frame
        if id(node) in self._seen or depth > MAX_DEPTH or self.reading.at_end():
            return
        if node.kind == "object":
            self._seen.add(id(node))
            self._object(node, keys, depth, frame)
        elif node.kind == "array":
            self._seen.add(id(node))
            self._array(node, keys, depth, frame)

    def named(self, node: Node, name: str) -> None:
        """The scalars of a document under the name of its file; those with hits were told already."""
        for key, child in list(node.entries.items())[:MAX_BELOW]:
            if child.kind not in ("object", "array") and not self.near(node.keys.get(key, (child.begin, 0))[0], child.end):
                tell((name, key), self._entry(node, key, child, 0), self.frame, self.reading)

    def _object(self, node: Node, keys: tuple[str, ...], depth: int, frame: Frame) -> None:
        found = [(key, child) for key, child in node.entries.items() if self.near(node.keys.get(key, (child.begin, 0))[0], child.end)]
        if not found:
            return
        siblings = [self._entry(node, key, child, 0) for key, child in list(node.entries.items())[:MAX_BELOW]]
        label = label_of(siblings, self.reading.hits)
        if label is not None:
            shopify_app(label, siblings, frame, self.reading)
            self._labelled(node, label, keys, frame)
            return
        if is_form_field(siblings):
            return
        keys = (*keys, "firebase") if is_firebase(siblings) else keys
        for key, child in found:
            entry = self._entry(node, key, child)
            inner = switched(entry, siblings, frame)
            if self.near(*node.keys.get(key, (0, 0))):
                tell_all(below((*keys, key), entry, inner), self.reading)
            elif entry.value.kind in ("object", "array"):
                self.walk(child, (*keys, key), depth + 1, inner)
            else:
                tell((*keys, key), entry, inner, self.reading)

    def _labelled(self, node: Node, label: Entry, keys: tuple[str, ...], frame: Frame) -> None:
        rows = [self._entry(node, key, child) for key, child in list(node.entries.items())[:MAX_BELOW] if key != label.key]
        tell_all(beside(keys, label.value.text, rows, frame), self.reading)

    def _array(self, node: Node, keys: tuple[str, ...], depth: int, frame: Frame) -> None:
        items = node.items
        if len(items) > 3 and depth == 0 and _is_flat(items):
            self._flat(items, frame)
            return
        if len(items) == 2 and items[0].kind == "text" and _is_tuple(items[1]) and self.near(items[0].begin, items[0].end):
            label = items[0].text
            rows = [self._entry(items[1], key, child) for key, child in list(items[1].entries.items())[:MAX_BELOW]]
            tell_all(beside(keys, label, rows, frame), self.reading)
            return
        for item in items:
            if not self.near(item.begin, item.end):
                continue
            if item.kind in ("object", "array"):
                self.walk(item, keys, depth + 1, frame)
            else:
                entry = Entry("", item.span(), item.span(), _value(item))
                given = assigned(entry, item.slice()) if item.kind == "text" else None
                if given is not None:
                    tell((*keys, given.key), given, frame, self.reading)
                else:
                    tell(keys, entry, frame, self.reading)

    def _flat(self, items: Sequence[Node], frame: Frame) -> None:
        """A flattened payload (`[{"name": 1, "code": 2}, "pixel", "123"]`): numbers in its objects say which item is meant."""
        for item in items:
            if item.kind != "object" or not item.entries:
                continue
            rows = []
            for key, child in list(item.entries.items())[:MAX_BELOW]:
                number = int(child.text) if _NUMBER.fullmatch(child.text) else len(items)
                meant = items[number] if number < len(items) else child
                if meant.kind not in ("object", "array"):
                    rows.append((key, meant))
            if not any(self.near(*item.keys[key]) or self.near(meant.begin, meant.end) for key, meant in rows):
                continue
            entries = [Entry(key, meant.span(), meant.span(), _value(meant)) for key, meant in rows]
            label = label_of(entries, self.reading.hits)
            for row, (key, meant) in zip(entries, rows, strict=True):
                if label is not None and row is not label:
                    tell_all(beside((), label.value.text, [row], frame), self.reading)
                elif self.near(*item.keys[key]) or self.near(meant.begin, meant.end):
                    tell((key,), row, frame, self.reading)

    def _entry(self, node: Node, key: str, child: Node, nesting: int = MAX_NESTING) -> Entry:
        """An entry of an object, with what is below it."""
        begin, end = node.keys.get(key, (child.begin, child.begin))
        quoted = self.text.text[begin : begin + 1] in ('"', "'")
        name = self.text.span(begin + 1, end - 1) if quoted else self.text.span(begin, end)
        block = (self.text.span(begin, begin)[0], max(child.span()[1], name[1]))
        return _filled(Entry(key, name, block, Value("object", "", child.span())), child, nesting)


def _filled(entry: Entry, node: Node, nesting: int) -> Entry:
    if node.kind not in ("object", "array"):
        return entry._replace(value=_value(node))
    kind = Value("object" if node.kind == "object" else "array", "", node.span())
    return entry._replace(value=kind, entries=tuple(_below(node, nesting)) if nesting else ())


def _below(node: Node, nesting: int) -> Iterator[Entry]:
    for key, child in list(node.entries.items())[:MAX_BELOW]:
        name = child.document.span(*node.keys.get(key, (child.begin, child.begin)))
        yield _filled(Entry(key, name, (name[0], max(child.span()[1], name[1])), Value("object", "", name)), child, nesting - 1)
    for child in node.items[:MAX_BELOW]:
        yield _filled(Entry("", child.span(), child.span(), Value("object", "", child.span())), child, nesting - 1)


def _value(node: Node) -> Value:
    """The value of a scalar; a text that is far too long for a setting is not decoded for it."""
    return scalar(node.slice()) if node.end - node.begin <= MAX_VALUE else Value("unknown", "", node.span())


def _is_tuple(options: Node) -> bool:
    """Whether an object behind a name in a list of two holds its options, and is not the next one of a list."""
    return options.kind == "object" and "resolve" not in options.entries


def _is_flat(items: Sequence[Node]) -> bool:
    """Whether all values of the first object of a list are numbers of its items."""
    first = next((item for item in items if item.kind == "object" and item.entries), None)
    return first is not None and all(_NUMBER.fullmatch(child.text) or child.text == "-1" for child in first.entries.values())
