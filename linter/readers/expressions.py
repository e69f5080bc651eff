"""The `{expressions}` of Svelte, Astro, Riot and Marko markup: where each ends, what it prints, and what masks it."""

import re

from linter.evidence import Span
from linter.readers.brackets import Brackets
from linter.readers.embedded import read_strings
from linter.readers.masks import Filler
from linter.reading import Frame, Reading
from linter.text import HOLE, Slice

_NEXT = re.compile(r"<!--|<(?=/?[A-Za-z])|\{")
_IN_TAG = re.compile(r"[\"'`{>]")
_NAME = re.compile(r"</?([\w:.\-]+)")
_ATTRIBUTE = re.compile(r"([\w:@.\-|$]+)\s*=\s*\Z")
_MARKUP = re.compile(r"<[a-zA-Z]")
_LITERAL = re.compile(r"\s*([\"'`])((?:(?!\1)[^\\]|\\.)*+)\1\s*", re.DOTALL)
_SUBSTITUTION = re.compile(r"\$\{[^{}]*\}")
_BRACED = re.compile(r"\{[^{}]*\}")
_HANDLER = re.compile(r"on[:a-zA-Z]|@", re.IGNORECASE)
_MARKUP_ATTRIBUTE = re.compile(r"set:html|dangerouslySetInnerHTML|innerHTML", re.IGNORECASE)
_NEVER = re.compile(r"\s*(?:false|null|0)\s*&&")


class Expressions:
    """Reads the expressions of one text; collects the `fillers` that mask them and the `dead` spans, which never run."""

    def __init__(self, text: Slice, frame: Frame, reading: Reading) -> None:
        self.fillers: list[Filler] = []
        self.dead: list[Span] = []
        self._slice = text
        self._text = text.text
        self._frame = frame
        self._reading = reading
        self._brackets = Brackets(text.text)
        self._absent: set[str] = set()
        self._holes_in_quotes = frame.dialect in ("svelte", "riot")

    def read(self, start: int) -> None:
        """Goes through the text from `start` on, past comments, scripts and styles."""
        at = start
        while (match := _NEXT.search(self._text, at)) and self._reading.effort(4, "expressions"):
            if match[0] == "{":
                at = self._in_text(match.start())
            elif match[0] == "<!--":
                end = self._text.find("-->", match.end())
                at = end + 3 if end >= 0 else len(self._text)
            else:
                at = self._tag(match.start())

    def _find(self, what: str, at: int) -> int:
        """`str.find` that remembers what stands nowhere any more."""
        found = -1 if what in self._absent else self._text.find(what, at)
        if found < 0:
            self._absent.add(what)
        return found

    def _hit(self, span: Span) -> bool:
        return bool(self._reading.hits(self._text[span[0] : span[1]]))

    # -- between tags

    def _in_text(self, begin: int) -> int:
        """Reads the expression at `begin`; returns where to go on."""
        comment_end = self._find("*/", begin + 3) if self._text.startswith("{/*", begin) else -1
        end = comment_end + 3 if comment_end > 0 else self._brackets.end(begin)
        if end < 0:
            return begin + 1
        inside = (begin + 1, end - 1)
        code = self._text[begin + 1 : end - 1]
        if comment_end > 0:
            self._reading.read(self._slice.cut(begin + 3, comment_end), "html", self._frame.dormant())
        elif code.startswith("@html"):
            read_strings(self._slice, inside, "code", self._frame, self._reading)
        elif _MARKUP.search(code) and code[:1] not in ("#", ":", "/"):
            if _NEVER.match(code):
                self.dead.append(inside)
            return begin + 1
        elif code[:1] not in ("#", ":", "/", "@"):
            self._code(inside)
        self.fillers.append((begin, end, HOLE))
        return end

    def _code(self, span: Span) -> None:
        if self._hit(span):
            self._reading.read(self._slice.cut(*span), "javascript", self._frame._replace(element="expression"))

    # -- inside tags

    def _tag(self, begin: int) -> int:
        """Reads a tag's attributes; returns where the tag, or the script or style it opens, ends."""
        at = begin + 1
        while (match := _IN_TAG.search(self._text, at)) and self._reading.effort(4, "expressions"):
            mark, at = match[0], match.end()
            if mark == ">":
                return self._past_raw_text(begin, at)
            if mark == "{":
                end = self._brackets.end(match.start())
                if end > 0:
                    self._attribute((match.start(), end))
                    at = end
            elif _ATTRIBUTE.search(self._text, max(begin, match.start() - 80), match.start()):
                at = self._quoted(match.start(), mark)
        return len(self._text)

    def _past_raw_text(self, begin: int, at: int) -> int:
        name = _NAME.match(self._text, begin)
        if not name or name[1].lower() not in ("script", "style") or self._text[begin + 1] == "/" or self._text[at - 2] == "/":
            return at
        end = self._text.find(f"</{name[1]}", at)
        return end if end >= 0 else len(self._text)

    def _quoted(self, begin: int, quote: str) -> int:
        end = self._find(quote, begin + 1)
        if end < 0:
            return begin + 1
        if quote == "`":
            self._template((begin, end + 1), (begin + 1, end))
        elif self._holes_in_quotes and self._text.find("{", begin, end) >= 0:
            self.fillers += [(*match.span(), HOLE) for match in _BRACED.finditer(self._text, begin, end)]
        return end + 1

    def _attribute(self, span: Span) -> None:
        """An attribute `name={...}`: a string stays, quoted as in HTML; a handler stays code; else it is a hole."""
        begin, end = span
        name = _ATTRIBUTE.search(self._text, max(0, begin - 80), begin)
        inside = (begin + 1, end - 1)
        if name is None or not self._hit(inside):
            self.fillers.append((begin, end, HOLE))
        elif _MARKUP_ATTRIBUTE.match(name[1]):
            read_strings(self._slice, inside, "code", self._frame, self._reading)
            self.fillers.append((begin, end, HOLE))
        elif _HANDLER.match(name[1]):
            self._handler(span)
        else:
            literal = _LITERAL.fullmatch(self._text, *inside)
            if not literal or not self._template(span, literal.span(2)):
                self._code(inside)
                self.fillers.append((begin, end, HOLE))

    def _handler(self, span: Span) -> None:
        code = self._text[span[0] + 1 : span[1] - 1]
        quote = next((quote for quote in "\"'" if quote not in code), None)
        if quote is None:
            self._code((span[0] + 1, span[1] - 1))
            self.fillers.append((*span, HOLE))
        else:
            self.fillers += [(span[0], span[0] + 1, quote), (span[1] - 1, span[1], quote)]

    def _template(self, span: Span, inside: Span) -> bool:
        """Makes the string text[inside] a quoted attribute value; False if it holds both kinds of quotes."""
        holes = [match.span() for match in _SUBSTITUTION.finditer(self._text, *inside)]
        plain = _SUBSTITUTION.sub("", self._text[inside[0] : inside[1]])
        quote = next((quote for quote in "\"'" if quote not in plain), None)
        if quote is None:
            return False
        self.fillers += [(span[0], inside[0] - 1, " "), (inside[0] - 1, inside[0], quote)]
        self.fillers += [(*hole, HOLE) for hole in holes]
        self.fillers += [(inside[1], inside[1] + 1, quote), (inside[1] + 1, span[1], " ")]
        return True
