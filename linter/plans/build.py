"""The plans of a run, from its findings, its pages, what lies around, the ways out and what the fixes say."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.catalog import Catalog
from linter.findings import Finding, Result
from linter.installations import Installation, installations
from linter.plans import finishing, following
from linter.plans.model import OWN_PHASES, PHASES, Fixable, Plan, Plans, Step
from linter.plans.removing import removal
from linter.plans.stored import Stored
from linter.plans.subjects import Subject, subject
from linter.plans.surroundings import Surroundings
from linter.plans.ways import Ways
from linter.plans.wording import plain
from linter.reach.rows import PageRow
from linter.reports import counted
from linter.reports.pages import is_sensitive

_GRAVE = frozenset({"appointment", "intake", "portal", "login", "patient"})


class Scene(NamedTuple):
    """What plans are made with. `stored` says where in dumps findings stand, by path and byte; `paths` were checked, as typed.

    `findings` are all that were found, those that the selection leaves out among them.
    """

    catalog: Catalog
    ways: Ways
    around: Surroundings
    fixable: Fixable
    paths: tuple[str, ...] = (".",)
    stored: Mapping[tuple[str, int], Stored] = {}
    findings: Sequence[Finding] = ()


def plans(result: Result, scene: Scene) -> Plans:
    """A plan for each installation that is more than a note, in the order of the report, and the steps that are common to several."""
    rows = installations(result.findings)
    grave = [row for row in rows if row.severity != "note"]
    times = Counter(step for row in grave for step in dict.fromkeys(_beside(row, scene)))
    common = [step for step, count in times.items() if count > 1]
    common += _common(grave, result, scene) if grave else []
    notes = tuple(row for row in rows if row.severity == "note")
    return Plans(tuple(_plan(row, rows, result, scene) for row in grave), tuple(_in_order(common)), notes)


def _plan(row: Installation, rows: Sequence[Installation], result: Result, scene: Scene) -> Plan:
    vendor = scene.catalog.vendors[row.vendor]
    own = [result.findings[number] for number in row.findings]
    pages = reached([row], result)
    steps = [
        *removal(_subjects(row, own, scene), scene.ways, scene.fixable, scene.paths),
        *following.other_installations(row, rows, scene.catalog),
        *_beside(row, scene),
        *_common([row], result, scene),
    ]
    account = f", account `{plain(row.account)}`" if row.account else ""
    name = f"{vendor.name}{account}: {following.brought(row)}"
    return Plan(row, name, _facts(row, own, pages), tuple(_in_order(steps)), tuple(page.page.path for page in pages))


def _subjects(row: Installation, findings: Sequence[Finding], scene: Scene) -> Iterator[Subject]:
    """The findings as the ways out see them; further places in other rows of a dump are subjects of their own."""
    vendor = scene.catalog.vendors[row.vendor]
    for finding in findings:
        yield subject(finding, row, vendor, scene.around, scene.stored)
        rows = {scene.stored.get((finding.path, finding.start.offset))}
        for related in finding.related:
            kept = scene.stored.get((related.path, related.start.offset))
            if kept is not None and kept not in rows:
                rows.add(kept)
                there = finding._replace(kind="event-call", path=related.path, start=related.start, end=related.end, plugin="", covers="")
                yield subject(there, row, vendor, scene.around, scene.stored)


def _beside(row: Installation, scene: Scene) -> list[Step]:
    """The steps of a plan that may be those of another as well."""
    vendor = scene.catalog.vendors[row.vendor]
    return [
        *following.other_sources([vendor], scene.findings, scene.around),
        *following.leftovers(vendor, scene.around),
    ]


def _common(rows: Sequence[Installation], result: Result, scene: Scene) -> list[Step]:
    """The steps that are done once for all installations."""
    vendors = [scene.catalog.vendors[name] for name in dict.fromkeys(row.vendor for row in rows)]
    pages = [page.page.path for page in reached(rows, result)]
    return [
        *finishing.copies(scene.around),
        *following.account_steps(rows, vendors, scene.ways),
        *finishing.publishing(scene.around),
        *finishing.checking(rows, vendors, pages, scene.ways, scene.paths),
        *finishing.recording(rows),
    ]


def reached(rows: Sequence[Installation], result: Result) -> list[PageRow]:
    """The pages that installations get onto: those with forms or of a sensitive kind first, in the order of the report."""
    names = {page for row in rows for number in row.findings for page in result.findings[number].reaches}
    found = [page for page in result.pages if page.page.path in names]
    return sorted(found, key=_gravity)


def _gravity(row: PageRow) -> int:
    """How soon a page is named, 0 first."""
    kinds = {row.page.kind, *(form.kind for form in row.page.forms)}
    return 0 if kinds & _GRAVE else 1 if row.page.forms and is_sensitive(row) else 2 if is_sensitive(row) else 3


def _facts(row: Installation, findings: Sequence[Finding], pages: Sequence[PageRow]) -> tuple[str, ...]:
    files = {finding.path for finding in findings}
    facts = [row.severity, f"{counted(len(findings), 'finding')} in {counted(len(files), 'file')}"]
    if row.state == "consent-gated":
        facts.append("waits for consent")
    if pages:
        grave = sum(map(is_sensitive, pages))
        with_forms = "with forms or of a sensitive kind"
        told = f" {with_forms}" if grave == len(pages) else f", {grave} of them {with_forms}" if grave else ""
        facts.append(f"on {counted(len(pages), 'page')}{told}")
    return tuple(facts)


def _in_order(steps: Sequence[Step]) -> list[Step]:
    order = list(PHASES)
    return sorted(steps, key=lambda step: order.index(step.phase))


def own_steps(plan: Plan, common: Sequence[Step]) -> list[Step]:
    """The steps of a plan that are not common to several."""
    shared = set(common)
    return [step for step in plan.steps if step.phase in OWN_PHASES and step not in shared]
