"""From the values of PHP expressions to the files of the site they lead to."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from linter.reach.php_paths import HERE, HOLE, ROOT
from linter.reach.site import Site, folders_above

MAX_CANDIDATES = 200
"""Files that one name with holes may stand for."""
PRINTED = (".php", ".phtml", ".html", ".htm", ".inc", ".tpl", ".md")
_LITERAL = re.compile(r"'([\w./ @-]{1,100})'|\"([\w./ @-]{1,100})\"")
_VARIABLE = re.compile(r"\$(\w+)")
_UPWARD = re.compile(r"(?:\.{1,2}/)+")


class Files:
    """Looks up files of a site by what PHP calls them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._listed: dict[str, list[str]] = {}

    def file(self, value: str, asking: str) -> str | None:
        """The file that a value without inner holes names. An unknown beginning may be any folder above `asking`.

        A relative name is looked up beside `asking`, then in the folders above (the page's folder, of a file that a page includes),
        then anywhere if one file only ends in it.
        """
        anchor, rest = _split(value)
        if HOLE in rest or not rest.strip("/."):
            return None
        if anchor == HERE:
            path = posixpath.normpath(rest.lstrip("/"))
            return path if path in self._site.files else None
        rest = posixpath.normpath(rest.lstrip("/"))
        above = folders_above(asking)
        found = None if anchor else self._site.first(posixpath.normpath(posixpath.join(above[-1], rest)))
        rest = _UPWARD.sub("", rest) if rest.startswith("..") else rest
        bases = above if anchor else list(reversed(above))
        return found or self._site.first(*(posixpath.join(base, rest) for base in bases)) or self._only(rest)

    def _only(self, rest: str) -> str | None:
        if "/" not in rest:
            return None
        ends = [path for path in self._site.named(posixpath.basename(rest)) if path.endswith("/" + rest)]
        return ends[0] if len(ends) == 1 else None

    def filled(self, value: str, asking: str, literals: Iterable[str]) -> list[str]:
        """The files that a value names with one of the literals in its last hole."""
        anchor, rest = _split(value)
        if HOLE not in rest:
            found = self.file(value, asking)
            return [found] if found else []
        before, _, after = rest.rpartition(HOLE)
        files = (self.file(anchor + before + literal + after, asking) for literal in literals)
        return list(dict.fromkeys(path for path in files if path))[:MAX_CANDIDATES]

    def matching(self, value: str, asking: str) -> list[str]:
        """All files that a value with holes may name: those that begin and end like it. It has to name a folder."""
        anchor, rest = _split(value)
        before, _, after = rest.partition(HOLE)
        after = after.rpartition(HOLE)[2] if HOLE in after else after
        if HOLE not in rest or "/" not in before:
            return []
        folder, name = posixpath.split(before)
        ends = (after,) if after else PRINTED
        for base in self._folders(anchor, folder, asking):
            found = [path for path in self._below(base) if path.startswith(posixpath.join(base, name)) and path.endswith(ends)]
            if found:
                return found[:MAX_CANDIDATES]
        return []

    def _folders(self, anchor: str, folder: str, asking: str) -> Iterator[str]:
        above = folders_above(asking)
        bases = [""] if anchor == HERE else above if anchor else list(reversed(above))
        for base in bases:
            path = posixpath.normpath(posixpath.join(base, folder.lstrip("/")))
            if path != "." and path in self._site.folders:
                yield path

    def _below(self, folder: str) -> list[str]:
        if folder not in self._listed:
            self._listed[folder] = self._site.below(folder)
        return self._listed[folder]


def literals_of(code: str) -> list[str]:
    """The short strings of code that may be names of files, at most 2,000."""
    found = dict.fromkeys(match[1] or match[2] for match in _LITERAL.finditer(code))
    return list(found)[:2000]


def variables_of(expression: str) -> set[str]:
    """The names of the variables of an expression."""
    return set(_VARIABLE.findall(expression))


def _split(value: str) -> tuple[str, str]:
    """The anchor of a value (HERE, ROOT, or HOLE for an unknown folder; "" for a relative name) and the rest.

    A hole in front stands for a folder where a slash follows it or the rest is a path of its own.
    """
    if value[:1] in (HERE, ROOT):
        return value[0], value[1:]
    if value[:1] == HOLE and len(value) > 1 and (value[1] == "/" or value[1].isalnum() or value[1] == "_"):
        return HOLE, value[1:]
    if value[:1] == "/":
        return ROOT, value
    return "", value
