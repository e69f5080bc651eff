"""Forms: elements, what plugins write into content, and services in frames; what they ask for says what kind they are.

The words and services are data: `rules/site/forms.toml`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from linter.reach.model import Form
from linter.reach.scripts import Lines
from linter.reach.static import attributes_of

MAX_FORMS = 60
MAX_FORM = 60_000
"""Characters of a form that are looked at."""
MAX_FIELDS = 40
MAX_LOOKED_AT = 2_000_000
_FORM = re.compile(r"<form\b((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE)
_FORM_END = re.compile(r"</form\s*>", re.IGNORECASE)
_FIELD = re.compile(r"<(input|textarea|select|button)\b((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE)
_LABEL = re.compile(r"<(?:label|legend|h[1-6])\b[^>]*+>([^<]{1,120})", re.IGNORECASE)
_FRAME = re.compile(
    r"(?:\bsrc|\bhref|\baction|data-(?:url|src|tf-live|widget-src))\s*=\s*[\"']?\s*(?:https?:)?//([a-z0-9.-]{3,100})(/[^\s\"'<>]{0,100})?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_IGNORED = frozenset({"hidden", "submit", "button", "image", "reset", "checkbox", "radio"})
_LINKED = re.compile(r"<a\b[^>]{0,400}\Z", re.IGNORECASE)


class _Tables(NamedTuple):
    """Kinds of forms with the words of their fields and names as they stand between spaces, marks of plugins, services by host."""

    kinds: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    plugins: tuple[tuple[str, tuple[str, ...]], ...]
    services: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    import tomllib

    from linter.leaflets import rules_folder

    rows: dict[str, Any] = tomllib.loads((rules_folder() / "site" / "forms.toml").read_text(encoding="utf-8"))
    return _Tables(
        tuple((row["id"], _needles(row["fields"]), _needles(row["called"])) for row in rows["kind"]),
        tuple((row["name"], tuple(row["marks"])) for row in rows["plugin"]),
        {host: (row["name"], row.get("kind", "")) for row in rows["service"] for host in row["hosts"]},
    )


def _needles(words: Iterable[str]) -> tuple[str, ...]:
    """Words as they are looked for in a text with spaces around each of its words: ` word ` and, of `word*`, ` word`."""
    return tuple(f" {word[:-1]}" if word.endswith("*") else f" {word} " for word in words)


def forms_of(path: str, text: str) -> tuple[Form, ...]:
    """The forms that stand in a file, in their order, at most `MAX_FORMS`."""
    text = text[:MAX_LOOKED_AT]
    lower = text.lower()
    if "<form" not in lower and "//" not in lower and "[" not in lower and "form" not in lower:
        return ()
    lines = Lines(text)
    served = any(host in lower for host in _tables().services)
    found = [*_elements(path, text, lines), *_plugins(path, lower, lines), *(_services(path, text, lines) if served else ())]
    return tuple(sorted(dict.fromkeys(found), key=lambda form: (form.line, form.by, form.kind))[:MAX_FORMS])


def _elements(path: str, text: str, lines: Lines) -> Iterator[Form]:
    for count, match in enumerate(_FORM.finditer(text)):
        if count >= MAX_FORMS:
            return
        end = _FORM_END.search(text, match.end(), match.end() + MAX_FORM)
        body = text[match.end() : end.start() if end else match.end() + MAX_FORM]
        attributes = attributes_of(match[1])
        fields = tuple(_fields(body))
        called = " ".join(attributes.get(name, "") for name in ("id", "name", "class", "action", "aria-label", "role", "data-name"))
        service = _service_of(attributes.get("action", "").partition("//")[2])
        by = service[0] if service else "Netlify Forms" if "netlify" in attributes or "data-netlify" in attributes else "form"
        yield Form(kind_of(fields, f"{called} {' '.join(_LABEL.findall(body)[:3])}"), by, path, lines.at(match.start()), fields)


def _fields(body: str) -> Iterator[str]:
    """What a form asks for: the names of its fields, or what is written in them."""
    for count, match in enumerate(_FIELD.finditer(body)):
        if count >= MAX_FIELDS:
            return
        attributes = attributes_of(match[2])
        kind = attributes.get("type", "").lower()
        if match[1].lower() == "button" or kind in _IGNORED:
            continue
        told = attributes.get("name") or attributes.get("id") or attributes.get("placeholder") or attributes.get("aria-label") or kind
        extra = attributes.get("placeholder", "") if told != attributes.get("placeholder") else ""
        word = f"{told} ({extra})" if extra and plain(extra) != plain(told) else told
        yield "password" if kind == "password" else word[:80]


def kind_of(fields: tuple[str, ...], called: str) -> str:
    """The kind of a form by what it asks for and what it is called; a mail address alone is a newsletter."""
    asked, name = [plain(field) for field in fields], f" {plain(called)} "
    all_asked = "".join(f" {field} \n" for field in asked)
    if any(word in ("q", "s", "query", "search") for word in asked) and len(asked) < 3:
        return "search"
    for kind, words, names in _tables().kinds:
        if kind == "newsletter" and len(asked) > 3:
            continue
        if any(word in all_asked for word in words) or any(word in name for word in names):
            return kind
    return "other"


def plain(text: str) -> str:
    """Words in small letters with a space between them: `dateOfBirth`, `date-of-birth` -> `date of birth`."""
    return " ".join(_WORD.findall(_CAMEL.sub(" ", text).lower()))


def _plugins(path: str, lower: str, lines: Lines) -> Iterator[Form]:
    for name, marks in _tables().plugins:
        for mark in marks:
            at = lower.find(mark)
            if at >= 0:
                around = plain(lower[at : at + 200])
                yield Form(kind_of((), around) if kind_of((), around) != "other" else "contact", name, path, lines.at(at))
                break


def _services(path: str, text: str, lines: Lines) -> Iterator[Form]:
    seen: set[str] = set()
    for match in _FRAME.finditer(text):
        service = _service_of(match[1] + (match[2] or ""))
        if service is None or service[0] in seen or text[match.start() : match.start() + 6].lower().startswith("action"):
            continue
        if _LINKED.search(text, max(0, match.start() - 420), match.start()):
            continue
        seen.add(service[0])
        yield Form(service[1] or kind_of((), match[2] or ""), service[0], path, lines.at(match.start()))


def _service_of(address: str) -> tuple[str, str] | None:
    """The service that an address without scheme belongs to: by host, a parent domain, or host and first folder."""
    host, _, rest = address.lower().partition("/")
    services = _tables().services
    labels = host.split(".")
    for first in range(len(labels) - 1):
        name = ".".join(labels[first:])
        for key in (f"{name}/{rest.partition('/')[0].partition('?')[0]}", name):
            if key in services:
                return services[key]
    return None
