"""`pixellint rule` and `pixellint vendors`: what is known of the vendors."""

from linter.commands import CLEAN, Context, write
from linter.options import CheckOptions, OptionError, matching_rules


def rule(glob: str, context: Context) -> int:
    """`pixellint rule`: the leaflets of the vendors whose rules match. Raises `OptionError` where none does."""
    from linter.catalog import load_catalog, load_leaflet
    from linter.reports.leaflet import render
    from linter.selection import rule_names

    _configured(context)
    catalog = load_catalog()
    rules = sorted(matching_rules("rule", glob, rule_names(catalog)))
    vendors = dict.fromkeys(name.partition("/")[0] for name in rules)
    texts = [render(catalog, vendor, [name for name in rules if name.startswith(f"{vendor}/")], load_leaflet(vendor)) for vendor in vendors]
    write(context.stdout, f"\n{'-' * 80}\n\n".join(texts))
    return CLEAN


def _configured(context: Context) -> None:
    """Takes own vendors of the configuration of the current folder into the catalog."""
    from linter.configuration_find import Configurations

    Configurations(context.cwd, context.env).enter(CheckOptions())


def vendors(format: str, context: Context) -> int:
    """`pixellint vendors`."""
    from linter.catalog import load_catalog
    from linter.reports.leaflet import vendors_document, vendors_text

    if format not in ("text", "json"):
        raise OptionError(f"--format: {format!r} is none of text, json")
    _configured(context)
    listed = sorted(load_catalog().vendors.values(), key=lambda vendor: vendor.id)
    write(context.stdout, vendors_document(listed) if format == "json" else vendors_text(listed))
    return CLEAN
