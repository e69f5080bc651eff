"""What stands in a script element of a component or a template, as the browser gets it."""

import re

from linter.readers.thymeleaf import inlined
from linter.text import Slice

_IN_BRACES = re.compile(r"\s*\{\s*([\"'`])(.*)\1\s*\}\s*", re.DOTALL)


def body_of(script: Slice) -> Slice:
    """The script: of MDX and JSX the text of the one string in braces, of Thymeleaf with its expressions as holes."""
    match = _IN_BRACES.fullmatch(script.text)
    if match is not None:
        script = script.cut(*match.span(2))
    return inlined(script) if "[[" in script.text or "[(" in script.text else script
