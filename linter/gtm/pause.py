"""A copy of a container export in which the tags that send data to vendors are paused, edited at the byte."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.check import check_source
from linter.findings import Finding
from linter.gtm.export import read_export
from linter.gtm.model import Container, Item
from linter.gtm.recognise import container_format, json_begin
from linter.gtm.tree import Document, Node, parse_json
from linter.gtm.users import Users
from linter.text import NotText, Source

IMPORTABLE = ("export", "version")


class NotPausable(ValueError):
    """The file is no container export that could be imported again; the message says what it is and what to do."""


class Edit(NamedTuple):
    """`text` takes the place of source.text[begin:end]."""

    begin: int
    end: int
    text: str


class Paused(NamedTuple):
    """The copy, the tags that were paused in it, and the findings that pausing cannot reach."""

    data: bytes
    tags: tuple[Item, ...]
    left: tuple[Finding, ...]


def pause(path: str, data: bytes, rules: frozenset[str] | None = None) -> Paused:
    """Pauses every tag with a finding that would run (and is graver than a note), and every tag that runs a variable with one.

    `rules` are the rule ids that count, None for all. Raises `NotPausable`.
    """
    source, document = _read(path, data)
    container = read_export(document.root)
    tags = _offending(container, _running(check_source(path, data).findings, rules))
    copy = _applied(source, [_edit(document, tag) for tag in tags])
    return Paused(copy, tags, tuple(_running(check_source(path, copy).findings, rules)))


def _read(path: str, data: bytes) -> tuple[Source, Document]:
    try:
        source = Source(path, data)
    except NotText as why:
        raise NotPausable(f"{path}: {why}; name a container export (Admin, Export Container)") from why
    form = container_format(source.text)
    if form == "published":
        raise NotPausable(f"{path}: a copy of what Google serves cannot be imported; export the container (Admin, Export Container)")
    begin = json_begin(source.text, form) if form in IMPORTABLE else -1
    if begin < 0:
        raise NotPausable(f"{path}: this is no container export; export the container (Admin, Export Container) and name that file")
    document = parse_json(source.slice(), begin)
    if document.broken is not None:
        place = source.place(document.broken.at)
        raise NotPausable(f"{path}:{place.line}:{place.column}: the export is broken here: {document.broken.why}; export it again")
    return source, document


def _running(findings: Iterable[Finding], rules: frozenset[str] | None) -> list[Finding]:
    return [f for f in findings if f.gtm and f.state != "dormant" and f.severity != "note" and (rules is None or f.rule in rules)]


def _offending(container: Container, findings: Iterable[Finding]) -> tuple[Item, ...]:
    users = Users(container)
    by_index = {item.index: item for item in container.tags if item.entity == "tag"}
    chosen: dict[int, Item] = {}
    for finding in findings:
        place = finding.gtm
        if place is None:
            continue
        if place.index is not None:
            chosen[place.index] = by_index[place.index]
        elif place.entity == "variable":
            chosen |= {item.index: item for item in users.of(place.name)}
    return tuple(item for index, item in sorted(chosen.items()) if not item.paused)


def _edit(document: Document, tag: Item) -> Edit:
    """Sets `"paused": true`: in the place of the value there is, else behind the tag's type (or its first entry)."""
    entries, text = tag.node.entries, document.root.document.text
    given = entries.get("paused")
    if given is not None:
        return Edit(given.begin, given.end, "true")
    anchor = entries.get("type") or next(iter(entries.values()))
    first = min(begin for begin, _ in tag.node.keys.values())
    gap = text[tag.node.begin + 1 : first]
    gap = gap if not gap.strip() else " "
    return Edit(anchor.end, anchor.end, f',{gap}"paused":{_space(text, anchor)}true')


def _space(text: str, value: Node) -> str:
    """The blank space between a colon and a value, as the file writes it."""
    begin = value.begin
    while text[begin - 1].isspace():
        begin -= 1
    return text[begin : value.begin] if "\n" not in text[begin : value.begin] else " "


def _applied(source: Source, edits: Iterable[Edit]) -> bytes:
    return b"".join(_parts(source, sorted(edits)))


def _parts(source: Source, edits: Iterable[Edit]) -> Iterator[bytes]:
    at = 0
    for edit in edits:
        begin = source.byte_offset(edit.begin)
        yield source.data[at:begin]
        yield edit.text.encode(source.encoding)
        at = source.byte_offset(edit.end)
    yield source.data[at:]
