"""`--diff-base REF`: of the findings of a run those that were not there where this branch left REF.

The files that have findings are checked once more as they were at the merge base, under the same configuration. Findings are
compared by rule, path, state and text, with a count, so that code that moves is not new, and a second pixel is. A file that was
renamed is compared with what it was before.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linter.baseline import Known, known_of
from linter.blobs import SUBMODULE, shown, taken
from linter.deployed import is_test
from linter.discovery import Found, Settings
from linter.findings import Finding, Result, Skipped
from linter.git import Blob, Refused, Repository, changes
from linter.options import CheckOptions, OptionError
from linter.reports import counted
from linter.selection import Settled

OPTION = "--diff-base"
IN_PART = "not fully analysed"

Check = Callable[[Sequence[Found | Skipped]], Result]
"""Checks given files under the configuration of the run."""


class Added(NamedTuple):
    """What is new of a result, and how many findings were there before."""

    result: Result
    known: int


def look_at_added(
    result: Result, options: CheckOptions, settings: Settings, look: Callable[[CheckOptions, Sequence[Found | Skipped]], Settled]
) -> tuple[Result, tuple[str, ...]]:
    """What is new of the result of `options`, and what to tell of the rest. `look` checks given files. Raises `OptionError`."""

    def check(rows: Sequence[Found | Skipped]) -> Result:
        return look(options._replace(paths=tuple(row.path for row in rows if isinstance(row, Found)), pages=False), rows).result

    reference = options.diff_base or ""
    added, known = only_added(result, reference, settings, check)
    return added, (f"{counted(known, 'finding')} known from {reference} not reported",) if known else ()


def only_added(result: Result, reference: str, settings: Settings, check: Check) -> Added:
    """The result without what the merge base of `reference` and HEAD had already. Raises `OptionError` where git cannot tell."""
    repository = Repository(settings.cwd, settings.env, OPTION)
    base = merge_base(repository, reference)
    before = _Before(repository, base, os.path.realpath(settings.cwd))
    in_part = {skip.path for skip in result.skipped if skip.failed and skip.reason.startswith(IN_PART)}
    paths = sorted({finding.path for finding in result.findings} | in_part)
    rows = before.rows(paths, settings.max_bytes)
    was = check(rows)
    unread = {row.path for row in [*rows, *was.skipped] if isinstance(row, Skipped) and not row.reason.startswith(IN_PART)}
    same = {path for path in paths if before.unchanged(path) and before.path_of(path) in unread} | set(filter(before.elsewhere, paths))
    left = Counter(before.key(finding) for finding in was.findings)
    new: list[Finding] = []
    for finding in result.findings:
        key = known_of(finding, settings.cwd, settings.cwd)
        if left[key] > 0:
            left[key] -= 1
        elif finding.path not in same:
            new.append(finding)
    told_before = {before.now(skip.path) for skip in was.skipped if skip.reason.startswith(IN_PART)}
    in_part = {path for path in in_part if before.tidy(path) in told_before}
    skipped = tuple(skip._replace(failed=False) if skip.path in in_part else skip for skip in result.skipped)
    rules = {finding.rule for finding in new}
    pages = tuple(row._replace(vendors=tuple(one for one in row.vendors if one.rule in rules)) for row in result.pages)
    return Added(result._replace(findings=tuple(new), skipped=skipped, pages=pages), len(result.findings) - len(new))


def merge_base(repository: Repository, reference: str) -> str:
    """The commit where HEAD left `reference`. Raises `OptionError` that says what to do about it."""
    if not reference or reference.startswith("-") or "\0" in reference:
        raise OptionError(f"{OPTION}: {reference!r} is no branch, tag or commit")
    head = _commit(repository, "HEAD")
    if head is None:
        raise OptionError(f"{OPTION}: there is no commit yet")
    other = _commit(repository, reference)
    if other is None:
        remote = f"origin/{reference}"
        hint = f"; did you mean {remote!r}?" if _commit(repository, remote) else ""
        raise OptionError(f"{OPTION}: git knows no {reference!r} here{hint or _shallow(repository)}")
    try:
        return repository.ask("merge-base", other, head).decode().split()[0]
    except (Refused, IndexError):
        raise OptionError(f"{OPTION}: HEAD and {reference!r} have no commit in common{_shallow(repository)}") from None


def _commit(repository: Repository, reference: str) -> str | None:
    try:
        return repository.ask("rev-parse", "--quiet", "--verify", f"{reference}^{{commit}}").decode().strip()
    except Refused:
        return None


def _shallow(repository: Repository) -> str:
    """What to do where the clone has not all of the history, or ""."""
    try:
        shallow = repository.ask("rev-parse", "--is-shallow-repository").strip() == b"true"
    except Refused:
        return ""
    advice = "fetch all of it (fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 of GitLab, or git fetch --unshallow)"
    return f": this clone has only part of the history; {advice}" if shallow else ""


class _Before:
    """Files as they were at the commit `base`; `cwd` is the real folder from which reports name files."""

    def __init__(self, repository: Repository, base: str, cwd: str) -> None:
        self._repository, self._cwd = repository, cwd
        self._files = dict(_tree(repository.demand("ls-tree", "-r", "-z", "--full-tree", base)))
        difference = repository.demand("diff-tree", "-r", "--raw", "-z", "--no-abbrev", "-M", base, "HEAD")
        self._changed = {blob.path: blob for _, blob in changes(difference)}
        self._now: dict[str, str] = {}

    def rows(self, paths: Iterable[str], max_bytes: int) -> list[Found | Skipped]:
        """The files of `paths` that were there, as they were, under the names that they had."""
        inner = dict.fromkeys(self._was(file) for path in paths for file in _files_of(path))
        return taken(
            [self._files[name] for name in inner if name is not None and name in self._files], self._repository, self._cwd, max_bytes
        )

    def key(self, finding: Finding) -> Known:
        """What a finding of `rows` is known by now."""
        return known_of(finding._replace(path=self.now(finding.path)), self._cwd, self._cwd)

    def now(self, path: str) -> str:
        """The path that a file of `rows`, or a member of it, has now."""
        for file in _files_of(path):
            if file in self._now:
                return self.tidy(self._now[file] + path[len(file) :])
        return path

    def tidy(self, path: str) -> str:
        """A path of a report as `rows` have it: `../theme/a.html` in `theme/` is `a.html`."""
        return shown(os.path.join(self._cwd, path), self._cwd)

    def path_of(self, path: str) -> str:
        """The path that reports had for a file."""
        was = self._was(path)
        return path if was is None else shown(os.path.join(self._repository.top, was), self._cwd)

    def unchanged(self, path: str) -> bool:
        """Whether no commit since touched a file that was there."""
        inner = self._inner(path)
        return inner in self._files and inner not in self._changed

    def elsewhere(self, path: str) -> bool:
        """Whether a file is a submodule's, and the submodule is the same as it was."""
        parts = self._inner(path).split("/")
        above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
        return any(self._files[name].mode == SUBMODULE and name not in self._changed for name in above if name in self._files)

    def _was(self, path: str) -> str | None:
        """The path from the top that a file had, or None if it is new; code that was a test's before is new."""
        inner = self._inner(path)
        if inner in self._files:
            return inner
        renamed = self._changed[inner].was if inner in self._changed else ""
        if not renamed or (is_test(renamed) and not is_test(inner)):
            return None
        self._now[shown(os.path.join(self._repository.top, renamed), self._cwd)] = path
        return renamed

    def _inner(self, path: str) -> str:
        return shown(os.path.join(self._cwd, path), self._repository.top)


def _tree(listing: bytes) -> Iterable[tuple[str, Blob]]:
    """The rows of `ls-tree -r -z`, by path from the top."""
    for row in listing.split(b"\0"):
        about, tab, name = row.partition(b"\t")
        if tab:
            mode, _, of = about.decode("ascii").split()
            path = os.fsdecode(name)
            yield path, Blob(path, mode, of)


def _files_of(path: str) -> list[str]:
    """The files that a path of a report may mean: itself, or the archive of which it is a member."""
    parts = path.split("!")
    return ["!".join(parts[:count]) for count in range(len(parts), 0, -1)]
