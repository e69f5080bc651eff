"""Packages that manifests in lines require: pip, PEP 621, Poetry, Pipfile, setuptools, Bundler, gemspecs, Go, NuGet.

Only lines in which a literal stands are looked at. What is commented out is dormant.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from linter.readers.manifests import Facts, line_at, plain_name
from linter.text import Slice

Names = Iterator[tuple[re.Match[str], bool]]

_NAME = r"(?P<name>[A-Za-z0-9][\w.-]*)"
_PIP = re.compile(rf"[ \t]*(?P<off>#[ \t#]*)?{_NAME}[ \t]*(?:\[[^\]\n]*\][ \t]*)?(?=[<>=!~;@#\\]|--|\Z)")
_EGG = re.compile(rf"[ \t]*(?P<off>#[ \t#]*)?(?:-e|--editable)?[ \t=]*\w[\w+.-]*://\S+#egg={_NAME}")
_QUOTED = re.compile(rf"[\"']{_NAME}[ \t]*(?:\[[^\]\n]*\][ \t]*)?(?=[<>=!~;@\"' \t(])")
_KEY = re.compile(r"[ \t]*(?P<off>#[ \t#]*)?[\"']?(?P<name>[A-Za-z0-9][\w.-]*)[\"']?[ \t]*=")
_TOML_MARK = re.compile(r"^[ \t]*(?:\[{1,2}([^\[\]\n]+)\]|(?:\"([^\"\n]+)\"|'([^'\n]+)'|([\w.-]+))[ \t]*=)", re.MULTILINE)
_TABLES = re.compile(r"(?:tool\.poetry\.|tool\.pdm\.)?(?:group\.[\w-]+\.|dev-)?dependencies|packages|dev-packages")
_LISTS = re.compile(r"(?:project|build-system|tool\.\S+|dependency-groups|project\.optional-dependencies|tool\.pdm\.dev-dependencies)")
_LIST_KEYS = frozenset({"dependencies", "dev-dependencies", "requires"})
_DEVELOPMENT = re.compile(r"\b(?:dev|test|tests|docs|lint|typing)\b")

_SETUP_MARK = re.compile(r"\b(\w+)\s*=\s*[\[({]|\bsetup\s*\(")
_SETUP_LISTS = frozenset({"install_requires", "extras_require", "setup_requires", "tests_require"})
_GEM = re.compile(r"[ \t]*(?P<off>#[ \t#]*)?gem[ \t(]+[\"'](?P<name>[\w.-]+)[\"']")
_GEM_DEVELOPMENT = re.compile(r"\bgroups?\b.*:(?:development|test)\b")
_SPEC = re.compile(
    r"[ \t]*(?P<off>#[ \t#]*)?\w+\.add_(?:runtime_|(?P<development>development_))?dependency[ \t(]+[\"'](?P<name>[\w.-]+)[\"']"
)
_SPEC_NAME = re.compile(r"^[ \t]*\w+\.name[ \t]*=[ \t]*[\"']([\w.-]+)[\"']", re.MULTILINE)
_GO = re.compile(r"[ \t]*(?P<off>//[ \t/]*)?(?:require[ \t]+)?(?P<name>[^\s()/]++/[^\s()]+?)(?:/v\d+)?[ \t]+v\d\S*(?P<rest>[^\n]*)")
_GO_MARK = re.compile(r"^(?:(\w+)[ \t]*\(|\))", re.MULTILINE)
_NUGET = re.compile(
    r"<(?:PackageReference|PackageVersion|GlobalPackageReference|package)\s[^<>]{0,300}?\b(?:Include|Update|id)\s*=\s*\"(?P<name>[\w.-]+)\""
)
_XML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def _lines(text: Slice, facts: Facts, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of the first of `patterns` that fits, of the lines in whose name a literal stands."""
    done, seen, match = -1, -1, None
    for begin, end in facts.reading.hits(text.text):
        if begin < done:
            continue
        if begin >= seen:
            line = line_at(text.text, begin)
            seen = max(line.end, begin + 1)
            match = next((found for pattern in patterns if (found := pattern.match(text.text, line.begin, line.end))), None)
        if match is not None and match.start("name") < end and begin < match.end("name"):
            done = match.end()
            yield match


def _tell(text: Slice, facts: Facts, match: re.Match[str], ecosystem: str, *, development: bool = False, dormant: bool = False) -> None:
    name = plain_name(match["name"], ecosystem)
    line = line_at(text.text, match.start("name"))
    first = line.begin + len(text.text[line.begin : line.end]) - len(text.text[line.begin : line.end].lstrip())
    off = dormant or bool(match.groupdict().get("off"))
    block = text.span(first, max(line.end, match.end("name")))
    facts.requirement(text.span(*match.span("name")), name, ecosystem, block=block, development=development, dormant=off)


def requirements(text: Slice, facts: Facts) -> None:
    """requirements.txt: names with extras, versions, markers and hashes; `-r` and other options are nothing."""
    for match in _lines(text, facts, _EGG, _PIP):
        _tell(text, facts, match, "pypi", development=_DEVELOPMENT.search(facts.reading.source.path.rpartition("/")[2]) is not None)


def gemfile(text: Slice, facts: Facts) -> None:
    """The gems of a Gemfile."""
    for match in _lines(text, facts, _GEM):
        line = line_at(text.text, match.start())
        _tell(text, facts, match, "gem", development=_GEM_DEVELOPMENT.search(text.text, match.end(), line.end) is not None)


def gemspec(text: Slice, facts: Facts) -> None:
    """The gems that a gem asks for, and its own name."""
    own = _SPEC_NAME.search(text.text)
    if own is not None:
        facts.plugin(text.span(*own.span(1)), "gem", own[1], name=own[1], main=True)
    for match in _lines(text, facts, _SPEC):
        _tell(text, facts, match, "gem", development=bool(match["development"]))


def go_mod(text: Slice, facts: Facts) -> None:
    """The modules that go.mod requires directly, without their major version."""
    marks = [(mark.start(), mark[1] or "") for mark in _GO_MARK.finditer(text.text)]
    for match in _lines(text, facts, _GO):
        number = bisect_right(marks, (match.start(), "")) - 1
        block = marks[number][1] if number >= 0 else ""
        if block in ("", "require") and not re.match(r"\s*//\s*indirect\b", match["rest"]):
            _tell(text, facts, match, "go")


def nuget(text: Slice, facts: Facts) -> None:
    """The packages of project files, packages.config and central package files."""
    comments = [comment.span() for comment in _XML_COMMENT.finditer(text.text)]
    hits = [begin for begin, _ in facts.reading.hits(text.text)]
    for match in _NUGET.finditer(text.text):
        at = bisect_right(hits, match.end("name")) - 1
        if at >= 0 and hits[at] >= match.start("name"):
            number = bisect_right(comments, match.start("name"), key=lambda span: span[0]) - 1
            _tell(text, facts, match, "nuget", dormant=number >= 0 and match.start("name") < comments[number][1])


def setup_py(text: Slice, facts: Facts) -> None:
    """The strings in `install_requires` and its like."""
    marks = list(_SETUP_MARK.finditer(text.text))
    starts = [mark.start() for mark in marks]
    for match, off in _strings(text, facts):
        number = bisect_right(starts, match.start()) - 1
        if number >= 0 and marks[number][1] in _SETUP_LISTS:
            _tell(text, facts, match, "pypi", development=marks[number][1] == "tests_require", dormant=off)


def setup_cfg(text: Slice, facts: Facts) -> None:
    """The lines below `install_requires` and its like."""
    marks = _Marks(text.text)
    for match in _lines(text, facts, _PIP):
        section, key = marks.at(match.start())
        if section == "options.extras_require" or (section == "options" and key in _SETUP_LISTS):
            _tell(text, facts, match, "pypi", development=key in ("tests_require", "test", "dev"))


def pyproject(text: Slice, facts: Facts) -> None:
    """The lists of PEP 621, of dependency groups and tools, and the tables of Poetry."""
    marks = _Marks(text.text)
    for match in _lines(text, facts, _KEY):
        section, _ = marks.at(match.start())
        if _TABLES.fullmatch(section):
            _tell(text, facts, match, "pypi", development=_DEVELOPMENT.search(section) is not None)
    for match, off in _strings(text, facts):
        section, key = marks.at(match.start())
        grouped = section in ("dependency-groups", "project.optional-dependencies", "tool.pdm.dev-dependencies")
        if grouped or (key in _LIST_KEYS and _LISTS.fullmatch(section)):
            development = _DEVELOPMENT.search(key) is not None or section == "dependency-groups"
            _tell(text, facts, match, "pypi", development=development, dormant=off)


def pipfile(text: Slice, facts: Facts) -> None:
    """The packages of a Pipfile."""
    marks = _Marks(text.text)
    for match in _lines(text, facts, _KEY):
        section, _ = marks.at(match.start())
        if section in ("packages", "dev-packages"):
            _tell(text, facts, match, "pypi", development=section == "dev-packages")


def _strings(text: Slice, facts: Facts) -> Iterator[tuple[re.Match[str], bool]]:
    """The quoted requirements that hold a literal, and whether their line is commented out."""
    done = -1
    for begin, _ in facts.reading.hits(text.text):
        if begin < done or facts.reading.at_end():
            continue
        line = line_at(text.text, begin)
        first = max(text.text.rfind('"', line.begin, begin), text.text.rfind("'", line.begin, begin))
        match = _QUOTED.match(text.text, first, line.end) if first >= 0 else None
        if match is not None and match.end("name") > begin:
            done = match.end()
            yield match, text.text[line.begin : line.end].lstrip().startswith("#")


class _Marks:
    """Which section of a TOML or INI file, and which key in it, a place belongs to."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._places: list[tuple[str, str]] = []
        section = ""
        for mark in _TOML_MARK.finditer(text):
            if mark[1] is not None:
                section = mark[1].strip().replace('"', "").replace("'", "")
            self._starts.append(mark.start())
            self._places.append((section, mark[2] or mark[3] or mark[4] or ""))

    def at(self, place: int) -> tuple[str, str]:
        """The section and key above or at `place`."""
        number = bisect_right(self._starts, place) - 1
        return self._places[number] if number >= 0 else ("", "")
