"""A row of a route table, and the names of components in its code."""

import re
from typing import NamedTuple

_TAG = re.compile(r"<([A-Z][\w$]*)")
_NAME = re.compile(r"(?<![\w$./'\"])[A-Za-z_$][\w$]*(?![\w$]*['\"])")
_NO_COMPONENT = frozenset(
    "Suspense Fragment React Navigate Redirect lazy import then default Route Routes Switch Outlet return async await props".split()
)


class Row(NamedTuple):
    """A route. `paths` as written and literal, empty if they are not; `written` the code of the path; `names` of its components,
    the innermost last; `spans` of its components' code; `at` its offset; `parent` the number of the row around it, or -1."""

    paths: tuple[str, ...]
    written: str
    names: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    at: int
    parent: int
    title: str = ""


def names_of(code: str) -> tuple[str, ...]:
    """The names of components in the code of a route's element: those of tags, or where it has none, all names."""
    found = _TAG.findall(code) or _NAME.findall(code)
    return tuple(dict.fromkeys(name for name in found if name not in _NO_COMPONENT))


def joined_path(parent: str, path: str) -> str:
    """The address of a route in a route: absolute paths stand for themselves."""
    if path.startswith("/"):
        return path
    return f"{parent.removesuffix('*').rstrip('/')}/{path}" if path else parent or "/"
