"""The files of a repository while fixes are looked for: each is read once more when it is needed, and what was found out is kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from linter.catalog import Catalog
from linter.fixes.file_fix import FileFix, propose
from linter.fixes.model import Edit, merged
from linter.fixes.proof import prove
from linter.fixes.recorded import Recorded, Told, record


class Workshop:
    """`files` are the paths of all files in scope; `read` gives the bytes of one, or None."""

    def __init__(self, files: Sequence[str], read: Callable[[str], bytes | None], catalog: Catalog) -> None:
        self._read, self._catalog = read, catalog
        self._beside: dict[str, set[str]] = defaultdict(set)
        for path in files:
            folder, _, name = path.rpartition("/")
            self._beside[folder].add(name)
        self._told: dict[str, tuple[Told, ...]] = {}
        self._proposals: dict[tuple[str, frozenset[int], bool], FileFix] = {}
        self._proofs: dict[tuple[str, frozenset[int], tuple[Edit, ...]], bytes | str] = {}

    def opened(self, path: str) -> Recorded | None:
        """A file as it is read; None where it cannot be."""
        data = self._read(path) if "!" not in path else None
        return record(path, data, self._catalog) if data is not None else None

    def told(self, path: str) -> tuple[Told, ...]:
        """What is told of a file; nothing where it cannot be read, or is a container."""
        if path not in self._told:
            recorded = self.opened(path)
            self._told[path] = recorded.told if recorded is not None else ()
        return self._told[path]

    def proposal(self, path: str, numbers: Iterable[int], unsafe: bool) -> FileFix:
        """The fixes of the findings with these numbers; see `file_fix.propose`."""
        key = (path, frozenset(numbers), unsafe)
        if key not in self._proposals:
            recorded = self.opened(path)
            empty = FileFix({}, dict.fromkeys(key[1], "it cannot be read any more"))
            beside = frozenset(self._beside.get(path.rpartition("/")[0], ()))
            self._proposals[key] = propose(recorded, sorted(key[1]), self._catalog, unsafe, beside) if recorded is not None else empty
        return self._proposals[key]

    def proof(self, path: str, numbers: Iterable[int], edits: Iterable[Edit]) -> bytes | str:
        """The bytes of a file after the edits that fix the findings with these numbers, or what is wrong with them."""
        key = (path, frozenset(numbers), tuple(merged(edits)))
        if key not in self._proofs:
            recorded = self.opened(path)
            proven = prove(recorded, sorted(key[1]), key[2], self._catalog) if recorded is not None else "it cannot be read any more"
            self._proofs[key] = proven if isinstance(proven, str) else proven.data
        return self._proofs[key]
