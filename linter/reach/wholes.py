"""Whether a template prints a whole page, by itself or by what it extends and includes."""

import re
from collections.abc import Callable, Iterable

from linter.reach.model import Link

OPENS = re.compile(r"<html\b|<!doctype html|<body\b", re.IGNORECASE)
CLOSES = re.compile(r"</html\s*>|</body\s*>", re.IGNORECASE)
MAX_PARTS = 100


def prints_page(
    path: str, bare: Callable[[str], str], references: Callable[[str, str], Iterable[Link]], extends: re.Pattern[str] | None = None
) -> bool:
    """Whether a template, with all it pulls in, opens and closes a page; so does one that `extends` what is not here.

    `bare` gives a template's text without comments, `references` what a text at a path pulls in.
    """
    opens = closes = False
    seen = {path}
    waiting = [path]
    while waiting and len(seen) < MAX_PARTS and not (opens and closes):
        path = waiting.pop()
        text = bare(path)
        opens, closes = opens or bool(OPENS.search(text)), closes or bool(CLOSES.search(text))
        links = list(references(text, path))
        if extends is not None and extends.search(text) and not any(link.how == "layout" for link in links):
            return True
        for target in (link.target for link in links if link.target not in seen):
            seen.add(target)
            waiting.append(target)
    return opens and closes
