"""Manifests of plugins in XML, which name them: Joomla, Magento, PrestaShop, OpenCart."""

import re

from linter.readers.manifests import Facts
from linter.text import Slice

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_JOOMLA = re.compile(r"<(?:extension|install)\s([^<>]{0,600})>")
_JOOMLA_TYPE = re.compile(r"\btype\s*=\s*[\"'](plugin|module|component)[\"']", re.IGNORECASE)
_JOOMLA_FILE = re.compile(r"<(?:filename|folder)\s[^<>]{0,200}?\b(?:plugin|module)\s*=\s*[\"']([\w-]+)[\"']")
_NAME = re.compile(r"<name>\s*(?:<!\[CDATA\[\s*)?([^<>\[\]]{1,200}?)\s*(?:\]\]>\s*)?</name>", re.IGNORECASE)
_SHOWN = re.compile(r"<displayName>\s*(?:<!\[CDATA\[\s*)?([^<>\[\]]{1,200}?)\s*(?:\]\]>\s*)?</displayName>")
_MAGENTO = re.compile(r"<module\s[^<>]{0,300}?\bname\s*=\s*[\"']((?!Magento_)[A-Za-z0-9]+_[A-Za-z0-9_]+)[\"']")
_CODE = re.compile(r"<code>\s*([\w.-]{1,100})\s*</code>")


def read(text: Slice, facts: Facts) -> None:
    """Tells which plugin's manifest this is, if it is one."""
    code = _COMMENT.sub(lambda comment: " " * len(comment[0]), text.text)
    file = facts.reading.source.path.rpartition("/")[2].lower()
    name = _NAME.search(code)
    if file == "module.xml":
        module = _MAGENTO.search(code)
        _tell(text, facts, "magento", module, module)
    elif file.startswith("config") and "<module>" in code:
        _tell(text, facts, "prestashop", name, _SHOWN.search(code) or name)
    elif "<modification>" in code:
        _tell(text, facts, "opencart", _CODE.search(code) or name, name)
    else:
        head = _JOOMLA.search(code)
        if head is not None and name is not None and _JOOMLA_TYPE.search(head[1]):
            named = _JOOMLA_FILE.search(code)
            slug = named[1] if named else file.removesuffix(".xml")
            facts.plugin(text.span(*name.span(1)), "joomla", slug, name=name[1], main=True, block=text.span(*name.span()))


def _tell(text: Slice, facts: Facts, platform: str, slug: re.Match[str] | None, name: re.Match[str] | None) -> None:
    if slug is not None:
        shown = name[1] if name is not None else ""
        facts.plugin(text.span(*slug.span(1)), platform, slug[1], name=shown, main=True, block=text.span(*slug.span()))
