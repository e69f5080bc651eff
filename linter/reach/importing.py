"""What of a file's imports gets onto a page with it: unused ones, those of routes, and those behind consent are told apart."""

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from linter.evidence import State
from linter.reach.gating import gate_of
from linter.reach.imports import Import, identifiers_of, imports_of
from linter.reach.modules import COMPONENTS, SCRIPTS, modules_of
from linter.reach.routers import routes_of
from linter.reach.site import Site
from linter.reach.sources import kebab, registered_of, tags_of, without_comments

_ELIDES = (".ts", ".tsx", ".mts", ".cts", *COMPONENTS)
"""Endings of files whose compiler drops imports of which nothing is used."""
_VIEWS = (*COMPONENTS, ".jsx", ".tsx")
_ANGULAR_MODULE = re.compile(r"@NgModule\s{0,20}\(")
_BOOTSTRAP = re.compile(r"bootstrap\s{0,20}:\s{0,20}\[([^\]]{0,1000})\]")
_REEXPORT = re.compile(
    r"(?:import|export)[^;'\"()=]{0,4000}?from\s{0,20}['\"][^'\"\n]{1,300}['\"]\s{0,20};?|export\s{0,20}\{[^{}]{0,4000}\}\s{0,20};?"
)
_HOLE = re.compile(r"\$\{[^{}]{0,200}\}")
MAX_CANDIDATES = 500
"""Files that one import with a hole or a glob may mean."""
_DEPTH = 4


def pulled_in(code: str, whole: str, asking: str, site: Site) -> Iterator[tuple[Import, State]]:
    """The imports of `code`, a part or all of the text `whole` of the file `asking`, that get onto a page with the file.

    With each comes whether it runs at once or only where a visitor agreed."""
    imports = imports_of(code)
    if not imports:
        return
    apart = kept_apart(code, asking)
    for row in imports:
        if row.at not in apart and _is_used(row, whole, asking, site):
            yield row, gate_of([name for _, name in row.names], whole) if row.kind in ("static", "dynamic") else "active"


@lru_cache(maxsize=8)
def kept_apart(code: str, asking: str) -> frozenset[int]:
    """The offsets of imports whose names only routes use, or which an Angular module only declares."""
    rows = routes_of(code)
    spans = sorted(span for row in rows for span in row.spans)
    starts = [start for start, _ in spans]
    used = identifiers_of(" ".join(code[start:end] for start, end in spans)) if spans else {}
    views = {name for row in rows for name in row.names} | (_declared(code) if _ANGULAR_MODULE.search(code) else set())
    counts = identifiers_of(code) if views else {}
    generated = posixpath.basename(asking).startswith("routeTree.gen.")
    found: set[int] = set()
    for row in imports_of(code):
        place = bisect_right(starts, row.at) - 1
        inside = place >= 0 and spans[place][0] <= row.at < spans[place][1]
        names = [name for _, name in row.names]
        for_routes = bool(names) and all(
            name in views and (not spans or counts[name] - used.get(name, 0) <= 1 or name in _declared(code)) for name in names
        )
        if inside or for_routes or (generated and "/routes/" in row.written and "__root" not in row.written):
            found.add(row.at)
    return frozenset(found)


@lru_cache(maxsize=8)
def _declared(code: str) -> frozenset[str]:
    """The components that an Angular module imports, but for those that it starts with: they get on by their elements and routes."""
    if not _ANGULAR_MODULE.search(code):
        return frozenset()
    started = {name.strip() for block in _BOOTSTRAP.findall(code) for name in block.split(",")}
    names = {name for row in imports_of(code) for _, name in row.names if name.endswith(("Component", "Page"))}
    return frozenset(names - started)


def _is_used(row: Import, whole: str, asking: str, site: Site) -> bool:
    """Whether anything of a static import is used, as far as compilers and templates care."""
    if row.kind != "static" or not row.names:
        return True
    counts = identifiers_of(whole)
    tags: frozenset[str] = tags_of(whole) if asking.endswith((*COMPONENTS, ".md")) else frozenset()
    registered = registered_of(whole) if asking.endswith(".vue") else frozenset()
    for _, name in row.names:
        count = counts.get(name, 0)
        if name in tags or kebab(name) in tags or count > 2 or (count == 2 and name not in registered):
            return True
    if asking.endswith(_ELIDES):
        return False
    target = modules_of(site).resolve(row.written, asking)
    return target is not None and not target.endswith(_VIEWS)


def targets_of(row: Import, asking: str, site: Site) -> Iterator[str]:
    """The files that an import means: one, those behind a file of re-exports, or all that a glob or a name with holes may mean."""
    modules = modules_of(site)
    if row.kind in ("glob", "context") or "${" in row.written:
        yield from _candidates(row, asking, site)
        return
    target = modules.resolve(row.written, asking)
    if target is not None:
        wanted = [name for name, _ in row.names] if row.kind in ("static", "export") else []
        yield from dict.fromkeys(_behind(target, wanted, site, _DEPTH)) if wanted and "*" not in wanted else (target,)


def _behind(path: str, wanted: list[str], site: Site, depth: int) -> Iterator[str]:
    """The files that define the wanted names, where the file at `path` is nothing but re-exports; else that file."""
    code = without_comments(site.text(path)) if depth and path.endswith(SCRIPTS) and "export" in site.text(path)[:20_000] else ""
    if not code or len(code) > 100_000 or _REEXPORT.sub("", code).strip():
        yield path
        return
    rows = imports_of(code)
    for name in wanted:
        found = False
        for row in rows:
            inner = next((one for one, outer in row.names if outer == name), None)
            target = modules_of(site).resolve(row.written, path) if inner or ("*", "*") in row.names else None
            if target and (inner or name in identifiers_of(without_comments(site.text(target)))):
                found = True
                yield from _behind(target, [name if inner in (None, "*") else inner or name], site, depth - 1)
        if not found:
            yield path


def _candidates(row: Import, asking: str, site: Site) -> Iterator[str]:
    """The scripts and components that a glob, a context, or a name with holes (`./views/${name}.vue`) may mean."""
    written = _HOLE.sub("*", row.written) if row.kind not in ("glob", "context") else row.written
    head = written.partition("*")[0]
    start = written if row.kind == "context" else head.rpartition("/")[0] or "."
    folder = modules_of(site).folder(start, asking)
    if folder is None or "{" in head:
        return
    deep = row.kind == "context" or "**" in written
    begin = "" if row.kind == "context" else head.rpartition("/")[2]
    ending = "" if row.kind == "context" or "{" in written else written.rpartition("*")[2]
    count = 0
    for path in _below(folder, site):
        rest = path[len(folder) + 1 :] if folder else path
        fits = (deep or "/" not in rest) and rest.startswith(begin) and path != asking
        if fits and path.endswith((*SCRIPTS, *COMPONENTS[:3])) and (path.endswith(ending) or path.rpartition(".")[0].endswith(ending)):
            count += 1
            if count > MAX_CANDIDATES:
                return
            yield path


def _below(folder: str, site: Site) -> Iterator[str]:
    files = modules_of(site).sorted_files
    for number in range(bisect_left(files, f"{folder}/" if folder else ""), len(files)):
        if folder and not files[number].startswith(folder + "/"):
            return
        yield files[number]
