"""The tags, clients, variables and templates of one container: each as evidence, with the code inside it."""

import re
from collections.abc import Iterator

from linter.evidence import Parameter, Span, State, Tag, Value
from linter.gtm.entries import rows_of, value_of
from linter.gtm.model import Container, Item, Scope, Template
from linter.gtm.places import ContainerPlace, Places
from linter.gtm.scope import Scopes
from linter.gtm.template_files import NOTHING, TemplateEvidence, TemplateFound, published_templates
from linter.gtm.templates import resolve
from linter.gtm.tree import Document, Node
from linter.gtm.users import Users
from linter.gtm.values import Values, references
from linter.readers.strings import emit_url, hand_on
from linter.reading import Frame, Reading
from linter.text import Slice

PERSONAL = frozenset(
    "em email email_address user_email ph phone phone_number tel fn first_name firstname ln last_name lastname full_name name_full "
    "db dob date_of_birth birthdate birthday ge gender zp zip zip_code postal_code street street_address address user_data "
    "patient_id patient_name mrn member_id insurance insurance_id sha256_email_address sha256_phone_number hashed_email".split()
)
"""Names of rows of tables (event parameters, advanced matching) under which personal data goes."""

_NAME_CELLS, _VALUE_CELLS = ("name", "parameter", "key", "fieldName"), ("value", "parameterValue")
_KNOWN_TEMPLATE = "cvt"
"""The type of tags whose template is in the container: told by what it is, not by the names of its parameters."""
_CONFIGURATIONS, _ID_KEYS = ("gaawc", "googtag"), ("measurementId", "tagId")
_SCRIPT_KEY = re.compile(r"script|src\Z|url\Z|\Ajs", re.IGNORECASE)
_ON_REQUESTS = Scope("unknown", "on the requests that it takes up")
_UNUSED = Scope("never", "never: no tag uses it")
_BREADTH = ("all-pages", "pages-matching", "event", "unknown", "never")


class ItemReader:
    """Emits what a container holds, and says in `reading.places` where it stands."""

    def __init__(self, container: Container, document: Document, frame: Frame, reading: Reading) -> None:
        self.container = container
        self.reading = reading
        self.frame = frame
        self.values = Values(container)
        self.scopes = Scopes(container)
        self.users = Users(container)
        self.templates = TemplateEvidence(reading, frame)
        self.configurations = {item.name: item for item in container.tags if item.name and item.type in _CONFIGURATIONS}
        self.permissions = published_templates(document, frame, reading) if container.published else {}

    def read(self) -> None:
        """All of the container."""
        places = self.reading.places = self.reading.places or Places()
        if self.container.id:
            places.containers.append(self.container.id)
        used: dict[int, list[str]] = {}
        for item in self.container.tags:
            template = resolve(item.type, self.container.templates) if item.type.startswith("cvt_") else None
            if template is not None:
                used.setdefault(template.index, []).append(item.name)
            self._read_item(item, self._scope(item), template)
        for child, zone in self.container.zones:
            self._read_item(zone, Scope("unknown", f"where the conditions of the zone hold, with all that {child} holds"), None, child)
        for variable in self.container.variables.values():
            self._read_variable(variable)
        for template in self.container.templates:
            if template.index not in used:
                self._read_unused(template)

    def _scope(self, item: Item) -> Scope:
        return self.scopes.of(item) if item.entity == "tag" else _ON_REQUESTS

    def _place(self, item: Item, scope: Scope, users: tuple[str, ...] = ()) -> None:
        assert self.reading.places is not None
        place = ContainerPlace(
            item.entity, self.container.id, item.pointer, item.index if item.entity == "tag" else None, item.id, item.name, item.type,
            item.paused, scope, users, self.container.published,
        )  # fmt: skip
        self.reading.places.add(item.node.span(), place, self.values)

    def _frame(self, item: Item, scope: Scope) -> Frame:
        state: State = self.frame.state
        if item.paused or (scope.where == "never" and not item.firing):
            state = "dormant"
        elif item.consent and state == "active":
            state = "consent-gated"
        span = item.node.span()
        return self.frame._replace(state=state, unit=span, block=span)

    def _template(self, item: Item, template: Template | None) -> TemplateFound:
        """What a tag's template can do; of a published copy, by the permissions that are in it."""
        if template is not None:
            return self.templates.of(template)
        return self.permissions.get(item.type, NOTHING)

    def _read_item(self, item: Item, scope: Scope, template: Template | None, child: str = "") -> None:
        self._place(item, scope)
        frame = self._frame(item, scope)
        found = self._template(item, template)
        tag = self._tag(item, frame, template.gallery if template else "", found)
        if template is not None:
            tag = tag._replace(type=_KNOWN_TEMPLATE)
        if child:
            tag = tag._replace(parameters=(Parameter("publicId", Value("text", child, tag.span), tag.span),))
        self.reading.emit(tag)
        for evidence in found.evidence:
            self.reading.emit(evidence._replace(span=tag.span, block=tag.block, unit=tag.unit, state=frame.state))
        for key, value in item.parameters.items():
            self._read_parameter(key, value, item, frame)

    def _tag(self, item: Item, frame: Frame, gallery: str, found: TemplateFound) -> Tag:
        block = item.node.span()
        parameters = tuple(self._parameters(item))
        return Tag(
            span=_type_span(item.node), block=block, unit=block, state=frame.state, via=frame.via, type=item.type, gallery=gallery,
            context=self.container.context, globals=found.globals, parameters=parameters, hosts=found.hosts,
        )  # fmt: skip

    def _parameters(self, item: Item) -> Iterator[Parameter]:
        spans = dict(_key_spans(item.node))
        for key, value in item.parameters.items():
            yield Parameter(key, self._value(value), spans.get(key, value.span()))
            for named, given in _personal_rows(value):
                yield Parameter(named.text, self._value(given), _inside(named), personal=True)
            for table in self._tables_of(value):
                for named, given in _personal_rows(table):
                    yield Parameter(named.text, self._value(given), spans.get(key, value.span()), personal=True)

    def _tables_of(self, value: Node) -> Iterator[Node]:
        """The tables of the settings variables that a parameter refers to."""
        for name in references(value.text) if value.kind == "text" else ():
            variable = self.container.variables.get(name)
            if variable is not None and variable.type in ("gtes", "gtcs"):
                yield from variable.parameters.values()

    def _value(self, node: Node) -> Value:
        if node.kind in ("array", "object"):
            items = tuple(Value("unknown", "", node.span()) for _ in (node.items if node.kind == "array" else node.entries))
            return Value("array", "", node.span(), items=items)
        values = self.values.filled(self._referenced(node))
        if len(values) == 1:
            return Value("text", values[0], node.span())
        return Value("text", node.text, node.span(), expression=node.text)

    def _referenced(self, node: Node) -> str:
        """A parameter's text; where it is the name of another tag (a configuration), the id that this one has."""
        other = self.configurations.get(node.text)
        given = [other.parameters[key].text for key in _ID_KEYS if key in other.parameters] if other is not None else []
        return given[0] if given else node.text

    def _read_parameter(self, key: str, node: Node, item: Item, frame: Frame) -> None:
        for name, leaf in _leaves(key, node):
            if self.container.published:
                from linter.gtm.published import html_parts

                text = html_parts(leaf)
            elif leaf.kind == "text" and len(leaf.text) > 3:
                text = self.values.expand(leaf.slice())
            else:
                continue
            self._read_text(name, text, item, frame)

    def _read_text(self, key: str, text: Slice, item: Item, frame: Frame) -> None:
        if not self.reading.hits(text.text):
            return
        if key == "html" and "<" in text.text:
            self.reading.read(text, "html", frame)
        elif key == "javascript" and item.entity == "variable":
            self.reading.read(text, "javascript", frame)
        elif item.type == "img" and key == "url":
            emit_url(text, "image", frame, self.reading, frame.block or (0, 0), key)
        else:
            hand_on(text, "script" if _SCRIPT_KEY.search(key) else "data", frame, self.reading, frame.block or (0, 0), key)

    def _read_variable(self, item: Item) -> None:
        code = item.parameters.get("javascript")
        if code is None or item.type != "jsm":
            return
        tags = self.users.of(item.name)
        scopes = [scope for tag in tags if (scope := self.scopes.of(tag)).where != "never"] if tags else []
        scope = min(scopes, key=lambda scope: _BREADTH.index(scope.where), default=_UNUSED)
        if self.users.in_triggers(item.name):
            scope = Scope("event", "on every event on which a trigger looks at it")
        self._place(item, scope, tuple(tag.name or f"tag {tag.id}" for tag in tags))
        self._read_parameter("javascript", code, item, self._frame(item, scope))

    def _read_unused(self, template: Template) -> None:
        found = self.templates.of(template)
        item = Item("template", template.node, template.pointer, template.index, template.id, template.name, "", {})
        self._place(item, _UNUSED)
        frame = self._frame(item, _UNUSED)
        name = template.node.get("name")
        tag = self._tag(item, frame, template.gallery, found)._replace(span=_inside(name) if name else template.node.span())
        for evidence in (tag, *found.evidence):
            self.reading.emit(evidence._replace(span=tag.span, block=tag.block, unit=tag.unit, state="dormant"))


def _personal_rows(table: Node) -> Iterator[tuple[Node, Node]]:
    """Name and value of the rows of a table that are named like personal data."""
    for row in rows_of(table):
        named = next((row[cell] for cell in _NAME_CELLS if cell in row), None)
        given = next((row[cell] for cell in _VALUE_CELLS if cell in row), None)
        if named is not None and given is not None and not PERSONAL.isdisjoint(named.text.strip().lower().split(".")):
            yield named, given


def _inside(node: Node) -> Span:
    """The span of a text without its quotes."""
    text = node.slice()
    return text.span(0, len(text)) if node.kind == "text" and len(text) else node.span()


def _type_span(node: Node) -> Span:
    """Where a tag says of what type it is; its whole object where it does not."""
    given = node.get("type") or node.get("function") or node.get("name")
    return _inside(given) if given is not None else node.span()


def _key_spans(node: Node) -> Iterator[tuple[str, Span]]:
    """Where the names of an item's parameters stand."""
    given = node.get("parameter") or node.get("parameters")
    for parameter in given.items if given is not None and given.kind == "array" else ():
        key = parameter.get("key")
        if key is not None:
            yield key.text, _inside(key)
    holder = given if given is not None and given.kind == "object" else node
    for name, (begin, end) in holder.keys.items():
        quoted = holder.document.text[begin : begin + 1] in ('"', "'")
        yield name.removeprefix("vtp_"), holder.document.span(begin + quoted, end - quoted)


def _leaves(key: str, node: Node) -> Iterator[tuple[str, Node]]:
    """The texts in a parameter's value with the nearest key, in order."""
    stack = [(key, node)]
    while stack:
        name, current = stack.pop()
        if current.kind == "array" and current.items and current.items[0].text == "template":
            yield name, current
        elif current.kind == "array":
            for entry in reversed(current.items):
                inner, given = entry.get("key"), value_of(entry)
                stack.append((inner.text if inner is not None else name, given if given is not None else entry))
        elif current.kind == "object":
            stack += [(inner, value) for inner, value in reversed(current.entries.items())]
        else:
            yield name, current
