"""Components that a page shows only where a visitor agreed: `{consent && <Pixel />}`, `v-if="consent"`, `{#if consent}`."""

import re
from collections.abc import Sequence
from functools import lru_cache

from linter.evidence import State

_WORDS = ("consent", "cookie", "gdpr", "lgpd", "accepted", "optin", "opt_in", "allowed", "granted")
_TAG = re.compile(r"<([A-Z][\w$]*|[a-z][a-z0-9]{0,40}(?:-[a-z0-9]{1,40}){1,8})(?=[\s/>])")
_BEFORE = re.compile(r"\{\s{0,40}([^{};<>]{1,200})(?:&&|\?)\s{0,40}\(?\s{0,40}\Z|\{#if\s([^{}]{1,200})\}\s{0,40}\Z")
_VUE = re.compile(r"\bv-if\s{0,10}=\s{0,10}\"([^\"]{1,200})\"")
_AROUND = 240


def gate_of(names: Sequence[str], text: str) -> State:
    """The state of what is imported by these names, by the conditions around its elements in the text."""
    states = _states_of(text) if names else {}
    found = [state for name in names for state in states.get(_plain(name), ())]
    return "consent-gated" if found and all(state == "consent-gated" for state in found) else "active"


@lru_cache(maxsize=4)
def _states_of(text: str) -> dict[str, tuple[State, ...]]:
    found: dict[str, tuple[State, ...]] = {}
    if not _speaks(text):
        return found
    for match in _TAG.finditer(text):
        name = _plain(match[1])
        found[name] = (*found.get(name, ())[-5:], _state(text, match.start(), match.end()))
    return found


def _speaks(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in _WORDS)


def _plain(name: str) -> str:
    return name.replace("-", "").lower()


def _state(text: str, start: int, end: int) -> State:
    before = text[max(0, start - _AROUND) : start]
    at = before.rfind("{")
    match = _BEFORE.match(before, at) if at >= 0 else None
    condition = (match[1] or match[2]) if match else None
    if condition is None:
        inside = _VUE.search(text[end : end + _AROUND].partition(">")[0])
        condition = inside[1] if inside else ""
    if not _speaks(condition):
        return "active"
    from linter.readers.conditions import answer
    from linter.readers.js_gates import CONSENT

    return "consent-gated" if answer(condition.strip().rstrip("&|?").strip(), CONSENT) == "yes" else "active"
