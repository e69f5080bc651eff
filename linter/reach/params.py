"""The pages of a route with one parameter, where the values are literal: a list in the file or in a module that it imports."""

import re
from collections.abc import Iterator, Sequence

from linter.reach.imports import imports_of
from linter.reach.modules import modules_of
from linter.reach.site import Site
from linter.reach.sources import code_of

_PARAMETER = re.compile(r"\[(\w{1,40})(?:=\w{1,40})?\]")
_FUNCTION = re.compile(r"(?<![\w$])(?:generateStaticParams|getStaticPaths|entries|loader|prerender)(?![\w$])\s{0,20}(?:=|\(|:)")
_FROM_LIST = re.compile(
    r"(?<![\w$.])([A-Za-z_$][\w$]{0,80})(?:\(\))?\s{0,40}\.map\(\s{0,20}(?:async\s{0,20})?\(?\s{0,20}(?:\{\s{0,20}(\w{1,40})|(\w{1,40}))"
)
_VALUE = r"(?<![\w$])%s\s{0,20}(?::\s{0,20}(?:encodeURIComponent\(|String\()?\s{0,20}(\w{1,40})\.(\w{1,40})|(?=[\s,}]))"
_LITERAL = r"(?<![\w$])%s\s{0,20}:\s{0,20}['\"`]([\w./-]{1,200})['\"`]"
_TOKEN = re.compile(
    r"([\w$]{1,80})['\"]?\s{0,20}:\s{0,20}(['\"`])([^'\"`\n]{1,200})\2|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|[{}\[\]()]"
)
_SLUG = re.compile(r"[\w][\w./-]{0,150}")
MAX_PAGES = 2000
_MAX_CODE = 400_000
_LONGEST = 3000


def known_routes(route: str, path: str, text: str, site: Site) -> tuple[str, ...]:
    """The addresses that a route such as `/services/[slug]` stands for; none where the file does not say them literally."""
    found = _PARAMETER.findall(route)
    code = code_of(text, path)
    match = _FUNCTION.search(code) if len(found) == 1 and "[..." not in route and "[[" not in route else None
    if match is None:
        return ()
    body = code[match.start() : match.start() + _LONGEST]
    if ".filter(" in body:
        return ()
    values = list(_values(found[0], body, code, path, site))
    rows = [value for value in dict.fromkeys(values) if _SLUG.fullmatch(value)]
    before, after = _PARAMETER.split(route)[::2]
    return tuple(before + value + after for value in rows[:MAX_PAGES])


def _values(name: str, body: str, code: str, path: str, site: Site) -> Iterator[str]:
    listed = _FROM_LIST.search(body)
    value = re.compile(_VALUE % re.escape(name)).search(body, listed.end() - 80 if listed else 0)
    if listed is None or value is None:
        yield from re.compile(_LITERAL % re.escape(name)).findall(body[: _LONGEST // 2])
        return
    key = value[2] or listed[2] or ""
    if value[1] and value[1] != listed[3]:
        return
    if key:
        yield from _keys_of_list(listed[1], key, code, path, site)


def _keys_of_list(name: str, key: str, code: str, path: str, site: Site) -> Sequence[str]:
    """The values of a key in the objects of a literal list: of this file, or of the module it is imported from."""
    found = list_values(code, name, key)
    if found:
        return found
    for row in imports_of(code):
        inner = next((inner for inner, outer in row.names if outer == name), None)
        target = modules_of(site).resolve(row.written, path) if inner else None
        if target and inner:
            text = code_of(site.text(target), target)
            return _of_json(text, key) if target.endswith(".json") else list_values(text, inner, key)
    return ()


def _of_json(text: str, key: str) -> list[str]:
    return _at_top(text, 0, key)


def list_values(code: str, name: str, key: str) -> list[str]:
    """The values of `key` in the objects that lie directly in the list `name` of the code."""
    if len(code) > _MAX_CODE or not name:
        return []
    stem = re.escape(name) if name != "default" else r"default"
    start = re.compile(rf"(?<![\w$.]){stem}(?![\w$])\s{{0,20}}(?::[^=;]{{1,200}})?(?:=|(?<=default))\s{{0,20}}(?=\[)").search(code)
    return _at_top(code, start.end(), key) if start else []


def _at_top(code: str, start: int, key: str) -> list[str]:
    depth = 0
    found: list[str] = []
    for match in _TOKEN.finditer(code, start):
        token = match[0]
        if match[1]:
            if depth == 2 and match[1] == key:
                found.append(match[3])
        elif token in ("{", "[", "("):
            depth += 1
        elif token in ("}", "]", ")"):
            depth -= 1
            if depth <= 0:
                break
    return found
