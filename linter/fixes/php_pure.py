"""Whether a piece of HTML holds nothing but vendors' code: read as a page of its own, its findings taken out, nothing is left."""

import re
from collections.abc import Collection

from linter.catalog import Catalog
from linter.fixes.model import applied, merged
from linter.text import HOLE

_COMMENT = re.compile(r"<!--(?!\[if).*?-->", re.DOTALL)
_PAGE = "<!doctype html><html><head>\n{}\n</head></html>"
MAX_HTML = 200_000


def left_of(html: str, vendors: Collection[str], catalog: Catalog) -> str:
    """What is left of `html` once the code of `vendors` is taken out; the reason where it cannot be, or "" where nothing is left."""
    from linter.fixes.file_fix import propose
    from linter.fixes.recorded import record

    if not html.strip() or len(html) > MAX_HTML:
        return "it prints nothing" if not html.strip() else "it prints too much"
    page = _PAGE.format(html)
    recorded = record("printed.html", page.encode("utf-8", "replace"), catalog)
    if recorded is None:
        return "what it prints is no text"
    wanted = [number for number, row in enumerate(recorded.told) if row.finding.state != "dormant"]
    other = next((row.finding.vendor for row in (recorded.told[n] for n in wanted) if row.finding.vendor not in vendors), "")
    if other or not wanted:
        return f"it also prints code of {catalog.vendors[other].name}" if other else "it prints nothing of a tracker"
    answer = propose(recorded, wanted, catalog, unsafe=False)
    if answer.refused:
        return next(iter(answer.refused.values()))
    rest = applied(page, merged(edit for fix in answer.fixes.values() for edit in fix.edits))
    rest = _COMMENT.sub("", rest)
    return "" if _bare(rest) == _bare(_PAGE.format("")) else "it also prints something else"


def _bare(html: str) -> str:
    return "".join(html.replace(HOLE, "#").split())
