"""From the bytes of a file to its text: which encoding they are in, or that they are no text."""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotText(ValueError):
    """The bytes are no text; the message says why."""


def decode_bytes(data: bytes) -> tuple[str, int, str]:
    """(encoding, length of the BOM in bytes, text) of a file's bytes; raises `NotText` for binary data.

    A BOM decides. Without one: NUL bytes at every second place are UTF-16, many other NUL bytes are binary; then
    strict UTF-8, then cp1252, then latin-1, which decodes anything, so that no text file is ever refused.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_unicode(data, encoding, len(bom))
    head = data[:8192]
    if b"\0" in head:
        guess = _guess_utf16(head)
        if guess:
            return _decode_unicode(data, guess, 0)
        if head.count(0) * 50 > len(head) or b"\0\0\0\0" in head:
            raise NotText("binary file")
    try:
        return "utf-8", 0, data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return "cp1252", 0, data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1", 0, data.decode("latin-1")


def _decode_unicode(data: bytes, encoding: str, skip: int) -> tuple[str, int, str]:
    """As `decode_bytes`. A file cut short keeps its whole characters; lone surrogates of UTF-16 are kept as they are."""
    unit = {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2}.get(encoding, 4)
    whole = data[skip : len(data) - (len(data) - skip) % unit]
    try:
        return encoding, skip, whole.decode(encoding, "strict" if unit == 1 else "surrogatepass")
    except UnicodeDecodeError as error:
        if unit == 1:
            return "latin-1", skip, whole.decode("latin-1")
        raise NotText(f"not valid {encoding.upper()}: {error.reason} at byte {error.start + skip}") from None


def _guess_utf16(head: bytes) -> str | None:
    pairs = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 10 > pairs * 7 and even * 10 < pairs:
        return "utf-16-le"
    if even * 10 > pairs * 7 and odd * 10 < pairs:
        return "utf-16-be"
    return None
