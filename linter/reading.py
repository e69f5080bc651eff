"""What readers work with: the evidence they give, the hits they seek from, and the way to the reader of an inner language."""

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from linter.evidence import Evidence, Span, State, Url, UrlRole
from linter.text import HOLE, Slice, Source

if TYPE_CHECKING:
    from linter.gtm.places import Places

MAX_DEPTH = 12
"""Languages inside one another; deeper nesting is reported as not fully analysed."""
MAX_SLICES = 4000
"""Inner slices read per file."""
MAX_HITS = 200_000
"""Places of one text where literals stand."""
MAX_LINES = 300_000
"""Lines of a text whose reader goes from line to line."""
MAX_EFFORT = 4_000_000
"""Units of work per file and kind of work, counted where work is not linear in the text; a unit is about half a microsecond."""
PIECES = "pieces"
"""The account of the tags, tokens and strings that readers go through one by one."""
VALUES, LEAST_EFFORT = "values", 20_000
"""The account of finding out what expressions evaluate to, and what must be left in it for one more place."""
MAX_EVIDENCE = 5000
"""Pieces of evidence per file."""


class Probe(Protocol):
    """Finds the catalog's literals in text, without telling what they mean."""

    def hits(self, text: str) -> list[Span]:
        """Where literals stand in `text`, sorted; matching ignores case."""
        ...

    def present(self, text: str) -> frozenset[str]:
        """The literals (lower case) that stand in `text`."""
        ...


class Frame(NamedTuple):
    """Where a slice stands: the languages around it, whether it would run, and the unit (script or document) it belongs to.

    `unit` and `block` are source spans; None until a script or document sets them. `element` is the markup around an
    inner script ("noscript", "script", ...), `dialect` the template language of the file or "".
    """

    via: tuple[str, ...] = ()
    state: State = "active"
    unit: Span | None = None
    block: Span | None = None
    element: str = ""
    dialect: str = ""
    noscript: bool = False

    def dormant(self) -> "Frame":
        """The same place, commented out or switched off."""
        return self._replace(state="dormant")

    def gated(self) -> "Frame":
        """The same place behind a consent manager; what is dormant stays dormant."""
        return self if self.state == "dormant" else self._replace(state="consent-gated")


Reader = Callable[[Slice, Frame, "Reading"], None]


class Reading:
    """The reading of one source: collects evidence and notices, and hands inner slices to their readers."""

    def __init__(self, source: Source, probe: Probe) -> None:
        self.source = source
        self.evidence: list[Evidence] = []
        self.notices: list[str] = []
        self._probe = probe
        self._slices = 0
        self.seconds_parsed = 0.0
        self._effort: dict[str, int] = {}
        self.places: Places | None = None
        """The places of the containers in this source, if it holds one."""
        self.recorded: list[tuple[Slice, str, Frame]] | None = None
        """Where fixes are looked for: every slice that a reader was handed, with the reader's name."""

    def hits(self, text: str) -> list[Span]:
        """Where the catalog's literals stand in `text`."""
        found = self._probe.hits(text)
        if len(found) >= MAX_HITS:
            self.notice(f"more than {MAX_HITS} places to look at")
        return found

    def present(self, text: str) -> frozenset[str]:
        """The catalog's literals that stand in `text`."""
        return self._probe.present(text)

    def inner(self) -> "Reading":
        """An empty reading of the same source, for evidence that is to be looked at before it is emitted."""
        inner = Reading(self.source, self._probe)
        inner.recorded = self.recorded
        return inner

    def at_end(self) -> bool:
        """Whether no more evidence is taken, so that looking for more is of no use; then, with a notice."""
        if len(self.evidence) < MAX_EVIDENCE:
            return False
        self.notice(f"more than {MAX_EVIDENCE} places to look at")
        return True

    def emit(self, evidence: Evidence) -> None:
        """Takes a piece of evidence."""
        if not self.at_end():
            self.evidence.append(evidence)

    def effort(self, units: int, what: str = VALUES) -> bool:
        """Counts work that is about to be done; False, with a notice, where it is more than the file may still cost.

        Each kind of work has its own account, so that looking at many places does not leave their values unknown.
        """
        left = self._effort.setdefault(what, MAX_EFFORT)
        if units > left:
            self.notice("too tangled to be looked at everywhere")
            return False
        self._effort[what] = left - units
        return True

    def is_spent(self) -> bool:
        """Whether so much was spent on values that those still to come would be unknown."""
        return self._effort.get(VALUES, MAX_EFFORT) < LEAST_EFFORT

    def notice(self, reason: str) -> None:
        """Says that a part of the source was not fully analysed, and why."""
        if reason not in self.notices:
            self.notices.append(reason)

    def read(self, text: Slice, language: str, frame: Frame) -> None:
        """Reads `text` as `language` if a literal stands in it; adds the language to `via`."""
        if not self.hits(text.text) or self.at_end():
            return
        if len(frame.via) >= MAX_DEPTH or self._slices >= MAX_SLICES:
            self.notice("nested too deeply" if len(frame.via) >= MAX_DEPTH else f"more than {MAX_SLICES} inner texts")
            return
        self._slices += 1
        if self.recorded is not None:
            self.recorded.append((text, language, frame))
        reader = load_reader(language)
        reader(text, frame._replace(via=(*frame.via, _label(language, frame))), self)


_OF_DIALECTS = frozenset({"template", "data", "code", "indented", "component"})


def _label(language: str, frame: Frame) -> str:
    """What a person calls the language: a file's dialect (`liquid`, `json`), and JavaScript in a script element a script."""
    if not frame.via and frame.dialect and language in _OF_DIALECTS:
        return frame.dialect
    in_element = frame.element == "script" and frame.via[-1:] == ("html",)
    return "script" if language == "javascript" and in_element else language


_READERS: dict[str, Reader] = {}


def load_reader(language: str) -> Reader:
    """The reader of a language; its module is imported when first needed."""
    if language not in _READERS:
        from linter.languages import READERS

        module, _, function = READERS[language].partition(":")
        _READERS[language] = getattr(import_module(f"linter.readers.{module}"), function or "read")
    return _READERS[language]


def first_lines(text: Slice, reading: Reading, count: int = MAX_LINES) -> Slice:
    """The first `count` lines of `text`, for readers that go from line to line; with a notice where there are more."""
    if text.text.count("\n") <= count:
        return text
    reading.notice(f"more than {count} lines")
    at = 0
    for _ in range(count):
        at = text.text.index("\n", at) + 1
    return text.cut(0, at)


def covering(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of `spans` contains `span` whole."""
    return any(begin <= span[0] and span[1] <= end for begin, end in spans)


_HOLES = re.compile(HOLE + "+")


def holes_of(text: Slice, begin: int = 0, end: int | None = None) -> tuple[str, ...]:
    """The source code behind each run of holes in text[begin:end], in order."""
    source, stop = text.source.text, len(text) if end is None else end
    return tuple(_bare(source[slice(*text.span(*run.span()))]) for run in _HOLES.finditer(text.text, begin, stop))


def _bare(code: str) -> str:
    """`${PIXEL_ID}` -> `PIXEL_ID`; other expressions as they stand."""
    return code[2:-1].strip() if code.startswith("${") and code.endswith("}") and "}" not in code[:-1] else code


def filled(text: Slice) -> str:
    """The text with its holes filled by the code that gives them."""
    holes = iter(holes_of(text))
    return _HOLES.sub(lambda _: next(holes), text.text)


def longest_run(text: Slice) -> Span:
    """The source span of the longest part of `text` that stands in the source without a gap."""
    runs: list[tuple[int, int, int]] = []
    for number, step in enumerate(text.steps):
        stop = text.steps[number + 1].at if number + 1 < len(text.steps) else len(text)
        known = stop - step.at - text.text.count(HOLE, step.at, stop)
        if runs and runs[-1][2] == step.begin:
            runs[-1] = (runs[-1][0] + known, runs[-1][1], step.end)
        else:
            runs.append((known, step.begin, step.end))
    return max(runs, key=lambda run: (run[0], -run[1]))[1:] if runs else text.span(0, len(text))


def url_evidence(value: Slice, role: UrlRole, frame: Frame, *, key: str = "", span: Span | None = None, block: Span | None = None) -> Url:
    """`Url` evidence of a slice that holds just a URL.

    `span` defaults to the longest part that stands in one piece in the source (a concatenation stands in several),
    `block` to the frame's.
    """
    begin = len(value.text) - len(value.text.lstrip())
    value = value.cut(begin, len(value.text.rstrip()))
    span = span or longest_run(value)
    block = block or frame.block or span
    return Url(
        span=span, block=block, unit=frame.unit or block, state=frame.state, via=frame.via,
        url=value.text, role=role, holes=holes_of(value), key=key, noscript=frame.noscript,
    )  # fmt: skip
