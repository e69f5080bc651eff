"""Settings files of site generators as nested mappings: TOML, JSON, and as much of YAML as such files use."""

import json
import re
import tomllib
from typing import NamedTuple

Mapping = dict[str, object]
MAX_TEXT = 400_000
MAX_DEPTH = 30
_KEY = re.compile(r"(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|([\w./*@ -]{1,200}?))\s*:(?:\s+(.*))?\Z", re.DOTALL)
_CLOSED = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^']|'')*+)'")
_WORDS: dict[str, object] = {
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
    "null": None,
    "~": None,
    "": None,
}


def mapping_of(path: str, text: str) -> Mapping:
    """The settings in a file, by its ending; {} where it cannot be read as such."""
    text = text[:MAX_TEXT]
    try:
        if path.endswith(".toml"):
            return tomllib.loads(text)
        if path.endswith((".json", ".json5")):
            found = json.loads(text)
            return found if isinstance(found, dict) else {}
    except (ValueError, RecursionError):
        return {}
    return yaml_mapping(text)


def dig(settings: object, *keys: str) -> object:
    """The value below keys, written in any case; None where there is none."""
    for key in keys:
        if not isinstance(settings, dict):
            return None
        settings = next((value for name, value in settings.items() if str(name).lower() == key.lower()), None)
    return settings


def text_at(settings: object, *keys: str) -> str:
    """The text below keys, "" where there is none."""
    found = dig(settings, *keys)
    return found if isinstance(found, str) else ""


def texts_at(settings: object, *keys: str) -> list[str]:
    """The texts below keys: of a list, or the one text."""
    found = dig(settings, *keys)
    if isinstance(found, str):
        return [found]
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


class _Frame(NamedTuple):
    indent: int
    holder: object


class _Open(NamedTuple):
    """A key without a value yet: what stands below it is its value."""

    indent: int
    holder: Mapping
    key: str


def yaml_mapping(text: str) -> Mapping:
    """Mappings, lists and scalars of a YAML text by their indentation; anchors, tags and texts over several lines are left out."""
    top: Mapping = {}
    frames = [_Frame(0, top)]
    waiting: _Open | None = None
    folded = -1
    for line in text[:MAX_TEXT].splitlines():
        body = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if not body or body.startswith("#") or body in ("---", "...") or -1 < folded < indent:
            continue
        folded = -1
        is_item = body == "-" or body.startswith("- ")
        if waiting and len(frames) < MAX_DEPTH and (indent > waiting.indent or (is_item and indent == waiting.indent)):
            child: object = [] if is_item else {}
            waiting.holder[waiting.key] = child
            frames.append(_Frame(indent, child))
        waiting = None
        while len(frames) > 1 and (
            frames[-1].indent > indent or (frames[-1].indent == indent and isinstance(frames[-1].holder, list) and not is_item)
        ):
            frames.pop()
        if is_item:
            body, indent = _item(frames, body, indent)
        holder = frames[-1].holder
        match = _KEY.match(body) if body and isinstance(holder, dict) else None
        if match is None or not isinstance(holder, dict):
            continue
        key, value = next(group for group in match.groups()[:3] if group is not None).strip(), (match[4] or "").strip()
        if value[:1] in ("|", ">"):
            folded = indent
        elif not value or value.startswith("#"):
            holder[key] = None
            waiting = _Open(indent, holder, key)
        else:
            holder[key] = scalar(value)
    return top


def _item(frames: list[_Frame], body: str, indent: int) -> tuple[str, int]:
    """A list's item: what is left of the line if a mapping begins there, and how far that is indented; "" if the item is done."""
    holder = frames[-1].holder
    rest = body[1:].lstrip()
    inner = indent + len(body) - len(rest) if rest else indent + 2
    if not isinstance(holder, list):
        return "", indent
    if rest and (_CLOSED.fullmatch(rest) or not _KEY.match(rest) or rest[0] in "[{"):
        holder.append(scalar(rest))
        return "", indent
    if len(frames) < MAX_DEPTH:
        child: Mapping = {}
        holder.append(child)
        frames.append(_Frame(inner, child))
    return rest, inner


def scalar(written: str) -> object:
    """A written value: text without its quotes and comment, true, false or nothing, or a short list or mapping in one line."""
    written = written.strip()
    closed = _CLOSED.match(written)
    if closed:
        return closed[1] if closed[1] is not None else closed[2]
    written = written.partition(" #")[0].rstrip()
    if written.startswith("[") and written.endswith("]"):
        return [scalar(part) for part in written[1:-1].split(",") if part.strip()] if "[" not in written[1:] else []
    if written.startswith("{") and written.endswith("}") and "{" not in written[1:]:
        pairs = (part.partition(":") for part in written[1:-1].split(","))
        return {key.strip().strip("\"'"): scalar(value) for key, _, value in pairs if key.strip()}
    return _WORDS.get(written.lower(), written)
