"""XML: texts and CDATA of elements, addresses in attributes, scripts in XHTML-like documents (MJML, XSLT, Magento, WXR)."""

import re
from collections.abc import Mapping
from dataclasses import replace

from linter import decoders
from linter.evidence import Span, UrlRole
from linter.reading import Frame, Reading
from linter.readers.markup import Token, attributes, tokens
from linter.readers.strings import content_of, emit_url, is_address, is_loading_markup
from linter.text import Slice
