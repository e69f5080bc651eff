"""Packages that package.json, bower.json, deno.json and composer.json require: their entries, taken out of the tree of the file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linter.evidence import Plugin, Requirement
from linter.fixes.manifest_items import Listing, without
from linter.fixes.model import Edit
from linter.gtm.nodes import Document, Node
from linter.gtm.tree import parse_json
from linter.text import Source

_NPM = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "package.json": _NPM,
    "bower.json": _NPM,
    "deno.json": ("imports",),
    "deno.jsonc": ("imports",),
    "import_map.json": ("imports",),
    "composer.json": ("require", "require-dev"),
}
"""Manifest -> the parts of it that require packages."""
_MAY_TRAIL = frozenset({"deno.jsonc"})
IN_SCRIPT = "a script of the manifest installs it: change the script by hand"
TWICE = "the manifest names it twice in one part"
COMMENT = "a comment stands between the entries"
BROKEN = "the file is not well formed"


class Entry(NamedTuple):
    """An entry of a section: its key, its number in the section, and the section."""

    key: str
    number: int
    section: Node


class Manifest:
    """The entries of a JSON manifest; `name` is the file's, in small letters."""

    def __init__(self, source: Source, name: str) -> None:
        self._text = source.text
        self._name = name
        self._document: Document = parse_json(source.slice())
        self.entries = list(self._read())

    @property
    def is_broken(self) -> bool:
        """Whether the file is not well formed."""
        return self._document.broken is not None

    def _read(self) -> Iterator[Entry]:
        for section in SECTIONS[self._name]:
            node = self._document.root.get(section)
            if node is not None and node.kind == "object":
                yield from (Entry(key, number, node) for number, key in enumerate(_keys(node)))

    def entry_of(self, piece: Requirement | Plugin) -> Entry | None:
        """The entry by which a package is required."""
        begin = piece.block[0]
        return next((entry for entry in self.entries if _begin(entry) in (begin, begin - 1)), None)

    def alike(self, entry: Entry) -> list[Entry]:
        """All entries of the key of `entry`, in whatever section; of composer in capitals or small letters."""
        return [other for other in self.entries if _plain(other.key, self._name) == _plain(entry.key, self._name)]

    def edits(self, gone: list[Entry]) -> Mapping[tuple[int, int], Edit] | None:
        """The edits that take the entries out, each by where its key begins and its number; None where a comment is in the way."""
        sections: dict[int, list[Entry]] = defaultdict(list)
        for entry in gone:
            sections[entry.section.begin].append(entry)
        out: dict[tuple[int, int], Edit] = {}
        for rows in sections.values():
            node = rows[0].section
            spans = [(node.keys[key][0], node.entries[key].end) for key in _keys(node)]
            listing = Listing((node.begin + 1, node.end - 1), spans, self._name in _MAY_TRAIL)
            found = without(self._text, listing, {entry.number for entry in rows})
            if found is None:
                return None
            out.update({(node.begin, number): edit for number, edit in found.items()})
        return out


def _keys(node: Node) -> list[str]:
    return sorted(node.entries, key=lambda key: node.keys.get(key, (0, 0)))


def _begin(entry: Entry) -> int:
    return entry.section.keys.get(entry.key, (-9, -9))[0]


def _plain(key: str, name: str) -> str:
    return key.lower() if name == "composer.json" else key
