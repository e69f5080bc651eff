"""The first look at a file that is read in pieces: its encoding, which literals stand in it, and in which parts."""

import codecs
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from linter.encoding import NotText, decode_bytes

if TYPE_CHECKING:
    from linter.scan import Scanner

HEAD_BYTES = 262_144
HEAD = 65_536
"""Characters from the start that say how a dump is written."""
OVERLAP = 65_536
"""Bytes before a part that are looked at with it, for what stands across its beginning."""
_NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        ...

    def close(self) -> None:
        """Ends reading."""
        ...


class Survey(NamedTuple):
    """What one pass over a file told. `marked` says of each part of as many bytes as were asked for whether a literal stands in it."""

    encoding: str
    bom_length: int
    head: str
    literals: tuple[str, ...]
    marked: tuple[bool, ...] = (True,)


def survey(stream: Stream, scanner: "Scanner", part: int) -> Survey:
    """Looks through a file in parts of `part` bytes; raises `NotText` for binary data."""
    head = b"".join(blocks(stream, HEAD_BYTES, 1))
    encoding, bom_length = _of_head(head)
    guess = _Wide(encoding) if encoding.startswith(("utf-16", "utf-32")) else _Narrow(bom_length)
    literals: set[str] = set()
    marked: list[bool] = []
    before = b""
    for block in blocks(stream, part, first=head):
        plain = guess.take(block)
        window = before + plain
        found = scanner.present(window.replace(b"\0", b" ") if b"\0" in window[:4096] else window)
        literals.update(found)
        marked.append(bool(found))
        before = window[-OVERLAP:]
    encoding = guess.encoding()
    text = head[bom_length:].decode(encoding, "ignore" if encoding == "utf-8" else "replace")
    return Survey(encoding, bom_length, text[:HEAD], tuple(sorted(literals)), tuple(marked))


def blocks(stream: Stream, size: int, count: int = 0, *, first: bytes = b"") -> Iterator[bytes]:
    """The bytes of a stream, `first` before them, in blocks of `size` (the last one is shorter); at most `count` of them."""
    kept = first
    number = 0
    while not count or number < count:
        parts, have = [kept[:size]], min(len(kept), size)
        kept = kept[size:]
        while have < size and (data := stream.read(size - have)):
            parts.append(data)
            have += len(data)
        if not have:
            return
        yield b"".join(parts) if len(parts) > 1 else parts[0]
        number += 1


def decoder(known: Survey) -> codecs.IncrementalDecoder:
    """Decodes the file from its start; a byte order mark is a character."""
    wide = known.encoding.startswith(("utf-16", "utf-32"))
    return codecs.getincrementaldecoder(known.encoding)("surrogatepass" if wide else "strict")


def _of_head(head: bytes) -> tuple[str, int]:
    """The encoding and length of the byte order mark, as the first bytes tell them; raises `NotText`."""
    start = head[: len(head) - len(head) % 4] if len(head) >= HEAD_BYTES else head
    encoding, bom_length, _ = decode_bytes(start)
    return encoding, bom_length


class _Narrow:
    """Which of the encodings of one byte or more a file is in, as `decode_bytes` tells them."""

    def __init__(self, bom_length: int) -> None:
        self.has_bom = bom_length > 0
        self.utf8 = True
        self.cp1252 = not self.has_bom
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._pending = False

    def take(self, block: bytes) -> bytes:
        """Takes the next bytes; gives them for the scan."""
        if not block.isascii() or self._pending:
            if self.utf8:
                try:
                    self._decoder.decode(block)
                    self._pending = bool(self._decoder.getstate()[0])
                except UnicodeDecodeError:
                    self.utf8 = self._pending = False
            if self.cp1252 and len(block.translate(None, _NOT_CP1252)) < len(block):
                self.cp1252 = False
        return block

    def encoding(self) -> str:
        """The encoding, once all was taken."""
        return "utf-8" if self.utf8 and not self._pending else "cp1252" if self.cp1252 else "latin-1"


class _Wide:
    """Text of two or four bytes a character; raises `NotText` where it is none."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")

    def take(self, block: bytes) -> bytes:
        """Takes the next bytes; gives them for the scan, as UTF-8."""
        try:
            return self._decoder.decode(block).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise NotText(f"not valid {self._encoding.upper()}: {error.reason}") from None

    def encoding(self) -> str:
        """The encoding."""
        return self._encoding
