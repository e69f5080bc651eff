"""Packages that manifests in JSON and YAML require: npm, Bower, Deno, pnpm catalogs, conda environments."""

import re
from collections.abc import Iterator

from linter.readers.data_json import entries
from linter.readers.data_values import Entry, Wanted
from linter.readers.data_yaml import entries as yaml_entries
from linter.readers.manifests import Facts, plain_name
from linter.text import Slice

SECTIONS = {"dependencies": False, "devDependencies": True, "optionalDependencies": False, "peerDependencies": False}
"""Part of a package.json that names required packages -> whether they are for development only."""

_ALIAS = re.compile(r"npm:((?:@[\w.-]+/)?[\w.-]+)")
_CONDA = re.compile(r"([A-Za-z0-9][\w.-]*?)\s*(?:[\[<>=!~;].*)?\Z", re.DOTALL)


class Everything(Wanted):
    """Wants every string, for manifests of which more counts than what holds a literal."""

    def __call__(self, begin: int, end: int) -> bool:
        """True."""
        return True


def span_of(entry: Entry) -> tuple[int, int]:
    """The source span of an entry's value."""
    return entry.value.span(0, len(entry.value))


def npm(text: Slice, facts: Facts) -> None:
    """package.json and bower.json: what is required, what its scripts install, and the package's own name."""
    for entry in entries(text, Wanted(text.text, facts.reading)):
        name = entry.value.text
        section = entry.keys[0] if entry.keys else ""
        if section in SECTIONS and len(entry.keys) == 1:
            facts.requirement(span_of(entry), name, "npm", block=entry.block, development=SECTIONS[section])
        elif section in SECTIONS and len(entry.keys) == 2:
            _aliased(entry, facts, SECTIONS[section])
        elif section == "scripts" and len(entry.keys) == 2:
            from linter.readers.commands import read

            read(entry.value, facts)
        elif entry.keys == ("name",):
            facts.plugin(span_of(entry), "npm", name, main=True)


def _aliased(entry: Entry, facts: Facts, development: bool = False) -> None:
    """`"pixel": "npm:react-facebook-pixel@1"`."""
    alias = _ALIAS.match(entry.value.text)
    if alias is not None:
        facts.requirement(entry.value.span(*alias.span(1)), alias[1], "npm", block=entry.block, development=development)


def deno(text: Slice, facts: Facts) -> None:
    """The `npm:` packages of deno.json and of import maps."""
    for entry in entries(text, Wanted(text.text, facts.reading)):
        if entry.keys[:1] == ("imports",) or entry.keys[:1] == ("scopes",):
            _aliased(entry, facts)


def pnpm(text: Slice, facts: Facts) -> None:
    """The catalogs of a pnpm workspace."""
    for entry in _yaml(text, facts):
        if entry.keys == ("catalog",) or (len(entry.keys) == 2 and entry.keys[0] == "catalogs"):
            facts.requirement(span_of(entry), entry.value.text, "npm", block=entry.block)


def conda(text: Slice, facts: Facts) -> None:
    """The packages of a conda environment, those that pip installs in it included."""
    for entry in _yaml(text, facts):
        package = _CONDA.match(entry.value.text) if entry.keys in (("dependencies",), ("dependencies", "pip")) else None
        if package is not None:
            facts.requirement(entry.value.span(*package.span(1)), plain_name(package[1], "pypi"), "pypi", block=entry.block)


def _yaml(text: Slice, facts: Facts) -> Iterator[Entry]:
    return yaml_entries(text, Wanted(text.text, facts.reading))
