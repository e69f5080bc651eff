"""What lies in a repository besides the findings: platforms, hosts, caches, package managers, by the names of its files."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.plans.model import Phase, Step
from linter.plans.ways import SiteWay, Ways
from linter.plans.wording import filled

LOCK_FILES = {
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
    "yarn.lock": "yarn",
    "pnpm-lock.yaml": "pnpm",
    "bun.lock": "bun",
    "bun.lockb": "bun",
    "composer.lock": "composer",
    "poetry.lock": "poetry",
    "uv.lock": "uv",
    "Pipfile.lock": "pipenv",
    "Gemfile.lock": "bundle",
}
"""What tells which program keeps a manifest's packages."""
_OF = {
    "npm": ("npm", "yarn", "pnpm", "bun"),
    "pypi": ("poetry", "uv", "pipenv"),
    "composer": ("composer",),
    "gem": ("bundle",),
}
_DEFAULT = {"npm": "npm", "pypi": "pip", "composer": "composer", "gem": "bundle", "nuget": "dotnet", "go": "go"}


class There(NamedTuple):
    """A platform, host or cache that is there, and the path that tells it."""

    row: SiteWay
    path: str


class Surroundings(NamedTuple):
    """`there` in the order of the rows; `locks` are the names of lock files by folder ("" is the top)."""

    there: tuple[There, ...] = ()
    locks: Mapping[str, frozenset[str]] = {}

    @property
    def platforms(self) -> tuple[str, ...]:
        """The ids of the platforms that the site is made with."""
        return tuple(one.row.id for one in self.there if one.row.role == "platform")

    def tool(self, path: str, ecosystem: str) -> str:
        """The package manager of a file: that of the nearest lock file in its folder or above, else the usual one; "" if unknown."""
        folder = path.rpartition("/")[0]
        while True:
            tools = {LOCK_FILES[name] for name in self.locks.get(folder, ())}
            found = next((tool for tool in _OF.get(ecosystem, ()) if tool in tools), None)
            if found is not None or not folder:
                return found or _DEFAULT.get(ecosystem, "")
            folder = folder.rpartition("/")[0]


def surroundings(paths: Iterable[str], ways: Ways) -> Surroundings:
    """What the paths of a repository (POSIX, files and skipped folders) tell."""
    by_folder: dict[str, set[str]] = defaultdict(set)
    first: dict[str, str] = {}
    folders: set[str] = set()
    for path in paths:
        folder, _, name = path.rpartition("/")
        by_folder[folder].add(name)
        if path < first.get(name, path + "/"):
            first[name] = path
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    locks = {folder: frozenset(names & LOCK_FILES.keys()) for folder, names in by_folder.items() if names & LOCK_FILES.keys()}
    ordered = sorted(folders)
    found = ((row, _where(row, first, ordered, by_folder)) for row in ways.sites)
    return Surroundings(tuple(There(row, path) for row, path in found if path is not None), locks)


def steps_of(phase: Phase, around: Surroundings, texts: Callable[[SiteWay], tuple[str, ...]], values: Mapping[str, str]) -> Iterator[Step]:
    """The steps that the rows of what is there have for a phase; `{at}` is the path that told it."""
    for there in around.there:
        for text in texts(there.row):
            told = filled(text, {"at": there.path, **values})
            if told is not None:
                yield Step(phase, "person", told, (), there.row.sources)


def _where(row: SiteWay, first: Mapping[str, str], folders: list[str], by_folder: Mapping[str, set[str]]) -> str | None:
    """The path by which a row is known, if it is."""
    named = [first[name] for name in row.files if name in first]
    if named:
        return min(named)
    for end in row.folders:
        found = next((folder for folder in folders if folder == end or folder.endswith(f"/{end}")), None)
        if found is not None:
            return found
    if row.beside:
        wanted = set(row.beside)
        return min((folder or "." for folder, names in by_folder.items() if wanted <= names), default=None)
    return None
