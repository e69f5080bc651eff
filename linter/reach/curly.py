"""References of templates with `{% %}` tags (Jinja, Nunjucks, Django, Tera, Swig, Twig's kin): extends, include, import, embed."""

import re
from collections.abc import Callable, Iterator, Sequence

from linter.reach.model import How, Link
from linter.reach.scripts import Lines

_TAG = re.compile(
    r"\{%[-+~]?\s*(extends|include|includes|import|from|embed|layout|render|partial|include_cached|includeWith|renderFile)\b"
    r"((?:[^%{]|%(?!\})|\{(?!%)){0,2000}+)%\}"
)
_CALL = re.compile(r"\{\{[-~]?\s*(include|embed|partial|component)\s*\(((?:[^}{]|\}(?!\})|\{(?!\{)){0,1000}+)\}\}")
_LITERAL = re.compile(r"\"([^\"\n]{1,300})\"|'([^'\n]{1,300})'")
_BARE = re.compile(r"\s*([\w./-]{1,200})")
_HOW: dict[str, How] = {"extends": "layout", "layout": "layout", "embed": "layout", "import": "import", "from": "import"}
Resolve = Callable[[str, str], Sequence[str]]
"""From a template's name and the file that names it to the files it may be."""


def curly_links(bare: str, path: str, resolve: Resolve, unquoted: bool = False) -> Iterator[Link]:
    """What the tags of a template without comments pull in: every text in a tag that names a template.

    Both of `"a.html" if x else "b.html"` may be pulled in; a name that ends in `/` and is put together with more stands for
    all files that `resolve` gives for it. `unquoted` is for languages in which a name needs no quotes.
    """
    lines = Lines(bare)
    for pattern in (_TAG, _CALL):
        for match in pattern.finditer(bare):
            names = [one or other for one, other in _LITERAL.findall(match[2])]
            if not names and unquoted and (name := _BARE.match(match[2])):
                names = [name[1]]
            for name in names[:6]:
                for target in resolve(name, path):
                    yield Link(target, _HOW.get(match[1], "include"), lines.at(match.start()))
