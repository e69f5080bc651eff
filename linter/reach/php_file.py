"""One PHP file as plain sites use it: what it includes, which of that it chooses by the page asked for, and what it prints."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from linter.reach.php_blocks import Block, around, blocks_of
from linter.reach.php_files import PRINTED, Files, literals_of, variables_of
from linter.reach.php_paths import HOLE, Known, Paths
from linter.reach.php_text import Php

_INCLUDE = re.compile(r"[iI](?i:nclude)|[rR](?i:equire)")
_INCLUDE_OR_STRING = re.compile(
    r"'(?:[^'\\]|\\(?:.|\Z))*+(?:'|\Z)|\"(?:[^\"\\]|\\(?:.|\Z))*+(?:\"|\Z)|(?<![\w$>:])((?:include|require)(?:_once)?)\b",
    re.IGNORECASE | re.DOTALL,
)
_SET = re.compile(
    r"(?P<variable>\$[A-Za-z_]\w*+)\s*+(?:\?\?)?=(?![=>])\s*+(?=[^\s])"
    r"|\bdefine\s*+\(\s*+['\"](?P<defined>\w+)['\"]\s*+,\s*+|\bconst\s++(?:string\s++)?(?P<constant>\w+)\s*+=\s*+"
)
_CASE = re.compile(
    r"\b(?:case\s++(?:'([^'\n]{0,100})'|\"([^\"\n]{0,100})\"|[\w:]++)\s*+[:;]|default\s*+:|break\b|endswitch\b)", re.IGNORECASE
)
_EACH = re.compile(r"\bas\s++(?:\$\w++\s*+=>\s*+)?&?\$(\w++)")
_COMPARED = re.compile(r"(?:==\s*+|in_array\s*+\(\s*+)['\"]|['\"]\s*+==|isset\s*+\(\s*+\$_(?:GET|REQUEST)", re.IGNORECASE)
_ROUTE = re.compile(r"['\"](/[^'\"\n]{0,100})['\"]\s*+(?:=>|,)\s*+(?=['\"_A-Za-z$])")
_MAPPED = re.compile(r"=>\s*+['\"]([\w./-]{1,100}\.(?:php|phtml|html?|inc))['\"]")
_HEAD = re.compile(r"function\s++&?\s*+(\w++)\s*+\(([^)]{0,300})", re.IGNORECASE)
MAX_INCLUDES = 300
FEW = 3
"""From so many files on, a chain of comparisons is one that chooses the page."""


class Include(NamedTuple):
    """A file that is included at `line`. `label` is what it is chosen by (`/contact`), "" where nothing is compared."""

    target: str
    line: int
    label: str = ""
    offset: int = 0


class Helper(NamedTuple):
    """A function that includes the file its argument names: `value` has a hole where the argument goes; written in `asking`."""

    name: str
    value: str
    asking: str


class PhpFile(NamedTuple):
    """What a file includes always, what it chooses from, and what functions of it include for their callers.

    `dynamic`: it includes files that could not be told. `wanted` are the variables that name them.
    """

    always: tuple[Include, ...]
    chosen: tuple[Include, ...]
    helpers: tuple[Helper, ...]
    dynamic: bool
    wanted: frozenset[str]


NOTHING = PhpFile((), (), (), False, frozenset())


def settings_of(code: str) -> dict[str, list[str]]:
    """The expressions that variables (`$x`) and constants of PHP code are set to."""
    found: dict[str, list[str]] = {}
    for match in _SET.finditer(code):
        name = match["variable"] or match["defined"] or match["constant"]
        found.setdefault(name, []).append(code[match.end() : match.end() + 400])
    return found


class Settings:
    """What the code of a file sets, looked for when first asked, and constants of other files."""

    def __init__(self, php: Php, others: Mapping[str, Sequence[str]]) -> None:
        self._php = php
        self._others = others

    @cached_property
    def own(self) -> dict[str, list[str]]:
        """What the file itself sets."""
        return settings_of(self._php.code)

    def __call__(self, name: str) -> Sequence[str]:
        """The expressions that a variable or constant is set to."""
        return self.own.get(name) or self._others.get(name, ())


def may_include(text: str) -> bool:
    """Whether a file may include others, by the words in it."""
    return "include" in text or "require" in text or (_INCLUDE.search(text) or _ROUTE.search(text)) is not None


class Parser:
    """Reads PHP files of one site. `constants`: the values of constants that other files define; `known`: what functions give in a file."""

    def __init__(self, files: Files, constants: Mapping[str, Sequence[str]], known: Callable[[str], Known]) -> None:
        self._files = files
        self._constants = constants
        self._known = known

    def parse(self, php: Php, asking: str) -> PhpFile:
        """What a file includes."""
        if not may_include(php.text):
            return NOTHING
        return _Reading(self._files, php, asking, Settings(php, self._constants), self._known(asking)).read()


class _Reading:
    """The state of reading one file."""

    def __init__(self, files: Files, php: Php, asking: str, settings: Settings, known: Known) -> None:
        self._files = files
        self._php = php
        self._asking = asking
        self._paths = Paths(asking, settings, known)
        self._always: list[Include] = []
        self._chosen: list[Include] = []
        self._compared: list[Include] = []
        self._helpers: list[Helper] = []
        self._dynamic = False
        self._wanted: set[str] = set()
        self._blocks: list[Block] | None = None
        self._cases = list(_CASE.finditer(php.text)) if "case" in php.text else []
        self._at_case = 0
        self._label: str | None = None

    def read(self) -> PhpFile:
        """Reads all includes."""
        for place in list(self._places())[:MAX_INCLUDES]:
            expression = self._php.text[place.end() : place.end() + 600]
            label = self._case_before(place.start())
            for value in dict.fromkeys(self._paths.values(expression)):
                self._include(value, expression, place.start(), label)
        self._routes()
        several = len({include.target for include in self._compared}) >= FEW
        (self._chosen if several else self._always).extend(self._compared)
        return PhpFile(tuple(self._always), tuple(self._chosen), tuple(self._helpers), self._dynamic, frozenset(self._wanted))

    def _places(self) -> Iterator[re.Match[str]]:
        """The words `include` and `require` in code, outside of strings."""
        text = self._php.text
        for begin, end in self._php.parts_with(match.start() for match in _INCLUDE.finditer(text)):
            yield from (match for match in _INCLUDE_OR_STRING.finditer(text, begin, end) if match[1])

    def _case_before(self, offset: int) -> str | None:
        """The label of the `case` that an offset stands under, None where it stands under none."""
        while self._at_case < len(self._cases) and self._cases[self._at_case].start() < offset:
            case = self._cases[self._at_case]
            ended = case[0][:3].lower() in ("bre", "end")
            self._label = None if ended else case[1] or case[2] or ""
            self._at_case += 1
        return self._label

    def _include(self, value: str, expression: str, offset: int, label: str | None) -> None:
        line = self._php.line(offset)
        found = self._files.file(value, self._asking)
        if found:
            include = Include(found, line, label or "", offset)
            if label is not None:
                self._chosen.append(include)
            elif self._is_compared(offset):
                self._compared.append(include)
            else:
                self._always.append(include)
        elif HOLE in value:
            self._with_holes(value, expression.partition(";")[0], offset, line)

    @cached_property
    def _compares(self) -> bool:
        text = self._php.text
        return any(word in text for word in ("==", "in_array", "isset")) and _COMPARED.search(self._php.code) is not None

    @cached_property
    def _literals(self) -> list[str]:
        return literals_of(self._php.code)

    @cached_property
    def _mapped(self) -> list[str]:
        return _MAPPED.findall(self._php.code)[:MAX_INCLUDES]

    @cached_property
    def _each(self) -> frozenset[str]:
        return frozenset(_EACH.findall(self._php.code))

    def _routes(self) -> None:
        """Tables and calls that give the file of a path: `'/contact' => 'views/contact.php'`."""
        for match in list(_ROUTE.finditer(self._php.text))[:MAX_INCLUDES]:
            if self._php.in_code(match.start()):
                for value in self._paths.values(self._php.text[match.end() : match.end() + 200]):
                    found = self._files.file(value, self._asking)
                    if found and found.endswith(PRINTED) and found != self._asking:
                        self._chosen.append(Include(found, self._php.line(match.start()), match[1]))

    def _is_compared(self, offset: int) -> bool:
        return self._compares and any(_COMPARED.search(head) for head in self._around(offset))

    def _around(self, offset: int) -> list[str]:
        if self._blocks is None:
            self._blocks = blocks_of(self._php.code)
        return around(self._blocks, offset)

    def _with_holes(self, value: str, expression: str, offset: int, line: int) -> None:
        names = variables_of(expression)
        for head in self._around(offset):
            function = _HEAD.match(head)
            if function and names & variables_of(function[2]):
                self._helpers.append(Helper(function[1], value, self._asking))
                return
        filled = self._files.filled(value, self._asking, self._literals if value != HOLE else self._mapped)
        if names & self._each:
            self._always += [Include(path, line, offset=offset) for path in filled]
        else:
            found = dict.fromkeys([*filled, *self._files.matching(value, self._asking)])
            self._chosen += [Include(path, line, offset=offset) for path in found if path != self._asking]
            filled = list(found)
        if not filled:
            self._dynamic = True
            self._wanted |= names if value == HOLE else set()
