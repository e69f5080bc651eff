"""Commands of shell scripts, Dockerfiles, Makefiles, pipelines and package scripts that install packages and plugins.

Taking away (`wp plugin deactivate`, `npm uninstall`) is nothing. A line that is commented out is dormant.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from linter.evidence import Span
from linter.readers.manifest_composer import required
from linter.readers.manifests import WORDPRESS_ZIP, Facts, line_at, plain_name
from linter.text import Slice


class _Command(NamedTuple):
    """What is told of the words behind a match of `pattern`: a package of `ecosystem`, or a plugin of `platform`."""

    pattern: re.Pattern[str]
    ecosystem: str = ""
    platform: str = ""


def _command(words: str, ecosystem: str = "", platform: str = "") -> _Command:
    return _Command(re.compile(rf"(?<![\w-])(?:{words})(?=\s)"), ecosystem, platform)


_OPTIONS = r"(?:\s++--?[\w=./:-]++){0,6}+"
_COMMANDS = (
    _command(
        rf"(?:wp|wp-cli|wp-cli\.phar|wp\.phar|\$\(?\{{?WP\w*\}}?\)?){_OPTIONS}\s+plugin{_OPTIONS}\s+(?:install|activate)",
        platform="wordpress",
    ),
    _command(rf"drush{_OPTIONS}\s+(?:en|pm:enable|pm-enable|pm:install|pm-install|in)", platform="drupal"),
    _command(r"drupal\s+(?:module:install|moi)", platform="drupal"),
    _command(r"magento\s+(?:module:enable)|n98-magerun2?\s+dev:module:enable", platform="magento"),
    _command(r"craft\s+(?:plugin/install|install/plugin)", platform="craft"),
    _command(r"console\s+prestashop:module\s+install", platform="prestashop"),
    _command(
        rf"npm{_OPTIONS}\s+(?:install|i|add)|pnpm{_OPTIONS}\s+(?:add|install|i)|yarn\s+(?:global\s+)?add|bun\s+(?:add|install|i)", "npm"
    ),
    _command(rf"(?:pip3?|uv\s+pip){_OPTIONS}\s+install|(?:uv|poetry|pdm)\s+add|pipenv\s+install", "pypi"),
    _command(rf"composer{_OPTIONS}(?:\s+global)?\s+(?:require|req)", "composer"),
    _command(r"gem\s+install|bundle\s+add", "gem"),
    _command(r"go\s+(?:get|install)", "go"),
    _command(r"dotnet\s+add(?:\s+[\w./\\-]+)?\s+package", "nuget"),
)
_QUICK = re.compile(r"install|activate|add|require|enable|\s(?:en|i|in|get|moi|req)\s")
_WORD = re.compile(r"[^\s'\"`;|&()<>,\[\]]+")
_PARTED = re.compile(r"&&|\|\||[;|`]|(?<=[ \t])#|(?<!\\)(?<!\\\r)\n")
MAX_ARGUMENTS = 4000
"""Characters of a command that are looked at."""
_OFF = re.compile(r"\s*(?:-\s+)?(?:#|//)")
_SPOKEN = re.compile(r"[\s\w@:.-]{0,20}?\b(?:echo|printf|print|print_\w+|log\w*|cat)\b")
_NPM_VERSION = re.compile(r"(?<=.)@[^/]*\Z")
_NAMES = re.compile(r"[A-Za-z0-9@][\w.@/-]*")


def read(text: Slice, facts: Facts) -> None:
    """Tells what the commands in `text` install, of the words in which a literal stands. Linear time."""
    code = text.text
    starts = [begin for begin, _ in facts.reading.hits(code)]
    if not starts or not _QUICK.search(code):
        return
    found: list[tuple[Span, _Command, bool]] = []
    for command in _COMMANDS:
        done = -1
        for match in command.pattern.finditer(code):
            if match.start() < done:
                continue
            ending = _PARTED.search(code, match.end(), match.end() + MAX_ARGUMENTS)
            done = ending.start() if ending else min(match.end() + MAX_ARGUMENTS, len(code))
            off = _state(code, match.start())
            if off is not None and bisect_left(starts, done) > bisect_left(starts, match.end()):
                found += [(word.span(), command, off) for word in _WORD.finditer(code, match.end(), done) if _holds(starts, word.span())]
    for span, command, off in sorted(found, key=lambda row: row[0]):
        if not code.startswith("-", span[0]):
            _tell(text, span, command, facts, off)


def _state(code: str, at: int) -> bool | None:
    """Whether the command at `at` is commented out; None where it is only spoken of."""
    begin = line_at(code, at).begin
    first = max((part.end() for part in _PARTED.finditer(code, begin, at)), default=begin)
    if _SPOKEN.match(code, first, at):
        return None
    return _OFF.match(code, begin, at) is not None


def _holds(starts: Sequence[int], span: Span) -> bool:
    number = bisect_left(starts, span[0])
    return number < len(starts) and starts[number] < span[1]


def _tell(text: Slice, span: Span, command: _Command, facts: Facts, off: bool) -> None:
    word = text.cut(*span)
    line = line_at(text.text, span[0])
    content = text.text[line.begin : line.end]
    block = text.span(line.begin + len(content) - len(content.lstrip()), max(line.end, span[1]))
    if command.platform:
        zipped = WORDPRESS_ZIP.match(word.text)
        place = zipped.span(1) if zipped else (0, len(word))
        slug = word.text[slice(*place)]
        if _NAMES.fullmatch(slug):
            facts.plugin(word.span(*place), command.platform, slug, block=block, dormant=off)
        return
    name = _NPM_VERSION.sub("", word.text) if command.ecosystem in ("npm", "go") else re.split(r"[=<>~!:^]", word.text)[0]
    if command.ecosystem == "pypi":
        name = name.partition("[")[0]
    if not _NAMES.fullmatch(name):
        return
    if command.ecosystem == "composer":
        required(word.cut(0, len(name)), facts, block, dormant=off)
        return
    facts.requirement(word.span(0, len(name)), plain_name(name, command.ecosystem), command.ecosystem, block=block, dormant=off)
