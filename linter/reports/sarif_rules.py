"""Rules in SARIF: what code scanning shows beside an alert, from the vendor's leaflet."""

from collections.abc import Iterator
from typing import Any

from linter.catalog import Catalog, Vendor
from linter.kinds import KINDS
from linter.reports.leaflet import CHAPTERS
from linter.reports.vendors import Told, agreement, says, sentence

MAX_DESCRIPTION = 1024
_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}


def rule(catalog: Catalog, name: str, told: Told) -> dict[str, Any]:
    """The descriptor of the rule `vendor/kind`.

    There is no `security-severity`: a score would be a judgement on the practice's case, which no rule can make.
    """
    vendor, kind = told.vendor, name.rpartition("/")[2]
    level = catalog.severity(vendor.id, kind)
    return {
        "id": name,
        "name": _pascal(name),
        "shortDescription": {"text": says(vendor, kind)},
        "fullDescription": {"text": _full(vendor, kind)[:MAX_DESCRIPTION]},
        "help": {"text": "\n\n".join(_help(told, kind)), "markdown": "\n\n".join(_markdown(told, name, kind))},
        **({"helpUri": told.sources[0]} if told.sources else {}),
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["privacy", "tracking", vendor.category, f"baa-{vendor.baa_status}"],
            "precision": "high",
            "problem.severity": _PROBLEM[level],
        },
    }


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.replace("/", "-").split("-"))


def _full(vendor: Vendor, kind: str) -> str:
    return f"{says(vendor, kind)} It {sentence(vendor.consequence)} {agreement(vendor)}"


def _to_do(kind: str) -> str:
    return sentence(f"To do: {KINDS[kind].help}")


def _help(told: Told, kind: str) -> Iterator[str]:
    yield _full(told.vendor, kind)
    yield _to_do(kind)
    yield from (f"{title}: {told.chapter(key)}" for key, title in CHAPTERS if told.chapter(key))
    yield from (f"Source: {title} ({date}) {url}" for title, url, date in told.vendor.baa_sources)


def _markdown(told: Told, name: str, kind: str) -> Iterator[str]:
    vendor = told.vendor
    yield f"{says(vendor, kind)} It {sentence(vendor.consequence)}"
    yield f"**{_to_do(kind)}**"
    yield f"## Agreement\n\n{agreement(vendor)}"
    if vendor.baa_sources:
        yield "\n".join(f"- [{title}]({url}), {date}" for title, url, date in vendor.baa_sources)
    yield from (f"## {title}\n\n{told.chapter(key)}" for key, title in CHAPTERS if told.chapter(key))
    yield f"`pixellint rule {name}` shows the whole leaflet. Nothing here is legal advice."
