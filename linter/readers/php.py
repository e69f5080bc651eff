"""PHP files: markup between PHP tags is read as a page, catalog hits inside PHP code are read where they stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from linter.evidence import Span
from linter.readers.php_comments import read_comments
from linter.readers.php_constants import Constants
from linter.readers.php_page import alternatives, page, parts
from linter.readers.php_split import COMMENTS, MAX_PIECES, Lexeme, Region, split
from linter.reading import Frame, Reading
from linter.text import Slice


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a file of PHP and HTML: the page as "html" once, then strings and comments of the PHP code that hold hits."""
    regions, lexemes = split(text.text)
    if len(regions) + len(lexemes) >= MAX_PIECES:
        reading.notice(f"more than {MAX_PIECES} pieces of PHP")
        text = text.cut(0, regions[-1].end)
    inside: list[Span] = []
    outside = False
    starts = [region.begin for region in regions]
    for hit in reading.hits(text.text):
        number = bisect_right(starts, hit[0]) - 1
        if number >= 0 and hit[1] <= regions[number].end:
            inside.append(hit)
        else:
            outside = True
    if outside:
        _read_page(text, regions, frame, reading)
    if inside:
        holding = _holding(lexemes, inside)
        strings = [lexeme for lexeme in holding if lexeme.kind not in COMMENTS]
        if strings:
            from linter.readers.php_tree import (
                read_strings,  # imports the parser, which most files do not need
            )

            read_strings(text, strings, frame, reading)
        bare = _bare(lexemes, inside)
        if bare:
            from linter.readers.php_setting_names import look_at_names

            look_at_names(text, bare, frame, reading)
            from linter.readers.sdk_calls import Quoted, SdkReader  # most files do not need it

            quoted = [Quoted(one.begin, one.end, None if one.kind in COMMENTS else text.text[one.inner : one.stop]) for one in lexemes]
            sdk = SdkReader(text, "php", quoted, frame, reading)
            for hit in bare:
                sdk.read(hit)
        read_comments(text, lexemes, [lexeme for lexeme in holding if lexeme.kind in COMMENTS], frame, reading)


def _read_page(text: Slice, regions: Sequence[Region], frame: Frame, reading: Reading) -> None:
    """Reads the page; its parts that are switched off or wait for consent are cut out of it and read on their own."""
    special = parts(text.text, regions)
    others = alternatives(text.text, regions)
    constants = Constants(text.text)
    whole = page(text, regions, [*((part.begin, part.end) for part in special), *others], (0, len(text.text)), constants)
    reading.read(whole, "html", frame)
    starts = [region.begin for region in regions]
    hits = [begin for begin, _ in reading.hits(text.text)]
    for part in special:
        number = bisect_left(hits, part.begin)
        if number == len(hits) or hits[number] >= part.end:
            continue
        inside = regions[bisect_left(starts, part.begin) : bisect_left(starts, part.end)]
        blanks = others[bisect_left(others, (part.begin, 0)) : bisect_left(others, (part.end, 0))]
        inner = page(text, inside, blanks, (part.begin, part.end), constants)
        reading.read(inner, "html", frame.dormant() if part.state == "dormant" else frame.gated())


def _bare(lexemes: Sequence[Lexeme], hits: Sequence[Span]) -> list[Span]:
    """The hits that stand in code, not in a string or comment."""
    starts = [lexeme.begin for lexeme in lexemes]
    numbers = [bisect_right(starts, hit[0]) - 1 for hit in hits]
    return [hit for hit, number in zip(hits, numbers, strict=True) if number < 0 or hit[0] >= lexemes[number].end]


def _holding(lexemes: Sequence[Lexeme], hits: Sequence[Span]) -> list[Lexeme]:
    """The strings and comments in which hits stand, in order."""
    starts = [lexeme.begin for lexeme in lexemes]
    found: list[Lexeme] = []
    for hit in hits:
        number = bisect_right(starts, hit[0]) - 1
        if number >= 0 and hit[0] < lexemes[number].end and (not found or found[-1] != lexemes[number]):
            found.append(lexemes[number])
    return found
