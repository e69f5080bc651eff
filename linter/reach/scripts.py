"""What scripts pull in: imports, and files whose names stand in strings that scripts load."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from linter.evidence import State
from linter.reach.importing import pulled_in, targets_of
from linter.reach.imports import imports_of
from linter.reach.model import How, Link
from linter.reach.modules import COMPONENTS, modules_of
from linter.reach.site import Site
from linter.reach.sources import code_of, without_comments

__all__ = ["COMPONENTS", "Lines", "resolve_import", "script_links", "without_comments"]

_SCRIPT_NAME = re.compile(r"['\"`]([^'\"`\s<>(){}|,;]{1,300}\.m?js(?:\?[^'\"`\s<>]{0,200})?)['\"`]")
_FRAGMENT = re.compile(
    r"(?:\bfetch|\.load|\.get|\.ajax|\.open|\binclude\w{0,40}|\bload\w{0,40})\s*\([^()'\"`]{0,80}(?:['\"](?:GET|get)['\"]\s*,\s*)?"
    r"['\"`]([^'\"`\s<>]{1,300}\.(?:html?|php|inc|txt))(?:[?#\s][^'\"`]{0,200})?['\"`]"
)


class Lines:
    """Line numbers of offsets in a text."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        """The line of an offset, from 1 on."""
        return bisect_right(self._ends, offset - 1) + 1 if offset else 1


def script_links(code: str, asking: str, site: Site, roots: Iterable[str] = (), state: State = "active", offset: int = 0) -> Iterator[Link]:
    """The links of a script, or of an inline script of the page `asking`; lines count from `offset` lines on.

    An import of which nothing is used pulls in nothing where compilers drop it. What a route table gives to a route is left out:
    it belongs to the page of that route alone (see spa.py).
    """
    code = without_comments(code)
    lines = Lines(code)
    whole = code_of(site.text(asking), asking) if asking.endswith((*COMPONENTS, ".md")) else code
    imports = imports_of(code)
    for row, gate in pulled_in(code, whole, asking, site):
        for target in targets_of(row, asking, site):
            how_used: How = "component" if target.endswith((*COMPONENTS, ".jsx", ".tsx")) else "import"
            yield Link(target, how_used, lines.at(row.at) + offset, state if gate == "active" else gate)
    imported = {row.written for row in imports}
    roots = tuple(roots)
    for pattern, kind_of, endings in ((_SCRIPT_NAME, "script", (".js", ".mjs")), (_FRAGMENT, "include", (".htm", ".php", ".inc", ".txt"))):
        for match in pattern.finditer(code) if any(ending in code for ending in endings) else ():
            target_path = None if match[1] in imported else _loaded(match[1], asking, site, roots)
            if target_path:
                how_loaded: How = "script" if kind_of == "script" else "include"
                yield Link(target_path, how_loaded, lines.at(match.start()) + offset, state)


def resolve_import(written: str, asking: str, site: Site, roots: Sequence[str] = ()) -> str | None:
    """The file of an import, by endings, index files, aliases of configurations, and those that are usual (`@/`, `~/`, `$lib/`)."""
    return modules_of(site).resolve(written, asking)


def _loaded(written: str, asking: str, site: Site, roots: Sequence[str]) -> str | None:
    """The file that a script loads by its path: relative to itself, to the page (unknown: to every folder above), or to the root."""
    found = site.resolve(written, asking, roots)
    if found or written.startswith(".") or "://" in written:
        return found
    address = written if written.startswith("/") else "/" + written
    return site.resolve(address, asking, roots) or site.resolve(address, asking, modules_of(site).publics(asking))
