"""Findings: evidence that matched a vendor's signature, and the result of a run that reports print."""

from dataclasses import dataclass, field
from typing import Literal

from linter.evidence import State
from linter.text import Place

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""From the gravest down."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding: the noscript image of a snippet, a further call."""

    path: str
    start: Place
    end: Place
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One reportable thing. `end` is exclusive. `lines` are the source lines from `start` to `end` (at most 3), for frames."""

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
    fingerprint: str
    lines: tuple[str, ...] = field(default=(), compare=False)

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: path, place, rule."""
        return (self.path, self.start.offset, self.end.offset, self.rule, self.account or "")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder in scope that was not read, or not wholly, and why.

    `failed`: a job that could not be done (exit status 2): unreadable, missing, not fully analysed. Otherwise the skip is by
    rule (binary, too large, excluded by default) and only told.
    """

    path: str
    reason: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a report needs: findings and skips sorted by path, and how many files were read."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    files_read: int
