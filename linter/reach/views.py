"""Views of any template language, told by their ending: what they include, extend and load."""

import re
from collections.abc import Callable, Iterator, Sequence

from linter.reach.curly import curly_links
from linter.reach.handlebars import handlebars_links
from linter.reach.indented import INDENTED_ENDINGS, indented_links
from linter.reach.model import Link
from linter.reach.scripts import Lines
from linter.reach.templating import CURLY, ERB, HANDLEBARS, Served, template_links, without_template_comments

VIEW_ENDINGS = tuple(".ejs .pug .jade .hbs .handlebars .njk .nunjucks .html .htm .twig .mustache .eta .edge .swig .vash .liquid".split())
_TAG = re.compile(r"<%[-=_]?\s*(include|layout|extend|partial|includeFile)\s*\(?\s*['\"]?([\w./ -]{1,200}?)['\"]?\s*(?=[,)%\n]|-%)")
_EDGE = re.compile(r"@!?(include|layout|includeIf|component)\(\s*['\"]([\w./-]{1,200})['\"]")
_GULP = re.compile(r"@@(include)\(\s*['\"]([\w./-]{1,200})['\"]")
_OUTER = frozenset(("layout", "extend"))
Near = Callable[[str, str], Sequence[str]]
"""From the name that a view says and the view to the files it may be."""


def view_links(path: str, text: str, served: Served, near: Near) -> Iterator[Link]:
    """What a view pulls in by the tags of its language, and its scripts."""
    if path.endswith(INDENTED_ENDINGS):
        yield from indented_links(path, text, served, near)
        return
    dialect = HANDLEBARS if path.endswith((".hbs", ".handlebars", ".mustache")) else CURLY if "{%" in text else ERB
    bare = without_template_comments(text, dialect)
    if dialect is HANDLEBARS:
        yield from handlebars_links(bare, path, _first(near), _first(near))
    yield from curly_links(bare, path, near)
    lines = Lines(bare)
    for pattern in (_TAG, _EDGE, _GULP):
        for match in pattern.finditer(bare):
            for target in near(match[2], path):
                yield Link(target, "layout" if match[1] in _OUTER else "include", lines.at(match.start()))
    yield from template_links(bare, path, served, dialect)


def _first(near: Near) -> Callable[[str, str], str | None]:
    return lambda name, asking: next(iter(near(name, asking)), None)
