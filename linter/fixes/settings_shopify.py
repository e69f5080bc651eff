"""Settings of Shopify themes: app embeds and app blocks are switched off, texts emptied, as the theme editor does both.

The theme editor writes `"disabled": true` for a block that is off, and "" for a text that was emptied. The comment above the JSON
and the rest of the file stay as they are.
"""

import re

from linter.fixes.model import Edit
from linter.fixes.settings_places import Spot
from linter.text import Source

_FILE = re.compile(r"(?:.*/)?(?:config/settings_data\.json|(?:templates|sections)/[\w./-]+\.json)", re.IGNORECASE)
MAX_BLANK = 400
"""Characters of indentation that are looked at."""
_BEHIND = re.compile(r"\s*,(\s*)")
_DATA = frozenset({"current", "presets", "sections"})


def is_shown(path: str) -> bool:
    """Whether a block in the file is a part of a page that people see, not one of the theme's app embeds."""
    return not path.lower().endswith("settings_data.json")


def is_file(path: str) -> bool:
    """Whether a file holds settings of a theme: settings_data.json, a JSON template, a section group."""
    return _FILE.fullmatch(path) is not None


def switched_off(source: Source, spot: Spot) -> tuple[Edit, ...] | str:
    """The edit that disables the block of an app whose `type` is at `spot`, or what stands in the way."""
    block = spot.owner
    if spot.key != "type":
        return "it is no block of an app"
    switch = block.get("disabled")
    if switch is not None:
        if source.text[switch.begin : switch.end] != "false":
            return "its `disabled` is neither true nor false"
        return (Edit(switch.begin, switch.end, "true"),)
    begin, end = block.keys["type"]
    colon = source.text[end : spot.value.begin]
    before = source.text[max(begin - MAX_BLANK, 0) : begin]
    blank = before[len(before.rstrip()) :]
    if colon.strip() != ":":
        return "the block is written in an unusual way"
    behind = _BEHIND.match(source.text, spot.value.end)
    between = blank if "\n" in blank or behind is None else behind[1]
    return (Edit(spot.value.end, spot.value.end, f',{between}"disabled"{colon}true'),)


def emptied(source: Source, spot: Spot) -> tuple[Edit, ...] | str:
    """The edit that empties a text setting, or what stands in the way."""
    top = spot.around[0][1] if spot.around else ""
    begin, end = spot.value.begin, spot.value.end
    if top not in _DATA:
        return "it is no setting of the theme"
    if source.text[begin : begin + 1] != '"':
        return "its value is no text: change it in the theme editor"
    return (Edit(begin + 1, end - 1),)
