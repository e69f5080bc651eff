"""Main files of plugins in PHP, which name them: WordPress, PrestaShop, Magento, TYPO3, Concrete; and Magento's list of modules."""

import re

from linter import decoders
from linter.readers.manifests import Facts, line_at
from linter.text import Slice

HEAD = 8192
"""Characters in which WordPress looks for a plugin's header."""

_FIELD = r"^(?:[ \t]*<\?php)?[ \t/*#@]*{}:[ \t]*(\S[^\r\n]*)"
_WP_NAME = re.compile(_FIELD.format("Plugin Name"), re.IGNORECASE | re.MULTILINE)
_WP_DOMAIN = re.compile(_FIELD.format("Text Domain"), re.IGNORECASE | re.MULTILINE)
_WP_END = re.compile(r"\s*(?:\*/|\?>).*\Z")
_WP_PATH = re.compile(r"(?:.*/)?(?:mu-)?plugins/(?:([^/]+)/)?([^/]+)\.php\Z", re.IGNORECASE)

_PS_NAME = re.compile(r"\$this->name\s*=\s*['\"]([\w-]+)['\"]")
_PS_SHOWN = re.compile(r"\$this->displayName\s*=\s*(?:[\w$>:()\s-]{0,80}\(\s*)?(?:'((?:[^'\\\n]|\\.)*+)'|\"((?:[^\"\\\n]|\\.)*+)\")")
_PS_CLASS = re.compile(r"\bclass\s+\w+\s+extends\s+\\?(?:Payment|Carrier|Widget)?Module\b", re.IGNORECASE)

_MODULE = r"((?!Magento_)[A-Za-z0-9]+_[A-Za-z0-9_]+)"
"""The name of a module; those of Magento itself come with every shop and say nothing."""
_MAGENTO = re.compile(rf"ComponentRegistrar::MODULE\s*,\s*['\"]{_MODULE}['\"]")
_MAGENTO_LIST = re.compile(rf"['\"]{_MODULE}['\"]\s*=>\s*([01])\b")
_TYPO3 = re.compile(r"['\"]title['\"]\s*=>\s*(?:'((?:[^'\\\n]|\\.)*+)'|\"((?:[^\"\\\n]|\\.)*+)\")")
_CONCRETE = re.compile(r"\$pkgHandle\s*=\s*['\"]([\w-]+)['\"]")
_CONCRETE_NAME = re.compile(r"function\s+getPackageName\s*\(\s*\)[^;{]{0,40}\{\s*return\s+(?:t\(\s*)?['\"]([^'\"\n]{1,100})['\"]")


def read(text: Slice, facts: Facts) -> None:
    """Tells which plugin's main file this is, if it is one."""
    code, path = text.text, facts.reading.source.path
    if path.endswith("app/etc/config.php"):
        _magento_list(text, facts)
    elif path.endswith("ext_emconf.php"):
        _typo3(text, facts)
    elif "ComponentRegistrar::MODULE" in code:
        match = _MAGENTO.search(code)
        if match is not None:
            facts.plugin(text.span(*match.span(1)), "magento", match[1], name=match[1], main=True)
    elif "$pkgHandle" in code:
        _concrete(text, facts)
    elif "$this->displayName" in code and _PS_CLASS.search(code):
        _prestashop(text, facts)
    else:
        _wordpress(text, facts)


def _wordpress(text: Slice, facts: Facts) -> None:
    """The header comment. The slug is the folder below `plugins`, else the text domain, else the file's name."""
    head = text.text[:HEAD]
    match = _WP_NAME.search(head)
    if match is None:
        return
    name = _WP_END.sub("", match[1]).rstrip()
    begin = match.start(1)
    path = facts.reading.source.path
    below = _WP_PATH.match(path)
    domain = _WP_DOMAIN.search(head)
    slug = below[1] or below[2] if below else ""
    if not slug:
        slug = _WP_END.sub("", domain[1]).strip() if domain else path.rpartition("/")[2].removesuffix(".php")
    facts.plugin(text.span(begin, begin + len(name)), "wordpress", slug, name=name, main=True, block=_line(text, begin))


def _prestashop(text: Slice, facts: Facts) -> None:
    match, shown = _PS_NAME.search(text.text), _PS_SHOWN.search(text.text)
    if match is not None:
        name = decoders.php_single(text.cut(*shown.span(1 if shown[1] is not None else 2))).text if shown else ""
        facts.plugin(text.span(*match.span(1)), "prestashop", match[1], name=name, main=True, block=_line(text, match.start(1)))


def _magento_list(text: Slice, facts: Facts) -> None:
    """app/etc/config.php: module => 1 is on, 0 is off."""
    hits = facts.reading.hits(text.text)
    for match in _MAGENTO_LIST.finditer(text.text) if hits else ():
        if facts.reading.hits(match[1]):
            block = _line(text, match.start())
            facts.plugin(text.span(*match.span(1)), "magento", match[1], name=match[1], block=block, dormant=match[2] == "0")


def _typo3(text: Slice, facts: Facts) -> None:
    match = _TYPO3.search(text.text)
    if match is not None:
        place = 1 if match[1] is not None else 2
        folder = facts.reading.source.path.rpartition("/")[0].rpartition("/")[2]
        facts.plugin(text.span(*match.span(place)), "typo3", folder, name=match[place], main=True, block=_line(text, match.start()))


def _concrete(text: Slice, facts: Facts) -> None:
    match, name = _CONCRETE.search(text.text), _CONCRETE_NAME.search(text.text)
    if match is not None:
        facts.plugin(
            text.span(*match.span(1)), "concrete", match[1], name=name[1] if name else "", main=True, block=_line(text, match.start())
        )


def _line(text: Slice, at: int) -> tuple[int, int]:
    line = line_at(text.text, at)
    content = text.text[line.begin : line.end]
    return text.span(line.begin + len(content) - len(content.lstrip()), line.begin + len(content.rstrip()))
