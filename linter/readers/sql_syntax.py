"""How SQL dumps are written: the patterns of their statements, rows and strings, in two kinds of SQL."""

import re
from typing import NamedTuple

_MYSQL_STRINGS = r"'(?:[^'\\]++|\\.|'')*+'|\"(?:[^\"\\]++|\\.|\"\")*+\""
_PLAIN_STRINGS = r"(?<![A-Za-z0-9_])[eE]'(?:[^'\\]++|\\.|'')*+'|'(?:[^']++|'')*+'|\"(?:[^\"]++|\"\")*+\""
_NAME = r"(?:`[^`\n]{1,100}+`|\"[^\"\n]{1,100}+\"|\[[^\]\n]{1,100}+\]|[\w$]{1,100}+)"
_TABLE = rf"({_NAME}(?:\s?\.\s?{_NAME}){{0,3}}+)"
_COLUMNS = r"(\([^()]{0,20000}+\))?+"
_STARTS = r"(?:INSERT|REPLACE|COPY|UPDATE|CREATE|DROP|LOCK|UNLOCK|ALTER|GO|DELIMITER)\b"

INSERT = re.compile(
    rf"(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+)\s+)*+(?:INTO\b\s*)?{_TABLE}\s*{_COLUMNS}"
    r"\s*(?:OVERRIDING\s+\w+\s+VALUE\s*)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
COPY = re.compile(rf"COPY\s+{_TABLE}\s*{_COLUMNS}\s+FROM\s+stdin\b[^;\n]{{0,200}}+;[ \t]*\r?\n", re.IGNORECASE)
COPY_END = re.compile(r"^\\\.\r?(?:\n|\Z)", re.MULTILINE)
CREATE = re.compile(rf"CREATE\s+(?:TEMPORARY\s+|UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_TABLE}\s*(?=\()", re.IGNORECASE)
ASSIGNING = re.compile(
    rf"(?:UPDATE\s+(?:IGNORE\s+)?{_TABLE}|(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?(?:INTO\b\s*)?{_TABLE})\s+SET\b", re.IGNORECASE
)
"""`UPDATE table SET` and `INSERT INTO table SET`; the table is the group that matched."""
ASSIGNED = re.compile(rf"({_NAME})\s*=\s*(?:(?P<prefix>[A-Za-z_]\w{{0,15}})?(?=['\"])|(?P<raw>-?\w[\w.]{{0,60}}+))")
NO_COLUMN = re.compile(r"(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX|FULLTEXT|SPATIAL|FOREIGN|CHECK|EXCLUDE|LIKE|PERIOD)\b", re.IGNORECASE)
NAMED = re.compile(rf"\s*({_NAME})")
COMMENT = re.compile(r"--[^\n]*+\n|#[^\n]*+\n|/\*(?:[^*]++|\*(?!/))*+\*/")
BLANK = re.compile(rf"(?:\s++|{COMMENT.pattern})*+")
BETWEEN = re.compile(r"[\s,]*+")
AGAIN = re.compile(rf"\n(?={_STARTS})", re.IGNORECASE)
"""Where reading goes on after a statement that does not end: at a line that begins like one."""

_MYSQL_MARK = re.compile(r"\A.{0,3000}?(?:MySQL|MariaDB|phpMyAdmin|Sequel|Adminer)", re.DOTALL | re.IGNORECASE)
_PLAIN_MARK = re.compile(
    r"^-- PostgreSQL database dump|^SET standard_conforming_strings|^PRAGMA \w|^COPY [^\n;]{1,2000} FROM stdin"
    r"|^SET (?:ANSI_NULLS|IDENTITY_INSERT)\b|\[dbo\]\.|^SELECT pg_catalog\.",
    re.MULTILINE | re.IGNORECASE,
)


class Syntax(NamedTuple):
    """The patterns that depend on the kind of SQL. `backslash`: a backslash escapes in every string, as MySQL has it.

    `rows` matches as many whole rows as there are, `other` any other statement up to and with its semicolon (it stops before a
    string or comment that does not end), `token` what a row is made of.
    """

    backslash: bool
    rows: re.Pattern[str]
    other: re.Pattern[str]
    token: re.Pattern[str]


def _syntax(backslash: bool) -> Syntax:
    strings = _MYSQL_STRINGS if backslash else _PLAIN_STRINGS
    plain = r"[^'\"()]++" if backslash else r"[^'\"()eE]++|[eE](?!')|(?<=\w)[eE]"
    inside = f"{plain}|{strings}"
    row = rf"\((?:{inside}|\((?:{inside})*+\))*+\)"
    hash_comment = r"#[^\n]*+|" if backslash else "#|"
    other_plain = r"[^;'\"`$\n/#-]++" if backslash else r"[^;'\"`$\n/#eE-]++|[eE](?!')|(?<=\w)[eE]"
    other = (
        rf"(?:{other_plain}|{strings}|`[^`]*+`|\$(?P<tag>\w{{0,40}}+)\$(?:[^$]++|\$(?!(?P=tag)\$))*+\$(?P=tag)\$|\$(?!\w{{0,40}}+\$)"
        rf"|--[^\n]*+|-|{hash_comment}/\*(?:[^*]++|\*(?!/))*+\*/|/(?!\*)|\n(?!{_STARTS}))*+;?"
    )
    return Syntax(
        backslash,
        re.compile(rf"(?:[\s,]*+{row})*+", re.DOTALL),
        re.compile(other, re.DOTALL | re.IGNORECASE),
        re.compile(rf"{strings}|[(),]|{plain.replace('()', '(),')}", re.DOTALL),
    )


MYSQL = _syntax(backslash=True)
PLAIN = _syntax(backslash=False)
"""PostgreSQL, SQLite, SQL Server: only strings with an E before them have escapes."""


def syntax_of(head: str) -> Syntax:
    """The kind of SQL that a dump is written in, by its beginning."""
    if _MYSQL_MARK.match(head):
        return MYSQL
    return PLAIN if _PLAIN_MARK.search(head) else MYSQL


def bare(name: str) -> str:
    """A name as it is without its quotes; of a dotted one the last part."""
    return NAMES.findall(name)[-1].strip('`"[]') if name else ""


NAMES = re.compile(_NAME)
