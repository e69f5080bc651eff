"""Settings of site generators: Hugo's are emptied, those of Jekyll and Hexo left without a value.

Hugo (https://gohugo.io/configuration/services/): the services that it knows itself are off with an empty id, which is the default; what a
theme makes of its own parameters is its business. Jekyll: in Liquid an empty text is true and only nil and false are not, so that
the value has to go with its quotes. Hexo's templates ask in JavaScript, where null is false too. A `provider` of Jekyll
themes is off with `false`.
"""

import re

from linter.evidence import Setting
from linter.fixes.model import Edit
from linter.fixes.settings_places import Spot, inside
from linter.gtm.nodes import Node
from linter.text import Source

_CONFIG_YML = re.compile(r"(?:.*/)?_config(?:[.-]\w+)*\.ya?ml", re.IGNORECASE)
_HUGO = re.compile(
    r"(?:.*/)?(?:hugo\.(?:toml|ya?ml|json)|config/(?:_default|production|staging|development)/[\w.-]+\.(?:toml|ya?ml|json))", re.I
)
_CONFIG = re.compile(r"(?:.*/)?config\.(?:toml|ya?ml|json)", re.IGNORECASE)
_OF_HUGO = re.compile(r"^[ \t{]*[\"']?(?:baseURL|languageCode)[\"']?[ \t]*[:=]", re.MULTILINE | re.IGNORECASE)
_OF_THEME = re.compile(r"(?:.*/)?(?:params(?:\.\w+)?)\.(?:toml|ya?ml|json)", re.IGNORECASE)
_OF_SERVICES = re.compile(r"(?:.*/)?services(?:\.\w+)?\.(?:toml|ya?ml|json)", re.IGNORECASE)


def is_hugo(source: Source) -> bool:
    """Whether a file is a configuration of Hugo."""
    if _HUGO.fullmatch(source.path):
        return True
    return _CONFIG.fullmatch(source.path) is not None and _OF_HUGO.search(source.text) is not None


def is_config_yml(path: str) -> bool:
    """Whether a file is a configuration of Jekyll or Hexo."""
    return _CONFIG_YML.fullmatch(path) is not None


def is_of_theme(path: str, keys: tuple[str, ...]) -> bool:
    """Whether a setting of Hugo is one that a theme reads, not Hugo itself."""
    lower = [key.lower() for key in keys]
    if _OF_THEME.fullmatch(path) or "params" in lower:
        return True
    return len(keys) > 1 and "services" not in lower and _OF_SERVICES.fullmatch(path) is None


def emptied(source: Source, piece: Setting) -> tuple[Edit, ...] | str:
    """The edit that leaves an empty text in the place of a value, whatever the format; or what stands in the way."""
    begin, end = piece.span
    whole = inside(source.text, piece.span)
    if whole is None or source.text[begin:end] != piece.value.text:
        return "its value is written in an unusual way"
    return (Edit(begin, end),) if whole != piece.span else (Edit(begin, end, '""'),)


def without_value(source: Source, spot: Spot) -> tuple[Edit, ...] | str:
    """The edits that leave the key of a YAML entry without a value; a `provider` that the setting belongs to is set to false."""
    begin, end = spot.value.begin, spot.value.end
    gap = source.text[spot.owner.keys[spot.key][1] : begin]
    colon = gap.find(":") + 1
    if not colon or gap[colon:].strip() or "\n" in source.text[begin:end]:
        return "its value is written in an unusual way"
    switch = _provider(spot)
    edits = (Edit(begin - len(gap) + colon, end),)
    return edits if switch is None else (Edit(switch.begin, switch.end, "false"), *edits)


def _provider(spot: Spot) -> Node | None:
    """The value of `provider` beside an object that the setting stands in, which names that object or begins with its name."""
    for owner, key in spot.around:
        provider = owner.get("provider")
        if provider is not None and provider.kind not in ("object", "array") and provider.text.lower().startswith(key.lower()):
            return provider
    return None


def has_provider(spot: Spot) -> bool:
    """Whether a `provider` switches what the setting belongs to."""
    return _provider(spot) is not None
