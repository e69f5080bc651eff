"""What may go once the fixes are made: modules that do nothing any more, with every import and use of them.

Made after the fixes and on top of them, proven in the same way, and left out as a whole where it cannot be.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from linter.catalog import Catalog
from linter.encoding import NotText, decode_bytes
from linter.fixes.model import Edit, applied, merged
from linter.fixes.whole_modules import plan
from linter.fixes.workshop import Workshop
from linter.reach.site import Site

_SCRIPTS = (".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".vue", ".svelte", ".astro", ".json")
MAX_FILES = 20_000
"""Files of a repository in which importers are looked for."""


class Fixed(NamedTuple):
    """A file as the fixes leave it: their edits, and the numbers of the findings that they take out."""

    edits: tuple[Edit, ...]
    numbers: tuple[int, ...]
    vendors: frozenset[str]


class Tidied(NamedTuple):
    """Edits of files as they lie on the disk (those of the fixes among them) with the bytes they make, and files that go."""

    edits: Mapping[str, tuple[Edit, ...]] = {}
    data: Mapping[str, bytes] = {}
    deleted: tuple[str, ...] = ()


def tidy(
    fixed: Mapping[str, Fixed],
    files: Sequence[str],
    read: Callable[[str], bytes | None],
    workshop: Workshop,
    catalog: Catalog,
    may_touch: Callable[[str], bool],
    unsafe: bool,
) -> Tidied:
    """What goes besides `fixed`. Files for which `may_touch` is false stay as they are, and so does all that would need them."""
    changed = [path for path in fixed if path.endswith(_SCRIPTS)]
    if not changed or len(files) > MAX_FILES:
        return Tidied()

    def text(path: str) -> str:
        before = _text(read(path))
        return applied(before, fixed[path].edits) if path in fixed else before

    vendors = sorted({vendor for row in fixed.values() for vendor in row.vendors})
    found = plan(Site(files, text), changed, vendors, catalog, unsafe)
    if not all(may_touch(path) for path in (*found.edits, *found.deleted)):
        return Tidied()
    edits: dict[str, tuple[Edit, ...]] = {}
    data: dict[str, bytes] = {}
    for path, later in found.edits.items():
        row = fixed.get(path, Fixed((), (), frozenset()))
        try:
            edits[path] = tuple(merged([*row.edits, *_on_disk(row.edits, later)]))
        except ValueError:
            return Tidied()
        proven = workshop.proof(path, row.numbers, edits[path])
        if isinstance(proven, str) or applied(_text(read(path)), edits[path]) != applied(text(path), later):
            return Tidied()
        data[path] = proven
    return Tidied(edits, data, found.deleted)


def _text(data: bytes | None) -> str:
    try:
        return decode_bytes(data)[2] if data is not None else ""
    except NotText:
        return ""


def _on_disk(edits: Iterable[Edit], later: Iterable[Edit]) -> list[Edit]:
    """Edits of a text that `edits` made, as edits of the text they were made on."""
    steps: list[tuple[int, int]] = []
    shift = 0
    for edit in merged(edits):
        shift += edit.end - edit.begin - len(edit.text)
        steps.append((edit.end - shift, shift))

    def place(at: int, last: bool) -> int:
        return at + next((moved for begin, moved in reversed(steps) if begin < at or (begin == at and not last)), 0)

    return [Edit(place(edit.begin, False), max(place(edit.end, True), place(edit.begin, False)), edit.text) for edit in later]
