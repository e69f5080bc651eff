"""Texts encoded layer upon layer that know where every character went: the reference that decoders are checked against."""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from linter import decoders
from linter.text import Slice

Spans = list[tuple[int, int]]


class Written(NamedTuple):
    """`text`, and for each character of what was encoded the span of characters of `text` it became."""

    text: str
    spans: Spans


class Layer(NamedTuple):
    """An encoding: from a text to its encoded form, and the decoder that undoes it."""

    name: str
    encode: Callable[[str, Random], Written]
    decode: Callable[[Slice], Slice]


def layered(text: str, layers: Sequence[Layer], random: Random) -> Written:
    """`text` encoded by each layer in turn, with the spans of the original characters in the last form."""
    spans = [(at, at + 1) for at in range(len(text))]
    for layer in layers:
        text, inner = layer.encode(text, random)
        spans = [(inner[begin][0], inner[end - 1][1]) for begin, end in spans]
    return Written(text, spans)


def _by_character(forms: Callable[[str], list[str]]) -> Callable[[str, Random], Written]:
    """The encoding that writes each character in any one of its forms."""

    def encode(text: str, random: Random) -> Written:
        written = [random.choice(forms(char)) for char in text]
        spans, at = [], 0
        for form in written:
            spans.append((at, at + len(form)))
            at += len(form)
        return Written("".join(written), spans)

    return encode


def _units(char: str) -> str:
    data = char.encode("utf-16-be")
    return "".join(f"\\u{data[at : at + 2].hex()}" for at in range(0, len(data), 2))


def _bytes(char: str, form: str) -> str:
    return "".join(form.format(byte) for byte in char.encode())


def _raw(char: str, forbidden: str) -> list[str]:
    return [] if char in forbidden else [char]


def _json(char: str) -> list[str]:
    short = {"\n": ["\\n"], '"': ['\\"'], "/": ["\\/"], "\\": ["\\\\"], "\t": ["\\t"]}
    return [*_raw(char, '"\\\n'), *short.get(char, []), _units(char), _units(char).upper().replace("\\U", "\\u")]


def _js(char: str) -> list[str]:
    forms = [*_raw(char, "'\\\n\r"), _units(char), f"\\u{{{ord(char):x}}}", f"\\u{{{ord(char):06X}}}"]
    if char < "\u0100":
        forms += [f"\\x{ord(char):02x}", f"\\{ord(char):03o}"]
    return [*forms, "\\" + char] if char in "'\"\\/<$" else forms


def _html(char: str) -> list[str]:
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "é": "&eacute;"}
    numbered = [] if "\x80" <= char <= "\x9f" else [f"&#{ord(char)};", f"&#x{ord(char):x};", f"&#X00{ord(char):X};"]
    return [*_raw(char, "&"), *numbered, *([named[char]] if char in named else [])]


def _url(char: str) -> list[str]:
    return [*_raw(char, "%"), _bytes(char, "%{:02x}"), _bytes(char, "%{:02X}")]


def _php_single(char: str) -> list[str]:
    return ["\\" + char] if char in "\\'" else [char]


def _php_double(char: str) -> list[str]:
    forms = [*_raw(char, '"\\$'), f"\\u{{{ord(char):x}}}", _bytes(char, "\\x{:02x}"), _bytes(char, "\\{:03o}")]
    return [*forms, "\\" + char] if char in '"\\$' else forms


def _sql(char: str) -> list[str]:
    return {"'": ["''", "\\'"], "\\": ["\\\\"], "\n": ["\n", "\\n"]}.get(char, [char])


def _python(char: str) -> list[str]:
    forms = [*_raw(char, "'\\\n"), f"\\U{ord(char):08x}"]
    return [*forms, f"\\x{ord(char):02x}", f"\\{ord(char):03o}"] if char < "\u0100" else forms


def _ruby(char: str) -> list[str]:
    return [*_raw(char, '"\\#'), f"\\u{{{ord(char):x}}}", _bytes(char, "\\x{:02x}"), *(["\\" + char] if char in '"\\#' else [])]


def _yaml(char: str) -> list[str]:
    return [*_raw(char, '"\\\n\r \t'), f"\\U{ord(char):08x}", _units(char)]


def _base64(text: str, random: Random) -> Written:
    from base64 import b64encode, urlsafe_b64encode

    packed = random.choice((b64encode, urlsafe_b64encode))(text.encode()).decode()
    packed = packed.rstrip("=") if random.random() < 0.3 else packed
    spans, at = [], 0
    for char in text:
        end = at + len(char.encode())
        spans.append((at * 8 // 6, (end * 8 - 1) // 6 + 1))
        at = end
    return Written(packed, spans)


def _wrapped_base64(text: str, random: Random) -> Written:
    """Base64 in lines of 76 characters."""
    packed, spans = _base64(text, random)
    lines = [packed[at : at + 76] for at in range(0, len(packed), 76)]
    return Written("\r\n".join(lines), [(begin + begin // 76 * 2, end + (end - 1) // 76 * 2) for begin, end in spans])


LAYERS = [
    Layer("json", _by_character(_json), decoders.json_string),
    Layer("js", _by_character(_js), decoders.js_string),
    Layer("html", _by_character(_html), decoders.html_entities),
    Layer("html text", _by_character(_html), lambda text: decoders.html_entities(text, attribute=False)),
    Layer("xml", _by_character(_html), decoders.xml_cdata),
    Layer("url", _by_character(_url), decoders.url_encoded),
    Layer("base64", _base64, decoders.base64_text),
    Layer("wrapped base64", _wrapped_base64, decoders.base64_text),
    Layer("php single", _by_character(_php_single), decoders.php_single),
    Layer("php double", _by_character(_php_double), decoders.php_double),
    Layer("sql", _by_character(_sql), decoders.sql_string),
    Layer("python", _by_character(_python), decoders.python_string),
    Layer("ruby", _by_character(_ruby), decoders.ruby_double),
    Layer("yaml", _by_character(_yaml), decoders.yaml_double),
]
