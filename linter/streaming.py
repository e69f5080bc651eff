"""Dumps of any size, read in pieces that end where a row or statement ends: the findings are those of the whole.

A dump is read twice: once for its encoding and the literals in it, at the speed of the scan, and once for its rows; where no
literal stands, only their ends are looked for. What is found is kept with its places, and matched and grouped at the end.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from linter.encoding import NotText, decode_bytes
from linter.evidence import Evidence, Library, Span
from linter.findings import Finding, Skipped
from linter.literals import forms, lower_case
from linter.matching import match
from linter.probe import LiteralProbe
from linter.readers.sql import read_item
from linter.readers.sql_owners import Owner, Owners, owner_of
from linter.readers.sql_scan import DumpScanner, Other, Row
from linter.readers.sql_switches import settled
from linter.readers.sql_syntax import syntax_of
from linter.reading import MAX_EVIDENCE, MAX_HITS, Frame, Reading
from linter.survey import HEAD, Stream, Survey, blocks, decoder, survey
from linter.text import Place, Slice, Source
from linter.wrapped import TRIGGERS

if TYPE_CHECKING:
    from linter.catalog import Catalog
    from linter.check import FileReport
    from linter.scan import Scanner

CHUNK = 1_000_000
"""Bytes that are read at a time."""
_LINE_END = re.compile(r"\r\n|\r|\n")
AROUND = 400
"""Characters before and after a finding, within its row, that are kept to be shown."""


def check_dump(path: str, opened: Callable[[], Stream], catalog: "Catalog", scanner: "Scanner", chunk: int = CHUNK) -> "FileReport":
    """The findings of a dump. `opened` opens it at its start, and is called twice. What goes wrong in reading passes."""
    from linter.check import FileReport

    try:
        with closing(opened()) as stream:
            known = survey(stream, scanner, chunk)
    except NotText as why:
        return FileReport((), (Skipped(path, str(why)),))
    if not known.literals:
        return FileReport((), ())
    dump = _Dump(path, known, catalog)
    with closing(opened()) as stream:
        dump.read(stream, scanner, chunk)
    return dump.report()


def check_whole_dump(path: str, data: bytes, catalog: "Catalog", literals: Sequence[str]) -> "FileReport":
    """The findings of a dump that is in memory; `literals` are those that stand in it. Never raises."""
    from linter.check import FileReport

    try:
        encoding, bom_length, text = decode_bytes(data)
    except NotText as why:
        return FileReport((), (Skipped(path, str(why)),))
    if not literals:
        return FileReport((), ())
    dump = _Dump(path, Survey(encoding, bom_length, text[:HEAD], tuple(literals)), catalog)
    dump.take(text, literals, final=True)
    return dump.report()


class _Piece(Source):
    """A part of a dump, with its text already decoded. Places are those in the part."""

    def __init__(self, path: str, text: str, encoding: str) -> None:
        super().__init__(path, b"")
        self.text, self.encoding = text, encoding


class _Before(NamedTuple):
    """What comes before a part: characters, bytes, whole lines, and characters of the line in which the part begins."""

    characters: int = 0
    offset: int = 0
    lines: int = 0
    column: int = 0

    def and_then(self, text: str, encoding: str) -> "_Before":
        """What comes before the part that follows `text`."""
        narrow = encoding == "utf-8" and text.isascii()
        size = len(text) if narrow else len(text.encode(encoding, "strict" if encoding == "cp1252" else "surrogatepass"))
        ends = text.count("\n") + text.count("\r") - text.count("\r\n")
        last = max(text.rfind("\n"), text.rfind("\r"))
        column = len(text) - last - 1 if last >= 0 else self.column + len(text)
        return _Before(self.characters + len(text), self.offset + size, self.lines + ends, column)

    def place(self, inside: Place) -> Place:
        """A place in the dump, of a place in the part."""
        column = inside.column + (self.column if inside.line == 1 else 0)
        return Place(self.lines + inside.line, column, self.offset + inside.offset)


class _Shown(NamedTuple):
    """The text of a piece of evidence, the lines around it within its row, and the column at which the first of these begins."""

    text: str
    lines: tuple[str, ...]
    column: int


class _Marks(Source):
    """The places of what was found in a dump: all that is asked of a source once the reading is done."""

    def __init__(self, path: str) -> None:
        super().__init__(path, b"")
        self.places: dict[int, Place] = {}
        self.shown: dict[Span, _Shown] = {}

    def place(self, index: int) -> Place:
        """The place of the first or last character of a piece of evidence."""
        return self.places[index]

    def line_number(self, index: int) -> int:
        """The line of the same."""
        return self.places[index].line

    def line(self, number: int) -> str:
        """Nothing: the lines are kept with the evidence."""
        return ""


class _Dump:
    """The reading of one dump: takes its text in parts, and keeps the evidence."""

    def __init__(self, path: str, known: Survey, catalog: "Catalog") -> None:
        self.path, self.known, self.catalog = path, known, catalog
        self.syntax = syntax_of(known.head)
        self.scan = DumpScanner(self.syntax)
        self.before = _Before(offset=known.bom_length)
        self.marks = _Marks(path)
        self.evidence: list[Evidence] = []
        self.notices: list[str] = []
        self.owners = Owners(self.syntax)
        self._owned: dict[int, Owner] = {}
        self._forms = [(literal, forms(literal)) for literal in known.literals]

    def read(self, stream: Stream, scanner: "Scanner", chunk: int) -> None:
        """Takes all of a stream, `chunk` bytes at a time or more where a row is longer."""
        marked, decode = self.known.marked, decoder(self.known).decode
        text, wanted = "", 0
        for number, block in enumerate(blocks(stream, chunk)):
            text += decode(block)
            text = text[1:] if self.known.bom_length and not self.before.characters and text.startswith("\ufeff") else text
            if len(text) < wanted or self._is_full():
                continue
            whole = text[:-1] if text.endswith("\r") else text
            done = self.take(whole, self._literals(whole, marked[self.before.offset // chunk : number + 1], scanner))
            wanted = 0 if done else 2 * len(text)
            text = text[done:]
        self.take(text, self._literals(text, marked[self.before.offset // chunk :], scanner), final=True)

    def _literals(self, text: str, marked: Iterable[bool], scanner: "Scanner") -> Sequence[str]:
        """The literals that stand in a part of the dump."""
        return scanner.present(text.encode("utf-8", "surrogatepass").replace(b"\0", b" ")) if any(marked) else ()

    def take(self, text: str, literals: Sequence[str], final: bool = False) -> int:
        """Reads a part that begins where the last one ended; gives up to which character it is done."""
        source = _Piece(self.path, text, self.known.encoding)
        whole = source.slice()
        hits = LiteralProbe(literals).hits(text) if literals else []
        if len(hits) >= MAX_HITS:
            self._notice(f"more than {MAX_HITS} places to look at")
        for item in self.scan.items(text, hits, final):
            if self._is_full():
                self._notice(f"more than {MAX_EVIDENCE} places to look at")
                break
            self._read(item, whole)
        self.owners.look(text[: self.scan.at], self.scan.heads, self.before.characters)
        self.before = self.before.and_then(text[: self.scan.at], self.known.encoding)
        return self.scan.at

    def _is_full(self) -> bool:
        return len(self.evidence) >= MAX_EVIDENCE

    def _notice(self, reason: str) -> None:
        if reason not in self.notices:
            self.notices.append(reason)

    def _read(self, item: Row | Other, whole: Slice) -> None:
        row = whole.text[item.begin : item.end]
        reading = Reading(whole.source, LiteralProbe([*self._in_row(lower_case(row)), *self.catalog.seek]))
        reading.hits(row)
        read_item(item, whole, self.syntax, Frame(via=("sql",)), reading)
        for notice in reading.notices:
            self._notice(notice)
        if whole.source.cut_short:
            self._notice("too much encoded text to decode all of it")
        found = [piece for piece in reading.evidence if not isinstance(piece, Library) or match([piece], self.catalog)]
        owner = owner_of(item, whole.text) if found and isinstance(item, Row) else None
        for piece in found[: MAX_EVIDENCE - len(self.evidence)]:
            if owner is not None:
                self.owners.want(owner, self.before.characters + item.begin)
                self._owned[len(self.evidence)] = owner
            self._keep(piece, item, whole.source)

    def _in_row(self, lower: str) -> list[str]:
        """The literals of the dump that stand in a row; all of them where something is wrapped in it."""
        if any(trigger in lower for trigger in TRIGGERS):
            return list(self.known.literals)
        return [literal for literal, written in self._forms if any(form in lower for form in written)]

    def _keep(self, piece: Evidence, item: Row | Other, source: Source) -> None:
        by = self.before.characters
        span = piece.span[0] + by, piece.span[1] + by
        self.marks.places.update((index + by, self.before.place(source.place(index))) for index in piece.span)
        if span not in self.marks.shown:
            self.marks.shown[span] = self._shown(piece.span, item, source)
        block, unit = (piece.block[0] + by, piece.block[1] + by), (piece.unit[0] + by, piece.unit[1] + by)
        self.evidence.append(piece._replace(span=span, block=block, unit=unit))

    def _shown(self, span: Span, item: Row | Other, source: Source) -> _Shown:
        from linter.check import MAX_IDENTITY

        first, last = source.place(span[0]), source.place(span[1])
        begin = max(item.begin, span[0] - min(AROUND, first.column - 1))
        end = min(item.end, span[1] + AROUND, begin + 10 * AROUND)
        lines = _LINE_END.split(source.text[begin:end])[: min(last.line - first.line, 2) + 1]
        column = self.before.place(first).column - (span[0] - begin)
        return _Shown(source.text[span[0] : min(span[1], span[0] + MAX_IDENTITY)], tuple(lines), column)

    def report(self) -> "FileReport":
        """The findings, and what was not fully analysed."""
        from linter.check import FileReport, finding_of, identity_of, numbered
        from linter.secrets import mask
        from linter.snippets import group

        for number, owner in self._owned.items():
            if owner in self.owners.unpublished:
                self.evidence[number] = self.evidence[number]._replace(state="dormant")
        findings: list[Finding] = []
        for snippet in group(match(settled(self.evidence), self.catalog, self.path), self.marks):
            finding = finding_of(snippet, self.marks, self.catalog)
            shown = self.marks.shown[snippet.primary.evidence.span]
            identity = identity_of(finding.rule, self.path, finding.account, shown.text)
            lines = tuple(mask(line) for line in shown.lines)
            findings.append(finding._replace(identity=identity, lines=lines, lines_from=shown.column))
        notices = tuple(Skipped(self.path, f"not fully analysed: {notice}", failed=True) for notice in self.notices)
        return FileReport(tuple(numbered(findings)), notices)
