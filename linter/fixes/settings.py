"""Fixes of settings: what switches a tracker off in the configuration that switches it on, where it is known what being off means.

Left: taking every account out wherever it stands (what an empty value does is up to the code that reads it). Left: environment
variables (other things may read them). Taken: a row for each platform that says what it does with a value that is empty or false.
"""

from linter.evidence import Plugin, Setting
from linter.fixes import settings_drupal, settings_generators, settings_php, settings_shopify
from linter.fixes.model import WITH_CARE, Edit, Outcome, Task
from linter.fixes.settings_places import Spot, Spots, parsed
from linter.matching import Match

VARIABLE = "a variable that other things may read: take the line out by hand"
READER = "what an empty value does is up to the code that reads it: change both by hand"
UNUSUAL = "its value is written in an unusual way"
HANDED_ON = "its value comes from elsewhere: take the line out by hand once nothing reads it"
MODULE = "other configuration depends on the module: uninstall it with drush pmu {slug} -y, then drush config:export -y"
LOOK = "build the site and look at a page: the theme decides what it does without the setting"
IMPORT = "import the changed configuration into the site: drush config:import -y"
_LANGUAGES = frozenset({"json", "yaml", "toml"})
_FILES = frozenset({"json", "yaml", "toml", "eno", "php"})
Answer = tuple[tuple[Edit, ...], bool, str]
"""The edits, whether a person should look over them, and what is to be done then."""


def fix(task: Task) -> Outcome:
    """Switches settings of known platforms off, and blocks of Shopify apps; says of others why they are left alone."""
    numbers = [n for n, match in enumerate(task.matches) if _is_ours(match, task)]
    if not numbers:
        return Outcome()
    asked = _Asked(task)
    edits: dict[int, tuple[Edit, ...]] = {}
    refused: dict[int, str] = {}
    unsafe: set[int] = set()
    after: list[str] = []
    for number in numbers:
        answer = asked.of(task.matches[number])
        if isinstance(answer, str):
            refused[number] = answer
        elif answer[1] and not task.unsafe:
            refused[number] = WITH_CARE
        else:
            edits[number] = answer[0]
            unsafe |= {number} if answer[1] else set()
            after += [answer[2]] if answer[2] and answer[2] not in after else []
    return Outcome(edits, refused, frozenset(unsafe), after=tuple(after))


def _is_ours(match: Match, task: Task) -> bool:
    piece = match.evidence
    if len(piece.via) != 1 or piece.via[0] not in _FILES:
        return False
    if isinstance(piece, Plugin):
        return piece.platform == "shopify" or task.source.path.endswith("core.extension.yml")
    return isinstance(piece, Setting)


class _Asked:
    """Asks the platform of one file about its settings."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._source = task.source
        self._trees: dict[str, Spots | None] = {}

    def of(self, match: Match) -> Answer | str:
        """What switches a match off, or what stands in the way."""
        piece = match.evidence
        if isinstance(piece, Plugin):
            return self._plugin(piece)
        assert isinstance(piece, Setting)
        language = piece.via[0]
        if language == "eno":
            return VARIABLE
        if piece.value.expression:
            return HANDED_ON
        if self._source.text[slice(*piece.span)] != piece.value.text:
            return UNUSUAL
        if language == "php":
            edits = settings_php.emptied(self._source, piece)
            return edits if isinstance(edits, str) else (edits, not settings_php.is_of_code(match, self._task.matches), "")
        if settings_generators.is_hugo(self._source):
            found = settings_generators.emptied(self._source, piece)
            careful = settings_generators.is_of_theme(self._source.path, piece.keys)
            return found if isinstance(found, str) else (found, careful, LOOK if careful else "")
        return self._in_tree(match, piece, language)

    def _in_tree(self, match: Match, piece: Setting, language: str) -> Answer | str:
        path = self._source.path
        module = settings_drupal.module_of(path)
        if not (module or settings_generators.is_config_yml(path) or settings_shopify.is_file(path)):
            return READER
        spot = self._spot(piece.span, language)
        if spot is None:
            return UNUSUAL
        if settings_shopify.is_file(path):
            found = settings_shopify.emptied(self._source, spot)
            return found if isinstance(found, str) else (found, False, "")
        if module:
            found = settings_drupal.switched_off(self._source, spot)
            known = settings_drupal.is_known(module, match.vendor, self._task.catalog)
            return found if isinstance(found, str) else (found, not known, IMPORT)
        found = settings_generators.without_value(self._source, spot)
        careful = bool(spot.around) and not settings_generators.has_provider(spot)
        return found if isinstance(found, str) else (found, careful, LOOK)

    def _plugin(self, piece: Plugin) -> Answer | str:
        if piece.platform != "shopify":
            return MODULE.format(slug=piece.slug)
        if not settings_shopify.is_file(self._source.path):
            return READER
        spot = self._spot(piece.span, "json")
        if spot is None:
            return UNUSUAL
        found = settings_shopify.switched_off(self._source, spot)
        return found if isinstance(found, str) else (found, settings_shopify.is_shown(self._source.path), "")

    def _spot(self, span: tuple[int, int], language: str) -> Spot | None:
        if language not in self._trees:
            document = parsed(self._source, language) if language in _LANGUAGES else None
            self._trees[language] = Spots(document.root) if document is not None else None
        spots = self._trees[language]
        return spots.at(span) if spots is not None else None
