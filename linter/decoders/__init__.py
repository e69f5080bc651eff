"""Decoders: functions `Slice -> Slice` over the inside of a literal, its quotes already cut off.

Every character of the result maps to the characters that produced it; runs without escapes stay one linear step. No
decoder raises: what does not decode stays as written. Where nothing is decoded the slice itself comes back.
"""

from linter.decoders.formats import sql_string, yaml_double, yaml_single
from linter.decoders.markup import html_entities, xml_cdata
from linter.decoders.packed import base64_text, char_codes, percent_u, url_encoded
from linter.decoders.php import dedent, php_double, php_heredoc, php_nowdoc, php_single
from linter.decoders.scripts import js_string, json_string, python_string, ruby_double

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
