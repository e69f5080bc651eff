"""PHP-serialised values as a tree that knows its places. Lenient: lengths are wrong wherever somebody searched and replaced."""

import re
from functools import lru_cache

from linter.decoders.escapes import decode
from linter.gtm.nodes import Node, ObjectNode, WordNode
from linter.reading import Frame, Reading
from linter.text import Slice

MAX_NODES = 200_000
"""Values of one text that are read."""
MAX_DEPTH = 200
MAX_ENDS = 200
"""Quotes that are looked at for the end of a string whose length is wrong."""

_BEGIN = re.compile(
    r"\s*(?:a:\s*\d{1,9}:\s*\{|O:\s*\d{1,4}:\\*\"[\w\\]{1,200}\\*\":\s*\d{1,9}:\s*\{|[sS]:\s*\d{1,9}:\s*\\*\"|(?:N|[bid]:[^;:{}]{1,40});\s*\Z)"
)
_TOKEN = re.compile(
    r"[\s;]*+(?:(?P<open>(?:a|O:\s*\d{1,9}:\s*\\*\"[^\"{]{0,200}+\"):\s*\d{1,9}:\s*\{)"
    r"|[sS]:\s*(?P<length>\d{1,9}):\s*(?P<slashes>\\{0,8}+)\""
    r"|C:\s*\d{1,4}:\\*\"[^\"]{0,200}+\":\s*(?P<custom>\d{1,9}):\s*\{"
    r"|[ibd]:(?P<word>[^;:{}]{1,60}+);|E:\s*\d{1,4}:\\*\"(?P<case>[^\"]{0,200}+)\"|[rR]:\d{1,9};|(?P<null>N);|(?P<close>\}))"
)
_VALUE = r"[sS]:\s*\d{1,9}:|[aOCE]:\s*\d{1,9}:|[id]:-?[\dIN]|b:[01];|N;|[rR]:\d{1,9};"
_NEXT = rf"(?=[\s;]*+(?:{_VALUE}|\Z|\}}[\s;}}]*+(?:{_VALUE}|\\*\"|\Z)))"
"""What comes behind the end of a string: another value, or brackets that close and then one, the end of an outer string, or nothing."""
_NESTED = re.compile(r"\s*(?:[aO]:\d{1,9}:|s:\d{1,9}:\\*\")")
_SLASHED = re.compile(r"\\([\\'\"])")


class PhpText(Node):
    """A string; `begin` and `end` are those of its inside. `slashes`: backslashes before each of its quotes."""

    __slots__ = ("slashes",)
    kind = "text"

    def __init__(self, document: Slice, begin: int, end: int, slashes: int = 0) -> None:
        super().__init__(document, begin, end)
        self.slashes = slashes

    @property
    def text(self) -> str:
        """The decoded text."""
        return self.slice().text

    def slice(self) -> Slice:
        """The text with its places; quotes that were escaped once more than they should are bare."""
        raw = self.document.cut(self.begin, self.end)
        return decode(raw, _SLASHED, lambda match: match[1]) if self.slashes and "\\" in raw.text else raw


class PhpNull(Node):
    """NULL, or a reference."""

    __slots__ = ()


def is_serialised(text: str) -> bool:
    """Whether `text` begins like a serialised value."""
    return _BEGIN.match(text) is not None


def parse_serialised(text: Slice) -> Node | None:
    """The value, as far as it can be read; arrays and objects are objects whose keys are texts. None where nothing can."""
    return _Parser(text).parse()


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a file that holds one serialised value, or whatever else text of no known kind may be."""
    from linter.readers.stored import read_stored

    if is_serialised(text.text):
        unit = frame.unit or text.span(0, len(text))
        read_stored(text, (), frame._replace(via=frame.via[:-1], unit=unit), reading)
    else:
        reading.read(text, "code", frame._replace(via=frame.via[:-1], dialect="plain"))


class _Open:
    """An array or object that is being read, and the key whose value comes next."""

    __slots__ = ("key", "key_span", "node")

    def __init__(self, node: ObjectNode) -> None:
        self.node = node
        self.key: str | None = None
        self.key_span = (0, 0)


class _Parser:
    def __init__(self, text: Slice) -> None:
        self.text = text
        self.code = text.text
        self.ascii = self.code.isascii()
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def parse(self) -> Node | None:
        at = 0
        for _ in range(MAX_NODES):
            match = _TOKEN.match(self.code, at)
            if match is None:
                break
            at = self._token(match)
            if not self.stack:
                break
        if self.stack:
            self._rest(at)
        return self.root

    def _token(self, match: re.Match[str]) -> int:
        """Takes a value or a closing bracket; gives where it ends."""
        end = match.end()
        if match["close"]:
            if self.stack:
                self.stack.pop().node.end = end
        elif match["open"]:
            node = ObjectNode(self.text, match.start("open"), len(self.code))
            self._value(node)
            if len(self.stack) < MAX_DEPTH:
                self.stack.append(_Open(node))
        elif match["length"] or match["custom"]:
            closing = "}" if match["custom"] else (match["slashes"] or "") + '"'
            stop = self._string_end(end, int(match["length"] or match["custom"]), closing)
            self._value(PhpText(self.text, end, stop, len(match["slashes"] or "")))
            end = min(stop + len(closing), len(self.code))
        elif match["word"] or match["case"] is not None:
            self._value(WordNode(self.text, *match.span("word" if match["word"] else "case")))
        else:
            self._value(PhpNull(self.text, match.start(), end))
        return end

    def _value(self, node: Node) -> None:
        """A value, or a key where one is expected."""
        if not self.stack:
            self.root = self.root or node
            return
        top = self.stack[-1]
        if top.key is None and not isinstance(node, ObjectNode):
            top.key = node.text.rpartition("\0")[2]
            top.key_span = node.begin, node.end
            return
        key = top.key if top.key is not None else f"?{len(top.node.entries)}"
        top.node.entries[key] = node
        top.node.keys[key] = top.key_span
        top.key = None

    def _rest(self, at: int) -> None:
        """What is open ends here; what could not be read is a text of its own."""
        if self.code[at:].strip():
            top = self.stack[-1].node
            top.entries[f"?{len(top.entries)}"] = PhpText(self.text, at, len(self.code))
        for open_one in self.stack:
            open_one.node.end = len(self.code)

    def _string_end(self, begin: int, length: int, closing: str) -> int:
        """Where a string of `length` bytes ends: there if its quote follows, else at the first quote that may end a string.

        Where the string holds a serialised value itself, whose strings end likewise, it is the one next to the length.
        """
        expected = self._after_bytes(begin, length)
        pattern = _end_of(closing)
        if pattern.match(self.code, expected):
            return expected
        best = -1
        nested = _NESTED.match(self.code, begin) is not None
        for count, match in enumerate(pattern.finditer(self.code, begin)):
            if best < 0 or abs(match.start() - expected) < abs(best - expected):
                best = match.start()
            if not nested or match.start() > expected or count > MAX_ENDS:
                break
        if best < 0:
            best = expected if self.code.startswith(closing, expected) else len(self.code)
        return best

    def _after_bytes(self, begin: int, length: int) -> int:
        """The offset `length` bytes of UTF-8 behind `begin`."""
        if self.ascii:
            return begin + length
        data = self.code[begin : begin + length].encode("utf-8", "surrogatepass")[:length]
        return begin + len(data.decode("utf-8", "ignore"))


@lru_cache(maxsize=32)
def _end_of(closing: str) -> re.Pattern[str]:
    """The end of a string, behind which another value or a closing bracket comes."""
    return re.compile(re.escape(closing) + (r";?" if closing == "}" else r";") + _NEXT)
