"""Fixes in SARIF: the replacements that take a result out, file by file, as section 3.55 of the standard has them."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from linter.reports.paths import from_base, is_absolute, uri
from linter.reports.units import Texts

if TYPE_CHECKING:
    from linter.fixes.suggestions import Replacement, Suggestion

SAFE = "Take it out: nothing else changes (pixellint check --fix)."
UNSAFE = "Take it out, and look the change over (pixellint check --fix --unsafe-fixes)."


def fix_of(suggestion: "Suggestion", texts: Texts, base: str) -> dict[str, Any]:
    """The `fix` object; `texts` count UTF-16 units, `base` as in `linter.reports.sarif.render`."""
    files = groupby(suggestion.replacements, lambda row: row.path)
    return {
        "description": {"text": UNSAFE if suggestion.unsafe else SAFE},
        "artifactChanges": [_change(path, list(rows), texts, base) for path, rows in files],
    }


def _change(path: str, rows: "Sequence[Replacement]", texts: Texts, base: str) -> dict[str, Any]:
    shown = from_base(path, base)
    location = {"uri": uri(shown)} if is_absolute(shown) else {"uri": uri(shown), "uriBaseId": "%SRCROOT%"}
    return {"artifactLocation": location, "replacements": [_replacement(row, texts) for row in rows]}


def _replacement(row: "Replacement", texts: Texts) -> dict[str, Any]:
    region = {
        "startLine": row.start.line,
        "startColumn": texts.column(row.path, row.start),
        "endLine": row.end.line,
        "endColumn": texts.column(row.path, row.end),
    }
    return {"deletedRegion": region, **({"insertedContent": {"text": row.text}} if row.text else {})}
