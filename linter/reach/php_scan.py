"""All PHP files of a plain site, read once: what each includes, what it prints, and what functions include for it."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from linter.reach.php_file import NOTHING, Helper, Include, Parser, PhpFile, Settings, may_include, settings_of
from linter.reach.php_files import PRINTED, Files
from linter.reach.php_paths import HOLE, Known, Paths, nothing_known
from linter.reach.php_text import Php, php_of
from linter.reach.site import Site

MAX_FILES = 20_000
_PRINTS = re.compile(r"<(?:section|div|p|h\d|main|article|form|table|ul|body|script)\b", re.IGNORECASE)
_HANDLES = re.compile(r"\$_(?:POST|REQUEST|FILES)\b|php://input|\bheader\s*\(|\bjson_encode\b|\bcurl_init\b|\bmail\s*\(")
_DEFINES = re.compile(r"\bdefine\s*\(|\bconst\s")
_CALL = re.compile(r"(?<![\w$])(\w{2,60})\s*+\(\s*+['\"]([\w./@-]{1,100})['\"]")


class Flags(NamedTuple):
    """Whether a file opens a page, and whether it closes one."""

    opens: bool
    closes: bool


class Scan:
    """The facts of the PHP files of a site. `known` gives for a file what a framework's functions stand for in it."""

    def __init__(self, site: Site, paths: Sequence[str], known: Callable[[str], Known] = lambda _asking: nothing_known) -> None:
        self._site = site
        self._known = known
        self.files = Files(site)
        self._flags: dict[str, Flags] = {}
        paths = paths[:MAX_FILES]
        self.parser = Parser(self.files, self._constants(paths), known)
        self.facts = {path: self._parsed(path) for path in paths}
        self._helpers: dict[str, list[Helper]] = defaultdict(list)
        for file in self.facts.values():
            for helper in file.helpers:
                self._helpers[helper.name.lower()].append(helper)
        self._wanted = {f"${name}" for file in self.facts.values() for name in file.wanted}
        self.called = {path: self._called(path) for path in paths} if self._helpers else {}
        self.assigned = {path: self._assigned(path) for path in paths} if self._wanted else {}
        self.dynamic = self._is_dynamic()

    def _is_dynamic(self) -> bool:
        """Whether a file includes others that could not be told, by no table of routes and no variable that pages set either."""
        files = self.facts.values()
        routed = any(include.label.startswith("/") for file in files for include in file.chosen)
        return not routed and any(file.dynamic and not (file.wanted and any(self.assigned.values())) for file in files)

    def _constants(self, paths: Sequence[str]) -> dict[str, list[str]]:
        """The constants that files define, as quoted values."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            text = self._site.text(path)
            if not _DEFINES.search(text):
                continue
            php = php_of(text)
            settings = settings_of(php.code)
            reader = Paths(path, Settings(php, found), self._known(path))
            for name, expressions in settings.items():
                if name[0] != "$":
                    values = [value for expression in expressions[:4] for value in reader.values(expression)]
                    found[name] += [f"'{value}'" for value in values if value and value != HOLE and "'" not in value]
        return dict(found)

    def file(self, path: str) -> PhpFile:
        """What a file of the site includes; nothing where it is no PHP file."""
        return self.facts.get(path, NOTHING)

    def _parsed(self, path: str) -> PhpFile:
        text = self._site.text(path)
        if not may_include(text):
            return NOTHING
        php = php_of(text)
        self._flags[path] = _flags(php.text)
        return self.parser.parse(php, path)

    def flags(self, path: str) -> Flags:
        """What a file prints, comments apart."""
        if path not in self._flags:
            text = self._site.text(path) if path.endswith(PRINTED) else ""
            flags = _flags(text)
            self._flags[path] = _flags(php_of(text).text) if flags.opens or flags.closes else flags
        return self._flags[path]

    def prints(self, path: str) -> bool:
        """Whether a file prints markup."""
        return _PRINTS.search(php_of(self._site.text(path)).text) is not None

    def handles(self, path: str) -> bool:
        """Whether a file handles what is sent to it."""
        return _HANDLES.search(self._site.text(path)) is not None

    def _called(self, path: str) -> list[tuple[Include, Helper]]:
        """The files that functions of the site include for calls in a file, each with the function."""
        text = self._site.text(path)
        found: list[tuple[Include, Helper]] = []
        php: Php | None = None
        for match in _CALL.finditer(text):
            for helper in self._helpers.get(match[1].lower(), ()):
                target = next(iter(self.files.filled(helper.value, helper.asking, [match[2], match[2].replace(".", "/")])), None)
                if target and target != path:
                    php = php or php_of(text)
                    if php.in_code(match.start()) and php.text[match.start()] != " ":
                        found.append((Include(target, php.line(match.start()), offset=match.start()), helper))
        return found

    def _assigned(self, path: str) -> list[Include]:
        """The files that a file names in variables that other files include."""
        text = self._site.text(path)
        if not any(name in text for name in self._wanted):
            return []
        php = php_of(text)
        found: list[Include] = []
        settings = settings_of(php.code)
        reader = Paths(path, Settings(php, {}), self._known(path))
        for name in self._wanted & settings.keys():
            for value in reader.values(name):
                target = self.files.file(value, path)
                if target and target != path and "." in target:
                    offset = max(php.text.find(name), 0)
                    found.append(Include(target, php.line(offset), offset=offset))
        return found


def _flags(text: str) -> Flags:
    low = text.lower()
    return Flags("<html" in low or "<!doctype html" in low or "<body" in low, "</body" in low or "</html" in low)
