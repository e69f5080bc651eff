"""How tags of a container get onto pages: through what loads the container there, where their triggers let them fire."""

import re
from collections.abc import Sequence

from linter.findings import Finding
from linter.gtm import VENDOR
from linter.gtm.model import Scope
from linter.reach.follow import Reached
from linter.reach.model import Arrival

_CONTAINER_ID = re.compile(r"GTM-[A-Z0-9]{4,12}")
_PATH_TEST = re.compile(
    r"(?P<what>path|URL) (?P<how>is not|is|does not contain|contains|does not start with|starts with|does not end with|ends with)"
    r" \"(?P<text>[^\"]*)\""
    r"(?: \(ignoring case\))?\Z"
)


def container_arrivals(finding: Finding, findings: Sequence[Finding], reached: Reached) -> tuple[Arrival, ...]:
    """The pages on which a tag of a container may fire: those with a loader of the container that the tag's scope does not leave out."""
    place = finding.gtm
    if place is None or not place.container or place.scope.where == "never":
        return ()
    found: dict[str, Arrival] = {}
    for loader in findings:
        if loader.vendor != VENDOR or loader.gtm is not None or loader.state == "dormant":
            continue
        if place.container not in _CONTAINER_ID.findall(loader.account or ""):
            continue
        for way in reached.arrivals.get(loader.path, ()):
            if way.page not in found and loader.start.line not in way.hidden and may_fire(place.scope, way.page):
                name = place.name or place.pointer
                chain = (
                    *way.chain[:-1],
                    f"{way.chain[-1]}:{loader.start.line} (loads {place.container})",
                    f"{finding.path}:{finding.start.line} (tag {name})",
                )
                found[way.page] = Arrival(way.page, chain, way.state)
    return tuple(found.values())


def may_fire(scope: Scope, page: str) -> bool:
    """Whether a tag may fire on a page, as far as its conditions on the path can be told; what cannot be told may."""
    if scope.where != "pages-matching":
        return True
    answers = [answer for condition in scope.conditions if (answer := _holds(condition, page)) is not None]
    return all(answers) or len(answers) < len(scope.conditions)


def _holds(condition: str, page: str) -> bool | None:
    match = _PATH_TEST.search(condition)
    if match is None:
        return None
    path = "/" + page.removesuffix("index.html").removesuffix("index.htm").lstrip("/")
    text = match["text"]
    how = match["how"]
    negated = "not" in how
    if "start" in how:
        answer = path.startswith(text) if match["what"] == "path" else None
    elif "end" in how:
        answer = path.endswith(text)
    elif "contain" in how:
        answer = text in path if text.startswith("/") or "://" not in text else None
    else:
        answer = path == text if match["what"] == "path" else None
    return None if answer is None else answer != negated
