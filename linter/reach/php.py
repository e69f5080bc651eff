"""Plain PHP sites: every file that prints a whole page, after its includes, is a page."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from linter.reach.model import Link, Page
from linter.reach.php_file import Include, PhpFile
from linter.reach.php_links import address_of
from linter.reach.php_markup import php_markup_links, php_title
from linter.reach.php_paths import Paths, nothing_set
from linter.reach.php_scan import Scan
from linter.reach.php_sites import foreign_folders, is_foreign
from linter.reach.site import Site
from linter.reach.wordpress_folders import wordpress_folders

_PART_FOLDER = re.compile(
    r"(?:\A|/)(?:_?includes?|_?inc|_?partials?|_?parts?|_?components?|_?layouts?|_?elements?|_?blocks?|_?snippets?|_?widgets?|libs?|library"
    r"|class(?:es)?|src|config|helpers?|common|shared|lang(?:uages?)?|e?mails?|e?mail-?templates?)/",
    re.IGNORECASE,
)
_PART_NAME = re.compile(
    r"(?:\A|/)(?:_[^/]*|[^/]*(?:header|footer|sidebar|navbar|layout)[^/]*|head|foot|nav|navigation|menu|top|bottom|config\w*|conn\w*|db|functions?"
    r"|init|bootstrap|autoload|base|master|main-?template|scripts?|meta|analytics|tracking|pixel|session|constants|settings)\.\w+\Z",
    re.IGNORECASE,
)
_FRAME_NAME = re.compile(r"(?:\A|/)(?:[^/]*layout[^/]*|base|master|main-?template|template)\.\w+\Z", re.IGNORECASE)
_ENTRY = re.compile(r"(?:\A|/)(?:index|home|default)\.(?:php|phtml)\Z", re.IGNORECASE)
_PREPENDED = re.compile(r"^[ \t]*+(?:php_value\s++)?auto_(?:prepend|append)_file\s*+=?\s*+[\"']?([^\s\"'#;]{1,300})", re.MULTILINE)


class PhpStack:
    """PHP files as a web server runs them, where no framework does."""

    def __init__(self, site: Site, paths: Iterable[str]) -> None:
        self._site = site
        self._scan = Scan(site, sorted(paths))
        self._parts = {include.target for path, file in self._scan.facts.items() for include in file.always if include.target != path}
        self._parts |= {include.target for includes in self._scan.assigned.values() for include in includes}
        self._chosen: dict[str, dict[str, str]] = defaultdict(dict)
        self._wraps: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for path, file in self._scan.facts.items():
            for include in file.chosen:
                self._choose(include, path, path)
            for include, helper in self._scan.called.get(path, ()):
                self._choose(include, helper.asking, path)
        self._prepended = self._prepends()

    def _choose(self, include: Include, wrapper: str, caller: str) -> None:
        """Takes a file that is chosen by the page asked for as a page, if it prints one or is printed into one."""
        target = include.target
        if target not in self._scan.facts or target in self._parts or _PART_FOLDER.search(target) or _PART_NAME.search(target):
            return
        wrapped = wrapper != target and self._flags(wrapper)[0]
        if (wrapped and self._scan.prints(target)) or self._flags(target)[0]:
            label = include.label if include.label.startswith("/") else target
            self._chosen[target][label] = caller
            if wrapped:
                self._wraps[target].append((wrapper, include.line if wrapper == caller else 1))

    def _flags(self, path: str) -> tuple[bool, bool]:
        """Whether a file with all it includes opens a page, and whether it closes one."""
        opens = closes = False
        seen = {path}
        waiting = [path]
        while waiting and len(seen) < 500 and not (opens and closes):
            path = waiting.pop()
            flags = self._scan.flags(path)
            opens, closes = opens or flags.opens, closes or flags.closes
            for include in self._scan.file(path).always:
                if include.target not in seen:
                    seen.add(include.target)
                    waiting.append(include.target)
        return opens, closes

    def pages(self) -> Iterator[Page]:
        """The files that print whole pages and are no parts of others, and those that a front controller chooses from."""
        for path in self._scan.facts:
            if path in self._chosen:
                title = php_title(self._site.text(path))
                for label in self._chosen[path]:
                    yield Page(label, path, title)
            elif self._is_page(path):
                yield Page(path, path, php_title(self._site.text(path)))

    def _is_page(self, path: str) -> bool:
        if _PART_FOLDER.search(path) or (path in self._parts and not _ENTRY.search(path)):
            return False
        opens, closes = self._flags(path)
        return opens and (closes or not _PART_NAME.search(path)) and not _FRAME_NAME.search(path)

    def links(self, path: str, text: str) -> Iterable[Link]:
        """What a PHP file includes, and what its markup pulls in."""
        file = self._scan.facts.get(path)
        return self._links(path, text, file) if file else ()

    def _links(self, path: str, text: str, file: PhpFile) -> Iterator[Link]:
        for wrapper, line in self._wraps.get(path, ()):
            yield Link(wrapper, "layout", 1, note=f"shown by line {line} of it")
        called = (include for include, _ in self._scan.called.get(path, ()))
        for include in (*file.always, *self._scan.assigned.get(path, ())):
            yield Link(include.target, "include", include.line)
        for include in (*file.chosen, *called):
            if include.target not in self._chosen:
                yield Link(include.target, "include", include.line)
        for folder, target in self._prepended:
            if path.startswith(folder) and path not in self._parts and target != path:
                yield Link(target, "include", 1, note="every page, by the server's settings")
        reader = Paths(path, nothing_set)
        yield from php_markup_links(text, path, self._site, lambda expression: address_of(reader, expression))

    def _prepends(self) -> list[tuple[str, str]]:
        """Folders, and the files that the server puts before or behind every page of them."""
        found: list[tuple[str, str]] = []
        for name in (".htaccess", ".user.ini", "php.ini"):
            for path in self._site.named(name):
                for match in _PREPENDED.finditer(self._site.text(path)):
                    folder = posixpath.dirname(path)
                    target = self._file_of_server(match[1], path)
                    if target:
                        found.append((f"{folder}/" if folder else "", target))
        return found

    def _file_of_server(self, written: str, asking: str) -> str | None:
        """The file of a path on the server's disk: the longest end of it that is a file here."""
        parts = written.split("/")
        ends = ("/".join(parts[number:]) for number in range(len(parts)))
        return next((found for end in ends if end and (found := self._scan.files.file(end, asking))), None)

    def shells(self) -> frozenset[str]:
        """HTML files that PHP files include."""
        return frozenset(path for path in self._parts if path.endswith((".html", ".htm")))

    def complete(self) -> bool:
        """Whether every file that pages include could be told."""
        return not self._scan.dynamic

    def covers(self, path: str) -> bool:
        """Parts of pages that no visitor asks for by themselves."""
        if path not in self._scan.facts:
            return False
        flags = self._scan.flags(path)
        return not self._scan.handles(path) and not (flags.opens and flags.closes)


def open_php(site: Site) -> PhpStack | None:
    """The stack of a site with PHP files that belong to no framework."""
    foreign = foreign_folders(site) | wordpress_folders(site)
    paths = [path for path in site.files if path.endswith((".php", ".phtml", ".php5", ".inc")) and not is_foreign(path, foreign)]
    return PhpStack(site, paths) if paths else None
