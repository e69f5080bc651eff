"""Leaves out the findings that a comment or an entry of the configuration suppresses, and tells of suppressions that are of no use."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple, Protocol

from linter.findings import Finding, Severity, Suppressed
from linter.own_rules import OWN
from linter.suppression_comments import Directive
from linter.text import Place


class Entry(Protocol):
    """A `[[suppress]]` of a configuration; see `linter.configuration.SuppressEntry`, which is one."""

    @property
    def rules(self) -> tuple[str, ...]:
        """Rule ids or globs."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def until(self) -> str:
        """The last day on which it counts, or ""."""

    def covers(self, finding: Finding) -> bool:
        """Whether the finding lies where the entry says."""

    def place(self) -> tuple[str, int, int, str]:
        """Where it is written: path as reported, line, column, and the line's text."""

    def looked_at(self) -> bool:
        """Whether this run saw all that the entry is about, so that it can be called unused."""


class Names(NamedTuple):
    """What rules may be called. `all`: every name -> rule id. `reported`: the rules of this run's selection; None: all."""

    all: Mapping[str, str]
    reported: frozenset[str] | None = None

    def matching(self, glob: str) -> frozenset[str]:
        """The rule ids that a glob names; a glob without a slash stands for all rules of a vendor."""
        pattern = glob if "/" in glob else f"{glob}/*"
        return frozenset(rule for name, rule in self.all.items() if fnmatchcase(name, pattern))


class Outcome(NamedTuple):
    """The findings that stay, those that were suppressed, and findings about suppressions."""

    kept: list[Finding]
    suppressed: list[Suppressed]
    own: list[Finding]


class _Active(NamedTuple):
    """A suppression that counts, and its rules by the glob that named them."""

    said: Directive | Entry
    reason: str
    until: str
    rules: Mapping[str, frozenset[str]]
    used: set[str]


def suppress(findings: Sequence[Finding], directives: Iterable[Directive], entries: Iterable[Entry], names: Names, today: str) -> Outcome:
    """Applies the comments' directives and the configuration's entries to a run's findings. `today`: an ISO date."""
    own: list[Finding] = []
    in_file: dict[str, list[_Active]] = defaultdict(list)
    for directive in directives:
        active = _active(directive, names, today, own)
        if active is not None:
            in_file[directive.path].append(active)
    rest = [active for entry in entries if (active := _active_entry(entry, names, today, own)) is not None]
    kept, suppressed = [], []
    for finding in findings:
        active = _which(finding, in_file.get(finding.path, ()), rest)
        if active is None:
            kept.append(finding)
        else:
            suppressed.append(
                Suppressed(finding, active.reason, active.until, "comment" if isinstance(active.said, Directive) else "configuration")
            )
    for active in [*(row for rows in in_file.values() for row in rows), *rest]:
        own += _unused(active, findings, names)
    return Outcome(kept, suppressed, _numbered(own))


def _numbered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one identity counted, in their order."""
    seen: Counter[str] = Counter()
    out = []
    for finding in sorted(findings, key=lambda row: row.order):
        seen[finding.identity] += 1
        out.append(finding._replace(occurrence=seen[finding.identity]))
    return out


def _active(directive: Directive, names: Names, today: str, own: list[Finding]) -> _Active | None:
    said = directive.said
    rules = {glob: names.matching(glob) for glob in said.rules}
    unknown = next((glob for glob, found in rules.items() if not found), None)
    wrong = said.wrong or (_unknown(unknown, names) if unknown is not None else "")
    if wrong:
        own.append(_told(directive, "broken-suppression", f"this suppression does not count: {wrong}"))
        return None
    if said.until and said.until < today:
        own.append(_told(directive, "expired-suppression", _expired(said.rules, said.until, said.reason)))
        return None
    return _Active(directive, said.reason, said.until, rules, set())


def _active_entry(entry: Entry, names: Names, today: str, own: list[Finding]) -> _Active | None:
    if entry.until and entry.until < today:
        own.append(_told(entry, "expired-suppression", _expired(entry.rules, entry.until, entry.reason)))
        return None
    return _Active(entry, entry.reason, entry.until, {glob: names.matching(glob) for glob in entry.rules}, set())


def _unknown(glob: str, names: Names) -> str:
    from linter.options import did_you_mean

    known = names.all if "/" in glob else {name.partition("/")[0] for name in names.all}
    return f"no rule is called {glob!r}{did_you_mean(glob, known)}"


def _expired(rules: Iterable[str], until: str, reason: str) -> str:
    return f"the suppression of {', '.join(rules)} counted until {until} ({reason}); its findings are reported again"


def _which(finding: Finding, near: Iterable[_Active], rest: Iterable[_Active]) -> _Active | None:
    """The first suppression of a finding; every one that fits counts as used."""
    lines = lines_of(finding)
    fitting = [row for row in near if isinstance(row.said, Directive) and any(row.said.first <= line <= row.said.last for line in lines)]
    fitting += [row for row in rest if not isinstance(row.said, Directive) and row.said.covers(finding)]
    first = None
    for row in fitting:
        globs = [glob for glob, rules in row.rules.items() if finding.rule in rules]
        row.used.update(globs)
        if globs and first is None:
            first = row
    return first


def lines_of(finding: Finding) -> set[int]:
    """The lines of a finding and of its related places in the same file."""
    places = [(finding.start, finding.end), *((row.start, row.end) for row in finding.related if row.path == finding.path)]
    return {line for start, end in places for line in (start.line, *range(start.line + 1, min(end.line, start.line + 1000) + 1))}


def _unused(active: _Active, findings: Sequence[Finding], names: Names) -> Iterator[Finding]:
    said = active.said
    if not isinstance(said, Directive) and not said.looked_at():
        return
    for glob, rules in active.rules.items():
        if glob in active.used or (names.reported is not None and rules.isdisjoint(names.reported)):
            continue
        text = f"the suppression of {glob} is not needed: nothing of it is found {'here' if isinstance(said, Directive) else 'there'}"
        near = [finding for finding in findings if isinstance(said, Directive) and finding.path == said.path and finding.rule in rules]
        if near and isinstance(said, Directive):
            line = min((finding.start.line for finding in near), key=lambda line: (abs(line - said.first), line))
            text += f"; it is in line {line}"
        yield _told(said, "unused-suppression", text)


_SEVERITY: Mapping[str, Severity] = {"unused-suppression": "warning", "expired-suppression": "warning", "broken-suppression": "warning"}


def _told(said: "Directive | Entry", kind: str, message: str) -> Finding:
    """A finding about a suppression."""
    from linter.kinds import KINDS

    if isinstance(said, Directive):
        path, start, end, line, line_from, text = said.path, said.start, said.end, said.line, said.line_from, said.text
    else:
        path, number, column, line = said.place()
        start, end, line_from = Place(number, column, 0), Place(number, len(line) + 1, 0), 1
        text = " ".join((*said.rules, said.reason))
    return Finding(
        rule=f"{OWN}/{kind}", vendor=OWN, kind=kind, severity=_SEVERITY[kind], state="active", path=path, start=start, end=end,
        via=(), account=None, message=message, help=f"{KINDS[kind].help} (pixellint rule {OWN}/{kind})", related=(),
        identity="\0".join((f"{OWN}/{kind}", path, "", " ".join(text.split()))), lines=(line,), lines_from=line_from,
    )  # fmt: skip
