"""Custom templates: the text of a `.tpl` file, or of `templateData` in a container.

Sections begin with a heading on a line of its own (`___INFO___`), in any order, and any may be missing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.gtm.model import Template
from linter.gtm.tree import Node, parse_json
from linter.text import Slice

Named = tuple[str, Slice]
"""What a text is, or its value, and the text with its places."""

_HEADING = re.compile(r"^\ufeff?___([A-Z][A-Z0-9_]{0,60}?)___[ \t]*+$", re.MULTILINE)
_CODE = ("SANDBOXED_JS_FOR_WEB_TEMPLATE", "SANDBOXED_JS_FOR_SERVER", "SANDBOXED_JS")
_PERMISSIONS = ("WEB_PERMISSIONS", "SERVER_PERMISSIONS", "PERMISSIONS")
_ROLES = {"inject_script": "script", "send_pixel": "image", "inject_hidden_iframe": "frame", "send_http": "request"}
_BLANK_OR_COMMENT = re.compile(r"\s+|//[^\r\n]*|/\*")
_BY_ID = re.compile(r"cvt_\d+_(\d+)\Z")
_BY_GALLERY = re.compile(r"cvt_([A-Za-z0-9]+)\Z")


class TemplateInfo(NamedTuple):
    """The INFO section. `kind` is TAG, MACRO, CLIENT or TRANSFORMATION, all "" where it says nothing.

    `contexts` are of web, server, amp, ios, android; `place` is the display name (else the kind) as it stands in the text.
    """

    kind: str
    id: str
    name: str
    contexts: tuple[str, ...]
    place: Slice | None


class TemplateCode(NamedTuple):
    """What a template may do, with places.

    `loads` are a role (script, image, frame, request) and an address, which may hold wildcards (`https://*.example.com/*`), of
    what the permissions allow. They may be older than the code: what it really calls stands in `code`, the sandboxed JavaScript.
    `globals` are the names of the window's variables that it may touch (`fbq`, `fbq.queue`). All three are empty where the code is
    nothing but comments.
    """

    info: TemplateInfo
    loads: tuple[Named, ...]
    globals: tuple[Named, ...]
    code: Slice | None


def parse_template(text: Slice) -> TemplateCode:
    """The template of a `.tpl` text; one with empty fields where it is none (of Smarty, for instance)."""
    sections = _sections(text)
    info = _info(sections["INFO"]) if "INFO" in sections else TemplateInfo("", "", "", (), None)
    code = next((sections[name] for name in _CODE if name in sections), None)
    if code is not None and _only_comments(code.text):
        return TemplateCode(info, (), (), None)
    rows = [row for name in _PERMISSIONS if name in sections for row in _permissions(sections[name])]
    loads = tuple((_ROLES[name], url.slice()) for name, parameters in rows if name in _ROLES for url in _urls(parameters))
    names = [key for name, parameters in rows if name == "access_globals" for key in _globals(parameters)]
    return TemplateCode(info, loads, tuple((key.text, key.slice()) for key in names), code)


def resolve(type: str, templates: Sequence[Template]) -> Template | None:
    """The template that a type of a tag, variable or client stands for; None where the container does not hold it.

    `cvt_<container>_<template>` names a template's id, whatever the container; `cvt_<letters>` the id that it has in the gallery.
    """
    if match := _BY_ID.match(type):
        return next((template for template in templates if template.id == match[1]), None)
    match = _BY_GALLERY.match(type)
    if match is None or type == "cvt_temp_public_id":
        return None
    by_reference = next((template for template in templates if template.gallery_id == match[1]), None)
    return by_reference or next((template for template in templates if _says(template, type)), None)


def _says(template: Template, type: str) -> bool:
    """Whether the INFO section of a template gives it this type."""
    code = template.code
    if code is None or code.document.text.find(type, code.begin, code.end) < 0:
        return False
    text = code.text
    begin, end = _bounds(text).get("INFO", (0, 0))
    return re.search(rf'"id"\s*+:\s*+"{type}"', text[begin:end]) is not None


def _sections(text: Slice) -> dict[str, Slice]:
    """The sections by name."""
    return {name: text.cut(*bounds) for name, bounds in _bounds(text.text).items()}


def _bounds(text: str) -> dict[str, tuple[int, int]]:
    """Where each section begins, behind its heading, and ends; of two with one name, the first."""
    found: dict[str, tuple[int, int]] = {}
    headings = [*_headings(text), ("", len(text), len(text))]
    for (name, _, begin), (_, end, _) in pairwise(headings):
        found.setdefault(name, (begin, end))
    return found


def _headings(text: str) -> Iterator[tuple[str, int, int]]:
    """Name, begin and end of each heading. A line may end with a carriage return, alone too."""
    plain = text.replace("\r", "\n") if "\r" in text else text
    for match in _HEADING.finditer(plain):
        yield match[1], match.start(), match.end()


def _info(section: Slice) -> TemplateInfo:
    root = parse_json(section).root
    contexts = root.get("containerContexts")
    name = root.get("displayName") or root.get("type")
    return TemplateInfo(
        kind=_text(root, "type").upper(),
        id=_text(root, "id"),
        name=_text(root, "displayName"),
        contexts=tuple(node.text.lower() for node in contexts.items) if contexts is not None else (),
        place=name.slice() if name is not None and name.kind == "text" else None,
    )


def _permissions(section: Slice) -> Iterator[tuple[str, dict[str, Node]]]:
    """Each permission: its name and its parameters' values by key."""
    for permission in parse_json(section).root.items:
        instance = permission.get("instance")
        key = instance.get("key") if instance is not None else None
        given = instance.get("param") if instance is not None else None
        if key is not None:
            yield _text(key, "publicId"), {_text(row, "key"): value for row in given.items if (value := row.get("value"))} if given else {}


def _urls(parameters: dict[str, Node]) -> Iterator[Node]:
    """The addresses that a permission allows, where it names them."""
    urls, allowed = parameters.get("urls"), parameters.get("allowedUrls")
    if urls is None or (allowed is not None and _text(allowed, "string") not in ("", "specific")):
        return
    yield from (text for entry in _listed(urls) if (text := entry.get("string")) is not None and text.kind == "text")


def _globals(parameters: dict[str, Node]) -> Iterator[Node]:
    """The names of the global variables that a permission speaks of."""
    for entry in _listed(parameters["keys"]) if "keys" in parameters else ():
        names, values = entry.get("mapKey"), entry.get("mapValue")
        for name, value in zip(names.items, values.items, strict=False) if names is not None and values is not None else ():
            text = value.get("string")
            if _text(name, "string") == "key" and text is not None and text.kind == "text":
                yield text


def _listed(value: Node) -> list[Node]:
    entries = value.get("listItem")
    return entries.items if entries is not None else []


def _text(node: Node, key: str) -> str:
    value = node.get(key)
    return value.text if value is not None and value.kind == "text" else ""


def _only_comments(code: str) -> bool:
    at = 0
    while match := _BLANK_OR_COMMENT.match(code, at):
        at = match.end() if match[0] != "/*" else code.find("*/", match.end()) + 2
        if at < match.end():
            return True
    return at >= len(code)
