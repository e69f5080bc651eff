"""A reading that only writes down what a reader hands on, for tests of readers by themselves."""

from typing import NamedTuple

from linter.evidence import Span, Url
from linter.reading import Frame, Reading, load_reader
from linter.text import HOLE, Slice, Source

LITERALS = ("fbq", "connect.facebook.net", "facebook.com/tr")


class Literals:
    """A probe for a few literals."""

    def hits(self, text: str) -> list[Span]:
        """Where they stand."""
        low = text.lower()
        spans = []
        for literal in LITERALS:
            at = low.find(literal)
            while at >= 0:
                spans.append((at, at + len(literal)))
                at = low.find(literal, at + 1)
        return sorted(spans)

    def present(self, text: str) -> frozenset[str]:
        """Which of them stand in `text`."""
        return frozenset(literal for literal in LITERALS if literal in text.lower())


class Handed(NamedTuple):
    """What a reader handed on. `shown` is the text with every hole as `@`."""

    language: str
    state: str
    shown: str
    text: Slice
    frame: Frame


class Recorder(Reading):
    """Records instead of reading; the languages in `through` are read."""

    def __init__(self, source: Source, through: tuple[str, ...] = ()) -> None:
        super().__init__(source, Literals())
        self.handed: list[Handed] = []
        self._through = through

    def read(self, text: Slice, language: str, frame: Frame) -> None:
        """Writes down what has a hit."""
        if self.hits(text.text):
            if language in self._through:
                super().read(text, language, frame)
            else:
                self.handed.append(Handed(language, frame.state, text.text.replace(HOLE, "@"), text, frame))

    @property
    def urls(self) -> list[Url]:
        """The URL evidence that was emitted."""
        return [piece for piece in self.evidence if isinstance(piece, Url)]

    def only(self, language: str, state: str = "active") -> str:
        """The one text handed on as `language` in `state`."""
        (found,) = [item.shown for item in self.handed if (item.language, item.state) == (language, state)]
        return found

    def live(self) -> list[str]:
        """All texts handed on that would run."""
        return [item.shown for item in self.handed if item.state == "active"]


def hand(reader: str, dialect: str, code: str, path: str = "file", through: tuple[str, ...] = ()) -> Recorder:
    """Reads `code` with one reader."""
    source = Source(path, code.encode())
    recorder = Recorder(source, through)
    load_reader(reader)(source.slice(), Frame(via=(reader,), dialect=dialect), recorder)
    for item in recorder.handed:
        assert_places(item, source)
    return recorder


def assert_places(item: Handed, source: Source) -> None:
    """Every literal in a handed text lies in the source where the text says."""
    for begin, end in Literals().hits(item.text.text):
        first, last = item.text.span(begin, end)
        assert source.text[first:last].lower() == item.text.text[begin:end].lower()
