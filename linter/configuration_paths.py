"""Patterns of files, as in `.gitignore`, from the folder of the configuration that they stand in."""

import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Matcher(NamedTuple):
    """Patterns, of which the last that fits a path decides."""

    folder: str
    patterns: tuple[str, ...]

    def match(self, location: str) -> str | None:
        """The pattern that takes a file (absolute path) in, or None."""
        base = self.folder.rstrip(os.sep) + os.sep
        if not location.startswith(base):
            location = os.path.join(os.path.realpath(os.path.dirname(location)), os.path.basename(location))
        if not location.startswith(base):
            return None
        found = _spec(self.patterns).check_file(location[len(base) :].replace(os.sep, "/"))
        return self.patterns[found.index] if found.include and found.index is not None else None


@lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def matcher_problem(pattern: str) -> str | None:
    """What is wrong with a pattern, or None."""
    try:
        spec = _spec((pattern,))
    except ValueError:
        return f"{pattern!r} is no pattern of files"
    if all(row.include is None for row in spec.patterns):
        return f"{pattern!r} is no pattern of files"
    return None
