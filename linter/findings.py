"""Findings: evidence that matched a vendor's signature, and the result of a run that reports print."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from linter.evidence import State
from linter.text import Place

if TYPE_CHECKING:
    from linter.agreements import Agreement
    from linter.fixes.suggestions import Suggestion
    from linter.gtm.places import ContainerPlace
    from linter.reach.rows import PageRow

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
    counts findings of one identity in a file, from 1. `gtm` says where in a Tag Manager container it lies, if it does; `reaches`
    are the pages that it gets onto.
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
    lines_from: int = 1
    """The column at which the first of `lines` begins, of which a part is kept where it is very long."""
    gtm: "ContainerPlace | None" = None
    reaches: tuple[str, ...] = ()
    covers: str = ""
    """Of a plugin's main file: the folder ("." is all) or file that is the plugin's own source; see `linter.plugin_folders`."""
    plugin: str = ""
    """Of a plugin: its platform and slug, `magento/meta_conversion`."""
    agreement: "Agreement | None" = None
    """The agreement that is in force with the vendor and lowered the severity, if there is one."""

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


class Suppressed(NamedTuple):
    """A finding that is left out on somebody's word: why, until which day ("": for good), and where that is said."""

    finding: Finding
    reason: str
    until: str
    by: Literal["comment", "configuration"]


class Result(NamedTuple):
    """Everything a report needs: findings and skips sorted by path, how many files were read, and the pages if they were followed.

    `suppressed` findings, and those that a baseline knows (`baselined` counts them), are in no other row. `suggestions` are fixes, by
    path, identity and occurrence of the finding; they are looked for only where a report shows them.
    """

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    files_read: int
    pages: "tuple[PageRow, ...]" = ()
    suppressed: tuple[Suppressed, ...] = ()
    baselined: int = 0
    suggestions: Mapping[tuple[str, str, int], "Suggestion"] = {}
