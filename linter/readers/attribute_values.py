"""Values of HTML attributes: their text with character references decoded, and what an element is told with."""

from linter.evidence import Value
from linter.readers.markup import Attribute
from linter.text import HOLE, Slice


def decoded(value: Slice) -> Slice:
    """The text of an attribute's value."""
    if "&" not in value.text:
        return value
    from linter.decoders import html_entities

    return html_entities(value)


def told(text: Slice, attribute: Attribute) -> Value:
    """The value of an attribute of a tag in `text`; `expression` is its source where a template fills a part of it."""
    value = decoded(text.cut(attribute.begin, attribute.end))
    raw = text.source.text[slice(*value.span(0, len(value)))]
    return Value("text", value.text, value.span(0, len(value)), expression=raw if HOLE in value.text else "")
