"""A `Reading` for tests of single readers: it records what is handed on instead of reading it."""

from linter.evidence import Evidence, Span, Url
from linter.reading import Frame, Reading, load_reader
from linter.text import Slice, Source

LITERALS = ("fbq", "connect.facebook.net", "facebook.com/tr", "fbevents.js", "_linkedin_partner_id", "graph.facebook.com")


class Literals:
    """A probe with a few fixed literals."""

    def hits(self, text: str) -> list[Span]:
        """See `Probe.hits`."""
        low = text.lower()
        found: list[Span] = []
        for literal in LITERALS:
            at = low.find(literal)
            while at >= 0:
                found.append((at, at + len(literal)))
                at = low.find(literal, at + 1)
        return sorted(found)

    def present(self, text: str) -> frozenset[str]:
        """See `Probe.present`."""
        return frozenset(literal for literal in LITERALS if literal in text.lower())


class Recording(Reading):
    """`handed` holds (language, slice, frame) of every inner text in which a literal stands."""

    def __init__(self, path: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        super().__init__(Source(path, data), Literals())
        self.handed: list[tuple[str, Slice, Frame]] = []

    def read(self, text: Slice, language: str, frame: Frame) -> None:
        """Records instead of reading."""
        if self.hits(text.text):
            self.handed.append((language, text, frame))

    def texts(self, language: str, state: str = "active") -> list[str]:
        """The texts handed on as `language` in `state`, blank ends cut off, holes as `_`."""
        return [text.text.strip().replace("\ue000", "_") for name, text, frame in self.handed if name == language and frame.state == state]

    def urls(self) -> list[tuple[str, str]]:
        """(role, address) of the evidence, holes as `_`."""
        return [(item.role, item.url.replace("\ue000", "_")) for item in self.evidence if isinstance(item, Url)]


def run(language: str, text: str | bytes, path: str = "file", dialect: str = "") -> Recording:
    """Reads `text` with the reader of `language`."""
    reading = Recording(path, text)
    load_reader(language)(reading.source.slice(), Frame(dialect=dialect), reading)
    check(reading)
    return reading


def check(reading: Recording) -> None:
    """What holds of every reading: spans lie in the source and blocks cover them."""
    length = len(reading.source.text)
    for item in reading.evidence:
        assert isinstance(item, Evidence)
        assert 0 <= item.span[0] <= item.span[1] <= length
        assert item.block[0] <= item.span[0]
        assert item.span[1] <= item.block[1]
