"""Tag Manager containers in every form they are saved in: exports, copies of what Google serves, templates."""

from linter.evidence import Library, Parameter, Tag, Value
from linter.gtm.export import read_export
from linter.gtm.items import ItemReader
from linter.gtm.model import Container, Scope
from linter.gtm.places import ContainerPlace, Places
from linter.gtm.recognise import container_format, json_begin
from linter.gtm.tree import Document, parse_json
from linter.gtm.values import Values
from linter.reading import Frame, Reading
from linter.text import Slice

_OF_GTAG = ("ogt_", "ccd_", "gct", "rep", "set_product_settings", "asprv", "googtag")
_ANYWHERE = Scope("unknown", "on every page that loads this copy")
BROKEN = "broken-container"
"""The `type` of the tag evidence that stands where an export is broken."""


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads the container in `text`, and what stands around it as the file's name says."""
    form = frame.dialect or container_format(text.text)
    if form == "template":
        from linter.gtm.template_files import read_template_file

        read_template_file(text, frame, reading)
        return
    document, begin = _document(text, form)
    if document is None or not _read_container(text, form, document, frame, reading):
        _read_as_named(text, frame, reading)
        return
    if form != "published":  # around what is published stands Google's library
        _read_as_named(text.mask([(begin, document.end, " ")]), frame, reading, rest=True)


def _document(text: Slice, form: str) -> tuple[Document | None, int]:
    if form == "yaml":
        from linter.gtm.yaml_tree import parse_yaml

        return parse_yaml(text), 0
    begin = json_begin(text.text, form) if form else -1
    return (parse_json(text, begin), begin) if begin >= 0 else (None, 0)


def _read_container(text: Slice, form: str, document: Document, frame: Frame, reading: Reading) -> bool:
    in_prose = reading.source.path.lower().endswith((".md", ".markdown", ".mdx", ".rst"))
    if document.broken is not None and (in_prose or form == "published"):
        return False
    if form == "published":
        from linter.gtm.published import read_published

        container = read_published(text, document)
        if container is None:
            return False
        if not container.id.startswith("GTM-") and all(item.type.startswith(_OF_GTAG) for item in container.tags):
            read_gtag_copy(container, text, document, frame, reading)
            return True
        _emit_copy(text, document, frame, reading)
    else:
        container = read_export(document.root, document.broken is not None)
    if document.broken is not None:
        _tell_broken(text, document, frame, reading)
    reading.places = reading.places or Places()
    ItemReader(container, document, frame, reading).read()
    return True


def _emit_copy(text: Slice, document: Document, frame: Frame, reading: Reading) -> None:
    """A copy of what Google serves is told by the literals in it, whatever its tags are."""
    key = document.root.keys.get("resource", (document.root.begin, document.root.begin + 1))
    span, whole = text.span(*key), text.span(0, len(text))
    literals = reading.present(text.text)
    reading.emit(Library(span=span, block=whole, unit=whole, state=frame.state, via=frame.via, literals=literals))


def read_gtag_copy(container: Container, text: Slice, document: Document, frame: Frame, reading: Reading) -> None:
    """A copy of `gtag/js`: one Google tag, whose id says what it is for. The parts in it are its settings."""
    places = reading.places = reading.places or Places()
    key = document.root.keys.get("resource", (document.root.begin, document.root.begin + 1))
    span, whole = text.span(*key), text.span(0, len(text))
    place = ContainerPlace("tag", container.id, "/resource", None, "", container.id, "gtag.js", False, _ANYWHERE, published=True)
    places.add(whole, place, Values())
    parameters = (Parameter("tagId", Value("text", container.id, span), span),)
    reading.emit(
        Tag(
            span=span, block=whole, unit=whole, state=frame.state, via=frame.via, type="googtag", gallery="", context="web",
            globals=frozenset(), parameters=parameters,
        )
    )  # fmt: skip
    if not container.id.startswith(("AW-", "DC-")):
        _emit_copy(text, document, frame, reading)


def _tell_broken(text: Slice, document: Document, frame: Frame, reading: Reading) -> None:
    broken = document.broken
    if broken is None:
        return
    span = text.span(broken.at, min(broken.at + 1, len(text)))
    place = reading.source.place(span[0])
    reading.notice(f"the container export is broken in line {place.line}, column {place.column}: {broken.why}; export it again")
    unit = text.span(0, len(text))
    reading.emit(
        Tag(
            span=span, block=span, unit=unit, state=frame.state, via=frame.via,
            type=BROKEN, gallery="", context="", globals=frozenset(), parameters=(),
        )
    )  # fmt: skip


def _read_as_named(text: Slice, frame: Frame, reading: Reading, rest: bool = False) -> None:
    """Hands `text` to the reader that the file's name asks for; the rest around a container only where it is code or prose."""
    from linter.languages import named_language

    language = named_language(reading.source.path, text.text)
    if rest and language.reader == "data":
        return
    reading.read(text, language.reader, frame._replace(via=frame.via[:-1], dialect=language.dialect))
