"""How each language writes comments, and what is none although it looks like one (strings, raw text): marks in tables.

The finder of comments (`linter.suppression_comments`) needs no more of a language than this. Template languages take their
comments from `linter.readers.dialects`, other code from `linter.readers.code_syntax`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from linter.languages import Language


class Mark(NamedTuple):
    """Something that `open` begins (a regular expression, as `close`) and `close` ends, "" where `open` is all of it.

    `role`: `comment`; `text`, in which nothing is a comment; `end`, which ends the language; `markup` or another language
    name, in which what lies between is written.
    """

    open: str
    close: str
    role: str


class Tongue(NamedTuple):
    """A language's marks, ready to use: one expression that finds the next, and each mark's close."""

    opens: re.Pattern[str]
    marks: tuple[Mark, ...]
    closes: tuple[re.Pattern[str] | None, ...]


EOL = r"(?=[\r\n])|\Z"
_HTML = Mark(r"<!--", r"-->", "comment")
_BLOCK = Mark(r"/\*", r"\*/", "comment")
_SLASHES = Mark(r"//", EOL, "comment")
_ESCAPED = Mark(r"\\[^\n]", "", "text")
_DOUBLE = Mark(r'"(?:\\[^\n]|[^"\\\n])*+"', "", "text")
_SINGLE = Mark(r"'(?:\\[^\n]|[^'\\\n])*+'", "", "text")
_HASH = Mark(r"(?<!\S)#", EOL, "comment")
_REGEX = Mark(r"(?<=[(,=:!&|?{};\[\n+])[ \t]{0,20}/(?![/*])(?:\\[^\n]|[^\\/\n]){1,300}+/", "", "text")
_PHP = Mark(r"<\?(?:php\b|=)", "", "php")
_JS = (_ESCAPED, _DOUBLE, _SINGLE, _SLASHES, _BLOCK, Mark("`", "", "js-template"), _REGEX, _PHP, Mark(r"\{", "", "js-hole"))

_TABLE: dict[str, tuple[Mark, ...]] = {
    "markup": (
        _HTML,
        _PHP,
        Mark(r"(?i)<script\b[^<>]{0,4000}>", r"(?i)(?=</script)", "script"),
        Mark(r"(?i)<style\b[^<>]{0,4000}>", r"(?i)(?=</style)", "css"),
        Mark(r"(?i)<(?:textarea|title|xmp)\b[^<>]{0,4000}>", r"(?i)</(?:textarea|title|xmp)", "text"),
        Mark(r'=[ \t]?"[^"]{0,4000}+"', "", "text"),
        Mark(r"=[ \t]?'[^']{0,4000}+'", "", "text"),
    ),
    "js": (*_JS,),
    "js-hole": (Mark(r"\}", "", "end"), *_JS),
    "js-template": (_ESCAPED, Mark("`", "", "end"), Mark(r"\$\{", "", "js-hole")),
    "css": (_ESCAPED, _DOUBLE, _SINGLE, _BLOCK, Mark(r"(?<![^\s;{}])//", EOL, "comment"), _PHP),
    "php": (
        Mark(r"\?>", "", "end"),
        _ESCAPED,
        Mark(r'"(?:\\.|[^"\\])*+"', "", "text"),
        Mark(r"'(?:\\.|[^'\\])*+'", "", "text"),
        Mark(r"//|\#(?!\[)", r"(?=\?>)|" + EOL, "comment"),
        _BLOCK,
    ),
    "yaml": (
        _HASH, _HTML,
        Mark(r"(?<![^\s\[{,:])" + _DOUBLE.open, "", "text"), Mark(r"(?<![^\s\[{,:])'[^'\n]*+'", "", "text"),
    ),
    "toml": (Mark('"""', '"""', "text"), Mark("'''", "'''", "text"), _DOUBLE, Mark(r"'[^'\n]*+'", "", "text"), Mark("#", EOL, "comment")),
    "eno": (Mark(r"(?<!\S)[#;]", EOL, "comment"), _HTML),
    "json": (_DOUBLE, _SLASHES, _BLOCK),
    "sql": (Mark(r"'(?:\\.|[^'\\])*+'", "", "text"), Mark(r"--|(?<!\S)#", EOL, "comment"), _BLOCK),
    "markdown": (
        Mark(r"(?m)^[ \t]{0,3}```", r"(?m)^[ \t]{0,3}```", "text"), Mark(r"(?m)^[ \t]{0,3}~~~", r"(?m)^[ \t]{0,3}~~~", "text"),
        Mark(r"`[^`\n]*+`", "", "text"), _HTML, Mark(r"\{/\*", r"\*/\}", "comment"),
    ),
    "rst": (Mark(r"(?m)^[ \t]*+(?:\.\.[ \t]|//(?!/))", EOL, "comment"),),
    "xml": (_HTML,),
    "pug": (Mark(r"(?<!\S)//-?", EOL, "comment"), _HTML, _BLOCK),
    "haml": (Mark(r"(?m)^[ \t]*+(?:-#|/(?!\*))", EOL, "comment"), Mark(r"(?<!\S)//", EOL, "comment"), _HTML, _BLOCK),
    "slim": (Mark(r"(?m)^[ \t]*+/!?(?!\*)", EOL, "comment"), Mark(r"(?<!\S)//", EOL, "comment"), _HTML, _BLOCK),
    "typo3": (Mark(r"(?m)^[ \t]*+(?:#|//)", EOL, "comment"), _BLOCK, _HTML),
    "plain": (Mark(r"(?<!\S)(?:#|//)", EOL, "comment"), _HTML),
    "astro": (Mark(r"\A---", r"(?m)^---", "js"),),
}  # fmt: skip
_DATA = {"json": "json", "yaml": "yaml", "toml": "toml", "eno": "eno"}
_HOSTS = {"javascript": "js", "typescript": "js", "css": "css", "xml": "xml", "sql": "sql", "markdown": "markdown"}


def language_name(language: Language, text: str) -> str:
    """The name under which `tongue` knows the language of a file; "" where it has no comments."""
    reader, dialect = language
    if reader in ("html", "php"):
        return "markup"
    if reader == "template":
        return "typo3" if dialect == "typo3" else f"markup:{dialect}"
    if reader == "component":
        return f"markup:component-{dialect}"
    if reader == "markdown" and dialect == "rst":
        return "rst"
    if reader in _HOSTS:
        return _HOSTS[reader]
    if reader == "data":
        return _DATA.get(dialect, "eno")
    if reader == "indented":
        return dialect or "pug"
    if reader == "code":
        return f"code:{dialect}"
    return ""


@lru_cache(maxsize=64)
def tongue(name: str) -> Tongue:
    """The marks of a language, with those of the template language or the code's row behind the colon of its name."""
    host, _, inner = name.partition(":")
    if host == "code":
        marks = _TABLE["plain"] if inner in ("", "plain") else _of_code(inner)
    else:
        marks = (*(_of_dialect(inner) if inner else ()), *_TABLE[host])
    opens = "|".join(f"(?P<m{number}>{mark.open.removeprefix('(?m)').removeprefix('(?i)')})" for number, mark in enumerate(marks))
    closes = tuple(re.compile(mark.close) if mark.close else None for mark in marks)
    return Tongue(re.compile(opens, re.IGNORECASE | re.MULTILINE), marks, closes)


def _of_dialect(dialect: str) -> tuple[Mark, ...]:
    if dialect.startswith("component-"):
        own = _TABLE["astro"] if dialect == "component-astro" else ()
        return (*own, Mark(r"\{\s{0,40}/\*", r"\*/", "comment"))
    from linter.readers.dialects import DIALECTS

    row = DIALECTS.get(dialect)
    if row is None:
        return ()
    forms = (*row.forms, *(DIALECTS["velocity"].forms if dialect == "freemarker" else ()))
    marks = [Mark(form.open, form.close, "comment") for form in forms if form.kind == "comment"]
    if dialect in ("liquid", "twig"):
        marks.append(Mark(r"\{%-?\s{0,40}\#", r"-?%\}", "comment"))
    if dialect in ("erb", "heex"):
        marks.append(Mark(r"<%-?\s{0,40}\#", r"-?%>", "comment"))
    words = "|".join(word for word, role in row.blocks.items() if role == "comment")
    if words and row.block_end:
        opening = r"<#(?:WORD)>" if dialect == "freemarker" else r"\{%[-~+]?\s{0,40}(?:WORD)\b[^%]{0,80}%\}"
        marks.append(Mark(opening.replace("WORD", words), row.block_end.replace("WORD", words), "comment"))
    return tuple(marks)


def _of_code(dialect: str) -> tuple[Mark, ...]:
    from linter.readers.code_syntax import SYNTAXES

    marks = []
    for rule in SYNTAXES.get(dialect, SYNTAXES["c"]).rules:
        opening, closing = re.escape(rule.opening), re.escape(rule.closing)
        if rule.decode is None:
            start = rf"(?<!\S){opening}" if rule.opening == "#" else opening
            marks.append(Mark(start, EOL if rule.closing == "\n" else closing, "comment"))
        elif len(rule.closing) == 1 and not rule.doubled:
            inside = rf"(?:\\.|[^{closing}\\{'' if rule.lines else chr(92) + 'n'}])*+" if rule.escapes else f"[^{closing}]*+"
            marks.append(Mark(f"{opening}{inside}{closing}", "", "text"))
        elif len(rule.closing) == 1:
            marks.append(Mark(f"{opening}[^{closing}]*+{closing}", "", "text"))
        else:
            marks.append(Mark(opening, closing, "text"))
    return (*marks, _ESCAPED)
