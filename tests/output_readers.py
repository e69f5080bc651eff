"""Reads every output back into rows: rule, path, line, column, severity, message. What a format does not tell is None.

Columns come back as characters: `texts` gives the text of a path, in which other units are counted.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from tests.cli_support import tree
from tests.containers import export, html

Texts = Mapping[str, str]


class Row(NamedTuple):
    """A finding, as an output tells it."""

    rule: str
    path: str
    line: int
    column: int | None
    severity: str
    message: str


def line_of(text: str, number: int) -> str:
    """A line of a text, from 1."""
    return re.split(r"\r\n|\r|\n", text)[number - 1]


def characters(line: str, column: int, encoding: str, unit: int) -> int:
    """The character column of a column that counts units of `unit` bytes in an encoding."""
    before = line.encode(encoding, "surrogatepass")[: (column - 1) * unit]
    return len(before.decode(encoding, "surrogatepass")) + 1


def of_json(told: str, texts: Texts) -> list[Row]:
    """The JSON document."""
    return [
        Row(row["rule"], row["path"], row["start"]["line"], row["start"]["column"], row["severity"], row["message"])
        for row in json.loads(told)["findings"]
    ]


def of_sarif(told: str, texts: Texts) -> list[Row]:
    """SARIF."""
    (run,) = json.loads(told)["runs"]
    rows = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        path = unquote(place["artifactLocation"]["uri"])
        line, column = place["region"]["startLine"], place["region"]["startColumn"]
        message = re.sub(r"\\([\[\]])", r"\1", result["message"]["text"].partition("\nSee also: ")[0]).removesuffix(".")
        column = characters(line_of(texts[path], line), column, "utf-16-le", 2)
        rows.append(Row(result["ruleId"], path, line, column, result["level"], message))
    return rows


def of_rdjson(told: str, texts: Texts) -> list[Row]:
    """reviewdog's rdjson."""
    severities = {"ERROR": "error", "WARNING": "warning", "INFO": "note"}
    rows = []
    for one in json.loads(told)["diagnostics"]:
        path, start = one["location"]["path"], one["location"]["range"]["start"]
        column = characters(line_of(texts[path], start["line"]), start["column"], "utf-8", 1)
        message = one["message"].partition("\n\nTo do: ")[0]
        rows.append(Row(one["code"]["value"], path, start["line"], column, severities[one["severity"]], message))
    return rows


def of_gitlab(told: str, texts: Texts) -> list[Row]:
    """GitLab's Code Quality: no columns."""
    severities = {"critical": "error", "major": "warning", "info": "note"}
    return [
        Row(
            one["check_name"], one["location"]["path"], one["location"]["lines"]["begin"], None, severities[one["severity"]],
            one["description"].removeprefix(f"{one['check_name']}: "),
        )
        for one in json.loads(told)
    ]  # fmt: skip


def of_github(told: str, texts: Texts) -> list[Row]:
    """GitHub's annotations: those on findings."""
    rows = []
    for line in told.splitlines():
        name, _, rest = line.removeprefix("::").partition(" ")
        properties, _, message = rest.partition("::")
        if not line.startswith("::") or "line=" not in properties:
            continue
        values = {key: unescaped(value) for key, _, value in (one.partition("=") for one in properties.split(","))}
        column = int(values["col"]) if "col" in values else None
        severity = {"error": "error", "warning": "warning", "notice": "note"}[name]
        said = unescaped(message).partition("\nTo do: ")[0]
        rows.append(Row(values["title"], values["file"], int(values["line"]), column, severity, said))
    return rows


def unescaped(text: str) -> str:
    """What a workflow command says."""
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


_LINE = re.compile(r"(?P<path>.*):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|note)\[(?P<rule>[\w/-]+)\]: (?P<message>.*)")


def of_lines(told: str, texts: Texts) -> list[Row]:
    """Lines as the text report has them."""
    found = [_LINE.fullmatch(line) for line in told.splitlines()]
    return [
        Row(row["rule"], row["path"], int(row["line"]), int(row["column"]), row["severity"], row["message"])
        for row in found
        if row is not None
    ]


def of_junit(told: str, texts: Texts) -> list[Row]:
    """JUnit XML."""
    suites = ElementTree.fromstring(told)
    inner = [element.text or "" for element in suites.iter() if element.tag in ("failure", "system-out")]
    return of_lines("\n".join(inner), texts)


def of_markdown(told: str, texts: Texts) -> list[Row]:
    """The table of the Markdown report."""
    rows = []
    for line in told.splitlines():
        cells = line.strip("| ").split(" | ")
        if len(cells) == 4 and cells[0] in ("error", "warning", "note"):
            path, number, column = plain(cells[2]).rsplit(":", 2)
            rows.append(Row(plain(cells[1]), path, int(number), int(column), cells[0], plain(cells[3])))
    return rows


def plain(cell: str) -> str:
    """What a Markdown cell shows."""
    code = re.fullmatch(r"`([^`]*)`|<code>(.*)</code>", cell)
    return unescape((code[1] or code[2]) if code else cell).replace("\u200b", "")


class _Articles(HTMLParser):
    """The findings of the HTML report, by the classes of their parts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes a tag in."""
        classes = dict(attrs).get("class") or ""
        if tag == "article":
            self.found.append({})
        if tag not in ("meta", "br"):
            self._open.append(classes.split(" ")[0])

    def handle_endtag(self, tag: str) -> None:
        """Closes the tag."""
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Adds text to the part that it stands in."""
        for name in ("badge", "place", "message", "rule"):
            if "finding" in self._open and name in self._open:
                self.found[-1][name] = self.found[-1].get(name, "") + data


def of_html(told: str, texts: Texts) -> list[Row]:
    """The HTML report."""
    parser = _Articles()
    parser.feed(told)
    rows = []
    for one in parser.found:
        place = re.fullmatch(r"(.*), line (\d+), column (\d+)", one["place"])
        assert place is not None
        rows.append(Row(one["rule"], place[1], int(place[2]), int(place[3]), one["badge"].lower(), one["message"]))
    return rows


READERS: dict[str, Callable[[str, Texts], list[Row]]] = {
    "text": of_lines,
    "json": of_json,
    "sarif": of_sarif,
    "github": of_github,
    "gitlab": of_gitlab,
    "junit": of_junit,
    "rdjson": of_rdjson,
    "markdown": of_markdown,
    "html": of_html,
}
MACHINES = frozenset({"json", "sarif", "gitlab", "rdjson", "github"})
"""Formats that tell names and messages as they are; the others make them `printable`."""

PIXEL = "fbq('init', '1029384756102938');"

HOSTILE_TREE: dict[str, str | bytes] = {
    "plain.html": f"<p>x</p>\n<script>{PIXEL}</script>\n",
    "crlf.html": f"<p>a</p>\r\n<p>b</p>\r\n<script>/* 😀 */ {PIXEL}</script>\r\n",
    "mac.html": f"<p>a</p>\r<script>{PIXEL}</script>\r",
    "utf16.html": "\ufeff<p>日本 😀</p>\r\n<p>é😀</p><script>".encode("utf-16-le") + PIXEL.encode("utf-16-le") + b"<\0/\0s\0",
    "utf16be.js": f"\ufeff// 😀\nvar a = '😀😀é'; {PIXEL}\n".encode("utf-16-be"),
    "cp1252.html": f"<p title='caf\xe9'></p><script>{PIXEL}</script>".encode("cp1252"),
    "bom.js": f"\ufeffvar é = '😀'; {PIXEL}".encode(),
    "long.js": "var a = 'é😀';" * 900 + PIXEL + "b();" * 900,
    "lines.js": "var é = '😀'; fbq('init',\n  '1029384756102938',\n  {em: x});\n",
    "quo\"te's <b>&amp;.html": f"<script>{PIXEL}</script>",
    "日本 😀.html": f"<script>{PIXEL}</script>",
    "per%41cent,colon:&#38;.html": f"<script>{PIXEL}</script>",
    "pipe|star*_x_`~$.html": f"<script>{PIXEL}</script>",
    "@team#12.html": f"<script>{PIXEL}</script>",
    "[link](8).html": f"<script>{PIXEL}</script>",
    "back\\slash.html": f"<script>{PIXEL}</script>",
    "new\nline\r.html": f"<script>{PIXEL}</script>",
    "bi\u202edi\u200b\x1b[31m.html": f"<script>{PIXEL}</script>",
    "messages.html": "<script>fbq('init', '<i>12|34`5*6*_7_ @you #1 ](8) $9$ 😀');</script>",
    "lines.html": "<script>fbq('init', a(\n'x'\n));</script>",
    "note.html": f"<!-- <script>{PIXEL}</script> -->",
    "container.json": export([html(1, "a\nb | c\r@team\u202e <b> 😀")]),
    "ga.html": "<script async src='https://www.googletagmanager.com/gtag/js?id=G-MPL7ST4X2Q'></script>",
}


def hostile_tree(root: Path) -> Path:
    """Writes the files of `HOSTILE_TREE`, and one whose name is no UTF-8 where there can be one."""
    tree(root, HOSTILE_TREE)
    if sys.platform == "linux":
        (root / os.fsdecode(b"caf\xe9.html")).write_text(f"<script>{PIXEL}</script>", encoding="utf-8")
    return root
