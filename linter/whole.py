"""What only a look at all findings of a run together tells: plugins folded, containers joined with their loaders, pages reached."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from linter.discovery import Found, Settings, read_file
from linter.findings import Finding, Skipped
from linter.gtm import VENDOR
from linter.options import STDIN, CheckOptions

if TYPE_CHECKING:
    from linter.configuration_find import Configurations
    from linter.reach.rows import PageRow


def look_at_all(
    findings: Sequence[Finding],
    containers: Sequence[tuple[str, str]],
    files: Mapping[str, Found],
    options: CheckOptions,
    settings: Settings,
    configurations: "Configurations | None" = None,
) -> "tuple[Sequence[Finding], tuple[PageRow, ...]]":
    """The findings of a run, and the site's pages where a folder was asked for.

    `containers` are (id, path) of the container exports that were read, `files` all files of the run by path.
    """
    if any(finding.covers or "plugins/" in finding.path or "modules/" in finding.path for finding in findings):
        from linter.plugin_folders import fold_plugins

        findings = fold_plugins(findings)
    walked = _walked(options, settings)
    if any(finding.vendor == VENDOR for finding in findings):
        from linter.gtm.join import join_containers

        findings = join_containers(findings, containers, walked)
    if not walked or not (options.pages or any(finding.state != "dormant" and finding.severity != "note" for finding in findings)):
        return findings, ()
    from linter.catalog import load_catalog
    from linter.reach.apply import apply_reach

    categories = {vendor.id: vendor.category for vendor in load_catalog().vendors.values()}
    return apply_reach(
        sorted(findings, key=lambda finding: finding.order),
        files,
        lambda path: _text(files[path], options),
        categories,
        configurations.page_kind if configurations is not None else None,
    )


def _walked(options: CheckOptions, settings: Settings) -> bool:
    """Whether a folder was asked for, and not only single files."""
    return any(os.path.isdir(os.path.join(settings.cwd, path)) for path in options.paths if path != STDIN)


def _text(found: Found, options: CheckOptions) -> str:
    """The text of a file, "" where it cannot be read or holds none; why not is told elsewhere."""
    data = read_file(found, options.max_bytes)
    if data is None or isinstance(data, Skipped):
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        from linter.encoding import NotText, decode_bytes

        try:
            return decode_bytes(data)[2]
        except NotText:
            return ""
