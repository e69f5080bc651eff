"""Which texts are Tag Manager containers, by what is in them and never by a name; and where in them the container begins.

A text that only speaks of containers is none: a tool that builds one out of variables, a type, a schema. So what stands in
code counts only where it is plain data.
"""

import re

from linter.gtm.tree import Document, Node, parse_json, walk
from linter.text import Slice, Source

WINDOW = 300_000
"""Characters of a container that are looked at to tell what it is."""

_FORMAT_VERSION = re.compile(r"""exportFormatVersion["']?\s*:\s*["']?\d""")
_EXPORT_OPEN = re.compile(r"""\{\s*["']?(?:exportFormatVersion|exportTime|containerVersion)["']?\s*:""")
_RESOURCE = re.compile(r"""resource["']?\s*:\s*\{\s*["']?(?:version|macros|tags|predicates)\b""")
_KEYS = ("tagId", "firingTriggerId", "containerVersionId", "variableId", "parameter", "templateData")
_KEY = {key: re.compile(rf"""{key}["']?\s*:""") for key in _KEYS}
_YAML_TOP = re.compile(r"^(?:tags?|variables?|clients?|transformations?|customTemplates?|containerVersion):[ \t\r]*+(?:#.*)?$", re.M)
_HEADING = re.compile(r"[\s\ufeff]*+___(?:INFO|TERMS_OF_SERVICE)___")
_SECTION = re.compile(r"^___(?:TEMPLATE_PARAMETERS|SANDBOXED_JS_FOR_[A-Z_]+|WEB_PERMISSIONS|SERVER_PERMISSIONS)___[ \t\r]*$", re.M)

_BRACKET = re.compile(r"[\[{]")
_COMMENT = re.compile(r"[\s\ufeff;]*+(?://[^\n]*+\n|/\*)")
_CODE_OPEN = re.compile(r"(?:=>?|\(|\breturn|\bdefault|```\w*)\s*([\[{])")
_CODE_BEFORE = re.compile(r"(?:[=(,:?>\[{+\"'|&]|\b(?:return|default|and|or|in|as|await|yield))\Z")
_LITERAL = re.compile(r"(?:[-+]?[\d.]+(?:[eE][-+]?\d+)?|[Tt]rue|[Ff]alse|null|None|undefined)\Z")

_ID_KEYS = ("tagId", "variableId", "clientId", "transformationId", "firingTriggerId", "triggerId", "templateId")
_PARTS = ("tag", "trigger", "variable", "client", "transformation", "customTemplate", "zone", "builtInVariable", "folder", "gtagConfig")
_PLURALS = ("tags", "variables", "clients", "transformations", "customTemplates", "templates")
_PARAMETER_TYPES = frozenset({"TEMPLATE", "INTEGER", "BOOLEAN", "LIST", "MAP", "TRIGGERREFERENCE", "TAGREFERENCE"})


def container_format(text: str) -> str:
    """What kind of container a text is.

    `export` (what the Export Container page saves, whole or broken; the answer of the API to a new version), `version` (a bare
    ContainerVersion), `dump` (lists of the API: an array of tags, or `{"tag": [...]}`), `snapshot` (lists under plural keys),
    `yaml` (any of these in YAML), `published` (gtm.js and gtag/js), `template` (a custom template's .tpl), or "".
    """
    if "___INFO___" in text and _HEADING.match(text, _behind_comments(text)) and _SECTION.search(text):
        return "template"
    if _is_export(text):
        return "export"
    begin = _resource_begin(text)
    if begin >= 0 and _shape(_window(text, begin).root) == "published":
        return "published"
    if _first_key(text) < 0:
        return ""
    begin = _list_begin(text)
    form = _data_shape(text, begin) if begin >= 0 else ""
    return form if form not in {"", "published"} else "yaml" if _is_yaml(text) else ""


def json_begin(text: str, format: str) -> int:
    """The offset of the bracket that opens the container in a text of this format; -1 where there is none."""
    if format == "export":
        return _export_begin(text)
    if format == "published":
        return _resource_begin(text)
    return _list_begin(text) if format in {"version", "dump", "snapshot"} else -1


def _is_export(text: str) -> bool:
    """An export is one also where half of it is missing; in code, only if it is plain data."""
    if "exportFormatVersion" not in text and "containerVersion" not in text:
        return False
    begin = _export_begin(text)
    if begin < 0:
        return False
    if _FORMAT_VERSION.search(text) and '"exportFormatVersion"' in text:
        if _opens(text, begin):
            return any(f'"{key}"' in text for key in ("containerVersion", "containerId", *_ID_KEYS))
        if not _CODE_BEFORE.search(text[max(begin - 200, 0) : begin].rstrip()):
            root = _window(text, begin).root
            return _shape(root) == "export" or any(_is_entity(node) for node in walk(root))
    return _data_shape(text, begin) == "export"


def _export_begin(text: str) -> int:
    match = _EXPORT_OPEN.search(text)
    if match is not None:
        return match.start()
    match = _FORMAT_VERSION.search(text)
    first = _first_bracket(text)
    if match is None or first < 0 or _opens(text, first):
        return first if match else -1
    return max(text.rfind("{", 0, match.start()), first)


def _resource_begin(text: str) -> int:
    if "function" not in text or "resource" not in text or "__" not in text:
        return -1
    match = _RESOURCE.search(text)
    if match is None:
        return -1
    first = _first_bracket(text)
    return first if _opens(text, first) else text.rfind("{", 0, match.start())


def _list_begin(text: str) -> int:
    """The bracket that opens a version, a dump or a snapshot: the text's first one, or the last before its keys that code opens."""
    first = _first_bracket(text)
    if first < 0 or _opens(text, first):
        return first
    key = _first_key(text)
    opened = [match.start(1) for match in _CODE_OPEN.finditer(text, max(key - WINDOW, 0), key)] if key >= 0 else []
    return opened[-1] if opened else first


def _first_key(text: str) -> int:
    """Where the first key of a tag, variable or version stands; -1 where none does."""
    found = [match.start() for key in _KEYS if key in text and (match := _KEY[key].search(text)) is not None]
    return min(found, default=-1)


def _first_bracket(text: str) -> int:
    match = _BRACKET.search(text, _behind_comments(text))
    return match.start() if match else -1


def _opens(text: str, begin: int) -> bool:
    """Whether nothing but blank space and comments stands before an offset."""
    return not text[_behind_comments(text) : begin].strip(" \t\r\n\ufeff;")


def _behind_comments(text: str) -> int:
    """The offset behind the comments a text begins with."""
    at = 0
    for _ in range(100):
        match = _COMMENT.match(text, at)
        if match is None:
            break
        at = match.end() if match[0][-1] != "*" else text.find("*/", match.end()) + 2
        if at < 2:
            return 0
    return at


def _window(text: str, begin: int) -> Document:
    """The beginning of the document at an offset; a mark stands for what is before it."""
    before = "" if _opens(text, begin) else "="
    return parse_json(Slice(Source("", b""), before + text[begin : begin + WINDOW], 0), len(before))


def _data_shape(text: str, begin: int) -> str:
    """The shape of what begins here; "" if it stands in code and is no plain data."""
    document = _window(text, begin)
    form = _shape(document.root)
    if not form or _opens(text, begin):
        return form
    cut_off = document.broken is not None and document.broken.at > min(len(text) - begin, WINDOW)
    words = (node.text for node in walk(document.root) if node.kind == "word")
    return form if (cut_off or not document.broken) and all(_LITERAL.match(word) for word in words) else ""


def _is_yaml(text: str) -> bool:
    if "type:" not in text or not _YAML_TOP.search(text):
        return False
    from linter.gtm.yaml_tree import parse_yaml

    return _shape(parse_yaml(Slice(Source("", b""), text[:WINDOW], 0)).root) not in {"", "published"}


def _shape(root: Node) -> str:
    """Which format an object or array has."""
    version, resource = root.get("containerVersion"), root.get("resource")
    if version is not None and ("container" in version.entries or any(_objects(version.get(key)) for key in _PARTS)):
        return "export"
    if resource is not None and _is_published(resource):
        return "published"
    if root.get("containerVersionId") is not None and any(_objects(root.get(key)) for key in _PARTS):
        return "version"
    answers = [answer.get(part) for answer in _objects(root) for part in _PARTS]
    if any(_is_entity(node) for listed in (root, *map(root.get, _PARTS), *answers) for node in _objects(listed, listed is not root)):
        return "dump"
    return "snapshot" if any(_is_entity(node) for key in _PLURALS for node in _objects(root.get(key), named=True)) else ""


def _objects(node: Node | None, named: bool = False) -> list[Node]:
    """The first objects of an array; or of an object of objects, where they may be `named`."""
    if node is None:
        return []
    nodes = node.items[:5] if node.kind == "array" else list(node.entries.values())[:5] if named else []
    return [node for node in nodes if node.kind == "object"]


def _is_published(resource: Node) -> bool:
    """Whether an object is a container as it is served: functions in its lists, or lists of all kinds without any."""
    lists = [node for key in ("macros", "tags", "predicates") if (node := resource.get(key)) is not None and node.kind == "array"]
    functions = [node.get("function") for listed in lists for node in _objects(listed)]
    return any(node is not None and node.text.startswith("_") for node in functions) or (len(lists) == 3 and not functions)


def _is_entity(node: Node) -> bool:
    """Whether an object is a tag, variable, client, transformation, trigger or template of a container."""
    data = node.get("templateData")
    if data is not None and "___INFO___" in data.text:
        return True
    kind = node.get("type")
    if kind is None or kind.kind != "text":
        return False
    known = [key for key in _ID_KEYS if key in node.entries]
    if known and ("firingTriggerId" in known or any(key in node.entries for key in ("parameter", "containerId", "tagFiringOption"))):
        return True
    types = [parameter.get("type") for parameter in _objects(node.get("parameter")) if parameter.get("key") is not None]
    return any(kind is not None and kind.text.upper().replace("_", "") in _PARAMETER_TYPES for kind in types)
