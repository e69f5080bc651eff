"""What would miss a thing that a fix takes away: calls of a loader's functions, other uses of a host or a package."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from linter.catalog import Catalog
from linter.deployed import is_test
from linter.findings import Finding
from linter.fixes.names import names_of
from linter.fixes.recorded import Told, record
from linter.fixes.references import uses
from linter.snippets import LOADERS

_DEFINING = frozenset(LOADERS)
"""Kinds of matches that bring the vendor's functions into the page."""
_LOADING = frozenset({*LOADERS, "base-code"})
_HARMLESS = frozenset({"csp", "hint", "trace", "consent-call"})
_WHOLE_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html)\b", re.IGNORECASE | re.DOTALL)
_STATIC = (".html", ".htm", ".xhtml")
_SCRIPTS = (".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx")
MAX_LOOKED_AT = 3000
"""Files that are looked through for uses; in more, nothing is certain."""


class Use(NamedTuple):
    """A place that calls a function of a vendor: `in_page`: in a whole page."""

    path: str
    name: str
    in_page: bool
    line: int


class Needs:
    """Looks through the files of a repository as they will be. See `linter.fixes.together`."""

    def __init__(self, files: Sequence[str], everything: Sequence[Finding], read: Callable[[str], bytes | None], catalog: Catalog) -> None:
        self._files = [path for path in files if "!" not in path and not is_test(path)]
        self._everything, self._read, self._catalog = everything, read, catalog
        self._naming: dict[str, frozenset[str]] = {}
        self._uses: dict[tuple[str, str, bytes], Use | None] = {}

    def missed(self, fixes: Sequence[tuple[Told, tuple[str, ...]]], edited: Mapping[str, bytes]) -> Iterator[tuple[Told, str]]:
        """The fixed findings that something left behind would miss, and what that is. `fixes` are findings with the names of code that
        go with them; `edited` are files after their edits."""
        fixed = [row for row, _ in fixes]
        yield from self._functions(fixed, edited)
        yield from self._hosts(fixed)
        yield from self._packages(fixed, edited)
        yield from self._names(fixes, edited)

    # -- functions

    def _functions(self, fixed: Sequence[Told], edited: Mapping[str, bytes]) -> Iterator[tuple[Told, str]]:
        kept = self._kept(fixed)
        vendors = sorted({row.finding.vendor for row in fixed if _brings_functions(row)})
        for vendor in vendors:
            served = {path for path, other in kept if other == vendor}
            left = [use for use in self._left(vendor, vendors, edited) if use.path not in served]
            for row in fixed:
                if left and row.finding.vendor == vendor and _brings_functions(row):
                    yield from self._missing(row, left)

    def _kept(self, fixed: Sequence[Told]) -> set[tuple[str, str]]:
        """The files, with the vendor, that keep a loader of their own."""
        gone = {(row.finding.path, row.finding.identity, row.finding.occurrence) for row in fixed}
        return {
            (finding.path, finding.vendor)
            for finding in self._everything
            if finding.kind in _LOADING and finding.state != "dormant" and (finding.path, finding.identity, finding.occurrence) not in gone
        }

    def _missing(self, row: Told, left: Sequence[Use]) -> Iterator[tuple[Told, str]]:
        path = row.finding.path
        in_page = any(use.path != path for use in left) and is_whole_page(path, (self._read(path) or b"").decode("utf-8", "replace"))
        use = next((use for use in left if _concerns(use, path, in_page)), None)
        if use is not None:
            yield row, f"{use.name} is still used in {use.path}:{use.line}, and would be missing there"

    def _left(self, vendor: str, vendors: Sequence[str], edited: Mapping[str, bytes]) -> Iterator[Use]:
        """Unguarded uses of a vendor's functions, and of helpers of its snippet, in the files as they will be, one a file.

        All of `vendors` are looked for in a file at once.
        """
        for name in vendors:
            if name not in self._naming:
                names = names_of(name, self._catalog).all
                self._naming[name] = frozenset(self._with_names(names)) if names else frozenset()
        if len(self._naming[vendor]) > MAX_LOOKED_AT:
            yield Use(min(self._naming[vendor]), "one of its functions", False, 1)
            return
        for path in sorted(self._naming[vendor]):
            data = edited[path] if path in edited else self._read(path) or b""
            digest = sha256(data).digest()
            if (vendor, path, digest) not in self._uses:
                here = [name for name in vendors if path in self._naming[name]]
                self._uses |= {(name, path, digest): use for name, use in self._first_uses(path, data, here).items()}
            use = self._uses[vendor, path, digest]
            if use is not None:
                yield use

    def _with_names(self, names: frozenset[str]) -> Iterator[str]:
        """The files in which one of the names stands; what is no UTF-8 may hold them in a form of its own."""
        word = re.compile(rb"(?<![\w$])(?:" + b"|".join(re.escape(name.encode()) for name in sorted(names)) + rb")(?![\w$])")
        for path in self._files:
            data = self._read(path)
            if data is not None and (b"\0" in data[:64] or word.search(data) is not None):
                yield path

    def _first_uses(self, path: str, data: bytes, vendors: Sequence[str]) -> dict[str, Use | None]:
        """The first unguarded use of each vendor in a file."""
        names = {vendor: names_of(vendor, self._catalog).all for vendor in vendors}
        recorded = record(path, data, self._catalog, sorted(frozenset().union(*names.values())))
        found: dict[str, Use | None] = dict.fromkeys(vendors)
        if recorded is None:
            return found
        for vendor in vendors:
            source = recorded.source
            use = next((use for use in uses(source, recorded.parts, names[vendor]) if not use.guarded), None)
            if use is not None:
                begin, end = use.span
                name = source.text[begin : min(end, begin + 80)]
                found[vendor] = Use(path, name, is_whole_page(path, source.text), source.line_number(begin))
        return found

    # -- hosts

    def _hosts(self, fixed: Sequence[Told]) -> Iterator[tuple[Told, str]]:
        """Entries of policies and hints whose vendor's company is still needed for something else, and what it is told of consent."""
        gone = {(row.finding.path, row.finding.identity, row.finding.occurrence) for row in fixed}
        for row in fixed:
            if row.finding.kind not in ("csp", "hint", "consent-call"):
                continue
            company = self._catalog.vendors[row.finding.vendor].company
            for other in self._everything:
                known = (other.path, other.identity, other.occurrence)
                if known in gone or other.kind in _HARMLESS or other.state == "dormant":
                    continue
                if self._catalog.vendors[other.vendor].company == company:
                    yield row, f"{company} is still used in {other.path}:{other.start.line}"
                    break

    # -- packages

    def _packages(self, fixed: Sequence[Told], edited: Mapping[str, bytes]) -> Iterator[tuple[Told, str]]:
        from linter.evidence import Requirement

        rows = [(row, match.evidence) for row in fixed for match in row.matches if isinstance(match.evidence, Requirement)]
        if not rows:
            return
        from linter.fixes.manifest_imports import importers
        from linter.fixes.manifests import other_names

        texts = self._texts(edited)
        for row, requirement in rows:
            also = other_names(row.finding.vendor, requirement.ecosystem, self._catalog)
            users = importers(texts, requirement.ecosystem, requirement.package, also)
            if users:
                yield row, f"{users[0]} still names the package"

    def _names(self, fixes: Sequence[tuple[Told, tuple[str, ...]]], edited: Mapping[str, bytes]) -> Iterator[tuple[Told, str]]:
        if not any(names for _, names in fixes):
            return
        from linter.fixes.php_names import mentions

        texts = self._texts(edited)
        for row, names in fixes:
            users = mentions(texts, names, row.finding.path) if names else []
            if users:
                yield row, f"{users[0]} names {' or '.join(names)}"

    def _texts(self, edited: Mapping[str, bytes]) -> list[tuple[str, str]]:
        out = []
        for path in self._files:
            data = edited[path] if path in edited else self._read(path)
            if data is not None:
                out.append((path, data.decode("utf-8", "replace")))
        return out


def _brings_functions(row: Told) -> bool:
    return any(match.kind in _DEFINING for match in row.matches)


def is_whole_page(path: str, text: str) -> bool:
    """Whether a file is a page of its own, whose scripts are its own and those that it loads."""
    return path.lower().endswith(_STATIC) and _WHOLE_PAGE.match(text) is not None


def is_script(path: str) -> bool:
    """Whether a file is a script, which pages load."""
    return path.lower().endswith(_SCRIPTS)


def _concerns(use: Use, loader: str, loader_is_page: bool) -> bool:
    """Whether a use may be served by the loader in the file `loader`: what stands in a whole page serves it and scripts, and is
    served by it and by scripts."""
    if use.path == loader:
        return True
    return (not use.in_page or is_script(loader)) and (not loader_is_page or is_script(use.path))
