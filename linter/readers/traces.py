"""Traces: vendors that a privacy notice names, and keys by which the owner of a domain proves to a vendor that it is theirs."""

import re
from collections.abc import Sequence

from linter.evidence import Element, Span, Value
from linter.languages import Language
from linter.literals import lower_case, places
from linter.readers.text_comments import is_commented
from linter.reading import Reading
from linter.text import Slice

_NOTICE = re.compile(
    r"(?:.*/)?[^/]*(?:privacy|privacidad|privacidade|datenschutz|confidentialit|dsgvo|gdpr|rgpd|cookie|personvern|integritetspolicy|tietosuoja"
    r"|prywatnosc|informativa|hipaa|confidencialidad)[^/]*(?:/(?:index|page|\+page|default)[^/]*)?"
    r"\.(?:x?html?|shtml|mdx?|markdown|txt|rst|adoc|php|phtml|aspx?|cshtml|jsp|vue|svelte|astro|jsx|tsx|twig|njk|liquid|hbs|handlebars|mustache|erb"
    r"|haml|pug|ejs|blade\.php|tpl|latte|ftl|json|ya?ml|xml)\Z",
    re.IGNORECASE,
)
"""Pages that tell visitors what becomes of their data, by their names in several languages."""
_GIVEN = re.compile(r"\\?[\"']?\s{0,9}(?:=>|[=:])\s{0,9}[\[\"'{\\]{0,4}(?P<key>[\w-]{6,200})")
_NAME = re.compile(r"[\w:.-]{3,60}")


def is_notice(path: str) -> bool:
    """Whether the file `path` (POSIX) is a privacy or cookie notice, by its name."""
    return _NOTICE.match(path) is not None


def read_notice(text: Slice, language: Language, names: Sequence[str], reading: Reading) -> None:
    """Emits each of `names` (lower case) that stands in the prose of a notice, once."""
    code = lower_case(text.text)
    for name in sorted(names):
        for begin, end in places(name, code):
            if _is_prose(code, begin, language):
                _emit(text, (begin, end), (0, len(code)), "privacy-text", name, language, reading)
                break


def _is_prose(code: str, at: int, language: Language) -> bool:
    """Whether a place is no part of a tag, a script or a comment."""
    opening, closing = code.rfind("<", max(at - 2000, 0), at), code.rfind(">", max(at - 2000, 0), at)
    in_tag = opening > closing and re.match(r"<[a-z/!?%]", code[opening : opening + 2]) is not None
    return not in_tag and code.rfind("<script", 0, at) <= code.rfind("</script", 0, at) and not is_commented(code, at, language)


def read_verifications(text: Slice, language: Language, reading: Reading) -> None:
    """Emits keys of domain verifications that stand outside markup: DNS records, settings of a framework."""
    code, end = text.text, 0
    for begin, _ in reading.hits(code):
        name = _NAME.match(code, begin)
        if begin < end or name is None or "verif" not in name[0].lower():
            continue
        end = name.end()
        if _GIVEN.match(code, end):
            _emit(text, name.span(), name.span(), "verification", name[0].lower(), language, reading)


def _emit(text: Slice, span: Span, block: Span, element: str, name: str, language: Language, reading: Reading) -> None:
    label = language.dialect or language.reader
    place, around = text.span(*span), text.span(*block)
    reading.emit(
        Element(span=place, block=around, unit=around, state="active", via=("text" if label == "plain" else label,), name=element,
                attributes=(("name", Value("text", name, place)),))
    )  # fmt: skip
