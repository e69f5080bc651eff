"""The pages of route tables: which component each address shows, and what is around it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.reach.imports import imports_of
from linter.reach.modules import SCRIPTS, modules_of
from linter.reach.route_rows import Row, joined_path
from linter.reach.routers import routes_of
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.sources import code_of

_CONSTANT = re.compile(r"(?:[\w$]{1,80}\.){0,4}([\w$]{1,80})(?:\.path)?\Z")
_HINT = re.compile(r"Route|routes?\b|createBrowserRouter|component\s*:|loadChildren|children\s*:")
_REST = re.compile(r"\*+\Z|:\w+\(\.\*\)\*?\Z")
MAX_MOUNTS = 20
_DEPTH = 6


class Shown(NamedTuple):
    """An address and what it shows: `file` in the first place, `around` it the components of outer routes and wrappers.

    `router` is the file of the table and `line` the row's line in it."""

    path: str
    file: str
    around: tuple[str, ...]
    router: str
    line: int
    title: str


_Waiting = tuple[str, str, tuple[str, ...], int]


class _Resolved(NamedTuple):
    row: Row
    targets: tuple[str, ...]
    line: int


class RouteTables:
    """The route tables in the given files of a site."""

    def __init__(self, site: Site, files: Iterable[str]) -> None:
        self._site = site
        self._constants: dict[str, str | None] = {}
        self._tables = {path: rows for path in files if (rows := self._resolved(path))}

    @property
    def routers(self) -> frozenset[str]:
        """The files that hold a table."""
        return frozenset(self._tables)

    def shown(self, first: frozenset[str]) -> Iterator[Shown]:
        """All addresses, those of the tables in `first` before others; a table that another's route shows is below its address."""
        mounts = {path: self._mount_of(rows) for path, rows in self._tables.items()}
        mounted = {inner for rows in mounts.values() for inner in rows.values() if inner}
        tops = [path for path in self._tables if path not in mounted] or list(self._tables)
        count: dict[str, int] = {}
        waiting: deque[_Waiting] = deque((path, "", (), 0) for path in sorted(tops, key=lambda path: path not in first))
        while waiting:
            path, prefix, around, depth = waiting.popleft()
            count[path] = count.get(path, 0) + 1
            if count[path] > MAX_MOUNTS or depth > _DEPTH:
                continue
            for number, address, outer in self._addresses(path, prefix):
                resolved = self._tables[path][number]
                inner = mounts[path].get(number)
                if inner and inner != path:
                    rest = (inner, address, (*around, *outer, *resolved.targets, path), depth + 1)
                    waiting.appendleft(rest) if path in first else waiting.append(rest)
                else:
                    yield self._shown(resolved, address, (*around, *outer), path)

    def _shown(self, resolved: _Resolved, address: str, around: tuple[str, ...], path: str) -> Shown:
        file = resolved.targets[-1] if resolved.targets else path
        others = tuple(dict.fromkeys(one for one in (*around, *resolved.targets) if one != file))
        return Shown(_REST.sub("*", address), file, others, path, resolved.line, resolved.row.title)

    def _addresses(self, path: str, prefix: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """The rows of a table that are pages: their number, address, and the components of the rows around them."""
        rows = self._tables[path]
        addresses: list[tuple[str, ...]] = []
        inner: dict[int, list[int]] = {}
        for number, resolved in enumerate(rows):
            row = resolved.row
            before = addresses[row.parent] if 0 <= row.parent < number else (prefix,)
            said = row.paths or self._constant(row, path)
            addresses.append(tuple(_below(start, one, prefix) for start in before[:1] for one in said))
            if row.parent >= 0 and (resolved.targets or row.names):
                inner.setdefault(row.parent, []).append(number)
        for number, resolved in enumerate(rows):
            row = resolved.row
            taken = {one for child in inner.get(number, ()) for one in addresses[child]}
            if not (resolved.targets or row.names) or (number in inner and row.paths in ((), ("",))):
                continue
            for address in addresses[number] or (resolved.targets[-1:] if resolved.targets else ()):
                if address not in taken:
                    yield number, address, self._outer(rows, row.parent)

    def _outer(self, rows: tuple[_Resolved, ...], number: int) -> tuple[str, ...]:
        found: list[str] = []
        while number >= 0 and len(found) < 50:
            found += rows[number].targets
            number = rows[number].row.parent if rows[number].row.parent < number else -1
        return tuple(found)

    def _resolved(self, path: str) -> tuple[_Resolved, ...]:
        text = self._site.text(path)
        if not _HINT.search(text):
            return ()
        code = code_of(text, path)
        rows = routes_of(code)
        imports = imports_of(code) if rows else ()
        files = {name: target for one in imports for _, name in one.names if (target := modules_of(self._site).resolve(one.written, path))}
        direct = [
            (one.at, target) for one in imports if one.kind == "dynamic" and (target := modules_of(self._site).resolve(one.written, path))
        ]
        lines = Lines(code)
        found = []
        for row in rows:
            targets = [files[name] for name in row.names if name in files]
            targets += [target for at, target in direct if any(start <= at < end for start, end in row.spans)]
            found.append(_Resolved(row, tuple(dict.fromkeys(targets)), lines.at(row.at)))
        return tuple(found) if any(one.targets for one in found) else ()

    def _mount_of(self, rows: tuple[_Resolved, ...]) -> dict[int, str]:
        """Rows whose component has a table of its own, in its file or one that this imports."""
        found: dict[int, str] = {}
        for number, resolved in enumerate(rows):
            for target in resolved.targets:
                inner = target if target in self._tables else self._table_beside(target)
                if inner:
                    found[number] = inner
        return found

    def _table_beside(self, path: str) -> str | None:
        if not path.endswith(SCRIPTS) or "rout" not in self._site.text(path).lower():
            return None
        rows = imports_of(code_of(self._site.text(path), path))
        targets = (modules_of(self._site).resolve(row.written, path) for row in rows if "rout" in row.written.lower())
        return next((target for target in targets if target in self._tables), None)

    def _constant(self, row: Row, path: str) -> tuple[str, ...]:
        """The literal value of a path that is said by a constant (`ROUTES.CONTACT`), looked up in the file and in what it imports."""
        match = _CONSTANT.match(row.written)
        if match is None:
            return ()
        key = f"{path}\n{row.written}"
        if key not in self._constants:
            root = row.written.partition(".")[0]
            code = code_of(self._site.text(path), path)
            targets = [
                modules_of(self._site).resolve(one.written, path) for one in imports_of(code) if any(name == root for _, name in one.names)
            ]
            texts = [code, *(code_of(self._site.text(target), target) for target in targets if target)]
            pattern = re.compile(
                rf"(?<![\w$]){re.escape(match[1])}['\"]?\s{{0,10}}[:=]\s{{0,10}}(?:\{{\s{{0,20}}path\s{{0,10}}:\s{{0,10}})?['\"`]([/\w:*.-]{{0,200}})['\"`]"
            )
            found = next(filter(None, (pattern.search(text) for text in reversed(texts))), None)
            self._constants[key] = found[1] if found else None
        value = self._constants[key]
        return () if value is None else (value,)


def _below(start: str, path: str, prefix: str) -> str:
    """The address of a path in an outer route or table; absolute paths within a mounted table count from its own address."""
    if path.startswith("/") and prefix and not path.startswith(prefix.rstrip("/*") or "/"):
        return joined_path(prefix.rstrip("*"), path.lstrip("/"))
    return joined_path(start or "/", path)
