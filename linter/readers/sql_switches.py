"""Rows of a table of settings that switch other rows off: `google/analytics/active` those beside it."""

from collections import defaultdict
from collections.abc import Sequence

from linter.evidence import Evidence, Setting
from linter.readers.sql_tables import PATHS

_SWITCHES = frozenset({"active", "enabled", "enable", "is_active", "is_enabled"})
_OFF = frozenset({"0", "false", "no", "off", ""})


def settled(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of a dump; settings are dormant where every switch of their group (one for each scope) is off."""
    switches: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for piece in evidence:
        if _is_row(piece) and isinstance(piece, Setting) and piece.keys[-1] in _SWITCHES:
            switches[piece.keys[:-1]].append(piece.value.text.strip().lower() not in _OFF)
    off = {group for group, on in switches.items() if not any(on)}
    return [
        piece._replace(state="dormant") if off and _is_row(piece) and isinstance(piece, Setting) and piece.keys[:-1] in off else piece
        for piece in evidence
    ]


def _is_row(piece: Evidence) -> bool:
    return isinstance(piece, Setting) and len(piece.keys) > 2 and piece.keys[0] in PATHS
