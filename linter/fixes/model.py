"""The values that fixers exchange. All spans are character offsets into `Source.text`."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linter.catalog import Catalog
from linter.evidence import Span
from linter.matching import Match
from linter.reading import Frame
from linter.text import Slice, Source

WITH_CARE = "--unsafe-fixes takes it out"
"""Why a match is refused that only an edit takes out which a person should look over."""


class Edit(NamedTuple):
    """`text` takes the place of source.text[begin:end]."""

    begin: int
    end: int
    text: str = ""


class Part(NamedTuple):
    """A slice that a reader was handed while the file was read: `language` is the reader's name ("html", "javascript", ...).

    Template tags in it are masked already. It stands in the file as it is, character for character, where `text.steps` is empty.
    """

    text: Slice
    language: str
    frame: Frame


class Task(NamedTuple):
    """What a fixer is asked: to take `matches` out of a file. `parts` are all slices its readers were handed, the whole file first.

    `siblings` are the names of the files beside it. `emptied` are spans of scripts (their text, without the element around it) that other
    fixers' edits leave with no code; `unsafe`: edits that a person should look over are welcome too.
    """

    source: Source
    parts: tuple[Part, ...]
    matches: tuple[Match, ...]
    catalog: Catalog
    unsafe: bool = False
    emptied: tuple[Span, ...] = ()
    siblings: frozenset[str] = frozenset()


class Outcome(NamedTuple):
    """What a fixer gives: edits by the number of the match in `Task.matches` that they take out, and why others cannot be.

    Edits of several matches may be equal or lie in one another; they must not overlap in part. A match in neither is not the
    fixer's business. `refused` says in one clause what stands in the way, for a person ("its result is used"). `unsafe` are the
    numbers whose edits a person should look over. `emptied` as in `Task`. `after` are things to do by hand once the edits
    are made, such as "run npm install". `takes` are names of the code that go with the edits, by the number of the match: functions, and
    handles in quotes; no other file may use them.
    """

    edits: Mapping[int, tuple[Edit, ...]] = {}
    refused: Mapping[int, str] = {}
    unsafe: frozenset[int] = frozenset()
    emptied: tuple[Span, ...] = ()
    after: tuple[str, ...] = ()
    takes: Mapping[int, tuple[str, ...]] = {}


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, without those that lie in a larger one; cuts that overlap are one. Raises `ValueError` where others do."""
    out: list[Edit] = []
    for edit in sorted(set(edits), key=lambda e: (e.begin, -e.end, e.text)):
        if out and edit.end <= out[-1].end and (edit.begin < out[-1].end or edit.end > edit.begin):
            if edit.begin == out[-1].begin and edit.end == out[-1].end and edit.text != out[-1].text:
                raise ValueError("two edits of one place")
            continue
        if out and edit.begin < out[-1].end and not edit.text and not out[-1].text:
            out[-1] = Edit(out[-1].begin, edit.end)
            continue
        if out and edit.begin < out[-1].end:
            raise ValueError("edits that overlap")
        out.append(edit)
    return out


def applied(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits made."""
    parts, at = [], 0
    for edit in merged(edits):
        parts += [text[at : edit.begin], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
