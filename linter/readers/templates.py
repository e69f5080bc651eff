"""Template languages: the page with its tags masked, read as what it becomes.

Tags that print become holes, tags that steer become spaces, and no offset shifts. Comments and blocks that never run are
read apart, as dormant; raw blocks keep their text; markup and addresses inside a tag's strings are read where they stand.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from linter.evidence import UrlRole
from linter.languages import by_name
from linter.readers.branches import Region, regions
from linter.readers.dialects import DIALECTS
from linter.readers.embedded import read_strings, role_of, tell_include
from linter.readers.masks import Filler, blank, in_order
from linter.readers.tags import Scanner, Tag
from linter.reading import Frame, Reading
from linter.text import HOLE, Piece, Slice

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n")
_FRONT_MATTER_END = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_INNER = frozenset({"javascript", "typescript", "css", "data", "xml", "markdown"})
_BEFORE = re.compile(r"<(script|img|iframe|link|a)\b[^<>]*\b(?:src|href)\s*=\s*[\"']?[^\"'<>]*$", re.IGNORECASE)
_BEFORE_ROLES: dict[str, UrlRole] = {"script": "script", "img": "image", "iframe": "frame", "link": "style", "a": "link"}
_PHP = re.compile(r"<\?(?:php|=|\s)", re.I)
_MARKUP = re.compile(r"<[a-zA-Z!/]")
_STATEMENT = re.compile(r"^[ \t]*(?:(?:var|let|const|function|window\.)\b[^\n]*|[\w.$]+\([^\n]*\)[ \t]*+;?+)[ \t]*+\r?$", re.M)
_STARTS_AS_MARKUP = re.compile(r"\s*<(?:script|!--)", re.I)
_BRACES = re.compile(r"\s*(ldelim|rdelim|l|r)\s*$")
_CURLY_TAG = re.compile(r"\{\$|\{literal\}|\{\*|\{/?(?:if|foreach|include|block|l|hook)\b")


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a template of `frame.dialect`; an unknown dialect is read as HTML."""
    dialect = _dialect(text.text, frame.dialect, text.source.path)
    if dialect == "typo3":
        from linter.readers import typoscript

        typoscript.read(text, frame, reading)
    elif dialect not in DIALECTS:
        reading.read(text, "html", frame)
    else:
        language, inner = inner_language(text.source.path)
        read_masked(text, dialect, language, frame._replace(dialect=inner or dialect), reading)


def _dialect(text: str, dialect: str, path: str) -> str:
    """The dialect, sharper than file names tell: Velocity shares a row with FreeMarker, `.tpl` files may hold anything."""
    if dialect == "freemarker" and path.lower().endswith((".vm", ".vtl")):
        return "velocity"
    if dialect == "smarty" and not _CURLY_TAG.search(text):
        if "{%" in text:
            return "twig"
        if "{{" in text:
            return "handlebars"
    return dialect


def inner_language(path: str) -> tuple[str, str]:
    """(language, dialect) that a template renders to, by the file name in front of its ending: `x.js.erb` is JavaScript."""
    name = path.rsplit("/", 1)[-1].lower()
    stem = name[: -len(".blade.php")] if name.endswith(".blade.php") else name.rpartition(".")[0]
    known = by_name(stem) if "." in stem else None
    return (known.reader, known.dialect) if known and known.reader in _INNER else ("html", "")


def read_masked(text: Slice, dialect: str, language: str, frame: Frame, reading: Reading) -> None:
    """Masks the tags of `dialect` and reads the rest as `language`."""
    body = _front_matter(text, frame, reading)
    scanner = Scanner(text.text, dialect)
    tags = scanner.tags()
    if scanner.tangled:
        reading.notice("too many template tags")
        text = text.cut(0, scanner.until)
    if dialect == "coldfusion":
        tags = [*_printed(text.text, tags)]
    masked = text.mask(in_order([*blank(text.text, 0, body), *_fillers(text.text, tags, dialect, body)]))
    _read_inside_tags(text, masked, tags, dialect, language, frame, reading)
    dead = regions(masked.text, tags, text.text, reading)
    for region in dead:
        if region.dormant:
            reading.read(masked.cut(region.begin, region.end), language, frame.dormant())
    live = masked.mask(_blanks(masked.text, dead))
    reading.read(live, _sharper(language, live.text), frame)


def _sharper(language: str, text: str) -> str:
    """The language of a masked text, where it tells more than the file's name: parts of scripts have names of pages."""
    if language == "html" and _PHP.search(text):
        return "php"
    if language == "html" and not _MARKUP.search(text) and _STATEMENT.search(text):
        return "javascript"
    return "html" if language == "javascript" and _STARTS_AS_MARKUP.match(text) else language


def _front_matter(text: Slice, frame: Frame, reading: Reading) -> int:
    """The length of YAML front matter, which is read as data."""
    start = _FRONT_MATTER.match(text.text)
    end = _FRONT_MATTER_END.search(text.text, start.end()) if start else None
    if not start or not end:
        return 0
    reading.read(text.cut(start.end(), end.start()), "data", frame._replace(dialect="yaml"))
    return end.end()


def _fillers(text: str, tags: Sequence[Tag], dialect: str, body: int) -> Iterator[Filler]:
    for tag in tags:
        if tag.kind == "keep" or tag.begin < body:
            continue
        brace = _BRACES.match(text, *tag.inside) if dialect == "smarty" else None
        if brace:
            yield tag.begin, tag.begin + 1, "{" if brace[1] in ("l", "ldelim") else "}"
            yield tag.begin + 1, tag.end, " "
        elif tag.kind == "output":
            yield tag.begin, tag.end, HOLE
        else:
            yield from blank(text, tag.begin, tag.end)


def _blanks(text: str, dead: Sequence[Region]) -> Iterator[Filler]:
    for region in dead:
        yield from blank(text, region.begin, region.end)


def _printed(text: str, tags: Sequence[Tag]) -> Iterator[Tag]:
    """ColdFusion's tags, with `#...#` only where a cfoutput prints."""
    depth = 0
    for tag in tags:
        head = text[tag.begin : tag.begin + 12].lower()
        depth += head.startswith("<cfoutput") - head.startswith("</cfoutput")
        if tag.kind != "output" or depth > 0:
            yield tag


def _read_inside_tags(text: Slice, masked: Slice, tags: Sequence[Tag], dialect: str, language: str, frame: Frame, reading: Reading) -> None:
    """Comments, inner blocks, and the strings of tags that hold a literal of the catalog."""
    hits = reading.hits(text.text)
    starts = [begin for begin, _ in hits]
    for tag in tags:
        number = bisect_left(starts, tag.begin)
        if number == len(hits) or starts[number] >= tag.end or tag.kind == "keep":
            continue
        if tag.kind == "comment":
            inside = text.cut(*tag.inside)
            script = language if language != "html" or "<" in inside.text else _around(masked.text, tag.begin)
            read_masked(inside, dialect, script, frame.dormant(), reading)
        elif tag.kind == "block":
            _read_block(text, tag, frame, reading)
        elif tag.flow not in ("open", "else"):
            read_strings(text, tag.inside, _role(text.text, masked.text, tag), frame, reading, (tag.begin, tag.end))
            tell_include(text, tag.inside, (tag.begin, tag.end), frame.dormant() if _in_comment(masked.text, tag.begin) else frame, reading)


def _in_comment(masked: str, at: int) -> bool:
    """Whether offset `at` of an HTML page stands in a comment."""
    return masked.rfind("<!--", max(0, at - 20_000), at) > masked.rfind("-->", max(0, at - 20_000), at)


def _around(masked: str, at: int) -> str:
    """The language that surrounds offset `at` of an HTML page: inside a script it is JavaScript."""
    opened = masked.rfind("<script", max(0, at - 20_000), at)
    return "javascript" if opened >= 0 and masked.find("</script", opened, at) < 0 else "html"


def _read_block(text: Slice, tag: Tag, frame: Frame, reading: Reading) -> None:
    if tag.role == "php":
        begin, end = tag.inside
        reading.read(text.derive([Piece("<?php ", begin, begin), Piece(text.text[begin:end], begin, end)]), "php", frame)
    elif tag.role == "code":
        read_strings(text, tag.inside, "code", frame, reading)
    elif tag.role != "sample":
        dialect = "json" if tag.role == "data" else frame.dialect
        reading.read(text.cut(*tag.inside), tag.role, frame._replace(dialect=dialect))


def _role(text: str, masked: str, tag: Tag) -> UrlRole:
    """What a tag's address is for: the attribute it stands in tells, else the tag's words."""
    before = _BEFORE.search(masked[max(0, tag.begin - 300) : tag.begin])
    return _BEFORE_ROLES[before[1].lower()] if before else role_of(text[tag.inside[0] : tag.inside[1]])
