"""Content-Security-Policies, wherever they are written: a header in a server's configuration, a meta element, an object of code.

Read from the text of the whole file, near its hits, whatever the language: the hosts that a policy lets through are
`Url(role="policy")`, with the directives in `key`, and all hosts of one policy have one block. Other readers see the same
strings as addresses of something; see `Policies.spans`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.evidence import Span, State, Url
from linter.languages import Language
from linter.readers.policy_syntax import ADDRESS, Directive, directive_at, names, sources_at
from linter.readers.text_comments import is_commented
from linter.reading import PIECES, Reading
from linter.text import Slice

MAX_DIRECTIVES = 1500
MAX_GAP = 600
"""Characters between the directives of one policy."""
MAX_NAMES = 50
"""Names of lists in policies that are looked up."""

_NO_POLICY = re.compile(
    r"(?:.*/)?(?:readme|changelog|changes|history|licen[cs]e|contributing)\Z"
    r"|.*\.(?:mdx?|markdown|rst|adoc|txt|log|csv|tsv|map|har|ipynb|po|pot|lock)\Z",
    re.IGNORECASE,
)
"""Notes and lists, block lists among them: a policy in them is none of this site."""
_NAMES_IT = re.compile(r"csp|content[-_ ]?security|helmet|talisman|secure_?headers|security[-_]?headers", re.IGNORECASE)
_TAG = re.compile(r"<(?P<name>meta|script|\?|%|!--|[a-zA-Z][\w-]*)", re.IGNORECASE)
_CODE_TAGS = frozenset(("meta", "script", "?", "%", "!--"))
_MARKUP = frozenset({"html", "template", "component", "indented"})
_SPREAD = re.compile(r"(?:\.\.\.|\$\{|(?<![\w.])\*|\+\s{0,20}|[\[,(]\s{0,20})\(?([A-Za-z_$][\w$]{2,60})")
_TOP_LEVEL = re.compile(r"\.[a-z]{2,24}\Z")


class _List(NamedTuple):
    """Sources, the names of the directives that they are of, and where what names them begins."""

    inside: Span
    directives: str
    begin: int


class Policies:
    """The policies of one file. `spans`: what of the source is a policy's sources, sorted."""

    def __init__(self, text: Slice, language: Language, reading: Reading) -> None:
        self.spans: list[Span] = []
        self._slice = text
        self._text = text.text
        self._language = language
        self._reading = reading
        self._begins = [begin for begin, _ in reading.hits(self._text)]
        self._told: set[int] = set()

    def read(self) -> None:
        """Emits the hosts of all policies that a hit stands in."""
        if _NO_POLICY.match(self._reading.source.path):
            return
        for policy in self._policies():
            lists = [_List((one.first, one.end), one.name, one.begin) for one in policy]
            lists += self._taken_in(policy) if any(one.header or one.sure for one in policy) else ()
            self.spans += [self._slice.span(*one.inside) for one in lists]
            if any(self._is_hit(one.inside) for one in lists):
                block = self._slice.span(policy[0].begin, policy[-1].end)
                for one in lists:
                    self._tell(one, block)
        self.spans.sort()

    # -- policies

    def _policies(self) -> Iterator[list[Directive]]:
        """The directives of each policy."""
        policy: list[Directive] = []
        for directive in self._directives():
            again = any(one.written == directive.written and one.header for one in policy)
            if policy and (again or directive.begin - policy[-1].end > MAX_GAP):
                yield from self._sure(policy)
                policy = []
            policy.append(directive)
        yield from self._sure(policy)

    def _sure(self, policy: list[Directive]) -> Iterator[list[Directive]]:
        """The policy, if it is one: written as a header, or a word or a name says so."""
        if any(directive.header or directive.sure for directive in policy):
            yield policy
        elif policy:
            near = self._text[max(policy[0].begin - 1500, 0) : policy[0].first]
            if _NAMES_IT.search(near) or _NAMES_IT.search(self._reading.source.path.rpartition("/")[2]):
                yield policy

    def _directives(self) -> Iterator[Directive]:
        """The directives with sources, in order, none in another; without hits beside them they are none of our business."""
        end = count = 0
        for match in names(self._text):
            if match.start() < end:
                continue
            if not self._reading.effort(60, PIECES):
                return
            directive = directive_at(self._text, match)
            if directive is None:
                continue
            count += 1
            if count > MAX_DIRECTIVES:
                self._reading.notice(f"more than {MAX_DIRECTIVES} directives of policies")
                return
            if directive.first < directive.end and not self._is_prose(directive):
                yield directive
                end = directive.end

    def _is_prose(self, directive: Directive) -> bool:
        """Whether a directive stands in the text of a page, not in an element or code; or in a rule of a block list."""
        before = self._text[max(directive.begin - 40, 0) : directive.begin].lower()
        if "$csp=" in before or ",csp=" in before or re.search(r"<(?:code|pre|p|kbd|tt)[^<>]*>\W*\Z", before):
            return True
        if self._language.reader not in _MARKUP:
            return False
        tags = [*_TAG.finditer(self._text, max(directive.begin - 6000, 0), directive.begin)]
        return bool(tags) and tags[-1]["name"].lower() not in _CODE_TAGS

    # -- hosts

    def _is_hit(self, inside: Span) -> bool:
        first = bisect_left(self._begins, inside[0])
        return first < len(self._begins) and self._begins[first] < inside[1]

    def _tell(self, sources: "_List", block: Span) -> None:
        for address in ADDRESS.finditer(self._text, *sources.inside):
            if _TOP_LEVEL.search(address["host"]):
                self._emit(address, sources.directives, block, self._state(sources.begin, address.start()))

    def _state(self, begin: int, at: int) -> State:
        commented = is_commented(self._text, begin, self._language) or is_commented(self._text, at, self._language)
        return "dormant" if commented else "active"

    def _emit(self, address: re.Match[str], names: str, block: Span, state: State) -> None:
        if address.start("host") in self._told:
            return
        self._told.add(address.start("host"))
        host, path = address["host"], address["path"].replace("\\/", "/")
        label = self._language.dialect or self._language.reader
        self._reading.emit(
            Url(span=self._slice.span(*address.span("host")), block=block, unit=(0, len(self._slice.source.text)), state=state,
                via=("text" if label == "plain" else label,), url=host + path, role="policy", key=names)
        )  # fmt: skip

    def _taken_in(self, policy: Sequence[Directive]) -> Iterator["_List"]:
        """The lists that a policy takes in by name (`...TRACKERS`), where they are written out in the same file."""
        users: dict[str, list[str]] = {}
        for directive in policy:
            for name in _SPREAD.finditer(self._text, directive.first, directive.end):
                if len(users) < MAX_NAMES:
                    users.setdefault(name[1], []).append(directive.name)
        for named, directives in users.items():
            if not self._reading.effort(len(self._text) // 100, PIECES):
                return
            place = re.search(
                rf"(?<![\w$.]){re.escape(named)}\s{{0,4}}(?::[^=\n]{{0,80}})?=\s{{0,9}}(?=[\w(]{{0,12}}[\[(\"'`])", self._text
            )
            if place is not None:
                yield _List(sources_at(self._text, place.end()), " ".join(dict.fromkeys(directives)), place.start())
