"""Facts that a whole file states, told by its name or first lines: packages that a manifest requires, plugins that are here.

Besides what the reader of the file's language sees. Which module below `linter.readers` knows a file is told here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from importlib import import_module
from sys import maxsize
from typing import NamedTuple

from linter.evidence import Evidence, Plugin, Requirement, Setting, Span, State
from linter.languages import Language
from linter.reading import Reading
from linter.text import Slice

_BY_NAME = {
    "package.json": "manifest_json:npm",
    "bower.json": "manifest_json:npm",
    "deno.json": "manifest_json:deno",
    "deno.jsonc": "manifest_json:deno",
    "import_map.json": "manifest_json:deno",
    "composer.json": "manifest_composer:composer",
    "pnpm-workspace.yaml": "manifest_json:pnpm",
    "environment.yml": "manifest_json:conda",
    "environment.yaml": "manifest_json:conda",
    "pyproject.toml": "manifest_lines:pyproject",
    "pipfile": "manifest_lines:pipfile",
    "setup.cfg": "manifest_lines:setup_cfg",
    "setup.py": "manifest_lines:setup_py",
    "gemfile": "manifest_lines:gemfile",
    "gems.rb": "manifest_lines:gemfile",
    "go.mod": "manifest_lines:go_mod",
    "packages.config": "manifest_lines:nuget",
    "directory.packages.props": "manifest_lines:nuget",
    "directory.build.props": "manifest_lines:nuget",
    ".wp-env.json": "plugin_lists:wp_env",
    ".wp-env.override.json": "plugin_lists:wp_env",
    "core.extension.yml": "plugin_lists:drupal_modules",
    "manifest.json": "plugin_lists:vtex",
}
"""Whole file name, lower case -> module:function below `linter.readers`."""

_BY_ENDING = {
    ".gemspec": "manifest_lines:gemspec",
    ".csproj": "manifest_lines:nuget",
    ".vbproj": "manifest_lines:nuget",
    ".fsproj": "manifest_lines:nuget",
    ".info.yml": "plugin_heads:drupal_info",
    ".info": "plugin_heads:drupal_info",
    "blueprint.json": "plugin_lists:blueprint",
}

WORDPRESS_ZIP = re.compile(r"https?://\S*/plugin/([\w-]+?)(?:\.\d[\w.-]*|\.latest-stable)?\.zip", re.IGNORECASE)
"""The archive of a plugin in the WordPress plugin directory; its slug is the group."""
_REQUIREMENTS = re.compile(r"(?:.*/)?(?:[\w.-]*requirements[\w.-]*|requirements/[\w.-]+)\.(?:txt|in|pip)\Z", re.IGNORECASE)
_PIPELINE = re.compile(
    r"(?:.*/)?(?:\.github/(?:workflows|actions)/.*|\.circleci/.*|\.ddev/.*|\.?gitlab-ci[\w.-]*|\.travis|bitbucket-pipelines|azure-pipelines[\w.-]*"
    r"|(?:docker-)?compose[\w.-]*|\.lando[\w.-]*|cloudbuild|buildspec|codeship[\w-]*|\.platform\.app|\.drone|\.buildkite/.*|\.wp-env)\.ya?ml\Z",
    re.IGNORECASE,
)
_COMMANDS_IN = re.compile(
    r"(?:.*/)?(?:dockerfile[\w.-]*|[\w.-]+\.dockerfile|(?:gnu)?makefile|[\w.-]+\.mk|justfile|procfile)\Z", re.IGNORECASE
)


class Facts:
    """Gives evidence about the whole file; spans are of the source. Each listed plugin and package is told once a state."""

    def __init__(self, reading: Reading, via: str) -> None:
        self.reading = reading
        self.via = (via,)
        self._unit = (0, len(reading.source.text))
        self._told: set[tuple[str, ...]] = set()

    def requirement(
        self, span: Span, package: str, ecosystem: str, *, block: Span | None = None, dormant: bool = False, development: bool = False
    ) -> None:
        """A package is required at `span`; `block` is its whole line or entry."""
        state: State = "dormant" if dormant else "active"
        if not self._is_new("package", ecosystem, package, state):
            return
        self.reading.emit(
            Requirement(span=span, block=block or span, unit=self._unit, state=state, via=self.via,
                        package=package, ecosystem=ecosystem, development=development)
        )  # fmt: skip

    def plugin(
        self, span: Span, platform: str, slug: str, *, name: str = "", main: bool = False, block: Span | None = None, dormant: bool = False
    ) -> None:
        """A plugin is here, or listed at `span`. `slug` is taken in lower case."""
        state: State = "dormant" if dormant else "active"
        if not self._is_new("plugin", platform, slug.lower(), state):
            return
        self.reading.emit(
            Plugin(span=span, block=block or span, unit=span, state=state, via=self.via,
                   platform=platform, slug=slug.lower(), name=name, main=main)
        )  # fmt: skip

    def _is_new(self, *key: str) -> bool:
        is_new = key not in self._told
        self._told.add(key)
        return is_new


def read_facts(text: Slice, language: Language, reading: Reading) -> None:
    """Emits what the file as a whole states, if it is a manifest, a plugin's main file, a list of plugins or a script."""
    where = _module(reading.source.path, language)
    if where is None or not reading.hits(text.text):
        return
    module, _, function = where.partition(":")
    label = language.dialect or language.reader
    read: Callable[[Slice, Facts], None] = getattr(import_module(f"linter.readers.{module}"), function)
    read(text, Facts(reading, "text" if label == "plain" else label))


def without_settings(evidence: Sequence[Evidence], facts: int) -> list[Evidence]:
    """The evidence without settings that stand in the entry of a plugin or package, which the first `facts` pieces are (`module: 0`)."""
    blocks = sorted(piece.block for piece in evidence[:facts])
    kept = list(evidence[:facts])
    for piece in evidence[facts:]:
        number = bisect_right(blocks, (piece.span[0], maxsize)) - 1 if isinstance(piece, Setting) else -1
        if number < 0 or piece.span[1] > blocks[number][1]:
            kept.append(piece)
    return kept


def _module(path: str, language: Language) -> str | None:
    name = path.rsplit("/", 1)[-1].lower()
    known = _BY_NAME.get(name) or next((_BY_ENDING[ending] for ending in _BY_ENDING if name.endswith(ending)), None)
    if known:
        return known
    if language.reader == "php":
        return "plugin_php:read"
    if language.reader == "xml":
        return "plugin_xml:read"
    if language == ("code", "shell") or _COMMANDS_IN.match(path) or (name.endswith(("yml", "yaml")) and _PIPELINE.match(path)):
        return "commands:read"
    if name.endswith(("txt", "in", "pip")) and _REQUIREMENTS.match(path):
        return "manifest_lines:requirements"
    return None


def plain_name(name: str, ecosystem: str) -> str:
    """A package's name as its ecosystem compares it: of pypi in small letters with hyphens, of nuget and composer in small letters,
    of go without the major version."""
    if ecosystem == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    if ecosystem == "go":
        return re.sub(r"/v\d+\Z", "", name)
    return name.lower() if ecosystem in ("nuget", "composer") else name


class Place(NamedTuple):
    """A line of a text: text[begin:end], without its line end."""

    begin: int
    end: int


REACH = 2000
"""Characters of a line that are looked at before and behind a place."""


def line_at(text: str, at: int) -> Place:
    """The line in which `at` stands, as far as `REACH` goes."""
    begin = text.rfind("\n", max(at - REACH, 0), at) + 1 or max(at - REACH, 0)
    end = text.find("\n", at, at + REACH)
    end = min(at + REACH, len(text)) if end < 0 else end
    return Place(begin, end - text.endswith("\r", at, end))
