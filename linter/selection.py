"""Which findings of a run are reported, and how gravely: selection, agreements, severities and files of the configuration."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.findings import Finding, Result
from linter.options import CheckOptions, selected_rules

if TYPE_CHECKING:
    from linter.catalog import Catalog
    from linter.configuration import Configuration
    from linter.configuration_find import Configurations

Rules = frozenset[str] | None
"""The rules to report; None: all that need no request."""


class Settled(NamedTuple):
    """What is reported, how many findings the selection left out, and what to tell beside the report."""

    result: Result
    hidden: int
    notices: tuple[str, ...] = ()


def rule_names(catalog: "Catalog") -> dict[str, str]:
    """Every name of a rule (vendors have old names) -> rule id; those of this program's own rules, too."""
    from linter.own_rules import OWN_RULES

    vendors = catalog.vendors.values()
    named = [(name, vendor) for vendor in vendors for name in (vendor.id, *vendor.aliases)]
    return {f"{name}/{kind}": f"{vendor.id}/{kind}" for name, vendor in named for kind in vendor.kinds} | {rule: rule for rule in OWN_RULES}


def chosen_rules(options: CheckOptions) -> Rules:
    """The rules to report of a run. Raises `OptionError` for a glob that names no rule."""
    if not options.select and not options.ignore:
        return None
    from linter.catalog import load_catalog
    from linter.kinds import KINDS

    catalog = load_catalog()
    on_request = [rule for rule in catalog.rules if KINDS[rule.rpartition("/")[2]].on_request]
    return selected_rules(options.select, options.ignore, rule_names(catalog), on_request)


def with_configuration(options: CheckOptions, configuration: "Configuration | None") -> CheckOptions:
    """The options, with what the configuration says where the command line says nothing."""
    if configuration is None:
        return options
    said: dict[str, tuple[str, Any]] = {
        "select": ("select", configuration.select),
        "ignore": ("ignore", configuration.ignore),
        "fail-on": ("fail_on", configuration.fail_on),
        "jobs": ("jobs", configuration.jobs),
        "max-size": ("max_bytes", configuration.max_bytes),
        "baseline": ("baseline", configuration.baseline),
    }
    return options._replace(**{field: value for key, (field, value) in said.items() if value is not None and key not in options.typed})


def settle(everything: Result, options: CheckOptions, configurations: "Configurations", today: str) -> Settled:
    """What is reported of the findings of a run; `options` are those of `with_configuration`, `today` an ISO date."""
    from linter.kinds import KINDS

    main = chosen_rules(options)
    loaded = configurations.all()
    if not everything.findings and not everything.suppressed:
        return Settled(everything, 0, _notices(configurations, today))
    wanted = _wanted(main, options, configurations)
    graded = everything
    if loaded:
        graded = everything._replace(findings=tuple(_graded(finding, configurations, today) for finding in everything.findings))
    findings = tuple(filter(wanted, graded.findings))
    rules = {finding.rule for finding in findings}
    pages = tuple(row._replace(vendors=tuple(one for one in row.vendors if one.rule in rules)) for row in graded.pages)
    suppressed = tuple(row for row in graded.suppressed if wanted(row.finding))
    hidden = sum(not wanted(finding) and (main is not None or not KINDS[finding.kind].on_request) for finding in graded.findings)
    return Settled(graded._replace(findings=findings, pages=pages, suppressed=suppressed), hidden, _notices(configurations, today))


def _wanted(main: Rules, options: CheckOptions, configurations: "Configurations") -> Callable[[Finding], bool]:
    """Whether a finding is reported: as the configuration of its file says, and the command line, which wins."""
    from linter.kinds import KINDS

    known: dict[str, Rules] = {}

    def rules_of(configuration: "Configuration | None") -> Rules:
        if not configurations.nested:
            return main
        name = configuration.path if configuration else ""
        if name not in known:
            select, ignore = (getattr(options, key) if key in options.typed else () for key in ("select", "ignore"))
            plain = options._replace(select=select, ignore=ignore)
            known[name] = chosen_rules(with_configuration(plain, configuration))
        return known[name]

    def wanted(finding: Finding) -> bool:
        configuration = configurations.of(finding.path)
        rules = rules_of(configuration)
        if finding.rule not in rules if rules is not None else KINDS[finding.kind].on_request:
            return False
        return configuration is None or not configuration.ignored(finding.rule, configurations.location(finding.path))

    return wanted


def _graded(finding: Finding, configurations: "Configurations", today: str) -> Finding:
    """The finding with the severity that its configuration gives it: by an agreement, then by its rule."""
    configuration = configurations.of(finding.path)
    if configuration is None:
        return finding
    agreement = configuration.agreements.get(finding.vendor)
    if agreement is not None:
        from linter.agreements import applied

        finding = applied(finding, agreement, today)
    severity = configuration.severity_of(finding.rule)
    return finding if severity is None or finding.state == "dormant" else finding._replace(severity=severity)


def _notices(configurations: "Configurations", today: str) -> tuple[str, ...]:
    """Agreements that are not in force, once each."""
    if not configurations.all():
        return ()
    from linter.agreements import notice

    told = (notice(agreement, today) for configuration in configurations.all() for agreement in configuration.agreements.values())
    return tuple(dict.fromkeys(f"agreement with {text}" for text in told if text is not None))
