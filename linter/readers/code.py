"""Code in languages that are told only by their comments and strings: markup, scripts and addresses in string literals."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from linter.evidence import Span, UrlRole
from linter.readers.code_scan import Lexeme, scan
from linter.readers.code_syntax import SYNTAXES
from linter.readers.sdk_calls import Quoted, SdkReader
from linter.readers.strings import emit_url, hand_on, hole, is_address, is_loading_markup, is_script
from linter.reading import Frame, Reading
from linter.text import Slice, join

MAX_LEXEMES = 1_000_000
"""Strings and comments of a file that are looked at."""
MAX_PARTS = 500
"""String literals that are read as one text."""

_NO_CODE = re.compile(
    r"(?:.*/)?(?:readme|changelog|changes|history|license|licence|copying|notice|authors|contributors|contributing|todo|security"
    r"|install|upgrading|robots|humans|ads|app-ads|llms)[\w.-]*\Z|.*\.log\Z",
    re.IGNORECASE,
)
_OPERATOR = r"(?:[+&~]|\.{1,2}|\|\||<<|<>)"
_BETWEEN = re.compile(rf"\s*(?:{_OPERATOR}\s*)?(?:\\\s*)?")
_BETWEEN_VALUE = re.compile(rf"\s*{_OPERATOR}\s*([\w.()\[\]@$:?!>'-]{{1,120}})\s*{_OPERATOR}\s*")
_POLICY = re.compile(
    r"(?:script|style|img|connect|default|frame|font|child|object|worker)[_-]?src|csp|content[_-]?security|policy"
    r"|allowlist|whitelist|blocklist",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"script|(?<![a-z])js(?![a-z])|\bsrc\b", re.IGNORECASE)
_STYLE = re.compile(r"stylesheet|(?<![a-z])css(?![a-z])", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?<![a-z])(?:requests?|httpx|session|client|http|https|axios|faraday|httparty|rest_?client|typhoeus|excon|net::http|httpoison|tesla"
    r"|req|finch|aiohttp|webclient|httpclient|resttemplate|reqwest|ureq)\w*(?:::|\.)\w+[!?]?\s*[( ]|url_?open|\bcurl\b|\bwget\b"
    r"|\bfetch\s*\(|(?:post|get|send|put)(?:async|json)\w*\s*\(|newrequest",
    re.IGNORECASE,
)
_KEY = re.compile(r"(?<![\w.-])([A-Za-z_][\w.-]{0,80}+)['\"]?\s{0,9}(?:=>|=|:|\()[\s\[({]{0,20}+(?:[^=\n]{0,200},\s{0,9})?\Z")
_REQUIRED = re.compile(r"(?<![\w.])require\s{0,4}\(?\s{0,4}\Z")
_WORD = re.compile(r"[^\s'\"<>|;]+")


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads code by the syntax of `frame.dialect`; of plain text, only markup counts."""
    dialect = frame.dialect or "plain"
    if dialect == "plain":
        if not _NO_CODE.match(reading.source.path) and is_loading_markup(text.text):
            reading.read(text, "html", frame)
        return
    lexemes = list(islice(scan(text.text, SYNTAXES.get(dialect, SYNTAXES["c"])), MAX_LEXEMES))
    if len(lexemes) == MAX_LEXEMES:
        reading.notice(f"more than {MAX_LEXEMES} strings and comments")
        text = text.cut(0, lexemes[-1].end)
    if dialect != "sql":
        from linter.readers import code_settings

        code_settings.read(text, lexemes, dialect, frame, reading)
    starts = [lexeme.begin for lexeme in lexemes]
    sdk = _sdk(text, dialect, lexemes, frame, reading) if dialect in ("python", "ruby") else None
    done = -1
    for hit in reading.hits(text.text):
        number = bisect_right(starts, hit[0]) - 1
        if hit[0] < done:
            continue
        if reading.at_end():
            return
        if number < 0 or hit[0] >= lexemes[number].end:
            if dialect == "shell" and reading.effort(300, "words"):
                _read_word(text, hit, frame, reading)
            elif sdk is not None:
                sdk.read(hit)
            continue
        required = _REQUIRED.search(text.text, max(lexemes[number].begin - 30, 0), lexemes[number].begin) if dialect == "ruby" else None
        if required is not None and sdk is not None:
            sdk.required(text.text[lexemes[number].inner : lexemes[number].stop], lexemes[number].inner, lexemes[number].stop)
            done = lexemes[number].end
            continue
        if lexemes[number].decode is None:
            last = _read_comments(text, lexemes, number, frame, reading)
        else:
            last = _read_string(text, lexemes, number, frame, reading)
        done = lexemes[last].end


def _sdk(text: Slice, language: str, lexemes: Sequence[Lexeme], frame: Frame, reading: Reading) -> SdkReader:
    quoted = [Quoted(one.begin, one.end, text.text[one.inner : one.stop] if one.decode is not None else None) for one in lexemes]
    return SdkReader(text, language, quoted, frame, reading)


def _read_string(text: Slice, lexemes: Sequence[Lexeme], number: int, frame: Frame, reading: Reading) -> int:
    """Reads the string `number` with those it is concatenated with; gives the number of the last of them."""
    first = last = number
    across = frame.dialect == "python"
    while first > 0 and number - first < MAX_PARTS and _joined(text.text, lexemes[first - 1], lexemes[first], across):
        first -= 1
    while last + 1 < len(lexemes) and last - number < MAX_PARTS and _joined(text.text, lexemes[last], lexemes[last + 1], across):
        last += 1
    if _is_documentation(text.text, lexemes[first]):
        return last
    parts: list[Slice] = []
    for index in range(first, last + 1):
        lexeme = lexemes[index]
        between = _BETWEEN_VALUE.fullmatch(text.text, lexemes[index - 1].end, lexeme.begin) if index > first else None
        if between is not None:
            parts.append(hole(text, *between.span(1)))
        if lexeme.decode is not None:
            parts.append(lexeme.decode(text.cut(lexeme.inner, lexeme.stop)))
    begin, end = lexemes[first].begin, lexemes[last].end
    before = text.text[max(begin - 300, 0) : begin]
    role, key = _role(before)
    hand_on(join(parts), role, frame, reading, text.span(*_line_span(text.text, begin, end)), key)
    return last


def _joined(text: str, one: Lexeme, other: Lexeme, across: bool) -> bool:
    """Whether two strings are parts of one concatenation, with at most one plain value between them.

    `across`: a string on the next line is one, without any operator.
    """
    if one.decode is None or other.decode is None or other.begin - one.end > 200:
        return False
    begin = other.begin - len(other.prefix)
    if not across and "\n" in text[one.end : begin] and not text[one.end : begin].strip():
        return False
    return _BETWEEN.fullmatch(text, one.end, begin) is not None or _BETWEEN_VALUE.fullmatch(text, one.end, begin) is not None


def _is_documentation(text: str, lexeme: Lexeme) -> bool:
    """Whether a string with three quotes stands as a statement of its own (Python) or behind `@doc` (Elixir)."""
    if not text.startswith(('"""', "'''"), lexeme.begin):
        return False
    line = text[text.rfind("\n", 0, lexeme.begin) + 1 : lexeme.begin].strip()
    if line:
        return line.startswith(("@doc", "@moduledoc", "@typedoc"))
    return text[max(lexeme.begin - 300, 0) : lexeme.begin].rstrip()[-1:] not in set("=(,[{+")


def _role(before: str) -> tuple[UrlRole, str]:
    """What an address behind the code `before` is for, and the name it is given to."""
    statement = re.split(r"[;{}]\s|\n\s*\n", before)[-1]
    key = _KEY.search(statement)
    name = key[1] if key else ""
    line = statement.rsplit("\n", 1)[-1]
    if _POLICY.search(statement):
        return "data", name
    if _REQUEST.search(statement):
        return "request", name
    if _SCRIPT.search(line) or _SCRIPT.search(name):
        return "script", name
    if _STYLE.search(line):
        return "style", name
    return "data", name


def _line_span(text: str, begin: int, end: int) -> Span:
    """From the first character of the line of `begin` to the end of the line of `end`, without blank space."""
    start = max(text.rfind("\n", 0, begin) + 1, begin - 400)
    stop = text.find("\n", end)
    stop = min(stop if stop >= 0 else len(text), end + 400)
    line = text[start:begin]
    return start + len(line) - len(line.lstrip()), end + len(text[end:stop].rstrip())


def _read_word(text: Slice, hit: Span, frame: Frame, reading: Reading) -> None:
    """An unquoted address in a shell command that requests it."""
    begin = max(text.text.rfind("\n", 0, hit[0]) + 1, hit[0] - 2000)
    if not re.search(r"\b(?:curl|wget|http)\s", text.text[begin : hit[0]]):
        return
    for word in _WORD.finditer(text.text, begin, min(hit[1] + 2000, len(text.text))):
        if word.start() <= hit[0] < word.end() and is_address(word[0]):
            span = text.span(*_line_span(text.text, *word.span()))
            emit_url(text.cut(*word.span()), "request", frame, reading, span)


def _read_comments(text: Slice, lexemes: Sequence[Lexeme], number: int, frame: Frame, reading: Reading) -> int:
    """Reads a comment, with the comments right above and below it, if it holds markup or code; gives the last one's number."""
    first = last = number
    while first > 0 and number - first < MAX_PARTS and _adjoin(text.text, lexemes[first - 1], lexemes[first]):
        first -= 1
    while last + 1 < len(lexemes) and last - number < MAX_PARTS and _adjoin(text.text, lexemes[last], lexemes[last + 1]):
        last += 1
    begin, end = lexemes[first].begin, lexemes[last].end
    marks = [(lexeme.begin - begin, lexeme.inner - begin, " ") for lexeme in lexemes[first : last + 1]]
    inside = text.cut(begin, end).mask(marks)
    block = text.span(begin, end)
    dormant = frame.dormant()._replace(block=frame.block or block)
    if is_loading_markup(inside.text):
        reading.read(inside, "html", dormant)
    elif is_script(inside.text):
        reading.read(inside, "javascript", dormant)
    return last


def _adjoin(text: str, one: Lexeme, other: Lexeme) -> bool:
    return one.decode is None and other.decode is None and not text[one.end : other.begin].strip()
