"""Findings: evidence that matched a vendor's signature, and the result of a run that reports print."""

from typing import Literal, NamedTuple

from linter.evidence import State
from linter.text import Place

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""From the gravest down."""


class Related(NamedTuple):
    """Another place that belongs to a finding: the noscript image of a snippet, a further call."""

    path: str
    start: Place
    end: Place
    message: str


class Finding(NamedTuple):
    """One reportable thing. `end` is exclusive. `lines` are the source lines from `start` to `end` (at most 3), for frames.

    `identity` is what the finding is whatever its place: rule, path, account and text without its spacing; `occurrence`
    counts findings of one identity in a file, from 1.
    """

    rule: str
    vendor: str
    kind: str
    severity: Severity
    state: State
    path: str
    start: Place
    end: Place
    via: tuple[str, ...]
    account: str | None
    message: str
    help: str
    related: tuple[Related, ...]
    identity: str
    occurrence: int = 1
    lines: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A short name for the identity; outlives lines that move. The second of equal ones ends in `:2`."""
        from hashlib import sha256

        name = sha256(self.identity.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        return name if self.occurrence == 1 else f"{name}:{self.occurrence}"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: path, place, rule."""
        return (self.path, self.start.offset, self.end.offset, self.rule, self.account or "")


class Skipped(NamedTuple):
    """A file or folder in scope that was not read, or not wholly, and why.

    `failed`: a job that could not be done (exit status 2): unreadable, missing, not fully analysed. Otherwise the skip is by
    rule (binary, too large, excluded by default) and only told.
    """

    path: str
    reason: str
    failed: bool = False


class Result(NamedTuple):
    """Everything a report needs: findings and skips sorted by path, and how many files were read."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    files_read: int
