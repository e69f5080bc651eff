"""Settings in the attributes of HTML and XML elements, and in the texts of XML elements."""

from collections.abc import Mapping, Sequence

from linter.evidence import Span
from linter.readers.settings import tell
from linter.readers.settings_objects import Entry
from linter.readers.settings_values import scalar
from linter.reading import Frame, Reading
from linter.text import Slice

_NAMES = ("key", "name", "path", "id")
_VALUES = ("value", "default")
MAX_TEXT = 200
"""Characters of an element's text that may be a value."""


def data_attribute(element: str, name: str, value: Slice, block: Span, frame: Frame, reading: Reading) -> None:
    """`data-pixel-id="123"` of an element, where the name has a hit or the value is JSON with one."""
    if not name.startswith("data-"):
        return
    if value.text.lstrip()[:1] in ("{", "["):
        from linter.readers import settings_data

        settings_data.read(value, "json", frame, reading)
    elif reading.hits(name) and value.text.strip():
        span = value.span(0, len(value))
        tell((element, name), Entry(name, span, block, scalar(value)), frame, reading)


def named_value(outer: Sequence[str], attributes: Mapping[str, Slice], block: Span, frame: Frame, reading: Reading) -> None:
    """`<add key="PixelId" value="123"/>`: an element's name and value in its attributes. `outer` are the elements around it."""
    name = next((attributes[one] for one in _NAMES if one in attributes), None)
    value = next((attributes[one] for one in _VALUES if one in attributes), None)
    if name is not None and value is not None and value.text.strip() and reading.hits(name.text):
        tell((*outer[-4:], name.text), Entry(name.text, name.span(0, len(name)), block, scalar(value)), frame, reading)


def text_value(names: Sequence[str], value: Slice, block: Span, frame: Frame, reading: Reading) -> None:
    """The text of an XML element as the setting of the path of elements `names`, its own last."""
    if value.text.strip() and len(value) <= MAX_TEXT:
        tell(tuple(names[-6:]), Entry(names[-1], value.span(0, len(value)), block, scalar(value)), frame, reading)
