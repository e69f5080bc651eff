"""Settings, requirements, plugins and policies against the signatures of them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from linter.addresses import Rated
from linter.arguments import last_name, told
from linter.catalog import Catalog
from linter.evidence import Element, Plugin, Requirement, Setting, Span, State, Url
from linter.globs import glob
from linter.urls import parse_url

if TYPE_CHECKING:
    from linter.matching import Match

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^a-z0-9*]+")
_NOTHING = frozenset({"", "null", "none", "false", "nil", "undefined", "~", "0", "no", "off"})
MAX_KEY = 200


def plain_key(key: str) -> str:
    """A key in small letters with underscores between its words: `facebookPixelId`, `FACEBOOK-PIXEL-ID` -> `facebook_pixel_id`."""
    return _OTHER.sub("_", _CAMEL.sub("_", key[:MAX_KEY]).lower()).strip("_")


def rate_setting(setting: Setting, path: str, catalog: Catalog) -> Iterator[Rated]:
    """The signatures that a setting of the file `path` bears."""
    whole = ".".join(plain_key(key) for key in setting.keys)
    for signature in catalog.settings:
        test = signature.test
        if ("files" in test and not _is_file(test["files"], path)) or not _is_value(test.get("value", "*"), setting):
            continue
        if test["key"] == "*" and (is_empty(setting) or setting.value.expression):  # told by the value alone, which is not known here
            continue
        rating = max((len(key) for key in test["key"].split("|") if glob(key, whole) or glob(f"*.{key}", whole)), default=0)
        if rating:
            account = told(setting.value) if signature.account == "value" else None
            yield 10 + rating + (50 if "files" in test else 0), signature, account


def _is_file(patterns: str, path: str) -> bool:
    return any(glob(pattern, path) or glob(f"*/{pattern}", path) for pattern in patterns.split("|"))


def is_empty(setting: Setting) -> bool:
    """Whether a setting is switched off: empty, null, false."""
    value = setting.value
    return not value.expression and not value.items and not value.entries and value.text.strip().lower() in _NOTHING


def is_unset(setting: Setting) -> bool:
    """Whether a setting is empty, or holds what stands for a value still to be filled in (`G-XXXXXXXXXX`)."""
    from linter.wording import is_placeholder

    text = setting.value.text
    return is_empty(setting) or (not text.isdigit() and is_placeholder(text, not setting.value.expression))


def _is_value(pattern: str, setting: Setting) -> bool:
    """Whether the value is what a pattern says; an empty one is, unless it is asked for in so many words; so is an expression."""
    value = setting.value
    if is_empty(setting):
        return True
    if value.expression:
        return True
    if value.kind not in ("text", "number"):
        return pattern == "*"
    text = value.text.strip()
    return any(_is_number(text) if one == "digits" else glob(one, text) for one in pattern.split("|"))


def _is_number(text: str) -> bool:
    return 5 <= len(text) <= 20 and text.isascii() and text.isdigit()


def rate_requirement(piece: Requirement, catalog: Catalog) -> Iterator[Rated]:
    """The packages of vendors that a manifest requires."""
    for signature in catalog.names.get(("package", piece.package), ()):
        if signature.test.get("ecosystem", "npm") == piece.ecosystem:
            yield 1, signature._replace(kind="dependency"), None


_NO_TRACKER = re.compile(
    r"\b(?:consent|opt ?out|cookie (?:notice|banner|bar|law|compliance)|block(?:er|s|ing)?|disabler?|remover?|without|dashboard|stats"
    r"|reports?|reporting|analytics counter|popular posts|top posts|debug(?:ger)?|helper|inspector|test snippets)\b"
)
"""Words by which a plugin says that it keeps a tracker back, or only shows its figures."""


def plain_names(name: str) -> set[str]:
    """What a plugin calls itself, as signatures are compared with it: `TikTok_Pixel` -> `tiktok pixel`, `tik tok pixel`."""
    return {plain_key(name).replace("_", " "), plain_key(name.lower()).replace("_", " ")}


def rate_plugin(piece: Plugin, catalog: Catalog) -> Iterator[Rated]:
    """The plugins of vendors: by platform and slug, else by what the plugin calls itself, unless that says it is no tracker."""
    names = plain_names(piece.name)
    if any(_NO_TRACKER.search(name) for name in names):
        names = set()
    for signature in catalog.plugins:
        test = signature.test
        if test.get("platform", piece.platform) != piece.platform:
            continue
        if "slug" in test and glob(test["slug"], piece.slug):
            yield 200 - 50 * ("*" in test["slug"]) + 10 * ("platform" in test), signature, None
        elif "name" in test and any(glob(test["name"], name) for name in names):
            yield 20 + len(test["name"]), signature, None


def policy_vendor(piece: Url, catalog: Catalog) -> str | None:
    """The vendor whose host a policy lets through: written in full, or as `*.host` where a leaflet names it so.

    `piece.key` are the directives; some hosts count only in some. What a server calls is let through by no policy.
    """
    host = parse_url(piece.url).host or piece.url.strip().lower()
    labels = host.removeprefix("*.").split(".")
    for name in (host, *("*." + ".".join(labels[first:]) for first in range(max(len(labels) - 6, 0), len(labels) - 1))):
        restricted = catalog.policy_hosts.get(host) if piece.role == "policy" and name == host else None
        vendor, directives = restricted or (catalog.hint_hosts.get(name), "*")
        if vendor:
            counts = catalog.vendors[vendor].category != "server-side" and any(glob(directives, key) for key in piece.key.split() or ["*"])
            return vendor if counts else None
    return None


def settled(found: "list[Match]") -> "list[Match]":
    """The matches, settings among them only where nothing else of their vendor tells the same: the argument of a call, the JSON of an
    element. A setting that gives the account of what is started elsewhere in the file runs only where that does."""
    spans: dict[str, list[Span]] = defaultdict(list)
    states: dict[tuple[str, str], set[State]] = defaultdict(set)
    for vendor, piece, account in ((row.vendor, row.evidence, row.account) for row in found):
        if not isinstance(piece, Setting):
            spans[vendor].append(piece.block if isinstance(piece, Element) else piece.span)
            if account is not None:
                states[vendor, account.text if account.literal else last_name(account.text)].add(piece.state)
    covers = {vendor: _Cover(sorted(rows)) for vendor, rows in spans.items()}
    kept = (row for row in found if not isinstance(row.evidence, Setting) or row.evidence.span not in covers.get(row.vendor, ()))
    return [_in_state(row, states) for row in kept]


def _in_state(row: "Match", states: Mapping[tuple[str, str], set[State]]) -> "Match":
    piece = row.evidence
    if not isinstance(piece, Setting) or piece.state != "active":
        return row
    known = states.get((row.vendor, row.account.text if row.account else ""), set()) | states.get((row.vendor, piece.keys[-1]), set())
    if not known or "active" in known:
        return row
    return row._replace(evidence=piece._replace(state="consent-gated" if "consent-gated" in known else "dormant"))


class _Cover:
    """Sorted spans, asked whether one of them holds another span and more."""

    def __init__(self, spans: list[Span]) -> None:
        self._begins = [begin for begin, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def __contains__(self, span: Span) -> bool:
        number = bisect_right(self._begins, span[0]) - 1
        return number >= 0 and self._ends[number] >= span[1]
