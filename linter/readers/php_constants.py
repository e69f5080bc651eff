"""Constants and variables that a PHP file sets once, to a plain string or number."""

import re
from functools import cached_property

MAX_VALUE = 400
"""Characters of a value that is put where its name stands."""

_SET = re.compile(
    r"(\$\w+)\s*=\s*(?:'([^'\\\n]*)'|\"([^\"\\\n$]*)\"|(\d+))\s*;"
    r"|\bconst\s+(?:string\s+)?(\w+)\s*=\s*(?:'([^'\\\n]*)'|\"([^\"\\\n$]*)\"|(\d+))\s*;"
    r"|\bdefine\s*\(\s*['\"](\w+)['\"]\s*,\s*(?:'([^'\\\n]*)'|\"([^\"\\\n$]*)\"|(\d+))\s*[,)]"
)
_RESET = re.compile(r"(\$\w+)\s*(?:[.+*/?|&%-]|\?\?)?=(?![=>])|\bas\s+(\$\w+)|=>\s*(\$\w+)|&\s*(\$\w+)|(?:global|static)\s+(\$\w+)")


class Constants:
    """Constants, and variables that are set once in the file, to a plain string or number."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _known(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for match in _SET.finditer(self._text):
            groups = match.groups()
            for first in (0, 4, 8):
                if groups[first] is not None:
                    known[groups[first]] = next((value for value in groups[first + 1 : first + 4] if value is not None), "")
        writes: dict[str, int] = {}
        for match in _RESET.finditer(self._text):
            name = next(filter(None, match.groups()), "")
            writes[name] = writes.get(name, 0) + 1
        return {name: value for name, value in known.items() if writes.get(name, 1) == 1 and len(value) <= MAX_VALUE}

    def value(self, name: str) -> str | None:
        """The value of a variable (`$id`), a constant, or a class constant's last name, or None."""
        return self._known.get(name)
