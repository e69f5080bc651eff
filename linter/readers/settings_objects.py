"""Objects of configurations: what their entries say about one another, so that labels, switches and schemas are known as such."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from linter.evidence import Span, Value
from linter.reading import Frame

MAX_BELOW = 80
"""Entries below one key that are told."""
MAX_NESTING = 5
"""Objects in one another below one key that are looked at."""
_SCHEMA_TYPES = frozenset(
    "string str number integer int boolean bool object array text textarea textfield select checkbox radio password email color image "
    "url_or_text varchar char group section field input toggle switch float mixed any richtext html liquid range header".split()
)
_FORM_KEYS = frozenset("label placeholder fieldtype sanitize_callback".split())
_FIELD_NAMES = frozenset("id name key default type section handle".split())
_LABELS = frozenset(
    "resolve component name provider type key id service integration integration_name integrationname module package vendor tracker "
    "platform use option_name optionname plugin slug tool kind src path".split()
)
"""Keys whose value may say what the entries beside it are about (`resolve: "gatsby-plugin-x", options: {...}`)."""
_ID = re.compile(r"[A-Z]{1,4}-[A-Z\d][A-Z\d/-]*|\d+")
"""Values that are ids themselves and name nothing."""
_DEFAULTS = frozenset("default defaultvalue value std".split())
_ON = re.compile(r"(?:is_?|pixel_?)?(?:enabled?|active|activated)\Z", re.IGNORECASE)
_OFF = re.compile(r"(?:is_?)?disabled?\Z", re.IGNORECASE)
_SWITCH = re.compile(r"(?:enabled?|active|activated|disabled?)\Z", re.IGNORECASE)
_FALSE = frozenset("false 0 no off null".split())
_TRUE = frozenset("true 1 yes on".split())
_SWITCHING = _FALSE | _TRUE
_FIREBASE_KEYS = frozenset("authdomain messagingsenderid".split())
_LAST_WORD = re.compile(r"[_\-.]?(?:id|Id|ID|key|Key|code|Code|number|Number)s?\Z")


class Entry(NamedTuple):
    """One entry of an object, or an item of a list (`key` ""). Spans are of the source; `name` is the key's.

    `value` is that of a scalar, its span without quotes; of an object or a list its kind alone, with what it holds in `entries`.
    """

    key: str
    name: Span
    block: Span
    value: Value
    entries: tuple["Entry", ...] = ()


def label_of(entries: Sequence[Entry], has_hit: Callable[[str], object]) -> Entry | None:
    """The entry, if any, whose value has a hit and says what those beside it are about; none in the definition of a form's field."""
    rows = (row for row in entries if row.key.lower() in _LABELS and row.value.kind == "text" and row.value.text)
    found = next((row for row in rows if has_hit(row.value.text) and not _ID.fullmatch(row.value.text)), None)
    return None if found is None or is_form_field(entries) else found


def is_form_field(entries: Sequence[Entry]) -> bool:
    """Whether an object defines a field of a form or schema: it has a type that fields have, or a name and a label."""
    keys = {row.key.lower(): row for row in entries}
    if "type" in keys and keys["type"].value.text.lower() in _SCHEMA_TYPES:
        return True
    return not _FORM_KEYS.isdisjoint(keys) and not _FIELD_NAMES.isdisjoint(keys)


def defaults_of(entries: Sequence[Entry]) -> list[Entry]:
    """The default in the definition of a setting, as the setting's own value."""
    return [row._replace(key="") for row in entries if row.key.lower() in _DEFAULTS and row.value.text.strip()]


def is_firebase(entries: Sequence[Entry]) -> bool:
    """Whether an object is what a web app of Firebase is given."""
    return any(row.key.lower().replace("_", "") in _FIREBASE_KEYS for row in entries)


def switches(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that may switch those beside them off, at most as many as are told."""
    rows = (row for row in entries if row.value.text.lower() in _SWITCHING and _SWITCH.search(row.key))
    return list(islice(rows, MAX_BELOW))


def switched(entry: Entry, beside: Sequence[Entry], frame: Frame) -> Frame:
    """The frame of an entry: dormant where an entry beside it switches it, or all of them, off."""
    stem = _LAST_WORD.sub("", entry.key).lower().replace("-", "_")
    for row in beside:
        if row is entry or row.value.kind not in ("text", "number"):
            continue
        text, key = row.value.text.lower(), row.key
        own = key.lower().replace("-", "_").removeprefix(stem).lstrip("_") if stem else key
        if (text in _FALSE and (_ON.match(key) or _ON.match(own))) or (text in _TRUE and (_OFF.match(key) or _OFF.match(own))):
            return frame.dormant()
    return frame
