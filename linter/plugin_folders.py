"""One finding per plugin: what lies below a plugin's main file is that plugin's source, and is told in its finding alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from linter.findings import SEVERITIES, Finding

ALL = "."
"""The folder of a plugin whose main file stands at the top: everything that was checked."""

_SHARED = frozenset("plugins mu-plugins modules packages extensions ext system content local typo3conf".split())
"""Folders that hold plugins side by side: a main file right in one of them is a plugin of one file."""
_MANIFESTS = (".json", ".xml")
"""Endings of files that name a plugin besides its main file; the finding stands on the main file where there is one."""
_FOLDER = re.compile(r"(?:.*?/)??(?P<kind>plugins|modules)/(?:contrib/|system/)?(?P<slug>[^/]+)(?=/)")
_PLATFORMS = {"plugins": ("wordpress", "joomla"), "modules": ("drupal", "prestashop")}
"""Kind of folder -> the platforms whose plugins lie in it under their slugs."""
_LIST = "app/etc/config.php"
"""A list that also says which plugins are off: Magento's. That no list names a plugin says nothing."""
_ACCOUNT = re.compile(r"(?:GTM|G|AW|UA|GT|DC)-[A-Z0-9-]{4,20}|\d{5,20}|(?=[A-Z]*\d)[A-Z0-9]{8,24}")


def covered(path: str) -> str:
    """The folder of which a plugin's main file is `path` (POSIX): "." for all, or `path` itself for a plugin of one file."""
    if path.startswith("<"):
        return path
    if "!" in path and "/" not in path.rpartition("!")[2]:
        return path  # at the top of an archive
    folder, _, file = path.rpartition("/")
    if file == "module.xml" and (folder == "etc" or folder.endswith("/etc")):
        folder = folder[: -len("/etc")]
    if folder.rpartition("/")[2].lower() in _SHARED:
        return path
    return folder or ALL


def fold_plugins(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those in the source of a plugin that is a finding itself, whosever they are; the plugin's tells of them.

    A plugin that a list of the platform's says is off is dormant. Notes (plugins in tests) hold nothing back. Where the folder
    of a known plugin is here without its main file, as in a saved site, one finding of each vendor stands for it.
    """
    owners = _owners(findings)
    inside: dict[int, list[Finding]] = defaultdict(list)
    kept: list[Finding] = []
    for finding in findings:
        owner = _owner(finding.path, owners)
        if owner is None or owner is finding:
            kept.append(finding)
        else:
            inside[id(owner)].append(finding)
    off = {finding.plugin for finding in findings if finding.state == "dormant" and finding.path.endswith(_LIST)}
    return [_told(finding, inside.get(id(finding), ()), off) if finding.covers else finding for finding in _without_main_files(kept)]


def _owners(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Folder or file -> the plugin's finding that stands for it."""
    by_folder: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.covers and finding.severity != "note":
            by_folder[finding.covers].append(finding)
    owners: dict[str, Finding] = {}
    for folder, found in by_folder.items():
        heads = [row for row in found if row.plugin.startswith("wordpress/") and row.path.endswith(".php")]
        if len({row.path for row in heads}) > 1:
            owners.update((row.path, row) for row in heads)
        else:
            owners[folder] = min(found, key=lambda row: (row.path.endswith(_MANIFESTS), row.order))
    return owners


def _owner(path: str, owners: Mapping[str, Finding]) -> Finding | None:
    """The outermost plugin in whose source `path` lies."""
    if ALL in owners and not path.startswith(("/", "../")):
        return owners[ALL]
    end = path.find("/", 1)
    while end > 0:
        if path[:end] in owners:
            return owners[path[:end]]
        end = path.find("/", end + 1)
    return owners.get(path)


def _without_main_files(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those of one vendor in the folder of a known plugin as one, the gravest."""
    by_folder: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    known: dict[tuple[str, str], bool] = {}
    for finding in findings:
        folder = _FOLDER.match(finding.path) if not finding.plugin else None
        if folder is None:
            continue
        key = (folder["kind"], folder["slug"].lower())
        if key not in known:
            known[key] = _is_known(*key)
        if known[key]:
            by_folder[folder[0], folder["slug"], finding.vendor].append(finding)
    told: dict[int, Finding | None] = {}
    for (_, slug, _), found in by_folder.items():
        first = min(found, key=lambda row: (SEVERITIES.index(row.severity), row.order))
        told.update((id(row), None) for row in found)
        more = f"; {len(found) - 1} more of its places {'are' if len(found) > 2 else 'is'} not listed" if len(found) > 1 else ""
        told[id(first)] = first._replace(message=f"{first.message}; this is source of the plugin {slug}{more}")
    rows = (told.get(id(finding), finding) for finding in findings)
    return [row for row in rows if row is not None]


def _is_known(kind: str, slug: str) -> bool:
    """Whether a plugin of this slug is a vendor's mark."""
    from linter.catalog import load_catalog
    from linter.globs import glob

    tests = [row.test for row in load_catalog().plugins]
    return any(test.get("platform") in _PLATFORMS[kind] and glob(test.get("slug", ""), slug) for test in tests)


def _told(plugin: Finding, inside: Sequence[Finding], off: set[str]) -> Finding:
    from linter.catalog import load_catalog

    vendors = load_catalog().vendors
    if plugin.plugin in off and plugin.state == "active":
        from linter.wording import message

        said = message(vendors[plugin.vendor], plugin.kind, "dormant", plugin.account, False)
        plugin = plugin._replace(state="dormant", severity="note", message=said)
    inside = [row for row in inside if row.plugin != plugin.plugin and not (row.covers == plugin.covers and row.vendor == plugin.vendor)]
    if not inside:
        return plugin
    told = f"{len(inside)} places in its source are not listed" if len(inside) > 1 else "1 place in its source is not listed"
    others = sorted({vendors[row.vendor].name if row.vendor in vendors else row.vendor for row in inside if row.vendor != plugin.vendor})
    if others:
        told += f", with code for {_listed(others)}"
    accounts = {row.account for row in inside if row.vendor == plugin.vendor and row.state != "dormant" and row.account}
    known = [account for account in accounts if _ACCOUNT.fullmatch(account)]
    account = known[0] if plugin.account is None and len(known) == len(accounts) == 1 else plugin.account
    named = f"; its source names the account {account}" if account and account != plugin.account else ""
    return plugin._replace(message=f"{plugin.message}; {told}{named}", account=account)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
