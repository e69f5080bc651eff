"""Settings: which entries of a configuration are told as evidence.

Readers of all languages make an `Entry` of what they find near a hit and give it here. What a key is called decides nothing
but this: whether the value can be one at all, or only speaks about the setting (a label, a description, a schema).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from linter.evidence import Plugin, Setting, Span
from linter.readers.settings_objects import MAX_BELOW, Entry, defaults_of, is_form_field, switched
from linter.readers.settings_values import is_value, scalar
from linter.reading import Frame, Reading
from linter.text import Slice

_NOT_OF_A_SITE = re.compile(
    r"(?:.*/)?(?:locales?|lang|langs|languages?|i18n|l10n|translations?|messages|node_modules)/.*"
    r"|(?:.*/)?(?:[\w.-]*schema[\w.-]*\.(?:json|ya?ml)|[\w.-]+\.schema\.\w+|swagger[\w.-]*|openapi[\w.-]*|[\w-]+\.(?:lock|po|pot|xlf))",
    re.IGNORECASE,
)
"""Files of translations, schemas and locks."""
_SAMPLE = re.compile(r"(?:.*/)?[\w.-]*(?<![a-z])(?:example|sample|dist|template|tpl|default|stub)s?(?![a-z])[\w.-]*\Z", re.IGNORECASE)
_ENV_FILE = re.compile(r"(?:.*/)?(?:[\w-]*\.env[\w.-]*|[\w.-]*(?:example|sample)[\w.-]*)\Z", re.IGNORECASE)
_VALUES = frozenset("value val option_value optionvalue content".split())
_CONSENT = re.compile(r"gdpr|cookie[_-]?(?:consent|banner|control|bot)|tarteaucitron|klaro|orejime", re.IGNORECASE)
"""Keys of consent managers, which hold back what is set below them."""
_APP = re.compile(r"shopify://apps/([\w-]+)(?:/|\Z)")
_ASSIGNED = re.compile(r"([A-Za-z_][\w.]*)=(?!=)")
Row = tuple[tuple[str, ...], Entry, Frame]
"""The keys of a scalar, its own included; the scalar; where it stands."""


class Near:
    """Whether hits stand in parts of a text."""

    def __init__(self, hits: Sequence[Span]) -> None:
        self.hits = hits
        self._ends = [end for _, end in hits]

    def __call__(self, begin: int, end: int) -> bool:
        """Whether a hit overlaps [begin, end)."""
        number = bisect_right(self._ends, begin)
        return number < len(self.hits) and self.hits[number][0] < end


def holds_settings(path: str) -> bool:
    """Whether the file `path` may hold settings of the site: it is no translation, schema or lock file."""
    return _NOT_OF_A_SITE.fullmatch(path) is None


def tell(keys: tuple[str, ...], entry: Entry, frame: Frame, reading: Reading) -> None:
    """Emits one scalar as the setting `keys`, unless it only speaks about one. `frame.state` is its state."""
    value = entry.value
    if not keys or value.kind not in ("text", "number") or not is_value(keys, value):
        return
    span = value.span if value.text.strip() else entry.name
    unit = frame.unit or (0, len(reading.source.text))
    if any(_CONSENT.search(key) for key in keys[:-1]):
        frame = frame.gated()
    state = "dormant" if _is_sample(reading.source.path) else frame.state
    reading.emit(Setting(span=span, block=entry.block, unit=unit, state=state, via=frame.via, keys=keys, value=value))


def below(keys: tuple[str, ...], entry: Entry, frame: Frame) -> Iterator[Row]:
    """The scalar `entry`, or all scalars below it, of the definition of a setting its default alone; `keys` include its own."""
    waiting = [(keys, entry, frame)]
    for _ in range(MAX_BELOW):
        if not waiting:
            return
        keys, entry, frame = waiting.pop()
        if entry.value.kind not in ("object", "array"):
            yield keys, entry, frame
            continue
        rows = entry.entries if entry.value.kind == "array" or not is_form_field(entry.entries) else defaults_of(entry.entries)
        for row in reversed(rows):
            waiting.append(((*keys, row.key) if row.key else keys, row, switched(row, entry.entries, frame)))


def beside(keys: tuple[str, ...], label: str, entries: Sequence[Entry], frame: Frame) -> Iterator[Row]:
    """What stands beside an entry that says what its object is about: under the name `label`; a `value` is that name's own."""
    for row in entries[:MAX_BELOW]:
        inner = (*keys, label) if row.key.lower() in _VALUES else (*keys, label, row.key)
        yield from below(inner, row, switched(row, entries, frame))


def tell_all(rows: Iterable[Row], reading: Reading) -> None:
    """Emits scalars."""
    for keys, entry, frame in rows:
        tell(keys, entry, frame, reading)


def shopify_app(entry: Entry, beside: Sequence[Entry], frame: Frame, reading: Reading) -> None:
    """`type = "shopify://apps/<app>/blocks/<block>/<id>"`: a block of an app; `disabled` beside it says whether it is off."""
    match = _APP.match(entry.value.text)
    if match is None:
        return
    begin = entry.value.span[0] + match.start(1)
    span = (begin, begin + len(match[1])) if entry.value.span[1] - entry.value.span[0] == len(entry.value.text) else entry.value.span
    state = switched(entry, beside, frame).state
    unit = frame.unit or (0, len(reading.source.text))
    reading.emit(Plugin(span=span, block=entry.block, unit=unit, state=state, via=frame.via, platform="shopify", slug=match[1].lower()))


def assigned(entry: Entry, text: Slice) -> Entry | None:
    """An item `NAME=value` of a list (`environment:` of compose files) as the entry it stands for."""
    match = _ASSIGNED.match(text.text)
    if match is None:
        return None
    value = text.cut(match.end(), len(text))
    return Entry(match[1], text.span(*match.span(1)), entry.block, scalar(value))


def _is_sample(path: str) -> bool:
    """Whether a file of settings is an example that nothing reads (`.env.example`)."""
    return _ENV_FILE.fullmatch(path) is not None and _SAMPLE.fullmatch(path) is not None
