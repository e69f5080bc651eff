"""Modules that do nothing once the fixes of their files are made: taken out of every file that imports them, then deleted.

A component that shows nothing and a function that does nothing may stay, and all works; this is the tidy way. A module goes only if
every use of it in the repository can go.

Left: deciding by what a module is about (see `module_inert`). Left: deleting what nothing imports (frameworks load files by their place).
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linter.catalog import Catalog
from linter.fixes.component_comments import Speaks
from linter.fixes.component_tree import Jsx
from linter.fixes.model import WITH_CARE, Edit, applied
from linter.fixes.module_importers import Answer, Named, without
from linter.fixes.module_inert import Kind, Module, inert, open_module
from linter.fixes.module_names import handed_on, statement_around
from linter.reach.modules import COMPONENTS, SCRIPTS, modules_of
from linter.reach.site import Site

MAX_ROUNDS = 6
MAX_FILES = 4000
"""Files in which the name of one module stands."""
MAX_IMPORTER = 500_000
"""Characters of a file that imports a module."""
_BY_PLACE = re.compile(
    r"(?:.*/)?(?:(?:page|layout|template|loading|error|global-error|not-found|head|route|default|sitemap|robots|manifest|middleware|instrumentation"
    r"|root|entry[.-](?:client|server)|app|main|index\.page|_app|_document|_error|\+\w+|gatsby-(?:browser|ssr|node|config))\.\w+"
    r"|(?:pages|routes|plugins|middleware|server|api|composables|layouts|boot|stories|__tests__|__mocks__|public|static)/.*)"
)
"""Files that a framework loads by their place or name."""
_AUTO_IMPORTS = re.compile(r"(?:.*/)?(?:nuxt|astro|svelte|quasar|vue|docusaurus)\.config\.\w+|(?:.*/)?angular\.json")
"""Configurations of frameworks that pull in components by their names."""
_STRING = re.compile(r"(['\"`])((?:\.{0,2}/|[@~#\w])[\w@~./#$-]{0,200})\1")


class Plan(NamedTuple):
    """Edits by path, of the texts as they were given; files that go whole; modules that stay, with what stands in the way; and
    the paths of the modules that a person should look over: functions, which other code called."""

    edits: Mapping[str, tuple[Edit, ...]] = {}
    deleted: tuple[str, ...] = ()
    refused: Mapping[str, str] = {}
    unsafe: frozenset[str] = frozenset()


def plan(site: Site, changed: Iterable[str], vendors: Iterable[str], catalog: Catalog, unsafe: bool = False) -> Plan:
    """What may go besides the fixes of single files.

    `site` gives the texts as they will be after these; `changed` are the paths of the files they changed, `vendors` whose findings
    they took out. `unsafe`: modules whose functions are called may go, too.
    """
    state = _State(site, Speaks(vendors, catalog), unsafe)
    waiting = sorted(set(changed))
    for _ in range(MAX_ROUNDS):
        touched = [path for path in waiting for path in state.take(path)]
        waiting = sorted(set(touched))
        if not waiting:
            break
    return state.plan()


class _State:
    """The texts of a site while modules are taken out of it."""

    def __init__(self, site: Site, speaks: Speaks, unsafe: bool) -> None:
        self._before, self._speaks, self._unsafe = site, speaks, unsafe
        self._texts: dict[str, str] = {}
        self._site = Site(site.files, self._text)
        self._steps: dict[str, list[tuple[Edit, ...]]] = {}
        self._deleted: list[str] = []
        self._refused: dict[str, str] = {}
        self._careful: set[str] = set()

    def _text(self, path: str) -> str:
        return self._texts[path] if path in self._texts else self._before.text(path)

    def take(self, path: str) -> list[str]:
        """Takes out a module if it does nothing; gives the paths of the files that this changed."""
        if path in self._deleted or not path.endswith(SCRIPTS):
            return []
        jsx = open_module(path, self._text(path))
        module = inert(jsx) if jsx is not None else None
        if module is None:
            return []
        why = self._held(path)
        answers = {} if why else self._answers(path, module)
        why = why or next((answer.why for answer in answers.values() if answer.why), "")
        calls = any(answer.calls for answer in answers.values())
        if not why and not any(answer.edits for answer in answers.values()):
            why = "nothing imports it: whether a framework loads it by its place is not to be seen"
        if not why and calls and not self._unsafe:
            why = WITH_CARE
        if why:
            self._refused[path] = why
            return []
        return self._make(path, answers, calls)

    def _make(self, path: str, answers: Mapping[str, Answer], calls: bool) -> list[str]:
        for importer, answer in answers.items():
            self._texts[importer] = applied(self._text(importer), answer.edits)
            self._steps.setdefault(importer, []).append(answer.edits)
        self._deleted.append(path)
        self._refused.pop(path, None)
        self._careful |= {path} if calls else set()
        self._site = Site([p for p in self._site.files if p != path], self._text)
        return list(answers)

    def _held(self, path: str) -> str:
        """What holds a file at its place though no file imports it, or ""."""
        if _BY_PLACE.fullmatch(path):
            return "the framework loads it by its place"
        if any(_AUTO_IMPORTS.fullmatch(file) for file in self._site.files) and not path.endswith((".jsx", ".tsx")):
            return "the framework may load it by its place"
        return ""

    def _answers(self, path: str, module: Module) -> dict[str, Answer]:
        """What each file that names the module can do without it."""
        rows: dict[str, list[Named]] = {}
        scripts: dict[str, Jsx] = {}
        why = self._gather(path, module.exports, False, rows, scripts, 0)
        if why:
            return {path: Answer(why=why)}
        return {file: without(scripts[file], named, self._speaks) for file, named in rows.items()}

    def _gather(
        self, path: str, exports: Mapping[str, Kind], partly: bool, rows: dict[str, list[Named]], scripts: dict[str, Jsx], depth: int
    ) -> str:
        """Collects the statements that name a module, also through files that hand its exports on; or says what stands in the way."""
        for file in self._naming(path):
            jsx = scripts.get(file) or (open_module(file, self._text(file), MAX_IMPORTER) if file.endswith(SCRIPTS) else None)
            if jsx is None or depth > MAX_ROUNDS:
                return f"it is named in {file}"
            scripts[file] = jsx
            for span in self._mentions(file, path):
                node = jsx.at(span)
                if node is None or node.type == "comment":
                    continue
                statement = statement_around(jsx, node)
                if statement is None and partly:
                    return f"a file that hands it on is named otherwise than by an import in {file}"
                if statement is None:
                    return f"it is named otherwise than by an import in {file}:{jsx.part.text.source.line_number(span[0])}"
                if statement.type == "export_statement" and any(child.type == "namespace_export" for child in statement.named_children):
                    return f"it is handed on as a whole in {file}"
                if statement.type == "export_statement":
                    handed = handed_on(jsx, statement, exports)
                    why = "it is handed on under a new name" if partly else self._gather(file, handed, True, rows, scripts, depth + 1)
                    if why:
                        return why
                rows.setdefault(file, []).append(Named(statement, exports, partly))
        return ""

    # -- who names a module

    def _naming(self, path: str) -> list[str]:
        """The files of the site in which a string leads to the module."""
        stem = posixpath.basename(path).partition(".")[0]
        word = posixpath.basename(posixpath.dirname(path)) if stem == "index" else stem
        endings = (*SCRIPTS, *COMPONENTS, ".json", ".md", ".html")
        found = []
        for file in sorted(self._site.files):
            if file == path or not file.endswith(endings) or file.endswith(("package-lock.json", ".map")):
                continue
            if word and word in self._text(file) and self._mentions(file, path):
                found.append(file)
                if len(found) > MAX_FILES:
                    break
        return found

    def _mentions(self, file: str, path: str) -> list[tuple[int, int]]:
        """The spans of strings in a file that lead to the module."""
        modules = modules_of(self._site)
        stem = posixpath.basename(path).partition(".")[0]
        word = posixpath.basename(posixpath.dirname(path)) if stem == "index" else stem
        rows = [match for match in _STRING.finditer(self._text(file)) if word in match[2]]
        return [match.span(2) for match in rows if modules.resolve(match[2], file) == path]

    def plan(self) -> Plan:
        """All that was done, as edits of the texts as they were."""
        edits: dict[str, tuple[Edit, ...]] = {}
        for path, steps in self._steps.items():
            if path not in self._deleted:
                edits[path] = steps[0] if len(steps) == 1 else _difference(self._before.text(path), self._text(path))
        return Plan(edits, tuple(sorted(self._deleted)), self._refused, frozenset(self._careful))


def _difference(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that make one text of another: lines that differ."""
    from difflib import SequenceMatcher

    one, other = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in one:
        starts.append(starts[-1] + len(line))
    rows = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return tuple(Edit(starts[a], starts[b], "".join(other[c:d])) for tag, a, b, c, d in rows if tag != "equal")
