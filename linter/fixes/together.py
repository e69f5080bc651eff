"""Which fixes of a repository may be made together: a loader goes only with everything that would miss it.

Left: fixing file by file (a call in another file would throw where its loader is gone). Left: leaving an empty function in the
place of the vendor's (a site that still calls into a pixel is not clean, and the next developer brings the loader back). Taken:
fixes of all files first, then withdrawal of what something left behind would miss, until nothing more is to be withdrawn.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from linter.catalog import Catalog
from linter.findings import Finding
from linter.fixes.file_fix import FileFix, FindingFix
from linter.fixes.hashes import changed_under_hash, hashes_in
from linter.fixes.model import WITH_CARE, Edit, merged
from linter.fixes.needs import Needs
from linter.fixes.tidying import Fixed, tidy
from linter.fixes.workshop import Workshop
from linter.text import Source

MAX_ROUNDS = 30
"""Rounds after which what is still in doubt is withdrawn; each withdraws something."""
CONTAINER = "a container is edited in Tag Manager: pixellint gtm pause writes a copy to import"
Key = tuple[str, str, int]
"""What a finding is known by: path, identity, occurrence."""


class FileChange(NamedTuple):
    """The change of a file: its bytes before and after, its edits, the findings that they take out, and which edits each takes.

    `deleted`: the file goes; what it held before its edits is `before`.
    """

    path: str
    before: bytes
    after: bytes
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    fixes: tuple[FindingFix, ...]
    deleted: bool = False

    @property
    def source(self) -> Source:
        """The file as it was."""
        return Source(self.path, self.before)


class Fixes(NamedTuple):
    """All changes, by path in order; why findings have no fix, those that only an unsafe fix would take, and what to do by hand."""

    changes: tuple[FileChange, ...]
    refused: Mapping[Key, str]
    unsafe: frozenset[Key]
    after: tuple[str, ...]


def key_of(finding: Finding) -> Key:
    """What a finding is known by."""
    return finding.path, finding.identity, finding.occurrence


class Together:
    """The fixes of some findings of a repository.

    `files` are the paths of all files in scope; `read` gives the bytes of one, or None. `everything` are all findings of the run,
    of which `wanted` are to be fixed. `may_touch`: whether a file in which nothing is found may be changed as well, or deleted.
    """

    def __init__(
        self,
        wanted: Sequence[Finding],
        everything: Sequence[Finding],
        files: Sequence[str],
        read: Callable[[str], bytes | None],
        catalog: Catalog,
        may_touch: Callable[[str], bool] = lambda path: True,
    ) -> None:
        self._read, self._files = read, Workshop(files, read, catalog)
        self._paths, self._catalog, self._may_touch = files, catalog, may_touch
        self._hashes: Mapping[str, str] | None = None
        self._refused: dict[Key, str] = {}
        self._wanted = {key_of(finding): finding for finding in wanted}
        self._numbers: dict[str, dict[int, Key]] = {}
        for path in sorted({finding.path for finding in wanted}):
            self._enter(path)
        self._needs = Needs(files, everything, read, catalog)

    def _enter(self, path: str) -> None:
        """Finds the wanted findings of a file in the file."""
        keys = {key_of(row.finding): number for number, row in enumerate(self._files.told(path))}
        self._numbers[path] = {number: key for key, number in keys.items() if key in self._wanted}
        for key in self._wanted:
            if key[0] == path and key not in keys:
                self._refused[key] = self._why_not(path, self._wanted[key])

    def _why_not(self, path: str, finding: Finding) -> str:
        if "!" in path:
            return "it is in an archive"
        if path.lower().endswith(".sql"):
            return "a database dump is never edited: change it on the site (pixellint plan says how)"
        return CONTAINER if finding.gtm is not None or finding.kind.startswith("gtm-") else "it is told by several files together"

    def fixes(self, unsafe: bool) -> Fixes:
        """What can be done."""
        refused = dict(self._refused)
        for _ in range(MAX_ROUNDS):
            proposals: dict[str, FileFix] = {}
            edited: dict[str, bytes] = {}
            wrong: dict[Key, str] = {}
            for path in self._numbers:
                proposals[path] = self._propose(path, refused, unsafe)
                proven = self._files.proof(path, proposals[path].fixes, _edits(proposals[path])) if proposals[path].fixes else ""
                if isinstance(proven, bytes):
                    edited[path] = proven
                elif proven:
                    wrong |= {self._numbers[path][number]: proven for number in self._culprits(path, proposals[path], proven)}
            wrong = wrong or self._missed(proposals, edited)
            if not wrong:
                return self._result(proposals, edited, refused, unsafe)
            refused |= wrong
        return Fixes((), {**dict.fromkeys(self._wanted, "it hangs together with too much else"), **refused}, frozenset(), ())

    def _propose(self, path: str, refused: dict[Key, str], unsafe: bool) -> FileFix:
        keys = self._numbers[path]
        answer = self._files.proposal(path, [number for number, key in keys.items() if key not in refused], unsafe)
        refused |= {keys[number]: why for number, why in answer.refused.items()}
        careful = [keys[number] for number, fix in answer.fixes.items() if fix.unsafe and not unsafe]
        refused |= dict.fromkeys(careful, WITH_CARE)
        return self._propose(path, refused, unsafe) if careful else answer

    def _culprits(self, path: str, proposal: FileFix, wrong: str) -> list[int]:
        """The findings whose own edits are what is wrong; all of them if no single one is."""
        single = [number for number, fix in proposal.fixes.items() if self._files.proof(path, [number], fix.edits) == wrong]
        return single if 0 < len(single) < len(proposal.fixes) else list(proposal.fixes)

    def _missed(self, proposals: Mapping[str, FileFix], edited: Mapping[str, bytes]) -> dict[Key, str]:
        """Findings whose fix takes away what something that is left needs, with what that is."""
        fixed = [
            (self._files.told(path)[number], fix.takes) for path, proposal in proposals.items() for number, fix in proposal.fixes.items()
        ]
        missed = {key_of(row.finding): why for row, why in self._needs.missed(fixed, edited)}
        return missed or self._hashed(proposals)

    def _hashed(self, proposals: Mapping[str, FileFix]) -> dict[Key, str]:
        """Findings in scripts that run only as they are."""
        if self._hashes is None:
            self._hashes = hashes_in(self._paths, self._read)
        held: dict[Key, str] = {}
        for path, proposal in proposals.items() if self._hashes else ():
            holder = changed_under_hash(path, self._read(path) or b"", _edits(proposal), self._hashes) if proposal.fixes else ""
            if holder:
                held |= dict.fromkeys((self._numbers[path][n] for n in proposal.fixes), f"the hash of its script stands in {holder}")
        return held

    def _result(self, proposals: Mapping[str, FileFix], edited: Mapping[str, bytes], refused: dict[Key, str], unsafe: bool) -> Fixes:
        changes = []
        for path, after in edited.items():
            numbers, told = sorted(proposals[path].fixes), self._files.told(path)
            fixes = tuple(proposals[path].fixes[number] for number in numbers)
            findings = tuple(told[number].finding for number in numbers)
            changes.append(FileChange(path, self._read(path) or b"", after, tuple(_edits(proposals[path])), findings, fixes))
        with_care = [key for key, why in refused.items() if why == WITH_CARE]
        by_hand = dict.fromkeys(line for proposal in proposals.values() for fix in proposal.fixes.values() for line in fix.after)
        return Fixes(tuple(self._tidied(changes, proposals, unsafe)), refused, frozenset(with_care), tuple(by_hand))

    def _tidied(self, changes: Sequence[FileChange], proposals: Mapping[str, FileFix], unsafe: bool) -> list[FileChange]:
        """The changes, with modules taken out that do nothing any more."""
        fixed = {
            row.path: Fixed(row.edits, tuple(sorted(proposals[row.path].fixes)), frozenset(finding.vendor for finding in row.findings))
            for row in changes
        }
        more = tidy(fixed, self._paths, self._read, self._files, self._catalog, self._may_touch, unsafe)
        known = {row.path: row for row in changes}
        for path, edits in more.edits.items():
            row = known.get(path) or FileChange(path, self._read(path) or b"", b"", (), (), ())
            known[path] = row._replace(edits=edits, after=more.data[path])
        for path in more.deleted:
            row = known.get(path) or FileChange(path, self._read(path) or b"", b"", (), (), ())
            known[path] = row._replace(deleted=True)
        return [known[path] for path in sorted(known)]


def _edits(proposal: FileFix) -> list[Edit]:
    return merged(edit for fix in proposal.fixes.values() for edit in fix.edits)
