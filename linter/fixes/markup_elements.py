"""Which element a piece of evidence is about, and whether it may go: it is the vendor's alone and nothing else depends on it."""

import re

from linter.evidence import Span
from linter.fixes.markup_pages import COMPONENTS, Element, Page, exact
from linter.readers.markup import Attribute

VOID = frozenset({"img", "link", "embed", "input", "source"})
_BY_SOURCE = frozenset({"script", "img", "iframe", "embed", "amp-pixel", "amp-analytics", "amp-iframe", "amp-img"})
"""Elements that are nothing but what they load."""
HANDLER = re.compile(r"on[a-z]|@|v-on:|x-on:|x-init|x-data|x-effect|\(|ng-(?:click|init|submit|change)|hx-on|data-on|:on|v-bind:on")
_PLACEHOLDER = re.compile(r"\s*(?:\Z|about:|data:|#|javascript:|https?:\Z)", re.IGNORECASE)
_IN_ITS_PLACE = frozenset({"th:src", "data-th-src", ":src", "v-bind:src", "[src]", "x-bind:src", "ng-src"})
"""Attributes that set `src` when the page is made."""
_FORK = frozenset({"v-if", "v-else-if", "x-if", "if", "else-if", "else"})
_NEXT_BRANCH = frozenset({"v-else", "v-else-if", "x-else"})
_CLEANING = re.compile(
    r"\s*(?:return\s+)?this\.(?:remove\(\)|style\.display\s*=\s*(['\"])none\1|onerror\s*=\s*null|hidden\s*=\s*true)\s*;?\s*"
)


def element_at(page: Page, number: int) -> Element | str:
    """The element whose start tag is token `number`, from its first to its last character; else why it has no clear end."""
    tag = page.tokens[number]
    name = tag.name.lower()
    last = number
    if page.text.text[tag.end - 2 : tag.end] == "/>" and (name in VOID or page.frame.dialect in COMPONENTS or tag.name[0].isupper()):
        pass
    elif name in VOID:
        following = page.tokens[number + 1] if number + 1 < len(page.tokens) else None
        if following and following.kind == "end" and following.name.lower() == name and page.is_blank(number, number + 1):
            last = number + 1
    else:
        last = _end_tag(page, number, name)
        if last < 0:
            return f"its {name} element is never closed"
    span = exact(page.text, tag.begin, page.tokens[last].end)
    return Element(*span, number, last, name) if span else "it is written with escapes"


def _end_tag(page: Page, number: int, name: str) -> int:
    """The number of the end tag of the element that starts at token `number`, or -1; elements of the same name do not nest."""
    for at in range(number + 1, len(page.tokens)):
        token = page.tokens[at]
        if token.name.lower() != name or token.kind == "comment":
            continue
        if token.kind == "end":
            return at if page.text.text[token.end - 1] == ">" else -1
        if token.kind == "start":
            return -1
    return -1


def loading_element(page: Page, number: int, at: int) -> Element | str:
    """The element that loads the address at source offset `at` of start tag `number`, if it is there for that alone."""
    name = page.tokens[number].name.lower()
    own = next((a for a in page.attributes(number) if _holds(page, a, at)), None)
    if own is None:
        return "its address is not written as an attribute"
    if name == "link":
        return element_at(page, number)
    if name not in _BY_SOURCE:
        return f"the {name} element has another purpose" if name not in ("a", "form") else "people use it: its address must be looked at"
    main = next((a for a in page.attributes(number) if a.name == "src"), None)
    if main is not None and main != own and own.name not in _IN_ITS_PLACE and not _PLACEHOLDER.match(page.value(main)):
        return f"the {name} element shows something else, and only `{own.name}` is the vendor's"
    found = element_at(page, number)
    if isinstance(found, Element) and name in ("script", "iframe") and found.last > number and not _is_empty(page, found):
        return f"something stands inside its {name} element"
    return found


def _is_empty(page: Page, element: Element) -> bool:
    first, last = page.tokens[element.first], page.tokens[element.last]
    begin, end = page.text.span(first.end, last.begin)
    return not page.source[begin:end].strip()


def _holds(page: Page, attribute: Attribute, at: int) -> bool:
    begin, end = page.text.span(attribute.begin, attribute.end)
    return begin <= at < end


def other_job(page: Page, element: Element, emptied: list[Span]) -> str:
    """Why an element must stay though it is the vendor's: it runs code of its own, or is one of several branches; else ""."""
    names = set()
    for attribute in page.attributes(element.first):
        names.add(attribute.name)
        value = page.value(attribute)
        span = page.text.span(attribute.begin, attribute.end)
        if not HANDLER.match(attribute.name) or not value.strip() or _CLEANING.fullmatch(value):
            continue
        if not any(begin <= span[1] and span[0] <= end for begin, end in emptied):
            return f"its element runs code of its own (`{attribute.name}`)"
    if "ref" in names and page.frame.dialect == "vue":
        return "its element is referred to by the component"
    if names & _FORK and element.last + 1 < len(page.tokens):
        following = page.tokens[element.last + 1]
        if following.kind == "start" and any(a.name in _NEXT_BRANCH for a in page.attributes(element.last + 1)):
            return "the element behind it is its other branch"
    return ""


def names_of_element(page: Page, element: Element) -> list[str]:
    """The names by which code could ask for an element: its id, and a frame's name."""
    wanted = ("id", "name") if element.name in ("iframe", "form") else ("id",)
    values = [page.value(a).strip() for a in page.attributes(element.first) if a.name in wanted]
    return [value for value in values if re.fullmatch(r"[\w:.-]{1,200}", value)]


def attribute_span(page: Page, attribute: Attribute) -> Span | None:
    """The source span of a whole attribute with the blanks before it; None where it stands together with its neighbour."""
    text = page.text.text
    quoted = (
        text[attribute.begin - 1 : attribute.begin] in ("'", '"') and text[attribute.end : attribute.end + 1] == text[attribute.begin - 1]
    )
    end = attribute.end + quoted
    at = before_blanks(text, attribute.begin - quoted) - 1
    if text[at : at + 1] != "=":
        return None
    at = before_blanks(text, at) - len(attribute.name)
    if text[at : at + len(attribute.name)].lower() != attribute.name or text[at - 1 : at] not in (" ", "\t", "\n", "\r"):
        return None
    if text[end : end + 1] in (" ", "\t", "\n", "\r", ">", "/"):
        at = before_blanks(text, at)
    return exact(page.text, at, end)


def before_blanks(text: str, at: int) -> int:
    """Where the blanks and line ends before `at` begin."""
    while at > 0 and text[at - 1] in " \t\r\n\f":
        at -= 1
    return at


def behind_blanks(text: str, at: int) -> int:
    """Where the blanks and line ends from `at` on end."""
    while at < len(text) and text[at] in " \t\r\n\f":
        at += 1
    return at
