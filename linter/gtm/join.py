"""Joins what loads a container with the container's export in the repository, if it is there."""

import re
from collections.abc import Iterable, Sequence

from linter.findings import Finding, Related
from linter.gtm import VENDOR

MAX_RELATED = 8
_CONTAINER_ID = re.compile(r"GTM-[A-Z0-9]{4,12}")
_LOADS = frozenset(
    "base-code loader first-party-loader noscript-frame init amp package plugin-asset consent-service gtm-tag setting plugin dependency "
    "gtm-variable".split()
)


def join_containers(findings: Sequence[Finding], containers: Iterable[tuple[str, str]], walked: bool) -> list[Finding]:
    """The findings; those that load a container point to the findings in its export, or say that its contents are unknown.

    `containers` are (id, path) of the exports that were read. `walked`: a folder was searched for them, not only single files named.
    """
    exports: dict[str, list[str]] = {}
    for container, path in containers:
        exports.setdefault(container, []).append(path)
    inside: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.gtm is not None and finding.gtm.container and finding.state != "dormant":
            inside.setdefault(finding.gtm.container, []).append(finding)
    return [_joined(finding, exports, inside, walked) if _loads(finding) else finding for finding in findings]


def _loads(finding: Finding) -> bool:
    return finding.vendor == VENDOR and finding.state != "dormant" and finding.kind in _LOADS


def _joined(finding: Finding, exports: dict[str, list[str]], inside: dict[str, list[Finding]], walked: bool) -> Finding:
    ids = [container for container in _CONTAINER_ID.findall(finding.account or "") if container in exports]
    if not ids:
        return finding._replace(message=f"{finding.message}; {_unknown(finding.account, walked)}")
    found = [row for container in ids for row in inside.get(container, ())]
    where = " and ".join(path for container in ids for path in sorted(set(exports[container])))
    many = f"{len(found)} findings" if len(found) != 1 else "1 finding"
    told = f"its contents are in {where}: {many if found else 'no finding'}"
    related = tuple(Related(row.path, row.start, row.end, f"{row.rule} in {row.gtm.container}") for row in found[:MAX_RELATED] if row.gtm)
    return finding._replace(message=f"{finding.message}; {told}", related=(*finding.related, *related))


def _unknown(account: str | None, walked: bool) -> str:
    known = _CONTAINER_ID.search(account or "")
    what = f"contents of {known[0]}" if known else "contents of the container"
    if walked:
        return f"{what} are unknown: export it (Admin, Export Container) into the repository"
    return f"{what} are unknown here: its export is not among the files that were checked (Admin, Export Container)"
