"""Server code that uses a vendor's package: imports of Python, Ruby and PHP, and what is made or called of them.

Told by the text around a catalog hit outside strings and comments, without a parser. A class of a package is
`package#Class`, a function of it `package#Class.function`; of a class that belongs to no package it is `Class::function`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.evidence import Call, Import, Span, Value
from linter.reading import Frame, Reading
from linter.text import Slice

NEAR = 400
"""Characters of a statement that are looked at before and behind a hit."""
MAX_USES = 200
"""Uses of one imported name that are told."""
MAX_FOLLOWED = 100
"""Imported names of a file whose uses are looked for: each takes a look through the text."""
MAX_CALL = 4000
"""Characters of a call's arguments that are looked through for its end."""

HEAD = 8000
"""Characters in which the namespace of a file is declared."""

_ECOSYSTEMS = {"python": "pypi", "ruby": "gem", "php": "composer"}
_PYTHON = re.compile(
    r"[ \t]*(?:from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]*(?P<names>\([^)]{0,2000}\)|[^\n#;]*)|import[ \t]+(?P<modules>[^\n#;]+))"
)
_NAMESPACE = re.compile(r"^[ \t]*(?:<\?php[ \t]+)?namespace\s+([\w\\]+)", re.MULTILINE)
_PHP_USE = re.compile(r"use\s+(?P<path>\\?\w+(?:\\\w+)*)\s*(?:\\?\{(?P<names>[^}]{0,2000})\}|as\s+(?P<alias>\w+))?\s*;", re.IGNORECASE)
_PATHS = {"ruby": re.compile(r"(?:::)?[A-Z]\w*(?:::[A-Z]\w*)*"), "php": re.compile(r"\\?[A-Za-z_]\w*(?:\\\w+)*")}
_IMPORTED = re.compile(r"(\w+)(?:\s+as\s+(\w+))?", re.IGNORECASE)
_BEHIND = re.compile(r"(?:(?:::|->|\.)(?P<method>\w+))?\s{0,9}(?P<open>\()?")
_BRACKETS = re.compile(r"[()\[\]{},]")
_PLAIN_NUMBER = re.compile(r"\d+")


def _unscoped(path: str, hit: int) -> list[str]:
    """The parts of a namespace from the part with the hit on: a plugin may keep a package below its own name (`Plugin\\Package\\Class`)."""
    parts = path.strip("\\").split("\\")
    first = path[: max(hit, 0)].strip("\\").count("\\") + 1 if hit > 1 else 0
    return parts[first:] if 0 < first < len(parts) else parts


class Quoted(NamedTuple):
    """A string or comment of the code: text[begin:end]; `decoded` is the string's text, None for a comment."""

    begin: int
    end: int
    decoded: str | None


class SdkReader:
    """Reads the hits of one file. `language`: python, ruby or php; `quoted`: all its strings and comments, in order."""

    def __init__(self, text: Slice, language: str, quoted: Sequence[Quoted], frame: Frame, reading: Reading) -> None:
        self.text = text
        self.language = language
        self.quoted = quoted
        self.frame = frame
        self.reading = reading
        self._begins = [row.begin for row in quoted]
        declared = _NAMESPACE.search(text.text, 0, HEAD) if language == "php" else None
        self._namespace = frozenset(declared[1].split("\\")) if declared else frozenset()
        """The parts of the namespace of the file itself: code of a package does not use that package."""
        self._imported: set[str] = set()
        self._told: set[int] = set()
        self._followed = 0

    def read(self, hit: Span) -> None:
        """Tells what the code at a hit, which stands in no string or comment, imports, makes or calls."""
        code = self.text.text
        if self.language == "python":
            line = code.rfind("\n", 0, hit[0]) + 1
            statement = _PYTHON.match(code, line) if hit[0] - line < NEAR else None
            if statement is not None and hit[1] <= statement.end():
                self._python(statement, hit)
            return
        path = next((p for p in _PATHS[self.language].finditer(code, self._start(hit[0]), hit[1] + NEAR) if p.end() > hit[0]), None)
        if path is None or path.start() > hit[0] or code[max(path.start() - 1, 0)] in "$>":
            return
        use = self._use(path.start()) if self.language == "php" else None
        if use is not None:
            self._php_use(use, hit)
        else:
            self._path(path)

    def required(self, package: str, begin: int, end: int) -> None:
        """Tells an import by a string (`require 'facebookbusiness'`), which is text[begin:end]."""
        self._import(package, begin, end)

    # -- imports

    def _python(self, statement: re.Match[str], hit: Span) -> None:
        module = statement["module"]
        if module is not None:
            package = module.partition(".")[0]
            if statement.start("module") <= hit[0] < statement.end("module") and statement.start("module") not in self._told:
                self._import(package, *statement.span("module"))
                self._follow(package, statement["names"].strip("()"), statement.end())
            return
        for name in re.finditer(r"([\w.]+)(?:\s+as\s+\w+)?", statement["modules"]):
            begin = statement.start("modules") + name.start(1)
            if begin <= hit[0] < begin + len(name[1]) and begin not in self._told:
                self._import(name[1].partition(".")[0], begin, begin + len(name[1]))

    def _use(self, begin: int) -> re.Match[str] | None:
        before = re.search(r"\buse\s+(?:function\s+|const\s+)?\Z", self.text.text[max(begin - 40, 0) : begin], re.IGNORECASE)
        return _PHP_USE.match(self.text.text, max(begin - 40, 0) + before.start()) if before else None

    def _php_use(self, use: re.Match[str], hit: Span) -> None:
        whole = use["path"].strip("\\").split("\\")
        for parts in (whole, _unscoped(use["path"], hit[0] - use.start("path"))):
            begin = use.end("path") - len("\\".join(parts))
            if begin in self._told or (parts is not whole and len(parts) == 1):
                continue
            self._import(parts[0], use.start("path") if parts is whole else begin, use.end("path"))
            self._told.add(begin)
            names = use["names"] if use["names"] is not None else f"{parts[-1]} as {use['alias'] or parts[-1]}"
            if len(parts) > 1 or use["names"] is not None:
                self._follow(parts[0], names, use.end())

    def _import(self, package: str, begin: int, end: int) -> None:
        self._told.add(begin)
        if package in self._namespace:
            return
        self._imported.add(package)
        span = self.text.span(begin, end)
        self.reading.emit(
            Import(span=span, block=self.frame.block or span, unit=self._unit(), state=self.frame.state, via=self.frame.via,
                   package=package, ecosystem=_ECOSYSTEMS[self.language])
        )  # fmt: skip

    # -- uses

    def _follow(self, package: str, names: str, begin: int) -> None:
        """Tells the calls of names that are imported (`UserData, Event as ServerEvent`), behind `begin`."""
        for name in _IMPORTED.finditer(names):
            self._followed += 1
            if self._followed > MAX_FOLLOWED:
                return
            used = re.compile(rf"(?<![\w$>\\.]){re.escape(name[2] or name[1])}(?=\s{{0,9}}\(|::\w|\.\w)")
            for count, use in enumerate(used.finditer(self.text.text, begin)):
                if count >= MAX_USES:
                    break
                if not self._is_quoted(use.start()):
                    self._call(f"{package}#{name[1]}", use.start(), use.end())

    def _path(self, path: re.Match[str]) -> None:
        parts = re.split(r"::|\\", path[0].strip(":\\"))
        if path.start() in self._told:
            return
        if len(parts) > 1 and parts[0] not in self._imported:
            self._import(parts[0], *path.span())
        self._told.add(path.start())
        self._call(f"{parts[0]}#{parts[-1]}" if len(parts) > 1 else parts[0], *path.span())

    def _call(self, name: str, begin: int, end: int) -> None:
        code = self.text.text
        if name.partition("#")[0] in self._namespace:
            return
        behind = _BEHIND.match(code, end)
        made = re.search(r"\bnew\s+\Z", code[max(begin - 20, 0) : begin])
        method = behind["method"] if behind is not None else None
        if behind is None or not (behind["open"] or method == "new") or ("#" not in name and not method and not made):
            return
        if method and method != "new":
            name = f"{name}{'.' if '#' in name else '::'}{method}"
        start = max(begin - 20, 0) + made.start() if made else begin
        stop, args = self._arguments(behind.end()) if behind["open"] else (behind.end(), ())
        span = self.text.span(start, stop)
        frame, block = self.frame, self.frame.block or span
        self.reading.emit(Call(span=span, block=block, unit=self._unit(), state=frame.state, via=frame.via, name=name, args=args))

    def _arguments(self, begin: int) -> tuple[int, tuple[Value, ...]]:
        """Where the brackets that were opened before `begin` close, and the arguments in them."""
        code, depth, first = self.text.text, 1, begin
        values: list[Value] = []
        inside = self.quoted[bisect_left(self._begins, begin) : bisect_left(self._begins, begin + MAX_CALL)]
        for mark in _BRACKETS.finditer(code, begin, begin + MAX_CALL):
            if any(quoted.begin <= mark.start() < quoted.end for quoted in inside):
                continue
            depth += 1 if mark[0] in "([{" else -1 if mark[0] in ")]}" else 0
            if depth == 0 or (depth == 1 and mark[0] == ","):
                values += self._value(first, mark.start(), inside)
                first = mark.end()
            if depth == 0:
                return mark.end(), tuple(values)
        return begin, ()

    def _value(self, begin: int, end: int, inside: Sequence[Quoted]) -> Iterator[Value]:
        written = self.text.text[begin:end]
        begin += len(written) - len(written.lstrip())
        code = written.strip()
        if not code:
            return
        span = self.text.span(begin, begin + len(code))
        whole = next((quoted for quoted in inside if quoted.begin == begin and quoted.end == begin + len(code)), None)
        if whole is not None and whole.decoded is not None:
            yield Value("text", whole.decoded, span)
        elif _PLAIN_NUMBER.fullmatch(code):
            yield Value("number", code, span)
        else:
            yield Value("unknown", code, span, expression=code)

    def _is_quoted(self, at: int) -> bool:
        number = bisect_right(self._begins, at) - 1
        return number >= 0 and at < self.quoted[number].end

    def _start(self, at: int) -> int:
        """Where the path around `at` begins."""
        code, low = self.text.text, max(at - NEAR, 0)
        while at > low and (code[at - 1].isalnum() or code[at - 1] in "_\\:"):
            at -= 1
        return at

    def _unit(self) -> Span:
        return self.frame.unit or self.text.span(0, len(self.text))
