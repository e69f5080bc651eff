"""Markdown, MDX, reStructuredText and AsciiDoc: raw markup is live, code samples and prose are not."""

import re
from collections.abc import Iterator

from linter.evidence import Span
from linter.readers.brackets import Brackets
from linter.readers.strings import blank, is_loading_markup
from linter.reading import Frame, Reading, first_lines
from linter.text import HOLE, Slice

MAX_EXPRESSIONS = 300
"""Hits of an MDX document around which expressions are looked for."""

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})([^\r\n]*)")
_RAW_OPEN = re.compile(r"<(script|pre|style|textarea|noscript|svg)(?=[\s>/])|<!--", re.IGNORECASE)
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_TICKS = re.compile(r"`+")
_TEMPLATE = re.compile(r"\{\{[<%]?[^{}]{0,2000}[%>]?\}\}|\{%[^%]{0,2000}%\}")
_OFF = re.compile(r"\{%-?\s*(comment|highlight|raw|codeblock)\b[^%]{0,400}%\}|\{\{[<%]\s*(highlight)\b[^{}]{0,400}[%>]\}\}")
_MODULE_LINE = re.compile(r"^(?:import|export)\s[^\r\n]*(?:\r?\n[^\r\n]+)*", re.MULTILINE)
_RST_RAW = re.compile(r"\.\.\s+raw::\s*html\s*$|\+{4,}\s*$")


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a document; `frame.dialect` is "", "mdx" or "rst" (also AsciiDoc)."""
    text = first_lines(text, reading)
    if frame.dialect == "rst":
        _read_rst(text, frame, reading)
        return
    start = _read_front_matter(text, frame, reading)
    masked = text.mask(_samples(text.text, start, frame.dialect == "mdx"))
    masked = masked.mask(_templates(masked.text))
    if frame.dialect == "mdx":
        _read_expressions(masked, frame, reading)
    if is_loading_markup(masked.text):
        reading.read(masked, "html", frame)


def _read_front_matter(text: Slice, frame: Frame, reading: Reading) -> int:
    """Reads the front matter as data; gives where the document begins."""
    opening = _FRONT.match(text.text)
    if opening is None:
        return 0
    closing = re.compile(rf"^{re.escape(opening[1])}[ \t]*\r?$", re.MULTILINE).search(text.text, opening.end())
    if closing is None:
        return 0
    dialect = "yaml" if opening[1] == "---" else "toml"
    reading.read(text.cut(opening.end(), closing.start()), "data", frame._replace(dialect=dialect))
    return closing.end()


def _samples(text: str, start: int, mdx: bool) -> list[tuple[int, int, str]]:
    """Mask spans of the front matter, code blocks and inline code; raw markup (scripts, comments) stays whole."""
    spans = blank(text, 0, start)
    paragraph: Span | None = None
    for kind, begin, end in _blocks(text, start, mdx):
        if kind == "text":
            paragraph = (paragraph[0] if paragraph else begin, end)
            continue
        if paragraph is not None:
            spans += _inline_code(text, *paragraph)
            paragraph = None
        if kind == "code":
            spans += blank(text, begin, end)
    if paragraph is not None:
        spans += _inline_code(text, *paragraph)
    return spans


def _blocks(text: str, at: int, mdx: bool) -> Iterator[tuple[str, int, int]]:
    """The lines of a document as ("text" | "code" | "raw" | "blank", begin, end)."""
    fence = ""
    raw = ""
    before, listed = "blank", False
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or not line[0]:
            return
        content, begin, at = line[0], at, line.end()
        kind = "text"
        mark = None if raw else _FENCE.match(content)
        if fence:
            kind = "code"
            if mark is not None and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif raw:
            kind, raw = "raw", _still_raw(content, raw)
        elif mark is not None and not (mark[1][0] == "`" and "`" in mark[2]):
            kind, fence = "code", mark[1]
        elif not content.strip():
            kind = "blank"
        elif not mdx and content.startswith(("    ", "\t")) and before in {"blank", "code"} and not listed:
            kind = "code"
        else:
            raw = _opens_raw(content)
            kind = "raw" if raw else "text"
            listed = _LIST_ITEM.match(content) is not None or (listed and content.startswith((" ", "\t")))
        before = kind
        yield kind, begin, at


def _opens_raw(line: str) -> str:
    """What must come to end the raw markup that a line leaves open, or ""."""
    stripped = line.lstrip()
    opening = _RAW_OPEN.match(stripped)
    if opening is None:
        return ""
    closing = "-->" if opening[0] == "<!--" else f"</{opening[1].lower()}"
    return _still_raw(stripped[opening.end() :], closing)


def _still_raw(content: str, closing: str) -> str:
    return "" if closing in content.lower() else closing


def _inline_code(text: str, begin: int, end: int) -> list[tuple[int, int, str]]:
    """Mask spans of code between runs of as many backticks in a paragraph; `{`...`}` is JSX."""
    spans: list[tuple[int, int, str]] = []
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text, begin, end) if text[match.start() - 1 : match.start()] != "{"]
    following: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        following.setdefault(runs[number][1] - runs[number][0], []).append(number)
    number = 0
    while number < len(runs):
        same = following[runs[number][1] - runs[number][0]]
        while same and same[-1] <= number:
            same.pop()
        if same:
            spans += blank(text, runs[number][0], runs[same[-1]][1])
            number = same[-1]
        number += 1
    return spans


def _templates(text: str) -> list[tuple[int, int, str]]:
    """Mask spans of Liquid, Hugo and Jekyll tags; blocks that show code or are comments go as a whole."""
    spans: list[tuple[int, int, str]] = []
    if "{%" not in text and "{{" not in text:
        return spans
    last = 0
    for begin, end in [*_switched_off(text), (len(text), len(text))]:
        for tag in _TEMPLATE.finditer(text, last, begin):
            prints = tag[0].startswith("{{") and tag[0][2:3] not in "<%"
            spans += [(tag.start(), tag.end(), HOLE)] if prints else blank(text, tag.start(), tag.end())
        spans += blank(text, begin, end)
        last = end
    return spans


def _switched_off(text: str) -> Iterator[Span]:
    """The blocks of template tags that show code or are comments."""
    at = 0
    absent: set[str] = set()
    while (opening := _OFF.search(text, at)) is not None:
        at = opening.end()
        name = opening[1] or "/" + opening[2]
        closing = None
        if name not in absent:
            pattern = rf"\{{\{{[<%]\s{{0,9}}{name}" if name[0] == "/" else rf"\{{%-?\s{{0,9}}end{name}"
            closing = re.compile(pattern + r"[^{}]{0,20}\}").search(text, at)
        if closing is None:
            absent.add(name)
            continue
        at = closing.end() + (text.startswith("}", closing.end()))
        yield opening.start(), at


def _read_expressions(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads the `import` and `export` statements of MDX, and `{...}` expressions in which literals stand."""
    taken: list[Span] = []
    for match in _MODULE_LINE.finditer(text.text):
        taken.append(match.span())
        reading.read(text.cut(*match.span()), "javascript", frame._replace(block=frame.block or text.span(*match.span())))
    brackets = Brackets(text.text)
    last = 0
    for hit in reading.hits(text.text)[:MAX_EXPRESSIONS]:
        if hit[0] < last or any(begin <= hit[0] < end for begin, end in taken):
            continue
        begin = _outer_brace(text.text, hit[0], last)
        end = brackets.end(begin) if begin >= 0 else -1
        if end > hit[0] and not text.text.startswith("{/*", begin):
            block = text.span(begin, end)
            reading.read(text.cut(begin + 1, end - 1), "javascript", frame._replace(block=frame.block or block))
            last = end


def _outer_brace(text: str, at: int, floor: int) -> int:
    """The first `{` of the paragraph of `at` that is not closed before it, or -1."""
    floor = max(text.rfind("\n\n", 0, at), floor, at - 5000)
    depth, found = 0, -1
    for index in range(floor, at):
        if text[index] == "{":
            found = index if depth == 0 else found
            depth += 1
        elif text[index] == "}" and depth:
            depth -= 1
    return found if depth else -1


def _read_rst(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads what stands in `.. raw:: html` directives (reStructuredText) and `++++` passthroughs (AsciiDoc)."""
    at, opened = 0, -1
    end = len(text.text)
    asciidoc = False
    while at < end:
        line = _LINE.match(text.text, at)
        if line is None or not line[0]:
            break
        content = line[0]
        mark = _RST_RAW.match(content.strip())
        closes = opened >= 0 and (mark is not None if asciidoc else bool(content.strip()) and not content.startswith((" ", "\t")))
        if closes:
            reading.read(text.cut(opened, at), "html", frame)
            opened = -1
        if mark is not None and not (closes and asciidoc):
            opened, asciidoc = line.end(), content.startswith("+")
        at = line.end()
    if opened >= 0:
        reading.read(text.cut(opened, end), "html", frame)
