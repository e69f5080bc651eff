"""Findings in containers."""

from collections.abc import Iterable

from linter.catalog import Catalog
from linter.check import finding_of, identity_of
from linter.findings import Finding
from linter.gtm.grouping import InContainer, group_in_containers
from linter.gtm.places import Places
from linter.gtm.wording import help_text, message
from linter.matching import Match
from linter.secrets import mask
from linter.text import Source
from linter.wording import effect_of, is_placeholder


def container_findings(matches: Iterable[Match], places: Places, source: Source, catalog: Catalog) -> tuple[list[Finding], list[Match]]:
    """The findings of the matches that lie in containers, and the matches that lie outside."""
    places.close()
    snippets, outside = group_in_containers(matches, places)
    return [_finding(snippet, source, catalog) for snippet in snippets], outside


def _finding(snippet: InContainer, source: Source, catalog: Catalog) -> Finding:
    """A tag whose triggers cannot come true as they are stays active (a changed constant wakes it), as a warning.

    So does a template, which runs nowhere before a container uses it.
    """
    plain = finding_of(snippet, source, catalog)
    vendor, place = catalog.vendors[snippet.vendor], snippet.place
    placeholder = snippet.account is not None and is_placeholder(*snippet.account)
    effect = effect_of(vendor, snippet.kind, plain.state, placeholder)
    told = f"{plain.account}, a placeholder" if placeholder else plain.account
    thing = f"{place.container}/{place.entity}/{place.id or place.name or place.pointer}"
    held_back = plain.severity == "error" and (place.scope.where == "never" or place.entity == "template")
    return plain._replace(
        severity="warning" if held_back else plain.severity,
        message=mask(message(vendor, snippet.kind, plain.state, told, place, effect)),
        help=help_text(vendor, snippet.kind, place),
        identity=identity_of(plain.rule, source.path, plain.account, thing),
        gtm=place,
    )
