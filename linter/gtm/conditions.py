"""Conditions of triggers: whether they can be told from the container alone, and what they say in plain words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from linter.gtm.model import Condition
from linter.gtm.scope_variables import Subject, Variables, is_google_id_to_come, is_placeholder

LONGEST_VALUE = 80
LONGEST_PATTERN = 500
"""Longer expressions are told, not looked into."""

_WORDS = {
    "equals": ("is", "is not"),
    "contains": ("contains", "does not contain"),
    "startswith": ("starts with", "does not start with"),
    "endswith": ("ends with", "does not end with"),
    "matchregex": ("matches the pattern", "does not match the pattern"),
    "greater": ("is greater than", "is not greater than"),
    "greaterorequals": ("is at least", "is below"),
    "less": ("is less than", "is not less than"),
    "lessorequals": ("is at most", "is above"),
    "cssselector": ("fits the selector", "does not fit the selector"),
    "urlmatches": ("fits the address", "does not fit the address"),
}
_EVERYTHING = {"", ".*", ".*?", "^", "$", "^.*", ".*$", "^.*$", "(.*)", "^(.*)$", "(.*?)", "(?:.*)", "^.*?$", r"[\s\S]*", "[^]*"}
_SOMETHING = {".", ".+", ".+?", "^.+", ".+$", "^.+$", "(.+)", "^(.+)$", "^.", r"[\s\S]+", r"\S", r"\S+"}
_NEVER_EMPTY = {"URL", "path", "hostname", "name", "protocol"}
_SPECIAL = frozenset(r"\.^$|?*+()[]{}")
_ANY_BEGIN = {"path": {"/"}, "URL": {"http", "https?", "https?:", "https?:/", "https?://"}}
_ANY_INSIDE = {"path": {"/"}, "URL": {"/", "//", "://", "http", "https?", "https?://"}}
_ANY_TEXT = {
    ("path", "contains"): {"/"},
    ("path", "startswith"): {"/"},
    ("URL", "contains"): {"/", "http", "://"},
    ("URL", "startswith"): {"http"},
}


class Judged(NamedTuple):
    """A condition with what it compares. `holds`: True always, False never, None on some pages, events or visits.

    `value` has its constants put in. `words` are `path contains "/contact"`; `name contains "x"` of an event.
    """

    subject: Subject
    condition: Condition
    value: str
    holds: bool | None
    words: str

    @property
    def literals(self) -> tuple[str, ...]:
        """The texts of which the subject must be one; () where that is not what the condition says."""
        if self.condition.negate or "{{" in self.value:
            return ()
        if self.condition.operator == "equals":
            return (self.value,)
        return exact_texts(self.value) if self.condition.operator == "matchregex" else ()


def judge(condition: Condition, variables: Variables) -> Judged:
    """What a condition compares and says, and whether it always or never holds."""
    subject, value = variables.subject(condition.variable), variables.text(condition.value)
    holds = _holds(subject, condition, value)
    return Judged(subject, condition, value, holds if holds is None else holds is not condition.negate, _words(subject, condition, value))


def contradict(judged: Iterable[Judged]) -> bool:
    """Whether conditions that must all hold exclude one another: a thing and its opposite, or two different texts at once."""
    said: dict[tuple[str, str, str, bool], bool] = {}
    equal: dict[str, str] = {}
    for one in judged:
        key = (one.subject.words, one.condition.operator, one.value, one.condition.ignore_case)
        if said.setdefault(key, one.condition.negate) is not one.condition.negate:
            return True
        if one.condition.operator == "equals" and not one.condition.negate and "{{" not in one.value:
            text = one.value.casefold()
            if equal.setdefault(one.subject.words, text) != text:
                return True
    return False


def cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """A text in one line without control characters, shortened with an ellipsis."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * longest]).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def exact_texts(pattern: str) -> tuple[str, ...]:
    """The texts that an expression matches as a whole: `^(lead|purchase)$`. () where it matches others as well, or may."""
    if len(pattern) > LONGEST_PATTERN:
        return ()
    body = re.fullmatch(r"\^\((?:\?:)?([^()]*)\)\$", pattern)
    branches = body[1].split("|") if body else [_between_anchors(branch) for branch in pattern.split("|")]
    texts = [_plain(branch) for branch in branches]
    return tuple(dict.fromkeys(text for text in texts if text)) if all(texts) else ()


def _between_anchors(branch: str) -> str:
    """What stands between `^` and `$`; an expression's own sign, which `_plain` refuses, where they are missing."""
    return branch[1:-1] if len(branch) > 2 and branch[0] == "^" and branch[-1] == "$" and branch[-2] != "\\" else "^"


def _plain(pattern: str) -> str:
    """The text that an expression without any signs of its own is; "" where there are such."""
    text = re.sub(r"\\([^A-Za-z0-9])", lambda found: f"\0{ord(found[1])}\0", pattern)
    if not _SPECIAL.isdisjoint(text):
        return ""
    return re.sub(r"\0(\d+)\0", lambda found: chr(int(found[1])), text)


def _holds(subject: Subject, condition: Condition, value: str) -> bool | None:
    """Whether the condition holds, `negate` left aside."""
    if subject.kind == "ignored":
        return not condition.negate
    if subject.kind == "constant":
        return None if subject.value is None or "{{" in value else _compare(subject.value, condition, value)
    if "{{" in value or is_universal(condition.operator, value, subject):
        return None if "{{" in value else True
    return None


def is_universal(operator: str, value: str, subject: Subject) -> bool:
    """Whether everything passes: `.*`, a path that contains `/`, an address that starts with `http`."""
    if operator in ("contains", "startswith", "endswith") and value == "":
        return True
    if operator == "matchregex":
        return any(_passes_all(branch, subject.part or subject.words) for branch in _branches(value.strip()))
    return value in _ANY_TEXT.get((subject.part, operator), ())


def _branches(pattern: str) -> list[str]:
    """The alternatives of an expression that has no brackets; else the whole."""
    return [pattern, *pattern.split("|")] if len(pattern) <= LONGEST_PATTERN and not {"(", "[", "\\"} & set(pattern) else [pattern]


def _passes_all(pattern: str, part: str) -> bool:
    if pattern in _EVERYTHING or (part in _NEVER_EMPTY and pattern in _SOMETHING):
        return True
    core = pattern.replace("\\/", "/").removesuffix("$" if pattern.endswith(".*$") else "").removesuffix(".*")
    return core[1:] in _ANY_BEGIN.get(part, ()) if core.startswith("^") else core.removeprefix(".*") in _ANY_INSIDE.get(part, ())


def _compare(left: str, condition: Condition, right: str) -> bool | None:
    """Two known texts compared; None where that takes running an expression, or where the text is still to be filled in."""
    if is_placeholder(left):
        return True if condition.operator == "contains" and right == "-" and is_google_id_to_come(left) else None
    if condition.ignore_case:
        left, right = left.casefold(), right.casefold()
    match condition.operator:
        case "equals":
            return left == right
        case "contains":
            return right in left
        case "startswith":
            return left.startswith(right)
        case "endswith":
            return left.endswith(right)
        case "matchregex":
            return _matches(left, right)
        case "greater" | "greaterorequals" | "less" | "lessorequals":
            return _compare_numbers(left, condition.operator, right)
    return None


def _matches(text: str, pattern: str) -> bool | None:
    """Whether an expression of plain alternatives matches; None of any other, which is never run."""
    if pattern in _EVERYTHING or (text and pattern in _SOMETHING):
        return True
    if exact := exact_texts(pattern):
        return text in exact
    plain = [_plain(branch) for branch in pattern.split("|")] if len(pattern) <= LONGEST_PATTERN else [""]
    return any(branch in text for branch in plain) if all(plain) else None


def _compare_numbers(left: str, operator: str, right: str) -> bool | None:
    try:
        one, two = float(left), float(right)
    except ValueError:
        return None
    return {"greater": one > two, "greaterorequals": one >= two, "less": one < two, "lessorequals": one <= two}[operator]


def _words(subject: Subject, condition: Condition, value: str) -> str:
    other = cut(condition.operator) or "is compared with"
    verb = _WORDS.get(condition.operator, (other, f"not {other}"))[condition.negate]
    shown = f"/{cut(value)}/" if condition.operator == "matchregex" else f'"{cut(value)}"'
    return f"{cut(subject.words)} {verb} {shown}" + (" (ignoring case)" if condition.ignore_case else "")
