"""The first steps of a plan: what is taken out by pixellint, what by a person, and what is left to be tidied up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.findings import Finding
from linter.gtm import VENDOR as CONTAINERS
from linter.plans.model import Fixable, FixNote, Place, Step
from linter.plans.subjects import Subject
from linter.plans.ways import Way, Ways, best_of
from linter.plans.wording import command_word, filled, plain


class _Todo(NamedTuple):
    """A step of a row, and where it is to be done."""

    row: Way
    order: tuple[int, int]
    text: str
    places: dict[Place, None]
    """Its keys, in their order."""

    @property
    def step(self) -> Step:
        """The step as it stands in a plan."""
        return Step("left" if self.row.left else "remove", "person", self.text, tuple(self.places), self.row.sources)


def removal(given: Iterable[Subject], ways: Ways, fixable: Fixable, paths: Sequence[str]) -> Iterator[Step]:
    """The steps of the phases "remove" and "left". `paths` are those that were checked, as typed."""
    subjects = list(given)
    live = [row for row in subjects if row.finding.state != "dormant"] or list(subjects)
    notes = {id(row.finding): note for row in live if (note := fixable(row.finding)) is not None}
    done = [(row.finding, notes[id(row.finding)]) for row in live if _is_edited(notes.get(id(row.finding)))]
    todos = _todos(live, ways, notes)
    _name_all([place(row.finding) for row in live if not _is_edited(notes.get(id(row.finding)))], todos)
    yield from (todo.step for todo in todos if todo.row.first)
    yield from _by_pixellint(done, paths)
    yield from (todo.step for todo in todos if not todo.row.first)
    dormant = [place(row.finding) for row in subjects if row.finding.state == "dormant"]
    if dormant and len(live) != len(subjects):
        yield Step(
            "remove", "person", "Delete what is commented out or switched off as well, so that nobody switches it on", tuple(dormant)
        )


def _name_all(places: Iterable[Place], todos: Sequence[_Todo]) -> None:
    """Gives the first step the places that no step names."""
    named = {one.where for todo in todos for one in todo.places}
    if todos:
        first = next((todo for todo in todos if not todo.row.first and not todo.row.left), todos[0])
        first.places.update((one, None) for one in places if one.where not in named)


def _is_edited(note: FixNote | None) -> bool:
    return note is not None and not note.reason_refused


def place(finding: Finding, said: str = "") -> Place:
    """Where a finding is."""
    if finding.gtm is not None and finding.gtm.name:
        return Place(f'{finding.path}: {finding.gtm.entity} "{finding.gtm.name}"', said)
    return Place(f"{finding.path}:{finding.start.line}", said)


def _by_pixellint(done: Sequence[tuple[Finding, FixNote]], paths: Sequence[str]) -> Iterator[Step]:
    for safety in ("safe", "unsafe"):
        rows = [(finding, note) for finding, note in done if note.safety == safety]
        if not rows:
            continue
        flags = "--fix" if safety == "safe" else "--fix --unsafe-fixes"
        named = " ".join(command_word(path) for path in paths)
        command = f"`pixellint check {flags} --select {rows[0][0].vendor} {named}`"
        more = "`--diff` instead of `--fix` shows the change first"
        if safety == "unsafe":
            more = "look over the change, and try the pages that it touches"
        only = "If none of its tags is to stay: " if rows[0][0].vendor == CONTAINERS else ""
        places = tuple(place(finding, note.title) for finding, note in rows)
        yield Step("remove", "pixellint", f"{only}{command} takes these places out; {more}", places)
        for told in dict.fromkeys(text for _, note in rows for text in note.after):
            yield Step("remove", "person", plain(told[:1].upper() + told[1:]))


def _todos(subjects: Sequence[Subject], ways: Ways, notes: Mapping[int, FixNote]) -> list[_Todo]:
    """What rows say of the subjects, an entry for each text, in the order of the rows. Rows that are added count for all subjects,
    others for what is not edited."""
    found: dict[tuple[bool, str], _Todo] = {}
    number = {row.id: place for place, row in enumerate(ways.ways)}
    known: dict[tuple[tuple[str, tuple[str, ...]], ...], list[Way]] = {}
    for subject in subjects:
        note = notes.get(id(subject.finding))
        key = tuple((name, values) for name, values in subject.fields.items() if name != "path")
        if key not in known:
            known[key] = ways.anywhere(subject.fields)
        rows = [row for row in known[key] if row.holds("path", subject.fields)]
        best = None if _is_edited(note) else best_of(rows)
        for row in (row for row in rows if row is best or (row.also and not (row.by_hand and _is_edited(note)))):
            for at, text in enumerate(_texts(row, subject)):
                todo = found.setdefault((row.left, text), _Todo(row, (number[row.id], at), text, {}))
                if at == 0 and not row.elsewhere:
                    refused = note.reason_refused if note is not None and row is best and _is_code(subject.finding) else ""
                    todo.places[place(subject.finding, f"not by --fix: {refused}" if refused else "")] = None
    return sorted(found.values(), key=lambda todo: todo.order)


def _is_code(finding: Finding) -> bool:
    """Whether one could expect a fix to take it out: it is no plugin, and stands in no container, dump, export or archive."""
    kept = finding.path.lower().endswith((".sql", ".sql.gz", ".wxr")) or "!" in finding.path
    return finding.gtm is None and not finding.plugin and not kept


def _texts(row: Way, subject: Subject) -> Iterator[str]:
    return (text for step in row.steps if (text := filled(step, subject.values)) is not None)
