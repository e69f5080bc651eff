"""Indented templates (Pug, Haml, Slim): what they include and which scripts they load."""

import re
from collections.abc import Callable, Iterator, Sequence

from linter.reach.model import Link
from linter.reach.scripts import Lines, script_links
from linter.reach.static import script_state
from linter.reach.templating import INDENTED, Served, without_template_comments

INDENTED_ENDINGS = (".pug", ".jade", ".haml", ".slim")
_INCLUDE = re.compile(r"^[ \t]*(include|extends|extend)(?::\w{1,30})?[ \t]+['\"]?([\w./-]{1,200})['\"]?[ \t]*$", re.MULTILINE)
_SCRIPT = re.compile(r"^[ \t]*%?script\b(?:[.#][\w-]+)*([^\n]{0,1000})", re.MULTILINE)
_SOURCE = re.compile(r"[\"':]?\bsrc['\"]?\s*(?:=>|=|:)\s*[^'\"\n]{0,60}['\"]([^'\"\n]{1,300})['\"]")
_TYPE = re.compile(r"\btype['\"]?\s*(?:=>|=|:)\s*['\"]([^'\"\n]{1,100})['\"]")
Near = Callable[[str, str], Sequence[str]]


def indented_links(path: str, text: str, served: Served, near: Near) -> Iterator[Link]:
    """Includes, layouts and scripts of a template whose comments still stand."""
    bare = without_template_comments(text, INDENTED)
    lines = Lines(bare)
    for match in _INCLUDE.finditer(bare):
        for target in near(match[2], path):
            yield Link(target, "layout" if match[1] != "include" else "include", lines.at(match.start()))
    for match in _SCRIPT.finditer(bare):
        source, kind = _SOURCE.search(match[1]), _TYPE.search(match[1])
        state = script_state({"type": kind[1] if kind else ""})
        found = served.resolve(source[1], path) if source else None
        if found and state:
            yield Link(found, "script", lines.at(match.start()), state)
    if ".js" in bare:
        yield from (link for link in script_links(bare, path, served) if link.how == "script")
