"""The suppressions of a run: the directives of its files, and the entries of its configurations."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from linter.findings import Finding, Suppressed
from linter.options import STDIN, CheckOptions
from linter.selection import chosen_rules, rule_names
from linter.suppressions import Names, suppress

if TYPE_CHECKING:
    from linter.configuration import SuppressEntry
    from linter.configuration_find import Configurations
    from linter.suppression_comments import Directive


def suppress_all(
    findings: Sequence[Finding],
    directives: "Iterable[Directive]",
    options: CheckOptions,
    configurations: "Configurations | None",
    today: str,
) -> tuple[Sequence[Finding], Sequence[Suppressed], Sequence[Finding]]:
    """The findings that stay, those that are suppressed, and findings about suppressions."""
    from linter.catalog import load_catalog

    names = Names(rule_names(load_catalog()), chosen_rules(options))
    outcome = suppress(findings, directives, _entries(options, configurations), names, today)
    return outcome.kept, outcome.suppressed, outcome.own


def _entries(options: CheckOptions, configurations: "Configurations | None") -> "Iterator[SuppressEntry]":
    """The entries of all configurations, each with whether the run saw all that it is about."""
    if configurations is None:
        return
    asked = [os.path.realpath(os.path.join(configurations.cwd, path)) for path in options.paths if path != STDIN and "\0" not in path]
    for configuration in configurations.all():
        for entry in configuration.suppress:
            whole = any(os.path.isdir(path) and f"{entry.base}{os.sep}".startswith(path.rstrip(os.sep) + os.sep) for path in asked)
            yield entry._replace(whole=whole)
