"""What the left side of a condition stands for: a part of the page's address, an event's name, a constant, or something else."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from linter.gtm.model import Container, Item

REFERENCE = re.compile(r"\{\{([^{}]*)\}\}")
LONGEST_CONSTANT = 1000
ROUNDS = 5
"""So many times constants are put into constants."""


class Subject(NamedTuple):
    """What is compared. `words` name it in a sentence.

    page: a part of the address or the title of the page; `part` says which. event: the name of the event. constant: `value` is
    its text, None where it is not known before the container is filled in. detail: tells more of what happened on any page.
    ignored: a condition that Tag Manager adds by itself. other: what only a visit can tell.
    """

    kind: Literal["page", "event", "constant", "detail", "ignored", "other"]
    words: str
    part: str = ""
    value: str | None = None


_COMPONENTS = {
    "URL": "URL", "HOST": "hostname", "PATH": "path", "QUERY": "query", "FRAGMENT": "fragment", "EXTENSION": "file extension",
    "PROTOCOL": "protocol", "PORT": "port",
}  # fmt: skip
_BUILT_IN = {
    "page url": "URL", "page path": "path", "page hostname": "hostname", "page query": "query", "page fragment": "fragment",
    "page title": "title", "url": "URL", "url path": "path", "url hostname": "hostname", "canonical url": "URL",
    "canonical path": "path", "canonical hostname": "hostname", "new history fragment": "new fragment",
}  # fmt: skip
_BROWSER = {
    "location": "URL", "location.href": "URL", "document.url": "URL", "location.pathname": "path", "location.host": "hostname",
    "location.hostname": "hostname", "location.search": "query", "location.hash": "fragment", "document.title": "title",
}  # fmt: skip
_EVENT_DATA = {"page_location": "URL", "page_path": "path", "page_hostname": "hostname", "page_title": "title"}
_EVENTS = {"_event", "event", "event name"}
_DETAILS = {"client name", "history source", "old history fragment", "old history state", "new history state"}
_PLACEHOLDER = re.compile(r"%%[^%]*%%|<[^<>]*>|\[[^][]*\]|__[A-Za-z]\w*|\b(?:your|replace|insert)[ _-]|[xX]{4}", re.IGNORECASE)
_GOOGLE_ID = re.compile(r"\b(?:UA|GA4?|AW|GTM|DC)[ _-]?(?:ID|TRACKING|MEASUREMENT|PROPERTY|CONTAINER)", re.IGNORECASE)


def is_placeholder(value: str) -> bool:
    """Whether a value is nothing yet, or says what is to be filled in: `%%UA_ID%%`, `YOUR_ID`, `<id>`, `UA-XXXX-Y`."""
    return not value.strip() or bool(_PLACEHOLDER.search(value))


def is_google_id_to_come(value: str) -> bool:
    """Whether a placeholder stands for an id of Google's, in all of which a dash is: `%%UA_ID%%` for `UA-1234-1`."""
    return is_placeholder(value) and bool(_GOOGLE_ID.search(value.replace("%", " ")))


class Variables:
    """The variables of a container, as far as conditions ask for them."""

    def __init__(self, container: Container) -> None:
        self._variables = container.variables
        self._constants = _constants(container)

    def text(self, template: str) -> str:
        """A text with its constants put in."""
        return _filled(template, self._constants) if "{{" in template and len(template) <= LONGEST_CONSTANT else template

    def subject(self, template: str) -> Subject:
        """What a left side such as `{{Page Path}}` or `{{Page Hostname}}{{Page Path}}` stands for."""
        template = template.strip()[:LONGEST_CONSTANT]
        names = [name.strip() for name in REFERENCE.findall(template)]
        if len(names) == 1 and REFERENCE.fullmatch(template):
            return self._named(names[0])
        if not names:
            bare = self._named(template)
            return bare if bare.kind != "other" else Subject("constant", f'"{template}"', value=template)
        kinds = {self._named(name).kind for name in names}
        if kinds == {"constant"}:
            return Subject("constant", template, value=self.text(template))
        return Subject("page" if "page" in kinds and kinds <= {"page", "constant"} else "other", template, "several")

    def _named(self, name: str) -> Subject:
        item = self._variables.get(name)
        if item is not None:
            return self._own(name, item)
        lower = name.lower()
        if part := _BUILT_IN.get(lower):
            return Subject("page", part, part)
        if lower in _EVENTS:
            return Subject("event", "name")
        if lower in _DETAILS:
            return Subject("detail", lower)
        if lower in ("_triggers", "_triggers_"):
            return Subject("ignored", lower)
        if lower == "debug mode":
            return Subject("constant", f"{{{{{name}}}}}", value="false")
        return Subject("other", f"{{{{{name}}}}}")

    def _own(self, name: str, item: Item) -> Subject:
        words = f"{{{{{name}}}}}"
        kind = item.type.lower()
        if kind == "c":
            return Subject("constant", words, value=self._constants.get(name))
        if kind == "dbg":
            return Subject("constant", words, value="false")
        if kind in ("e", "evn") or name.lower() == "event name":
            return Subject("event", "name")
        part = self._part(kind, item)
        return Subject("page", part, part) if part else Subject("other", _described(name, item))

    def _part(self, kind: str, item: Item) -> str:
        """The part of the page's address that a variable holds, "" where it holds something else."""
        if kind == "u":
            component = value_of(item, "component").upper() or "URL"
            if not self._of_the_page(item):
                return ""
            key = value_of(item, "queryKey")
            return f'query parameter "{key}"' if component == "QUERY" and key else _COMPONENTS.get(component, "URL")
        if kind == "j":
            return _BROWSER.get(value_of(item, "name").lower().removeprefix("window.").replace("document.location", "location"), "")
        if kind == "ed":
            return _EVENT_DATA.get(value_of(item, "keyPath").lower(), "")
        return ""

    def _of_the_page(self, item: Item) -> bool:
        """Whether a URL variable takes the page's own address apart, not that of a link."""
        source = value_of(item, "customUrlSource")
        found = REFERENCE.fullmatch(source)
        if not source or not found:
            return not source
        inner = self._variables.get(found[1].strip())
        if inner is None:
            return _BUILT_IN.get(found[1].strip().lower()) == "URL"
        return inner.type.lower() == "u" and not value_of(inner, "customUrlSource") and value_of(inner, "component").upper() in ("", "URL")


def _described(name: str, item: Item) -> str:
    """A variable in a sentence. Of a published container, where this one has no name, by what it takes of an element."""
    if name.startswith("macro ") and item.type.lower() == "aev":
        return f"the clicked or sent element's {(value_of(item, 'varType') or 'element').lower()}"
    return f"{{{{{name}}}}}"


def value_of(item: Item, key: str) -> str:
    """A parameter's text, "" where there is none."""
    node = item.parameters.get(key)
    return node.text.strip() if node is not None else ""


def _constants(container: Container) -> dict[str, str]:
    """The constants by name, constants in them put in. Those that cannot be told are left out."""
    values = {name: value_of(item, "value") for name, item in container.variables.items() if item.type.lower() == "c"}
    values = {name: value for name, value in values.items() if len(value) <= LONGEST_CONSTANT}
    if container.id:
        values.setdefault("Container ID", container.id)
    known = {name: value for name, value in values.items() if "{{" not in value}
    for _ in range(ROUNDS):
        if len(known) == len(values):
            break
        values = {name: _filled(value, known) for name, value in values.items()}
        values = {name: value for name, value in values.items() if len(value) <= LONGEST_CONSTANT}
        known = {name: value for name, value in values.items() if "{{" not in value}
    return known


def _filled(template: str, known: Mapping[str, str]) -> str:
    return REFERENCE.sub(lambda found: known.get(found[1].strip(), found[0]), template)
