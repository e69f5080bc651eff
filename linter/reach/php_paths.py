"""The values of PHP expressions that name files: strings, their concatenations, constants, and functions that give folders."""

import posixpath
import re
from collections.abc import Callable, Sequence

HOLE = "\0"
"""What is unknown in a value."""
HERE = "\1"
"""Begins a value that counts from the folder above all files of the run."""
ROOT = "\2"
"""Begins a value that counts from the folder the web server serves, wherever that is."""
MAX_EXPRESSION = 600
MAX_DEPTH = 8
MAX_STEPS = 60
"""Variables and constants that are looked up for one expression."""
MAX_VALUES = 12
_TOKEN = re.compile(
    r"\s*+(?:(?P<single>'(?:[^'\\]|\\.)*+')|(?P<double>\"(?:[^\"\\]|\\.)*+\")"
    r"|\$_SERVER\s*\[\s*['\"](?P<server>\w+)['\"]\s*\]|(?P<variable>\$[A-Za-z_]\w*+(?:(?:->|::)\w++(?:\(\))?|\[[^\]\[]{0,60}\])*+)"
    r"|(?P<name>\\?[A-Za-z_][\w\\]*+(?:(?:::|->)\w++)?)|(?P<number>\d++)|(?P<end>;|\?>)|(?P<mark>.))",
    re.DOTALL,
)
_ARGUMENT = re.compile(r"'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\"|[(){}\[\],]", re.DOTALL)
_IN_STRING = re.compile(r"\{\$([A-Za-z_]\w*)([^}]{0,60})\}|\$([A-Za-z_]\w*)((?:->\w+|\[[^\]]{0,40}\])?)|\\(.)", re.DOTALL)
_SEPARATORS = {"directory_separator": "/", "ds": "/", "path_separator": ":", "php_eol": "\n"}
_SAME = frozenset(
    "realpath trim esc_url esc_attr esc_html rtrim htmlspecialchars untrailingslashit set_url_scheme wp_normalize_path strtolower".split()
)
_FOLDERS = frozenset(["dirname", "plugin_dir_path", "plugin_dir_url"])
_SLASHED = frozenset(["trailingslashit"])

Known = Callable[[str, Sequence[str]], "str | None"]
"""What a framework's function gives for its arguments, or its constant (no arguments) stands for; None where unknown."""


Values = Callable[[str], Sequence[str]]
"""The expressions that a variable (`$x`) or constant is set to; none where it is not known."""


def nothing_set(_name: str) -> Sequence[str]:
    """Knows no variable or constant."""
    return ()


def nothing_known(_name: str, _arguments: Sequence[str]) -> str | None:
    """Knows no function."""
    return None


class Paths:
    """Evaluates expressions written in the file `asking`."""

    def __init__(self, asking: str, values: Values, known: Known = nothing_known) -> None:
        self._asking = asking
        self._values = values
        self._known = known
        self._steps = 0

    def values(self, expression: str, depth: int = 0) -> list[str]:
        """What an expression may be, read up to where it ends: at most `MAX_VALUES`, with `HOLE` for what is unknown."""
        self._steps = self._steps + 1 if depth else 0
        return _Reader(self, expression[:MAX_EXPRESSION], depth).concatenation()

    def constant(self, name: str, depth: int) -> list[str]:
        """The values of a variable or constant."""
        low = name.lower().lstrip("\\")
        if low == "__dir__":
            return [HERE + posixpath.dirname(self._asking)]
        if low == "__file__":
            return [HERE + self._asking]
        if low in _SEPARATORS:
            return [_SEPARATORS[low]]
        if depth < MAX_DEPTH and self._steps < MAX_STEPS and (expressions := self._values(name)):
            found: list[str] = []
            for expression in expressions[:MAX_VALUES]:
                found += self.values(expression, depth + 1)
            return list(dict.fromkeys(found))[:MAX_VALUES]
        known = self._known(low, ())
        return [HOLE if known is None else known]

    def call(self, name: str, arguments: Sequence[str]) -> str:
        """The value of a function for the first values of its arguments."""
        low = name.lower().lstrip("\\")
        first = arguments[0] if arguments else HOLE
        if first.startswith(HOLE) and low in _FOLDERS | _SAME | _SLASHED:
            return HOLE
        if low in _FOLDERS:
            levels = int(arguments[1]) if len(arguments) > 1 and arguments[1].isdigit() else 1
            for _ in range(min(levels, 10)):
                first = HERE + posixpath.dirname(first[1:]) if first[:1] == HERE else posixpath.dirname(first) or "."
            return first + ("/" if low[0] == "p" else "")
        if low in _SLASHED:
            return first.rstrip("/") + "/"
        if low in _SAME:
            return first.rstrip("/") if low in ("rtrim", "untrailingslashit", "realpath") else first
        known = self._known(low, arguments)
        return HOLE if known is None else known


class _Reader:
    """Reads one expression token by token; everything it does not know is a hole."""

    def __init__(self, paths: Paths, text: str, depth: int) -> None:
        self._paths = paths
        self._tokens = _TOKEN.finditer(text)
        self._depth = depth
        self._next = next(self._tokens, None)

    def _take(self) -> re.Match[str] | None:
        token = self._next
        self._next = next(self._tokens, None)
        return token

    def _mark(self) -> str:
        return (self._next["mark"] or "") if self._next else ""

    def concatenation(self, nested: int = 0) -> list[str]:
        """Parts joined by `.`, up to a comma, a closing bracket or the end; other operators make a hole of the rest."""
        found = [""]
        while self._next is not None and not self._next["end"] and self._mark() not in (",", ")", "]"):
            part = self._part(nested)
            found = [(left + right)[:MAX_EXPRESSION] for left in found for right in part][:MAX_VALUES]
            if self._mark() == ".":
                self._take()
            elif self._next is None or self._next["end"] or self._mark() in (",", ")", "]"):
                break
            else:
                self._skip()
                return [HOLE]
        return found

    def _skip(self) -> None:
        """Goes on to where the expression ends."""
        depth = 0
        while self._next is not None and not self._next["end"]:
            mark = self._mark()
            if mark in (",", ")", "]") and depth == 0:
                return
            depth += (mark in ("(", "[")) - (mark in (")", "]"))
            self._take()

    def _part(self, nested: int) -> list[str]:
        token = self._take()
        if token is None:
            return [HOLE]
        if token["single"] is not None:
            return [token["single"][1:-1].replace("\\'", "'").replace("\\", "/").replace("//", "/")]
        if token["double"] is not None:
            return self._filled(token["double"][1:-1])
        if token["server"]:
            return [ROOT if token["server"] in ("DOCUMENT_ROOT", "CONTEXT_DOCUMENT_ROOT") else HOLE]
        if token["variable"]:
            return self._called(self._paths.constant(token["variable"], self._depth))
        if token["number"]:
            return [token["number"]]
        if token["name"]:
            return self._named(token["name"], nested)
        if token["mark"] == "(" and nested < MAX_DEPTH:
            inside = self.concatenation(nested + 1)
            self._take()
            return inside
        return [HOLE]

    def _named(self, name: str, nested: int) -> list[str]:
        if self._mark() != "(":
            return self._paths.constant(name, self._depth)
        arguments: list[str] = []
        while self._mark() in ("(", ",") and nested < MAX_DEPTH:
            self._take()
            arguments.append(self.concatenation(nested + 1)[0])
        self._take()
        return [self._paths.call(name, [] if arguments == [""] else arguments)]

    def _called(self, values: list[str]) -> list[str]:
        """A variable that is called or indexed any further is unknown."""
        if self._mark() in ("(", "["):
            self._take()
            self._skip()
            self._take()
            return [HOLE]
        return values

    def _filled(self, text: str) -> list[str]:
        """The values of a string in double quotes."""
        found = [""]
        at = 0
        for match in _IN_STRING.finditer(text):
            between = text[at : match.start()]
            at = match.end()
            if match[5]:
                part = ["/" if match[5] == "\\" else match[5]]
            else:
                name = "$" + (match[1] or match[3]) + (match[2] or match[4] or "")
                part = self._paths.constant(name, self._depth)
            found = [(left + between + right)[:MAX_EXPRESSION] for left in found for right in part][:MAX_VALUES]
        return [left + text[at:] for left in found]


def arguments_of(text: str, offset: int) -> list[str]:
    """The expressions between the brackets of a call, `offset` behind the opening one, at most 1,500 characters in all."""
    found: list[str] = []
    depth = 0
    begin = offset
    for match in _ARGUMENT.finditer(text, offset, offset + 1500):
        mark = match[0]
        if mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
            if depth < 0:
                found.append(text[begin : match.start()])
                break
        elif mark == "," and depth == 0:
            found.append(text[begin : match.start()])
            begin = match.end()
    return [] if found == [""] else found
