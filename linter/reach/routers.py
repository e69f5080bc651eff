"""Route tables in code: `<Route path element>`, and objects with a path and a component (React Router, Vue Router, Angular)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from linter.reach.jsx_routes import jsx_rows
from linter.reach.route_rows import Row, names_of

_HAS_OBJECTS = re.compile(r"(?<![\w$.])path['\"]?\s{0,20}:")
_HAS_VIEWS = re.compile(r"(?<![\w$.])(?:component|components|Component|element|lazy|loadComponent|loadChildren)['\"]?\s{0,20}:")
_TOKEN = re.compile(
    r"(?<![\w$.])(path|component|components|Component|element|lazy|loadComponent|loadChildren|children|index|title)['\"]?\s{0,20}:"
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|=>|[{}\[\](),]",
    re.DOTALL,
)
_LITERAL = re.compile(r"\s*['\"`]([^'\"`\n]{0,300})['\"`]\s*(?:as const\s*)?\Z")
_VIEWS = frozenset({"component", "components", "Component", "element", "lazy", "loadComponent", "loadChildren"})
MAX_CODE = 300_000
"""Characters of code in which routes are looked for: more is a bundle."""


class _Frame(NamedTuple):
    """An open bracket: where, the values of its keys, and the key whose value is being read."""

    opener: str
    at: int
    number: int
    keys: dict[str, tuple[int, int]]
    open_key: list[tuple[str, int]]


@lru_cache(maxsize=8)
def routes_of(code: str) -> tuple[Row, ...]:
    """The routes of code without comments, outer ones before inner ones; none where it has no route table."""
    if len(code) > MAX_CODE or ("path" not in code and "<Route" not in code):
        return ()
    rows = list(jsx_rows(code)) if "Route" in code and "<" in code else []
    if not rows and _HAS_OBJECTS.search(code) and _HAS_VIEWS.search(code):
        rows = list(_object_rows(code))
    return tuple(rows)


def _object_rows(code: str) -> Iterator[Row]:
    found: dict[int, tuple[_Frame, int]] = {}
    frames: list[_Frame] = []
    count = 0
    for match in _TOKEN.finditer(code):
        token, key = match[0], match[1]
        if key:
            if frames and frames[-1].opener == "{" and not frames[-1].open_key:
                frames[-1].open_key.append((key, match.end()))
        elif token in ("{", "[", "("):
            frames.append(_Frame(token, match.start(), count, {}, []))
            count += 1
        elif token == "," and frames:
            _end_value(frames[-1], match.start())
        elif token in ("}", "]", ")") and frames:
            frame = frames.pop()
            _end_value(frame, match.start())
            if (
                frame.opener == "{"
                and ("path" in frame.keys or "index" in frame.keys)
                and (_VIEWS & frame.keys.keys() or "children" in frame.keys)
            ):
                found[frame.number] = (
                    frame,
                    next((one.number for one in reversed(frames) if one.open_key and one.open_key[0][0] == "children"), -1),
                )
            _hand_up_title(frame, frames)
    order = {number: place for place, number in enumerate(sorted(found))}
    for number in sorted(found):
        frame, parent = found[number]
        yield _row(code, frame, order.get(parent, -1))


def _end_value(frame: _Frame, at: int) -> None:
    if frame.open_key:
        key, start = frame.open_key.pop()
        frame.keys.setdefault(key, (start, at))


def _hand_up_title(frame: _Frame, frames: list[_Frame]) -> None:
    """`meta: {title: "Contact"}` is the title of the route around it."""
    if "title" in frame.keys and "path" not in frame.keys and frames and frames[-1].opener == "{":
        frames[-1].keys.setdefault("title", frame.keys["title"])


def _row(code: str, frame: _Frame, parent: int) -> Row:
    spans = [
        frame.keys[key]
        for key in ("component", "components", "Component", "element", "lazy", "loadComponent", "loadChildren")
        if key in frame.keys
    ]
    names = tuple(name for start, end in spans for name in names_of(code[start:end]))
    start, end = frame.keys.get("path", (0, 0))
    written = code[start:end]
    literal = _LITERAL.match(written)
    title = _LITERAL.match(code[slice(*frame.keys["title"])]) if "title" in frame.keys else None
    path = literal[1] if literal else "" if "path" not in frame.keys else None
    return Row((path,) if path is not None else (), written.strip(), names, tuple(spans), frame.at, parent, title[1] if title else "")
