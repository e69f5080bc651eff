"""Data files: JSON, YAML, TOML, and files of `name = value` lines. Values with hits are read as what they hold."""

import re

from linter.evidence import Span
from linter.readers.data_values import Wanted, read_entry
from linter.reading import Frame, Reading, covering, first_lines
from linter.text import Slice

_NO_CONTENT = re.compile(
    r"(?:.*/)?(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|composer\.json|composer\.lock|pnpm-lock\.ya?ml|yarn\.lock"
    r"|bower\.json|deno\.lock|[\w.-]+\.map|[\w.-]+\.har|[\w.-]+\.ipynb|tsconfig[\w.-]*\.json|\.eslintrc[\w.]*)\Z",
    re.IGNORECASE,
)
"""Files whose strings are names of packages, saved sources or records, not content of a site."""
_YAML_FIRST = re.compile(r"\A\s*(?:---|[\w-]+:(?:\s|\Z))")


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a data document; `frame.dialect` is "json", "yaml", "toml" or "eno" ("": told by its first character)."""
    if _NO_CONTENT.match(reading.source.path) and len(frame.via) <= 1:
        return
    dialect = frame.dialect or ("yaml" if _YAML_FIRST.match(text.text) else "json")
    if dialect == "json":
        from linter.readers.data_json import entries
    elif dialect == "yaml":
        from linter.readers.data_yaml import entries
    elif dialect == "toml":
        from linter.readers.data_lines import toml_entries as entries
    else:
        from linter.readers.data_lines import line_entries as entries
    if dialect != "json":
        text = first_lines(text, reading)
    off = _parked(text, dialect, reading)
    for entry in entries(text, Wanted(text.text, reading)):
        if reading.at_end():
            return
        read_entry(entry, frame.dormant() if off and covering(entry.value.span(0, len(entry.value)), off) else frame, reading)
    from linter.readers import settings_data

    settings_data.read(text, dialect, frame, reading)


def _parked(text: Slice, dialect: str, reading: Reading) -> list[Span]:
    """What entries beside it switch off in a JSON document in which a hit stands."""
    if dialect != "json" or not reading.hits(text.text):
        return []
    from linter.readers.parked import parked_spans

    return parked_spans(text)
