"""What the ways out ask of a finding, and what their texts are filled with: a finding's own facts and where it lies."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from linter.catalog import Vendor
from linter.findings import Finding
from linter.gtm import VENDOR as CONTAINERS
from linter.installations import Installation
from linter.plans.stored import Stored
from linter.plans.surroundings import Surroundings
from linter.plans.ways import Fields

_MANIFESTS = (
    (re.compile(r"(?:.*/)?package\.json"), "npm"),
    (re.compile(r"(?:.*/)?composer\.json"), "composer"),
    (re.compile(r"(?:.*/)?(?:requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.(?:py|cfg))"), "pypi"),
    (re.compile(r"(?:.*/)?Gemfile|.*\.gemspec"), "gem"),
    (re.compile(r".*\.csproj|(?:.*/)?packages\.config"), "nuget"),
    (re.compile(r"(?:.*/)?go\.mod"), "go"),
)
_BY_LANGUAGE = {"php": "composer", "python": "pypi", "ruby": "gem", "erb": "gem", "go": "go"}
_CONTAINER = re.compile(r"GTM-[A-Z0-9]{4,12}")
_PACKAGE = re.compile(r"@?[A-Za-z0-9][\w./@-]{0,213}")
_ASSET = re.compile(r"/(?:plugins|modules)/([\w.-]{1,100})/")
_VARIABLE = re.compile(r"\s*(?:export\s+|const\s+|let\s+|var\s+|-\s+)?[\"'$]?([A-Za-z_][\w-]{2,100})[\"']?\s*(?:=>|[:=])")


class Subject(NamedTuple):
    """A finding as the ways out see it: `fields` for their conditions, `values` for their texts."""

    finding: Finding
    fields: Fields
    values: Mapping[str, str]


def subject(
    finding: Finding, installation: Installation, vendor: Vendor, around: Surroundings, stored: Mapping[tuple[str, int], Stored]
) -> Subject:
    """The subject of a finding of an installation."""
    platform, _, slug = finding.plugin.partition("/")
    slug = slug or (_plugin_of(finding) if finding.kind == "plugin-asset" else "")
    kept = stored.get((finding.path, finding.start.offset)) if not finding.plugin else None
    ecosystem = _ecosystem(finding) if finding.kind in ("package", "dependency") else ""
    gtm = finding.gtm
    one = {
        "kind": finding.kind,
        "vendor": finding.vendor,
        "category": vendor.category,
        "way": installation.way,
        "state": finding.state,
        "slug": slug,
        "path": finding.path,
        "via": " ".join(finding.via),
        "table": kept.table if kept else "",
        "key": kept.key if kept else "",
        "nested": kept.nested if kept else "",
        "type": kept.type if kept else "",
        "ecosystem": ecosystem,
        "tool": around.tool(finding.path, ecosystem) if ecosystem else "",
        "token": "yes" if "access token is written out" in finding.help else "",
        "container": _container(finding),
        "unknown": "yes" if finding.vendor == CONTAINERS and "its contents are in" not in finding.message else "",
        "published": "yes" if gtm is not None and gtm.published else "",
        "folder": "" if finding.covers in ("", ".") else finding.covers,
    }
    values = one | {
        "name": vendor.name,
        "company": vendor.company,
        "account": finding.account or installation.account or "",
        "id": kept.id if kept else "",
        "package": _package(finding) if ecosystem and (finding.kind == "dependency" or ecosystem == "npm") else "",
        "search": f"*{slug}*" if slug else "",
        "host": next(iter(vendor.hosts), "").removeprefix("*."),
        "variable": _variable(finding),
        "which": _container(finding) or "that is loaded here",
    }
    fields: dict[str, tuple[str, ...]] = {name: (value,) for name, value in one.items() if value}
    fields["platform"] = (platform,) if platform else around.platforms
    return Subject(finding, fields, values)


def _ecosystem(finding: Finding) -> str:
    named = next((ecosystem for pattern, ecosystem in _MANIFESTS if pattern.fullmatch(finding.path)), None)
    return named or next((_BY_LANGUAGE[name] for name in finding.via if name in _BY_LANGUAGE), "npm")


def underlined(finding: Finding) -> str:
    """The text of a finding that stands on one line; "" of another."""
    if not finding.lines or finding.start.line != finding.end.line:
        return ""
    begin = finding.start.column - finding.lines_from
    return finding.lines[0][begin : finding.end.column - finding.lines_from] if begin >= 0 else ""


def _package(finding: Finding) -> str:
    told = underlined(finding).strip("'\"` ")
    found = _PACKAGE.fullmatch(told)
    if found is None:
        return ""
    parts = told.split("/")
    scoped = told.startswith("@")
    return "/".join(parts[: 2 if scoped or finding.path.endswith("composer.json") else 1])


def _plugin_of(finding: Finding) -> str:
    """The plugin whose script a page loads."""
    found = _ASSET.search(finding.lines[0]) if finding.lines else None
    return found[1] if found else ""


def _variable(finding: Finding) -> str:
    found = _VARIABLE.match(finding.lines[0]) if finding.lines and finding.lines_from == 1 else None
    return found[1] if found else ""


def _container(finding: Finding) -> str:
    if finding.gtm is not None:
        return finding.gtm.container
    found = _CONTAINER.search(finding.account or "")
    return found[0] if found else ""
