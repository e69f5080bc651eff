"""Decoders: functions `Slice -> Slice` over the inside of a literal, its quotes already cut off.

Every character of the result maps to the characters that produced it; runs without escapes stay one linear step. No
decoder raises: what does not decode stays as written. Where nothing is decoded the slice itself comes back.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.decoders.formats import sql_string, yaml_double, yaml_single
    from linter.decoders.markup import html_entities, xml_cdata
    from linter.decoders.packed import base64_text, char_codes, percent_u, url_encoded
    from linter.decoders.php import dedent, php_double, php_heredoc, php_nowdoc, php_single
    from linter.decoders.scripts import js_string, json_string, python_string, ruby_double

_MODULES = {
    "base64_text": "packed",
    "char_codes": "packed",
    "dedent": "php",
    "html_entities": "markup",
    "js_string": "scripts",
    "json_string": "scripts",
    "percent_u": "packed",
    "php_double": "php",
    "php_heredoc": "php",
    "php_nowdoc": "php",
    "php_single": "php",
    "python_string": "scripts",
    "ruby_double": "scripts",
    "sql_string": "formats",
    "url_encoded": "packed",
    "xml_cdata": "markup",
    "yaml_double": "formats",
    "yaml_single": "formats",
}


def __getattr__(name: str) -> object:
    """Imports a decoder's module when the decoder is first asked for: start-up pays only for what it uses."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"linter.decoders.{_MODULES[name]}"), name)


__all__ = [
    "base64_text",
    "char_codes",
    "dedent",
    "html_entities",
    "js_string",
    "json_string",
    "percent_u",
    "php_double",
    "php_heredoc",
    "php_nowdoc",
    "php_single",
    "python_string",
    "ruby_double",
    "sql_string",
    "url_encoded",
    "xml_cdata",
    "yaml_double",
    "yaml_single",
]
