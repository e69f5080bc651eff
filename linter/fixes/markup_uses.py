"""What else in the file depends on an element: code that asks for it by its id, other scripts of a host that is announced."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from linter.addresses import rate_url
from linter.evidence import Url, UrlRole
from linter.fixes.markup_cuts import Cut
from linter.fixes.markup_elements import names_of_element
from linter.fixes.markup_pages import Page
from linter.fixes.model import Task
from linter.urls import parse_url

MAX_ROUNDS = 20
"""Rounds in which elements that stay may keep others, after which all that have names stay."""
MAX_USES = 200
"""Places of a host that are looked at."""
_ASKED = re.compile(r"(?:#|target\s{0,3}=\s{0,3}[\"']?|[\"'`])([\w:.-]{1,200})(?=[\"'`\s.,:\[)>+~]|\Z)")
_URL_END = re.compile(r"[\s\"'`<>)\\]|\Z")
_ROLES: tuple[UrlRole, ...] = ("script", "frame", "image")


class Uses:
    """The uses of elements in one file."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._text = task.source.text
        self._asked: dict[str, list[int]] = {}
        self._hosts: dict[str, list[int]] = {}

    def free(self, page: Page, cuts: list[Cut]) -> tuple[list[Cut], dict[int, str]]:
        """The cuts of elements that nothing else in the file depends on; and why the others stay, by the numbers of their matches."""
        refused: dict[int, str] = {}
        self._look_for({name for cut in cuts if cut.element for name in names_of_element(page, cut.element)})
        for count in range(MAX_ROUNDS):
            spans = _Spans(cuts)
            stay = {id(cut): why for cut in cuts if (why := self._why(page, cut, spans))}
            if not stay:
                return cuts, refused
            if count == MAX_ROUNDS - 1:
                stay = {id(cut): stay.get(id(cut), "too much in the file hangs together") for cut in cuts}
            for cut in cuts:
                if id(cut) in stay:
                    refused |= dict.fromkeys(cut.matches, stay[id(cut)])
            cuts = [cut for cut in cuts if id(cut) not in stay]
        return [], refused

    def _why(self, page: Page, cut: Cut, spans: "_Spans") -> str:
        for name in names_of_element(page, cut.element) if cut.element else ():
            if any(at not in spans for at in self._asked.get(name, ())):
                return f"its id `{name}` is used elsewhere in the file"
        for number in cut.matches:
            match = self._task.matches[number]
            if match.kind == "hint" and isinstance(match.evidence, Url):
                other = self._other_address(page, match.evidence, match.vendor, spans)
                if other:
                    return f"the page also loads {other[:80]}"
        return ""

    def _look_for(self, names: set[str]) -> None:
        found: dict[str, list[int]] = defaultdict(list)
        for use in _ASKED.finditer(self._text) if names else ():
            name = use[1] if use[1] in names else use[1].partition(".")[0]
            if name in names and self._text[max(use.start() - 3, 0) : use.start()].lower() != "id=":
                found[name].append(use.start())
        self._asked = found

    def _other_address(self, page: Page, hint: Url, vendor: str, spans: "_Spans") -> str:
        """Another vendor's address on the host of a hint."""
        for at in self._places(parse_url(hint.url).host):
            if at in spans or _is_commented(page, at):
                continue
            end = _URL_END.search(self._text, at, at + 400)
            address = self._text[at : end.start() if end else at + 400]
            pieces = (hint._replace(url="https://" + address, role=role, holes=()) for role in _ROLES)
            vendors = {signature.vendor for piece in pieces for _, signature, _ in rate_url(piece, self._task.catalog)}
            if vendors and vendor not in vendors:
                return address
        return ""

    def _places(self, host: str) -> list[int]:
        if host and host not in self._hosts:
            found: list[int] = []
            for use in re.finditer(rf"(?<![\w.-]){re.escape(host)}(?![\w.-])", self._text, re.IGNORECASE):
                found.append(use.start())
                if len(found) >= MAX_USES:
                    break
            self._hosts[host] = found
        return self._hosts.get(host, [])


class _Spans:
    """The spans of cuts, to be asked whether an offset stands in one."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self._spans = sorted((cut.begin, cut.end) for cut in cuts)

    def __contains__(self, at: int) -> bool:
        number = bisect_right(self._spans, (at, len(self._spans) and self._spans[-1][1])) - 1
        return number >= 0 and at < self._spans[number][1]


def _is_commented(page: Page, at: int) -> bool:
    number = page.number_at(at)
    return number >= 0 and page.tokens[number].kind == "comment"
